"""Do the intervals hold? Made-up series with a known truth, and how often it lies within the limits.

The scenarios are named by the mean a month, the months of baseline and how the counts vary:
independent, twice as much as chance alone (phi 2), or in waves (the rate is autoregressive, 0.4 from
one month to the next, with the same spread as phi 2). Each has a school-like season and a trend.
`python bench/coverage.py` prints the table.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dashboard"))

from inquiries.baseline import NoExpectation, fit
from inquiries.effect import effect
from inquiries.expected import expect

Floats = NDArray[np.float64]
Draw = Callable[[Floats, np.random.Generator], NDArray[np.int64]]

RUNS, SEED = 1000, 2020
BASELINE_LAST = pd.Timestamp("2020-02-01")
WINDOW = pd.date_range("2020-04-01", periods=3, freq="MS")
FALLS = (0.0, 0.3, 0.5)
GROWTH = 0.03
# January to December: quiet in July, busy after the holidays, as where schools refer.
SEASON = np.array([1.1, 1.0, 1.1, 0.95, 1.1, 0.9, 0.6, 0.9, 1.15, 1.1, 1.15, 0.95])
PHI, WAVE = 2.0, 0.4
INDEPENDENT, WAVES = (0.93, 0.98), (0.91, 0.97)


@dataclass(frozen=True)
class Scenario:
    """A kind of series: its mean a month, its baseline, how it varies, and the coverage it should have."""

    mean: int
    months: int
    varies: str
    within: tuple[float, float]

    @property
    def name(self) -> str:
        return f"mean {self.mean}, {self.months} months, {self.varies}"


@dataclass(frozen=True)
class Coverage:
    """The share of runs in which the truth lay within the limits, and how many had a model."""

    scenario: Scenario
    runs: int
    month: float
    quarter: float
    falls: dict[float, float]


def scenarios() -> list[Scenario]:
    """Twelve whose counts are independent from month to month, and four in waves."""
    independent = [
        Scenario(mean, months, varies, INDEPENDENT)
        for varies in ("independent", "phi 2")
        for mean in (5, 20, 100)
        for months in (36, 48)
    ]
    waves = [
        Scenario(mean, months, "waves of 0.4", WAVES) for mean in (20, 100) for months in (36, 48)
    ]
    return independent + waves


def coverage(scenario: Scenario, runs: int = RUNS, seed: int = SEED) -> Coverage:
    """Of so many series made up by a scenario, in how many each interval holds what it should."""
    draw = np.random.default_rng([seed, scenario.mean, scenario.months, len(scenario.varies)])
    found = [one for _ in range(runs) if (one := _run(scenario, draw)) is not None]
    shares = np.mean(np.array(found, float), axis=0)
    return Coverage(
        scenario,
        len(found),
        float(shares[0]),
        float(shares[1]),
        dict(zip(FALLS, map(float, shares[2:]), strict=True)),
    )


def _run(scenario: Scenario, draw: np.random.Generator) -> list[bool] | None:
    """Whether a month, the sum of three and each fall lay within their limits; None without a model."""
    months = pd.date_range(end=BASELINE_LAST, periods=scenario.months, freq="MS")
    every = pd.date_range(months[0], WINDOW[-1], freq="MS")
    rates = _rates(every, scenario.mean)
    counts = pd.Series(_drawer(scenario.varies)(rates, draw), every)
    try:
        model = fit(pd.DataFrame({"month": months, "count": counts[months].to_numpy(float)}))
    except NoExpectation:
        return None
    first = expect(model, WINDOW[:1])
    quarter = expect(model, WINDOW)
    came = int(counts[WINDOW].sum())
    within = [
        first.low <= counts[WINDOW[0]] <= first.high,
        quarter.low <= came <= quarter.high,
    ]
    for fall in FALLS:
        fewer = _drawer(scenario.varies)(rates * np.where(every >= WINDOW[0], 1 - fall, 1), draw)
        found = effect(quarter, float(fewer[-len(WINDOW) :].sum()))
        assert found.rr_low is not None and found.rr_high is not None
        within.append(found.rr_low <= 1 - fall <= found.rr_high)
    return [bool(one) for one in within]


def _rates(months: pd.DatetimeIndex, mean: int) -> Floats:
    years = np.arange(len(months)) / 12
    season = SEASON[months.month - 1] / SEASON.mean()
    return np.asarray(mean * season * np.exp(np.log1p(GROWTH) * (years - years.mean())))


def _drawer(varies: str) -> Draw:
    return {"independent": _independent, "phi 2": _spread, "waves of 0.4": _waves}[varies]


def _independent(rates: Floats, draw: np.random.Generator) -> NDArray[np.int64]:
    return draw.poisson(rates)


def _spread(rates: Floats, draw: np.random.Generator) -> NDArray[np.int64]:
    """Counts with the variance PHI times their mean."""
    return draw.poisson(draw.gamma(rates / (PHI - 1), PHI - 1))


def _waves(rates: Floats, draw: np.random.Generator) -> NDArray[np.int64]:
    """Counts whose log rate remembers WAVE of the month before, with the spread of PHI at the mean rate."""
    spread = np.log1p((PHI - 1) / rates.mean())
    shocks = draw.normal(0, np.sqrt(spread * (1 - WAVE**2)), len(rates))
    level = draw.normal(0, np.sqrt(spread))
    waves = []
    for shock in shocks:
        level = WAVE * level + shock
        waves.append(level)
    return draw.poisson(rates * np.exp(np.array(waves) - spread / 2))


def outside(found: Coverage) -> list[str]:
    """The intervals whose coverage is not what it should be, by name.

    A share so near its bound that so few runs cannot tell it from one within (two standard errors)
    is not called outside; the table prints them all.
    """
    shares = {
        "month": (found.month, found.scenario.within),
        "3 months": (found.quarter, found.scenario.within),
        **{f"fall {fall:.0%}": (share, INDEPENDENT) for fall, share in found.falls.items()},
    }
    return [name for name, one in shares.items() if not _within(*one, found.runs)]


def _within(share: float, bounds: tuple[float, float], runs: int) -> bool:
    error = 2 * sqrt(share * (1 - share) / runs)
    return bounds[0] <= share + error and share - error <= bounds[1]


def lines(found: list[Coverage]) -> Iterator[str]:
    """The table, a scenario a line, in per cent."""
    names = ["month", "3 months", *(f"fall {fall:.0%}" for fall in FALLS)]
    yield f"{'scenario':34} {'runs':>5} " + " ".join(f"{name:>9}" for name in names)
    for one in found:
        shares = [one.month, one.quarter, *one.falls.values()]
        told = " ".join(f"{100 * share:9.1f}" for share in shares)
        yield f"{one.scenario.name:34} {one.runs:5d} {told}  {', '.join(outside(one)) or 'ok'}"


if __name__ == "__main__":
    print("\n".join(lines([coverage(scenario) for scenario in scenarios()])))
