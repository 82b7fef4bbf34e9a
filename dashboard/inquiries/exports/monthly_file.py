"""Stored rows as a monthly file again: the template's columns, semicolons, a byte order mark."""

from __future__ import annotations

import csv
import io
from typing import Any

import pandas as pd

from inquiries.filing import MASKED_HIGH, Source
from inquiries.vocabulary import vocabulary
from inquiries.words import Words

# As reporters write it, so that the file means the same when it comes back.
MASKED = f"<{MASKED_HIGH + 1}"


def monthly_file(rows: pd.DataFrame, source: Source, words: Words) -> bytes:
    """The rows of a submission (exact figures, for its own reporter) as a CSV file the intake reads.

    Labels come from closed lists, so no cell can run as a formula. A month reported as zero has no
    rows and is not in the file.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    known = vocabulary()
    writer.writerow([known.text("column", column, words.language) for column in source.columns])
    for row in rows.to_dict("records"):
        writer.writerow([_cell(column, row, words) for column in source.columns])
    return text.getvalue().encode("utf-8-sig")


def _cell(column: str, row: dict[str, Any], words: Words) -> str:
    if column == "month":
        return f"{row['month']:%Y-%m}"
    if column == "count":
        return MASKED if row["masked"] else str(row["count"])
    return vocabulary().text(column, row[column], words.language)
