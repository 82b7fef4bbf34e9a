"""The same months year by year: each year a line over the calendar, the year of the first closing in the accent."""

from __future__ import annotations

import altair as alt
import pandas as pd

from inquiries.charts import theme
from inquiries.charts.timeline import alone, complete, dashed, provisional_run
from inquiries.charts.writing import on_white_edge, sample_mark, spread
from inquiries.words import Words

HEIGHT, ROOM, LINE = 380, 1.08, 16


def same_months(
    rows: pd.DataFrame, accent: int, words: Words, *, is_sample: bool = False
) -> theme.Drawn:
    """The chart of rows with year, at (1 for the first period of a year), name, value, state and tip.

    `name` is what the periods of a year are called, such as jan. The year in the accent, the newest
    and the one before it are named; the others are grey.
    """
    assert len(rows)
    top = theme.top_of(rows["value"].max(), ROOM)
    inked = _inked(rows, accent)
    across = _across(rows)
    upright = theme.from_zero("value", top)
    layers: list[theme.Drawn] = []
    for _, years in inked.groupby("rank", sort=True):
        layers += _lines(years, across, upright)
    layers += [_hover(rows, across, upright), *_names(inked, across, top)]
    if is_sample:
        layers.append(sample_mark(words, 4))
    whole = alt.layer(*layers, height=HEIGHT, width="container", autosize=theme.WIDTH_ONLY)
    return theme.themed(whole, words)


def _inked(rows: pd.DataFrame, accent: int) -> pd.DataFrame:
    """Each year's ink and rank: what is named is drawn over what is grey, the accent last."""
    newest = int(rows["year"].max())
    inks = {newest - 1: theme.THIRD, newest: theme.OBSERVED, accent: theme.FALL}
    ranks = {year: 1 + place for place, year in enumerate(inks)}
    return rows.assign(
        ink=[inks.get(year, theme.REST) for year in rows["year"]],
        rank=[ranks.get(year, 0) for year in rows["year"]],
    )


def _across(rows: pd.DataFrame) -> alt.X:
    names = rows.drop_duplicates("at").sort_values("at")["name"]
    axis = alt.Axis(title=None, labelAngle=0, grid=False, aria=False)
    return alt.X("name:O", sort=list(names), axis=axis)


def _lines(rows: pd.DataFrame, across: alt.X, upright: alt.Y) -> list[theme.Drawn]:
    width = 1.2 if rows["rank"].iloc[0] == 0 else 2.8
    ordered = rows.sort_values(["year", "at"])
    whole = ordered.assign(value=complete(ordered))[["year", "name", "at", "value", "ink"]]
    ink = alt.Color("ink:N", scale=None)
    base = alt.Chart(whole).encode(x=across, y=upright, color=ink, detail="year:N", order="at:Q")
    layers: list[theme.Drawn] = [base.mark_line(aria=False, strokeWidth=width)]
    lonely = whole[whole.groupby("year")["value"].transform(alone).astype(bool)]
    if len(lonely):
        dots = alt.Chart(lonely).encode(x=across, y=upright, color=ink)
        layers.append(dots.mark_circle(size=30, opacity=1, aria=False))
    run = provisional_run(ordered, "year")
    if len(run):
        fields = ["year", "name", "at", "value", "ink", "provisional"]
        layers += dashed(run[fields], across, upright, "year", strokeWidth=width)
    return layers


def _hover(rows: pd.DataFrame, across: alt.X, upright: alt.Y) -> alt.Chart:
    told = rows.dropna(subset=["value"])[["year", "at", "name", "value", "tip"]]
    return (
        alt.Chart(told)
        .mark_circle(opacity=0, size=90)
        .encode(x=across, y=upright, tooltip=alt.Tooltip("tip:N", title=" "), description="tip:N")
    )


def _names(rows: pd.DataFrame, across: alt.X, top: float) -> list[theme.Drawn]:
    """The years that are named, each right of its last value."""
    named = rows[(rows["rank"] > 0) & rows["value"].notna()].sort_values("at")
    last = named.groupby("year", sort=False).tail(1)
    if last.empty:
        return []
    heights = [HEIGHT * (1 - value / top) for value in last["value"]]
    frame = pd.DataFrame(
        {
            "name": last["name"],
            "year": last["year"].astype(str),
            "ink": last["ink"],
            "height": spread(heights, [LINE] * len(last), HEIGHT),
        }
    )
    layers: list[theme.Drawn] = []
    for ink, own in frame.groupby("ink", sort=False):
        encoded = alt.Chart(own[["name", "year", "height"]]).encode(
            x=across, y=alt.Y("height:Q", scale=None, axis=None), text="year:N"
        )
        style = {"align": "left", "baseline": "middle", "dx": 10, "fontWeight": "bold"}
        layers += on_white_edge(encoded, str(ink), **style)
    return [alt.layer(*layers).resolve_scale(y="independent")]
