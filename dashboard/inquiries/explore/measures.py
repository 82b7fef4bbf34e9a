"""What is measured of a view's cells: counts, an index, the share of what was expected, the share of all.

Each is a function of released cells, and of what the release expects from them, and nothing else.
Where a base is hidden there is no value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from inquiries.explore.cells import baseline_of, cells, choice_of
from inquiries.explore.view import BEFORE, View
from inquiries.facts import Ask

# As few expected as effect.SMALLEST_EXPECTED are compared with nothing.
SMALLEST_EXPECTED = 20
BASES = ("model", "same_months")

Measure = Callable[[Ask, View, pd.DataFrame], pd.Series]


def measured(ask: Ask, view: View, rows: pd.DataFrame) -> pd.Series:
    """The value of each row of `cells`, rounded as it is shown everywhere; missing where there is none."""
    return MEASURES[view.measure](ask, view, rows).astype("float64").round(decimals_of(view))


def decimals_of(view: View) -> int:
    """A mean of whole counts has one decimal; everything else is whole."""
    return 1 if view.measure == "count" and view.period == "phase" else 0


def counts(_: Ask, view: View, rows: pd.DataFrame) -> pd.Series:
    """The count of a period; a phase's per month, for phases are not equally long."""
    shown = rows["count"].astype("float64")
    return shown / rows["months"] if view.period == "phase" else shown


def index(ask: Ask, view: View, rows: pd.DataFrame) -> pd.Series:
    """100 is the mean of the baseline's periods of the same kind; none where one of them is hidden.

    A phase is compared per month with the baseline's whole years. Without reporters that filed
    throughout, the baseline is no measure of what came later.
    """
    sources = ask("release/sources").set_index("source")
    if not sources.loc[view.source, "same_reporters"]:
        return pd.Series(np.nan, index=rows.index)
    values = counts(ask, view, rows)
    before = values[rows["period"] == BEFORE] if view.period == "phase" else values
    base = baseline_of(ask, view, rows.assign(value=values).loc[before.index]).groupby("code")[
        "value"
    ]
    means = base.mean().where(base.count() == base.size())
    return 100 * values / rows["code"].map(means)


def expected(ask: Ask, view: View, rows: pd.DataFrame) -> pd.Series:
    """Per cent of what was expected; none where fewer are expected than may be compared."""
    if view.period == "phase":
        found = ask("release/breakdown_effects", **choice_of(view))
        found = found[found["basis"].isin(BASES)].rename(columns={"expected": "whole"})
        wholes = rows[["code", "period"]].merge(found, how="left", on=["code", "period"])["whole"]
    else:
        wholes = _summed(ask("release/breakdown_expected", **choice_of(view)), rows)
    enough = wholes.set_axis(rows.index).where(lambda own: own >= SMALLEST_EXPECTED)
    return 100 * rows["count"].astype("float64") / enough


def share(ask: Ask, view: View, rows: pd.DataFrame) -> pd.Series:
    """Per cent of all in the same period: of what is chosen when it is broken down, else of all there is.

    Counts are moved a little, so a part can come out greater than its whole: it is all of it then.
    """
    whole = replace(view, by="") if view.by else replace(view, only="")
    totals = cells(ask, whole).set_index("period")["count"].astype("float64")
    return (100 * rows["count"].astype("float64") / rows["period"].map(totals)).clip(upper=100)


def _summed(by_month: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """What was expected over each row's months; missing unless each of them has an expectation."""
    ahead = range(int(rows["months"].max()) if len(rows) else 0)
    lasting = [
        rows.assign(month=rows["first_month"] + pd.DateOffset(months=months), row=rows.index)
        for months in ahead
    ]
    if not lasting:
        return pd.Series(dtype="float64")
    found = pd.concat(lasting)
    found = found[found["month"] <= found["last_month"]].merge(by_month, how="left")
    sums = found.groupby("row")["expected"]
    return sums.sum().where(sums.count() == sums.size()).reindex(rows.index)


MEASURES: dict[str, Measure] = {
    "count": counts,
    "index": index,
    "expected": expected,
    "share": share,
}
