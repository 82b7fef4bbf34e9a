"""Opens the files that hold exact figures, each with the key it needs: the store, its copies and its backups."""

from __future__ import annotations

from pathlib import Path

import duckdb

from inquiries import engine
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.store_key import store_key


def connect(
    home: Home, path: Path, *, read_only: bool = False, spill: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """Open a file as it is, encrypted or not; a new one is encrypted when a key is set."""
    return connect_with(path, key_of(home, path), read_only=read_only, spill=spill)


def key_of(home: Home, path: Path) -> str | None:
    """The key to open a file with: the one that is set, unless the file is not encrypted."""
    return None if engine.is_encrypted(path) is False else store_key(home)


def connect_with(
    path: Path, key: str | None, *, read_only: bool = False, spill: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """Open a file with a key, or without one; `Fault` when it takes another, or there is none.

    Such a file is whole, and nothing is said or done of damage. What the engine says of anything
    else is left to the caller.
    """
    try:
        return engine.connect(path, read_only=read_only, spill=spill, key=key)
    except duckdb.Error as error:
        raise (_about_key(str(error), path) or error) from error


def _about_key(said: str, path: Path) -> Fault | None:
    """What the engine says of a key; the tests hold that it still words it so."""
    if "Wrong encryption key" in said:
        return Fault("store_key_other", file=str(path))
    if "without a key" in said:
        return Fault("store_key_missing", file=str(path))
    if "is not encrypted" in said:
        return Fault("store_not_encrypted", file=str(path))
    return None


def is_protected(home: Home, path: Path) -> bool:
    """Whether a file is as the setting asks: encrypted with the key that is set, or not where none is.

    A damaged file counts as such: its damage is another matter.
    """
    if engine.is_encrypted(path) is (store_key(home) is None):
        return False
    try:
        connect(home, path, read_only=True).close()
    except Fault:
        return False
    except duckdb.Error:
        return True
    return True
