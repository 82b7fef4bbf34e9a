"""What a reader can read off the traffic: for each period of a source its figures, and what the release allows them to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from traffic import Traffic

from inquiries.facts import TOTAL
from inquiries.published_figures import figures
from inquiries.release import Release
from inquiries.words import Words, sentences

NUMBER = re.compile(r"\d[\d.,]*\d|\d")
CODES = {
    "month": re.compile(r"\d{4}-\d{2}"),
    "quarter": re.compile(r"\d{4}Q\d"),
    "year": re.compile(r"\d{4}"),
}
FIGURES = ("count", "expected", "low", "high", "tip")
# Tables of a chart that hold none: shaded phases, where a note stands, the mark of sample data.
FURNITURE = ({"month", "end", "label", "height"}, {"month"}, {"sample"})
Period = tuple[str, str]


@dataclass(frozen=True)
class Reader:
    """One language's way to read a period in a label and a figure in a text."""

    words: Words
    periods: dict[str, Period]

    def period(self, label: str) -> Period | None:
        """The period of a label, or of a code such as 2020-04, 2020Q2 or 2020."""
        for kind, code in CODES.items():
            if code.fullmatch(label):
                return kind, label
        return self.periods.get(label.replace("\\", ""))

    def numbers(self, text: str) -> set[str]:
        """The numbers of a text, but for those in the names of periods."""
        for label in sorted(self.periods, key=len, reverse=True):
            text = text.replace(label, "").replace(label.capitalize(), "")
        return set(NUMBER.findall(text))


def reader_of(release: Release, words: Words) -> Reader:
    """Every label the pages give a month, quarter or phase."""
    labels: dict[str, Period] = {}
    months = pd.date_range("2015-01-01", "2028-12-01", freq="MS")
    for month in months:
        labels[words.month(month)] = ("month", month.strftime("%Y-%m"))
        if month.month % 3 == 1:
            name = words.months(month, month + pd.DateOffset(months=2))
            labels[name] = ("quarter", f"{month.year}Q{month.quarter}")
    for phase in release.ask("release/phases").itertuples():
        span = words.months(phase.first_month, phase.last_month)
        for name in (words.of(phase, "label"), words.of(phase, "short")):
            labels |= dict.fromkeys((name, f"{name} ({span})"), ("phase", phase.phase))
        labels.setdefault(span, ("phase", phase.phase))
    return Reader(words, labels)


@dataclass(frozen=True)
class Read:
    """What was read: counts by period, all numbers by period, and tables that nobody knows."""

    counts: set[tuple[Period, str]]
    numbers: set[tuple[Period, str]]
    unknown: list[list[str]]


def read(traffic: Traffic, reader: Reader) -> Read:
    counts, numbers, unknown = set(), set(), []
    for table in traffic.tables:
        if set(table) in FURNITURE or _is_reference(table, reader.words):
            continue
        rows = list(_rows(table, reader))
        if not rows:
            unknown.append([str(column) for column in table])
        for period, own in rows:
            numbers |= {(period, number) for text in own.values() for number in _all(text, reader)}
            counts |= {(period, number) for number in _counts(own, reader)}
    return Read(counts, numbers, unknown)


def _rows(table: pd.DataFrame, reader: Reader) -> Iterator[tuple[Period, dict[str, Any]]]:
    """Each row that is about a period, without its label."""
    label = str(table.columns[0])
    for row in table.to_dict("records"):
        named = {str(name): value for name, value in row.items()}
        first = named.pop(label)
        if label == "month":
            period: Period | None = ("month", str(first)[:7])
        else:
            period = reader.period(str(first))
        if period and (label != "month" or set(named) & set(FIGURES)):
            yield period, named


def _all(value: Any, reader: Reader) -> set[str]:
    """The numbers of a cell of a table; a fraction that is no text is told to its last digit."""
    if value is None or value != value:
        return set()
    if isinstance(value, str):
        return reader.numbers(value)
    whole = float(value).is_integer()
    return {reader.words.number(value) if whole else repr(float(value))}


def _counts(row: dict[str, Any], reader: Reader) -> set[str]:
    found = _all(row.get("count"), reader) | _all(row.get(reader.words("table.observed")), reader)
    tip = reader.words("chart.tip", month="", count="(\\S+)", unit="")
    told = re.search(tip.strip(), str(row.get("tip", "")))
    return found | ({told[1]} if told else set())


def _is_reference(table: pd.DataFrame, words: Words) -> bool:
    """Whether a table is of those that explain: events, figures published elsewhere, law and data files."""
    all_texts = sentences(words.language).items()
    names = {text for key, text in all_texts if key.startswith(("about.column_", "known.column_"))}
    return {str(column) for column in table} <= names or _is_published(table)


def _is_published(table: pd.DataFrame) -> bool:
    """Whether a table holds the years of a figure that others have published, and no other count."""
    if set(table) != {"year", "count", "said"}:
        return False
    known = {(figure.period, figure.count) for figure in figures()}
    return {(str(row.year), row.count) for row in table.itertuples()} <= known


def allowed(release: Release, source: str, words: Words) -> dict[Period, set[str]]:
    """For each period every number that follows from the released figures of the source's total."""
    choice = {"source": source, **TOTAL}
    found: dict[Period, set[str]] = {}
    for row in release.ask("release/months", **choice).itertuples():
        values = [row.count, row.expected, row.low, row.high]
        found["month", row.month.strftime("%Y-%m")] = _told(values, words)
    for kind in ("quarter", "year", "phase"):
        for row in release.ask("release/periods", period_kind=kind, **choice).itertuples():
            found[kind, row.period] = _told([row.count], words)
    for row in release.ask("release/effects", **choice).itertuples():
        values = [row.observed, row.expected, row.low, row.high]
        values += [100 * (1 - ratio) for ratio in (row.rate_ratio, row.rr_low, row.rr_high)]
        found.setdefault((row.period_kind, row.period), set()).update(_told(values, words))
    return found


def said(release: Release, source: str, words: Words) -> set[str]:
    """Every number a sentence may say of the source: those of its periods, and what was missing when."""
    found = set().union(*allowed(release, source, words).values())
    missing = release.ask("release/missing", source=source, **TOTAL)["missing"]
    peak, end = float(missing.max()), float(missing.iloc[-1])
    effects = release.ask("release/effects", source=source, **TOTAL)
    net = list(effects["observed"] - effects["expected"])
    rounded = list(effects["observed"].round() - effects["expected"].round())
    return found | _told([peak, end, peak - end, *net, *rounded], words)


def _told(values: list[Any], words: Words) -> set[str]:
    """The numbers as they are told: to the last digit, whole, or with one decimal; the sign stands beside."""
    there = [float(value) for value in values if pd.notna(value)]
    texts = [words.number(abs(value), decimals) for value in there for decimals in (0, 1)]
    return {*texts, *(repr(value) for value in there)}
