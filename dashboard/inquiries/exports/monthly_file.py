"""Rows as a monthly file: the template's columns, semicolons, a byte order mark; the intake reads it again."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pandas as pd

from inquiries.exports.size import require_few, weighed
from inquiries.filing import Source
from inquiries.labelled import labelled
from inquiries.vocabulary import vocabulary
from inquiries.words import Words


def monthly_file(rows: pd.DataFrame, source: Source, words: Words) -> bytes:
    """Stored rows (exact figures, for their own reporter) as the file they would be.

    Labels come from closed lists, so no cell can run as a formula. A month reported as zero has no
    rows and is not in the file.
    """
    return written(source, labelled(rows, source.columns, words).to_numpy().tolist(), words)


def filled(source: Source, month: pd.Timestamp, typed: pd.DataFrame, words: Words) -> bytes:
    """The file that rows typed into a form would be: columns of the source but the month, as labels."""
    cells = typed.astype("object").where(typed.notna(), "")
    rows = [[month.strftime("%Y-%m"), *row] for row in cells.itertuples(index=False)]
    return written(source, rows, words)


def written(source: Source, rows: Sequence[Sequence[str]], words: Words) -> bytes:
    """Lines of cells under a source's column names; `Fault` when they are too many."""
    require_few(rows)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(column_names(source, words))
    writer.writerows(rows)
    return weighed(text.getvalue().encode("utf-8-sig"))


def column_names(source: Source, words: Words) -> list[str]:
    return [vocabulary().text("column", column, words.language) for column in source.columns]
