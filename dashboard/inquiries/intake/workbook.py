"""An Excel workbook of one sheet as the text of a CSV file, row for line, so that the same rules judge it.

Nothing is worked out: a formula, a number with decimals or a date that is no first of a month is
refused with its cell. Who wrote the workbook, its comments and its looks are no part of what is read.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from html import unescape
from typing import Any

from inquiries.intake.problem import NOTE, WARNING, Problem
from inquiries.vocabulary import vocabulary

MOST_UNPACKED = 15_000_000  # bytes; what Excel writes for the most rows is about ten million
MOST_PARTS = 200
MOST_WORKBOOK_ROWS = 20_000  # more take longer to unpack than a steward should wait: then CSV
_MOST_COLUMNS = 78  # up to BZ
_BEYOND = re.compile(r'<(?:\w+:)?c\b[^>]*\br="(?:[C-Z][A-Z]|[A-Z]{3})\d+"[^>]*(?<!/)>')
_ROW = re.compile(r'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
_HIDDEN_CELLS = re.compile(r'<(?:\w+:)?(?:row|col)\b[^>]*\bhidden="(?:1|true)"')
_ENTITY = re.compile(r"<!(?:ENTITY|DOCTYPE)", re.IGNORECASE)
_OUTSIDE = re.compile(r'TargetMode\s*=\s*"External"')
_TAG = re.compile(r"<[^<>]*>")
# Parts whose text a person wrote; who the author is stands in docProps, and is not kept.
_WRITTEN = re.compile(r"xl/(?:sharedStrings|worksheets/|comments|threadedComments|drawings/)")


class _Unreadable(Exception):
    """What is wrong with a workbook, as a problem."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.problem = Problem(code, facts=facts)


def workbook_text(data: bytes) -> tuple[str, str, list[Problem]]:
    """The one sheet as CSV, whatever else a person wrote in the workbook, and what is wrong with it."""
    written = ""
    try:
        parts = _parts(data)
        written = _written(parts)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they may name cells and repeat what stands in them
            text, problems = _sheet_text(data)
    except _Unreadable as unreadable:
        return "", written, [unreadable.problem]
    except (
        Exception
    ):  # whatever libraries make of hostile bytes: the file is refused, and that said
        return "", written, [Problem("workbook_damaged")]
    return text, written, [*problems, *_remarks(parts)]


def _parts(data: bytes) -> dict[str, str]:
    """The parts of the workbook as text, once it is known that they are few and small."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        size = sum(entry.file_size for entry in entries)
        if len(entries) > MOST_PARTS or size > MOST_UNPACKED:
            raise _Unreadable("workbook_large", most=MOST_UNPACKED // 1_000_000)
        parts = {
            entry.filename: archive.read(entry).decode("utf-8", "replace")
            for entry in entries
            if entry.filename.endswith((".xml", ".rels"))
        }
    if any(_ENTITY.search(part) for part in parts.values()):
        raise _Unreadable("workbook_damaged")
    if any(_OUTSIDE.search(part) for name, part in parts.items() if name.endswith(".rels")):
        raise _Unreadable("workbook_links")
    return parts


def _written(parts: dict[str, str]) -> str:
    """All that a person wrote, a line for each piece: cells, comments, headers, of every sheet."""
    pieces = (part for name, part in parts.items() if _WRITTEN.match(name))
    text = "\n".join(unescape(_TAG.sub("\n", piece)) for piece in pieces)
    return re.sub(r"\n+", "\n", text)


def _remarks(parts: dict[str, str]) -> list[Problem]:
    remarks = [Problem("workbook_read", severity=NOTE)]
    sheets = [part for name, part in parts.items() if name.startswith("xl/worksheets/")]
    if any(_HIDDEN_CELLS.search(sheet) for sheet in sheets):
        remarks.append(Problem("workbook_hidden_cells", severity=WARNING))
    for sheet in sheets:
        numbers = [int(number) for number in _ROW.findall(sheet)]
        if numbers != sorted(set(numbers)):
            remarks.append(Problem("workbook_damaged"))
        if _BEYOND.search(sheet):
            remarks.append(Problem("workbook_wide", facts={"most": _MOST_COLUMNS}))
    return remarks


def _sheet_text(data: bytes) -> tuple[str, list[Problem]]:
    import openpyxl  # takes longer to load than most files to judge, and readers never need it

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        sheet = _only_sheet(book)
        problems: list[Problem] = []
        rows = {number: [_cell(cell, problems) for cell in row] for number, row in _rows(sheet)}
        return _as_csv(rows), problems
    finally:
        book.close()


def _as_csv(rows: dict[int, list[str]]) -> str:
    """The rows as lines of their numbers, all as wide as the widest: a sheet has no shorter ones."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    width, before = max(map(len, rows.values())), 0
    for number, cells in rows.items():
        text.write("\n" * (number - before - 1))
        writer.writerow(cells + [""] * (width - len(cells)))
        before = number
    return text.getvalue()


def _only_sheet(book: Any) -> Any:
    """The one visible sheet with cells; a hidden one may hold our own lists and nothing else."""
    if len(book.sheetnames) > MOST_PARTS or len(book.worksheets) != len(book.sheetnames):
        raise _Unreadable("workbook_sheets")
    filled = [sheet for sheet in book.worksheets if next(_rows(sheet), None)]
    shown = [sheet for sheet in filled if sheet.sheet_state == "visible"]
    for sheet in filled:
        if sheet not in shown and not all(_is_ours(row) for _, row in _rows(sheet)):
            raise _Unreadable("workbook_hidden")
    if len(shown) != 1:
        raise _Unreadable("workbook_sheets" if shown else "empty_file")
    return shown[0]


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows that hold anything, with their numbers, up to the most columns."""
    sheet.reset_dimensions()  # what a file says of its own size is not to be trusted
    found = 0
    for number, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), start=1):
        filled = [place for place, cell in enumerate(row, start=1) if cell.value not in (None, "")]
        if filled:
            found += 1
            if found > MOST_WORKBOOK_ROWS + 1:
                raise _Unreadable("workbook_rows", most=MOST_WORKBOOK_ROWS)
            yield number, row[: filled[-1]]


def _is_ours(row: tuple[Any, ...]) -> bool:
    return all(cell.value is None or str(cell.value) in _our_words() for cell in row)


@cache
def _our_words() -> set[str]:
    return {label.text(lang) for label in vocabulary().labels for lang in ("da", "en")}


def _cell(cell: Any, problems: list[Problem]) -> str:
    """A cell as it would stand in a CSV file; a problem where that would be a guess."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return _refused("workbook_formula", cell, problems)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        digits = str(int(value))
        # Excel takes a leading zero away, and with it what tells a CPR number from other numbers.
        return digits.zfill(10) if len(digits) == 9 else digits
    if isinstance(value, float):
        return _refused("workbook_decimal", cell, problems)
    if isinstance(value, str):
        return " ".join(value.split("\n")) if "\n" in value else value
    if isinstance(value, datetime) and value == datetime(value.year, value.month, 1):
        return value.strftime("%Y-%m-%d")
    return _refused("workbook_date", cell, problems)


def _refused(code: str, cell: Any, problems: list[Problem]) -> str:
    problems.append(Problem(code, line=cell.row, facts={"cell": cell.coordinate}))
    return ""
