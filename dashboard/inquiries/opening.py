"""Opens the exact store for one operation: under an operating-system lock, of a version we know, and closed again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
from filelock import FileLock, Timeout

from inquiries import engine
from inquiries.faults import Fault
from inquiries.home import Home

LOCK_SECONDS = 30


@contextmanager
def opened(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """The store's connection; `Fault` when it is busy, unreadable or from a newer version."""
    home.prepare()
    lock = FileLock(f"{home.store}.lock", timeout=LOCK_SECONDS)
    try:
        with lock, _connection(home) as connection:
            yield connection
    except Timeout as error:
        raise Fault("store_busy", seconds=LOCK_SECONDS) from error


@contextmanager
def _connection(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    try:
        connection = engine.connect(home.store, spill=home.spill)
    except duckdb.Error as error:
        raise Fault("store_unreadable", file=str(home.store)) from error
    try:
        migrate(connection)
        yield connection
    finally:
        connection.close()


def migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring a store, or an empty file, to the version we know, step by step; `Fault` when it is newer."""
    version = _version(connection)
    if version > engine.STORE_VERSION:
        raise Fault("store_newer", found=version, known=engine.STORE_VERSION)
    for step in range(version + 1, engine.STORE_VERSION + 1):
        engine.create(connection, f"store_{step}")


def _version(connection: duckdb.DuckDBPyConnection) -> int:
    if not engine.ask(connection, "store/has_tables")["made"][0]:
        return 0
    return int(engine.ask(connection, "store/version")["version"][0])


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of what is done within, or nothing."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
