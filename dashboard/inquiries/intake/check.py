"""A file's columns to codes: months, closed lists and counts, each right or a problem with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from inquiries.filing import Source
from inquiries.intake.cells import Cells, Judged
from inquiries.intake.problem import ERROR, WARNING, Problem
from inquiries.intake.read import Lines
from inquiries.vocabulary import REGISTERED

MOST_PROBLEMS = 1_000  # nobody corrects more at once, and a wrong label may stand in every line
MORE = "more_problems"  # the code of how many more there are
# Twelve months or more are a delivery of history; a few may be last month's rows left in the file.
_MONTHS_OF_HISTORY = 12

_KEY = set(REGISTERED[:-1])

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class _Column:
    """A column's distinct texts as judged, and which of them stands in each line."""

    name: str
    judged: list[Judged]
    places: Array

    def holds(self, wanted: Callable[[Judged], bool]) -> Array:
        """Which lines hold a text that was judged so."""
        return np.array([wanted(one) for one in self.judged], dtype=bool)[self.places]

    def values(self, right: Array) -> pd.Series[Any]:
        """The values of the lines that are right."""
        known = [place for place, one in enumerate(self.judged) if not _is_wrong(one)]
        position = np.full(len(self.judged), -1)
        position[known] = np.arange(len(known))
        values = pd.Series([self.judged[place].value for place in known])
        return values.take(position[self.places[right]]).reset_index(drop=True)


def check_rows(
    lines: Lines,
    source: Source,
    newest_month: pd.Timestamp,
    spellings: Mapping[tuple[str, str], str] | None = None,
) -> tuple[pd.DataFrame, list[Problem]]:
    """The right rows as codes in the columns of `REGISTERED`, with `masked`, and every problem.

    `spellings` are a source's own labels: from the dimension and the folded label to our code.
    Changes of form and warnings are told once a kind, with the first line and how many there are.
    """
    if not len(lines):
        return pd.DataFrame(columns=list(REGISTERED)).assign(masked=False), []
    numbers = np.array(lines.numbers)
    columns = _columns(lines, Cells(source, newest_month, spellings or {}))
    wrong = [column.holds(_is_wrong) for column in columns]
    right = ~np.logical_or.reduce(wrong)
    rows = _frame(columns, right)
    again, repeated = _repeated(columns, right, numbers[right])
    errors = [problem for column in columns for problem in _errors(column, numbers)] + repeated
    number = int(sum(lines.sum() for lines in wrong)) + again
    said = [problem for column in columns for problem in _told_once(column, numbers)]
    return rows, [*_first(errors, number), *_joined(said), *([] if errors else _unusual(rows))]


def _is_wrong(one: Judged) -> bool:
    return one.severity == ERROR


def _columns(lines: Lines, cells: Cells) -> list[_Column]:
    columns = []
    for name, texts in lines.columns.items():
        distinct = list(dict.fromkeys(texts))
        place = {text: number for number, text in enumerate(distinct)}
        places = np.fromiter(map(place.__getitem__, texts), dtype=np.int64, count=len(texts))
        columns.append(_Column(name, cells.judge(name, distinct), places))
    return columns


def _frame(columns: list[_Column], right: Array) -> pd.DataFrame:
    values = {column.name: column.values(right) for column in columns}
    empty = {name: "" for name in REGISTERED if name not in values}
    masked = [column.holds(lambda one: one.masked) for column in columns]
    rows = pd.DataFrame(values, index=range(int(right.sum()))).assign(**empty)
    return rows[list(REGISTERED)].assign(masked=np.logical_or.reduce(masked)[right])


def _errors(column: _Column, numbers: Array) -> list[Problem]:
    """One a line, as many as are worth telling."""
    found = np.flatnonzero(column.holds(_is_wrong))[:MOST_PROBLEMS]
    judged = [column.judged[place] for place in column.places[found]]
    return [
        Problem(one.code, int(number), column.name, one.facts)
        for number, one in zip(numbers[found], judged, strict=True)
    ]


def _repeated(columns: list[_Column], right: Array, numbers: Array) -> tuple[int, list[Problem]]:
    """How many right rows repeat a combination from above, and the first of them with its line."""
    combination = np.zeros(int(right.sum()), dtype=np.int64)
    for column in columns:
        if column.name in _KEY:
            codes, distinct = pd.factorize(pd.Series([one.value for one in column.judged]))
            values = codes[column.places[right]]
            combination = pd.factorize(combination * (len(distinct) + 1) + values)[0]
    again = np.flatnonzero(pd.Series(combination).duplicated())
    _, first = np.unique(combination, return_index=True)
    told = again[:MOST_PROBLEMS]
    return len(again), [
        Problem("repeated_row", int(numbers[place]), facts={"first": int(numbers[above])})
        for place, above in zip(told, first[combination[told]], strict=True)
    ]


def _first(errors: list[Problem], number: int) -> list[Problem]:
    """The first errors of the file from the top, and how many more there are."""
    told = sorted(errors, key=lambda problem: problem.line or 0)[:MOST_PROBLEMS]
    more = number - len(told)
    return [*told, Problem(MORE, facts={"number": more})] if more else told


def _told_once(column: _Column, numbers: Array) -> list[Problem]:
    """Each change of form and each warning of a column: its first line and how many there are."""
    codes = np.array([one.code for one in column.judged])[column.places]
    problems = []
    for code in dict.fromkeys(one.code for one in column.judged if not _is_wrong(one)):
        if code:
            found = np.flatnonzero(codes == code)
            one = column.judged[column.places[found[0]]]
            facts = one.facts | {"number": len(found)}
            line = int(numbers[found[0]])
            problems.append(Problem(code, line, column.name, facts, one.severity))
    return problems


def _joined(said: list[Problem]) -> list[Problem]:
    """One problem a kind: what is said of several columns is said once, without a column."""
    kinds: dict[str, list[Problem]] = {}
    for problem in said:
        kinds.setdefault(problem.code, []).append(problem)
    return [_one_of(same) if len(same) > 1 else same[0] for same in kinds.values()]


def _one_of(same: list[Problem]) -> Problem:
    first = min(same, key=lambda problem: problem.line or 0)
    facts = first.facts | {"number": sum(problem.facts["number"] for problem in same)}
    return Problem(first.code, first.line, None, facts, first.severity)


def _unusual(rows: pd.DataFrame) -> list[Problem]:
    """What the rows together give reason to ask about."""
    problems = []
    months = rows["month"].unique()
    if 1 < len(months) < _MONTHS_OF_HISTORY:
        facts = {"number": len(months), "first": months.min(), "last": months.max()}
        problems.append(Problem("several_months", facts=facts, severity=WARNING))
    if len(rows) and not rows["count"].any():
        problems.append(Problem("all_zero", severity=WARNING))
    return problems
