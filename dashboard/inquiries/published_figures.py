"""Counts that others have published, as their sources have them; never mixed with a release's own figures."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from inquiries.vocabulary import read_table

FEWEST_DRAWN = 3


@dataclass(frozen=True)
class Figure:
    """One published count; the period is a year, a month, a quarter, or first/last of a span."""

    body: str
    series_da: str
    series_en: str
    unit: str
    period: str
    count: int
    source_url: str
    source_date: str
    note_da: str
    note_en: str


@dataclass(frozen=True)
class Claim:
    """What one source says."""

    body: str
    says_da: str
    says_en: str
    source_url: str
    source_date: str


@dataclass(frozen=True)
class Disagreement:
    """A question to which sources give different answers."""

    question_da: str
    question_en: str
    claims: tuple[Claim, ...]


def figures() -> list[Figure]:
    """All published counts, in the order of their file."""
    return [
        Figure(**{**row, "count": int(row["count"])})  # type: ignore[arg-type]
        for row in read_table("published_counts")
    ]


def drawable(found: list[Figure]) -> list[list[Figure]]:
    """The series with a count for three whole years or more, the years in order."""
    whole = [figure for figure in found if figure.period.isdigit()]
    kept = sorted(whole, key=_series)
    series = [sorted(of, key=lambda one: one.period) for _, of in groupby(kept, key=_series)]
    in_file = [_series(figure) for figure in found]
    long_enough = [one for one in series if len(one) >= FEWEST_DRAWN]
    return sorted(long_enough, key=lambda one: in_file.index(_series(one[0])))


def _series(figure: Figure) -> tuple[str, str, str]:
    return figure.body, figure.series_da, figure.unit


def by_year(series: list[Figure]) -> pd.DataFrame:
    """The counts of one series: year, count."""
    return pd.DataFrame(
        {"year": [int(one.period) for one in series], "count": [one.count for one in series]}
    )


def disagreements() -> list[Disagreement]:
    """The questions in the order of their file, each with the claims side by side."""
    rows = read_table("published_disagreements")
    asked = groupby(rows, key=lambda row: (row.pop("question_da"), row.pop("question_en")))
    return [Disagreement(*question, tuple(Claim(**row) for row in of)) for question, of in asked]
