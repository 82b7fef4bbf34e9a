"""One cell to a code, a month or a number: each distinct spelling of a column is judged once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from inquiries.filing import Source
from inquiries.intake.counts import decimal_mark, read_count, thousands_mark
from inquiries.intake.month import read_month
from inquiries.intake.problem import ERROR, NOTE, WARNING, echo
from inquiries.vocabulary import REGISTERED, fold, spelling_key, vocabulary

MOST_SUGGESTIONS = 200  # looking for the nearest label takes a millisecond or two
# With so many different wrong texts in a column, the others are only looked at in their plainest form.
MOST_WRONG = 1_000
_LABELS = REGISTERED[1:-1]

# Read in one way alone, but the steward must say that it was meant so.
_CONFIRMED = {"month_serial", "count_thousands", "count_masked", "count_dash"}

# Words for the whole that stand where a part is asked for: from this list alone they are repeated.
_WHOLE = {"danmark", "denmark", "hele landet", "landet", "i alt", "ialt", "alle", "total", "sum"}
_PLAIN = re.compile(r"[0-9]{1,7}|[0-9]{4}-[0-9]{2}")
_MUNICIPALITY_CODE = re.compile(r"[0-9]{3,4}")
_NAME = r"(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)"
# What Excel makes of "10-12" and "1-15": 10-12-2026, 12-okt, jan-15, 46366.
_EXCEL_DATE = re.compile(
    rf"\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{1,2}}\.?[ -]?{_NAME}\.?|{_NAME}\.?[ -]\d{{2,4}}|4\d{{4}}"
)
_MONTH_AND_FIGURES = re.compile(rf"{_NAME}-\d\d")


@dataclass(frozen=True, slots=True)
class Judged:
    """What a spelling stands for, and the code, severity and facts of what there is to say of it."""

    value: Any = None
    code: str = ""
    severity: str = NOTE
    facts: dict[str, Any] = field(default_factory=dict)
    masked: bool = False


def wrong(code: str, **facts: Any) -> Judged:
    return Judged(None, code, ERROR, facts)


_UNREAD = wrong("unread")


@dataclass
class Cells:
    """What the cells of one file are judged by; `spellings` are the source's own labels."""

    source: Source
    newest_month: pd.Timestamp
    spellings: Mapping[tuple[str, str], str]
    unknown_labels: int = 0

    def judge(self, column: str, texts: list[str]) -> list[Judged]:
        """Each of a column's distinct texts; a text may be judged by the others beside it."""
        judged, mistaken = [], 0
        for text in texts:
            is_enough = mistaken > MOST_WRONG and not _is_plain(column, text)
            judged.append(_UNREAD if is_enough else self._judge(column, text))
            mistaken += judged[-1].severity == ERROR
        if column == "count":
            return _with_one_reading(texts, judged)
        if column == "municipality":
            return _with_codes_confirmed(texts, judged)
        if column == "source" and not any(text.strip() for text in texts):
            return [Judged("", "source_empty", WARNING) for _ in texts]
        return judged

    def _judge(self, column: str, text: str) -> Judged:
        if not text.strip():
            return wrong("empty_cell")
        if column == "month":
            return self._month(text)
        if column == "count":
            return _count(text)
        if column == "source":
            return _source(text, self.source)
        return self._label(column, text)

    def _month(self, text: str) -> Judged:
        found = read_month(text)
        if found.month is None:
            return wrong(found.code, found=echo(text.strip()))
        if found.month > self.newest_month:
            return wrong("future_month", month=found.month, newest=self.newest_month)
        facts = {"found": text.strip(), "month": found.month}
        return _said(found.month, found.code, facts if found.code == "month_serial" else {})

    def _label(self, column: str, text: str) -> Judged:
        own = self.spellings.get((column, fold(text)))
        if own is not None:
            return Judged(own)
        code = vocabulary().code(column, text)
        if code is not None:
            return Judged(code, _change_of_form(column, text))
        return self._unknown(column, text)

    def _unknown(self, column: str, text: str) -> Judged:
        if known := _known_elsewhere(column, text):
            return known
        self.unknown_labels += 1
        if self.unknown_labels > MOST_SUGGESTIONS:
            return wrong("label")
        near, found = vocabulary().nearest(column, text), echo(text)
        if near is None:
            return wrong("label_found", found=found) if found else wrong("label")
        meant = _in_both(column, near)
        if found:
            return wrong("label_near_found", found=found, near=meant)
        return wrong("label_near", near=meant)


def _is_plain(column: str, text: str) -> bool:
    """Whether a text has the form that the template asks for."""
    return bool(_PLAIN.fullmatch(text)) or vocabulary().is_listed(column, text)


def _said(value: Any, code: str, facts: dict[str, Any], masked: bool = False) -> Judged:
    return Judged(value, code, WARNING if code in _CONFIRMED else NOTE, facts, masked)


def _count(text: str) -> Judged:
    found = read_count(text)
    if found.value is None:
        return wrong(found.code, found=echo(text.strip()))
    thousands = {"found": text.strip(), "read": f"{found.value}"}
    facts = thousands if found.code == "count_thousands" else {}
    return _said(found.value, found.code, facts, found.masked)


def _with_one_reading(texts: list[str], judged: list[Judged]) -> list[Judged]:
    """Thousands are refused in a file that uses their mark for decimals too, or may do so.

    Three zeros after a point in every count are what programs write that keep three decimals.
    """
    if not any(one.code == "count_thousands" for one in judged):
        return judged
    marks = {decimal_mark(text) for text in texts} - {""}
    all_zeros = len(texts) > 1 and all(text.strip().endswith(".000") for text in texts)
    return [
        wrong("count_two_readings", found=echo(text.strip()))
        if one.code == "count_thousands" and (all_zeros or thousands_mark(text) in marks)
        else one
        for text, one in zip(texts, judged, strict=True)
    ]


def _with_codes_confirmed(texts: list[str], judged: list[Judged]) -> list[Judged]:
    """Official codes among names are confirmed: one way of writing is a habit, two may be a slip."""
    are_codes = [bool(_MUNICIPALITY_CODE.fullmatch(text.strip())) for text in texts]
    known = {one for one, here in zip(are_codes, judged, strict=True) if here.value is not None}
    if len(known) < 2:
        return judged
    return [
        Judged(
            one.value, "code_among_names", WARNING, {"name": _in_both("municipality", one.value)}
        )
        if is_code and one.value is not None
        else one
        for is_code, one in zip(are_codes, judged, strict=True)
    ]


def _source(text: str, source: Source) -> Judged:
    names = {spelling_key(name) for name in (source.source, source.name_da, source.name_en)}
    return Judged(text) if spelling_key(text) in names else wrong("other_source")


def _change_of_form(column: str, text: str) -> str:
    """The code of how a known spelling differs from the list's own; nothing when it does not."""
    if vocabulary().is_listed(column, text):
        return ""
    return "norm_space" if vocabulary().is_listed(column, " ".join(text.split())) else "norm_label"


def _known_elsewhere(column: str, text: str) -> Judged | None:
    """A text that another list holds, or that Excel or a wrong character set made of a label."""
    known = vocabulary()
    for other in _LABELS:
        code = known.code(other, text)
        if other != column and code is not None:
            return wrong(
                "label_other", found=_in_both(other, code), other=_in_both("column", other)
            )
    if code := known.code("region", text):
        return wrong("label_region", found=_in_both("region", code))
    if fold(text) in _WHOLE:
        return wrong("label_whole", found=text.strip())
    if "?" in text and all(sign.isalpha() or sign in " ?./-" for sign in text):
        return wrong("label_sign")
    if column == "age_band" and _EXCEL_DATE.fullmatch(fold(text)):
        found = fold(text) if _MONTH_AND_FIGURES.fullmatch(fold(text)) else echo(text)
        return wrong("label_excel_date", found=found)
    return None


def _in_both(dimension: str, code: str) -> dict[str, str]:
    return {language: vocabulary().text(dimension, code, language) for language in ("da", "en")}
