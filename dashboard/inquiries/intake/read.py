"""Text to lines of cells under known column names: what is no cell of the table is told or left out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from inquiries.filing import Source
from inquiries.intake.decode import line_of
from inquiries.intake.header import Header, find_header, header_problems, is_header
from inquiries.intake.problem import NOTE, WARNING, Problem
from inquiries.intake.totals import is_footnote

MOST_CHARACTERS = 20_000  # in a line; Excel's widest sheet is 16,384 separators
MOST_LINES = 1_050_000  # blank ones too; Excel's longest sheet has 1,048,576

# Control and turning signs, and line ends of other worlds: never seen, so never meant.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Line:
    """One line of a file: its number as an editor shows it, and its cells by column code."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Lines:
    """The lines of a table, kept by column: `numbers`, and for each column as many cells, as they stand."""

    numbers: list[int] = field(default_factory=list)
    columns: dict[str, list[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[Line]:
        names = list(self.columns)
        for number, *cells in zip(self.numbers, *self.columns.values(), strict=True):
            yield Line(number, dict(zip(names, cells, strict=True)))

    def without(self, places: set[int]) -> Lines:
        """The lines but those at the places."""
        if not places:
            return self
        kept = [place for place in range(len(self.numbers)) if place not in places]
        columns = {name: [cells[at] for at in kept] for name, cells in self.columns.items()}
        return Lines([self.numbers[at] for at in kept], columns)


@dataclass
class _Found:
    """What the records under a header are: rows of its width, others, and blank ones."""

    numbers: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    misfits: list[tuple[int, list[str]]] = field(default_factory=list)
    first_blank: int | None = None
    first_longer: int | None = None


def read_rows(text: str, source: Source, most_rows: int) -> tuple[Lines, list[Problem]]:
    """The lines under the header that have its shape, and what is wrong with it or with the others.

    Notes say what was passed over without harm; warnings what was left out and must be confirmed.
    """
    if wrong := _too_much(text, most_rows):
        return Lines(), [wrong]
    header, problems = find_header(text)
    if header is None:
        text, unwrapped = _unwrapped(text)
        header, problems = find_header(text) if unwrapped else (None, problems)
        problems += unwrapped
    if header is None:
        return Lines(), problems
    text, loosened = _without_loose_quotes(text, header)
    found, broken = _records(text, header, most_rows)
    problems += loosened + broken
    if len(found.rows) + len(found.misfits) > most_rows:
        return Lines(), [Problem("too_many_rows", facts={"most": most_rows})]
    problems += _misfits(found, header)
    lines, wrong_columns = _columns(found, header, source)
    problems += wrong_columns
    if HIDDEN.search(text):
        lines, hidden = _without_hidden(lines, text)
        problems += hidden
    if not len(lines) and not any(problem.severity == "error" for problem in problems):
        problems.append(Problem("no_rows"))
    return lines, problems


def _too_much(text: str, most_rows: int) -> Problem | None:
    if text.count("\n") > MOST_LINES:
        return Problem("too_many_rows", facts={"most": most_rows})
    for number, line in enumerate(io.StringIO(text, newline="\n"), start=1):
        if len(line) > MOST_CHARACTERS:
            return Problem("long_line", line=number, facts={"most": MOST_CHARACTERS})
    return None


def _unwrapped(text: str) -> tuple[str, list[Problem]]:
    """Each whole line taken out of the quotes it stands in, as some programs wrap them."""
    lines = text.split("\n")
    if not all(line[:1] == line[-1:] == '"' for line in lines if line):
        return text, []
    inner = ["".join(cells) for cells in csv.reader(lines, delimiter="\0")]
    note = Problem("lines_quoted", severity=NOTE)
    return ("\n".join(inner), [note]) if len(inner) == len(lines) else (text, [])


def _without_loose_quotes(text: str, header: Header) -> tuple[str, list[Problem]]:
    """Without spaces between a separator and a quote, which the CSV reader would take for a cell."""
    if header.quote not in text:
        return text, []
    quote, delimiter = re.escape(header.quote), re.escape(header.delimiter)
    loose = re.compile(
        rf"(?:(?<={delimiter})|(?<=\n)|^)[ \xa0]+(?={quote})"
        rf"|(?<={quote})[ \xa0]+(?={delimiter}|\n|$)"
    )
    tight, changed = loose.subn("", text)
    return tight, [Problem("spaces_at_quotes", severity=NOTE)] if changed else []


def _records(text: str, header: Header, most_rows: int) -> tuple[_Found, list[Problem]]:
    """The records under the header; no more after quotes that are wrong or a second header."""
    lines = io.StringIO(text, newline="\n")
    for _ in islice(lines, header.last_line):
        pass
    reader = csv.reader(lines, delimiter=header.delimiter, quotechar=header.quote, strict=True)
    found, begins = _Found(), header.last_line + 1
    width, first = len(header.names), header.first_named
    try:
        for cells in reader:
            if not any(cells) or (not cells[0].strip() and not any(map(str.strip, cells))):
                found.first_blank = found.first_blank or begins
            elif cells[first : first + 1] == [header.names[first]] and is_header(
                cells[: width + 1]
            ):
                return found, [Problem("second_header", line=begins)]
            else:
                _sort(cells, begins, header, found)
                if len(found.rows) + len(found.misfits) > most_rows:
                    break
            begins = header.last_line + reader.line_num + 1
    except csv.Error:
        return found, [Problem("quoting", line=begins)]
    return found, []


def _sort(cells: list[str], number: int, header: Header, found: _Found) -> None:
    """A record to the rows, filled up or without empty cells after the last name, or to the misfits."""
    width = len(header.names)
    if len(cells) > width and not any(map(str.strip, cells[width:])):
        cells, found.first_longer = cells[:width], found.first_longer or number
    elif header.fewest <= len(cells) < width:
        cells = cells + [""] * (width - len(cells))
    if len(cells) == width:
        found.numbers.append(number)
        found.rows.append(cells)
    else:
        found.misfits.append((number, cells))


def _misfits(found: _Found, header: Header) -> list[Problem]:
    """Records that are no rows: footnotes under the table are left out, all else is wrong."""
    notes = []
    if found.first_blank:
        notes.append(Problem("blank_lines", line=found.first_blank, severity=NOTE))
    if found.first_longer:
        notes.append(Problem("empty_columns", line=found.first_longer, severity=NOTE))
    widths = {len(cells) for _, cells in found.misfits}
    if not found.rows and len(widths) == 1 and len(found.misfits) > 1:
        facts = {"found": len(header.names), "rows": widths.pop()}
        return [*notes, Problem("header_width", line=header.line, facts=facts)]
    return notes + _footnotes(found, header) + _wrong_widths(found, header)


def _footnotes(found: _Found, header: Header) -> list[Problem]:
    """Takes the footnotes off the end of the records, whether or not separators follow them."""
    warnings: list[Problem] = []
    first = header.columns[0]
    while True:
        last = found.misfits[-1:]
        is_row = bool(found.numbers) and (not last or last[0][0] < found.numbers[-1])
        number, cells = (found.numbers[-1], found.rows[-1]) if is_row else (last or [(0, [])])[0]
        if not cells or not is_footnote(cells, first):
            return warnings
        for records in (found.numbers, found.rows) if is_row else (found.misfits,):
            records.pop()
        warnings.insert(0, Problem("footnote", line=number, severity=WARNING))


def _wrong_widths(found: _Found, header: Header) -> list[Problem]:
    expected = len(header.names)
    return [
        Problem("cell_count", line=number, facts={"found": len(cells), "expected": expected})
        for number, cells in found.misfits
    ]


def _columns(found: _Found, header: Header, source: Source) -> tuple[Lines, list[Problem]]:
    """The rows by column, without columns that hold nothing or only count the rows."""
    kept: dict[str, list[str]] = {}
    problems: list[Problem] = []
    turned = zip(*found.rows, strict=True) if found.rows else [()] * len(header.names)
    for place, (name, column, cells) in enumerate(
        zip(header.names, header.columns, turned, strict=True), start=1
    ):
        if column in source.columns or (column and any(map(str.strip, cells))):
            kept.setdefault(str(column), list(cells))
        else:
            problems += _other_column(place, name, cells, header.line)
    problems += header_problems(header, source, kept)
    if any(problem.severity == "error" for problem in problems):
        return Lines(), problems
    return Lines(found.numbers, kept), problems


def _other_column(place: int, name: str, cells: Any, line: int) -> list[Problem]:
    """A column that is none of ours: harmless when it holds nothing or counts the rows."""
    facts = {"place": place}
    if not any(map(str.strip, cells)):
        if not name.strip():
            return [Problem("empty_columns", line=line, severity=NOTE)]
        return [Problem("empty_column", line=line, facts=facts, severity=WARNING)]
    first = cells[0].strip()
    if (
        first in ("0", "1")
        and len(cells) > 1
        and all(cell.strip() == str(number) for number, cell in enumerate(cells, start=int(first)))
    ):
        return [Problem("index_column", line=line, facts=facts, severity=WARNING)]
    return [Problem("unknown_column", line=line, facts=facts)]


def _without_hidden(lines: Lines, text: str) -> tuple[Lines, list[Problem]]:
    """The lines without those that hold a sign nobody sees, and where each such sign stands."""
    problems: list[Problem] = []
    places: set[int] = set()
    for column, cells in lines.columns.items():
        for place, cell in enumerate(cells):
            if HIDDEN.search(cell):
                number = lines.numbers[place]
                problems.append(Problem("control_character", line=number, column=column))
                places.add(place)
    if not problems:
        sign = HIDDEN.search(text)
        problems = [Problem("control_character", line=line_of(text, sign.start() if sign else 0))]
    return lines.without(places), problems
