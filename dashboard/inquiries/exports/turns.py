"""Whose turn it is: no more files are made at a time than the machine can make while pages are read."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from inquiries.faults import Fault

AT_A_TIME = 2
PATIENCE_SECONDS = 60
_free = threading.BoundedSemaphore(AT_A_TIME)


@contextmanager
def turn(told_to_wait: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Hold a turn; `told_to_wait` is called once when others have them all. `Fault` after a minute of it."""
    if not _free.acquire(blocking=False):
        told_to_wait()
        if not _free.acquire(timeout=PATIENCE_SECONDS):
            raise Fault("exports_busy")
    try:
        yield
    finally:
        _free.release()
