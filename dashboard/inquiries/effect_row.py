"""One line of a release's effects: a window of a series set against what was expected of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd

from inquiries.baseline import MONTHS_FOR_COMPARISON, Model
from inquiries.comparison import compare, comparison_power
from inquiries.effect import (
    FALL_TO_FIND,
    SMALLEST_EXPECTED,
    Effect,
    effect,
    power,
    smallest_fall,
    verdict,
)
from inquiries.expected import expect
from inquiries.released_series import Row

# What a window is compared with. The model's own comparisons, and the others beside it.
MODEL, SAME_MONTHS, CUMULATIVE, NEWEST, YEAR_BEFORE = (
    "model",
    "same_months",
    "cumulative",
    "newest",
    "year_before",
)


# The kind of a window, its name and its months.
Period = tuple[str, str, pd.DatetimeIndex]


def model_row(
    basis: str, period: Period, model: Model, observed: int, warnings: Sequence[str] = ()
) -> Row | None:
    """The line of a window against a model's expectation; None as in `effect_row`."""
    expectation = expect(model, period[2])
    found = effect(expectation, observed)
    return effect_row(basis, period, found, partial(power, expectation), warnings)


def compared_row(
    basis: str, period: Period, observed: int, before: pd.Series, phi: float = 1.0
) -> Row | None:
    """The line of a window against the counts of earlier months, without a trend; None as in `effect_row`."""
    counts = (len(period[2]), int(before.sum()), len(before), phi)
    able = partial(comparison_power, *counts)
    return effect_row(basis, period, compare(observed, *counts), able)


def same_months(baseline: pd.Series, months: pd.DatetimeIndex) -> pd.Series | None:
    """The baseline's months that are called as those of a window; None unless a year or more holds them all.

    A hidden month among them leaves nothing to compare with either.
    """
    before = baseline[baseline.index.month.isin(months.month)]
    is_whole = set(before.index.month) == set(months.month) and not before.isna().any()
    return before if len(baseline) >= MONTHS_FOR_COMPARISON and is_whole else None


def effect_row(
    basis: str,
    period: Period,
    found: Effect,
    able: Callable[[float], float],
    warnings: Sequence[str] = (),
) -> Row | None:
    """The line of a comparison; None when so few are expected that nothing may be said.

    `able` is the power to see a fall of a share.
    """
    if found.expected < SMALLEST_EXPECTED:
        return None
    kind, name, months = period
    power = able(FALL_TO_FIND)
    return {
        "basis": basis,
        "period_kind": kind,
        "period": name,
        "first_month": months[0],
        "last_month": months[-1],
        "observed": found.observed,
        "expected": found.expected,
        "low": found.low,
        "high": found.high,
        "rate_ratio": found.rate_ratio,
        "rr_low": found.rr_low,
        "rr_high": found.rr_high,
        "p": found.p_value,
        "p_adjusted": found.p_value,
        "power": power,
        "smallest_fall": smallest_fall(able),
        "verdict": verdict(found, power),
        "warnings": " ".join(warnings),
    }
