"""The month as people and Excel write it: 2026-09, sep-26, september 2026, 01-09-2026, 46266."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

# Danish and English month names by their first three letters; the whole name must follow or a point.
_NAMES = {
    "januar january": 1,
    "februar february": 2,
    "marts march": 3,
    "april": 4,
    "maj may": 5,
    "juni june": 6,
    "juli july": 7,
    "august": 8,
    "september": 9,
    "oktober october": 10,
    "november": 11,
    "december": 12,
}
_BY_SPELLING = {
    spelling: number
    for names, number in _NAMES.items()
    for name in names.split()
    for spelling in (name, name[:3])
} | {"sept": 9}

_PLAIN = re.compile(r"[0-9]{4}-[0-9]{2}")
_AT_MIDNIGHT = r"(?:[ t]00:00(?::00(?:[.,]0+)?)?(?: ?z|[+-]\d\d:?\d\d)?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-./ ](\d{{1,2}})(?:[-./ ]0?1)?{_AT_MIDNIGHT}", re.ASCII)
# 202609, 2026M09 (Statistics Denmark), 20260901
_FIGURES = re.compile(r"(\d{4})m?(\d{2})(?:01)?", re.ASCII)
_MONTH_FIRST = re.compile(r"(\d{1,2})[-./ ](\d{4})", re.ASCII)
_FIRST_DAY = re.compile(rf"0?1[-./ ](\d{{1,2}})[-./ ](\d{{4}}){_AT_MIDNIGHT}", re.ASCII)
_NAMED = re.compile(r"(?:0?1(?:\. ?|[ -]))?([a-zæøå]{3,9})(?:\. ?|[ /-])?(\d{4}|\d{2})", re.ASCII)
_NAMED_LAST = re.compile(r"(\d{4})[ /-]([a-zæøå]{3,9})\.?", re.ASCII)
_SERIAL = re.compile(r"[0-9]{5}")

_ANY_DATE = re.compile(
    r"\d{1,4}[-./ ]\d{1,2}[-./ ]\d{1,4}(?!\d)|\d{1,2}(?:\. ?|[ -])[a-zæøå]{3,9}[. -]", re.ASCII
)
_SPAN = re.compile(r"uge|week|kvartal|quarter|halvår|half|\bw\d|\bq[1-4]|[1-4]\. ?kv")
_EXCEL = re.compile(r"#+|#[\w/]+[!?]?")

_DASHES = re.compile("[\u2010-\u2015\u2212]")
# Full-width signs, as East Asian keyboards write them, stand in the order of the plain ones.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# The first day of a month that Excel kept as a number: days since 1899-12-30.
_FIRST_SERIAL_DAY = pd.Timestamp(1899, 12, 30)
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class ReadMonth:
    """The first day of a month, and a code when the text said it in another form than 2026-09.

    Without a month, the code says what the text is instead.
    """

    month: pd.Timestamp | None
    code: str = ""


def read_month(text: str) -> ReadMonth:
    """The month a text names where only one reading is possible; a two-digit year is of this century."""
    plain = plain_form(text)
    month = _month_of(plain)
    if month is not None:
        return ReadMonth(month, "" if _PLAIN.fullmatch(text) else "norm_month")
    if _SERIAL.fullmatch(plain) and (month := _serial_month(int(plain))) is not None:
        return ReadMonth(month, "month_serial")
    return ReadMonth(None, _what_else(plain))


def parse_month(text: str) -> pd.Timestamp | None:
    """The first day of the month a text names in whatever form, or None."""
    return read_month(text).month


def is_excel_error(text: str) -> bool:
    """Whether a cell holds what Excel shows for a wrong formula or a narrow column."""
    return bool(_EXCEL.fullmatch(text))


def plain_form(text: str) -> str:
    """A cell with plain figures and dashes, without spaces round it and without capitals."""
    return " ".join(_DASHES.sub("-", text.translate(_FULL_WIDTH)).casefold().split())


def _month_of(text: str) -> pd.Timestamp | None:
    for pattern in (_YEAR_FIRST, _FIGURES):
        if match := pattern.fullmatch(text):
            return _month(match[1], match[2])
    for pattern in (_FIRST_DAY, _MONTH_FIRST):
        if match := pattern.fullmatch(text):
            return _month(match[2], match[1])
    if match := _NAMED.fullmatch(text):
        year = match[2] if len(match[2]) == 4 else f"20{match[2]}"
        return _month(year, _BY_SPELLING.get(match[1], 0))
    if match := _NAMED_LAST.fullmatch(text):
        return _month(match[1], _BY_SPELLING.get(match[2], 0))
    return None


def _month(year: str, month: str | int) -> pd.Timestamp | None:
    plausible = 1 <= int(month) <= 12 and FIRST_YEAR <= int(year) <= LAST_YEAR
    return pd.Timestamp(int(year), int(month), 1) if plausible else None


def _serial_month(days: int) -> pd.Timestamp | None:
    """The month that begins on Excel's day number; None for any other day."""
    day = _FIRST_SERIAL_DAY + pd.Timedelta(days=days)
    return day if day.day == 1 and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _what_else(text: str) -> str:
    """The code of what a text is when it is no month."""
    if is_excel_error(text):
        return "excel_error"
    if text.strip(".") in _BY_SPELLING:
        return "month_without_year"
    if _SPAN.search(text):
        return "month_span"
    if any(pattern.fullmatch(text) for pattern in (_YEAR_FIRST, _FIGURES, _MONTH_FIRST)):
        return "month_implausible"
    return "month_date" if _ANY_DATE.match(text) else "month"
