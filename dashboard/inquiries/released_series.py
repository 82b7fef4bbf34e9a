"""The series of a release, each made of its released cells, and what its source's comparisons must mind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from inquiries.periods import COMPLETE

KEY = ["source", "dimension_1", "value_1", "dimension_2", "value_2"]
Row = dict[str, Any]
Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Window:
    """The released cell of a phase or a quarter that has been reported in full."""

    name: str
    months: pd.DatetimeIndex
    count: int


@dataclass(frozen=True)
class Series:
    """One source under at most two choices: its key, its complete months, its phases and its newest quarter.

    `months` is indexed by month; a hidden count is missing. A month that is not complete is absent.
    """

    key: Row
    months: pd.Series
    phases: list[Window]
    quarter: Window | None

    @property
    def choices(self) -> int:
        """In how many dimensions a value is chosen: 0 is the source's total."""
        return sum(bool(self.key[dimension]) for dimension in ("dimension_1", "dimension_2"))


@dataclass(frozen=True)
class Spans:
    """Where the baseline ends, and the months from the first affected to the last."""

    baseline_last: pd.Timestamp
    affected_first: pd.Timestamp
    affected_last: pd.Timestamp


@dataclass(frozen=True)
class Reservations:
    """What the comparisons of one source must mind.

    `breaks` are the first months under a new definition, `changes` those from which other reporters
    are counted than before, `excluded` stand in no baseline, and `same_reporters` says whether any
    reporter filed from the baseline's first month to the end of what is compared with it.
    """

    breaks: pd.DatetimeIndex
    changes: pd.DatetimeIndex
    excluded: pd.DatetimeIndex
    same_reporters: bool


def spans_of(phases: pd.DataFrame) -> Spans:
    before, after = phases[phases["role"] == "baseline"], phases[phases["role"] != "baseline"]
    return Spans(before["last_month"].max(), after["first_month"].min(), after["last_month"].max())


def reservations_of(given: Tables, source: str) -> Reservations:
    """What is known of one source, from the release's tables."""

    def own(table: str) -> pd.DataFrame:
        return given[table][given[table]["source"] == source]

    return Reservations(
        breaks=pd.DatetimeIndex(own("series_break")["month"]),
        changes=pd.DatetimeIndex(own("reporter_change")["counted_from"].dropna()),
        excluded=pd.DatetimeIndex(own("excluded_month")["month"]),
        same_reporters=bool(own("source")["same_reporters"].all()),
    )


def all_series(given: Tables) -> Iterator[Series]:
    """Every series that has a month to show; one wide table a source, not one look-up a series."""
    phases = given["phase"]
    lasting = {
        phase.phase: pd.date_range(phase.first_month, phase.last_month, freq="MS")
        for phase in phases[phases["role"] != "baseline"].itertuples()
    }
    complete = given["coverage"][given["coverage"]["state"] == COMPLETE]
    shown = given["cell"].merge(complete[["source", "period_kind", "period"]])
    for source, own in shown.groupby("source", sort=True):
        yield from _series_of(source, own, complete[complete["source"] == source], lasting)


def rest_of(total: Series, part: Series) -> Series:
    """The total without one of its parts, from the released cells of both.

    A hidden month of either is hidden here too.
    """
    parts = {phase.name: phase for phase in part.phases}
    phases = [
        Window(phase.name, phase.months, max(phase.count - parts[phase.name].count, 0))
        for phase in total.phases
        if phase.name in parts
    ]
    months = (total.months - part.months).clip(lower=0)
    return Series(part.key, months, phases, None)


def _series_of(
    source: Any,
    cells: pd.DataFrame,
    complete: pd.DataFrame,
    lasting: dict[str, pd.DatetimeIndex],
) -> Iterator[Series]:
    grid = complete.loc[complete["period_kind"] == "month", "first_month"]
    months = _wide(cells, "month", "first_month").reindex(columns=pd.DatetimeIndex(grid))
    by_phase = _wide(cells, "phase", "period").reindex(months.index)
    quarters = complete.loc[complete["period_kind"] == "quarter", ["period", "first_month"]]
    newest = quarters.sort_values("first_month").tail(1)
    in_quarter = _wide(cells, "quarter", "period").reindex(
        months.index, columns=newest["period"].to_list()
    )
    spans = {
        row.period: pd.date_range(row.first_month, periods=3, freq="MS")
        for row in newest.itertuples()
    }
    for key, counts, sums, quarter in zip(
        months.index,
        months.to_numpy("float64"),
        by_phase.to_numpy("float64"),
        in_quarter.to_numpy("float64"),
        strict=True,
    ):
        phases = _windows(by_phase.columns, sums, lasting)
        yield Series(
            dict(zip(KEY, (source, *key), strict=True)),
            pd.Series(counts, months.columns),
            sorted(phases, key=lambda phase: phase.months[0]),
            next(iter(_windows(in_quarter.columns, quarter, spans)), None),
        )


def _windows(names: pd.Index, counts: Any, spans: dict[str, pd.DatetimeIndex]) -> list[Window]:
    return [
        Window(name, spans[name], int(count))
        for name, count in zip(names, counts, strict=True)
        if not np.isnan(count)
    ]


def _wide(cells: pd.DataFrame, kind: str, across: str) -> pd.DataFrame:
    return cells[cells["period_kind"] == kind].pivot(index=KEY[1:], columns=across, values="count")
