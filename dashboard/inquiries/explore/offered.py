"""What a release offers of one source to look at: its dimensions, their values, its months and the phases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import pandas as pd

from inquiries.explore.view import BEFORE
from inquiries.facts import MAIN_PHASE, TOTAL, Ask
from inquiries.vocabulary import (
    WITH_MUNICIPALITY,
    municipality_regions,
    region_spans,
    registered_dimensions,
)


@dataclass(frozen=True)
class Offered:
    """A source, its dimensions with their labels by code, its months, and its phases, BEFORE first.

    `spans` has a row a period of each kind: period_kind, first_month, last_month.
    """

    source: str
    labels: Mapping[str, Mapping[str, Any]]
    months: tuple[str, ...]
    phases: tuple[str, ...]
    spans: pd.DataFrame

    @property
    def not_registered(self) -> tuple[str, ...]:
        """The dimensions that the source has no column for."""
        return tuple(one for one in WITH_MUNICIPALITY if one not in self.labels)

    @property
    def has_phases(self) -> bool:
        """Whether the first closing has been reported, which every comparison of phases needs."""
        return MAIN_PHASE in self.phases

    @cached_property
    def breakdowns(self) -> tuple[str, ...]:
        """Each dimension, followed by its groups that have parts."""
        return tuple(
            one
            for dimension in self.labels
            for one in (dimension, *(f"{dimension}.{group}" for group in self._groups(dimension)))
        )

    @cached_property
    def choices(self) -> tuple[str, ...]:
        """Each value of each dimension, as `channel.phone`."""
        return tuple(f"{name}.{code}" for name, labels in self.labels.items() for code in labels)

    def codes(self, by: str) -> tuple[str, ...]:
        """The values that a breakdown shows."""
        dimension, _, group = by.partition(".")
        if dimension == "municipality":
            return tuple(
                code for code in self.labels[dimension] if not group or code in members(group)
            )
        return tuple(
            code for code, label in self.labels[dimension].items() if label.group_code == group
        )

    def holds(self, period: str, first: str, last: str) -> bool:
        """Whether at least one period lies whole between two months, or the phases are in their order."""
        if period == "phase":
            return self.phases.index(first) <= self.phases.index(last)
        kind = self.spans[self.spans["period_kind"] == period]
        within = (kind["first_month"] >= first) & (kind["last_month"] <= f"{last}-01")
        return bool(within.any())

    def _groups(self, dimension: str) -> list[str]:
        if dimension == "municipality":
            return [code for code in self.labels["region"] if members(code)]
        found = (label.group_code for label in self.labels[dimension].values() if label.group_code)
        return list(dict.fromkeys(found))


@cache
def members(region: str) -> frozenset[str]:
    """The municipalities that lie, or once lay, in a region."""
    places = municipality_regions()
    return frozenset(places.loc[places["region"] == region, "municipality"])


def offered_of(ask: Ask, source: str) -> Offered:
    """What the release offers of a source."""
    columns = ask("release/sources").set_index("source").loc[source, "columns"].split()
    months = ask("release/periods", source=source, period_kind="month", **TOTAL)
    named = ask("release/periods", source=source, period_kind="phase", **TOTAL)
    spans = [
        ask("release/breakdown", source=source, period_kind=kind, **_ALL).assign(period_kind=kind)
        for kind in ("month", "quarter", "year")
    ]
    kinds = [span[["period_kind", "first_month", "last_month"]] for span in spans]
    return Offered(
        source=source,
        labels={
            dimension: _labels(ask, dimension, months["month"])
            for dimension in registered_dimensions(columns)
        },
        months=tuple(months["period"]),
        phases=(BEFORE, *named["period"]),
        spans=pd.concat(kinds, ignore_index=True),
    )


_ALL = {"dimension": "", "group_code": "", "chosen_dimension": "", "chosen_value": ""}


def _labels(ask: Ask, dimension: str, months: pd.Series) -> dict[str, Any]:
    """The labels of a dimension by code; a region only when it was in force in one of the months."""
    found = {label.code: label for label in ask("release/labels", dimension=dimension).itertuples()}
    if dimension != "region":
        return found
    spans = region_spans()
    never = spans[(spans["first_month"] > months.max()) | (spans["last_month"] < months.min())]
    return {code: label for code, label in found.items() if code not in set(never["region"])}
