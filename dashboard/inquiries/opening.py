"""Opens the exact store for one operation, under the lock, and closes it again.

`opened` is for reading: the store, or the last good state when the store cannot be trusted.
`changing` is for acts: one transaction, acknowledged when it has returned, and in the ledger by then.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

import duckdb
import pandas as pd

from inquiries import engine, ledger, recovery
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.ledger import Act
from inquiries.locking import LOCK_SECONDS, locked
from inquiries.secret import mark, secret_of

# Below this the store takes nothing more: what is stored must have room to be put in its place.
SPARE_BYTES = 64_000_000
_held = threading.local()

State = tuple[duckdb.DuckDBPyConnection, Fault | None]


@contextmanager
def opened(home: Home, seconds: float = LOCK_SECONDS) -> Iterator[duckdb.DuckDBPyConnection]:
    """The store's connection, for reading; `Fault` when it is busy or nothing of it can be read.

    Within another opening of the same thread it is that one's connection.
    """
    with _state(home, seconds) as (connection, _):
        yield connection


def trouble(home: Home, seconds: float = LOCK_SECONDS) -> Fault | None:
    """Why the store can only be read; None when all is well."""
    with _state(home, seconds) as (_, found):
        return found


class Change:
    """A transaction in the store, when it is made, and the acts it will be known by in the ledger."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, at: datetime, key: bytes) -> None:
        self.connection = connection
        self.at = at
        self.key = key
        self.acts: list[Act] = []


@contextmanager
def changing(home: Home, at: datetime) -> Iterator[Change]:
    """One transaction: all of what is done within is stored and in the ledger, or nothing is.

    `Fault` when the store may only be read, or the disk is nearly full. What was committed when the
    ledger could not be written is added to it at the next opening; sending it again changes nothing.
    """
    with _state(home, LOCK_SECONDS) as (connection, wrong):
        if wrong is not None:
            raise wrong
        _require_space(home)
        with transaction(connection):
            change = Change(connection, at, ledger.key_from(secret_in(connection, home)))
            yield change
            lines = record(change)
        try:
            ledger.append(home.ledger, lines)
        except PermissionError as error:
            raise Fault("store_no_access", file=str(home.ledger)) from error
        except OSError as error:
            raise Fault("store_no_space", folder=str(home.folder)) from error
        recovery.remember(home)


@contextmanager
def _state(home: Home, seconds: float) -> Iterator[State]:
    states: dict[Any, State] = _held.__dict__.setdefault("states", {})
    if home.store in states:
        yield states[home.store]
        return
    # What an error means is asked when the connection is closed: closing may change the files.
    with locked(home, seconds), _explained(home):
        state = recovery.best(home)
        states[home.store] = state
        try:
            yield state
        finally:
            del states[home.store]
            # A log that cannot be put in its place now is read again at the next opening.
            with suppress(duckdb.Error):
                state[0].close()


@contextmanager
def _explained(home: Home) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        fault = recovery.fault_of(error, home)
        if fault is None:
            raise
        raise fault from error


def _require_space(home: Home) -> None:
    if shutil.disk_usage(home.folder).free < SPARE_BYTES:
        raise Fault("store_no_space", folder=str(home.folder))


def secret_in(connection: duckdb.DuckDBPyConnection, home: Home) -> bytes:
    """The secret, made and marked at the first act of all."""
    known = engine.first(connection, "store/secret_mark")
    found = secret_of(home, str(known[0]) if known else None)
    if known is None:
        engine.fill(connection, "secret_mark", pd.DataFrame([{"mark": mark(found)}]))
    return found


def record(change: Change) -> list[str]:
    """Write the acts of a transaction into the store's own ledger, and give the lines for the file."""
    if not change.acts:
        return []
    found = engine.first(change.connection, "store/last_line")
    lines = ledger.lines_of(change.acts, found[0] if found else None, change.at, change.key)
    rows = [{"sequence": ledger.place(line), "line": line} for line in lines]
    engine.fill(change.connection, "ledger", pd.DataFrame(rows))
    return lines


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of what is done within, or nothing."""
    connection.begin()
    try:
        yield
    except BaseException:
        # A connection the engine has given up on has nothing left to take back.
        with suppress(duckdb.Error):
            connection.rollback()
        raise
    connection.commit()
