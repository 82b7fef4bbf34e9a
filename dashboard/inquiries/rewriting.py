"""Copies a database file of exact figures into a new one, which takes its place when it is whole.

What was deleted is not copied, and the copy may be encrypted with another key. Killed at any step,
it leaves the file as it was, or the new one in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from inquiries import engine, recovery
from inquiries.durable import flush
from inquiries.faults import Fault


@contextmanager
def rewritten(store: Path, key: str | None, new_key: str | None) -> Iterator[Path]:
    """A copy beside the file, to be looked at and changed; it takes the file's place at the end.

    The caller holds the lock. `Fault` when it cannot be made, and then the file stays.
    """
    part = store.with_suffix(".part")
    recovery.clear(part)
    try:
        if recovery.logs_of(store):
            engine.connect(store, key=key).close()
        if recovery.logs_of(store):
            raise OSError("the log could not be put in its place")
        engine.rewrite(store, part, key=key, target_key=new_key)
        yield part
        flush(part)
    except (duckdb.Error, OSError) as error:
        recovery.clear(part)
        raise Fault("store_no_space", folder=str(store.parent)) from error
    part.replace(store)
    flush(store.parent)
