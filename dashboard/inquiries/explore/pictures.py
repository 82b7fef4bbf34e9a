"""From the figures of a view to its chart: each form is one function, and a form without one is a table alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from inquiries.charts import theme
from inquiries.charts.heat_map import heat_map
from inquiries.charts.lines import FOLD_PHASE, lines, phase_lines
from inquiries.charts.same_months import same_months
from inquiries.charts.slope import slope
from inquiries.charts.small_multiples import small_multiples
from inquiries.charts.writing import NEW_LINE, folded
from inquiries.explore.choices import MOST_LINES
from inquiries.explore.figures import Figures
from inquiries.explore.measures import BASES
from inquiries.explore.naming import span_name
from inquiries.facts import MAIN_PHASE
from inquiries.vocabulary import UNKNOWN
from inquiries.words import Words

# The measures that are compared with 100.
AGAINST_100 = ("index", "expected")
# How many columns of a heat map there are to each that has its name above it.
PLACES = ("region", "municipality")
NAMED_EVERY = {"month": 12, "quarter": 4, "year": 1, "phase": 1}

Draw = Callable[[Figures, pd.DataFrame, Words], list[theme.Drawn]]


def pictures_of(figures: Figures, breaks: pd.DataFrame, words: Words) -> tuple[dict[str, Any], ...]:
    """The chart of the figures, or a row of small ones; none where there is nothing to draw.

    `breaks` has month, left and right, in the span of the figures.
    """
    draw = DRAWN.get(figures.view.form)
    if draw is None or figures.rows["value"].isna().all():
        return ()
    return tuple(theme.specification(chart) for chart in draw(figures, breaks, words))


def highlighted(figures: Figures) -> list[str]:
    """The values whose lines have an ink and a name: all, or the greatest of those that are stated."""
    shown = figures.rows.dropna(subset=["value"])
    sums = shown.groupby("code", sort=False)["count"].sum()
    if len(sums) <= MOST_LINES:
        return list(sums.index)
    greatest = set(sums.drop(UNKNOWN, errors="ignore").nlargest(MOST_LINES).index)
    return [code for code in sums.index if code in greatest]


def drawn_of(figures: Figures) -> pd.DataFrame:
    """The rows that are drawn: where the place is not stated, which dwarfs the places, is in the table alone."""
    rows = figures.rows
    return rows[rows["code"] != UNKNOWN] if figures.view.dimension in PLACES else rows


def _lines(figures: Figures, breaks: pd.DataFrame, words: Words) -> list[theme.Drawn]:
    rows, is_sample = drawn_of(figures), figures.source.synthetic
    places = {code: place for place, code in enumerate(highlighted(figures))}
    drawn = pd.DataFrame(
        {
            "code": rows["code"],
            "label": rows["label"],
            "place": [places.get(code, -1) for code in rows["code"]],
            "month": rows["first_month"],
            "value": rows["value"],
            "state": rows["state"],
            "tip": _tips(rows, words),
        }
    )
    drawn = drawn[rows["code"].isin(rows.loc[rows["value"].notna(), "code"])]
    measure = figures.view.measure
    reference = words(f"explore.reference_{measure}") if measure in AGAINST_100 else ""
    if figures.view.period == "phase":
        names = _phase_names(figures, words)
        named = drawn.assign(month=rows["period"].map(names))
        order = list(names.values())
        return [phase_lines(named, order, words, reference=reference, is_sample=is_sample)]
    return [
        lines(
            drawn,
            _shaded(figures),
            words,
            breaks=breaks,
            reference=reference,
            is_sample=is_sample,
        )
    ]


def _same(figures: Figures, _: pd.DataFrame, words: Words) -> list[theme.Drawn]:
    rows = figures.rows
    months = rows["first_month"].dt
    drawn = pd.DataFrame(
        {
            "year": months.year,
            "at": months.month,
            "name": [_name_in_year(figures, month, words) for month in rows["first_month"]],
            "value": rows["value"],
            "state": rows["state"],
            "tip": _tips(rows, words),
        }
    )
    phases = figures.phases.set_index("phase")["first_month"]
    accent = phases[MAIN_PHASE].year if MAIN_PHASE in phases else 0
    return [same_months(drawn, accent, words, is_sample=figures.source.synthetic)]


def _heat(figures: Figures, _: pd.DataFrame, words: Words) -> list[theme.Drawn]:
    rows, view = drawn_of(figures), figures.view
    firsts = rows["first_month"]
    if view.by:
        down = rows["label"]
        periods = rows.drop_duplicates("period").itertuples()
        across = rows["period"].map(
            {one.period: _column_name(figures, one, words) for one in periods}
        )
        every = NAMED_EVERY[view.period]
    else:
        down = firsts.dt.year.astype(str)
        across = firsts.map(partial(_name_in_year, figures, words=words))
        every = 1
    drawn = pd.DataFrame(
        {
            "code": rows["code"],
            "down": down,
            "across": across,
            "value": rows["value"],
            "number": rows["text"].where(rows["mark"] == "", rows["text"].str.split().str[0]),
            "mark": rows["mark"],
            "tip": _tips(rows, words),
        }
    )
    is_sample = figures.source.synthetic
    return [heat_map(drawn, words, labelled_every=every, is_sample=is_sample)]


def _small(figures: Figures, _: pd.DataFrame, words: Words) -> list[theme.Drawn]:
    rows = drawn_of(figures)
    drawn = pd.DataFrame(
        {
            "group": rows["label"],
            "month": rows["first_month"],
            "count": rows["value"],
            "state": rows["state"],
        }
    ).assign(expected=np.nan, low=np.nan, high=np.nan)
    return small_multiples(drawn, _shaded(figures), words, is_sample=figures.source.synthetic)


def _slope(figures: Figures, _: pd.DataFrame, words: Words) -> list[theme.Drawn]:
    rows, view = drawn_of(figures).dropna(subset=["value"]), figures.view
    ends = [rows[rows["period"] == end].set_index("code") for end in (view.first, view.last)]
    both = ends[0].join(ends[1], suffixes=("", "_after"), how="inner")
    if both.empty:
        return []
    drawn = pd.DataFrame(
        {
            "code": both.index,
            "label": both["label"],
            "before": both["value"],
            "after": both["value_after"],
            "before_text": both["text"],
            "after_text": both["text_after"],
            "falls": both.index.isin(fallen(figures)) & (both["value_after"] < both["value"]),
        }
    ).reset_index(drop=True)
    drawn["tip"] = [
        words("explore.tip_slope", label=row.label, before=row.said, after=row.said_after)
        for row in both.itertuples()
    ]
    names, spans = _phase_names(figures, words), rows.drop_duplicates("period").set_index("period")
    first, last = (
        (names[end], span_name(spans.loc[end, "first_month"], spans.loc[end, "last_month"], words))
        for end in (view.first, view.last)
    )
    return [slope(drawn, (first, last), words, is_sample=figures.source.synthetic)]


def fallen(figures: Figures) -> set[str]:
    """The values that the release judges to have fallen in the later phase of a slope."""
    effects = figures.effects
    judged = effects["basis"].isin(BASES) & (effects["period"] == figures.view.last)
    return set(effects.loc[judged & (effects["verdict"] == "fall"), "code"])


def _tips(rows: pd.DataFrame, words: Words) -> list[str]:
    """april 2020: 62, or Telefon, april 2020: 62."""
    return [
        words("explore.tip_of", label=label, period=period, value=said)
        if label
        else words("explore.tip", period=period, value=said)
        for label, period, said in zip(
            rows["label"], rows["period_name"], rows["said"], strict=True
        )
    ]


def _shaded(figures: Figures) -> pd.DataFrame:
    """The phases that are shaded; none behind years, which hold more than a phase each."""
    return figures.phases if figures.view.period != "year" else figures.phases.head(0)


def _phase_names(figures: Figures, words: Words) -> dict[str, str]:
    """The short name of each phase shown, in order of time."""
    names = {phase.phase: words.of(phase, "short") for phase in figures.phases.itertuples()}
    shown = figures.rows.sort_values("first_month")["period"].unique()
    return {period: names[period] for period in shown}


def _name_in_year(figures: Figures, month: pd.Timestamp, words: Words) -> str:
    """jan., or 1. kvt."""
    if figures.view.period == "quarter":
        return words("explore.quarter", number=month.quarter)
    return words.short_month(month)


def _column_name(figures: Figures, row: Any, words: Words) -> str:
    """jan. 2016, 1. kvt. 2016, 2016, or the short name of a phase."""
    if figures.view.period == "phase":
        return NEW_LINE.join(folded(_phase_names(figures, words)[row.period], FOLD_PHASE))
    if figures.view.period == "year":
        return str(row.period)
    return f"{_name_in_year(figures, row.first_month, words)} {row.first_month.year}"


DRAWN: dict[str, Draw] = {
    "lines": _lines,
    "same": _same,
    "heat": _heat,
    "small": _small,
    "slope": _slope,
}
