"""Looks through the whole text and the file's name for personal data before anything else is done.

Each distinct piece between two separators is looked at once, and only pieces that are personal are
looked for line by line. Whatever is found, the value itself is never told.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from inquiries.intake.decode import physical_lines
from inquiries.intake.header import Header, find_header
from inquiries.intake.problem import Problem
from inquiries.intake.traces import (
    ANYWHERE_GATE,
    LABEL_GATE,
    anywhere,
    columns_of_persons,
    in_label,
    plain_signs,
)
from inquiries.vocabulary import REGISTERED

MOST_FOUND = 100  # nobody needs more places to know that the file must go
# So many different pieces are looked at closely, and none that is longer than a line may be; a
# file with more that look personal at first sight is taken for what it seems.
MOST_SUSPECTS, LONGEST_SUSPECT = 10_000, 20_000
FEW = 400
UNSURE = "personal_text"

_LABELS = set(REGISTERED[1:-1])
_SEPARATORS = re.compile(r"[;\t|\n]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PAIRS_OF_FIGURES = re.compile(r"\d\d \d\d \d\d \d\d")
_MONTH_FIRST = re.compile(r"\W?(?:\d{4}[-./]\d\d|\d\d[-./]\d{4})\b")


@dataclass(frozen=True, slots=True)
class _Suspect:
    """What a piece of text is where anything may stand, and what where a label should be."""

    anywhere: str
    in_label: str


def find_personal(text: str, name: str = "") -> list[Problem]:
    """What seems to be personal data: its lines, and its columns where they are known.

    `name` is the file's own name; a problem with it has no line.
    """
    found = [Problem("personal_file_name")] if _is_suspect_name(name) else []
    header, _ = find_header(text)
    if header:
        found += _columns(text, header)
    suspects = _suspects(text, header)
    if suspects:
        found += islice(_found(text, header, suspects), MOST_FOUND)
    return found


def _is_suspect_name(name: str) -> bool:
    """A file may bear its sender's name, but no number or address of a person."""
    return anywhere(plain_signs(name)[:LONGEST_SUSPECT]) not in ("", "personal_name")


def _columns(text: str, header: Header) -> list[Problem]:
    """The columns that registers about persons have, by their own names: those are on a list."""

    def is_empty(place: int) -> bool:
        rows = islice(text.split("\n"), header.last_line, None)
        cells = (row.split(header.delimiter)[place : place + 1] for row in rows)
        return not any(cell[0].strip(' "') for cell in cells if cell)

    persons = columns_of_persons(header.names, is_empty)
    return [Problem("personal_column", header.line, column) for column in persons]


def _suspects(text: str, header: Header | None) -> dict[str, _Suspect]:
    """The distinct pieces that are personal, at the least where a label should be."""
    pieces = list(dict.fromkeys(_parts(text, header)))
    plain = plain_signs("\n".join(pieces)).split("\n")
    loose, labels = _at_first_sight(plain)
    suspects: dict[str, _Suspect] = {}
    for looked_at, place in enumerate((loose | labels).nonzero()[0]):
        near = looked_at < MOST_SUSPECTS and len(plain[place]) <= LONGEST_SUSPECT
        suspect = _Suspect(
            _close(plain[place], near, header) if loose[place] else "",
            (in_label(plain[place].strip()) if near else UNSURE) if labels[place] else "",
        )
        if suspect.anywhere or suspect.in_label:
            suspects[pieces[place]] = suspect
    return suspects


def _at_first_sight(plain: list[str]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which pieces are worth a close look anywhere, and which where a label should be.

    Few short ones are looked at closely all: making the gates ready takes longer than that.
    """
    if len(plain) <= FEW and sum(map(len, plain)) <= LONGEST_SUSPECT:
        return np.ones(len(plain), bool), np.ones(len(plain), bool)
    table = pd.Series(plain, dtype="str")
    return table.str.contains(ANYWHERE_GATE).to_numpy(), table.str.contains(LABEL_GATE).to_numpy()


def _parts(text: str, header: Header | None) -> list[str]:
    """The pieces between separators; of a text without a header, between all usual ones."""
    if header is None:
        return _SEPARATORS.split(text)
    return text.replace("\n", header.delimiter).split(header.delimiter)


def _close(text: str, near: bool, header: Header | None) -> str:
    """What a piece is when looked at closely, if it is; pairs in a row of counts are no telephone."""
    if not near:
        return UNSURE
    code = anywhere(text)
    is_row = header is None and _MONTH_FIRST.match(text) and _PAIRS_OF_FIGURES.search(text)
    return "" if code == "personal_phone" and is_row else code


def _found(text: str, header: Header | None, suspects: dict[str, _Suspect]) -> Iterator[Problem]:
    """Each line and column where a suspect piece is personal, once."""
    columns = header.columns if header else []
    for number, line in physical_lines(text):
        parts = _parts(line.rstrip("\n"), header)
        if suspects.keys().isdisjoint(parts):
            continue
        is_row = header is not None and number > header.last_line and len(parts) > 1
        cells = _cells(line.rstrip("\n"), parts, header)
        places = _in_line(parts, cells, columns if is_row else [], suspects)
        for code, column in dict.fromkeys(places):
            yield Problem(code, line=number, column=column)


def _cells(line: str, parts: list[str], header: Header | None) -> list[str]:
    """A line's cells, by its quotes unless it is longer than the CSV reader takes."""
    if header is not None and header.quote in line:
        with suppress(csv.Error):
            return next(csv.reader([line], delimiter=header.delimiter, quotechar=header.quote))
    return parts


def _in_line(
    parts: list[str], cells: list[str], columns: list[str | None], suspects: dict[str, _Suspect]
) -> Iterator[tuple[str, str | None]]:
    """The codes of a line's personal parts, each with the column it stands in."""
    month = cells[columns.index("month")] if "month" in columns[: len(cells)] else ""
    for place, part in enumerate(parts):
        if part not in suspects:
            continue
        if len(cells) != len(parts):
            holding = (at for at, cell in enumerate(cells) if part.strip('" ') in cell)
            place = next(holding, len(columns))
        column = columns[place] if place < len(columns) else None
        code = suspects[part].anywhere
        if not code and columns and (column is None or column in _LABELS):
            code = suspects[part].in_label
            if code == "personal_born" and _is_of_the_time(part, month):
                continue
        if code:
            yield code, column


def _is_of_the_time(date: str, month: str) -> bool:
    """Whether a date is of its row's own time, as Excel makes one of "10-12": no one is born then."""
    own, others = _YEAR.findall(date), _YEAR.findall(month)
    return bool(own and others) and abs(int(own[0]) - int(others[0])) <= 1
