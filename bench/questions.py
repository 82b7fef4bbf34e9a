"""Asks a release every question readers' pages ask, over and over, and times each answer."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from bench.rows import percentile
from inquiries.engine import QUERIES
from inquiries.facts import TOTAL
from inquiries.home import Home
from inquiries.overview import overview
from inquiries.release import Release, newest
from inquiries.words import words

ROUNDS = 200
OVERVIEWS = 15
# What a question is asked with, where it asks for more than the source's total.
VALUES = {
    **TOTAL,
    "dimension": "theme",
    "group_code": "",
    "chosen_dimension": "channel",
    "chosen_value": "phone",
    "period_kind": "quarter",
    "period": "lockdown_1",
}


def parameters(question: Path, source: str) -> dict[str, Any]:
    """The values to ask a question with; KeyError when it asks for something new."""
    known = {**VALUES, "source": source}
    return {name: known[name] for name in _named(question.read_text("utf-8"))}


def _named(text: str) -> list[str]:
    """The parameters of a question, as its header lists them."""
    line = next(line for line in text.splitlines() if line.startswith("-- params:"))
    listed = line.removeprefix("-- params:").replace(";", ",").split(",")
    names = [part.split("(")[0].strip() for part in listed]
    return [name for name in names if name.isidentifier() and name != "none"]


def answer_times(home: Home, source: str, rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Milliseconds of every answer, by question; the questions take turns, as on a page."""
    release = _opened(home)
    asked = {path.stem: parameters(path, source) for path in (QUERIES / "release").glob("*.sql")}
    times: dict[str, list[float]] = {question: [] for question in asked}
    for counted in (False, *[True] * rounds):
        for question, values in asked.items():
            started = time.perf_counter()
            release.ask(f"release/{question}", **values)
            if counted:
                times[question].append(1000 * (time.perf_counter() - started))
    release.close()
    return times


def overview_times(home: Home, source: str) -> list[float]:
    """Milliseconds to assemble the overview from its answers, with nothing kept."""
    release = _opened(home)
    times = []
    for _ in range(OVERVIEWS):
        started = time.perf_counter()
        overview(release.ask, source, words("da"))
        times.append(1000 * (time.perf_counter() - started))
    release.close()
    return times


def slowest(times: dict[str, list[float]]) -> tuple[str, float]:
    """The question with the greatest p95, and that p95."""
    of_each = {question: percentile(found, 0.95) for question, found in times.items()}
    question = max(of_each, key=of_each.__getitem__)
    return question, of_each[question]


def _opened(home: Home) -> Release:
    path = newest(home)
    assert path is not None
    return Release(path)
