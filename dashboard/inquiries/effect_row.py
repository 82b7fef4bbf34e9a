"""One line of a release's effects: a window of a series set against what was expected of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from inquiries.effect import FALL_TO_FIND, SMALLEST_EXPECTED, Effect, smallest_fall, verdict
from inquiries.released_series import Row

# What a window is compared with. The model's own comparisons, and the others beside it.
MODEL, SAME_MONTHS, CUMULATIVE, NEWEST, YEAR_BEFORE = (
    "model",
    "same_months",
    "cumulative",
    "newest",
    "year_before",
)


def effect_row(
    basis: str,
    period: tuple[str, str, pd.DatetimeIndex],
    found: Effect,
    able: Callable[[float], float],
    warnings: Sequence[str] = (),
) -> Row | None:
    """The line of a comparison; None when so few are expected that nothing may be said.

    `period` is its kind, its name and its months; `able` is the power to see a fall of a share.
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
