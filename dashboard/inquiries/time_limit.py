"""Stops what takes longer than it may: one thread looks, twice a second, at all that is being done."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LOOK_SECONDS = 0.5
_lock = threading.Lock()
_under_way: dict[object, tuple[float, Callable[[], None]]] = {}
_watch: threading.Thread | None = None


@contextmanager
def stopped_after(seconds: float, stop: Callable[[], None]) -> Iterator[None]:
    """Call `stop` from another thread when what is done within takes longer, and never after its end.

    A thread for each would cost as much as the shortest questions themselves.
    """
    global _watch
    own = object()
    with _lock:
        _under_way[own] = (time.monotonic() + seconds, stop)
        if _watch is None or not _watch.is_alive():  # a process forked has none of its parent's
            _watch = threading.Thread(target=_look, name="time limit", daemon=True)
            _watch.start()
    try:
        yield
    finally:
        with _lock:
            del _under_way[own]


def _look() -> None:
    while True:
        time.sleep(LOOK_SECONDS)
        with _lock:
            for until, stop in _under_way.values():
                if time.monotonic() > until:
                    stop()
