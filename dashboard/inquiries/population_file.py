"""Reads table FOLK1A as Statistics Denmark's StatBank exports it, and refuses what is not it, whole.

Two shapes are known: one line a figure (OMRÅDE; KØN; ALDER; CIVILSTAND; TID; INDHOLD, as the bank's
own interface answers), and areas down with quarters across under a title. Semicolon or tab; areas by
name or code.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from inquiries.intake.decode import decode, physical_lines
from inquiries.intake.problem import ERROR, Problem, echo
from inquiries.limits import UPLOAD_BYTES
from inquiries.vocabulary import UNKNOWN, fold, vocabulary

DELIMITERS, MOST_TITLE_LINES = (";", "\t"), 20
AREA, TIME = {"område", "region"}, {"tid", "kvartal", "time", "quarter"}
FIGURE = {"indhold", "content", "contents", "antal"}
BROKEN_DOWN = {"køn", "sex", "alder", "age", "civilstand", "marital status"}
TOTALS = {"i alt", "ialt", "tot", "total", "alder i alt", "age, total", "all ages"}
COUNTRY = {"hele landet", "all denmark", "000"}
# Areas of the table that are no municipality; Christiansø is outside them all.
OTHER_AREA = re.compile(r"(\d{2,3} )?(region|landsdel|province) .+|0?8[1-5]|0[1-9]|1[01]")
CHRISTIANSOE = {"christiansø", "411", "411 christiansø"}
CODE_AND_NAME = re.compile(r"(\d{3}) (?=\D)")
ALSO_CALLED = {"copenhagen": "101"}
QUARTER = re.compile(r"(\d{4})[kq]([1-4])", re.IGNORECASE)
WHOLE = re.compile(r"[1-9]\d{0,7}")
# The country may hold so many more than its municipalities: those of Christiansø.
MOST_OUTSIDE = 200
MOST_NAMED = 5


@dataclass(frozen=True)
class Verdict:
    """What came of a file: municipality, quarter (its first day) and population, or why it is refused."""

    figures: pd.DataFrame
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Cell:
    """One figure as it stands: its line and column, and the texts of its area, its quarter and itself."""

    line: int
    column: str
    area: str
    quarter: str
    figure: str


def examine(data: bytes, needed: Sequence[pd.Timestamp] = ()) -> Verdict:
    """Judge a file; `needed` are the first days of the quarters that there are counts for."""
    nothing = pd.DataFrame(columns=["municipality", "quarter", "population"])
    if len(data) > UPLOAD_BYTES:
        return Verdict(nothing, (Problem("too_large", facts={"most": UPLOAD_BYTES // 1_000_000}),))
    text, told = decode(data)
    problems = [problem for problem in told if problem.severity == ERROR]
    if not problems:
        cells, problems = _cells(text)
        rows, wrong = _rows(cells)
        problems += wrong
        if not problems:
            problems += [*_twice(rows), *_missing(rows), *_sums(rows), *_span(rows, needed)]
    if problems:
        return Verdict(nothing, tuple(problems))
    own = rows[rows["place"] != ""].rename(columns={"place": "municipality"})
    return Verdict(own[["municipality", "quarter", "population"]].reset_index(drop=True), ())


def _cells(text: str) -> tuple[list[_Cell], list[Problem]]:
    """Every figure of the file with where it stands; or that the file is of another shape."""
    lines = list(physical_lines(text))
    for place, delimiter in product(range(min(len(lines), MOST_TITLE_LINES)), DELIMITERS):
        header = _split(lines[place][1], delimiter)
        shape = _long if {*map(fold, header)} & TIME else _wide
        if shape is _long or any(map(QUARTER.fullmatch, header)):
            return shape(header, [(at, _split(row, delimiter)) for at, row in lines[place + 1 :]])
    return [], [Problem("population_shape", line=1)]


def _split(line: str, delimiter: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]


def _long(
    header: list[str], lines: list[tuple[int, list[str]]]
) -> tuple[list[_Cell], list[Problem]]:
    """One figure a line, each column under its name; those that break down must be all in all."""
    names = [fold(name) for name in header]
    places = [_only(names, wanted) for wanted in (AREA, TIME, FIGURE)]
    area, time, figure = places
    others = [place for place in range(len(names)) if place not in places]
    if (
        area is None
        or time is None
        or figure is None
        or not {names[one] for one in others} <= BROKEN_DOWN
    ):
        return [], [Problem("population_shape", line=1)]
    cells, problems = [], []
    for number, row in lines:
        if not any(row):
            continue
        if len(row) != len(header):
            problems.append(Problem("population_cells", number, facts={"expected": len(header)}))
            continue
        broken = [place for place in others if fold(row[place]) not in TOTALS]
        problems += [Problem("population_part", number, header[place]) for place in broken]
        cells.append(_Cell(number, header[figure], row[area], row[time], row[figure]))
    return cells, problems


def _only(names: list[str], wanted: set[str]) -> int | None:
    """Where the one column stands that is called by a wanted name."""
    found = [place for place, name in enumerate(names) if name in wanted]
    return found[0] if len(found) == 1 else None


def _wide(
    header: list[str], lines: list[tuple[int, list[str]]]
) -> tuple[list[_Cell], list[Problem]]:
    """Areas down and quarters across; what stands left of the quarters is the area, and perhaps a total."""
    first = next(place for place, name in enumerate(header) if QUARTER.fullmatch(name))
    cells, problems = [], []
    for number, row in lines:
        named = [text for text in row[:first] if text and fold(text) not in TOTALS]
        if not any(row[first:]):  # a blank line, or a note below the table
            continue
        if len(named) != 1 or len(row) != len(header):
            problems.append(Problem("population_cells", number, facts={"expected": len(header)}))
            continue
        cells += [
            _Cell(number, name, named[0], name, figure)
            for name, figure in zip(header[first:], row[first:], strict=True)
        ]
    return cells, problems


def _rows(cells: list[_Cell]) -> tuple[pd.DataFrame, list[Problem]]:
    """The figures of municipalities and of the country (an empty place); and what cannot be read."""
    rows, problems = [], []
    for cell in cells:
        place = _place(cell.area)
        quarter = QUARTER.fullmatch(cell.quarter)
        if place is None and not _is_no_municipality(fold(cell.area)):
            problems.append(Problem("population_area", cell.line))
        elif quarter is None:
            facts = {"found": echo(cell.quarter)}
            problems.append(Problem("population_quarter", cell.line, facts=facts))
        elif not WHOLE.fullmatch(cell.figure):
            facts = {"found": echo(cell.figure)}
            problems.append(Problem("population_figure", cell.line, cell.column, facts))
        elif place is not None:
            first = pd.Timestamp(int(quarter[1]), 3 * int(quarter[2]) - 2, 1)
            rows.append((place, first, int(cell.figure), cell.line, cell.column))
    columns = ["place", "quarter", "population", "line", "column"]
    return pd.DataFrame(rows, columns=columns), problems


def _place(area: str) -> str | None:
    """The code of a municipality, an empty text for the country, None for another area."""
    name = fold(area)
    if name in COUNTRY or name.removeprefix("000 ") in COUNTRY:
        return ""
    coded = CODE_AND_NAME.match(name)
    code = vocabulary().code("municipality", coded[1] if coded else name)
    return ALSO_CALLED.get(name) if code in (None, UNKNOWN) else code


def _is_no_municipality(name: str) -> bool:
    return name in CHRISTIANSOE or OTHER_AREA.fullmatch(name) is not None


def _twice(rows: pd.DataFrame) -> Iterator[Problem]:
    for row in rows[rows.duplicated(["place", "quarter"])].itertuples():
        yield Problem("population_twice", row.line, row.column, {"quarter": _name(row.quarter)})


def _missing(rows: pd.DataFrame) -> Iterator[Problem]:
    """The municipalities that a quarter of the file lacks."""
    known = {label.code: label.label_da for label in vocabulary().of("municipality")}
    del known[UNKNOWN]
    if rows.empty:
        yield Problem("population_shape", line=1)
    for quarter, own in rows.groupby("quarter"):
        absent = [name for code, name in known.items() if code not in set(own["place"])]
        if absent:
            names = ", ".join(absent[:MOST_NAMED]) + (" …" if absent[MOST_NAMED:] else "")
            facts = {"quarter": _name(quarter), "number": len(absent), "names": names}
            yield Problem("population_missing", facts=facts)


def _sums(rows: pd.DataFrame) -> Iterator[Problem]:
    """Where the country's own figure is not what its municipalities make together."""
    sums = rows[rows["place"] != ""].groupby("quarter")["population"].sum()
    for row in rows[rows["place"] == ""].itertuples():
        if not 0 <= row.population - sums.get(row.quarter, 0) <= MOST_OUTSIDE:
            yield Problem("population_sum", row.line, row.column, {"quarter": _name(row.quarter)})


def _span(rows: pd.DataFrame, needed: Sequence[pd.Timestamp]) -> Iterator[Problem]:
    absent = [quarter for quarter in needed if quarter not in set(rows["quarter"])]
    if absent:
        facts = {"quarters": _runs(absent), "first": _name(needed[0]), "last": _name(needed[-1])}
        yield Problem("population_span", facts=facts)


def _runs(quarters: list[pd.Timestamp]) -> str:
    """Quarters as StatBank calls them, those in a row by their ends: 2016K1-2016K3, 2020K4."""
    ordinals = np.array([4 * quarter.year + quarter.quarter for quarter in quarters])
    runs = pd.Series(quarters).groupby(ordinals - np.arange(len(quarters)))
    ends = [(_name(own.iloc[0]), _name(own.iloc[-1])) for _, own in runs]
    return ", ".join(first if first == last else f"{first}-{last}" for first, last in ends)


def _name(quarter: pd.Timestamp) -> str:
    return f"{quarter.year}K{quarter.quarter}"


def quarters_of(first: pd.Timestamp, last: pd.Timestamp) -> list[pd.Timestamp]:
    """The first days of the quarters from one month to another."""
    return list(pd.date_range(first.to_period("Q").start_time, last, freq="QS"))
