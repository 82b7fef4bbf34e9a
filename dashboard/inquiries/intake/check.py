"""Cells to codes: months, closed lists and counts, each right or a problem with line and column."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from inquiries.intake.month import parse_month
from inquiries.intake.problem import Problem, echo
from inquiries.intake.read import Line
from inquiries.store import Source
from inquiries.vocabulary import REGISTERED, vocabulary

_WHOLE_NUMBER = re.compile(r"[0-9]{1,7}")


def check_rows(
    lines: list[Line], source: Source, newest_month: pd.Timestamp
) -> tuple[pd.DataFrame, list[Problem]]:
    """The rows as codes in the columns of `REGISTERED`, or every problem in the lines."""
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    seen: dict[tuple[Any, ...], int] = {}
    for line in lines:
        row, wrong = _check_line(line, source, newest_month)
        problems += wrong
        if wrong:
            continue
        key = tuple(row[column] for column in REGISTERED[:-1])
        if key in seen:
            problems.append(Problem("repeated_row", line=line.number, facts={"first": seen[key]}))
        seen.setdefault(key, line.number)
        rows.append(row)
    return pd.DataFrame(rows, columns=list(REGISTERED)), problems


def _check_line(
    line: Line, source: Source, newest_month: pd.Timestamp
) -> tuple[dict[str, Any], list[Problem]]:
    row: dict[str, Any] = dict.fromkeys(REGISTERED, "")
    problems: list[Problem] = []
    for column, text in line.cells.items():
        value, code, facts = _value(column, text, source, newest_month)
        if code:
            problems.append(Problem(code, line=line.number, column=column, facts=facts))
        elif column != "source":
            row[column] = value
    return row, problems


def _value(
    column: str, text: str, source: Source, newest_month: pd.Timestamp
) -> tuple[Any, str, dict[str, Any]]:
    """A cell's value, or the code and facts of what is wrong with it."""
    if not text:
        return None, "empty_cell", {}
    if column == "month":
        return _month(text, newest_month)
    if column == "count":
        found = _WHOLE_NUMBER.fullmatch(text)
        return (int(text), "", {}) if found else (None, "count", {"found": echo(text)})
    if column == "source":
        return _source(text, source)
    return _label(column, text)


def _month(text: str, newest_month: pd.Timestamp) -> tuple[Any, str, dict[str, Any]]:
    month = parse_month(text)
    if month is None:
        return None, "month", {"found": echo(text)}
    if month > newest_month:
        return None, "future_month", {"month": month, "newest": newest_month}
    return month, "", {}


def _source(text: str, source: Source) -> tuple[Any, str, dict[str, Any]]:
    names = {source.source.casefold(), source.name_da.casefold(), source.name_en.casefold()}
    return (text, "", {}) if text.casefold() in names else (None, "other_source", {})


def _label(column: str, text: str) -> tuple[Any, str, dict[str, Any]]:
    code = vocabulary().code(column, text)
    if code is not None:
        return code, "", {}
    near = {lang: vocabulary().nearest(column, text, lang) for lang in ("da", "en")}
    return None, "label_near" if near["da"] else "label", {"near": near, "length": len(text)}
