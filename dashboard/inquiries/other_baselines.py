"""The same phase against other baselines, so that the reader sees what the choice of model does to the fall."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pandas as pd

from inquiries.baseline import NoExpectation, fit
from inquiries.effect_row import compared_row, model_row
from inquiries.ground import Ground, filled
from inquiries.released_series import Row, Series, Window

NO_TREND, JUST_BEFORE = "no_trend", "just_before"
# The same calendar months of so many years before the lockdown.
YEARS = {"last_year": 1, "two_years": 2, "three_years": 3}
MONTHS_IN_YEAR = 12


def effects(series: Series, ground: Ground) -> Iterator[Row | None]:
    """Each phase against each other baseline that is whole: no month of it missing, hidden or excluded.

    Counts of as many months are compared as `comparison.compare` does, with the dispersion of the
    model where there is one, and exactly where there is none.
    """
    if ground.outcome == "no_same_reporters":
        return
    phi = ground.model.phi if ground.model is not None else 1.0
    for phase in series.phases:
        for basis, before in _before(ground.baseline, phase):
            yield compared_row(basis, ("phase", phase.name, phase.months), phase.count, before, phi)
    if ground.model is not None:
        yield from _without_trend(series, ground)


def _before(baseline: pd.Series, phase: Window) -> Iterator[tuple[str, pd.Series]]:
    """The months that each baseline compares a phase with."""
    if len(phase.months) > MONTHS_IN_YEAR or baseline.empty:
        return
    known = baseline.dropna()
    for basis, years in YEARS.items():
        wanted = _same_months(baseline.index[-1], phase.months[0], len(phase.months), years)
        same = known[known.index.isin(wanted)]
        if len(same) == years * len(phase.months):
            yield basis, same
    last = pd.date_range(end=baseline.index[-1], periods=len(phase.months), freq="MS")
    just_before = known[known.index.isin(last)]
    if len(just_before) == len(last):
        yield JUST_BEFORE, just_before


@cache
def _same_months(
    last: pd.Timestamp, first: pd.Timestamp, length: int, years: int
) -> pd.DatetimeIndex:
    """The newest months up to the last that are called as those from the first on, so many years back."""
    months = pd.date_range(first, periods=length, freq="MS").to_period("M")
    newest = last.to_period("M")
    back = [-(-(month - newest).n // MONTHS_IN_YEAR) for month in months]
    return pd.DatetimeIndex(
        (month - MONTHS_IN_YEAR * (own + year)).to_timestamp()
        for month, own in zip(months, back, strict=True)
        for year in range(years)
    )


def _without_trend(series: Series, ground: Ground) -> Iterator[Row | None]:
    try:
        model = fit(filled(ground.baseline), trend=False)
    except NoExpectation:
        return
    for phase in series.phases:
        yield model_row(NO_TREND, ("phase", phase.name, phase.months), model, phase.count)
