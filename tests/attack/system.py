"""What a reader knows, as numbers: every cell of the lattice and every sum that must hold between them.

The reader is told more than he is: which values occur at all, that a group is the sum of its parts,
which totals are exact, and the perturbation table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from attack.made_up import REGION_OF, World, groups
from inquiries import protect
from inquiries.periods import COMPLETE, MISSING
from inquiries.policy import Policy
from inquiries.vocabulary import DIMENSIONS, UNKNOWN

Whole = NDArray[np.int64]
Choice = tuple[str, str, str, str]
TOTAL: Choice = ("", "", "", "")
MORE_THAN_ANY = 100_000
KEY = ["dimension_1", "value_1", "dimension_2", "value_2"]
PERIOD = ["period_kind", "period"]
UNRELEASED, HIDDEN, MOVED, EXACT = range(4)


@dataclass(frozen=True)
class Lattice:
    """The cells there could be, in the order period by period, choice by choice; and their sums."""

    grid: pd.DataFrame
    values: dict[str, list[str]]
    # Groups that are registered as such too, not as one of their parts: they are more than their parts.
    open_groups: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def choices(self) -> list[Choice]:
        one = [(dimension, value) for dimension, own in self.values.items() for value in own]
        places = [dimension for dimension in self.values if dimension == "municipality"]
        two = [
            (*a, *b)
            for a in one
            for b in one
            if _rank(a[0]) < _rank(b[0]) and not {a[0], b[0]} & set(places)
        ]
        return [TOTAL, *((*a, "", "") for a in one), *two]

    @cached_property
    def size(self) -> int:
        return len(self.grid) * len(self.choices)

    @cached_property
    def index(self) -> pd.MultiIndex:
        rows = [
            (*period, *choice)
            for period in self.grid[PERIOD].itertuples(index=False)
            for choice in self.choices
        ]
        return pd.MultiIndex.from_tuples(rows, names=[*PERIOD, *KEY])

    def counts(self, cells: pd.DataFrame) -> Whole:
        """The counts of some cells, 0 where there is none."""
        found = cells.set_index([*PERIOD, *KEY])["count"].reindex(self.index).fillna(0)
        return found.to_numpy(np.int64)

    def truth(self, world: World) -> Whole:
        """The true counts, of the cells that are in no release too: municipalities by month."""
        counts = self.counts(world.cells).reshape(len(self.grid), len(self.choices))
        for at, choice in enumerate(self.choices):
            if choice[0] == "municipality":
                there = world.inquiries.loc[world.inquiries["municipality"] == choice[1], "month"]
                counts[:, at] = [
                    there.between(first, last).sum()
                    for first, last in self.grid[["first_month", "last_month"]].to_numpy()
                ]
        return counts.ravel()

    @cached_property
    def sums(self) -> sparse.csr_array:
        """One row a sum: -1 for the whole and +1 for each part; the row times the counts is 0."""
        over_choices = sparse.kron(sparse.eye_array(len(self.grid)), self._choice_sums())
        over_time = sparse.kron(self._time_sums(), sparse.eye_array(len(self.choices)))
        return sparse.csr_array(sparse.vstack([over_choices, over_time]))

    @cached_property
    def shares(self) -> sparse.csr_array:
        """One row an open group: the row times the counts is 0 or less."""
        place = {choice: at for at, choice in enumerate(self.choices)}
        opened = {group: self._groups[group] for group in self.open_groups}
        rows = [_row(place, *family) for family in self._by_group(opened, place)]
        found = np.array(rows, np.int64).reshape(-1, len(self.choices))
        return sparse.csr_array(sparse.kron(sparse.eye_array(len(self.grid)), found))

    def _choice_sums(self) -> sparse.csr_array:
        place = {choice: at for at, choice in enumerate(self.choices)}
        rows = [_row(place, whole, parts) for whole, parts in self._families(place)]
        return sparse.csr_array(np.array(rows, np.int64))

    @cached_property
    def _groups(self) -> dict[tuple[str, str], list[str]]:
        return {
            (dimension, group): [part for part in parts if part in self.values[dimension]]
            for (dimension, group), parts in groups().items()
            if group in self.values.get(dimension, [])
        }

    def _families(self, place: dict[Choice, int]) -> list[tuple[Choice, list[Choice]]]:
        """Every whole with its parts: over the leaves of a further dimension, and group by group."""
        own_groups = {
            group: parts for group, parts in self._groups.items() if group not in self.open_groups
        }
        of_open = {
            (dimension, part)
            for dimension, group in self.open_groups
            for part in self._groups[dimension, group]
        }
        found = []
        for dimension, values in self.values.items():
            leaves = [
                value
                for value in values
                if (dimension, value) not in own_groups and (dimension, value) not in of_open
            ]
            for whole in [choice for choice in self.choices if not choice[2]]:
                found.append((whole, [_chosen(whole, dimension, leaf) for leaf in leaves]))
                if whole[0] == "region" and dimension == "municipality":
                    found[-1] = (whole, self._within(whole[1]))
        found += self._by_group(own_groups, place)
        return [(whole, parts) for whole, parts in found if parts and set(parts) <= set(place)]

    def _by_group(
        self, own_groups: dict[tuple[str, str], list[str]], place: dict[Choice, int]
    ) -> list[tuple[Choice, list[Choice]]]:
        found = [
            (whole, [_swapped(whole, dimension, part) for part in parts])
            for (dimension, group), parts in own_groups.items()
            for whole in self.choices
            if (dimension, group) in (whole[:2], whole[2:])
        ]
        return [(whole, parts) for whole, parts in found if parts and set(parts) <= set(place)]

    def _within(self, region: str) -> list[Choice]:
        return [
            ("municipality", place, "", "")
            for place in self.values["municipality"]
            if REGION_OF.get(place, UNKNOWN) == region
        ]

    def _time_sums(self) -> sparse.csr_array:
        """Quarters, years and phases as sums of months, and years also as sums of quarters."""
        rows = []
        for kind, parts in (
            ("quarter", "month"),
            ("phase", "month"),
            ("year", "month"),
            ("year", "quarter"),
        ):
            for at in np.flatnonzero(self.grid["period_kind"] == kind):
                whole = self.grid.iloc[at]
                within = (
                    (self.grid["period_kind"] == parts)
                    & (self.grid["first_month"] >= whole["first_month"])
                    & (self.grid["last_month"] <= whole["last_month"])
                )
                row = within.to_numpy(np.int64)
                row[at] = -1
                rows.append(row)
        return sparse.csr_array(np.array(rows))


@dataclass(frozen=True)
class Known:
    """What a release says of each cell, as bounds; and every row a linear statement with a least and a most."""

    lattice: Lattice
    state: Whole
    shown: Whole
    low: Whole
    high: Whole
    rows: sparse.csr_array
    least: Whole
    most: Whole
    own: Whole

    def less(self, own: Whole) -> Known:
        """The same about what is left without a reporter's own figures, which he knows."""
        of_own = np.asarray(self.rows @ own)
        return replace(
            self,
            own=own,
            shown=self.shown - own,
            low=np.maximum(self.low - own, 0),
            high=self.high - own,
            least=self.least - of_own,
            most=np.where(self.most < MORE_THAN_ANY, self.most - of_own, self.most),
        )


def drawn_by(states: pd.DataFrame) -> pd.Series:
    """What each period's draws depend on: which of its months are complete; or that it is missing."""
    months = states[(states["period_kind"] == "month") & (states["state"] == COMPLETE)]
    complete = months["first_month"]
    found = [
        own.state
        if own.state in (COMPLETE, MISSING)
        else f"{own.state} {list(complete[complete.between(own.first_month, own.last_month)])}"
        for own in states.itertuples()
    ]
    return pd.Series(found, index=states.index)


def lattice_of(world: World) -> Lattice:
    """The lattice of the values that occur, the groups they belong to among them."""
    cells = world.cells
    first = cells[(cells["dimension_1"] != "") & (cells["dimension_2"] == "")]
    values = {
        dimension: sorted(first.loc[first["dimension_1"] == dimension, "value_1"].unique())
        for dimension in (*DIMENSIONS, "municipality")
    }
    registered = {
        (dimension, code)
        for dimension in DIMENSIONS
        if dimension in world.inquiries
        for code in world.inquiries[dimension].unique()
    }
    return Lattice(world.grid, values, frozenset(registered & set(groups())))


def known(
    lattice: Lattice,
    released: pd.DataFrame,
    exact: pd.DataFrame,
    policy: Policy,
    drawn: pd.Series | None = None,
) -> Known:
    """The bounds that a release gives a reader who knows the policy.

    `drawn` says of each period of the grid what its draws depend on, when that is not the same for
    all, or that it is missing.
    """
    shown, state = lattice.counts(released), _states(lattice, released, exact)
    if drawn is not None:
        state[(drawn == MISSING).to_numpy().repeat(len(lattice.choices))] = UNRELEASED
    is_noise = policy.method == "cell_key"
    up = policy.largest_noise if is_noise else protect.ROUNDED_TO // 2
    down = policy.largest_noise if is_noise else (protect.ROUNDED_TO - 1) // 2
    least = protect.smallest_shown(policy)
    low, high = np.zeros(lattice.size, np.int64), np.full(lattice.size, MORE_THAN_ANY)
    high[state == HIDDEN] = least - 1 + (down if is_noise else 0)
    moved = state == MOVED
    low[moved], high[moved] = np.maximum(shown[moved] - up, least), shown[moved] + down
    low[state == EXACT] = high[state == EXACT] = shown[state == EXACT]
    rows = sparse.csr_array(sparse.vstack([lattice.sums, lattice.shares]))
    most_of = np.zeros(rows.shape[0], np.int64)
    least_of = most_of.copy()
    least_of[lattice.sums.shape[0] :] = -MORE_THAN_ANY
    if policy.method == "cell_key":
        alike = np.zeros(len(lattice.grid)) if drawn is None else pd.factorize(drawn)[0]
        telling = _telling(lattice.sums, state, shown, alike.repeat(len(lattice.choices)))
        rows = sparse.csr_array(sparse.vstack([rows, telling]))
        more = telling.shape[0]
        least_of = np.concatenate([least_of, np.ones(more, np.int64)])
        most_of = np.concatenate([most_of, np.full(more, MORE_THAN_ANY)])
    return Known(lattice, state, shown, low, high, rows, least_of, most_of, low * 0)


def unprotected(lattice: Lattice, truth: Whole, *, zeros_shown: bool) -> Known:
    """What exact counts give, with 1-4 hidden, and 0 hidden with them or not."""
    hidden = (truth < 5) & ((truth > 0) | (not zeros_shown))
    state = np.where(hidden, HIDDEN, EXACT)
    state[_unreleased(lattice)] = UNRELEASED
    low = np.where(state == EXACT, truth, np.where(zeros_shown & (state == HIDDEN), 1, 0))
    high = np.where(state == EXACT, truth, np.where(state == HIDDEN, 4, MORE_THAN_ANY))
    none = np.zeros(lattice.sums.shape[0], np.int64)
    return Known(lattice, state, truth, low, high, lattice.sums, none, none, low * 0)


def _states(lattice: Lattice, released: pd.DataFrame, exact: pd.DataFrame) -> Whole:
    there = lattice.index.isin(pd.MultiIndex.from_frame(released[[*PERIOD, *KEY]]))
    state = np.where(there, MOVED, HIDDEN)
    total = lattice.index.get_level_values("dimension_1") == ""
    is_exact = lattice.index.droplevel(KEY).isin(pd.MultiIndex.from_frame(exact[PERIOD]))
    state[there & total & is_exact] = EXACT
    state[_unreleased(lattice)] = UNRELEASED
    return state


def _unreleased(lattice: Lattice) -> NDArray[np.bool_]:
    """Municipalities by month and by short phases, which no release holds."""
    months = lattice.grid.set_index(PERIOD)["months"]
    short = months.reindex(lattice.index.droplevel(KEY)).to_numpy() < 3
    return short & (lattice.index.get_level_values("dimension_1") == "municipality")


def _telling(sums: sparse.csr_array, state: Whole, shown: Whole, drawn: Whole) -> sparse.csr_array:
    """Where draws depend on the same, the same inquiries are shown alike: a part shown unlike its whole leaves a rest of 1 or more."""
    seen = np.where(state == MOVED, shown, np.where(state == HIDDEN, -1, -2))
    entries = sums.tocoo()
    whole = np.zeros(sums.shape[0], np.int64)
    whole[entries.row[entries.data < 0]] = entries.col[entries.data < 0]
    parts = entries.data > 0
    row, part = entries.row[parts], entries.col[parts]
    unlike = (seen[whole[row]] != seen[part]) & (seen[whole[row]] > -2) & (seen[part] > -2)
    unlike &= drawn[whole[row]] == drawn[part]
    rest = sparse.csr_array((np.ones(parts.sum(), np.int64), (row, part)), shape=sums.shape)
    found = rest[row[unlike]] - sparse.csr_array(
        (np.ones(unlike.sum(), np.int64), (np.arange(unlike.sum()), part[unlike])),
        shape=(int(unlike.sum()), sums.shape[1]),
    )
    found = sparse.csr_array(found)
    found.eliminate_zeros()
    return found


def _rank(dimension: str) -> int:
    return [*DIMENSIONS, "municipality"].index(dimension)


def _row(place: dict[Choice, int], whole: Choice, parts: list[Choice]) -> Whole:
    row = np.zeros(len(place), np.int64)
    row[place[whole]] = -1
    row[[place[part] for part in parts]] = 1
    return row


def _chosen(whole: Choice, dimension: str, value: str) -> Choice:
    """A choice with one more dimension, in the order the lattice keeps."""
    pairs = [pair for pair in (whole[:2], (dimension, value)) if pair[0]]
    pairs.sort(key=lambda pair: _rank(pair[0]))
    flat = [text for pair in pairs for text in pair]
    return tuple([*flat, "", "", "", ""][:4]) if whole[0] != dimension else ("", "", "?", "?")


def _swapped(whole: Choice, dimension: str, value: str) -> Choice:
    """A choice with another value of one of its dimensions."""
    if whole[0] == dimension:
        return (dimension, value, *whole[2:])
    return (*whole[:2], dimension, value)
