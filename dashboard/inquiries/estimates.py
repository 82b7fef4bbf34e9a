"""Expected counts and effects of every series of a release, from its released cells alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby

import numpy as np
import pandas as pd

from inquiries import groups, newest, other_baselines
from inquiries.baseline import Model, month_numbers
from inquiries.effect import cumulative_missing, effect, power
from inquiries.effect_row import (
    CUMULATIVE,
    MODEL,
    SAME_MONTHS,
    YEAR_BEFORE,
    compared_row,
    effect_row,
    same_months,
)
from inquiries.expected import (
    Projection,
    expect,
    expect_cumulative,
    expect_each,
    expect_sums,
    project,
    warnings,
)
from inquiries.ground import HIDDEN_LEAST, HIDDEN_MOST, Ground, ground_of
from inquiries.released_series import (
    Reservations,
    Row,
    Series,
    Spans,
    Tables,
    Window,
    all_series,
    reservations_of,
    spans_of,
)

ESTIMATED = ("fit", "residual", "expected", "missing", "effect", "contrast")
# Other baselines, groups and the newest months are told of a source's total and of one choice.
MOST_CHOICES = 1

Lines = Iterator[tuple[str, Row | None]]


def estimate(given: Tables) -> Tables:
    """The tables of ESTIMATED, from the others of a release.

    Those are cell, coverage, phase, source, label, series_break, excluded_month, reporter_change.
    """
    spans = spans_of(given["phase"])
    rows: dict[str, list[Row]] = {table: [] for table in ESTIMATED}
    for source, found in groupby(all_series(given), lambda one: one.key["source"]):
        reservations = reservations_of(given, source)
        series = list(found)
        alternatives = (HIDDEN_LEAST, HIDDEN_MOST)
        grounds = [ground_of(one, spans, reservations, alternatives) for one in series]
        for one, ground in zip(series, grounds, strict=True):
            for table, row in _lines(one, ground, spans, reservations):
                if row is not None:
                    rows[table].append(one.key | row)
        few = [own for own in zip(series, grounds, strict=True) if own[0].choices <= MOST_CHOICES]
        rows["effect"] += newest.effects([one for one, _ in few], spans, reservations)
        rows["contrast"] += groups.contrasts(few, given["label"], spans, reservations)
    return {table: pd.DataFrame(found) for table, found in rows.items()}


def _lines(series: Series, ground: Ground, spans: Spans, reservations: Reservations) -> Lines:
    """Every line of one series, each with the table it stands in."""
    yield "fit", _fit_row(ground)
    if ground.model is not None:
        yield from _of_model(series, ground, spans, reservations)
    elif ground.outcome in ("too_short", "too_few"):
        yield from _of_same_months(series, ground.baseline)
    if series.choices <= MOST_CHOICES:
        yield from _residuals(ground.model)
        for row in other_baselines.effects(series, ground):
            yield "effect", row
    yield "effect", _year_before(series, ground.model)


def _fit_row(ground: Ground) -> Row:
    baseline, model = ground.baseline, ground.model
    row: Row = {
        "outcome": ground.outcome,
        "baseline_first": baseline.index[0] if len(baseline) else None,
        "baseline_last": baseline.index[-1] if len(baseline) else None,
        "months": len(baseline),
        "hidden_months": int(baseline.isna().sum()),
        "season": "",
    }
    if model is not None:
        row |= {
            "season": model.season,
            "dispersion": model.phi,
            "autocorrelation": model.rho,
            "trend_pct_per_year": model.trend_pct_per_year,
            "coefficients": model.p,
        }
    return row


def _residuals(model: Model | None) -> Lines:
    if model is not None:
        for month, residual in zip(model.months, model.residuals, strict=True):
            yield "residual", {"month": month, "residual": float(residual)}


def _of_model(series: Series, ground: Ground, spans: Spans, reservations: Reservations) -> Lines:
    model = ground.model
    months = series.months.index
    first, last = spans.affected_first, spans.affected_last
    affected = series.months[months.searchsorted(first) : months.searchsorted(last, side="right")]
    if model is None or affected.empty:
        return
    projection = project(model, affected.index)
    each = expect_each(projection)
    yield from (("expected", row) for row in _records(each, *each))
    warned = partial(warnings, model, breaks=reservations.breaks)
    yield from _cumulative(projection, affected, warned(affected.index))
    found = expect_sums(projection, [phase.months for phase in series.phases])
    for phase, expectation in zip(series.phases, found, strict=True):
        period = ("phase", phase.name, phase.months)
        able = partial(power, expectation)
        said = warned(phase.months)
        row = effect_row(MODEL, period, effect(expectation, phase.count), able, said)
        yield "effect", row and row | _sensitivity(ground, phase)


def _sensitivity(ground: Ground, phase: Window) -> Row:
    """The fall had every hidden month of the baseline been 1, and had it been 4."""
    return {
        f"fall_if_hidden_{constant}": effect(
            expect(ground.models[constant], phase.months), phase.count
        ).drop_pct
        for constant in (HIDDEN_LEAST, HIDDEN_MOST)
        if constant in ground.models
    }


def _cumulative(projection: Projection, affected: pd.Series, warned: list[str]) -> Lines:
    """What is missing so far, month by month, up to the first month that is hidden or not reported."""
    counts = affected.to_numpy()
    months = month_numbers(projection.months)
    unbroken = np.cumprod(~np.isnan(counts) & (months - months[0] == np.arange(len(months))))
    whole = int(unbroken.sum())
    if not whole:
        return
    sums = cumulative_missing(expect_cumulative(projection)[:whole], counts[:whole])
    lines = sums[["month", "missing", "missing_low", "missing_high"]]
    lines.columns = ["month", "missing", "low", "high"]
    yield from (("missing", row) for row in _records(lines, *lines))
    if whole == len(affected):
        expectation = expect_sums(projection, [projection.months])[0]
        found = effect(expectation, float(counts.sum()))
        period = ("span", "affected", projection.months)
        yield "effect", effect_row(CUMULATIVE, period, found, partial(power, expectation), warned)


def _records(frame: pd.DataFrame, *columns: str) -> Iterator[Row]:
    """A row a time, as a line of the release; pandas' own takes ten times as long for so few rows."""
    values = [frame[column].tolist() for column in columns]
    return (dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True))


def _of_same_months(series: Series, baseline: pd.Series) -> Lines:
    """Too short for a model: each phase against the same calendar months before, without trend."""
    for phase in series.phases:
        before = same_months(baseline, phase.months)
        if before is not None:
            period = ("phase", phase.name, phase.months)
            yield "effect", compared_row(SAME_MONTHS, period, phase.count, before)


def _year_before(series: Series, model: Model | None) -> Row | None:
    """The newest complete month against the same month a year before, with the series' own dispersion."""
    newest_month, observed = series.months.index[-1], series.months.iloc[-1]
    before = series.months.reindex([newest_month.replace(year=newest_month.year - 1)])
    if np.isnan(observed) or before.isna().any():
        return None
    phi = model.phi if model is not None else 1.0
    period = ("month", newest_month.strftime("%Y-%m"), pd.DatetimeIndex([newest_month]))
    return compared_row(YEAR_BEFORE, period, int(observed), before, phi)
