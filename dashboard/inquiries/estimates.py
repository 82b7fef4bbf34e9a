"""Expected counts and effects of every series of a release, from its released cells alone.

A hidden month is not known here, and nothing computed here can give it away: it enters a fit as a
constant (docs/method.md 5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from inquiries.baseline import Model, NoExpectation, fit
from inquiries.comparison import compare, comparison_power
from inquiries.effect import SMALLEST_EXPECTED, Effect, cumulative_missing, effect, power, verdict
from inquiries.expected import expect, expect_each, warnings
from inquiries.periods import COMPLETE

HIDDEN_AS = 3
HIDDEN_LEAST, HIDDEN_MOST = 1, 4
MOST_HIDDEN_SHARE = 0.25

SERIES = ["source", "dimension_1", "value_1", "dimension_2", "value_2"]
Row = dict[str, Any]


@dataclass(frozen=True)
class Phase:
    """The released cell of a phase that has been reported in full."""

    name: str
    months: pd.DatetimeIndex
    count: int


@dataclass(frozen=True)
class Series:
    """One source under at most two choices: its key, its complete months and its phases.

    `months` is indexed by month; a hidden count is missing. A month that is not complete is absent.
    """

    key: Row
    months: pd.Series
    phases: list[Phase]


@dataclass(frozen=True)
class Spans:
    """Where the baseline ends, and the months from the first affected to the last."""

    baseline_last: pd.Timestamp
    affected_first: pd.Timestamp
    affected_last: pd.Timestamp


def estimate(
    cells: pd.DataFrame, covered: pd.DataFrame, phases: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The tables fit, expected, missing and effect of a release."""
    spans = _spans(phases)
    rows: dict[str, list[Row]] = {"fit": [], "expected": [], "missing": [], "effect": []}
    for series in _all_series(cells, covered, phases):
        for table, row in _estimate_one(series, spans):
            rows[table].append(series.key | row)
    return {table: pd.DataFrame(found) for table, found in rows.items()}


def _spans(phases: pd.DataFrame) -> Spans:
    before, after = phases[phases["role"] == "baseline"], phases[phases["role"] != "baseline"]
    return Spans(before["last_month"].max(), after["first_month"].min(), after["last_month"].max())


def _all_series(
    cells: pd.DataFrame, covered: pd.DataFrame, phases: pd.DataFrame
) -> Iterator[Series]:
    """Every series that has a month to show; one wide table a source, not one look-up a series."""
    lasting = {
        phase.phase: pd.date_range(phase.first_month, phase.last_month, freq="MS")
        for phase in phases[phases["role"] != "baseline"].itertuples()
    }
    complete = covered[covered["state"] == COMPLETE]
    shown = cells.merge(complete[["source", "period_kind", "period"]])
    for source, own in shown.groupby("source", sort=True):
        months = _wide(own, "month", "first_month")
        grid = complete[(complete["source"] == source) & (complete["period_kind"] == "month")]
        months = months.reindex(columns=pd.DatetimeIndex(grid["first_month"]))
        by_phase = _wide(own, "phase", "period").reindex(months.index)
        for key, counts, sums in zip(
            months.index, months.to_numpy("float64"), by_phase.to_numpy("float64"), strict=True
        ):
            named = [
                Phase(name, lasting[name], int(count))
                for name, count in zip(by_phase.columns, sums, strict=True)
                if not np.isnan(count)
            ]
            yield Series(
                dict(zip(SERIES, (source, *key), strict=True)),
                pd.Series(counts, months.columns),
                sorted(named, key=lambda phase: phase.months[0]),
            )


def _wide(cells: pd.DataFrame, kind: str, across: str) -> pd.DataFrame:
    return cells[cells["period_kind"] == kind].pivot(
        index=SERIES[1:], columns=across, values="count"
    )


def _estimate_one(series: Series, spans: Spans) -> Iterator[tuple[str, Row]]:
    months = series.months.index
    baseline = series.months[: months.searchsorted(spans.baseline_last, side="right")]
    affected = series.months[
        months.searchsorted(spans.affected_first) : months.searchsorted(
            spans.affected_last, side="right"
        )
    ]
    models, outcome = _models(baseline)
    yield "fit", _fit_row(baseline, models.get(HIDDEN_AS), outcome)
    if models:
        yield from _model_rows(series, models, affected)
    elif outcome in ("too_short", "too_few"):
        yield from _same_months_rows(series, baseline)
    yield from _year_before_rows(series, models.get(HIDDEN_AS))


def _models(baseline: pd.Series) -> tuple[dict[int, Model], str]:
    """The model with hidden months as 3, and when there are any as 1 and 4; or why there is none."""
    hidden = np.isnan(baseline.to_numpy())
    if len(hidden) and hidden.mean() > MOST_HIDDEN_SHARE:
        return {}, "too_many_hidden"
    constants = (HIDDEN_AS, HIDDEN_LEAST, HIDDEN_MOST) if hidden.any() else (HIDDEN_AS,)
    try:
        return {constant: fit(_filled(baseline, constant)) for constant in constants}, "model"
    except NoExpectation as none:
        return {}, none.reason


def _filled(baseline: pd.Series, constant: int) -> pd.DataFrame:
    counts = baseline.fillna(constant).astype("float64")
    return pd.DataFrame({"month": baseline.index, "count": counts.to_numpy()})


def _fit_row(baseline: pd.Series, model: Model | None, outcome: str) -> Row:
    row: Row = {
        "outcome": outcome,
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
        }
    return row


def _model_rows(
    series: Series, models: dict[int, Model], affected: pd.Series
) -> Iterator[tuple[str, Row]]:
    model = models[HIDDEN_AS]
    if affected.empty:
        return
    for row in expect_each(model, affected.index).to_dict("records"):
        yield "expected", row
    yield from _cumulative_rows(model, affected)
    for phase in series.phases:
        span = phase.months
        expectation = expect(model, span)
        found = effect(expectation, phase.count)
        if found.expected >= SMALLEST_EXPECTED:
            row = _effect_row("model", "phase", phase.name, span, found, power(expectation))
            yield "effect", row | _sensitivity(models, span, phase.count) | _warned(model, span)


def _sensitivity(models: dict[int, Model], span: pd.DatetimeIndex, observed: int) -> Row:
    """The fall had every hidden month of the baseline been 1, and had it been 4."""
    return {
        f"fall_if_hidden_{constant}": effect(expect(models[constant], span), observed).drop_pct
        for constant in (HIDDEN_LEAST, HIDDEN_MOST)
        if constant in models
    }


def _warned(model: Model, span: pd.DatetimeIndex) -> Row:
    return {"warnings": " ".join(warnings(model, span))}


def _cumulative_rows(model: Model, affected: pd.Series) -> Iterator[tuple[str, Row]]:
    """What is missing so far, month by month, up to the first month that is hidden or not reported."""
    whole = _unbroken(affected)
    if whole.empty:
        return
    sums = cumulative_missing(model, whole.rename("count").rename_axis("month").reset_index())
    missing = pd.DataFrame(
        {
            "month": sums["month"],
            "missing": sums["missing"],
            "low": sums["missing_low"],
            "high": sums["missing_high"],
        }
    )
    for row in missing.to_dict("records"):
        yield "missing", row
    expectation = expect(model, whole.index)
    found = effect(expectation, float(whole.sum()))
    if len(whole) == len(affected) and found.expected >= SMALLEST_EXPECTED:
        row = _effect_row("cumulative", "span", "affected", whole.index, found, power(expectation))
        yield "effect", row | _warned(model, whole.index)


def _unbroken(months: pd.Series) -> pd.Series:
    """The months up to the first that is hidden or absent from the grid."""
    grid = months.reindex(pd.date_range(months.index[0], months.index[-1], freq="MS"))
    holes = grid.index[grid.isna()]
    return grid[grid.index < holes[0]] if len(holes) else grid


def _same_months_rows(series: Series, baseline: pd.Series) -> Iterator[tuple[str, Row]]:
    """Too short for a model: each phase against the same calendar months before, without trend."""
    for phase in series.phases:
        span = phase.months
        before = baseline[baseline.index.month.isin(span.month)]
        if before.empty or before.isna().any():
            continue
        counts = (phase.count, len(span), int(before.sum()), len(before))
        found = compare(*counts)
        if found.expected >= SMALLEST_EXPECTED:
            able = comparison_power(*counts[1:])
            yield "effect", _effect_row("same_months", "phase", phase.name, span, found, able)


def _year_before_rows(series: Series, model: Model | None) -> Iterator[tuple[str, Row]]:
    """The newest complete month against the same month a year before, with the series' own dispersion."""
    newest, observed = series.months.index[-1], series.months.iloc[-1]
    earlier = series.months.get(newest.replace(year=newest.year - 1), np.nan)
    if np.isnan(observed) or np.isnan(earlier) or earlier < SMALLEST_EXPECTED:
        return
    phi = model.phi if model is not None else 1.0
    found = compare(int(observed), 1, int(earlier), 1, phi)
    able = comparison_power(1, int(earlier), 1, phi)
    span = pd.DatetimeIndex([newest])
    yield (
        "effect",
        _effect_row("year_before", "month", newest.strftime("%Y-%m"), span, found, able),
    )


def _effect_row(
    basis: str, kind: str, period: str, span: pd.DatetimeIndex, found: Effect, able: float
) -> Row:
    return {
        "basis": basis,
        "period_kind": kind,
        "period": period,
        "first_month": span[0],
        "last_month": span[-1],
        "observed": found.observed,
        "expected": found.expected,
        "low": found.low,
        "high": found.high,
        "rate_ratio": found.rate_ratio,
        "rr_low": found.rr_low,
        "rr_high": found.rr_high,
        "p": found.p_value,
        "power": able,
        "verdict": verdict(found, able),
        "warnings": "",
    }
