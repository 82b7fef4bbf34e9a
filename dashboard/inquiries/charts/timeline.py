"""The ground of every chart over time: its axis of months, the phases named, and months that are alone or provisional."""

from __future__ import annotations

from typing import Any, Literal

import altair as alt
import pandas as pd

from inquiries.charts import theme
from inquiries.periods import COMPLETE, PROVISIONAL
from inquiries.words import Words

Interval = Literal["year"] | dict[str, Any]
YEARLY, HALF_YEARLY = "%Y", "%b %Y"
NAME_HEIGHT, NAMES_END = 16, 36


def month_axis(labels: str = YEARLY, every: Interval = "year") -> alt.X:
    """The axis of the field `month`, with a label a year where nothing else is said."""
    axis = alt.Axis(format=labels, tickCount=every, title=None, grid=False, aria=False)
    return alt.X("month:T", axis=axis)


def shades(phases: pd.DataFrame, months: pd.Series, axis: alt.X) -> alt.Chart:
    """The shaded phases that the months reach."""
    frame = reached(phases, months)[["month", "end"]]
    return (
        alt.Chart(frame).mark_rect(color=theme.PHASE, aria=False).encode(x=axis, x2=alt.X2("end:T"))
    )


def named_shades(phases: pd.DataFrame, months: pd.Series, words: Words, axis: alt.X) -> theme.Drawn:
    """The shaded phases with their names, on two heights so that none overlap; above `NAMES_END`."""
    there = reached(phases, months)
    frame = pd.DataFrame(
        {
            "month": there["month"],
            "label": there[f"short_{words.language}"],
            "height": [4 + NAME_HEIGHT * (place % 2) for place in range(len(there))],
        }
    )
    names = (
        alt.Chart(frame)
        .mark_text(align="left", baseline="top", dx=4, color=theme.QUIET, fontSize=12, aria=False)
        .encode(x=axis, y=alt.Y("height:Q", scale=None), text="label:N")
    )
    return alt.layer(shades(phases, months, axis), names).resolve_scale(y="independent")


def reached(phases: pd.DataFrame, months: pd.Series) -> pd.DataFrame:
    """The shaded phases that some of the months lie in, each with the month it begins and the one it ends before."""
    within = (phases["first_month"] <= months.max()) & (phases["last_month"] >= months.min())
    shaded = phases[phases["shaded"] & within]
    last = shaded["last_month"].clip(upper=months.max())
    first = shaded["first_month"].clip(lower=months.min())
    return shaded.assign(month=first, end=last + pd.offsets.MonthBegin(1))


def alone(counts: pd.Series) -> pd.Series:
    """Which months have a count while their neighbours have none, so that no line reaches them."""
    hole = counts.isna()
    return ~hole & hole.shift(1, fill_value=True) & hole.shift(-1, fill_value=True)


def complete(rows: pd.DataFrame, field: str = "value") -> pd.Series:
    """The values of what has been reported in full, the only ones that a whole line is drawn through."""
    return rows[field].where(rows["state"] == COMPLETE)


def provisional_run(rows: pd.DataFrame, line: str, field: str = "value") -> pd.DataFrame:
    """Each line's run from its last complete month through the provisional ones, with which of them are.

    `line` names what the rows belong to; they come in order of time within it.
    """
    provisional = rows["state"] == PROVISIONAL
    before = provisional.groupby(rows[line]).shift(-1, fill_value=False)
    run = rows.assign(provisional=provisional)[provisional | before]
    return run.dropna(subset=[field])


def dashed(
    run: pd.DataFrame, across: alt.X, upright: alt.Y, line: str = "code", **style: Any
) -> list[alt.Chart]:
    """The runs of `provisional_run`, each in its ink: dashed, hollow at each provisional month."""
    dashes = (
        alt.Chart(run)
        .mark_line(aria=False, strokeDash=[3, 3], **style)
        .encode(x=across, y=upright, color=alt.Color("ink:N", scale=None), detail=f"{line}:N")
    )
    hollow = (
        alt.Chart(run[run["provisional"]])
        .mark_point(fill="white", size=40, opacity=1, aria=False)
        .encode(x=across, y=upright, stroke=alt.Stroke("ink:N", scale=None))
    )
    return [dashes, hollow]
