"""What a reader can read off the traffic: for each place of a source its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from traffic import Element, Traffic

from inquiries.drop.baselines import SHOWN
from inquiries.published_figures import figures
from inquiries.release import Release
from inquiries.vocabulary import vocabulary
from inquiries.words import Words, sentences

NUMBER = re.compile(r"\d[\d.,]*\d|\d")
CODES = {
    "month": re.compile(r"\d{4}-\d{2}"),
    "quarter": re.compile(r"\d{4}Q\d"),
    "year": re.compile(r"\d{4}"),
}
FIGURES = {"count", "expected", "low", "high", "tip", "missing", "residual", "zero"}
SIDE_BY_SIDE = {"change", "start", "end", "tip"}
# Tables of a chart that hold none: shaded phases, where a note stands, what is said beside a line,
# the mark of sample data, and the ends of an axis.
FURNITURE = (
    {"month", "end"},
    {"month", "label", "height"},
    {"month"},
    {"sample"},
    {"said"},
    {"hidden"},
    {"guide"},
    {"label", "folded", "spare", "head", "standing"},
    {"note", "spare", "head"},
    {"edge", "at", "ink"},
    {"column", "row"},
    {"column", "row", "short", "ink"},
    {"west", "east", "north", "south"},
    {"said", "fill", "at"},
    {"at"},
    {"sample", "at"},
    {"label", "ink", "height"},
    {"name", "year", "height"},
)
# Each tile of the map, and what it says.
TILES = {"column", "row", "fill", "tip"}
# How a row is drawn tells nothing of a place.
LOOKS = {"ink", "provisional"}
# What a chart of the explored figures tells of a place, by what it is called elsewhere.
EXPLORED = {"value": "count", "number": "number", "tip": "tip"}
Period = tuple[str, str]
Group = tuple[str, str]
# A dimension and its value (empty for all), a kind of figure, and what it is of: a period or a name.
Place = tuple[str, str, str, str]
ALL: Group = ("", "")


@dataclass(frozen=True)
class Choice:
    """What a page was asked for: a phase, all or one group, and a dimension to break down by, if any."""

    phase: str = "lockdown_1"
    group: Group = ALL
    by: str = ""


@dataclass(frozen=True)
class Reader:
    """One language's way to read a period or a group in a label, and a figure in a text."""

    words: Words
    choice: Choice
    months: dict[str, Period]
    periods: dict[str, Period]
    groups: dict[str, Group]

    def period(self, label: str, column: str) -> Period | None:
        """The period of a label, or of a code such as 2020-04, 2020Q2 or 2020; a phase may be called after its month."""
        if column == self.words("table.month") and label in self.months:
            return self.months[label]
        for kind, code in CODES.items():
            if code.fullmatch(label):
                return kind, label
        return self.periods.get(label.replace("\\", ""))

    def place(self, name: str) -> Group:
        """A municipality by its name."""
        code = vocabulary().code("municipality", name)
        assert code is not None, name
        return "municipality", code

    def numbers(self, text: str) -> set[str]:
        """The numbers of a text, but for those in the names of periods and groups."""
        return set(NUMBER.findall(self._names.sub("", text)))

    @cached_property
    def _names(self) -> re.Pattern[str]:
        labels = sorted([*self.periods, *self.groups], key=len, reverse=True)
        return re.compile("|".join(map(re.escape, labels)), re.IGNORECASE)

    def basis(self, label: str) -> str | None:
        """The baseline of a name in the table of comparisons."""
        return next((one for one in SHOWN if self.words(f"drop.basis_{one}") == label), None)


def reader_of(release: Release, words: Words, choice: Choice) -> Reader:
    """Every label the pages give a month, quarter or phase, and the groups of the chosen dimension."""
    span = pd.date_range("2015-01-01", "2028-12-01", freq="MS")
    months = {words.month(month): ("month", f"{month:%Y-%m}") for month in span}
    labels = dict(months)
    for month in span:
        if month.month % 3 == 1:
            name = words.months(month, month + pd.DateOffset(months=2))
            labels[name] = ("quarter", f"{month.year}Q{month.quarter}")
    for phase in release.ask("release/phases").itertuples():
        during = words.months(phase.first_month, phase.last_month)
        for name in (words.of(phase, "label"), words.of(phase, "short")):
            labels |= dict.fromkeys((name, f"{name} ({during})"), ("phase", phase.phase))
        labels.setdefault(during, ("phase", phase.phase))
    values = release.ask("release/labels", dimension=choice.by)
    groups = {words.of(one, "label"): (choice.by, one.code) for one in values.itertuples()}
    return Reader(words, choice, months, labels, groups)


@dataclass(frozen=True)
class Read:
    """What was read: counts by place, all numbers by place, and tables that nobody knows."""

    counts: set[tuple[Place, str]]
    numbers: set[tuple[Place, str]]
    unknown: list[list[str]]


def read(traffic: Traffic, reader: Reader) -> Read:
    counts, numbers, unknown = set(), set(), []
    for element in traffic.elements:
        for table in element.tables:
            if set(table) in FURNITURE or _is_reference(table, reader.words):
                continue
            rows = list(_rows(table, element, reader))
            if not rows:
                unknown.append([str(column) for column in table])
            for place, own in rows:
                numbers |= {(place, one) for value in own.values() for one in _all(value, reader)}
                counts |= {(place, number) for number in _counts(own, reader)}
    return Read(counts, numbers, unknown)


def _rows(
    table: pd.DataFrame, element: Element, reader: Reader
) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Each row that is about a place, without its label."""
    chosen, phase = reader.choice.group, reader.choice.phase
    labels = [label for one in element.tables if "folded" in one for label in one["label"]]
    ends = {end for one in element.tables if "edge" in one for end in one["edge"]}
    heights = sorted({height for one in element.tables if "at" in one for height in one["at"]})
    for row in table.to_dict("records"):
        own = {str(name): value for name, value in row.items() if name not in LOOKS}
        if place := _explored(own, reader):
            told_of = {EXPLORED[name]: own[name] for name in EXPLORED.keys() & own.keys()}
            # Before the colon of "2019: 12" stands what the figure is of.
            yield place, told_of | {"tip": str(own.get("tip", "")).rpartition(": ")[2]}
        elif set(own) == {"change"}:  # the line of no change, or of the total
            yield (*ALL, "phase", phase), own
        elif "at" in own:
            label = labels[heights.index(own["at"])]
            shown = {name: own[name] for name in own.keys() & SIDE_BY_SIDE if own[name] not in ends}
            yield _side_by_side(label, reader), shown
        elif "basis" in own:
            yield (*reader.choice.group, own["basis"], own["period"]), _as_numbers(own)
        elif "lag" in own:
            yield (*chosen, "lag", str(own.pop("lag"))), own
        elif set(own) == TILES:
            name, _, said = own["tip"].partition(": ")
            yield (*reader.place(name), "year", element.title.split()[-1]), _count(said, reader)
        elif reader.words("table.whole_year") in own:
            yield from _quarters_and_year(list(own.values()), reader)
        else:
            yield from _labelled(own, element, reader)


def _explored(own: dict[str, Any], reader: Reader) -> Place | None:
    """The place of a row of a chart of the explored figures: by value and month or year, or by year and month."""
    if "code" in own and "month" in own:
        group = (reader.choice.by, own["code"]) if own["code"] else reader.choice.group
        return (*group, "month", str(own["month"])[:7])
    if "across" in own:
        return (*reader.groups[own["down"]], "year", own["across"])
    if "year" in own and "at" in own:
        return (*reader.choice.group, "month", f"{own['year']}-{own['at']:02}")
    return None


def _labelled(
    own: dict[str, Any], element: Element, reader: Reader
) -> Iterator[tuple[Place, dict[str, Any]]]:
    """A row that begins with its label: a month of a chart, a period, a group, a baseline, a fact of the fit."""
    name = next(iter(own))
    label = str(own.pop(name))
    group = reader.groups.get(element.title, reader.choice.group)
    if label in reader.groups and all(CODES["year"].fullmatch(column) for column in own):
        of_years = ((year, {"count": count}) for year, count in own.items())
        yield from (((*reader.groups[label], "year", year), count) for year, count in of_years)
    elif name == "month":
        if set(own) & FIGURES:
            yield (*group, _kind_of(element), label[:7]), own
    elif name == reader.words("fit.what"):
        yield (*group, "fit", ""), own
    elif name == reader.words("dimension.municipality"):
        ((year, cell),) = own.items()
        yield (*reader.place(label), "year", year), _count(cell, reader)
    elif label in reader.groups or reader.basis(label):
        yield _side_by_side(label, reader), own
    elif (period := reader.period(label, name)) and set(own) & set(reader.groups):
        yield from (((*reader.groups[of], *period), {"count": own[of]}) for of in own)
    elif period:
        is_missing = reader.words("table.missing") in own
        yield (*group, "missing" if is_missing else period[0], period[1]), own


def _quarters_and_year(cells: list[Any], reader: Reader) -> Iterator[tuple[Place, dict[str, Any]]]:
    """A row of a municipality's table: its year, then the count of each quarter and of the whole year."""
    year, *counts = cells
    places = [*(("quarter", f"{year}Q{number}") for number in range(1, 5)), ("year", year)]
    for place, count in zip(places, counts, strict=True):
        yield (*reader.choice.group, *place), _count(count, reader)


def _count(cell: str, reader: Reader) -> dict[str, Any]:
    """A count or a mark, as it stands in a table."""
    return {reader.words("table.observed"): cell}


def _side_by_side(label: str, reader: Reader) -> Place:
    """The place of a row of groups or of baselines."""
    if basis := reader.basis(label):
        return (*reader.choice.group, basis, reader.choice.phase)
    return (*reader.groups[label], "phase", reader.choice.phase)


def _kind_of(chart: Element) -> str:
    """What a chart shows of its months."""
    fields = {name for table in chart.tables for name in table}
    return next((kind for kind in ("missing", "residual") if kind in fields), "month")


def _as_numbers(own: dict[str, Any]) -> dict[str, Any]:
    """What is a number of a row of a file; the sign, and what keeps it from being a formula, stand beside."""
    found = {name: str(value).lstrip("'-") for name, value in own.items()}
    return {
        name: float(value)
        for name, value in found.items()
        if re.match(r"\d+(\.\d*)?(e-?\d+)?$", value)
    }


def _all(value: Any, reader: Reader) -> set[str]:
    """The numbers of a cell of a table, without signs; a fraction that is no text is told closely."""
    if value is None or value != value:
        return set()
    return reader.numbers(value) if isinstance(value, str) else {told(value, reader.words)}


def told(value: float, words: Words) -> str:
    """A number as it stands in a table of a chart: a whole one as in a text, another closely."""
    size = abs(float(value))
    return words.number(size) if size.is_integer() else f"{size:.9g}"


def _counts(row: dict[str, Any], reader: Reader) -> set[str]:
    names = ("count", reader.words("table.observed"), reader.words("explore.column_count"))
    found = set().union(*(_all(row.get(name), reader) for name in names))
    tip = reader.words("chart.tip", month="", count="(\\S+)", unit="")
    said = re.search(tip.strip(), str(row.get("tip", ""))) if "count" in row else None
    return found | ({said[1]} if said else set())


def _is_reference(table: pd.DataFrame, words: Words) -> bool:
    """Whether a table is of those that explain: events, figures published elsewhere, law, data files and contacts."""
    all_texts = sentences(words.language).items()
    names = {
        text
        for key, text in all_texts
        if key.startswith(("about.column_", "known.column_", "print."))
    }
    return {str(column) for column in table} <= names or _is_published(table)


def _is_published(table: pd.DataFrame) -> bool:
    """Whether a table holds the years of a figure that others have published, and no other count."""
    if set(table) != {"year", "count", "said"}:
        return False
    known = {(figure.period, figure.count) for figure in figures()}
    return {(str(row.year), row.count) for row in table.itertuples()} <= known
