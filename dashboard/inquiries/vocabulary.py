"""The closed lists: which words a file may use, the codes they stand for, and the labels readers see."""

from __future__ import annotations

import csv
import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pandas as pd

from inquiries.faults import Fault
from inquiries.home import PROJECT

REFERENCE = PROJECT / "data" / "reference"

# The columns of a stored row, in the order of the template; a source registers some of them.
REGISTERED = (
    "month",
    "municipality",
    "channel",
    "theme",
    "inquirer",
    "age_band",
    "gender",
    "count",
)
# What a count is broken down by where it is exact.
COUNTED = REGISTERED[1:-1]
# What a source may register: its months alone, or everything.
PROFILES = {"totals": ("month", "count"), "full": REGISTERED}
# The dimensions a released figure may be shown by; the region follows from the municipality.
DIMENSIONS = ("region", "channel", "theme", "inquirer", "age_band", "gender")
# The municipalities too, which are shown alone, where the lists have them.
WITH_MUNICIPALITY = ("region", "municipality", *DIMENSIONS[1:])
UNKNOWN = "unknown"
FOREVER = pd.Timestamp("2199-12-01")

_NEAR_ENOUGH = 0.72  # similarity above which a label is offered as "did you mean"
_LONGEST_SOUGHT = 80  # no label is longer, and the time grows with the length
_DASH = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True)
class Label:
    """One value of a dimension: its code, the group it belongs to, and what readers see."""

    dimension: str
    code: str
    group: str
    accepted: bool
    published: bool
    rank: int
    label_da: str
    label_en: str
    spellings: tuple[str, ...] = ()

    def text(self, language: str) -> str:
        return self.label_en if language == "en" else self.label_da


class Vocabulary:
    """Look-ups over the labels: from a spelling to its code, from a code to its label."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self.labels = tuple(labels)
        self._by_code = {(label.dimension, label.code): label for label in self.labels}
        self._by_spelling: dict[str, dict[str, str]] = {}
        self._listed: set[tuple[str, str]] = set()
        for label in filter(lambda label: label.accepted, self.labels):
            listed = (label.code, label.label_da, label.label_en)
            self._listed |= {(label.dimension, text) for text in listed}
            spelled = self._by_spelling.setdefault(label.dimension, {})
            spelled |= {spelling_key(text): label.code for text in (*listed, *label.spellings)}

    def code(self, dimension: str, spelling: str) -> str | None:
        """The code a spelling stands for, or None when the list does not hold it."""
        return self._by_spelling.get(dimension, {}).get(spelling_key(spelling))

    def is_listed(self, dimension: str, text: str) -> bool:
        """Whether a text is a code or a label just as the list writes it."""
        return (dimension, text) in self._listed

    def nearest(self, dimension: str, spelling: str) -> str | None:
        """The code whose label is nearest to an unknown spelling, or None when none is near."""
        known = self._by_spelling.get(dimension, {})
        sought = spelling_key(spelling[:_LONGEST_SOUGHT])
        near = difflib.get_close_matches(sought, known, n=1, cutoff=_NEAR_ENOUGH)
        return known[near[0]] if near else None

    def text(self, dimension: str, code: str, language: str) -> str:
        """The label of a code."""
        return self._by_code[dimension, code].text(language)

    def of(self, dimension: str) -> list[Label]:
        """The labels of a dimension in their own order."""
        return sorted(
            (label for label in self.labels if label.dimension == dimension),
            key=lambda label: label.rank,
        )

    def accepted(self, dimension: str) -> list[Label]:
        """Those of them that a file may use."""
        return [label for label in self.of(dimension) if label.accepted]


def fold(text: str) -> str:
    """A spelling without case, surrounding space and differences of composed letters."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def spelling_key(text: str) -> str:
    """A spelling folded further: every dash alike, no space round it, nothing unseen, _ as a space."""
    return _DASH.sub("-", fold(text.translate(_UNSEEN).replace("_", " ")))


def read_table(name: str, folder: Path = REFERENCE) -> list[dict[str, str]]:
    """The rows of a reference file."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def vocabulary() -> Vocabulary:
    """The labels of `data/reference/`, the municipalities and the regions among them."""
    return Vocabulary([*_listed_labels(), *_municipality_labels(), *_region_labels()])


def _listed_labels() -> list[Label]:
    return [
        Label(
            dimension=row["dimension"],
            code=row["code"],
            group=row["group"],
            accepted=row["accepted"] == "yes",
            published=row["published"] == "yes",
            rank=int(row["order"]),
            label_da=row["label_da"],
            label_en=row["label_en"],
            spellings=tuple(filter(None, row["spellings"].split("|"))),
        )
        for row in read_table("labels")
    ]


def _municipality_labels() -> list[Label]:
    rows = read_table("municipalities")
    named = [
        _place("municipality", row["code"], rank, row["name"], row["name"], spelled(row))
        for rank, row in enumerate(rows)
    ]
    unknown = ("ukendt", "ved ikke", "not stated")
    return [*named, _place("municipality", UNKNOWN, len(rows), "Uoplyst", "Not stated", unknown)]


def spelled(municipality: dict[str, str]) -> tuple[str, ...]:
    """How else a municipality is written: with "Kommune", a leading zero, å or aa, a space for "-"."""
    name, code = municipality["name"], municipality["code"]
    single, double = (("Aa", "Å"), ("aa", "å")), (("Å", "Aa"), ("å", "aa"))
    names = {name, _replaced(name, single), _replaced(name, double)}
    names |= {name.replace("-", " ") for name in names}
    with_ending = {f"{name}{ending}" for name in names for ending in (" Kommune", "s Kommune")}
    return (*names, *with_ending, f"{name}s Regionskommune", code.zfill(4))


def _replaced(name: str, pairs: Iterable[tuple[str, str]]) -> str:
    for old, new in pairs:
        name = name.replace(old, new)
    return name


def _region_labels() -> list[Label]:
    rows = read_table("regions")
    named = [
        _place("region", row["region"], rank, row["name_da"], row["name_en"])
        for rank, row in enumerate(rows)
    ]
    return [*named, _place("region", UNKNOWN, len(rows), "Uoplyst", "Not stated")]


def _place(
    dimension: str, code: str, rank: int, da: str, en: str, spellings: tuple[str, ...] = ()
) -> Label:
    return Label(dimension, code, "", True, True, rank, da, en, spellings)


def shown_values() -> pd.DataFrame:
    """Which values a registered code counts towards: dimension, code, shown.

    A code counts as itself when it may be published, and as its group; all is the empty value of
    the empty dimension.
    """
    rows = [("", "", "")]
    for label in vocabulary().labels:
        if label.dimension != "column":
            rows += [(label.dimension, label.code, label.code)] if label.published else []
            rows += [(label.dimension, label.code, label.group)] if label.group else []
    return pd.DataFrame(rows, columns=["dimension", "code", "shown"])


def label_table() -> pd.DataFrame:
    """Every published value with its group, rank and labels, as a release keeps them."""
    published = [
        (label.dimension, label.code, label.group, label.rank, label.label_da, label.label_en)
        for label in vocabulary().labels
        if label.published and label.dimension != "column"
    ]
    columns = ["dimension", "code", "group_code", "rank", "label_da", "label_en"]
    return pd.DataFrame(published, columns=columns)


def municipality_regions() -> pd.DataFrame:
    """Which region a municipality lay in, and when: municipality, region, first_month, last_month."""
    table = pd.DataFrame(read_table("municipality_regions"))
    return _dated(table)[["municipality", "region", "first_month", "last_month"]]


@cache
def regions_in_force(year_month: str) -> list[str]:
    """The regions there are in a month such as "2026-11", in their own order."""
    month, spans = pd.Timestamp(f"{year_month}-01"), region_spans()
    there = spans[(spans["first_month"] <= month) & (month <= spans["last_month"])]
    return list(there["region"])


def region_spans() -> pd.DataFrame:
    """From which month to which there is each region: region, first_month, last_month."""
    return _dated(pd.DataFrame(read_table("regions")))[["region", "first_month", "last_month"]]


def registered_dimensions(columns: Collection[str]) -> list[str]:
    """The dimensions of a source with these columns; the region follows from the municipality."""
    return [
        name
        for name in WITH_MUNICIPALITY
        if ("municipality" if name == "region" else name) in columns
    ]


def phases() -> pd.DataFrame:
    """The named spans of months, in order; an open beginning or end is a far-off month."""
    table = _dated(pd.DataFrame(read_table("phases")))
    return require_phases(table.assign(shaded=table["shaded"] == "yes"))


def require_phases(table: pd.DataFrame) -> pd.DataFrame:
    """The phases in the order of time; `Fault` when they cannot be compared with one another.

    There is one baseline and it comes first, each phase ends no earlier than it begins, and no two
    share a month: a shared month would be counted in both.
    """
    ordered = table.sort_values("first_month", ignore_index=True)
    for row in ordered.itertuples():
        if row.last_month < row.first_month:
            raise Fault("phase_backwards", phase=row.phase)
    if list(ordered["role"] == "baseline") != [True, *[False] * (len(ordered) - 1)]:
        raise Fault("phase_baseline")
    for earlier, later in pairwise(ordered.itertuples()):
        if later.first_month <= earlier.last_month:
            raise Fault("phase_overlap", phase=earlier.phase, other=later.phase)
    return ordered


def _dated(table: pd.DataFrame) -> pd.DataFrame:
    first = pd.to_datetime(table["first_month"].replace("", "1900-01-01"))
    last = pd.to_datetime(table["last_month"].replace("", None)).fillna(FOREVER)
    return table.assign(first_month=first, last_month=last)


def events() -> pd.DataFrame:
    """Dated events with their sources."""
    table = pd.DataFrame(read_table("events"))
    last = pd.to_datetime(table["last_day"].replace("", None))
    return table.assign(first_day=pd.to_datetime(table["first_day"]), last_day=last)
