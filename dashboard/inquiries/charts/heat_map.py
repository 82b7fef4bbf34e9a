"""A heat map: a cell for each value or year and each period, the darker the more; marks where there is no figure."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from inquiries.charts import theme
from inquiries.charts.lines import CHOSEN
from inquiries.charts.writing import SPLIT, sample_mark
from inquiries.words import Words

ROW, SAMPLE = 26, 40
# With more columns than this there is no room for the figure in each cell.
MOST_WRITTEN = 14
# A cell darker than this share of the darkest has white figures.
DARK = 0.7
NAME_WIDTH = 150


def heat_map(
    rows: pd.DataFrame, words: Words, *, labelled_every: int = 1, is_sample: bool = False
) -> theme.Drawn:
    """The chart of rows with code, down, across, value, number, mark and tip, in the order they come.

    A hidden figure, or one that cannot be shown, is a grey cell, one that is missing or is not
    registered an empty frame, a provisional one framed by dashes. Each `labelled_every`th column
    has its name above it, or where that is not every one, the year at its end.
    """
    assert len(rows)
    down, across = list(rows["down"].unique()), list(rows["across"].unique())
    x = alt.X("across:O", sort=across, axis=_above(across, labelled_every), scale=_band())
    y = alt.Y("down:O", sort=down, axis=_beside(), scale=_band())
    layers: list[theme.Drawn] = [_cells(rows, x, y), *_marked(rows, x, y)]
    if len(across) <= MOST_WRITTEN:
        layers += _numbers(rows, x, y)
    if is_sample:
        layers.append(sample_mark(words, -SAMPLE))
    whole = alt.layer(*layers, height=ROW * len(down), width="container", autosize=theme.WIDTH_ONLY)
    return theme.themed(whole, words)


def _band() -> alt.Scale:
    return alt.Scale(paddingInner=0.04, paddingOuter=0)


def _above(across: list[str], every: int) -> alt.Axis:
    return alt.Axis(
        title=None,
        orient="top",
        labelAngle=0,
        values=across[::every],
        # Of many columns each year's first has the year above it.
        labelExpr="slice(datum.label, -4)" if every > 1 else SPLIT,
        ticks=False,
        domain=False,
        grid=False,
        labelOverlap=True,
        aria=False,
    )


def _beside() -> alt.Axis:
    return alt.Axis(
        title=None, ticks=False, domain=False, grid=False, labelLimit=NAME_WIDTH, aria=False
    )


def _cells(rows: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    """The figures as colours, the palest at zero; they answer to the pointer and to a click."""
    top = float(rows["value"].max())
    steps = [top * step / (len(theme.HEAT) - 1) for step in range(len(theme.HEAT))]
    scale = alt.Scale(domain=steps, range=list(theme.HEAT), interpolate="rgb")
    shown = rows.dropna(subset=["value"])[["code", "down", "across", "value", "tip"]]
    return (
        alt.Chart(shown)
        .mark_rect()
        .encode(
            x=x,
            y=y,
            color=alt.Color("value:Q", scale=scale, legend=None),
            tooltip=alt.Tooltip("tip:N", title=" "),
            description="tip:N",
        )
        .add_params(alt.selection_point(name=CHOSEN, fields=["code"], toggle=False))
    )


def _marked(rows: pd.DataFrame, x: alt.X, y: alt.Y) -> list[theme.Drawn]:
    """The cells without a figure, and the frame of the provisional ones."""
    styles: dict[tuple[str, ...], dict[str, Any]] = {
        ("hidden", "not_shown"): {"color": theme.NO_FIGURE},
        ("missing", "not_registered"): {"fill": "white", "stroke": theme.NO_FIGURE},
        ("provisional",): {"fill": "transparent", "stroke": theme.TEXT, "strokeDash": [3, 3]},
    }
    layers: list[theme.Drawn] = []
    for marks, style in styles.items():
        own = rows[rows["mark"].isin(marks)][["down", "across", "mark", "tip"]]
        if len(own):
            layers.append(
                alt.Chart(own)
                .mark_rect(**style)
                .encode(x=x, y=y, tooltip=alt.Tooltip("tip:N", title=" "), description="tip:N")
            )
    return layers


def _numbers(rows: pd.DataFrame, x: alt.X, y: alt.Y) -> list[theme.Drawn]:
    """The figures in their cells, white in the dark ones."""
    shown = rows.dropna(subset=["value"])
    dark = shown["value"] > DARK * shown["value"].max()
    return [
        alt.Chart(own[["down", "across", "number"]])
        .mark_text(fontSize=11, color=ink, aria=False)
        .encode(x=x, y=y, text="number:N")
        for own, ink in ((shown[dark], "white"), (shown[~dark], theme.TEXT))
        if len(own)
    ]
