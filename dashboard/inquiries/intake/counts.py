"""A count as people and Excel write it: 12, +12, 12,0, 1.234, <5; anything else is refused, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from inquiries.filing import MASKED_COUNT, MASKED_HIGH, MASKED_LOW
from inquiries.intake.month import is_excel_error, plain_form

MOST_FIGURES = 7

_PLAIN = re.compile(r"0|[1-9][0-9]*")
_WHOLE = re.compile(r"['’]?\+?([0-9]+)")
# Zeros after a decimal mark, one or two: three could as well be thousands.
_DECIMAL_ZERO = re.compile(r"\+?([0-9]+)([.,])0{1,2}")
# Points and spaces divide thousands in Danish, apostrophes in Swiss; a comma divides decimals in
# Danish and thousands in English, so "1,234" has two readings.
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:([. '’])[0-9]{3})(?:\1[0-9]{3})*(?:,0{1,2})?")
_TWO_READINGS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_DASH_ALONE = "-"

# What statistics offices and registers write for a small count that is not told. ".." is the sign
# of Statistics Denmark for a figure that may not be shown.
_HIDDEN = {"*", "**", "***", "..", "maskeret", "skjult", "diskretioneret"} | {
    "masked",
    "hidden",
    "suppressed",
}
_BELOW = re.compile(
    r"(?:<|under|færre\send|mindre\send|less\sthan|fewer\sthan|below)\s?([0-9]{1,3})"
    r"|(?:≤|<=|højst|at\smost)\s?([0-9]{1,3})"
)
_RANGE = re.compile(r"([0-9]{1,3}) ?(?:-|til|to) ?([0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class ReadCount:
    """A whole number, whether its reporter masked it, and a code when the text said it otherwise.

    Without a value, the code says what is wrong.
    """

    value: int | None
    code: str = ""
    masked: bool = False


def read_count(text: str) -> ReadCount:
    """The count a text gives where only one reading is possible."""
    if _PLAIN.fullmatch(text):
        return _sized(text, "")
    plain = plain_form(text)
    if match := _WHOLE.fullmatch(plain) or _DECIMAL_ZERO.fullmatch(plain):
        return _sized(match[1], "norm_count") if match[1].isascii() else ReadCount(None, "count")
    if _THOUSANDS.fullmatch(plain):
        whole = plain.partition(",")[0]
        return _sized("".join(filter(str.isdigit, whole)), "count_thousands")
    if plain == _DASH_ALONE:
        return ReadCount(0, "count_dash")
    return _masked(plain)


def decimal_mark(text: str) -> str:
    """The sign that parts zeros from a whole number ("12.0"); nothing when none does."""
    match = _DECIMAL_ZERO.fullmatch(plain_form(text))
    return match[2] if match else ""


def thousands_mark(text: str) -> str:
    """The sign between the thousands of a count; nothing when there is none."""
    match = _THOUSANDS.fullmatch(plain_form(text))
    return match[1] if match else ""


def _sized(figures: str, code: str) -> ReadCount:
    number = figures.lstrip("0") or "0"
    fits = len(number) <= MOST_FIGURES
    return ReadCount(int(number), code) if fits else ReadCount(None, "count_large")


def _masked(plain: str) -> ReadCount:
    bounds = (MASKED_LOW, MASKED_HIGH) if plain in _HIDDEN else _bounds(plain)
    if bounds is None:
        return ReadCount(None, _what_else(plain))
    if MASKED_LOW <= bounds[0] <= bounds[1] <= MASKED_HIGH:
        return ReadCount(MASKED_COUNT, "count_masked", masked=True)
    return ReadCount(None, "count_masked_wide")


def _bounds(plain: str) -> tuple[int, int] | None:
    """The lowest and the highest count a masked one may be; a mask of small counts is never of 0."""
    if match := _BELOW.fullmatch(plain):
        return MASKED_LOW, int(match[1]) - 1 if match[1] else int(match[2])
    if (match := _RANGE.fullmatch(plain)) and int(match[1]) < int(match[2]):
        return int(match[1]), int(match[2])
    return None


def _what_else(plain: str) -> str:
    """The code of what a text is when it is no count."""
    if is_excel_error(plain):
        return "excel_error"
    return "count_two_readings" if _TWO_READINGS.fullmatch(plain) else "count"
