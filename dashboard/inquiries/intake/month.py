"""The month as people and Excel write it: 2026-09, sep-26, september 2026, 01-09-2026."""

from __future__ import annotations

import re

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

_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})(?:-01)?(?: 00:00:00)?")
_FIRST_DAY = re.compile(r"0?1[-./](\d{1,2})[-./](\d{4})")
_NAMED = re.compile(r"([a-zæøå]{3,9})\.?[ -](\d{4}|\d{2})")


def parse_month(text: str) -> pd.Timestamp | None:
    """The first day of the month a text names, or None; a two-digit year is of this century."""
    text = text.strip().casefold()
    if match := _YEAR_FIRST.fullmatch(text):
        return _month(int(match[1]), int(match[2]))
    if match := _FIRST_DAY.fullmatch(text):
        return _month(int(match[2]), int(match[1]))
    if match := _NAMED.fullmatch(text):
        year = int(match[2]) + (2000 if len(match[2]) == 2 else 0)
        return _month(year, _BY_SPELLING.get(match[1], 0))
    return None


def _month(year: int, month: int) -> pd.Timestamp | None:
    plausible = 1 <= month <= 12 and 1990 <= year <= 2100
    return pd.Timestamp(year, month, 1) if plausible else None
