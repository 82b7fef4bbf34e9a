"""Next month's file: decoded, looked through for personal data, read and checked, or refused whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pandas as pd

from inquiries.filing import Source
from inquiries.intake.check import check_rows
from inquiries.intake.decode import decode
from inquiries.intake.personal import find_personal
from inquiries.intake.problem import Problem
from inquiries.intake.read import read_rows

ACCEPT, REFUSE, REFUSE_PERSONAL = "accept", "refuse", "refuse_personal"

MOST_BYTES = 10_000_000
MOST_ROWS = 200_000


@dataclass(frozen=True)
class Verdict:
    """What came of a file: its outcome, and either its rows as codes or all its problems.

    `rows` has the columns of `vocabulary.REGISTERED`; it is empty unless the outcome is accept.
    """

    outcome: str
    rows: pd.DataFrame
    months: tuple[pd.Timestamp, ...]
    problems: tuple[Problem, ...]
    fingerprint: str

    @property
    def total(self) -> int:
        return int(self.rows["count"].sum()) if not self.rows.empty else 0


def examine(data: bytes, source: Source, newest_month: pd.Timestamp) -> Verdict:
    """Judge a file for a source; months after `newest_month` are refused.

    Every problem is found, not the first alone; a file with a problem has no rows.
    """
    fingerprint = hashlib.sha256(data).hexdigest()
    outcome, rows, problems = _judge(data, source, newest_month)
    months = tuple(sorted(rows["month"].unique())) if outcome == ACCEPT else ()
    return Verdict(outcome, rows, months, tuple(problems), fingerprint)


def _judge(
    data: bytes, source: Source, newest_month: pd.Timestamp
) -> tuple[str, pd.DataFrame, list[Problem]]:
    nothing = pd.DataFrame()
    if len(data) > MOST_BYTES:
        return REFUSE, nothing, [Problem("too_large", facts={"most": MOST_BYTES // 1_000_000})]
    text, problems = decode(data)
    if problems:
        return REFUSE, nothing, problems
    if personal := find_personal(text):
        return REFUSE_PERSONAL, nothing, personal
    lines, misshapen = read_rows(text, source, MOST_ROWS)
    rows, wrong = check_rows(lines, source, newest_month)
    problems = sorted([*misshapen, *wrong], key=lambda problem: problem.line or 0)
    return (REFUSE, nothing, problems) if problems else (ACCEPT, rows, [])
