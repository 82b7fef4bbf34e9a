"""How many inquiries would have come: a baseline carried forward, and what chance alone explains.

The method is docs/method.md 2; every formula below is from there.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, betaincc, gammainc, gammaincc, stdtrit
from scipy.stats import nbinom, poisson

from inquiries.baseline import (
    Floats,
    Model,
    Months,
    Whole,
    amounts,
    calendar,
    correlation,
    design_matrix,
    month_numbers,
)

LOWER, UPPER = 0.025, 0.975
NORMAL_975 = 1.959963984540054
# So close to a Poisson that the negative binomial's own arithmetic would be the larger error.
POISSON_MARGIN = 1 + 1e-7

PHI_WARNING, RHO_WARNING = 5.0, 0.4
TREND_WARNING_PCT, YEAR_CHANGE_WARNING = 25.0, 0.5
RESIDUAL_WARNING = 3.5
MONTHS_AHEAD_WARNING = 18
HIDDEN_SHARE_WARNING = 0.10


@dataclass(frozen=True)
class Expectation:
    """The expected sum of `months` months and its 95 % prediction interval [low, high].

    `variance`, that of the prediction, is `noise_variance` (how the sum varies by itself) plus
    `parameter_variance` (what the baseline leaves open), times a small-sample factor.
    """

    months: int
    expected: float
    variance: float
    low: int
    high: int
    noise_variance: float
    parameter_variance: float
    df: int


@dataclass(frozen=True, eq=False)
class Projection:
    """A baseline carried forward to some months: their means, how they vary, and what each hangs on.

    `noise` holds the covariances of the months' own variation, `gradients` the derivatives of the
    means by the coefficients, a row a month.
    """

    model: Model
    months: pd.DatetimeIndex
    means: Floats
    gradients: Floats
    noise: Floats


def project(model: Model, months: Months, exposure: ArrayLike | None = None) -> Projection:
    """Carry a baseline forward to `months` (distinct, in calendar order).

    `exposure`, one value a month, is needed exactly when the baseline had one.
    """
    if model.has_exposure != (exposure is not None):
        raise ValueError("Give exposure for the months exactly when the baseline has it.")
    index = calendar(months)
    numbers = month_numbers(index)
    design = design_matrix(numbers, model.numbers[0], model.season, model.has_trend)
    means = np.exp(design @ model.beta)
    if exposure is not None:
        means = means * amounts(exposure)
    roots = np.sqrt(means)
    noise = model.phi * np.outer(roots, roots) * correlation(numbers, model.rho)
    return Projection(model, index, means, means[:, None] * design, noise)


def expect(model: Model, months: Months, exposure: ArrayLike | None = None) -> Expectation:
    """The expected sum over `months`, with its own interval."""
    projection = project(model, months, exposure)
    return expect_sums(projection, [projection.months])[0]


def expect_sums(projection: Projection, parts: Sequence[pd.DatetimeIndex]) -> list[Expectation]:
    """The expected sum over each of several parts of the projected months, with its own interval."""
    model = projection.model
    chosen = np.array([projection.months.isin(part) for part in parts], float)
    if not (chosen.sum(axis=1) == [len(part) for part in parts]).all():
        raise ValueError("A month to be summed has not been projected.")
    means = chosen @ projection.means
    noise = np.einsum("pi,ij,pj->p", chosen, projection.noise, chosen)
    parameter, variance = _variances(model, means, noise, chosen @ projection.gradients)
    lows, highs = count_limits(means, variance)
    return [
        Expectation(
            months=len(part),
            expected=float(means[place]),
            variance=float(variance[place]),
            low=int(lows[place]),
            high=int(highs[place]),
            noise_variance=float(noise[place]),
            parameter_variance=float(parameter[place]),
            df=model.df,
        )
        for place, part in enumerate(parts)
    ]


def expect_each(projection: Projection) -> pd.DataFrame:
    """The expected count of each month: one row a month with month, expected, low and high."""
    noise = projection.noise.diagonal()
    return _frame(projection, projection.means, noise, projection.gradients)


def expect_cumulative(projection: Projection) -> pd.DataFrame:
    """The expected sum from the first month up to each: month, expected, low and high.

    Each sum has its own interval, which is narrower than the monthly limits added up.
    """
    noise = projection.noise.cumsum(axis=0).cumsum(axis=1).diagonal()
    gradients = projection.gradients.cumsum(axis=0)
    return _frame(projection, projection.means.cumsum(), noise, gradients)


def count_limits(mean: ArrayLike, variance: ArrayLike) -> tuple[Whole, Whole]:
    """The 2.5 % and 97.5 % quantile of a count: the smallest whole number with cdf >= q."""
    size, share, is_poisson = _negative_binomial(mean, variance)
    levels = np.array([LOWER, UPPER]).reshape(2, *[1] * is_poisson.ndim)
    limits = nbinom.ppf(levels, size, share)
    if is_poisson.any():
        limits = np.where(is_poisson, poisson.ppf(levels, mean), limits)
    low, high = limits.astype(np.int64)
    return low, high


def count_tails(observed: float, mean: float, variance: float) -> tuple[float, float]:
    """P(Y <= observed) and P(Y >= observed) of a count with this mean above 0 and variance.

    The incomplete beta and gamma functions are the cdf of the negative binomial and the Poisson;
    scipy.stats gives the same at thirty times the cost, and a release asks for many thousands.
    """
    size, share, is_poisson = _negative_binomial(mean, variance)
    if is_poisson:
        return float(gammaincc(observed + 1, mean)), float(gammainc(observed, mean))
    below = float(betainc(size, observed + 1, share))
    return below, float(betaincc(size, observed, share))


def warnings(
    model: Model,
    months: Months,
    provisional: Collection[pd.Timestamp] = (),
    hidden_share: float = 0.0,
    breaks: Collection[pd.Timestamp] = (),
) -> list[str]:
    """Codes of what the reader should know about an estimate for the window `months`.

    `provisional` are months still incomplete, `hidden_share` the share of the window's cells that
    are hidden (0 to 1), `breaks` the first months under a new definition. In the order of
    docs/method.md 2: overdispersed, autocorrelated, steep_trend, baseline_break, outlier, and of
    the window new_definition, far_ahead, provisional, hidden_cells.
    """
    window = calendar(months)
    ahead = month_numbers(window[-1:])[0] - model.numbers[-1]
    of_window = {
        "new_definition": any(model.months[0] < month <= window[-1] for month in breaks),
        "far_ahead": ahead > MONTHS_AHEAD_WARNING,
        "provisional": window.isin(list(provisional)).any(),
        "hidden_cells": hidden_share > HIDDEN_SHARE_WARNING,
    }
    return [*_doubts(model), *(code for code, is_so in of_window.items() if is_so)]


@lru_cache(maxsize=1)
def _doubts(model: Model) -> tuple[str, ...]:
    """What to know of the baseline itself; asked for each of its windows in turn."""
    found = {
        "overdispersed": model.phi > PHI_WARNING,
        "autocorrelated": model.rho >= RHO_WARNING,
        "steep_trend": abs(model.trend_pct_per_year) > TREND_WARNING_PCT,
        "baseline_break": largest_year_change(model) > YEAR_CHANGE_WARNING,
        "outlier": np.abs(model.residuals).max() > RESIDUAL_WARNING,
    }
    return tuple(code for code, is_so in found.items() if is_so)


def largest_year_change(model: Model) -> float:
    """The largest change from a 12-month sum of the baseline to the next, a share of the first.

    Only calendar months reported in both years are summed, and at least half a year of them.
    """
    numbers = model.numbers
    series = np.full(numbers[-1] - numbers[0] + 1, np.nan)
    series[numbers - numbers[0]] = model.counts
    earlier, later = series[:-12], series[12:]
    both = np.isfinite(earlier) & np.isfinite(later)
    years = [
        np.convolve(np.where(both, part, 0), np.ones(12), "valid") for part in (earlier, later)
    ]
    enough = (np.convolve(both, np.ones(12), "valid") >= 6) & (sum(years) > 0)
    with np.errstate(divide="ignore"):
        changes = np.abs(years[1][enough] / years[0][enough] - 1)
    return float(changes.max(initial=0))


def _variances(
    model: Model, mean: ArrayLike, noise: ArrayLike, gradient: Floats
) -> tuple[Floats, Floats]:
    """Parameter variance, and variance of the prediction, of sums with these gradients."""
    parameter = np.einsum("...i,ij,...j->...", gradient, model.covariance, gradient)
    factor = (stdtrit(model.df, UPPER) / NORMAL_975) ** 2
    return parameter, np.maximum(mean, factor * (noise + parameter))


def _frame(projection: Projection, means: Floats, noise: Floats, gradients: Floats) -> pd.DataFrame:
    _, variance = _variances(projection.model, means, noise, gradients)
    low, high = count_limits(means, variance)
    columns = {"month": projection.months, "expected": means, "low": low, "high": high}
    return pd.DataFrame(columns)


def _negative_binomial(
    mean: ArrayLike, variance: ArrayLike
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Size and success probability, and where the variance is so small that a Poisson must do."""
    mean, variance = np.asarray(mean, float), np.asarray(variance, float)
    is_poisson = variance <= mean * POISSON_MARGIN
    excess = np.where(is_poisson, 1.0, variance - mean)
    return mean**2 / excess, mean / np.where(is_poisson, mean + 1, variance), is_poisson
