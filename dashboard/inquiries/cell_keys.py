"""Cell keys: the random-looking number that decides a cell's noise, the same for the same inquiries.

An inquiry has a unit key, a row the sum of its unit keys, and a cell the sum of its rows' keys, all
modulo 2^32: whole numbers, so no order of rows and no way of asking changes a key. A row's key comes
from its inquiries, not from the row as such; else a late inquiry would keep the noise, and show as
exactly one more.

A natural key is VERSION and the codes of NATURAL_KEY, in that order, with "|" between. Neither
codes, order nor secret may ever change: two draws of noise over the same inquiries can be averaged.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

KEY_SPACE = 2**32
VERSION = "v1"
NATURAL_KEY = (
    "source",
    "month",
    "region",
    "municipality",
    "channel",
    "theme",
    "inquirer",
    "age_band",
    "gender",
)
# Above this many inquiries, a row adds one key for its whole count instead of one for each further
# inquiry: a large row costs no more than this, and its key still changes with every inquiry.
UNITS_ONE_BY_ONE = 32

_SHA256_BLOCK = 64
_ROWS_AT_ONCE = 100_000


def unit_key(secret: bytes, natural_key: str, unit: int) -> int:
    """The key of one inquiry of a row: the first 32 bits, big endian, of HMAC-SHA256."""
    digest = hmac.digest(secret, f"{natural_key}#{unit}".encode(), "sha256")
    return int.from_bytes(digest[:4], "big")


def row_key(secret: bytes, natural_key: str, count: int) -> int:
    """The key of a row of `count` inquiries; `row_keys` gives the same for many rows, faster."""
    return sum(unit_key(secret, natural_key, unit) for unit in _units(count)) % KEY_SPACE


def row_keys(secret: bytes, rows: pd.DataFrame) -> NDArray[np.uint64]:
    """The key of each row: columns NATURAL_KEY (month a date, the rest codes) and count.

    One row for each natural key: counts of the same key, from several reporters, are added first.
    """
    if rows["count"].isna().any() or (rows["count"] < 0).any():
        raise ValueError("A row without a count of at least 0 has no key.")
    if rows.duplicated(list(NATURAL_KEY)).any():
        raise ValueError("Rows of the same natural key must be added before they are given one.")
    keys = np.empty(len(rows), np.uint64)
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        part = rows.iloc[start : start + _ROWS_AT_ONCE]
        keys[start : start + len(part)] = _sums(secret, part)
    return keys


def cell_key(row_keys: ArrayLike) -> int:
    """The key of the cell that holds these rows."""
    return int(np.asarray(row_keys, np.uint64).sum()) % KEY_SPACE


def draws(secret: bytes, cell_keys: ArrayLike, states: Iterable[str]) -> NDArray[np.uint64]:
    """The number that decides each cell's noise: a keyed hash of its key and its state.

    Cell keys themselves add up, so the noise of a whole and that of its parts would depend on each
    other, and where all are shown their difference would narrow every one of them. A cell that
    becomes complete draws anew, whether or not a late reporter touched it.
    """
    keys = np.asarray(cell_keys, np.uint64).tolist()
    digests = (
        hmac.digest(secret, f"cell|{state}|{key}".encode(), "sha256")
        for key, state in zip(keys, states, strict=True)
    )
    return np.fromiter((int.from_bytes(digest[:4], "big") for digest in digests), np.uint64)


def natural_keys(rows: pd.DataFrame) -> Iterator[str]:
    """The natural key of each row; a code is empty where the source registers no such column."""
    months = {month: month.strftime("%Y-%m") for month in rows["month"].unique()}
    coded = rows.assign(month=rows["month"].map(months))
    columns = [coded[name].tolist() for name in NATURAL_KEY]
    return (f"{VERSION}|{'|'.join(codes)}" for codes in zip(*columns, strict=True))


@cache
def _units(count: int) -> tuple[int, ...]:
    """The units whose keys make up the key of a row."""
    one_by_one = tuple(range(1, min(count, UNITS_ONE_BY_ONE) + 1))
    return (*one_by_one, count) if count > UNITS_ONE_BY_ONE else one_by_one


def _sums(secret: bytes, rows: pd.DataFrame) -> list[int]:
    """Row keys by HMAC written out: two hashes take in the secret once, and are copied.

    Measured, a copy takes half the time of `hmac.digest`, which takes in the secret each time.
    """
    inner, outer = _hashes_of(secret)
    sums = []
    for natural_key, count in zip(natural_keys(rows), rows["count"].tolist(), strict=True):
        total = 0
        for unit in _units(count):
            message, signature = inner.copy(), outer.copy()
            message.update(f"{natural_key}#{unit}".encode())
            signature.update(message.digest())
            total += int.from_bytes(signature.digest()[:4], "big")
        sums.append(total % KEY_SPACE)
    return sums


def _hashes_of(secret: bytes) -> tuple[hashlib._Hash, hashlib._Hash]:
    """The inner and the outer hash of HMAC (RFC 2104) after the secret."""
    short = hashlib.sha256(secret).digest() if len(secret) > _SHA256_BLOCK else secret
    block = short.ljust(_SHA256_BLOCK, b"\0")
    inner, outer = (bytes(byte ^ pad for byte in block) for pad in (0x36, 0x5C))
    return hashlib.sha256(inner), hashlib.sha256(outer)
