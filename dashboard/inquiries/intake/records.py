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
_BLOCK = 100_000  # characters


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

    def take_regular(self, block: str, number: int) -> bool:
        """Take a block of whole lines without quotes at once, when each has the header's width.

        The cells of all lines are divided together, each line's first one still after its newline:
        when just these stand at every width-th place, no line is longer or shorter than another.
        """
        width, delimiter = len(self.header.names), self.header.delimiter
        block = "\n" + block.removesuffix("\n")
        cells = block.replace("\n", f"{delimiter}\n").split(delimiter)[1:]
        begins, lines = cells[::width], block.count("\n")
        if len(cells) != lines * width or not all(cell[:1] == "\n" for cell in begins):
            return False
        columns = [[cell[1:] for cell in begins], *(cells[at::width] for at in range(1, width))]
        named = set(columns[self.header.first_named])
        if self.header.names[self.header.first_named] in named or not all(map(str.strip, named)):
            return False
        self.turn()
        self.numbers.extend(range(number, number + lines))
        for column, taken in zip(self.columns, columns, strict=True):
            column.extend(taken)
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
    found = Records(header)
    read = _singly if header.quote in text else _in_blocks
    wrong = next(read(lines, found, most_rows), None)
    found.turn()
    return found, [wrong] if wrong else []


def _singly(lines: io.StringIO, found: Records, most_rows: int) -> Iterator[Problem]:
    """Record by record, as each may take several lines; yields what ends the reading too early."""
    above = found.header.last_line
    begins = above + 1
    reader = _reader(lines, found.header)
    try:
        for cells in reader:
            if not found.take(cells, begins):
                yield Problem("second_header", line=begins)
            if len(found) > most_rows:
                return
            begins = above + reader.line_num + 1
    except csv.Error:
        yield Problem("quoting", line=begins)


def _in_blocks(lines: io.StringIO, found: Records, most_rows: int) -> Iterator[Problem]:
    """Without quotes each record is one line, and most files have nothing but rows."""
    begins = found.header.last_line + 1
    while block := lines.read(_BLOCK) + lines.readline():
        if not found.take_regular(block, begins):
            rows = _reader(io.StringIO(block, newline="\n"), found.header)
            for number, cells in enumerate(rows, start=begins):
                if not found.take(cells, number):
                    yield Problem("second_header", line=number)
        begins += block.count("\n")
        if len(found) > most_rows:
            return


def _reader(lines: io.StringIO, header: Header) -> Any:
    return csv.reader(lines, delimiter=header.delimiter, quotechar=header.quote, strict=True)
