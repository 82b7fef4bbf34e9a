"""A table as the CSV that Danish Excel opens rightly: semicolons, a byte order mark, and its source at the end."""

from __future__ import annotations

import csv
import io
import math
from typing import Any

import pandas as pd

from inquiries.exports.size import require_few, weighed

# A cell that begins like this, after spaces too, would run as a formula when the file is opened; the
# wide signs do so where Excel speaks an East Asian language (OWASP, CSV Injection).
_FORMULA = tuple("=+-@＝＋－＠")


def as_csv(table: pd.DataFrame, caption: str) -> bytes:
    """The table and, under an empty line, where it comes from; numbers have a decimal comma. `Fault` when it is too large."""
    require_few(table)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    rows = [tuple(table.columns), *table.itertuples(index=False, name=None), (), (caption,)]
    writer.writerows([_as_text(cell) for cell in row] for row in rows)
    return weighed(text.getvalue().encode("utf-8-sig"))


def _as_text(cell: Any) -> str:
    """A number as Danish Excel reads it, nothing for what is missing, and a text that is no formula."""
    if isinstance(cell, float):
        return "" if math.isnan(cell) else f"{cell:.10g}".replace(".", ",")
    if isinstance(cell, int):
        return str(cell)
    text = "" if cell is None else str(cell)
    begins_so = text.lstrip().startswith(_FORMULA) or text[:1] in ("\t", "\r", "\n")
    return f"'{text}" if begins_so else text
