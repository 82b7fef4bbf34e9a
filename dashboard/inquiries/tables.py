"""The tables beside a chart, in the reader's words: phase by phase and month by month."""

from __future__ import annotations

from typing import Any

import pandas as pd

from inquiries.facts import Facts
from inquiries.periods import MISSING, PROVISIONAL
from inquiries.words import Words

NOTHING = "\N{EN DASH}"


def phase_table(facts: Facts, words: Words) -> pd.DataFrame:
    """One row per phase: observed, expected, change with its uncertainty, and the verdict in words."""
    rows = [
        _phase_row(facts, phase, words)
        for phase in facts.phases.itertuples()
        if phase.role != "baseline"
    ]
    columns = ("phase", "observed", "expected", "change", "verdict")
    return pd.DataFrame(rows, columns=[words(f"table.{column}") for column in columns])


def _phase_row(facts: Facts, phase: Any, words: Words) -> tuple[str, ...]:
    found = facts.effect("model same_months", phase.phase)
    span = words.months(phase.first_month, phase.last_month)
    name = words.of(phase, "label")
    named = name if phase.first_month == phase.last_month else f"{name} ({span})"
    if found is None:
        mark = "verdict.not_shown" if facts.is_whole(phase) else "mark.missing"
        return (named, NOTHING, NOTHING, NOTHING, words(mark))
    expected = words.number(found.expected)
    change = words.number(100 * (1 - found.rate_ratio), 1)
    limits = words.interval(100 * (1 - found.rr_high), 100 * (1 - found.rr_low), 1)
    return (
        named,
        words.number(found.observed),
        f"{expected} ({words.interval(found.low, found.high)})",
        f"{change} ({limits})",
        words(f"verdict.{found.verdict}"),
    )


def month_table(months: pd.DataFrame, words: Words) -> pd.DataFrame:
    """One row per month, newest first: count or mark, and expected with its limits."""
    rows = [
        (words.month(row.month), count_or_mark(row, words), _expected(row, words))
        for row in months.iloc[::-1].itertuples()
    ]
    return pd.DataFrame(
        rows, columns=[words(f"table.{c}") for c in ("month", "observed", "expected")]
    )


def quarter_table(quarters: pd.DataFrame, words: Words) -> pd.DataFrame:
    """One row per quarter, newest first: its months, and its count or mark."""
    rows = [
        (words.months(row.month, row.month + pd.DateOffset(months=2)), count_or_mark(row, words))
        for row in quarters.iloc[::-1].itertuples()
    ]
    return pd.DataFrame(rows, columns=[words(f"table.{c}") for c in ("quarter", "observed")])


def count_or_mark(row: Any, words: Words) -> str:
    """A month's count, or the mark that says why there is none."""
    if row.state == MISSING:
        return words("mark.missing")
    if pd.isna(row.count):
        return words("mark.hidden")
    count = words.number(row.count)
    return words("mark.provisional", number=count) if row.state == PROVISIONAL else count


def _expected(row: Any, words: Words) -> str:
    if pd.isna(row.expected):
        return ""
    return f"{words.number(row.expected)} ({words.interval(row.low, row.high)})"
