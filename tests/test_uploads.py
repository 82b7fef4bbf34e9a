"""Every worked case of a bad upload: the right outcome, its place, nothing else stored, nothing personal said."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from inquiries.filing import Source
from inquiries.intake import REFUSE_PERSONAL, Verdict, examine
from inquiries.intake.sentences import sentence
from inquiries.vocabulary import REGISTERED
from inquiries.words import LOCALES, words

UPLOADS = Path(__file__).resolve().parent / "uploads"
MANIFEST = json.loads((UPLOADS / "manifest.json").read_text("utf-8"))
CASES: dict[str, dict[str, Any]] = {case["id"]: case for case in MANIFEST["cases"]}
FULL = Source("hotline", "Hotlinen", "The hotline", "inquiry", REGISTERED)
NEWEST = pd.Timestamp(2026, 11, 1)  # the manifest's clock stands at 2026-11-22

STRICT_SHARE, LINE_SHARE, COLUMN_SHARE = 0.95, 0.98, 0.95


@dataclass(frozen=True)
class Tried:
    """One case, what came of it, and how long that took."""

    case: dict[str, Any]
    verdict: Verdict
    seconds: float

    @property
    def expected(self) -> dict[str, Any]:
        return self.case["expected"]

    @property
    def is_strict(self) -> bool:
        return self.verdict.outcome == self.expected["class"]

    @property
    def is_tolerated(self) -> bool:
        return self.is_strict or self.verdict.outcome in self.expected.get("tolerated", [])

    @property
    def names_line(self) -> bool:
        return self.expected["line"] in {problem.line for problem in self.verdict.problems}

    @property
    def names_column(self) -> bool:
        return not set(self.expected["column"]).isdisjoint(
            problem.column for problem in self.verdict.problems
        )

    @property
    def says(self) -> str:
        return "\n".join(
            sentence(problem, words(language))
            for problem in self.verdict.problems
            for language in LOCALES
        )


@cache
def tried(identity: str) -> Tried:
    case = CASES[identity]
    after = case.get("after")
    standing = tried(after).verdict.rows if after else pd.DataFrame()  # an empty store
    data = (UPLOADS / case["file"]).read_bytes()
    started = time.perf_counter()
    verdict = examine(data, FULL, NEWEST, name=case["upload_name"], standing=standing)
    return Tried(case, verdict, time.perf_counter() - started)


def ordered(rows: pd.DataFrame) -> list[tuple[object, ...]]:
    return sorted(map(tuple, rows[list(REGISTERED)].astype(str).itertuples(index=False)))


def having(fact: str) -> list[str]:
    return [identity for identity, case in CASES.items() if fact in case["expected"]]


def share_of(good: list[bool]) -> float:
    return sum(good) / len(good)


@pytest.mark.parametrize("identity", CASES)
def test_a_case_has_a_tolerated_outcome(identity: str) -> None:
    found = tried(identity)
    assert found.is_tolerated, (found.verdict.outcome, found.expected, found.says[:500])
    assert found.verdict.rows.empty or found.verdict.is_accepted


@pytest.mark.parametrize("identity", having("rows_equal_base"))
def test_a_file_that_is_taken_has_the_rows_that_were_meant(identity: str) -> None:
    found = tried(identity)
    if found.verdict.is_accepted:
        assert ordered(found.verdict.rows) == ordered(tried("ok-reference").verdict.rows)


@pytest.mark.parametrize("identity", [*having("stored_total"), *having("stored_rows")])
def test_a_file_that_is_taken_has_the_sums_that_were_meant(identity: str) -> None:
    verdict, expected = tried(identity).verdict, CASES[identity]["expected"]
    if verdict.is_accepted:
        assert verdict.total == expected.get("stored_total", verdict.total)
        assert len(verdict.rows) == expected.get("stored_rows", len(verdict.rows))
        assert verdict.masked == expected.get("masked_cells", 0)


def test_the_clean_file_has_the_rows_and_the_sum_of_the_manifest() -> None:
    verdict, base = tried("ok-reference").verdict, MANIFEST["base"]
    assert (len(verdict.rows), verdict.total) == (base["rows"], base["total"])
    assert verdict.months == (pd.Timestamp(base["month"]),)


@pytest.mark.parametrize("identity", having("never_echo"))
def test_a_personal_value_is_never_repeated(identity: str) -> None:
    found = tried(identity)
    told = found.says + repr(found.verdict.problems)
    assert [value for value in found.expected["never_echo"] if value in told] == []


def test_no_right_file_is_taken_for_personal() -> None:
    alarmed = {identity for identity in CASES if tried(identity).verdict.outcome == REFUSE_PERSONAL}
    meant = {
        identity
        for identity, case in CASES.items()
        if REFUSE_PERSONAL in (case["expected"]["class"], *case["expected"].get("tolerated", []))
    }
    assert alarmed <= meant


def test_the_outcomes_lines_and_columns_are_as_good_as_promised() -> None:
    everything = [tried(identity) for identity in CASES]
    strict = share_of([found.is_strict for found in everything])
    stopped = {identity: tried(identity) for identity in CASES if tried(identity).verdict.problems}
    lines = [stopped[identity].names_line for identity in having("line") if identity in stopped]
    columns = [stopped[one].names_column for one in having("column") if one in stopped]
    print("\n" + scoreboard(everything))
    assert strict >= STRICT_SHARE
    assert share_of(lines) >= LINE_SHARE
    assert share_of(columns) >= COLUMN_SHARE


def scoreboard(everything: list[Tried]) -> str:
    """What was tried and what came of it, with the cases that missed something."""
    told = [found for found in everything if "mentions_any" in found.expected]
    rows = [
        ("outcome as expected", [(found, found.is_strict) for found in everything]),
        ("outcome tolerated", [(found, found.is_tolerated) for found in everything]),
        (
            "line named",
            [(found, found.names_line) for found in everything if "line" in found.expected],
        ),
        (
            "column named",
            [(found, found.names_column) for found in everything if "column" in found.expected],
        ),
        ("hint given", [(found, _hints(found)) for found in told]),
    ]
    text = []
    for name, results in rows:
        missed = [found.case["id"] for found, good in results if not good]
        text.append(f"{name:20} {len(results) - len(missed):4} of {len(results)}  {missed or ''}")
    slowest = max(everything, key=lambda found: found.seconds)
    text.append(f"{'slowest':20} {1000 * slowest.seconds:.0f} ms  {slowest.case['id']}")
    return "\n".join(text)


def _hints(found: Tried) -> bool:
    accepted = not found.verdict.problems and found.is_tolerated
    return accepted or any(word in found.says for word in found.expected["mentions_any"])
