"""The least and the most a cell can be, by linear and by integer programs over the sums around it.

A cell of two dimensions is solved with all cells of those dimensions in the years around it, each
already within the bounds that follow from the whole lattice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from attack.system import Known, Whole

# HiGHS satisfies rows and bounds within 1e-7; a bound this near a whole number is that number.
SLACK = 1e-5


@dataclass(frozen=True)
class Block:
    """Some cells with their bounds, the rows that hold no other cell, and where the wanted cell is."""

    rows: sparse.csr_array
    least: Whole
    most: Whole
    low: Whole
    high: Whole
    wanted: int


def block(known: Known, bounds: tuple[Whole, Whole], cell: int, *, years: bool = True) -> Block:
    """The cells of the same dimensions, in the calendar years a cell lies in or in its own period alone."""
    inside = _inside(known, cell, years=years)
    outside = np.concatenate([[0], np.cumsum(~inside[known.rows.indices])])
    starts, ends = known.rows.indptr[:-1], known.rows.indptr[1:]
    within = np.flatnonzero((outside[starts] == outside[ends]) & (starts < ends))
    cells = np.flatnonzero(inside)
    return Block(
        rows=sparse.csr_array(known.rows[within][:, cells]),
        least=known.least[within],
        most=known.most[within],
        low=bounds[0][cells],
        high=bounds[1][cells],
        wanted=int(np.searchsorted(cells, cell)),
    )


def linear(own: Block) -> tuple[int, int]:
    """The least and the most the wanted cell can be, were counts not whole; rounded inwards."""
    equal = own.least == own.most
    limits = []
    for sign in (1, -1):
        cost = np.zeros(len(own.low))
        cost[own.wanted] = sign
        solved = linprog(
            cost,
            A_ub=sparse.vstack([-own.rows[~equal], own.rows[~equal]]),
            b_ub=np.concatenate([-own.least[~equal], own.most[~equal]]),
            A_eq=own.rows[equal],
            b_eq=own.least[equal],
            bounds=np.column_stack([own.low, own.high]),
            method="highs-ds",
        )
        assert solved.status == 0, solved.message
        limits.append(sign * solved.fun)
    return _whole(*limits)


def integer(own: Block) -> tuple[int, int]:
    """The least and the most the wanted cell can be in whole counts."""
    limits = []
    for sign in (1, -1):
        cost = np.zeros(len(own.low))
        cost[own.wanted] = sign
        solved = milp(
            cost,
            integrality=np.ones(len(own.low)),
            bounds=Bounds(own.low, own.high),
            constraints=LinearConstraint(own.rows, own.least, own.most),
        )
        assert solved.status == 0, solved.message
        limits.append(sign * solved.fun)
    return _whole(*limits)


def cells_to_try(
    small: NDArray[np.bool_], bounds: tuple[Whole, Whole], many: int, seed: int = 1
) -> Whole:
    """Half of them those known most narrowly, which are nearest to being known, half at random."""
    cells = np.flatnonzero(small)
    width = (bounds[1] - bounds[0])[cells]
    narrowest = cells[np.argsort(width, kind="stable")[: many // 2]]
    rest = np.setdiff1d(cells, narrowest)
    at_random = np.random.default_rng(seed).choice(rest, many - len(narrowest), replace=False)
    return np.concatenate([narrowest, at_random])


def _whole(least: float, most: float) -> tuple[int, int]:
    return int(np.ceil(least - SLACK)), int(np.floor(most + SLACK))


def _inside(known: Known, cell: int, *, years: bool) -> NDArray[np.bool_]:
    lattice = known.lattice
    period, choice = divmod(cell, len(lattice.choices))
    own = lattice.choices[choice]
    dimensions = {own[0], own[2], ""}
    wanted = [{other[0], other[2]} <= dimensions for other in lattice.choices]
    grid = lattice.grid
    at = grid.iloc[period]
    near = np.arange(len(grid)) == period
    if years:
        first = pd.Timestamp(at["first_month"].year, 1, 1)
        last = pd.Timestamp(at["last_month"].year, 12, 1)
        near = ((grid["first_month"] >= first) & (grid["last_month"] <= last)).to_numpy()
    return np.outer(near, wanted).ravel()
