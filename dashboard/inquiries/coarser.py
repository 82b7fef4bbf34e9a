"""The nearest figure that can be shown instead of a hidden one: over a longer period, or over a larger group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from inquiries.facts import Ask
from inquiries.vocabulary import municipality_regions

# The periods a figure may be shown for, each with how pandas calls it.
LONGER = {"month": "M", "quarter": "Q", "year": "Y"}


@dataclass(frozen=True)
class Alternative:
    """A figure that is shown: of which period, of which value (empty for all), and its count."""

    period_kind: str
    first_month: pd.Timestamp
    dimension: str
    value: str
    count: int


def coarser(
    ask: Ask,
    source: str,
    month: pd.Timestamp,
    *,
    period_kind: str = "month",
    dimension: str = "",
    value: str = "",
) -> Alternative | None:
    """The nearest shown alternative to a hidden cell: the quarter, the year, the larger group, then all.

    The cell is that of the period of its kind (month, quarter or year) which `month` lies in. A
    larger group is tried for the same period before the longer ones. None when nothing is shown.
    """
    kinds = list(LONGER)[list(LONGER).index(period_kind) :]
    for wider, code in _wider(ask, dimension, value, month):
        for kind in kinds:
            first = month.to_period(LONGER[kind]).start_time
            count = _shown(ask, source, kind, first, wider, code)
            if count is not None:
                return Alternative(kind, first, wider, code, count)
    return None


def _wider(ask: Ask, dimension: str, value: str, month: pd.Timestamp) -> Iterator[tuple[str, str]]:
    """The value itself, the group it belongs to, and all."""
    yield dimension, value
    if dimension == "":
        return
    if dimension == "municipality":
        places = municipality_regions()
        there = (places["municipality"] == value) & (places["first_month"] <= month)
        for region in places.loc[there & (month <= places["last_month"]), "region"]:
            yield "region", region
    labels = ask("release/labels", dimension=dimension)
    for group in labels.loc[(labels["code"] == value) & (labels["group_code"] != ""), "group_code"]:
        yield dimension, group
    yield "", ""


def _shown(
    ask: Ask, source: str, kind: str, first: pd.Timestamp, dimension: str, value: str
) -> int | None:
    choice = {"dimension_1": dimension, "value_1": value, "dimension_2": "", "value_2": ""}
    if kind == "month":
        periods = ask("release/months", source=source, **choice)
    else:
        periods = ask("release/periods", source=source, period_kind=kind, **choice)
    counts = periods.loc[periods["month"] == first, "count"].dropna()
    return int(counts.iloc[0]) if len(counts) else None
