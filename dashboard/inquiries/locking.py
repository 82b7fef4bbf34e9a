"""One at a time: the operating-system lock round the exact store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from inquiries.faults import Fault
from inquiries.home import Home

LOCK_SECONDS = 30
POLL_SECONDS = 0.01


@contextmanager
def locked(home: Home, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the lock; `Fault` when another has held it for so long."""
    home.prepare()
    lock = FileLock(f"{home.store}.lock", timeout=seconds, poll_interval=POLL_SECONDS)
    try:
        lock.acquire()
    except Timeout as error:
        raise Fault("store_busy", seconds=round(seconds)) from error
    except OSError as error:
        raise Fault("store_no_access", file=str(home.store)) from error
    try:
        yield
    finally:
        lock.release()
