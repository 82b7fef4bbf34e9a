"""Next month's file: decoded, looked through for personal data, read and checked, or refused whole."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from inquiries import limits
from inquiries.filing import Source
from inquiries.intake.check import MORE, MOST_PROBLEMS, check_rows
from inquiries.intake.containers import XLSX, kind_of
from inquiries.intake.decode import decode, plain
from inquiries.intake.history import compare
from inquiries.intake.personal import find_personal
from inquiries.intake.problem import ERROR, NOTE, WARNING, Problem
from inquiries.intake.read import read_rows
from inquiries.intake.totals import compare_totals, take_totals
from inquiries.intake.workbook import workbook_text

ACCEPT, REFUSE, REFUSE_PERSONAL = "accept", "refuse", "refuse_personal"
# Stored after a harmless change of form, which is said; stored once each warning is confirmed.
ACCEPT_NORMALISED, ACCEPT_WARNING = "accept_normalised", "accept_warning"

OUTCOMES = {ACCEPT, ACCEPT_NORMALISED, ACCEPT_WARNING, REFUSE, REFUSE_PERSONAL}

PERSONAL = "personal_"  # how the codes of personal data begin
_OUTCOMES = {ERROR: REFUSE, WARNING: ACCEPT_WARNING, NOTE: ACCEPT_NORMALISED}


# Words and a few signs, no device of Windows, and no longer than a file system takes with a path.
_PLAIN_NAME = re.compile(
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)\.)\w[\w .,()+&-]{0,149}", re.IGNORECASE
)


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
    name: str = "",
    standing: pd.DataFrame | None = None,
    spellings: Mapping[tuple[str, str], str] | None = None,
) -> Verdict:
    """Judge a file for a source; months after `newest_month` are refused.

    `name` is the upload's own name, looked through for personal data and never used; `standing` the
    rows now in force for the reporter, to compare with; `spellings` the source's own labels, by
    dimension and folded spelling. Every problem is found, not the first alone; a file that is
    refused has no rows.
    """
    fingerprint = hashlib.sha256(data).hexdigest()
    rows, problems = _judge(data, _File(source, newest_month, name, standing, spellings))
    outcome = _outcome(problems)
    if outcome in (REFUSE, REFUSE_PERSONAL):
        # What was changed in form or would be confirmed concerns nobody when nothing is stored.
        rows = pd.DataFrame()
        problems = [problem for problem in problems if problem.severity == ERROR]
    months = () if rows.empty else tuple(sorted(rows["month"].unique()))
    return Verdict(outcome, rows, months, _first(problems), fingerprint)


@dataclass(frozen=True)
class _File:
    """What is known of a file beside its bytes."""

    source: Source
    newest_month: pd.Timestamp
    name: str
    standing: pd.DataFrame | None
    spellings: Mapping[tuple[str, str], str] | None


def _judge(data: bytes, file: _File) -> tuple[pd.DataFrame, list[Problem]]:
    """The rows as far as they could be read, and every problem; personal data alone when there is any."""
    nothing = pd.DataFrame()
    if len(data) > limits.UPLOAD_BYTES:
        return nothing, [Problem("too_large", facts={"most": limits.UPLOAD_BYTES // 1_000_000})]
    text, beside, problems = _text(data)
    if personal := find_personal(text, file.name) or _personal_beside(beside):
        return nothing, personal
    problems += [Problem("file_name", severity=NOTE)] if _is_odd(file.name) else []
    if _outcome(problems) == REFUSE:
        return nothing, problems
    lines, misshapen = read_rows(text, file.source, limits.UPLOAD_ROWS)
    lines, totals = take_totals(lines)
    rows, wrong = check_rows(lines, file.source, file.newest_month, file.spellings)
    problems += [*misshapen, *wrong]
    if _outcome(problems) != REFUSE:
        problems += compare_totals(totals, rows, file.spellings)
    if file.standing is not None and _outcome(problems) != REFUSE:
        problems += compare(rows, file.standing)
    return rows, problems


def _text(data: bytes) -> tuple[str, str, list[Problem]]:
    """The file as the text of a CSV file, what a workbook holds beside it, and what is to be said."""
    if kind_of(data) != XLSX:
        text, problems = decode(data)
        return text, "", problems
    text, beside, problems = workbook_text(data)
    text, changed = plain(text)
    return text, beside, problems + changed


def _personal_beside(text: str) -> list[Problem]:
    """Personal data in what a workbook holds beside its table, where lines are none of the file's."""
    found = find_personal(text) if text else []
    return [replace(problem, line=None, column=None) for problem in found[:1]]


def _is_odd(name: str) -> bool:
    """Whether a file's name could be taken for a path, a device or markup: it is never used as any."""
    return bool(name) and not _PLAIN_NAME.fullmatch(name)


def _first(problems: list[Problem]) -> tuple[Problem, ...]:
    """The problems from the top of the file, so many as can be read; then how many more there are."""
    told = [problem for problem in problems if problem.code != MORE]
    ordered = sorted(told, key=lambda problem: problem.line or 0)
    untold = sum(one.facts["number"] for one in problems if one.code == MORE)
    more = max(len(ordered) - MOST_PROBLEMS, 0) + untold
    if not more:
        return tuple(ordered)
    worst = next(level for level in _OUTCOMES if level in {one.severity for one in problems})
    rest = Problem(MORE, facts={"number": more}, severity=worst)
    return (*ordered[:MOST_PROBLEMS], rest)


def _outcome(problems: list[Problem]) -> str:
    """The hardest of what the problems call for; personal data before all else."""
    if any(problem.code.startswith(PERSONAL) for problem in problems):
        return REFUSE_PERSONAL
    severities = {problem.severity for problem in problems}
    for severity, outcome in _OUTCOMES.items():
        if severity in severities:
            return outcome
    return ACCEPT
