"""Two periods, two groups, many groups: comparisons that need no model or follow from several.

The method is docs/method.md 2 (fallback tier 2, and comparing groups).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from scipy.special import betaincinv, ndtr
from scipy.stats import binomtest, false_discovery_control

from inquiries.effect import FALL_TO_FIND, HALF, Effect, contrast
from inquiries.expected import LOWER, NORMAL_975, UPPER, count_limits

Limits = tuple[float | None, float | None]

NO_LIMITS: Limits = (None, None)


@dataclass(frozen=True)
class RatioOfRatios:
    """How one group's rate ratio compares with another's, with 95 % limits and two-sided p."""

    ratio: float
    low: float
    high: float
    p_value: float


def compare(
    observed: float | None,
    months: float,
    before: float,
    months_before: float,
    phi: float = 1.0,
) -> Effect:
    """Set a count against an earlier one of the same calendar months, assuming no trend.

    `observed` inquiries in `months` months against `before` in `months_before`. Expected is
    before * months / months_before; its interval is that of a negative binomial with mean
    m = (before + 1/2) months / months_before and variance phi m (1 + months / months_before).

    With phi = 1 test and limits are exact: observed | observed + before is binomial, and the rate
    ratio has Clopper-Pearson limits. With phi > 1, for a series known to vary more than that (its
    model's phi), the log rate ratio is normal with standard error
    sqrt(phi (1/max(observed, 0.5) + 1/max(before, 0.5))): exact limits would call chance a fall.
    A ratio or limit that would be infinite, as after nothing, is None.
    """
    if min(months, months_before) <= 0 or phi < 1:
        raise ValueError("Both periods need months, and phi is at least 1.")
    scale = months / months_before
    mean = (before + HALF) * scale
    low, high = (int(limit) for limit in count_limits(mean, phi * mean * (1 + scale)))
    if observed is None:
        return Effect(before * scale, low, high)
    if observed == before == 0:
        p_value, rr_limits = 1.0, NO_LIMITS
    elif phi == 1:
        p_value, rr_limits = _exact(observed, before, scale)
    else:
        p_value, rr_limits = _overdispersed(observed, before, scale, phi)
    return contrast(observed, before * scale, (low, high), p_value=p_value, rr_limits=rr_limits)


def comparison_power(
    months: float,
    before: float,
    months_before: float,
    phi: float = 1.0,
    fall: float = FALL_TO_FIND,
) -> float:
    """The probability (0 to 1) that `compare` would have found a true fall of this share.

    Phi(-log(1-fall)/se - 1.96), with the standard error of `compare` at the count such a fall would
    leave. Simulated with up to three times as many months before: within 0.03 of the truth where
    that is above one half, so where it decides a verdict; up to 0.1 too high below.
    """
    left = max((1 - fall) * before * months / months_before, HALF)
    error = sqrt(phi * (1 / left + 1 / max(before, HALF)))
    return float(ndtr(-log(1 - fall) / error - NORMAL_975))


def ratio_of_ratios(a: Effect, b: Effect) -> RatioOfRatios | None:
    """How much deeper or shallower the change of group `a` was than that of group `b`.

    Each group's log standard error is the width of its rate ratio's limits over 2 * 1.96, and the
    difference has the root of the summed squares: the groups must not share inquiries. An observed
    0 counts as 0.5. None when a group is hidden or lacks a limit.
    """
    if not (a.rr_low and a.rr_high and b.rr_low and b.rr_high):
        return None
    difference = _log_ratio(a) - _log_ratio(b)
    widths = log(a.rr_high / a.rr_low), log(b.rr_high / b.rr_low)
    error = sqrt(widths[0] ** 2 + widths[1] ** 2) / (2 * NORMAL_975)
    return RatioOfRatios(
        ratio=exp(difference),
        low=exp(difference - NORMAL_975 * error),
        high=exp(difference + NORMAL_975 * error),
        p_value=_two_sided(difference / error),
    )


def benjamini_hochberg(p_values: Sequence[float | None]) -> list[float | None]:
    """The p-values adjusted for looking at many groups at once; hidden groups (None) do not count.

    Calling every adjusted value below 0.05 a change keeps the share of false ones below 5 %.
    """
    shown = [p for p in p_values if p is not None]
    adjusted = iter(false_discovery_control(shown) if shown else ())
    return [None if p is None else float(next(adjusted)) for p in p_values]


def _exact(observed: float, before: float, scale: float) -> tuple[float, Limits]:
    test = binomtest(int(observed), int(observed + before), scale / (1 + scale))
    # Clopper-Pearson limits of the share that came late; binomtest's own are right but slow.
    low = betaincinv(observed, before + 1, LOWER) if observed else 0.0
    high = betaincinv(observed + 1, before, UPPER) if before else 1.0
    rr_low = float(low / (1 - low) / scale)
    return float(test.pvalue), (rr_low, float(high / (1 - high) / scale) if before else None)


def _overdispersed(
    observed: float, before: float, scale: float, phi: float
) -> tuple[float, Limits]:
    now, then = max(observed, HALF), max(before, HALF)
    ratio = now / then / scale
    error = sqrt(phi * (1 / now + 1 / then))
    factor = exp(NORMAL_975 * error)
    return _two_sided(log(ratio) / error), (ratio / factor, ratio * factor if before else None)


def _log_ratio(effect: Effect) -> float:
    return log(max(effect.observed or 0, HALF) / effect.expected)


def _two_sided(z: float) -> float:
    return float(2 * ndtr(-abs(z)))
