"""Works out the narrowest bounds of each cell, by propagation over all sums at once."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Whole = NDArray[np.int64]


class System(Protocol):
    """Cells between a least and a most, and rows of them between a least and a most."""

    rows: sparse.csr_array
    least: Whole
    most: Whole
    low: Whole
    high: Whole


def propagated(known: System, rounds: int = 200) -> tuple[Whole, Whole]:
    """The bounds that follow from every row again and again, until none gets narrower."""
    entries = sparse.coo_array(sparse.csc_array(known.rows))
    order = np.argsort(entries.col, kind="stable")
    row, col, sign = entries.row[order], entries.col[order], entries.data[order]
    starts = np.flatnonzero(np.r_[True, col[1:] != col[:-1]])
    cells = col[starts]
    low, high = known.low.copy(), known.high.copy()
    count = known.rows.shape[0]
    for _ in range(rounds):
        smallest = np.where(sign > 0, low[col], -high[col])
        largest = np.where(sign > 0, high[col], -low[col])
        rest_small = np.bincount(row, smallest, count)[row] - smallest
        rest_large = np.bincount(row, largest, count)[row] - largest
        at_most, at_least = known.most[row] - rest_small, known.least[row] - rest_large
        upper = np.where(sign > 0, at_most, -at_least)
        lower = np.where(sign > 0, at_least, -at_most)
        new_high = np.minimum(high[cells], np.minimum.reduceat(upper, starts))
        new_low = np.maximum(low[cells], np.maximum.reduceat(lower, starts))
        if (new_high == high[cells]).all() and (new_low == low[cells]).all():
            break
        high[cells], low[cells] = new_high, new_low
    return low, high


def certain(low: Whole, high: Whole, truth: Whole, small: NDArray[np.bool_]) -> Whole:
    """The small cells whose count is known; a bound that is wrong is a fault of the attack."""
    assert ((low <= truth) & (truth <= high)).all()
    return np.flatnonzero(small & (low == high))
