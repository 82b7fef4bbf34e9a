"""A made-up source of the size and skewness of a real one: many small cells, two unequal reporters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from inquiries import lattice
from inquiries.cell_keys import NATURAL_KEY
from inquiries.periods import periods
from inquiries.policy import Policy
from inquiries.protect import exact_totals, protect
from inquiries.vocabulary import DIMENSIONS, municipality_regions, phases, shown_values

SOURCE = "made-up"
FIRST, LAST = pd.Timestamp("2019-01-01"), pd.Timestamp("2021-04-01")
PER_MONTH = 100
SHARES = {
    "municipality": ([101, 265, 461, 751, 851, 147, 269, 561, 615, 820], "unequal"),
    "channel": (["phone", "chat", "email", "in_person", "other"], "unequal"),
    "theme": (
        [
            "social_control",
            "psychological_violence",
            "physical_violence",
            "threats",
            "forced_marriage",
            "reeducation_journey",
            "other",
        ],
        "unequal",
    ),
    "inquirer": (["self", "school", "municipality_staff", "parent", "other_relative"], "unequal"),
    "age_band": (["age_15_17", "age_18_24", "under_15", "age_25_29", "age_30_plus"], "unequal"),
    "gender": (["woman", "man", "unknown"], "steep"),
}


def _region_of() -> dict[str, str]:
    """Which region each municipality lies in; none moved within the months of the source."""
    table = municipality_regions()
    there = table[(table["first_month"] <= FIRST) & (table["last_month"] >= LAST)]
    return dict(zip(there["municipality"], there["region"], strict=True))


REGION_OF = _region_of()
STEEPNESS = {"unequal": 0.7, "steep": 0.25}


@dataclass(frozen=True)
class World:
    """One state of the source: an inquiry a row, with its month, codes and reporter."""

    inquiries: pd.DataFrame
    secret: bytes = b"a secret of thirty-two bytes ...."
    first: pd.Timestamp = FIRST
    last: pd.Timestamp = LAST

    @cached_property
    def grid(self) -> pd.DataFrame:
        return periods(self.first, self.last, phases())

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The exact cells, as the build works them out."""
        return lattice.cells(SOURCE, self._parts(), self.grid, self.secret)

    def of(self, reporter: str) -> World:
        own = self.inquiries[self.inquiries["reporter"] == reporter]
        return World(own, self.secret, self.first, self.last)

    def exact(self, policy: Policy) -> pd.DataFrame:
        """The periods whose total is shown as it is."""
        counted = self.inquiries.groupby(["month", "reporter"]).size().rename("count")
        return exact_totals(counted.reset_index(), self.grid, policy)

    def released(self, policy: Policy) -> pd.DataFrame:
        return protect(self.cells, self.exact(policy), policy)

    def _parts(self) -> Iterator[pd.DataFrame]:
        codes = ["month", "municipality", *DIMENSIONS[1:]]
        assert set(NATURAL_KEY) == {"source", "region", *codes}
        yield self.inquiries.groupby(codes).size().rename("count").reset_index()


def made_up(seed: int = 1, share_of_first: float = 0.6) -> World:
    """About 100 inquiries a month over 28 months; reporter a files most of them."""
    random = np.random.default_rng(seed)
    months = pd.date_range(FIRST, LAST, freq="MS")
    inquiries = drawn(random, months.repeat(random.poisson(PER_MONTH, len(months))))
    first = random.random(len(inquiries)) < share_of_first
    return World(inquiries.assign(reporter=np.where(first, "a", "b")))


def drawn(random: np.random.Generator, months: pd.DatetimeIndex) -> pd.DataFrame:
    """An inquiry for each of these months."""
    inquiries = pd.DataFrame({"month": months})
    for column, (values, kind) in SHARES.items():
        share = STEEPNESS[kind] ** np.arange(len(values))
        inquiries[column] = random.choice(
            np.array(values, "str"), len(months), p=share / share.sum()
        )
    return inquiries


def finest() -> dict[str, dict[str, str]]:
    """For each dimension and registered code the finest value it is shown as."""
    found: dict[str, dict[str, str]] = {}
    for dimension, code, shown in shown_values().itertuples(index=False):
        if dimension and (code == shown or code not in found.get(dimension, {})):
            found.setdefault(dimension, {})[code] = shown
    return found


def groups() -> dict[tuple[str, str], list[str]]:
    """The values that are sums of other shown values: (dimension, group) and its parts."""
    table = shown_values()
    shown = set(zip(table["dimension"], table["shown"], strict=True))
    found: dict[tuple[str, str], list[str]] = {}
    for dimension, code, group in table.itertuples(index=False):
        if code != group and (dimension, code) in shown:
            found.setdefault((dimension, group), []).append(code)
    return found
