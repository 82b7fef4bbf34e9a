"""The template a steward fills in: the columns a source registers, and one line to write over."""

from __future__ import annotations

import csv
import io

import pandas as pd

from inquiries.filing import Source
from inquiries.vocabulary import vocabulary
from inquiries.words import Words

EXAMPLE_COUNT = "12"
EXAMPLE_MUNICIPALITY = "101"


def template(source: Source, month: pd.Timestamp, words: Words) -> bytes:
    """A CSV file that the intake accepts as it is."""
    return _file(source, [[_example(column, month, words) for column in source.columns]], words)


def filled(source: Source, month: pd.Timestamp, typed: pd.DataFrame, words: Words) -> bytes:
    """The file that rows typed into a form would be: columns of the source but the month, as labels."""
    cells = typed.astype("object").where(typed.notna(), "")
    rows = [[month.strftime("%Y-%m"), *row] for row in cells.itertuples(index=False)]
    return _file(source, rows, words)


def _file(source: Source, rows: list[list[str]], words: Words) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    known = vocabulary()
    writer.writerow([known.text("column", column, words.language) for column in source.columns])
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _example(column: str, month: pd.Timestamp, words: Words) -> str:
    if column == "month":
        return month.strftime("%Y-%m")
    if column == "count":
        return EXAMPLE_COUNT
    if column == "municipality":
        return vocabulary().text(column, EXAMPLE_MUNICIPALITY, words.language)
    accepted = next(label for label in vocabulary().of(column) if label.accepted)
    return accepted.text(words.language)
