"""Where a file's header stands, what divides its cells, and which column each name stands for."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from inquiries.filing import Source
from inquiries.intake.problem import NOTE, WARNING, Problem
from inquiries.vocabulary import vocabulary

# The template's own first; then what other programs write. Space is none: labels hold spaces.
DELIMITERS = (";", ",", "\t", "|", ":", "~", "^")
QUOTES = ('"', "'")
_LINES_LOOKED_AT = 20  # a header below this many lines of preamble is not found
_LINES_ABOVE = 1_000  # nor one below so many, were they all blank
MOST_CHARACTERS = 20_000  # in a line; Excel's widest sheet is 16,384 separators
_NOTHING = "".join(DELIMITERS) + " \t\n\xa0\"'"
_FEWEST_NAMES = 2  # every profile has month and count
_SEP_LINE = re.compile(r'"?sep=(.?)"?[;,\t]*', re.IGNORECASE)


@dataclass(frozen=True)
class Header:
    """A header: its line, the last line it takes (a name may hold a line break), and its names."""

    delimiter: str
    quote: str
    line: int
    last_line: int
    names: tuple[str, ...]

    @cached_property
    def columns(self) -> list[str | None]:
        """The column each name stands for; None for a name that is empty or unknown."""
        return [column_of(name) for name in self.names]

    @cached_property
    def first_named(self) -> int:
        """The place of the first name that is not empty."""
        return next(place for place, name in enumerate(self.names) if name.strip())

    @cached_property
    def fewest(self) -> int:
        """How many cells a row has at the least: separators after the last name may be left out."""
        return max(place for place, name in enumerate(self.names, start=1) if name.strip())


def column_of(name: str) -> str | None:
    """The column a name stands for, whatever its case and with spaces or hyphens for its underscores."""
    known = vocabulary()
    folded = re.sub(r"[\s_-]+", "_", name.strip())
    return known.code("column", name) or known.code("column", folded)


def find_header(text: str) -> tuple[Header | None, list[Problem]]:
    """The line with the most column names among the first, and what stands out of the ordinary there."""
    first = list(_numbered(text))
    if not first:
        return None, [Problem("empty_file")]
    declared = _SEP_LINE.fullmatch(first[0][1].strip())
    notes = [Problem("sep_line", line=first[0][0], severity=NOTE)] if declared else []
    if first[0][0] > 1:
        notes.append(Problem("blank_lines", line=1, severity=NOTE))
    lines = first[1:] if declared else first
    best = _best(lines)
    if best is None:
        number, line = lines[0] if lines else first[0]
        if line.count(QUOTES[0]) % 2:
            return None, [Problem("quoting", line=number)]
        return None, [Problem("no_header", line=number)]
    header, before, repeated = best
    notes += _form_notes(header)
    if before:
        facts = {"lines": before}
        notes.append(Problem("preamble", line=lines[0][0], facts=facts, severity=WARNING))
    if repeated:
        notes.append(Problem("repeated_header", line=header.last_line, severity=WARNING))
    return header, notes


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    """The first lines that hold more than separators, with their numbers."""
    lines = enumerate(islice(io.StringIO(text, newline="\n"), _LINES_ABOVE), start=1)
    filled = ((number, line) for number, line in lines if line.strip(_NOTHING))
    for number, line in islice(filled, _LINES_LOOKED_AT):
        yield number, line[:MOST_CHARACTERS]


def _best(lines: list[tuple[int, str]]) -> tuple[Header, int, bool] | None:
    """The header, how many lines stand above it, and whether it is said twice; the first of equals."""
    most, best = _FEWEST_NAMES - 1, None
    start = "".join(line for _, line in lines)
    for quote in QUOTES:
        for delimiter in DELIMITERS:
            if delimiter not in start or (quote == "'" and quote not in start):
                continue
            records = list(_records([line for _, line in lines], delimiter, quote))
            for place, (first, last, cells) in enumerate(records):
                if (known := names_known(cells)) > most:
                    most = known
                    again = records[place + 1 : place + 2]
                    repeated = bool(again) and is_header(again[0][2])
                    end = lines[again[0][1] if repeated else last][0]
                    header = Header(delimiter, quote, lines[first][0], end, tuple(cells))
                    best = header, first, repeated
    return best


def _records(lines: list[str], delimiter: str, quote: str) -> Iterator[tuple[int, int, list[str]]]:
    """Each record with the places of its first and its last line."""
    reader = csv.reader(lines, delimiter=delimiter, quotechar=quote, skipinitialspace=True)
    first = 0
    while True:
        try:
            cells = next(reader)
        except (StopIteration, csv.Error):
            return
        yield first, reader.line_num - 1, cells
        first = reader.line_num


def names_known(cells: Iterable[str]) -> int:
    """How many different columns these cells name."""
    return len({column_of(cell) for cell in cells} - {None})


def is_header(cells: list[str]) -> bool:
    """Whether all that stands in these cells are column names."""
    named = [cell for cell in cells if cell.strip()]
    return len(named) >= _FEWEST_NAMES and all(map(column_of, named))


def _form_notes(header: Header) -> list[Problem]:
    notes = []
    if header.delimiter != DELIMITERS[0]:
        notes.append(Problem("delimiter_other", line=header.line, severity=NOTE))
    if header.quote != QUOTES[0]:
        notes.append(Problem("quotes_other", line=header.line, severity=NOTE))
    if not all(_is_as_handed_out(name) for name in header.names if column_of(name)):
        notes.append(Problem("header_spelling", line=header.line, severity=NOTE))
    return notes


def _is_as_handed_out(name: str) -> bool:
    column = str(column_of(name))
    return name in {column, *(vocabulary().text("column", column, lang) for lang in ("da", "en"))}


def header_problems(header: Header, source: Source, columns: dict[str, Any]) -> list[Problem]:
    """What is missing, said twice or out of the template's order, given the columns that hold something."""
    line = header.line
    found = [column for column in header.columns if column]
    repeated = sorted({column for column in found if found.count(column) > 1})
    problems = [Problem("repeated_column", line=line, column=column) for column in repeated]
    problems += [
        Problem("missing_column", line=line, column=column)
        for column in source.columns
        if column not in found
    ]
    extra = sorted(set(columns) - {*source.columns, "source"})
    problems += [Problem("extra_column", line=line, column=column) for column in extra]
    ordered = [column for column in columns if column in source.columns]
    if not problems and ordered != list(source.columns):
        problems.append(Problem("column_order", line=line, severity=NOTE))
    return problems
