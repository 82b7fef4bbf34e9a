"""Next month's file: decoded, looked through for personal data, read and checked, or refused whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pandas as pd

from inquiries.filing import Source
from inquiries.intake.check import check_rows
from inquiries.intake.decode import decode
from inquiries.intake.personal import find_personal
from inquiries.intake.problem import ERROR, NOTE, WARNING, Problem
from inquiries.intake.read import read_rows

ACCEPT, REFUSE, REFUSE_PERSONAL = "accept", "refuse", "refuse_personal"
# Stored after a harmless change of form, which is said; stored once each warning is confirmed.
ACCEPT_NORMALISED, ACCEPT_WARNING = "accept_normalised", "accept_warning"

_OUTCOMES = {ERROR: REFUSE, WARNING: ACCEPT_WARNING, NOTE: ACCEPT_NORMALISED}

MOST_BYTES = 10_000_000
MOST_ROWS = 200_000


@dataclass(frozen=True)
class Verdict:
    """What came of a file: its outcome, its rows as codes, and what there is to say about it.

    `rows` has the columns of `vocabulary.REGISTERED` and `masked`; it is empty when the file is
    refused.
    """

    outcome: str
    rows: pd.DataFrame
    months: tuple[pd.Timestamp, ...]
    problems: tuple[Problem, ...]
    fingerprint: str

    @property
    def is_accepted(self) -> bool:
        """Whether the file may be stored, if need be after its warnings are confirmed."""
        return self.outcome not in (REFUSE, REFUSE_PERSONAL)

    @property
    def masked(self) -> int:
        """How many counts the reporter masked."""
        return int(self.rows["masked"].sum()) if not self.rows.empty else 0

    @property
    def total(self) -> int:
        """The sum of the counts that are not masked."""
        if self.rows.empty:
            return 0
        return int(self.rows.loc[~self.rows["masked"], "count"].sum())


def examine(
    data: bytes,
    source: Source,
    newest_month: pd.Timestamp,
    *,
    name="",
    standing=None,
    spellings=None,
) -> Verdict:
    """Judge a file for a source; months after `newest_month` are refused.

    Every problem is found, not the first alone; a file with a problem has no rows.
    """
    fingerprint = hashlib.sha256(data).hexdigest()
    outcome, rows, problems = _judge(data, source, newest_month)
    months = () if rows.empty else tuple(sorted(rows["month"].unique()))
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
    outcome = _outcome(problems)
    return outcome, nothing if outcome == REFUSE else rows, problems


def _outcome(problems: list[Problem]) -> str:
    """The hardest of what the problems call for."""
    severities = {problem.severity for problem in problems}
    for severity, outcome in _OUTCOMES.items():
        if severity in severities:
            return outcome
    return ACCEPT
