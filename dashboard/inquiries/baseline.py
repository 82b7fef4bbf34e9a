"""The months before: the regression fitted on them, from which expected counts are carried forward.

The method is docs/method.md 2, a quasi-Poisson regression with trend and season; every formula
below is from there.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias
from warnings import catch_warnings, simplefilter

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Months: TypeAlias = pd.DatetimeIndex | pd.Series | list[pd.Timestamp]
Season = Literal["month", "harmonic1"]

MONTHS_FOR_MODEL, MONTHS_FOR_COMPARISON = 24, 12
TOTAL_FOR_MODEL, TOTAL_FOR_MONTH_FACTORS = 30, 240
LARGEST_RHO = 0.6
# Below this a month's fitted mean has run away towards zero, and trend and season say nothing.
SMALLEST_MEAN = 1e-6
# Residuals whose squares sum to less are rounding: the series never varies.
ROUNDING = 1e-8


class NoExpectation(ValueError):
    """Nothing can be expected from this baseline; `reason` is a code for the screen to word.

    too_short (under 24 reported months), no_counts, too_few (under 30 inquiries), singular (these
    months cannot tell trend from season), did_not_converge (no estimate, or one that runs away).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"No expected count can be estimated: {reason}.")
        self.reason = reason


@dataclass(frozen=True, eq=False)
class Model:
    """A fitted baseline; its arrays follow the reported months in calendar order.

    `beta` (level, trend a year, season) and `covariance` are on the log scale, `rho` is the
    correlation of neighbouring months, `residuals` are Pearson residuals.
    """

    months: pd.DatetimeIndex
    counts: Floats
    residuals: Floats
    season: Season
    beta: Floats
    covariance: Floats
    phi_raw: float
    r1: float
    r1_null: float
    rho: float
    has_exposure: bool
    has_trend: bool = True

    @cached_property
    def numbers(self) -> Whole:
        """The months, counted since January 1970."""
        return month_numbers(self.months)

    @property
    def n(self) -> int:
        """Reported months."""
        return len(self.months)

    @property
    def p(self) -> int:
        """Coefficients."""
        return len(self.beta)

    @property
    def df(self) -> int:
        """Residual degrees of freedom."""
        return self.n - self.p

    @property
    def phi(self) -> float:
        """Dispersion, variance over mean; never taken to be below 1."""
        return max(1.0, self.phi_raw)

    @property
    def trend_pct_per_year(self) -> float:
        """Yearly change in per cent; 0 without a trend."""
        return 100 * float(np.expm1(self.beta[1])) if self.has_trend else 0.0


def tier(months: int, total: float) -> int:
    """What a baseline with so many reported months and inquiries allows.

    1 is the model, 2 an exact comparison with earlier months, 3 counts only.
    """
    if months < MONTHS_FOR_COMPARISON:
        return 3
    return 1 if months >= MONTHS_FOR_MODEL and total >= TOTAL_FOR_MODEL else 2


def fit(baseline: pd.DataFrame, *, trend: bool = True) -> Model:
    """Fit the model to a baseline with one row per reported month; unreported months are absent.

    Columns: month (first of the month), count (inquiries) and optionally exposure (above 0, any
    unit). Without `trend` it shows what that assumption does (docs/method.md 4). Raises
    NoExpectation when the model does not apply, ValueError when the frame is wrong.
    """
    months, counts, exposure = _read(baseline)
    _require_model_tier(counts)
    numbers = month_numbers(months)
    season = _season(numbers, counts)
    design = design_matrix(numbers, numbers[0], season, trend)
    beta, fitted = _coefficients(design, counts, exposure)
    residuals = (counts - fitted) / np.sqrt(fitted)
    n, p = design.shape
    phi_raw = float(residuals @ residuals) / (n - p)
    root = np.sqrt(fitted)[:, None] * design
    bread = np.linalg.inv(root.T @ root)
    r1, r1_null = _lag_one(numbers, residuals, root @ bread @ root.T, n - p)
    rho = float(np.clip(r1 - r1_null + 1 / n, 0, LARGEST_RHO))
    meat = root.T @ correlation(numbers, rho) @ root
    return Model(
        months=months,
        counts=counts,
        residuals=residuals,
        season=season,
        beta=beta,
        covariance=max(1.0, phi_raw) * bread @ meat @ bread,
        phi_raw=phi_raw,
        r1=r1,
        r1_null=r1_null,
        rho=rho,
        has_exposure=exposure is not None,
        has_trend=trend,
    )


def calendar(months: Months) -> pd.DatetimeIndex:
    """The months as an index; ValueError unless distinct firsts of the month in calendar order."""
    index = pd.DatetimeIndex(months)
    days = index.to_numpy()
    firsts = days.astype("datetime64[M]")
    if not ((days == firsts).all() and (firsts[1:] > firsts[:-1]).all()):
        raise ValueError("Months must be firsts of the month, distinct, in calendar order.")
    return index


def amounts(values: ArrayLike | pd.Series) -> Floats:
    """Counts or exposures as numbers; ValueError when one is missing or below 0."""
    numbers = pd.Series(values).to_numpy(float, na_value=np.nan)
    if not (np.isfinite(numbers).all() and (numbers >= 0).all()):
        raise ValueError("A value is missing or below 0. Leave out a month that was not reported.")
    return numbers


def month_numbers(months: pd.DatetimeIndex) -> Whole:
    """Months since January 1970; each January leaves 0 when divided by 12."""
    return months.to_numpy().astype("datetime64[M]").astype(np.int64)


def design_matrix(numbers: Whole, first: int, season: Season, trend: bool = True) -> Floats:
    """One row a month: 1, years since the `first` month where there is a trend, then the season."""
    years = (numbers - first) / 12
    if season == "month":
        columns = [numbers % 12 == month for month in range(1, 12)]
    else:
        angle = 2 * np.pi * (numbers % 12 + 1) / 12
        columns = [np.sin(angle), np.cos(angle)]
    return np.column_stack([np.ones_like(years), *([years] if trend else []), *columns])


def correlation(numbers: Whole, rho: float) -> Floats:
    """R_ij = rho ** (months between i and j): months on either side of a gap are further apart."""
    apart = np.abs(numbers[:, None] - numbers[None, :])
    powers = np.power(rho, np.arange(apart.max(initial=0) + 1.0))
    return np.asarray(powers[apart], float)


def _read(baseline: pd.DataFrame) -> tuple[pd.DatetimeIndex, Floats, Floats | None]:
    baseline = baseline.sort_values("month")
    exposure = amounts(baseline["exposure"]) if "exposure" in baseline else None
    if exposure is not None and not exposure.all():
        raise ValueError("An exposure in the baseline is 0.")
    return calendar(baseline["month"]), amounts(baseline["count"]), exposure


def _require_model_tier(counts: Floats) -> None:
    if len(counts) < MONTHS_FOR_MODEL:
        raise NoExpectation("too_short")
    if not counts.any():
        raise NoExpectation("no_counts")
    if tier(len(counts), counts.sum()) != 1:
        raise NoExpectation("too_few")


def _season(numbers: Whole, counts: Floats) -> Season:
    by_calendar_month = np.bincount(numbers % 12, weights=counts, minlength=12)
    enough = counts.sum() >= TOTAL_FOR_MONTH_FACTORS and by_calendar_month.all()
    return "month" if enough else "harmonic1"


def _coefficients(design: Floats, counts: Floats, exposure: Floats | None) -> tuple[Floats, Floats]:
    """Poisson maximum likelihood: coefficients and fitted means."""
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise NoExpectation("singular")
    with catch_warnings():
        # A series that never varies is fitted perfectly, and divergence is judged just below.
        simplefilter("ignore", PerfectSeparationWarning)
        simplefilter("ignore", RuntimeWarning)
        try:
            result = GLM(counts, design, family=Poisson(), exposure=exposure).fit()
        except (ValueError, np.linalg.LinAlgError):
            raise NoExpectation("did_not_converge") from None
    if not (result.converged and np.isfinite(result.mu).all() and result.mu.min() > SMALLEST_MEAN):
        raise NoExpectation("did_not_converge")
    return result.params, result.mu


def _lag_one(numbers: Whole, residuals: Floats, hat: Floats, df: int) -> tuple[float, float]:
    """Lag-1 autocorrelation of the residuals, and what it would be were there none.

    Only neighbours in the calendar are pairs; both sums are scaled up to the n - 1 pairs of a
    baseline without gaps, so that gaps do not pull them towards 0.
    """
    first = np.flatnonzero(np.diff(numbers) == 1)
    centred = residuals - residuals.mean()
    square = centred @ centred
    if len(first) == 0 or square < ROUNDING:
        return 0.0, 0.0
    scale = (len(numbers) - 1) / len(first)
    r1 = scale * (centred[first] @ centred[first + 1]) / square
    return float(r1), float(-scale * hat[first, first + 1].sum() / df)
