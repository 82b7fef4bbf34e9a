"""What a series is compared with: the months before the first closing, and the models fitted on them.

A hidden month is not known here: it enters a fit as a constant (docs/method.md 6).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from inquiries.baseline import Model, NoExpectation, fit
from inquiries.released_series import Reservations, Series, Spans

HIDDEN_AS = 3
HIDDEN_LEAST, HIDDEN_MOST = 1, 4
MOST_HIDDEN_SHARE = 0.25


@dataclass(frozen=True)
class Ground:
    """A baseline, what came of fitting it, and the models by what a hidden month was taken for.

    `outcome` is model, or the reason why there is none: that of `NoExpectation`, too_many_hidden,
    or no_same_reporters.
    """

    baseline: pd.Series
    outcome: str
    models: dict[int, Model] = field(default_factory=dict)

    @property
    def model(self) -> Model | None:
        return self.models.get(HIDDEN_AS)


def ground_of(
    series: Series,
    spans: Spans,
    reservations: Reservations,
    alternatives: tuple[int, ...] = (),
) -> Ground:
    """The ground under a series' comparisons with the time before the lockdown; see `ground_under`."""
    months = series.months.index
    before = series.months[: months.searchsorted(spans.baseline_last, side="right")]
    baseline = before[~before.index.isin(reservations.excluded)]
    if len(baseline) and not reservations.same_reporters:
        return Ground(baseline, "no_same_reporters")
    return ground_under(baseline, alternatives)


def ground_under(baseline: pd.Series, alternatives: tuple[int, ...] = ()) -> Ground:
    """A baseline and its model; where months are hidden, also those with other constants for them."""
    hidden = np.isnan(baseline.to_numpy())
    if len(hidden) and hidden.mean() > MOST_HIDDEN_SHARE:
        return Ground(baseline, "too_many_hidden")
    constants = (HIDDEN_AS, *(alternatives if hidden.any() else ()))
    try:
        return Ground(baseline, "model", {one: fit(filled(baseline, one)) for one in constants})
    except NoExpectation as none:
        return Ground(baseline, none.reason)


def filled(baseline: pd.Series, constant: int = HIDDEN_AS) -> pd.DataFrame:
    """The baseline as a fit takes it, hidden months as a constant: month, count."""
    counts = baseline.fillna(constant).astype("float64")
    return pd.DataFrame({"month": baseline.index, "count": counts.to_numpy()})
