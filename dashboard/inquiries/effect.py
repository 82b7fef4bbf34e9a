"""What was lost: observed against expected counts, what that shows, and what is missing so far.

The method is docs/method.md 1 and 2; every formula below is from there.
"""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from inquiries.baseline import amounts
from inquiries.expected import UPPER, Expectation, count_tails

Verdict = Literal["not_shown", "fall", "rise", "as_expected", "too_few"]

SIGNIFICANT = 0.05
ENOUGH_POWER = 0.80
SMALLEST_EXPECTED = 20
FALL_TO_FIND = 0.30
# Stands for an observed 0 where a logarithm or a division needs a number.
HALF = 0.5


@dataclass(frozen=True)
class Effect:
    """Observed against expected; None stands for what is hidden or does not exist.

    - low, high: what chance alone explains, the 95 % prediction interval of the count;
    - missing: expected minus observed, negative when more came; its limits are low and high minus
      observed;
    - drop_pct: missing as a percentage of expected; its limits turn the prediction interval round;
    - fall_pct: the same percentage, with the limits to report: those of the rate ratio (docs/method.md 1);
    - p_value: two-sided; rate_ratio: observed over expected, with 95 % confidence limits.
    """

    expected: float
    low: int
    high: int
    observed: float | None = None
    missing: float | None = None
    missing_low: float | None = None
    missing_high: float | None = None
    drop_pct: float | None = None
    drop_low_pct: float | None = None
    drop_high_pct: float | None = None
    fall_pct: float | None = None
    fall_low_pct: float | None = None
    fall_high_pct: float | None = None
    p_value: float | None = None
    rate_ratio: float | None = None
    rr_low: float | None = None
    rr_high: float | None = None


def effect(expectation: Expectation, observed: float | None) -> Effect:
    """Set an observed count against its expectation; a hidden count (None) leaves the rest None.

    The rate ratio's limits are max(O, 0.5)/E * exp(-+ t sqrt(phi_noise/max(O, 0.5) + g'Vg/E^2)).
    """
    expected = expectation.expected
    if observed is None:
        return Effect(expected, expectation.low, expectation.high)
    below, above = count_tails(observed, expected, expectation.variance)
    seen = max(observed, HALF)
    phi_noise = expectation.noise_variance / expected
    error = np.sqrt(phi_noise / seen + expectation.parameter_variance / expected**2)
    factor = float(np.exp(stdtrit(expectation.df, UPPER) * error))
    return contrast(
        observed,
        expected,
        (expectation.low, expectation.high),
        p_value=min(1.0, 2 * min(below, above)),
        rr_limits=(seen / expected / factor, seen / expected * factor),
    )


def contrast(
    observed: float,
    expected: float,
    limits: tuple[int, int],
    *,
    p_value: float,
    rr_limits: tuple[float | None, float | None],
) -> Effect:
    """What follows from a count, its expectation and the limits of both: see Effect."""
    low, high = limits
    rr_low, rr_high = rr_limits
    return Effect(
        expected=expected,
        low=low,
        high=high,
        observed=observed,
        missing=expected - observed,
        missing_low=low - observed,
        missing_high=high - observed,
        drop_pct=_drop_pct(observed, expected),
        drop_low_pct=_drop_pct(observed, low),
        drop_high_pct=_drop_pct(observed, high),
        fall_pct=_drop_pct(observed, expected),
        fall_low_pct=_drop_pct(rr_high, 1),
        fall_high_pct=_drop_pct(rr_low, 1),
        p_value=p_value,
        rate_ratio=observed / expected if expected else None,
        rr_low=rr_low,
        rr_high=rr_high,
    )


def power(expectation: Expectation, fall: float = FALL_TO_FIND) -> float:
    """The probability (0 to 1) that a true fall of this share would have come out with p < 0.05.

    P(Y < low), where Y has mean (1-fall) E and variance (1-fall) noise variance + (1-fall)^2
    parameter variance: noise shrinks with the mean, and an error in the baseline moves `low` as it
    moves E. The small-sample factor is in `low` alone; counting it twice, or the parameter variance
    in full, is further off. Averaged over simulated baselines this lies within 0.05 of the power
    table in docs/method.md 5 for falls of 30 and 50 %, within 0.07 for 70 %.
    """
    if expectation.low == 0:
        return 0.0
    kept = 1 - fall
    mean = kept * expectation.expected
    variance = kept * expectation.noise_variance + kept**2 * expectation.parameter_variance
    return count_tails(expectation.low - 1, mean, max(mean, variance))[0]


def smallest_fall(able: Callable[[float], float]) -> float | None:
    """The smallest fall, in whole per cent as a share, that would have come out with 80 % probability.

    `able` gives the power for a fall; it grows with the fall. None when not even a fall of 99 %
    would have been seen.
    """
    whole = bisect_left(range(1, 100), ENOUGH_POWER, key=lambda percent: able(percent / 100))
    return None if whole == 99 else (whole + 1) / 100


def verdict(effect: Effect, power: float) -> Verdict:
    """What a comparison shows, in the order of docs/design.md 6.

    `power` is that of finding a fall of 30 %; without enough of it, finding none says nothing.
    """
    if effect.observed is None or effect.p_value is None or effect.expected < SMALLEST_EXPECTED:
        return "not_shown"
    return verdict_of(effect.observed, effect.expected, effect.p_value, power)


def verdict_of(observed: float, expected: float, p_value: float, power: float) -> Verdict:
    """What a comparison shows that may be shown, by its p-value, adjusted or not."""
    if p_value < SIGNIFICANT:
        return "fall" if observed < expected else "rise"
    return "as_expected" if power >= ENOUGH_POWER else "too_few"


def cumulative_missing(expected: pd.DataFrame, counts: ArrayLike | pd.Series) -> pd.DataFrame:
    """Observed and expected summed from the first month up to each, and the difference.

    `expected` is that of `expect_cumulative`, `counts` are what came, a month each. One row a month
    back: month, expected, low, high, observed, missing, missing_low, missing_high.
    """
    # Arrays into one new frame: four columns set one by one on this one cost twice the time.
    sums = {name: expected[name].to_numpy() for name in expected}
    came = amounts(counts).cumsum()
    missing = {
        "observed": came,
        "missing": sums["expected"] - came,
        "missing_low": sums["low"] - came,
        "missing_high": sums["high"] - came,
    }
    return pd.DataFrame(sums | missing)


def _drop_pct(observed: float | None, expected: float) -> float | None:
    return 100 * (1 - observed / expected) if observed is not None and expected else None
