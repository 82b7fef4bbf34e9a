"""The state of the machine a figure was measured on: without it the figure means little."""

from __future__ import annotations

import platform
import subprocess
import sys
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import psutil

PROJECT = Path(__file__).resolve().parents[1]
VERSIONS = ("streamlit", "duckdb", "pandas", "altair", "statsmodels")
GIB = 2**30
QUIET_SECONDS = 3.0


def state(seed: int) -> dict[str, str]:
    """Taken before anything is measured, so that the load is that of others."""
    memory = psutil.virtual_memory()
    return {
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "commit": _commit(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "cores": str(psutil.cpu_count()),
        "memory": f"{memory.total / GIB:.1f} GiB, {memory.available / GIB:.1f} free",
        "load": load(),
        "busy": f"{psutil.cpu_percent(interval=QUIET_SECONDS):.0f} % of the cores, by others",
        "python": platform.python_version(),
        "bytecode": "not written" if sys.dont_write_bytecode else "written",
        "versions": ", ".join(f"{name} {version(name)}" for name in VERSIONS),
        "seed": str(seed),
    }


def load() -> str:
    """The load average; after a measurement our own work is in it."""
    return " ".join(f"{average:.2f}" for average in psutil.getloadavg()) + " (1, 5, 15 minutes)"


def _commit() -> str:
    found = _git("rev-parse", "--short", "HEAD")
    return f"{found}, changed since" if _git("status", "--porcelain") else found or "unknown"


def _git(*arguments: str) -> str:
    told = ["git", "-C", str(PROJECT), *arguments]
    done = subprocess.run(told, capture_output=True, text=True, check=False)
    return done.stdout.strip()
