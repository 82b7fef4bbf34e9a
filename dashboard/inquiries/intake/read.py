"""Text to lines of cells under known column names."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

from inquiries.intake.problem import Problem
from inquiries.store import Source
from inquiries.vocabulary import vocabulary

_DELIMITERS = (";", ",", "\t")


@dataclass(frozen=True)
class Line:
    """One line of a file: its number as a spreadsheet shows it, and its cells by column code."""

    number: int
    cells: dict[str, str]


def read_rows(text: str, source: Source, most_rows: int) -> tuple[list[Line], list[Problem]]:
    """The lines under the header, or what is wrong with the header or the shape of a line."""
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader)]
        columns = [vocabulary().code("column", name) for name in header]
        if problems := _header_problems(columns, source):
            return [], problems
        return _lines(reader, [str(column) for column in columns], most_rows)
    except csv.Error:
        return [], [Problem("quoting", line=reader.line_num)]


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


def _lines(reader: Any, columns: list[str], most_rows: int) -> tuple[list[Line], list[Problem]]:
    lines: list[Line] = []
    problems: list[Problem] = []
    begins = reader.line_num + 1
    for cells in reader:
        if len(lines) >= most_rows:
            return [], [Problem("too_many_rows", facts={"most": most_rows})]
        if len(cells) == len(columns):
            lines.append(Line(begins, dict(zip(columns, map(str.strip, cells), strict=True))))
        elif cells:
            facts = {"found": len(cells), "expected": len(columns)}
            problems.append(Problem("cell_count", line=begins, facts=facts))
        begins = reader.line_num + 1
    if not lines and not problems:
        problems = [Problem("no_rows")]
    return ([], problems) if problems else (lines, [])
