"""Small multiples: the same chart once a group, small and on one scale, so that groups can be compared."""

from __future__ import annotations

import altair as alt
import pandas as pd

from inquiries.charts import theme
from inquiries.charts.timeline import (
    YEARLY,
    alone,
    complete,
    dashed,
    month_axis,
    provisional_run,
    shades,
)
from inquiries.charts.writing import folded, on_white_edge
from inquiries.words import Words

HEIGHT, FOLD = 130, 32
YEARS_LABELLED = 4


def small_multiples(
    rows: pd.DataFrame, phases: pd.DataFrame, words: Words, *, is_sample: bool = False
) -> list[theme.Drawn]:
    """A small chart for each group, in the order they come, all from zero to the same height.

    Rows have group, month, count, state, expected, low and high. A month that is hidden has no
    count: the line breaks there; a provisional one is dashed. Each chart fills the width it is given, so that the page can lay as many side
    by side as there is room for.
    """
    assert len(rows)
    top, across = _top(rows), _across(rows["month"])
    names = {group: folded(group, FOLD) for group in rows["group"].unique()}
    lines = max(map(len, names.values()))
    sample = [words("header.sample")] if is_sample else []
    ground = shades(phases, rows["month"], across)
    panels = []
    for group, name in names.items():
        level = [""] * (lines - len(name)) + name
        panel = alt.layer(
            ground,
            *_lines(rows[rows["group"] == group], top, across, words),
            title=_title(level, sample),
            height=HEIGHT,
            width="container",
            autosize=theme.WIDTH_ONLY,
        )
        panels.append(theme.themed(panel, words))
    return panels


def _title(name: list[str], sample: list[str]) -> alt.Title:
    return alt.Title(
        name,
        subtitle=sample,
        anchor="start",
        frame="group",
        color=theme.TEXT,
        fontSize=13,
        subtitleColor=theme.FALL,
        subtitleFontSize=12,
        aria=False,
    )


def _top(rows: pd.DataFrame) -> float:
    """The highest thing drawn in any group, which all share."""
    highest = pd.concat([rows["count"], rows["high"]]).astype("float64").max()
    return float(highest) if pd.notna(highest) and highest > 0 else 1.0


def _across(months: pd.Series) -> alt.X:
    years = months.max().year - months.min().year + 1
    return month_axis(YEARLY, {"interval": "year", "step": -(-years // YEARS_LABELLED)})


def _upright(field: str, top: float) -> alt.Y:
    axis = alt.Axis(title=None, tickCount=3, domain=False, ticks=False, aria=False, format=",.0f")
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(domain=[0, top], nice=True))


def _lines(rows: pd.DataFrame, top: float, across: alt.X, words: Words) -> list[alt.Chart]:
    drawn = []
    affected = rows.dropna(subset=["expected"])
    if len(affected):
        drawn += [_band(affected, top, across), _expected(affected, top, across)]
    whole = rows.assign(count=complete(rows, "count"))
    drawn += [_observed(whole, top, across), *_alone(whole, top, across)]
    awaited = provisional_run(rows, "group", "count")
    if len(awaited):
        run = awaited[["month", "group", "count", "provisional"]].assign(ink=theme.OBSERVED)
        drawn += dashed(run, across, _upright("count", top), "group", strokeWidth=1.8)
    return drawn if rows["count"].notna().any() else [*drawn, *_hidden(words)]


def _band(rows: pd.DataFrame, top: float, across: alt.X) -> alt.Chart:
    return (
        alt.Chart(rows[["month", "low", "high"]])
        .mark_area(color=theme.BAND, opacity=0.75, aria=False)
        .encode(x=across, y=_upright("low", top), y2="high:Q")
    )


def _expected(rows: pd.DataFrame, top: float, across: alt.X) -> alt.Chart:
    return (
        alt.Chart(rows[["month", "expected"]])
        .mark_line(color=theme.EXPECTED, strokeDash=[4, 3], strokeWidth=1.5, aria=False)
        .encode(x=across, y=_upright("expected", top))
    )


def _observed(rows: pd.DataFrame, top: float, across: alt.X) -> alt.Chart:
    return (
        alt.Chart(rows[["month", "count"]])
        .mark_line(color=theme.OBSERVED, strokeWidth=1.8, aria=False)
        .encode(x=across, y=_upright("count", top))
    )


def _alone(rows: pd.DataFrame, top: float, across: alt.X) -> list[alt.Chart]:
    """The months between hidden ones, which no line reaches."""
    unreached = rows.loc[alone(rows["count"]), ["month", "count"]]
    dots = alt.Chart(unreached).mark_circle(color=theme.OBSERVED, size=14, opacity=1, aria=False)
    return [dots.encode(x=across, y=_upright("count", top))] if len(unreached) else []


def _hidden(words: Words) -> list[alt.Chart]:
    middle = {"x": alt.value({"expr": "width / 2"}), "y": alt.value({"expr": "height / 2"})}
    encoded = alt.Chart(pd.DataFrame({"hidden": [words("mark.hidden")]})).encode(
        text="hidden:N", **middle
    )
    return on_white_edge(encoded, theme.QUIET, fontSize=12)
