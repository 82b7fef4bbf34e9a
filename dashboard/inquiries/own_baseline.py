"""The drop in exact figures against a baseline of the analyst's own: its months, what is left out, and the window.

The model and its limits are those of a release (docs/method.md); only the months are chosen freely.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

import pandas as pd

from inquiries import effect_words
from inquiries.baseline import Model, NoExpectation, fit
from inquiries.charts.observed_expected import Accent, observed_expected
from inquiries.charts.theme import specification
from inquiries.effect_row import MODEL, SAME_MONTHS, compared_row, model_row, same_months
from inquiries.expected import expect_each, project, warnings
from inquiries.filing import MASKED_COUNT, Source
from inquiries.ground import filled
from inquiries.periods import COMPLETE, MISSING
from inquiries.picture import accent_of
from inquiries.released_series import Row
from inquiries.vocabulary import phases
from inquiries.words import Words

# Of the outcomes of a fit, those after which the same calendar months can be compared instead.
WITHOUT_MODEL = ("too_short", "too_few")
# Why there is no comparison at all, beside the reasons of `NoExpectation`.
OUTCOMES = ("window_first", "window_missing", "few_expected")


@dataclass(frozen=True)
class Chosen:
    """The first and the last month of the baseline, the months of it left out, and the window."""

    first: pd.Timestamp
    last: pd.Timestamp
    excluded: tuple[pd.Timestamp, ...]
    window_first: pd.Timestamp
    window_last: pd.Timestamp

    @property
    def window(self) -> pd.DatetimeIndex:
        return pd.date_range(self.window_first, self.window_last, freq="MS")


@dataclass(frozen=True)
class OwnDrop:
    """What came of the comparison.

    `effect` has the fields of a line of a release's effects, None when there is none; `outcome` is
    model, or why there is no model or no comparison; `months` are those of the baseline that count.
    `expected` is that of each month of the window by the model: month, expected, low, high.
    `same_reporters` says whether the same bodies filed every month that is compared, and `masked`
    whether a row in one of them is masked.
    """

    outcome: str
    months: int
    same_reporters: bool = True
    masked: bool = False
    effect: Any | None = None
    expected: pd.DataFrame | None = None


def drop(months: pd.DataFrame, chosen: Chosen, breaks: Collection[pd.Timestamp] = ()) -> OwnDrop:
    """The drop in the window, from the total month by month: month, exact, masked, state, reporters.

    Months that are not filed in full stand neither in the baseline nor in a window; each masked row
    counts as 2, as it does in a release. `breaks` are the first months under a new definition.
    """
    whole = months[months["state"] == COMPLETE].set_index("month")
    counts = whole["exact"] + MASKED_COUNT * whole["masked"]
    within = counts[(counts.index >= chosen.first) & (counts.index <= chosen.last)]
    baseline = within[~within.index.isin(list(chosen.excluded))]
    if chosen.window_first <= chosen.last or chosen.window.empty:
        return OwnDrop("window_first", len(baseline))
    if not chosen.window.isin(counts.index).all():
        return OwnDrop("window_missing", len(baseline))
    observed = int(counts[chosen.window].sum())
    compared = whole.loc[[*baseline.index, *chosen.window]]
    found = partial(
        OwnDrop,
        months=len(baseline),
        same_reporters=compared["reporters"].nunique() == 1,
        masked=bool(compared["masked"].any()),
    )
    try:
        model = fit(filled(baseline))
    except NoExpectation as none:
        row = _of_same_months(baseline, chosen, observed) if none.reason in WITHOUT_MODEL else None
        return found(none.reason, effect=_effect(row))
    row = _of_model(model, chosen, observed, breaks)
    if row is None:
        return found("few_expected")
    return found(MODEL, effect=_effect(row), expected=expect_each(project(model, chosen.window)))


def sentences(found: OwnDrop, chosen: Chosen, source: Source, words: Words) -> list[str]:
    """Observed, expected, what follows, and what to mind; or why it cannot be said."""
    said = []
    if found.outcome != MODEL:
        said.append(words(f"own_figures.none_{found.outcome}", months=words.number(found.months)))
    if found.effect is None:
        return said
    said += [_lead(found.effect, chosen, source, words), effect_words.guard(found.effect, words)]
    said += effect_words.warnings(found.effect, words)
    said += [words("warning.masked")] if found.masked else []
    said += [] if found.same_reporters else [words("own_figures.other_reporters")]
    return said


def _lead(effect: Any, chosen: Chosen, source: Source, words: Words) -> str:
    lead = words(
        f"own_figures.lead_{effect.basis}",
        months=words.months(chosen.window_first, chosen.window_last),
        baseline=words.months(chosen.first, chosen.last),
        observed=words.number(effect.observed),
        unit=words(f"unit.{source.unit}"),
        expected=words.number(effect.expected),
        limits=words.interval(effect.low, effect.high),
    )
    said = f"{lead} {effect_words.conclusion(effect, words)}"
    return words("effect.sample", lead=said) if source.synthetic else said


def picture(
    months: pd.DataFrame, found: OwnDrop | None, source: Source, words: Words
) -> dict[str, Any]:
    """The total month by month as a chart, with what was expected in the window; it breaks where nobody filed."""
    unit = words(f"unit.{source.unit}")
    counts = months["exact"] + MASKED_COUNT * months["masked"]
    series = pd.DataFrame(
        {
            "month": months["month"],
            "count": counts.astype("float64").where(months["state"] != MISSING),
            "state": months["state"],
        }
    )
    expected = pd.DataFrame(columns=["month", "expected", "low", "high"], dtype="float64")
    if found is not None and found.expected is not None:
        expected = found.expected
    drawn = series.merge(expected.astype({"month": series["month"].dtype}), how="left")
    accent = _accent(found, series["month"], unit, words)
    reached = _reached(phases(), series["month"])
    chart = observed_expected(drawn, reached, accent, unit, words, is_sample=source.synthetic)
    return specification(chart)


def _accent(found: OwnDrop | None, months: pd.Series, unit: str, words: Words) -> Accent | None:
    """The fall, where the chart reaches all of it."""
    accent = accent_of(found.effect, unit, words) if found is not None else None
    drawn = set(months)
    return accent if accent and {accent.first_month, accent.last_month} <= drawn else None


def _reached(named: pd.DataFrame, months: pd.Series) -> pd.DataFrame:
    """The phases that the months reach, from the first of them on: the axis begins there."""
    reached = named[(named["last_month"] >= months.min()) & (named["first_month"] <= months.max())]
    return reached.assign(first_month=reached["first_month"].clip(lower=months.min()))


def _of_model(
    model: Model, chosen: Chosen, observed: int, breaks: Collection[pd.Timestamp]
) -> Row | None:
    said = warnings(model, chosen.window, breaks=breaks)
    return model_row(MODEL, ("window", "", chosen.window), model, observed, said)


def _of_same_months(baseline: pd.Series, chosen: Chosen, observed: int) -> Row | None:
    """Too short for a model: against the same calendar months of the baseline, without trend."""
    before = same_months(baseline, chosen.window)
    if before is None:
        return None
    return compared_row(SAME_MONTHS, ("window", "", chosen.window), observed, before)


def _effect(row: Row | None) -> Any | None:
    return SimpleNamespace(**row) if row else None
