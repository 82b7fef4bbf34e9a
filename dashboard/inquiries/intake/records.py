"""The records under a header: rows of its width, kept by column; blank ones; and those of another width."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from inquiries.intake.header import Header, is_header
from inquiries.intake.problem import Problem

# Few rows are held as rows at a time: Python's collector looks through all the lists there are.
_AT_ONCE = 1_000


@dataclass
class Records:
    """What stands under a header, and where the first blank and the first overlong record are."""

    header: Header
    numbers: list[int] = field(default_factory=list)
    columns: list[list[str]] = field(default_factory=list)
    # Line, how many cells, and the text of one that has no other.
    misfits: list[tuple[int, int, str]] = field(default_factory=list)
    first_blank: int | None = None
    first_longer: int | None = None
    _pending: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.columns = [[] for _ in self.header.names]

    def __len__(self) -> int:
        return len(self.numbers) + len(self.misfits)

    def take(self, cells: list[str], number: int) -> bool:
        """Put a record where it belongs; False when it is a header, under which another table begins."""
        first = self.header.first_named
        if not any(map(str.strip, cells)):
            self.first_blank = self.first_blank or number
        elif cells[first : first + 1] == [self.header.names[first]] and is_header(cells):
            return False
        elif fitted := self._fitted(cells, number):
            self.numbers.append(number)
            self._pending.append(fitted)
        else:
            alone = "" if any(map(str.strip, cells[1:])) else cells[0]
            self.misfits.append((number, len(cells), alone))
        if len(self._pending) >= _AT_ONCE:
            self.turn()
        return True

    def _fitted(self, cells: list[str], number: int) -> list[str] | None:
        """A row of the header's width, where only empty cells after the last name differ from it."""
        width = len(self.header.names)
        if len(cells) > width and not any(map(str.strip, cells[width:])):
            self.first_longer = self.first_longer or number
            return cells[:width]
        if self.header.fewest <= len(cells) < width:
            return cells + [""] * (width - len(cells))
        return cells if len(cells) == width else None

    def take_regular(self, rows: list[list[str]], number: int) -> bool:
        """Take all these rows at once when each is of the header's width and begins with a value."""
        if set(map(len, rows)) != {len(self.header.names)}:
            return False
        first = self.header.first_named
        begin = {row[first] for row in rows}
        if self.header.names[first] in begin or not all(map(str.strip, begin)):
            return False
        self.turn()
        self.numbers.extend(range(number, number + len(rows)))
        self._pending = rows
        self.turn()
        return True

    def turn(self) -> None:
        """The rows still held as rows to their columns."""
        if self._pending:
            for column, cells in zip(self.columns, zip(*self._pending, strict=True), strict=True):
                column.extend(cells)
        self._pending = []

    def last(self) -> tuple[int, list[str]]:
        """The line and the cells of the last record that holds anything; (0, []) when none does."""
        row = self.numbers[-1] if self.numbers else 0
        if self.misfits and self.misfits[-1][0] > row:
            return self.misfits[-1][0], [self.misfits[-1][2]]
        return row, [column[-1] for column in self.columns if row]

    def drop_last(self) -> None:
        if self.misfits and self.misfits[-1][0] == self.last()[0]:
            self.misfits.pop()
            return
        self.numbers.pop()
        for column in self.columns:
            column.pop()


def records_under(text: str, header: Header, most_rows: int) -> tuple[Records, list[Problem]]:
    """The records under the header; no more after quotes that are wrong or a second header."""
    lines = io.StringIO(text, newline="\n")
    for _ in islice(lines, header.last_line):
        pass
    reader = csv.reader(lines, delimiter=header.delimiter, quotechar=header.quote, strict=True)
    found = Records(header)
    read = _singly if header.quote in text else _by_the_thousand
    wrong = next(read(reader, found, most_rows), None)
    found.turn()
    return found, [wrong] if wrong else []


def _singly(reader: Any, found: Records, most_rows: int) -> Iterator[Problem]:
    """Record by record, as each may take several lines; yields what ends the reading too early."""
    above = found.header.last_line
    begins = above + 1
    try:
        for cells in reader:
            if not found.take(cells, begins):
                yield Problem("second_header", line=begins)
            if len(found) > most_rows:
                return
            begins = above + reader.line_num + 1
    except csv.Error:
        yield Problem("quoting", line=begins)


def _by_the_thousand(reader: Any, found: Records, most_rows: int) -> Iterator[Problem]:
    """Without quotes each record is one line, and most files have nothing but rows."""
    begins = found.header.last_line + 1
    while rows := list(islice(reader, _AT_ONCE)):
        if not found.take_regular(rows, begins):
            for number, cells in enumerate(rows, start=begins):
                if not found.take(cells, number):
                    yield Problem("second_header", line=number)
        begins += len(rows)
        if len(found) > most_rows:
            return
