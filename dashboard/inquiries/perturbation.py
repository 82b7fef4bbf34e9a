"""The noise of the cell key method: how far a count is moved, and by which cell keys.

The noise in force is read from `data/reference/perturbation_d5_v3.csv` and not worked out anew, as
the same inquiries must be moved alike in every release. Those published cut points came from an
iterative solver whose last digits differ between machines; `table` solves the same problem exactly,
and its cut points lie at most 37 of the 2^32 keys away.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq, isotonic_regression

from inquiries.cell_keys import KEY_SPACE
from inquiries.vocabulary import REFERENCE

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

PUBLISHED = REFERENCE / "perturbation_d5_v3.csv"
ROUNDING = 4 * np.finfo(float).eps


@cache
def published_cut_points() -> pd.DataFrame:
    """The cut points in force: noise of at most 5 with variance 3, a true 0 never moved."""
    return pd.read_csv(PUBLISHED, dtype="int64")


def table(largest: int = 5, variance: float = 3.0, never_shown: int = 0) -> pd.DataFrame:
    """The probability p that a count i is moved by v; the last i stands for all larger ones too.

    Of all noise within -`largest` to `largest`, with mean 0 and at most this variance, it is the
    one of highest entropy whose p does not fall up to v = 0, and which makes no count negative or
    one of 1 to `never_shown`; 0 stays 0. This is the table that the R package ptable makes
    (https://github.com/sdcTools/ptable, mono = TRUE).
    """
    needed = (never_shown + 1) ** 2 // 4  # by the count halfway from 0 to never_shown + 1
    if not 0 <= never_shown < largest:
        raise ValueError("The largest noise must be above the largest count never shown.")
    if variance <= needed:
        raise ValueError(f"The variance must be above {needed} to never show 1 to {never_shown}.")
    last = largest + never_shown + 1 if never_shown else largest
    rows = [pd.DataFrame({"i": [0], "v": [0], "p": [1.0]})]
    for count in range(1, last + 1):
        moves = _moves(count, largest, never_shown)
        rows.append(pd.DataFrame({"i": count, "v": moves, "p": _widest(moves, variance)}))
    return pd.concat(rows, ignore_index=True)


def cut_points(probabilities: pd.DataFrame) -> pd.DataFrame:
    """Which cell keys move a count i by v, namely lo <= key < hi: columns i, v, lo, hi.

    The keys [0, 2^32) are dealt out in the order of v, to each as many as its p in `table`.
    """
    count = probabilities["i"]
    share = probabilities.groupby("i")["p"].cumsum()
    hi = (share * KEY_SPACE).round().where(count.duplicated(keep="last"), KEY_SPACE)
    hi = hi.astype("int64")
    lo = hi.groupby(count).shift(fill_value=0)
    return pd.DataFrame({"i": count, "v": probabilities["v"], "lo": lo, "hi": hi})


def noise(counts: ArrayLike, cell_keys: ArrayLike, cuts: pd.DataFrame) -> Whole:
    """How far each count is moved, by cut points in the order `cut_points` gives them."""
    n, keys = np.asarray(counts, np.int64), np.asarray(cell_keys, np.int64)
    if (n < 0).any() or (keys < 0).any() or (keys >= KEY_SPACE).any():
        raise ValueError("A count is at least 0, and a cell key at least 0 and below 2^32.")
    i, lo, v = (cuts[name].to_numpy(np.int64) for name in ("i", "lo", "v"))
    key_of_row = np.minimum(n, i[-1]) * KEY_SPACE + keys
    found = np.searchsorted(i * KEY_SPACE + lo, key_of_row, side="right") - 1
    return np.asarray(v[found])


def _moves(count: int, largest: int, never_shown: int) -> Whole:
    """The noise a count may get."""
    moves = np.arange(-largest, largest + 1)
    moved = count + moves
    return moves[(moved == 0) | (moved > never_shown)]


def _widest(moves: Whole, variance: float) -> Floats:
    """The probabilities of highest entropy, with mean 0 and at most this variance."""

    def with_mean_0(curve: float) -> Floats:
        slope = _root(lambda slope: float(_probabilities(moves, slope, curve) @ moves), 1.0)
        return _probabilities(moves, slope, curve)

    def excess(curve: float) -> float:
        return float(with_mean_0(curve) @ moves**2) - variance

    return with_mean_0(0.0 if excess(0.0) <= 0 else _root(excess, 0.0))


def _probabilities(moves: Whole, slope: float, curve: float) -> Floats:
    """Those of highest entropy whose mean and variance belong to this slope and curve.

    Their logarithms lie on a parabola; where that would fall before v = 0, on the nearest line that
    does not, which is what the conditions for an optimum (Karush-Kuhn-Tucker) come to.
    """
    logs = slope * moves + curve * moves**2
    up_to_0 = moves <= 0
    logs[up_to_0] = isotonic_regression(logs[up_to_0]).x
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())


def _root(rising: Callable[[float], float], high: float) -> float:
    """Where a rising function is 0: between -1 and `high`, or as far out as need be."""
    low = -1.0
    while rising(low) > 0:
        low *= 2
    while rising(high) < 0:
        high *= 2
    return float(brentq(rising, low, high, xtol=1e-15, rtol=ROUNDING))
