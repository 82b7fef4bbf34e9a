"""A figure's table as a workbook: what it shows above, real days and numbers, and beneath it what to mind and its source."""

from __future__ import annotations

import io
from datetime import date
from numbers import Integral
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from inquiries.citation import Said
from inquiries.exports.size import require_few, weighed
from inquiries.exports.table import is_formula, is_missing, printable

# Excel's names for what each reader sees with the marks and in the order of their own country.
DAY, WHOLE, BROKEN = "mm-dd-yy", "#,##0", "#,##0.0"
HEAD = 5
LEAST_WIDTH, MOST_WIDTH, LETTERS_A_LINE, LINE_HEIGHT = 12, 44, 100, 15


def workbook(table: pd.DataFrame, said: Said, sheet_name: str) -> bytes:
    """One sheet: title, subtitle and sentence, the table with its head kept in view, and the notes.

    A whole number is shown whole and any other with one decimal, a day as a day; what is missing
    is an empty cell. No text runs as a formula. `Fault` when it is too large.
    """
    require_few(table)
    book = openpyxl.Workbook()
    book.properties.creator = ""
    sheet = book.active
    sheet.title = sheet_name
    for row, text in enumerate((said.title, said.subtitle, said.sentence), start=1):
        _line(sheet, row, text, len(table.columns))
    sheet["A1"].font = Font(bold=True, size=14)
    _table(sheet, table)
    notes = (*said.notes, said.citation)
    for row, text in enumerate(notes, start=HEAD + len(table) + 2):
        _line(sheet, row, text, len(table.columns))
    file = io.BytesIO()
    book.save(file)
    return weighed(file.getvalue())


def _table(sheet: Any, table: pd.DataFrame) -> None:
    for place, name in enumerate(table.columns, start=1):
        _write(sheet.cell(HEAD, place), name)
        sheet.cell(HEAD, place).font = Font(bold=True)
        longest = max([len(name), *table[name].astype(str).str.len()])
        width = min(max(longest + 2, LEAST_WIDTH), MOST_WIDTH)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for row, cells in enumerate(table.itertuples(index=False), start=HEAD + 1):
        for place, value in enumerate(cells, start=1):
            _write(sheet.cell(row, place), value)
    sheet.freeze_panes = sheet.cell(HEAD + 1, 1)


def _write(cell: Any, value: Any) -> None:
    if is_missing(value):
        return
    if isinstance(value, date):
        cell.value, cell.number_format = pd.Timestamp(value).to_pydatetime(), DAY
    elif isinstance(value, Integral):
        cell.value, cell.number_format = int(value), WHOLE
    elif isinstance(value, float):
        cell.value, cell.number_format = float(value), BROKEN
    else:
        _write_text(cell, printable(str(value)))


def _write_text(cell: Any, text: str) -> None:
    """A text that stays one, also when somebody edits the cell."""
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = is_formula(text)


def _line(sheet: Any, row: int, text: str, columns: int) -> None:
    """A text across the table, as high as it needs to be."""
    _write_text(sheet.cell(row, 1), printable(text))
    sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    sheet.row_dimensions[row].height = LINE_HEIGHT * (2 + len(text) // LETTERS_A_LINE)
