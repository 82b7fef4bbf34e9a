"""The released cells of a view: a row for each value and period, its count, or nothing where it has none."""

from __future__ import annotations

from typing import Any

import pandas as pd

from inquiries.explore.offered import members
from inquiries.explore.view import BEFORE, View
from inquiries.facts import Ask
from inquiries.periods import COMPLETE
from inquiries.released_series import spans_of
from inquiries.vocabulary import region_spans

MONTHS_IN_YEAR = 12


def choice_of(view: View) -> dict[str, Any]:
    """What is broken down and what is chosen, as the questions on a breakdown take it."""
    chosen, value = view.chosen
    return {
        "source": view.source,
        "dimension": view.dimension,
        "chosen_dimension": chosen,
        "chosen_value": value,
    }


def cells(ask: Ask, view: View, period: str = "") -> pd.DataFrame:
    """The cells of a view over all its periods, or over those of another kind.

    Columns code, label_da, label_en, period, first_month, last_month, months (how many it spans),
    state, masked, count (missing when hidden or not reported) and exists (whether there was such a
    value then: regions come and go). Phases begin with BEFORE, the whole years of the baseline.
    """
    kind = period or view.period
    # Which municipality lies in which region is no group of the lists.
    group = "" if view.dimension == "municipality" else view.group
    found = ask("release/breakdown", period_kind=kind, group_code=group, **choice_of(view))
    if view.dimension == "municipality" and view.group:
        found = found[found["code"].isin(members(view.group))]
    found = found.assign(months=_months(found))
    if kind == "phase":
        found = _in_order(pd.concat([_before(ask, view), found]), found["code"])
    return found.assign(exists=_exists(found, view)).reset_index(drop=True)


def baseline_of(ask: Ask, view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """Those of the rows that lie whole in the baseline, have been reported in full and are not excluded."""
    last = spans_of(ask("release/phases")).baseline_last
    within = rows[(rows["last_month"] <= last) & (rows["state"] == COMPLETE)]
    for month in ask("release/excluded_months", source=view.source)["month"]:
        within = within[(within["first_month"] > month) | (within["last_month"] < month)]
    return within


def _before(ask: Ask, view: View) -> pd.DataFrame:
    """The whole years of the baseline as one period a value; hidden where one of them is."""
    years = baseline_of(ask, view, cells(ask, view, "year"))
    found = years.groupby("code", sort=False, as_index=False).agg(
        label_da=("label_da", "first"),
        label_en=("label_en", "first"),
        first_month=("first_month", "min"),
        last_month=("last_month", "max"),
        masked=("masked", "any"),
        months=("months", "sum"),
        years=("period", "size"),
        shown=("count", "count"),
        count=("count", "sum"),
    )
    whole = found["count"].where(found["shown"] == found["years"])
    told = found.assign(period=BEFORE, state=COMPLETE, count=whole.astype("Int64"))
    return told.drop(columns=["years", "shown"])


def _months(rows: pd.DataFrame) -> pd.Series:
    first, last = rows["first_month"].dt, rows["last_month"].dt
    return MONTHS_IN_YEAR * (last.year - first.year) + last.month - first.month + 1


def _in_order(rows: pd.DataFrame, codes: pd.Series) -> pd.DataFrame:
    """The rows in the order of the codes, and of time within each."""
    place = {code: at for at, code in enumerate(codes.unique())}
    keyed = rows.assign(place=rows["code"].map(place))
    return keyed.sort_values(["place", "first_month"]).drop(columns="place")


def _exists(rows: pd.DataFrame, view: View) -> pd.Series:
    """Whether a region was in force in any month of a row; every other value always is."""
    if view.dimension != "region":
        return pd.Series(True, index=rows.index)
    spans = region_spans().set_index("region")
    first = rows["code"].map(spans["first_month"])
    last = rows["code"].map(spans["last_month"])
    begun = first.isna() | (first <= rows["last_month"])
    return begun & (last.isna() | (last >= rows["first_month"]))
