"""Beside the exact figures: what a release shows of the whole source, and of one region, in the same months."""

from __future__ import annotations

from typing import Any

import pandas as pd

from inquiries.facts import Ask, choice_of
from inquiries.own_pivot import ALL, Column, Pivot, column_name, figure
from inquiries.periods import MISSING
from inquiries.tables import NOTHING, count_or_mark
from inquiries.vocabulary import vocabulary
from inquiries.words import Words

KINDS = {1: "month", 3: "quarter", 12: "year"}


def beside(found: Pivot, ask: Ask, source: str, region: str | None, words: Words) -> pd.DataFrame:
    """A row for each month, quarter or year of the table: the own total, the source's, the region's.

    The last two are protected cells of the release; a column that is no whole month, quarter or year
    has none, for protected figures are not added up.
    """
    groups = {words("own_figures.column_source"): choice_of()}
    if region is not None:
        groups[vocabulary().text("region", region, words.language)] = choice_of("region", region)
    released = {
        name: {kind: _by_month(ask, source, kind, choice) for kind in sorted(set(KINDS.values()))}
        for name, choice in groups.items()
    }
    rows = []
    for place, column in enumerate(found.columns[:-1]):
        shown = [_released(by_kind, column, words) for by_kind in released.values()]
        rows.append((column_name(found, place, words), _own(found, place, words), *shown))
    names = [words("own_figures.column_months"), words("own_figures.column_own"), *groups]
    return pd.DataFrame(rows, columns=names)


def _by_month(ask: Ask, source: str, kind: str, choice: dict[str, str]) -> dict[pd.Timestamp, Any]:
    """The released cells of one kind of period, by their first month."""
    if kind == "month":
        cells = ask("release/months", source=source, **choice)
    else:
        cells = ask("release/periods", source=source, period_kind=kind, **choice)
    return {row.month: row for row in cells.itertuples()}


def _released(by_kind: dict[str, dict[pd.Timestamp, Any]], column: Column, words: Words) -> str:
    length = len(pd.date_range(column.first, column.last, freq="MS"))
    cell = by_kind[KINDS[length]].get(column.first) if length in KINDS else None
    return count_or_mark(cell, words) if cell is not None else NOTHING


def _own(found: Pivot, place: int, words: Words) -> str:
    if found.columns[place].state == MISSING:
        return words("mark.missing")
    total = (ALL, ALL)
    return figure(int(found.exact.at[total, place]), int(found.masked.at[total, place]), words)
