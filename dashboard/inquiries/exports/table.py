"""A table as CSV: for Danish Excel, with what is said of it beneath, or for programs; no cell runs as a formula."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterable
from datetime import date
from numbers import Integral
from typing import Any

import pandas as pd

from inquiries.exports.size import require_few, weighed

# A cell that begins like this, after spaces too, would run as a formula when the file is opened; the
# wide signs do so where Excel speaks an East Asian language (OWASP, CSV Injection).
_FORMULA = tuple("=+-@＝＋－＠")
# What no program that draws or reads XML can make anything of.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def as_csv(table: pd.DataFrame, *said: str) -> bytes:
    """The table as Danish Excel reads it and, under an empty line, what is said of it: where it comes from.

    Numbers have a decimal comma. `Fault` when it is too large.
    """
    return weighed(_written(table, ";", _in_danish, ((), *((one,) for one in said)), "utf-8-sig"))


def as_program_csv(table: pd.DataFrame) -> bytes:
    """The table and nothing else, by RFC 4180: commas, UTF-8, 2020-04-30 and 12.5. `Fault` when it is too large."""
    return weighed(_written(table, ",", _as_text, (), "utf-8"))


def printable(text: str) -> str:
    """The text without characters that cannot be written."""
    return _UNPRINTABLE.sub("", text)


def is_formula(text: str) -> bool:
    """Whether a text would run as a formula."""
    return text.lstrip().startswith(_FORMULA) or text[:1] in ("\t", "\r", "\n")


def is_missing(cell: Any) -> bool:
    is_number = isinstance(cell, float) and math.isnan(cell)
    return cell is None or cell is pd.NA or cell is pd.NaT or is_number


def _written(
    table: pd.DataFrame,
    delimiter: str,
    text_of: Callable[[Any], str],
    beneath: Iterable[tuple[str, ...]],
    encoding: str,
) -> bytes:
    require_few(table)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    rows = [tuple(table.columns), *table.itertuples(index=False, name=None), *beneath]
    writer.writerows([text_of(cell) for cell in row] for row in rows)
    return text.getvalue().encode(encoding)


def _in_danish(cell: Any) -> str:
    """A number with a decimal comma, a day as 30-04-2020."""
    if is_missing(cell):
        return ""
    if isinstance(cell, float):
        return _as_text(cell).replace(".", ",")
    return f"{cell:%d-%m-%Y}" if isinstance(cell, date) else _as_text(cell)


def _as_text(cell: Any) -> str:
    """A number with a decimal point, a day as 2020-04-30, nothing for what is missing, and a text that is no formula."""
    if is_missing(cell):
        return ""
    if isinstance(cell, float):
        return f"{cell:.10g}"
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    text = printable(str(cell))
    return f"'{text}" if is_formula(text) and not isinstance(cell, Integral) else text
