"""Whether the newest month and quarter are unusual: the same model on the newest months before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from inquiries.comparison import benjamini_hochberg
from inquiries.effect import verdict_of
from inquiries.effect_row import NEWEST, model_row
from inquiries.expected import warnings
from inquiries.ground import ground_under
from inquiries.released_series import Reservations, Row, Series, Spans, Window

MONTHS_BEFORE = 60


def effects(series: Sequence[Series], spans: Spans, reservations: Reservations) -> list[Row]:
    """The lines of one source's newest month and quarter: its total, and each group.

    The groups are many, so theirs are judged by p-values adjusted for looking at all of them
    (Benjamini-Hochberg, months and quarters apart); the total is looked at alone.
    """
    found = []
    for one in series:
        found += [one.key | row for row in _of_series(one, spans, reservations)]
    for kind in ("month", "quarter"):
        groups = [row for row in found if row["period_kind"] == kind and row["dimension_1"]]
        adjusted = benjamini_hochberg([row["p"] for row in groups])
        for row, p in zip(groups, adjusted, strict=True):
            assert p is not None
            row["p_adjusted"] = p
            row["verdict"] = verdict_of(row["observed"], row["expected"], p, row["power"])
    return found


def baseline_of(series: Series, spans: Spans, reservations: Reservations) -> pd.Series:
    """The newest complete months before both the newest month and the newest quarter.

    At most 60, reaching no further back than the last break or change of reporters, and without
    the months of the lockdown and those excluded.
    """
    months = series.months
    before = months[months.index < _first_judged(series)].tail(MONTHS_BEFORE)
    last_change = max([*reservations.breaks, *reservations.changes], default=pd.Timestamp.min)
    affected = (before.index >= spans.affected_first) & (before.index <= spans.affected_last)
    excluded = before.index.isin(reservations.excluded)
    return before[~affected & ~excluded & (before.index >= last_change)]


def _of_series(series: Series, spans: Spans, reservations: Reservations) -> Iterator[Row]:
    baseline = baseline_of(series, spans, reservations)
    model = ground_under(baseline).model
    if model is None:
        return
    for kind, window in _windows(series, spans):
        period = (kind, window.name, window.months)
        said = warnings(model, window.months)
        row = model_row(NEWEST, period, model, window.count, said)
        if row is not None:
            yield row


def _windows(series: Series, spans: Spans) -> Iterator[tuple[str, Window]]:
    """The newest month and the newest quarter, where they are shown and lie after the lockdown."""
    month, count = series.months.index[-1], series.months.iloc[-1]
    if not np.isnan(count) and month > spans.affected_last:
        yield "month", Window(month.strftime("%Y-%m"), pd.DatetimeIndex([month]), int(count))
    if series.quarter is not None and series.quarter.months[0] > spans.affected_last:
        yield "quarter", series.quarter


def _first_judged(series: Series) -> pd.Timestamp:
    newest = series.months.index[-1]
    return newest if series.quarter is None else min(newest, series.quarter.months[0])
