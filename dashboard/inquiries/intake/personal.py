"""Looks through the whole text and the file's name for personal data before anything else is done.

Each distinct piece between two separators is looked at once, and only suspect pieces are looked for
line by line. Whatever is found, the value itself is never told.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate, islice, takewhile

from inquiries.intake.decode import physical_lines
from inquiries.intake.header import Header, find_header
from inquiries.intake.problem import Problem
from inquiries.intake.traces import (
    ANYWHERE,
    IN_LABELS,
    TELLING_WORDS,
    Trace,
    columns_of_persons,
    is_story,
    names_in,
    plain_signs,
)
from inquiries.vocabulary import REGISTERED

# Of different pieces together. A year of every municipality has a tenth of it; looking through ten
# megabytes of them would take ten seconds, and a file of so many is no table of closed lists.
MOST_CHARACTERS = 500_000
MOST_FOUND = 100  # nobody needs more places to know that the file must go

_MOST_HARMLESS = 5  # figures that tell nothing of anyone: a count, the number of a row

_LABELS = set(REGISTERED[1:-1])
_SEPARATORS = re.compile(r"[;\t|\n]")
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d")
_PAIRS_OF_FIGURES = re.compile(r"\d\d \d\d \d\d \d\d")
_MONTH_FIRST = re.compile(r"\W?(?:\d{4}[-./]\d\d|\d\d[-./]\d{4})\b")


@dataclass(frozen=True)
class _Cell:
    """A piece of text where it stands: its line, its column if known, and whether a label should be there."""

    text: str
    line: int
    column: str | None
    is_label: bool
    month: str = ""


def find_personal(text: str, name: str = "") -> list[Problem]:
    """What seems to be personal data: its lines, and its columns where they are known.

    `name` is the file's own name; a problem with it has no line. A table with more different pieces
    than can be looked through is said to be too varied, whatever stands in the rest.
    """
    found = [Problem("personal_file_name")] if _is_anywhere(plain_signs(name)) else []
    header, _ = find_header(text)
    if header:
        found += _columns(text, header)
    pieces = _pieces(text, header)
    looked_at = _first(pieces)
    suspects = _suspects(looked_at)
    if suspects:
        found += islice(_found(text, header, suspects), MOST_FOUND)
    if header and not found and len(looked_at) < len(pieces):
        return [Problem("too_varied")]
    return found


def _is_anywhere(text: str) -> bool:
    return any(trace.is_in(text) for trace in ANYWHERE)


def _columns(text: str, header: Header) -> list[Problem]:
    """The columns that registers about persons have, by their own names: those are on a list."""

    def is_empty(place: int) -> bool:
        rows = islice(text.split("\n"), header.last_line, None)
        cells = (row.split(header.delimiter)[place : place + 1] for row in rows)
        return not any(cell[0].strip(' "') for cell in cells if cell)

    persons = columns_of_persons(header.names, is_empty)
    return [Problem("personal_column", header.line, column) for column in persons]


def _pieces(text: str, header: Header | None) -> list[str]:
    """The distinct pieces between separators; of a text without a header, between all usual ones."""
    if header is None:
        return list(dict.fromkeys(_SEPARATORS.split(text)))
    parts = dict.fromkeys(text.replace("\n", header.delimiter).split(header.delimiter))
    return [part for part in parts if len(part) > _MOST_HARMLESS or not part.isdigit()]


def _first(pieces: list[str]) -> list[str]:
    """As many of the pieces as can be looked through in the time a file may take, the first of them cut."""
    lengths = accumulate(len(piece) + 1 for piece in pieces)
    fitting = sum(1 for _ in takewhile(lambda length: length <= MOST_CHARACTERS, lengths))
    return pieces[:fitting] or [piece[:MOST_CHARACTERS] for piece in pieces[:1]]


def _suspects(pieces: list[str]) -> set[str]:
    """The pieces that look personal, at the least where a label should be."""
    plain = plain_signs("\n".join(pieces))
    ends = list(accumulate(len(line) + 1 for line in plain.split("\n")))
    found = {
        bisect_right(ends, match.start())
        for trace in (*ANYWHERE, *IN_LABELS)
        for match in trace.pattern.finditer(plain)
        if trace.holds(match)
    }
    if not TELLING_WORDS.isdisjoint(map(str.casefold, set(_WORD.findall(plain)))):
        lines = enumerate(plain.split("\n"))
        found |= {place for place, line in lines if any(names_in(line)) or is_story(line)}
    return {pieces[place] for place in found}


def _found(text: str, header: Header | None, suspects: set[str]) -> Iterator[Problem]:
    """Each line and column where a suspect piece is personal, once."""
    for number, line in physical_lines(text):
        pieces = line.rstrip("\n")
        parts = pieces.split(header.delimiter) if header else _SEPARATORS.split(pieces)
        if suspects.isdisjoint(parts):
            continue
        told = set()
        for cell in _cells(pieces, number, header):
            code = _code(cell)
            if code and (code, cell.column) not in told:
                told.add((code, cell.column))
                yield Problem(code, line=cell.line, column=cell.column)


def _cells(line: str, number: int, header: Header | None) -> Iterator[_Cell]:
    """A line's cells: under their columns below the header, else pieces of text."""
    if header is None:
        yield from (
            _Cell(plain_signs(part), number, None, False) for part in _SEPARATORS.split(line)
        )
        return
    cells = _split(line, header)
    columns = header.columns if number > header.last_line and len(cells) > 1 else []
    month = cells[columns.index("month")] if "month" in columns[: len(cells)] else ""
    for place, cell in enumerate(cells):
        column = columns[place] if place < len(columns) else None
        is_label = column in _LABELS or bool(columns and column is None)
        yield _Cell(plain_signs(cell).strip(), number, column, is_label, month)


def _split(line: str, header: Header) -> list[str]:
    """A line's cells, by its quotes unless it is longer than the CSV reader takes."""
    if header.quote in line:
        with suppress(csv.Error):
            return next(csv.reader([line], delimiter=header.delimiter, quotechar=header.quote))
    return line.split(header.delimiter)


def _code(cell: _Cell) -> str:
    """The code of what makes a cell personal; nothing when nothing does."""
    pairs, given = names_in(cell.text)
    for trace in ANYWHERE:
        if trace.is_in(cell.text) and not _is_row_of_figures(cell, trace):
            return trace.code
    if pairs or (given and cell.is_label):
        return "personal_name"
    if not cell.is_label:
        return ""
    for trace in IN_LABELS:
        if trace.is_in(cell.text) and not _is_of_the_month(cell, trace):
            return trace.code
    return "personal_story" if is_story(cell.text) else ""


def _is_row_of_figures(cell: _Cell, trace: Trace) -> bool:
    """Whether pairs of figures are counts in a table whose cells only spaces part."""
    is_pairs = trace.code == "personal_phone" and bool(_PAIRS_OF_FIGURES.search(cell.text))
    return is_pairs and cell.column is None and bool(_MONTH_FIRST.match(cell.text))


def _is_of_the_month(cell: _Cell, trace: Trace) -> bool:
    """Whether a date is of the row's own time, as Excel makes one of "10-12"; no one is born then."""
    if trace.code != "personal_born":
        return False
    months, own = _YEAR.findall(cell.month), _YEAR.findall(cell.text)
    return bool(months and own) and abs(int(own[0]) - int(months[0])) <= 1
