"""Rows that add others up, and footnotes: left out, compared with the rows, and always told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from inquiries.filing import MASKED_HIGH, MASKED_LOW
from inquiries.intake.month import parse_month
from inquiries.intake.problem import WARNING, Problem
from inquiries.vocabulary import fold, vocabulary

if TYPE_CHECKING:
    from inquiries.intake.read import Lines

_WORDS = (
    r"i\s?alt|alt\s+i\s?alt|totale?r?|totalt|tot\.|sum(?:\s+i\s?alt)?|samlet|tilsammen|hovedtotal|"
    r"grand\s+total|overall|altogether"
)
_PARTS = r"sub-?total|del-?sum|mellem-?sum|mellemtotal|delresultat"
# "I alt", "Total:", "Total for København", "København i alt"; a whole word, so no label is one.
_TOTAL = re.compile(
    rf"(?:{_WORDS}|{_PARTS})\b.{{0,60}}|.{{1,60}}\s(?:{_WORDS}|{_PARTS})[.:]?", re.IGNORECASE
)
_WHOLE = re.compile(r"\d{1,3}(?:[. \xa0\u202f'’]\d{3})+|\d{1,12}")
_MARK = re.compile(r"[*#¹²³†§]|\(?\d\)|(?:note|bemærk|kilde|source|obs|nb)\b", re.IGNORECASE)
_FEWEST_LETTERS = 10
MOST_TOTALS = 500  # compared; one for each municipality and month of some
_MOST_KINDS = 8


@dataclass(frozen=True)
class Total:
    """A row that adds up others: its line, its cells, and whether only other totals stand below it."""

    line: int
    cells: dict[str, str]
    is_last: bool


def is_total(text: str) -> bool:
    """Whether a cell says that its row adds up others."""
    return _TOTAL.fullmatch(text.strip()) is not None


def is_footnote(cells: list[str], first_column: str | None) -> bool:
    """Whether a row is a sentence and not the beginning of a row that was cut off.

    It stands alone in the first cell and begins with a mark, or is words; neither a month nor a
    label of the first column begins so.
    """
    text = cells[0].strip()
    if any(map(str.strip, cells[1:])) or not re.search(r"[^\W\d_]", text):
        return False
    if _MARK.match(text):
        return True
    labels = vocabulary().of(first_column) if first_column else []
    starts = (fold(label.text(language)) for label in labels for language in ("da", "en"))
    is_words = " " in text and len(text) >= _FEWEST_LETTERS and not text[0].isdigit()
    return is_words and not any(start.startswith(fold(text)) for start in starts)


def take_totals(lines: Lines) -> tuple[Lines, list[Total]]:
    """The lines without those that add up others, and these as far as they are compared."""
    dimensions = [name for name in lines.columns if name != "count"]
    words = {
        name: {cell for cell in set(lines.columns[name]) if is_total(cell)} for name in dimensions
    }
    places = {
        place
        for name, said in words.items()
        if said
        for place, cell in enumerate(lines.columns[name])
        if cell in said
    } | _unlabelled(lines, dimensions)
    rest = [place for place in range(len(lines)) if place not in places] if places else []
    last = rest[-1] if rest else -1
    totals = [
        Total(
            lines.numbers[place],
            {name: cells[place] for name, cells in lines.columns.items()},
            place > last,
        )
        for place in sorted(places)[: MOST_TOTALS + 1]
    ]
    return lines.without(places), totals


def _unlabelled(lines: Lines, dimensions: list[str]) -> set[int]:
    """The last line when it has a count and no label: ";;;;2297"."""
    labels = [name for name in dimensions if name != "month"] or dimensions
    last = len(lines) - 1
    if last < 1 or any(lines.columns[name][last].strip() for name in labels):
        return set()
    return {last} if _whole(lines.columns["count"][last]) is not None else set()


def compare_totals(
    totals: list[Total], rows: pd.DataFrame, spellings: Mapping[tuple[str, str], str] | None = None
) -> list[Problem]:
    """Each total with the sum of the rows it speaks for: a warning when equal, else an error.

    A masked row counts as anything from the lowest to the highest it may be. Totals of ever new
    combinations of columns are not worked out: there are no tables with so many.
    """
    sums: dict[tuple[str, ...], dict[tuple[Any, ...], tuple[int, int]]] = {}
    problems = []
    for total in totals[:MOST_TOTALS]:
        labels = _labels(total, spellings or {})
        kind = tuple(labels)
        if kind not in sums and len(sums) < _MOST_KINDS:
            sums[kind] = _sums(rows, kind)
        known = sums.get(kind, {}).get(tuple(labels.values()), (0, 0))
        problems.append(_compared(total, *known))
    for total in totals[MOST_TOTALS : MOST_TOTALS + 1]:
        problems.append(Problem("subtotal_row", line=total.line))
    return problems


def _labels(total: Total, spellings: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    """What a total speaks for: its month and its labels, where it has any; None for one unknown."""
    return {
        name: parse_month(cell) if name == "month" else _code(name, cell, spellings)
        for name, cell in total.cells.items()
        if name not in ("count", "source") and cell.strip() and not is_total(cell)
    }


def _sums(rows: pd.DataFrame, names: tuple[str, ...]) -> dict[tuple[Any, ...], tuple[int, int]]:
    """For each combination of the named columns: the sum of the known counts, and how many are masked."""
    counted = rows.assign(known=rows["count"].where(~rows["masked"], 0))
    if not names:
        return {(): (int(counted["known"].sum()), int(counted["masked"].sum()))}
    found = counted.groupby(list(names), observed=True)[["known", "masked"]].sum()
    keys = found.index if len(names) > 1 else ((key,) for key in found.index)
    return {
        tuple(key): (int(known), int(masked))
        for key, known, masked in zip(keys, found["known"], found["masked"], strict=True)
    }


def _compared(total: Total, known: int, masked: int) -> Problem:
    column = next((name for name, cell in total.cells.items() if is_total(cell)), None)
    said = _whole(total.cells["count"])
    if said is not None and known + masked * MASKED_LOW <= said <= known + masked * MASKED_HIGH:
        facts = {"total": said}
        return Problem("totals_row", line=total.line, column=column, facts=facts, severity=WARNING)
    if not total.is_last:
        return Problem("subtotal_row", line=total.line, column=column)
    if said is None:
        return Problem("totals_unread", line=total.line, column="count")
    facts = {"total": said, "sum": known}
    return Problem("totals_wrong", line=total.line, column="count", facts=facts)


def _code(name: str, cell: str, spellings: Mapping[tuple[str, str], str]) -> str | None:
    return spellings.get((name, fold(cell))) or vocabulary().code(name, cell)


def _whole(text: str) -> int | None:
    found = _WHOLE.fullmatch(text.strip())
    return int(re.sub(r"\D", "", found[0])) if found else None
