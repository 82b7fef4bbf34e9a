"""The other side of the attack: other inquiries that the same release could have been made from.

Where such a set of inquiries has another count in a cell, no attack on bounds and sums, however
strong, can be certain of that cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from attack.made_up import REGION_OF, SHARES, World, finest, groups
from attack.system import HIDDEN, Choice, Known, Lattice

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Explained:
    """Which cells have another explanation, and how many were tried for it."""

    cells: NDArray[np.bool_]
    tried: int
    fitting: int


def explained(world: World, known: Known, truth: Whole, steps: int, seed: int = 1) -> Explained:
    """Walk from the true inquiries, two of a month exchanging a code or one taking it over, where allowed."""
    random = np.random.default_rng(seed)
    places = {choice: at for at, choice in enumerate(known.lattice.choices)}
    months = [own.to_dict("records") for _, own in world.inquiries.groupby("month")]
    found, now, fitting = np.zeros(len(truth), bool), truth.copy(), 0
    wanted = np.flatnonzero((truth > 0) & (truth < 5) & (known.state == HIDDEN))
    for _ in range(steps):
        cell = random.choice(wanted[~found[wanted]])
        inside, month = _within(known.lattice, int(cell), months, random)
        if inside is None:
            continue
        pair = [inside, int(random.integers(len(month)))]
        if pair[0] == pair[1]:
            continue
        before = [month[at] for at in pair]
        after = _exchanged(*before, str(random.choice(list(SHARES))), both=random.random() < 0.5)
        other = now.copy()
        for old, new in zip(before, after, strict=True):
            other[_cells(known.lattice, places, old)] -= 1
            other[_cells(known.lattice, places, new)] += 1
        if _allowed(known, other):
            now, fitting = other, fitting + 1
            found |= now != truth
            month[pair[0]], month[pair[1]] = after
    return Explained(found, steps, fitting)


def _within(
    lattice: Lattice, cell: int, months: list[list[dict]], random: np.random.Generator
) -> tuple[int | None, list[dict]]:
    """One of the inquiries counted in a cell, and its month."""
    period, choice = divmod(cell, len(lattice.choices))
    first, last = lattice.grid.iloc[period][["first_month", "last_month"]]
    chosen = lattice.choices[choice]
    wanted = {pair for pair in (chosen[:2], chosen[2:]) if pair[0]}
    there = [
        (at, month)
        for month in months
        if first <= month[0]["month"] <= last
        for at, inquiry in enumerate(month)
        if wanted <= _pairs_of(*(inquiry[column] for column in SHARES))
    ]
    return there[random.integers(len(there))] if there else (None, [])


def _exchanged(first: dict, second: dict, column: str, *, both: bool) -> tuple[dict, dict]:
    taken = {**first, column: second[column]}
    return taken, {**second, column: first[column]} if both else second


def _allowed(known: Known, counts: Whole) -> bool:
    if (counts < known.low).any() or (counts > known.high).any():
        return False
    rows = np.asarray(known.rows @ counts)
    return bool((rows >= known.least).all() and (rows <= known.most).all())


def _cells(lattice: Lattice, places: dict[Choice, int], inquiry: dict) -> Whole:
    """The cells an inquiry is counted in."""
    pairs = _pairs_of(*(inquiry[column] for column in SHARES))
    choices = [("", "", "", ""), *((*one, "", "") for one in pairs)]
    choices += [(*one, *two) for one in pairs for two in pairs if (*one, *two) in places]
    month = inquiry["month"]
    grid = lattice.grid
    periods = np.flatnonzero((grid["first_month"] <= month) & (month <= grid["last_month"]))
    own = np.array([places[choice] for choice in choices])
    return (periods[:, None] * len(lattice.choices) + own).ravel()


@cache
def _pairs_of(*codes: str) -> frozenset[tuple[str, str]]:
    """Every dimension and value that inquiries with these codes are counted under."""
    inquiry = dict(zip(SHARES, codes, strict=True))
    own = {
        ("municipality", inquiry["municipality"]),
        ("region", REGION_OF[inquiry["municipality"]]),
    }
    own |= {
        (dimension, FINEST[dimension][code])
        for dimension, code in inquiry.items()
        if dimension != "municipality"
    }
    own |= {whole for whole, parts in GROUPS.items() for part in parts if (whole[0], part) in own}
    return frozenset(own)


FINEST, GROUPS = finest(), groups()
