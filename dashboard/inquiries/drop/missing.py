"""What is still missing: cumulative since the first affected month, its peak, its end and when the level was back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from inquiries import effect_words
from inquiries.charts.still_missing import still_missing
from inquiries.charts.theme import specification
from inquiries.facts import Facts
from inquiries.words import Words


@dataclass(frozen=True)
class StillMissing:
    """The sentences on what came back, the chart (none when there is nothing to draw) and its table."""

    sentences: tuple[str, ...]
    chart: dict[str, Any] | None
    table: pd.DataFrame


def missing_of(facts: Facts, words: Words) -> StillMissing:
    rows = facts.missing
    if rows.empty:
        return StillMissing((words("drop.missing_unknown"),), None, _table(rows, words))
    sentences = [_peak(rows, words), _level(facts.months, rows, words)]
    whole = facts.effect("cumulative")
    if whole is None:
        last = words.month(rows["month"].iloc[-1])
        sentences.append(words("drop.missing_broken", month=last))
    else:
        sentences = [_total(facts, whole, rows, words), *sentences]
    chart = still_missing(rows, facts.phases, words, is_sample=facts.source.synthetic)
    return StillMissing(tuple(sentences), specification(chart), _table(rows, words))


def _total(facts: Facts, whole: Any, rows: pd.DataFrame, words: Words) -> str:
    """Observed and expected over the whole span, what is missing with its interval, and what that shows."""
    end = rows.iloc[-1]
    return words(
        "drop.missing_total" if end["missing"] >= 0 else "drop.missing_surplus",
        months=words.months(whole.first_month, whole.last_month),
        observed=words.number(whole.observed),
        unit=effect_words.unit_of(facts, words),
        expected=words.number(whole.expected),
        limits=words.interval(whole.low, whole.high),
        missing=words.number(abs(end["missing"])),
        verdict=words(f"drop.missing_{whole.verdict}"),
    )


def _peak(rows: pd.DataFrame, words: Words) -> str:
    """When most were missing, and how much of that has come since."""
    peak, end = rows.loc[rows["missing"].idxmax()], rows.iloc[-1]
    if peak["missing"] < 1:
        return words("drop.missing_none")
    regained = peak["missing"] - end["missing"]
    facts = {
        "peak": words.number(peak["missing"]),
        "month": words.month(peak["month"]),
        "last": words.month(end["month"]),
        "regained": words.number(regained),
        "share": words.number(100 * regained / peak["missing"]),
    }
    if regained < 1:
        return words("drop.regained_nothing", **facts)
    key = "drop.regained_more" if regained > peak["missing"] else "drop.regained"
    return words(key, **facts)


def _level(months: pd.DataFrame, rows: pd.DataFrame, words: Words) -> str:
    """The first month after the fall with as many as expected."""
    within = months[months["month"].isin(rows["month"])]
    below = within["count"] < within["expected"]
    if not below.any():
        return words("drop.level_never_lost")
    after = within.loc[below.idxmax() :]
    reached = after[after["count"] >= after["expected"]]
    last = words.month(rows["month"].iloc[-1])
    if reached.empty:
        return words("drop.level_not_reached", month=last)
    return words("drop.level_reached", month=words.month(reached["month"].iloc[0]))


def _table(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """One row a month, newest first: what is missing so far, and its interval."""
    found = [
        (words.month(row.month), words.number(row.missing), words.interval(row.low, row.high))
        for row in rows.iloc[::-1].itertuples()
    ]
    columns = [words(f"table.{name}") for name in ("month", "missing", "limits")]
    return pd.DataFrame(found, columns=columns)
