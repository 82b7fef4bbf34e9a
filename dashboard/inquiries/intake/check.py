"""Cells to codes: months, closed lists and counts, each right or a problem with line and column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from inquiries.filing import Source
from inquiries.intake.month import parse_month
from inquiries.intake.problem import Problem, echo
from inquiries.intake.read import Line
from inquiries.vocabulary import REGISTERED, vocabulary

_WHOLE_NUMBER = re.compile(r"[0-9]{1,7}")
MOST_SUGGESTIONS = 200  # looking for the nearest label takes a millisecond or two

# A cell's value as code, month or number; else the code of the problem and its facts.
Judged = tuple[Any, str, dict[str, Any]]


def check_rows(
    lines: list[Line], source: Source, newest_month: pd.Timestamp
) -> tuple[pd.DataFrame, list[Problem]]:
    """The rows as codes in the columns of `REGISTERED`, with `masked`, and every problem in the lines."""
    cells = _Cells(source, newest_month)
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    seen: dict[tuple[Any, ...], int] = {}
    for line in lines:
        row, wrong = _check_line(line, cells)
        problems += wrong
        if wrong:
            continue
        key = tuple(row[column] for column in REGISTERED[:-1])
        if key in seen:
            problems.append(Problem("repeated_row", line=line.number, facts={"first": seen[key]}))
        seen.setdefault(key, line.number)
        rows.append(row)
    return pd.DataFrame(rows, columns=list(REGISTERED)).assign(masked=False), problems


def _check_line(line: Line, cells: _Cells) -> tuple[dict[str, Any], list[Problem]]:
    row: dict[str, Any] = dict.fromkeys(REGISTERED, "")
    problems: list[Problem] = []
    for column, text in line.cells.items():
        value, code, facts = cells.judge(column, text)
        if code:
            problems.append(Problem(code, line=line.number, column=column, facts=facts))
        elif column != "source":
            row[column] = value
    return row, problems


@dataclass
class _Cells:
    """Judges the cells of one file, each spelling once: a wrong one may stand in every line."""

    source: Source
    newest_month: pd.Timestamp
    judged: dict[tuple[str, str], Judged] = field(default_factory=dict)
    unknown_labels: int = 0

    def judge(self, column: str, text: str) -> Judged:
        """A cell's value, or the code and facts of what is wrong with it."""
        if (column, text) not in self.judged:
            self.judged[column, text] = self._judge(column, text)
        return self.judged[column, text]

    def _judge(self, column: str, text: str) -> Judged:
        if not text:
            return None, "empty_cell", {}
        if column == "month":
            return _month(text, self.newest_month)
        if column == "count":
            found = _WHOLE_NUMBER.fullmatch(text)
            return (int(text), "", {}) if found else (None, "count", {"found": echo(text)})
        if column == "source":
            return _source(text, self.source)
        return self._label(column, text)

    def _label(self, column: str, text: str) -> Judged:
        code = vocabulary().code(column, text)
        if code is not None:
            return code, "", {}
        self.unknown_labels += 1
        if self.unknown_labels > MOST_SUGGESTIONS:
            return None, "label", {}
        near = {lang: vocabulary().nearest(column, text, lang) for lang in ("da", "en")}
        return None, "label_near" if near["da"] else "label", {"near": near}


def _month(text: str, newest_month: pd.Timestamp) -> Judged:
    month = parse_month(text)
    if month is None:
        return None, "month", {"found": echo(text)}
    if month > newest_month:
        return None, "future_month", {"month": month, "newest": newest_month}
    return month, "", {}


def _source(text: str, source: Source) -> Judged:
    names = {source.source.casefold(), source.name_da.casefold(), source.name_en.casefold()}
    return (text, "", {}) if text.casefold() in names else (None, "other_source", {})
