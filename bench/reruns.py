"""How long the program takes to run a reader's page again, with nothing changed: no browser, no network."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from bench.rows import percentile
from inquiries.home import Home

FRAME = Path(__file__).resolve().parents[1] / "dashboard" / "frame.py"
PAGES = ("overview", "drop", "explore", "municipality", "contacts", "about")
MUNICIPALITY = "851"
ROUNDS = 20
SECONDS = 60


def rerun_times(home: Home, rounds: int = ROUNDS) -> dict[str, float]:
    """The p95 of so many reruns of each page, in milliseconds."""
    with _at(home):
        return {page: percentile(list(_times(page, rounds)), 0.95) for page in PAGES}


def _times(page: str, rounds: int) -> Iterator[float]:
    app = AppTest.from_file(str(FRAME), default_timeout=SECONDS)
    app.run()
    app.switch_page(f"app_pages/{page}.py").run()
    if page == "municipality":
        app.selectbox(key="municipality").select(MUNICIPALITY).run()
    assert not app.exception
    app.run()
    for _ in range(rounds):
        started = time.perf_counter()
        app.run()
        yield 1000 * (time.perf_counter() - started)


@contextmanager
def _at(home: Home) -> Iterator[None]:
    with patch.dict(os.environ, {"INQUIRIES_HOME": str(home.folder)}):
        yield
