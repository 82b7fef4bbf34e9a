"""The figures of a view: a tidy row for each value and period with its figure or its mark, and what they are called.

Chart, table, sentence, file and picture are made of these rows, so they agree to the last digit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from inquiries.explore.cells import cells, choice_of
from inquiries.explore.measures import decimals_of, measured
from inquiries.explore.naming import Names, names_of, period_name
from inquiries.explore.view import View
from inquiries.facts import Ask
from inquiries.periods import MISSING, PROVISIONAL
from inquiries.released_series import spans_of
from inquiries.words import Words

# The measures that are a share of something.
PERCENT = ("expected", "share")
COLUMNS = [
    "code",
    "label",
    "period",
    "period_name",
    "first_month",
    "last_month",
    "state",
    "masked",
    "count",
    "value",
    "mark",
    "text",
    "said",
]


@dataclass(frozen=True)
class Figures:
    """What is shown of a view, in the reader's words.

    `rows` has COLUMNS: `value` is the measure, rounded as it is shown and missing where there is
    none; `mark` is empty, provisional, or why there is none (hidden, missing, not_registered,
    not_shown: a base of it is hidden or too small); `text` is the value or the mark as every table
    writes it, `said` the same as it stands alone ("61 pct."). Values come in the order of their list, periods in that of time. `effects`
    are the release's own comparisons of these figures, as "release/breakdown_effects" answers.
    """

    view: View
    source: Any
    rows: pd.DataFrame
    effects: pd.DataFrame
    phases: pd.DataFrame
    names: Names

    @property
    def shown(self) -> pd.DataFrame:
        """The rows that have a figure of a period that has been reported in full."""
        return self.rows[self.rows["value"].notna() & (self.rows["state"] != PROVISIONAL)]

    def count_of(self, mark: str) -> int:
        """How many rows bear a mark."""
        return int((self.rows["mark"] == mark).sum())


def figures(ask: Ask, view: View, words: Words) -> Figures:
    """The figures of a view that a release offers (`view_of`)."""
    sources = ask("release/sources")
    phases = ask("release/phases")
    found = cells(ask, view)
    found = found.assign(value=measured(ask, view, found))
    found = _within(found, view, phases)
    found = found.assign(mark=_marks(found))
    named = _named(found[_ever(found)], view, phases, words)
    source = next(sources[sources["source"] == view.source].itertuples())
    return Figures(
        view=view,
        source=source,
        rows=named[COLUMNS].reset_index(drop=True),
        effects=ask("release/breakdown_effects", **choice_of(view)),
        phases=phases,
        names=names_of(ask, view, source, named, words),
    )


def _within(rows: pd.DataFrame, view: View, phases: pd.DataFrame) -> pd.DataFrame:
    """The rows of the span that was asked for; of what is expected only those that can be compared."""
    if view.period == "phase":
        found = _phases_within(rows, view)
    else:
        first = pd.Timestamp(view.first or "1900-01")
        last = pd.Timestamp(view.last or "2199-12")
        found = rows[(rows["first_month"] >= first) & (rows["last_month"] <= last)]
    if view.measure != "expected":
        return found
    spans = spans_of(phases)
    after = found["first_month"] >= spans.affected_first
    return found[after & (found["last_month"] <= spans.affected_last)]


def _phases_within(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """The phases from the first to the last; of a slope its two ends alone."""
    order = list(dict.fromkeys(rows["period"]))
    if view.form == "slope":
        return rows[rows["period"].isin([view.first, view.last])]
    first = order.index(view.first) if view.first in order else 0
    last = order.index(view.last) if view.last in order else len(order) - 1
    return rows[rows["period"].isin(order[first : last + 1])]


def _ever(rows: pd.DataFrame) -> pd.Series:
    """The rows of the values that there were in some of the periods: a region may be gone, or not yet be."""
    return rows.groupby("code")["exists"].transform("any").astype(bool)


def _marks(rows: pd.DataFrame) -> np.ndarray:
    return np.select(
        [
            rows["state"] == MISSING,
            ~rows["exists"],
            rows["count"].isna(),
            rows["value"].isna(),
            rows["state"] == PROVISIONAL,
        ],
        ["missing", "not_registered", "hidden", "not_shown", "provisional"],
        default="",
    )


def _named(rows: pd.DataFrame, view: View, phases: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The rows with labels, names of periods and texts in the reader's words."""
    periods = rows.drop_duplicates("period").itertuples()
    name_of = {row.period: period_name(row, view.period, phases, words) for row in periods}
    return rows.assign(
        label=rows[f"label_{words.language}"],
        period_name=rows["period"].map(name_of),
        text=_texts(rows, view, partial(words.number, decimals=decimals_of(view)), words),
        said=_texts(rows, view, partial(_said, view=view, words=words), words),
    )


def _said(value: float, view: View, words: Words) -> str:
    number = words.number(value, decimals_of(view))
    return words("format.percent", number=number) if view.measure in PERCENT else number


def _texts(
    rows: pd.DataFrame, view: View, written: Callable[[float], str], words: Words
) -> list[str]:
    """Each figure as it is written, or the mark that stands for it.

    Where a reporter masked small counts of its own, the total of all is only about right.
    """
    is_total = not (view.by or view.only)
    numbers = {value: written(value) for value in rows["value"].dropna().unique()}
    marks = {
        "missing": words("mark.missing"),
        "not_registered": words("mark.not_registered"),
        "hidden": words("mark.hidden"),
        "not_shown": words("verdict.not_shown"),
    }
    texts = []
    for value, mark, masked in zip(rows["value"], rows["mark"], rows["masked"], strict=True):
        text = marks.get(mark) or numbers[value]
        if mark not in marks and masked and is_total:
            text = words("mark.masked", number=text)
        texts.append(words("mark.provisional", number=text) if mark == "provisional" else text)
    return texts
