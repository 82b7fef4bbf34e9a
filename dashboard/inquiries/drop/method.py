"""How the figures on screen were made: the fit, what it rests on, how well it fits, and all of it as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from inquiries.charts.diagnostics import autocorrelation, residuals
from inquiries.charts.theme import specification
from inquiries.facts import Ask, Facts, choice_of
from inquiries.words import Words

LAGS = 12
NORMAL_975 = 1.96


@dataclass(frozen=True)
class Method:
    """The facts of the fit (one row each), the two diagnostic charts (none without a model), and all figures tidy."""

    facts: pd.DataFrame
    residuals: dict[str, Any] | None
    autocorrelation: dict[str, Any] | None
    tidy: pd.DataFrame


def method_of(
    ask: Ask, facts: Facts, effect: Any | None, group: tuple[str, str], words: Words
) -> Method:
    choice = {"source": facts.source.source, **choice_of(*group)}
    rows = ask("release/residuals", **choice)
    fitted = next(facts.fit.itertuples(), None)
    table = pd.DataFrame(
        _facts(fitted, effect, words),
        columns=[words("fit.what"), words("fit.value")],
    )
    is_sample = facts.source.synthetic
    if rows.empty:
        return Method(table, None, None, _tidy(facts, group))
    return Method(
        table,
        specification(residuals(rows, words, is_sample=is_sample)),
        specification(autocorrelation(*_lags(rows), words, is_sample=is_sample)),
        _tidy(facts, group),
    )


def _facts(fitted: Any | None, effect: Any | None, words: Words) -> list[tuple[str, str]]:
    """Each fact of the fit with its value in words."""
    if fitted is None:
        return []
    if fitted.outcome != "model":
        return [(words("fit.outcome"), words(f"fit.outcome_{fitted.outcome}"))]
    found = [
        (words("fit.baseline"), words.months(fitted.baseline_first, fitted.baseline_last)),
        (words("fit.months"), words.number(fitted.months)),
        (words("fit.season"), words(f"about.season_{fitted.season}")),
        (
            words("fit.trend"),
            words("fit.per_year", number=words.number(fitted.trend_pct_per_year, 1)),
        ),
        (words("fit.dispersion"), words.number(fitted.dispersion, 2)),
        (words("fit.autocorrelation"), words.number(fitted.autocorrelation, 2)),
        (words("fit.coefficients"), words.number(fitted.coefficients)),
        (words("fit.hidden"), words.number(fitted.hidden_months)),
    ]
    if effect is not None and not pd.isna(effect.fall_if_hidden_1):
        said = words(
            "fit.sensitivity_value",
            least=words.number(effect.fall_if_hidden_1, 1),
            usual=words.number(100 * (1 - effect.rate_ratio), 1),
            most=words.number(effect.fall_if_hidden_4, 1),
        )
        found.append((words("fit.sensitivity"), said))
    return found


def _lags(rows: pd.DataFrame) -> tuple[pd.DataFrame, float]:
    """The residuals' autocorrelation up to a year apart, and what chance alone stays within."""
    by_month = rows.set_index("month")["residual"].asfreq("MS")
    centred = by_month - by_month.mean()
    square = float((centred**2).sum())
    values = [
        float((centred * centred.shift(lag)).sum()) / square if square else 0.0
        for lag in range(1, LAGS + 1)
    ]
    lags = pd.DataFrame({"lag": range(1, LAGS + 1), "value": values})
    return lags, NORMAL_975 / float(np.sqrt(len(rows)))


def _tidy(facts: Facts, group: tuple[str, str]) -> pd.DataFrame:
    """Every comparison of what is on screen, one a row, in codes and plain numbers."""
    effects = facts.effects
    given = {"source": facts.source.source, "dimension": group[0], "value": group[1]}
    return effects.assign(
        **given,
        first_month=effects["first_month"].dt.strftime("%Y-%m"),
        last_month=effects["last_month"].dt.strftime("%Y-%m"),
        fall_pct=100 * (1 - effects["rate_ratio"]),
        fall_low_pct=100 * (1 - effects["rr_high"]),
        fall_high_pct=100 * (1 - effects["rr_low"]),
    )[[*given, *effects.columns, "fall_pct", "fall_low_pct", "fall_high_pct"]]
