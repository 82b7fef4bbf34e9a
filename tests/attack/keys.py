"""What added keys give away: a whole's key is the sum of its parts' keys, so their noise is not independent.

The table says which keys a noise may come from. Where a whole and its two or three parts are all
shown, only some combinations of noise fit both the figures and the sum of the keys.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attack.solver import propagated
from attack.system import HIDDEN, MORE_THAN_ANY, MOVED, Known
from inquiries.cell_keys import KEY_SPACE
from inquiries.policy import Policy
from inquiries.protect import cuts_of

Whole = NDArray[np.int64]


class Refuted(Exception):
    """The figures fit no added keys: whoever reckoned with them has learnt nothing."""


def with_keys(known: Known, policy: Policy, rounds: int = 3) -> tuple[Whole, Whole]:
    """The narrowest bounds, from the sums and from the keys by turns."""
    known = _rests(known, policy)
    families = {parts: _families(known, parts) for parts in (2, 3)}
    low, high = propagated(known)
    for _ in range(rounds):
        for parts, cells in families.items():
            _narrow(known, cells, fitting(policy, parts), low, high)
        low, high = propagated(replace(known, low=low, high=high))
    return low, high


@cache
def fitting(policy: Policy, parts: int) -> dict[int, Whole]:
    """By how much the parts together are shown above the whole: the noise of whole and parts that fits."""
    cuts = cuts_of(policy)
    last = cuts[cuts["i"] == cuts["i"].max()]
    low, high, noise = (last[name].to_numpy(np.int64) for name in ("lo", "hi", "v"))
    found: dict[int, list[tuple[int, ...]]] = {}
    for chosen in product(range(len(last)), repeat=parts):
        least, most = sum(low[[*chosen]]), sum(high[[*chosen]] - 1)
        for whole in range(len(last)):
            if _meet(int(least), int(most), int(low[whole]), int(high[whole]) - 1, parts):
                above = int(noise[[*chosen]].sum() - noise[whole])
                found.setdefault(above, []).append((noise[whole], *noise[[*chosen]]))
    return {above: np.array(fits) for above, fits in found.items()}


def _meet(least: int, most: int, low: int, high: int, turns: int) -> bool:
    return any(
        least <= high + turn * KEY_SPACE and low + turn * KEY_SPACE <= most
        for turn in range(turns + 1)
    )


def _families(known: Known, parts: int) -> Whole:
    """The cells of each sum with so many parts that is shown from end to end: the whole, then its parts."""
    found = []
    for whole, own in _members(known):
        if len(own) == parts and (known.state[[whole, *own]] == MOVED).all():
            found.append([whole, *own])
    return np.array(found, np.int64).reshape(-1, parts + 1)


def _members(known: Known) -> list[tuple[int, Whole]]:
    sums = known.lattice.sums
    found = []
    for start, end in zip(sums.indptr[:-1], sums.indptr[1:], strict=True):
        cells, sign = sums.indices[start:end], sums.data[start:end]
        found.append((int(cells[sign < 0][0]), cells[sign > 0]))
    return found


def _narrow(known: Known, cells: Whole, fits: dict[int, Whole], low: Whole, high: Whole) -> None:
    published = known.shown + known.own
    above = published[cells[:, 1:]].sum(1) - published[cells[:, 0]]
    for value in np.unique(above):
        if int(value) not in fits:
            raise Refuted
        own, noise = cells[above == value], fits[int(value)]
        shown = known.shown[own]
        least, most = shown - high[own], shown - low[own]
        fit = ((noise >= least[:, None]) & (noise <= most[:, None])).all(2)[:, :, None]
        if not fit.any(1).all():
            raise Refuted
        far = 1000
        np.minimum.at(high, own, shown - np.where(fit, noise, far).min(1))
        np.maximum.at(low, own, shown - np.where(fit, noise, -far).max(1))


def _rests(known: Known, policy: Policy) -> Known:
    """Two or three parts shown too far from their whole leave a hidden rest of 1 or more."""
    rows, least = [], []
    for whole, own in _members(known):
        seen, rest = own[known.state[own] == MOVED], own[known.state[own] == HIDDEN]
        if known.state[whole] != MOVED or len(seen) not in (2, 3) or not len(rest):
            continue
        if len(seen) + len(rest) != len(own):
            continue
        above = int((known.shown + known.own)[seen].sum() - (known.shown + known.own)[whole])
        if above not in fitting(policy, len(seen)):
            rows.append(rest)
            least.append(1 - known.own[rest].sum())
    if not rows:
        return known
    at = np.repeat(np.arange(len(rows)), [len(rest) for rest in rows])
    further = sparse.csr_array(
        (np.ones(len(at), np.int64), (at, np.concatenate(rows))),
        shape=(len(rows), known.rows.shape[1]),
    )
    return replace(
        known,
        rows=sparse.csr_array(sparse.vstack([known.rows, further])),
        least=np.concatenate([known.least, least]),
        most=np.concatenate([known.most, np.full(len(rows), MORE_THAN_ANY)]),
    )
