"""What the figures of a view are called: title, subtitle, the names of periods, and where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from inquiries import effect_words
from inquiries.explore.cells import baseline_of, cells
from inquiries.explore.view import View
from inquiries.facts import Ask
from inquiries.series import new_series_since
from inquiries.tables import quarter_name, year_name
from inquiries.words import DASH, Words


@dataclass(frozen=True)
class Names:
    """The title says what is measured of what, the subtitle of which source and months; `unit` is what is counted."""

    title: str
    subtitle: str
    unit: str
    caption: str


def names_of(ask: Ask, view: View, source: Any, rows: pd.DataFrame, words: Words) -> Names:
    """The names of a view's figures."""
    whole = words(f"unit.{source.unit}")
    chosen = _label(ask, *view.chosen, words)
    unit = words("effect.unit_of_group", unit=whole, group=chosen) if chosen else whole
    title = words(
        f"explore.title_{view.measure}",
        unit=whole if view.measure == "share" and not view.by else unit,
        per=words(f"explore.per_{_per(view)}"),
    )
    if view.by:
        title = words("explore.title_by", title=title, by=_by(ask, view, words))
    elif view.measure == "share":
        title = words("explore.title_part", title=title, part=chosen)
    return Names(
        title=words.sentence_case(title),
        subtitle=_subtitle(ask, view, source, rows, words),
        unit=unit,
        caption=effect_words.caption(source, new_series_since(ask), words),
    )


def period_name(row: Any, kind: str, phases: pd.DataFrame, words: Words) -> str:
    """april 2020, april–juni 2020, 2020, or a phase with its months."""
    if kind == "month":
        return words.month(row.first_month)
    if kind == "quarter":
        return quarter_name(row.first_month, words)
    if kind == "year":
        return year_name(row.first_month)
    label = words.of(next(phases[phases["phase"] == row.period].itertuples()), "short")
    months = span_name(row.first_month, row.last_month, words)
    # A phase of one month is called after it.
    if label == words.sentence_case(months):
        return months
    return words("explore.phase", phase=label, months=months)


def span_name(first: pd.Timestamp, last: pd.Timestamp, words: Words) -> str:
    """The months from the first to the last; whole years by the years alone."""
    if (first.month, last.month) != (1, 12):
        return words.months(first, last)
    years = [year_name(first), year_name(last)]
    return DASH.join(dict.fromkeys(years))


def _per(view: View) -> str:
    """The period that a figure is of; a phase's count is its mean per month."""
    is_mean = view.period == "phase" and view.measure == "count"
    return "phase_mean" if is_mean else view.period


def _label(ask: Ask, dimension: str, code: str, words: Words) -> str:
    """The label of a value; empty for none."""
    if not dimension:
        return ""
    labels = ask("release/labels", dimension=dimension)
    return words.of(next(labels[labels["code"] == code].itertuples()), "label")


def _by(ask: Ask, view: View, words: Words) -> str:
    """What the figures are broken down by: channel, or who asks (Professional)."""
    by = words(f"explore.by_{view.dimension}")
    if not view.group:
        return by
    dimension = "region" if view.dimension == "municipality" else view.dimension
    return words("explore.by_part", by=by, group=_label(ask, dimension, view.group, words))


def _subtitle(ask: Ask, view: View, source: Any, rows: pd.DataFrame, words: Words) -> str:
    """The source, the months, and what a derived measure is measured by."""
    parts = [words.of(source, "name")]
    if len(rows):
        span = span_name(rows["first_month"].min(), rows["last_month"].max(), words)
        parts.append(words.sentence_case(span))
    if view.measure == "index":
        parts.append(_base(ask, view, words))
    return ". ".join(parts) + "."


def _base(ask: Ask, view: View, words: Words) -> str:
    """The months that index 100 is the mean of."""
    kind = "year" if view.period == "phase" else view.period
    base = baseline_of(ask, view, cells(ask, view, kind))
    if base.empty:
        return words("explore.no_base")
    months = span_name(base["first_month"].min(), base["last_month"].max(), words)
    return words("explore.base", months=months)
