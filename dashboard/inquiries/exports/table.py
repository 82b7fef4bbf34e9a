"""A table as the CSV that Danish Excel opens rightly: semicolons, a byte order mark, and its source at the end."""

from __future__ import annotations

import csv
import io
import math
from typing import Any

import pandas as pd

# A cell that begins like this would run as a formula when the file is opened.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(table: pd.DataFrame, caption: str) -> bytes:
    """The table and, under an empty line, where it comes from; numbers have a decimal comma."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_as_text(cell) for cell in row] for row in table.itertuples(index=False))
    writer.writerows([[], [caption]])
    return text.getvalue().encode("utf-8-sig")


def _as_text(cell: Any) -> str:
    """A number as Danish Excel reads it, nothing for what is missing, and a text that is no formula."""
    if isinstance(cell, float):
        return "" if math.isnan(cell) else f"{cell:.10g}".replace(".", ",")
    if isinstance(cell, int):
        return str(cell)
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
