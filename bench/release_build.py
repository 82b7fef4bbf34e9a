"""Builds one release of a folder's figures in a process of its own, and says how long the parts took.

In a process of its own, so that the memory it reports is its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import wraps
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dashboard"))

from inquiries import build
from inquiries.actor import LOCAL
from inquiries.home import Home

KIB_PER_MIB = 1024


@dataclass(frozen=True)
class Built:
    """Seconds in all, for the exact cells apart from keys, for keys, for estimates; peak in MiB."""

    seconds: float
    cells: float
    keys: float
    estimates: float
    peak: float


def built_apart(home: Home) -> Built:
    """Build a release of this folder in a new process."""
    command = [sys.executable, __file__, str(home.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Built(**json.loads(done.stdout))


class Stopwatch:
    """Adds up the seconds spent in one function of a module or class, from now on."""

    def __init__(self, owner: Any, name: str) -> None:
        self.seconds = 0.0
        setattr(owner, name, self._timed(getattr(owner, name)))

    def _timed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def timed(*values: Any, **named: Any) -> Any:
            started = time.perf_counter()
            try:
                return function(*values, **named)
            finally:
                self.seconds += time.perf_counter() - started

        return timed


def _built(home: Home) -> Built:
    cells, keys = Stopwatch(build.lattice, "cells"), Stopwatch(build.lattice, "row_keys")
    estimates = Stopwatch(build, "estimate")
    started = time.perf_counter()
    build.build(LOCAL, home)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB
    apart = cells.seconds - keys.seconds
    return Built(seconds, apart, keys.seconds, estimates.seconds, peak)


if __name__ == "__main__":
    print(json.dumps(asdict(_built(Home(Path(sys.argv[1]))))))
