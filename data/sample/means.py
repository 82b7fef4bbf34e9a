"""The means behind the example data, month by month: what assumptions.toml says, worked out."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

ASSUMED: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("assumptions.toml").read_text(encoding="utf-8")
)

Floats = NDArray[np.float64]


# Without lockdown


def months(first: str, last: str) -> list[str]:
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12}-{number % 12 + 1:02}" for number in range(start, end + 1)]


def years_since(month: str, year: int) -> float:
    """From the middle of the year to the middle of the month."""
    return int(month[:4]) - year + (int(month[5:]) - 6.5) / 12


def easter_sunday(year: int) -> date:
    """Gauss's rule, as it holds for 1900-2099."""
    d = (19 * (year % 19) + 24) % 30
    e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7
    early = e == 6 and (d == 29 or (d == 28 and year % 19 > 10))
    return date(year, 3, 22) + timedelta(days=d + e - 7 * early)


def easter_weekdays(month: str) -> int:
    sunday = easter_sunday(int(month[:4]))
    holiday = [sunday + timedelta(days=days) for days in (-6, -5, -4, -3, -2, 1)]
    return sum(f"{day:%Y-%m}" == month for day in holiday)


def season(month: str) -> float:
    weights = np.array(ASSUMED["season"]["month"])
    easter = 1 - ASSUMED["season"]["easter_weekday"] * easter_weekdays(month)
    return float(weights[int(month[5:]) - 1] / weights.mean() * easter)


def mean_without_lockdown(source: str, month: str) -> float:
    assumed = ASSUMED["source"][source]
    until = years_since(assumed["growth_until"], assumed["level_year"])
    years = years_since(month, assumed["level_year"])
    early = (1 + assumed["growth_per_year"]) ** min(years, until)
    late = (1 + assumed["later_growth_per_year"]) ** max(years - until, 0)
    return float(assumed["level"] * early * late * season(month))


def shares(weights: ArrayLike) -> Floats:
    array = np.asarray(weights, dtype=float)
    return np.asarray(array / array.sum(axis=-1, keepdims=True))


def inquirer_shares(source: str, month: str) -> Floats:
    strength = ASSUMED["season"]["inquirer_strength"]
    weights = ASSUMED["source"][source]["inquirer"].items()
    return shares([share * season(month) ** (strength.get(code, 1) - 1) for code, share in weights])


def channel_shares(source: str) -> Floats:
    return shares(list(ASSUMED["source"][source]["channel"].values()))


def theme_shares(source: str, month: str) -> dict[str, float]:
    factor = ASSUMED["season"]["theme_factor"]
    weights = ASSUMED["source"][source]["theme"].items()
    number = int(month[5:]) - 1
    return {code: share * factor.get(code, [1] * 12)[number] for code, share in weights}


# With lockdown


def lockdown_factor(source: str, month: str) -> float:
    return float(ASSUMED["source"][source]["lockdown_factor"].get(month, 1.0))


def group_factors(source: str, month: str, dimension: str, share: Floats) -> Floats:
    """What the lockdown leaves of each group, so that the groups together give the whole."""
    strength = ASSUMED["lockdown_strength"][dimension]
    strengths = np.array([strength[code] for code in ASSUMED["source"][source][dimension]])
    change = lockdown_factor(source, month) - 1
    return np.asarray(1 + change * strengths / (share @ strengths))


def expected(source: str, month: str, *, lockdown: bool) -> Floats:
    """Mean inquiries, one row per channel and one column per inquirer."""
    channel, inquirer = channel_shares(source), inquirer_shares(source, month)
    mean = mean_without_lockdown(source, month) * np.outer(channel, inquirer)
    if not lockdown:
        return mean
    by_channel = group_factors(source, month, "channel", channel)
    by_inquirer = group_factors(source, month, "inquirer", inquirer)
    return mean * np.outer(by_channel, by_inquirer) / lockdown_factor(source, month)


# The truth


def true_month(source: str, month: str) -> dict[str, float]:
    return {
        "mean_without_lockdown": round(mean_without_lockdown(source, month), 3),
        "mean_with_lockdown": round(float(expected(source, month, lockdown=True).sum()), 3),
        "lockdown_factor": lockdown_factor(source, month),
    }


def left_of(dimension: str, source: str, left: Floats, without: Floats) -> dict[str, float]:
    factors = (left / without).round(4).tolist()
    return dict(zip(ASSUMED["source"][source][dimension], factors, strict=True))


def true_factors(source: str, phase: list[str]) -> dict[str, Any]:
    """What is left, in a phase, of the whole and of each channel and inquirer."""
    covered = months(*phase)
    without = np.sum([expected(source, month, lockdown=False) for month in covered], axis=0)
    left = np.sum([expected(source, month, lockdown=True) for month in covered], axis=0)
    return {
        "total": round(float(left.sum() / without.sum()), 4),
        "channel": left_of("channel", source, left.sum(axis=1), without.sum(axis=1)),
        "inquirer": left_of("inquirer", source, left.sum(axis=0), without.sum(axis=0)),
    }


def true_source(source: str) -> dict[str, Any]:
    every_month = months(ASSUMED["first_month"], ASSUMED["last_month"])
    phases = ASSUMED["phase"].items()
    return {
        "factor_by_phase": {name: true_factors(source, phase) for name, phase in phases},
        "month": {month: true_month(source, month) for month in every_month},
    }


def truth() -> dict[str, Any]:
    return {
        "note": ASSUMED["note"],
        "seed": ASSUMED["seed"],
        "source": {source: true_source(source) for source in ASSUMED["source"]},
        "parameters": ASSUMED,
    }
