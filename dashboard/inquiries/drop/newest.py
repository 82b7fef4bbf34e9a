"""Whether the newest month and quarter are unusual: one verdict each, and the groups that stand out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from inquiries import effect_words
from inquiries.facts import Ask, Facts
from inquiries.tables import quarter_name
from inquiries.words import Words

STANDS_OUT = ("fall", "rise")


@dataclass(frozen=True)
class Newest:
    """The sentences on the newest month and quarter, and what stands out (one row a group, maybe none)."""

    sentences: tuple[str, ...]
    standing_out: pd.DataFrame


def newest_of(ask: Ask, facts: Facts, words: Words, group: tuple[str, str] = ("", "")) -> Newest:
    """The verdicts on all or on one group, and what stands out among all the groups."""
    found = ask("release/newest_effects", source=facts.source.source)
    own = found[(found["dimension_1"] == group[0]) & (found["value_1"] == group[1])]
    sentences = [_sentence(facts, row, words) for row in own.itertuples()]
    groups = found[found["dimension_1"] != ""]
    unusual = groups[groups["verdict"].isin(STANDS_OUT)]
    if not sentences:
        sentences = [words("drop.newest_unknown")]
    if not groups.empty:
        number = words.number(groups["value_1"].nunique())
        key = "drop.newest_groups_some" if len(unusual) else "drop.newest_groups_none"
        sentences.append(words(key, number=number))
    return Newest(tuple(sentences), _table(unusual, words))


def _sentence(facts: Facts, row: Any, words: Words) -> str:
    return words(
        f"drop.newest_{row.verdict}",
        period=words.sentence_case(period_name(row, words)),
        observed=words.number(row.observed),
        unit=effect_words.unit_of(facts, words),
        expected=words.number(row.expected),
        limits=words.interval(row.low, row.high),
    )


def period_name(row: Any, words: Words) -> str:
    if row.period_kind == "quarter":
        return quarter_name(row.first_month, words)
    return words.month(row.first_month)


def _table(unusual: pd.DataFrame, words: Words) -> pd.DataFrame:
    rows = [
        (
            words.of(row, "label"),
            period_name(row, words),
            words.number(row.observed),
            f"{words.number(row.expected)} ({words.interval(row.low, row.high)})",
            words(f"drop.unusual_{row.verdict}"),
        )
        for row in unusual.sort_values("p_adjusted").itertuples()
    ]
    names = ("group", "period", "observed", "expected", "verdict")
    return pd.DataFrame(rows, columns=[words(f"table.{name}") for name in names])
