"""The template a steward fills in: the columns a source registers, and one line to write over."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from inquiries.exports.monthly_file import column_names, written
from inquiries.filing import Source
from inquiries.intake.counts import MOST_FIGURES
from inquiries.vocabulary import vocabulary
from inquiries.words import Words

EXAMPLE_COUNT = "12"
EXAMPLE_MUNICIPALITY = "101"
LINES_WITH_LISTS = 2_000  # a longer month is a system's, and comes as CSV
HIGHEST_COUNT = 10**MOST_FIGURES - 1
_TEXT = "@"  # Excel leaves such a cell as it was written: 10-12 stays 10-12


def template(source: Source, month: pd.Timestamp, words: Words) -> bytes:
    """A CSV file that the intake accepts as it is."""
    return written(source, [[_example(column, month, words) for column in source.columns]], words)


def template_workbook(source: Source, month: pd.Timestamp, words: Words) -> bytes:
    """The same as a workbook: cells of text, the closed lists to choose from, counts that are whole."""
    book = openpyxl.Workbook()
    book.properties.creator = ""
    sheet, lists = book.active, book.create_sheet(words("template.lists"))
    sheet.title = words("template.figures")
    lists.sheet_state = "hidden"
    example = (_example(column, month, words) for column in source.columns)
    for place, (column, name, text) in enumerate(
        zip(source.columns, column_names(source, words), example, strict=True), start=1
    ):
        letter = get_column_letter(place)
        sheet.cell(1, place, name).font = Font(bold=True)
        sheet.cell(2, place, int(text) if column == "count" else text)
        sheet.column_dimensions[letter].width = 24
        if column != "count":
            _keep_text(sheet, letter, place)
        sheet.add_data_validation(_rule(column, place, lists, words))
        sheet.data_validations.dataValidation[-1].add(f"{letter}2:{letter}{LINES_WITH_LISTS}")
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _keep_text(sheet: Any, letter: str, place: int) -> None:
    sheet.column_dimensions[letter].number_format = _TEXT
    for row in (1, 2):
        sheet.cell(row, place).number_format = _TEXT


def _rule(column: str, place: int, lists: Any, words: Words) -> DataValidation:
    """What Excel lets a cell of the column be: a label of its list, a whole number, a month as text."""
    said: dict[str, Any] = {
        "showErrorMessage": True,
        "error": words(f"template.rule_{_kind(column)}"),
    }
    if column == "count":
        return DataValidation(
            type="whole", operator="between", formula1="0", formula2=str(HIGHEST_COUNT), **said
        )
    if column == "month":
        return DataValidation(
            type="textLength", operator="between", formula1="5", formula2="14", **said
        )
    labels = list(_labels(column, words))
    for row, label in enumerate(labels, start=1):
        lists.cell(row, place, label).number_format = _TEXT
    letter = get_column_letter(place)
    area = f"'{lists.title}'!${letter}$1:${letter}${len(labels)}"
    return DataValidation(type="list", formula1=area, **said)


def _kind(column: str) -> str:
    return column if column in ("month", "count") else "label"


def _labels(column: str, words: Words) -> Iterator[str]:
    return (label.text(words.language) for label in vocabulary().accepted(column))


def _example(column: str, month: pd.Timestamp, words: Words) -> str:
    if column == "month":
        return month.strftime("%Y-%m")
    if column == "count":
        return EXAMPLE_COUNT
    if column == "municipality":
        return vocabulary().text(column, EXAMPLE_MUNICIPALITY, words.language)
    return next(_labels(column, words))
