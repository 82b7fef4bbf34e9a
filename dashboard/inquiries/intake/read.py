"""Text to lines of cells under known column names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from inquiries.filing import Source
from inquiries.intake.problem import Problem
from inquiries.vocabulary import vocabulary

_DELIMITERS = (";", ",", "\t")


@dataclass(frozen=True)
class Line:
    """One line of a file: its number as a spreadsheet shows it, and its cells by column code."""

    number: int
    cells: dict[str, str]


def read_rows(text: str, source: Source, most_rows: int) -> tuple[list[Line], list[Problem]]:
    """The lines under the header that have its shape, and what is wrong with it or with the others."""
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records = _records(reader)
    number, header = next(records)
    if header is None:
        return [], [Problem("quoting", line=number)]
    columns = [vocabulary().code("column", name) for name in header]
    if problems := _header_problems(columns, source):
        return [], problems
    return _lines(records, [str(column) for column in columns], most_rows)


def _records(reader: Any) -> Iterator[tuple[int, list[str] | None]]:
    """Each record's cells and the line it begins on; None, and no more, where its quotes are wrong."""
    while True:
        begins = reader.line_num + 1
        try:
            yield begins, next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield begins, None
            return


def _delimiter(text: str) -> str:
    """The sign that splits the first line into known column names; a semicolon when none does."""
    first = text.split("\n", 1)[0].strip("\r")
    for delimiter in _DELIMITERS:
        names = [name.strip().strip('"') for name in first.split(delimiter)]
        if len(names) > 1 and all(vocabulary().code("column", name) for name in names):
            return delimiter
    return ";"


def _header_problems(columns: list[str | None], source: Source) -> list[Problem]:
    expected = set(source.columns)
    found = [column for column in columns if column]
    problems = [
        Problem("unknown_column", line=1, facts={"place": place})
        for place, column in enumerate(columns, start=1)
        if column is None
    ]
    problems += [
        Problem("repeated_column", line=1, column=column)
        for column in sorted({column for column in found if found.count(column) > 1})
    ]
    problems += [
        Problem("missing_column", line=1, column=column)
        for column in source.columns
        if column not in found
    ]
    extra = {column for column in found if column not in expected and column != "source"}
    return problems + [Problem("extra_column", line=1, column=column) for column in sorted(extra)]


def _lines(
    records: Iterator[tuple[int, list[str] | None]], columns: list[str], most_rows: int
) -> tuple[list[Line], list[Problem]]:
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, cells in records:
        if cells is None:
            problems.append(Problem("quoting", line=number))
        elif cells and len(lines) + len(problems) >= most_rows:
            return [], [Problem("too_many_rows", facts={"most": most_rows})]
        elif len(cells) == len(columns):
            lines.append(Line(number, dict(zip(columns, map(str.strip, cells), strict=True))))
        elif cells:
            facts = {"found": len(cells), "expected": len(columns)}
            problems.append(Problem("cell_count", line=number, facts=facts))
    if not lines and not problems:
        problems = [Problem("no_rows")]
    return lines, problems
