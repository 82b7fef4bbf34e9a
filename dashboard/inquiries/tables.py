"""The tables beside a chart, in the reader's words: phase by phase and month by month."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from inquiries import effect_words
from inquiries.facts import Facts
from inquiries.periods import MISSING, PROVISIONAL
from inquiries.words import Words

NOTHING = "\N{EN DASH}"
QUARTERS = range(1, 5)


def phase_table(facts: Facts, words: Words) -> pd.DataFrame:
    """One row per phase: observed, expected, change with its uncertainty, and the verdict in words."""
    rows = [
        _phase_row(facts, phase, words)
        for phase in facts.phases.itertuples()
        if phase.role != "baseline"
    ]
    columns = ("phase", "observed", "expected", "change_signed", "verdict")
    return pd.DataFrame(rows, columns=[words(f"table.{column}") for column in columns])


def _phase_row(facts: Facts, phase: Any, words: Words) -> tuple[str, ...]:
    found = effect_words.judged(facts, phase.phase)
    span = words.months(phase.first_month, phase.last_month)
    name = words.of(phase, "label")
    named = name if phase.first_month == phase.last_month else f"{name} ({span})"
    if found is None:
        mark = "verdict.not_shown" if facts.is_whole(phase) else "mark.missing"
        return (named, _phase_count(facts, phase, words), NOTHING, NOTHING, words(mark))
    expected = words.number(found.expected)
    changed = effect_words.changed(found)
    change = words.number(changed["change"], 1)
    limits = words.interval(changed["low"], changed["high"], 1)
    return (
        named,
        words.number(found.observed),
        f"{expected} ({words.interval(found.low, found.high)})",
        f"{change} ({limits})",
        words(f"verdict.{found.verdict}"),
    )


def _phase_count(facts: Facts, phase: Any, words: Words) -> str:
    """What is shown of a phase that cannot be judged: its count, or the mark that says why there is none."""
    cells = facts.phase_cells[facts.phase_cells["period"] == phase.phase]
    return next((count_or_mark(row, words) for row in cells.itertuples()), NOTHING)


def month_table(months: pd.DataFrame, words: Words) -> pd.DataFrame:
    """One row per month, newest first: count or mark, and expected with its limits.

    The index, such as "2020-04", is what the months are sorted by.
    """
    newest_first = months.iloc[::-1]
    rows = [
        (words.month(row.month), count_or_mark(row, words), _expected(row, words))
        for row in newest_first.itertuples()
    ]
    return pd.DataFrame(
        rows,
        columns=[words(f"table.{c}") for c in ("month", "observed", "expected")],
        index=newest_first["month"].dt.strftime("%Y-%m").to_list(),
    )


def quarter_table(quarters: pd.DataFrame, words: Words) -> pd.DataFrame:
    """One row per quarter, newest first: its months, and its count or mark."""
    names = [words(f"table.{c}") for c in ("quarter", "observed")]
    return _period_table(quarters, partial(quarter_name, words=words), names, words)


def year_table(years: pd.DataFrame, words: Words) -> pd.DataFrame:
    """One row per year, newest first: the year, and its count or mark."""
    names = [words(f"table.{c}") for c in ("year", "observed")]
    return _period_table(years, year_name, names, words)


def _period_table(
    periods: pd.DataFrame, name: Callable[[pd.Timestamp], str], names: list[str], words: Words
) -> pd.DataFrame:
    rows = [(name(row.month), count_or_mark(row, words)) for row in periods.iloc[::-1].itertuples()]
    return pd.DataFrame(rows, columns=names)


def year_grid(quarters: pd.DataFrame, years: pd.DataFrame, words: Words) -> pd.DataFrame:
    """One row per year, newest first: the count or mark of each quarter and of the whole year.

    A period that is not over has neither, for it has no row.
    """
    shown = {row.period: count_or_mark(row, words) for row in quarters.itertuples()}
    whole = {row.period: count_or_mark(row, words) for row in years.itertuples()}
    named = sorted({period[:4] for period in (*shown, *whole)}, reverse=True)
    names = [words("table.quarter_number", number=number) for number in QUARTERS]
    rows = [
        (
            year,
            *(shown.get(f"{year}Q{number}", NOTHING) for number in QUARTERS),
            whole.get(year, NOTHING),
        )
        for year in named
    ]
    return pd.DataFrame(rows, columns=[words("table.year"), *names, words("table.whole_year")])


def quarter_name(first: pd.Timestamp, words: Words) -> str:
    return words.months(first, first + pd.DateOffset(months=2))


def year_name(first: pd.Timestamp) -> str:
    return str(first.year)


def is_hidden(periods: pd.DataFrame) -> pd.Series:
    """Which periods have been reported and are not shown."""
    return periods["count"].isna() & (periods["state"] != MISSING)


def count_or_mark(row: Any, words: Words) -> str:
    """A month's count, or the mark that says why there is none."""
    if row.state == MISSING:
        return words("mark.missing")
    if pd.isna(row.count):
        return words("mark.hidden")
    count = words.number(row.count)
    if row.masked:
        count = words("mark.masked", number=count)
    return words("mark.provisional", number=count) if row.state == PROVISIONAL else count


def _expected(row: Any, words: Words) -> str:
    if pd.isna(row.expected):
        return ""
    return f"{words.number(row.expected)} ({words.interval(row.low, row.high)})"
