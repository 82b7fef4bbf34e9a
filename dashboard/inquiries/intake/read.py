"""Text to lines of cells under known column names: what is no cell of the table is told or left out."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import Any

from inquiries.filing import Source
from inquiries.intake.decode import line_of
from inquiries.intake.header import MOST_CHARACTERS, Header, find_header, header_problems
from inquiries.intake.problem import ERROR, NOTE, WARNING, Problem
from inquiries.intake.records import Records, records_under
from inquiries.intake.totals import is_footnote

MOST_DIFFERENT = 10_000  # values of a column of labels or months; the longest list has a hundred
MOST_TOLD = 1_000  # of the same fault
MOST_LINES = 1_050_000  # blank ones too; Excel's longest sheet has 1,048,576

# Control and turning signs, and line ends of other worlds: never seen, so never meant.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Lines:
    """The lines of a table, kept by column: `numbers`, and for each column as many cells, as they stand."""

    numbers: list[int] = field(default_factory=list)
    columns: dict[str, list[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.numbers)

    def without(self, places: set[int]) -> Lines:
        """The lines but those at the places."""
        if not places:
            return self
        kept = [place for place in range(len(self.numbers)) if place not in places]
        columns = {name: [cells[at] for at in kept] for name, cells in self.columns.items()}
        return Lines([self.numbers[at] for at in kept], columns)


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
    found, broken = records_under(text, header, most_rows)
    problems += loosened + broken
    if len(found) > most_rows:
        return Lines(), [Problem("too_many_rows", facts={"most": most_rows})]
    problems += _misfits(found, header)
    lines, wrong_columns = _columns(found, header, source)
    problems += wrong_columns
    if HIDDEN.search(text):
        lines, hidden = _without_hidden(lines, text)
        problems += hidden
    if not len(lines) and not any(problem.severity == ERROR for problem in problems):
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


def _misfits(found: Records, header: Header) -> list[Problem]:
    """Records that are no rows: footnotes under the table are left out, all else is wrong."""
    notes = []
    if found.first_blank:
        notes.append(Problem("blank_lines", line=found.first_blank, severity=NOTE))
    if found.first_longer:
        notes.append(Problem("empty_columns", line=found.first_longer, severity=NOTE))
    widths = {width for _, width, _ in found.misfits}
    if not found.numbers and len(widths) == 1 and len(found.misfits) > 1:
        facts = {"found": len(header.names), "rows": widths.pop()}
        return [*notes, Problem("header_width", line=header.line, facts=facts)]
    return notes + _footnotes(found, header) + _wrong_widths(found, header)


def _footnotes(found: Records, header: Header) -> list[Problem]:
    """Takes the footnotes off the end of the records, whether or not separators follow them."""
    warnings: list[Problem] = []
    while True:
        number, cells = found.last()
        if not cells or not is_footnote(cells, header.columns[0]):
            return warnings
        found.drop_last()
        warnings.insert(0, Problem("footnote", line=number, severity=WARNING))


def _wrong_widths(found: Records, header: Header) -> list[Problem]:
    expected = len(header.names)
    return [
        Problem("cell_count", line=number, facts={"found": width, "expected": expected})
        for number, width, _ in found.misfits[:MOST_TOLD]
    ]


def _columns(found: Records, header: Header, source: Source) -> tuple[Lines, list[Problem]]:
    """The rows by column, without columns that hold nothing or only count the rows."""
    kept: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for place, (name, column, cells) in enumerate(
        zip(header.names, header.columns, found.columns, strict=True), start=1
    ):
        if column in source.columns or (column and any(map(str.strip, cells))):
            kept.setdefault(str(column), cells)
        else:
            problems += _other_column(place, name, cells, header.line)
    problems += header_problems(header, source, kept)
    problems += [
        Problem("too_varied", line=header.line, column=column, facts={"most": MOST_DIFFERENT})
        for column, cells in kept.items()
        if column != "count" and len(set(cells)) > MOST_DIFFERENT
    ]
    if any(problem.severity == ERROR for problem in problems):
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
        hidden = {cell for cell in set(cells) if HIDDEN.search(cell)}
        found = [place for place, cell in enumerate(cells) if cell in hidden] if hidden else []
        places.update(found)
        problems += [
            Problem("control_character", line=lines.numbers[place], column=column)
            for place in found[:MOST_TOLD]
        ]
    if not problems:
        sign = HIDDEN.search(text)
        problems = [Problem("control_character", line=line_of(text, sign.start() if sign else 0))]
    return lines.without(places), problems
