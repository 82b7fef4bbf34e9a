"""The figures of a view as the columns of a file: in the reader's words, or by id for programs.

Both are made of the rows that the screen is made of, so that they agree to the last digit.
"""

from __future__ import annotations

import pandas as pd

from inquiries.explore.figures import Figures
from inquiries.explore.measures import decimals_of
from inquiries.words import Words


def for_readers(figures: Figures, words: Words) -> pd.DataFrame:
    """One row a value and period: label, period, its first and last day, the figure and its mark."""
    view, rows = figures.view, figures.rows
    labels = {words(f"dimension.{view.dimension}"): rows["label"]} if view.by else {}
    counts = {words("explore.column_count"): rows["count"]} if _is_mean(figures) else {}
    measured = "per_month" if _is_mean(figures) else view.measure
    return pd.DataFrame(
        {
            **labels,
            words(f"table.{view.period}"): rows["period_name"].map(words.sentence_case),
            words("share.first_day"): rows["first_month"],
            words("share.last_day"): _last_day(rows),
            **counts,
            words(f"explore.column_{measured}"): _values(figures),
            words("share.mark"): _marks(figures, words),
        }
    )


def for_programs(figures: Figures, release: str, code: str, words: Words) -> pd.DataFrame:
    """The same by id under fixed names; each row says what it is of, and that it is sample data."""
    view, rows = figures.view, figures.rows
    counts = {"count": rows["count"]} if _is_mean(figures) else {}
    return pd.DataFrame(
        {
            "release": release,
            "figure_code": code,
            "source": view.source,
            "note": words("header.sample") if figures.source.synthetic else "",
            "measure": view.measure,
            "only": view.only,
            "by": view.by,
            "code": rows["code"],
            "label": rows["label"],
            "period_kind": view.period,
            "period": rows["period"],
            "first_day": rows["first_month"],
            "last_day": _last_day(rows),
            **counts,
            "value": _values(figures),
            "mark": rows["mark"],
            "approximate": _is_about(figures).map({True: "yes", False: ""}),
        }
    )


def _is_mean(figures: Figures) -> bool:
    """Whether the figures are means per month, so that the screen has the whole counts beside them."""
    return figures.view.period == "phase" and figures.view.measure == "count"


def _last_day(rows: pd.DataFrame) -> pd.Series:
    return rows["last_month"] + pd.offsets.MonthEnd(1)


def _values(figures: Figures) -> pd.Series:
    """The figures as numbers with as many decimals as are shown."""
    values = figures.rows["value"]
    return values if decimals_of(figures.view) else values.astype("Int64")


def _is_about(figures: Figures) -> pd.Series:
    """Which figures are only about right: the totals of all, where a reporter masked small counts of its own."""
    is_total = not (figures.view.by or figures.view.only)
    return figures.rows["masked"].astype(bool) & figures.rows["value"].notna() & is_total


def _marks(figures: Figures, words: Words) -> list[str]:
    """Why there is no figure, or what it lacks: the words that the screen has in its place or beside it."""
    said = {
        "": "",
        "hidden": words("mark.hidden"),
        "missing": words("mark.missing"),
        "not_registered": words("mark.not_registered"),
        "not_shown": words("verdict.not_shown"),
        "provisional": words("share.provisional"),
    }
    about = _is_about(figures).map({True: words("share.approximate"), False: ""})
    return [
        ", ".join(filter(None, (said[mark], one)))
        for mark, one in zip(figures.rows["mark"], about, strict=True)
    ]
