"""A table as the CSV that Danish Excel opens rightly: semicolons, a byte order mark, and its source at the end."""

from __future__ import annotations

import csv
import io

import pandas as pd

# A cell that begins like this would run as a formula when the file is opened.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(table: pd.DataFrame, caption: str) -> bytes:
    """The table and, under an empty line, where it comes from."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_as_text(str(cell)) for cell in row] for row in table.itertuples(index=False))
    writer.writerows([[], [caption]])
    return text.getvalue().encode("utf-8-sig")


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
