"""A map of tiles, one a municipality and all alike in size: a colour for each class of figures, a pattern for each mark."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from inquiries.charts import theme
from inquiries.charts.map_classes import Classes
from inquiries.words import Words

COLUMNS, ROWS, LARGEST = 17, 13, 32
# The side of a tile in pixels: as large as there is room for, so that the map keeps its shape.
SIDE = f"(min(width, {COLUMNS * LARGEST}) / {COLUMNS})"
SMALLEST_WITH_LETTERS = 28
# The legend stands in the Kattegat, where there is no municipality.
LEGEND_COLUMN, LEGEND_TOP, LINE, SWATCH = 7.8, 8, 17, 11
INK = {
    "hidden": theme.BLANK,
    "missing": "white",
    "as_expected": theme.BAND,
    "too_few": theme.BLANK,
    "not_shown": theme.BLANK,
}
SLASHED, DASHED = ("hidden", "not_shown"), ("missing", "provisional")
SLASH = "M-1,1L1,-1"


def municipality_map(
    rows: pd.DataFrame,
    classes: Classes,
    words: Words,
    *,
    title: str,
    chosen: str = "",
    is_sample: bool = False,
) -> theme.Drawn:
    """The map of the rows of `tiles.placed`; the title says what is counted and when, `chosen` stands out.

    A mark is hidden, missing, provisional, as_expected, too_few or not_shown; only a provisional place
    has a value too. Counts follow the number of inhabitants: whoever shows the map says so.
    """
    drawn = _drawn(rows, classes, words)
    layers = [
        _squares(drawn),
        *_patterns(drawn),
        *_borders(drawn),
        *_outline(drawn[drawn["municipality"] == chosen]),
        _letters(drawn),
        *_legend(drawn, classes, words, is_sample=is_sample),
    ]
    whole = alt.layer(
        *layers,
        title=_title(title),
        height=ROWS * LARGEST,
        width="container",
        autosize=theme.WIDTH_ONLY,
    )
    return theme.themed(whole, words)


def _title(said: str) -> alt.Title:
    return alt.Title(
        said, anchor="start", frame="group", color=theme.TEXT, fontSize=14, offset=12, aria=False
    )


def _drawn(rows: pd.DataFrame, classes: Classes, words: Words) -> pd.DataFrame:
    """The rows with their fill, the ink upon it and what is said of them."""
    fills = [
        INK[row.mark] if pd.isna(row.value) else classes.colour(row.value)
        for row in rows.itertuples()
    ]
    return rows.assign(
        fill=fills,
        ink=["white" if fill in theme.DARK else theme.TEXT for fill in fills],
        tip=[_tip(row, classes, words) for row in rows.itertuples()],
    )


def _tip(row: Any, classes: Classes, words: Words) -> str:
    if pd.isna(row.value):
        return words("map.place", place=row.place, said=words(f"map.mark_{row.mark}"))
    said = classes.said(row.value)
    if row.mark == "provisional":
        said = words("mark.provisional", number=said)
    return words("map.place", place=row.place, said=said)


def _across(field: str = "column", middle: float = 0.5) -> Any:
    """Where a column of tiles stands: its middle, as the eastern half of the last tile needs room too."""
    scale = alt.Scale(
        domain=[-middle, COLUMNS - middle],
        range=[0, alt.ExprRef(f"{SIDE} * {COLUMNS}")],
        nice=False,
        zero=False,
    )
    return alt.X(f"{field}:Q", axis=None, scale=scale)


def _down(field: str = "row", middle: float = 0.5) -> Any:
    scale = alt.Scale(
        domain=[-middle, ROWS - middle],
        range=[0, alt.ExprRef(f"{SIDE} * {ROWS}")],
        nice=False,
        zero=False,
    )
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def _of_tile(share: float) -> dict[str, str]:
    """The area of a mark that fills so much of a tile's side."""
    return {"expr": f"pow({SIDE} * {share}, 2)"}


def _squares(drawn: pd.DataFrame) -> alt.Chart:
    return (
        alt.Chart(drawn[["column", "row", "fill", "tip"]])
        .mark_point(
            shape="square",
            size=_of_tile(0.92),
            opacity=1,
            stroke=theme.OUTLINE,
            strokeWidth=0.6,
        )
        .encode(
            _across(),
            _down(),
            fill=alt.Fill("fill:N", scale=None),
            tooltip=alt.Tooltip("tip:N", title=" "),
            description="tip:N",
        )
    )


def _patterns(drawn: pd.DataFrame) -> list[alt.Chart]:
    """The slash through what is hidden, and the dashes round what is not reported or not yet whole."""
    styles: dict[tuple[str, ...], dict[str, Any]] = {
        SLASHED: {"shape": SLASH, "size": _of_tile(0.92), "stroke": theme.SLASH},
        DASHED: {
            "shape": "square",
            "size": _of_tile(0.74),
            "stroke": theme.QUIET,
            "strokeDash": [3, 2],
        },
    }
    return [
        alt.Chart(rows[["column", "row"]])
        .mark_point(opacity=1, strokeWidth=1.2, aria=False, **style)
        .encode(_across(), _down())
        for marks, style in styles.items()
        if len(rows := drawn[drawn["mark"].isin(marks)])
    ]


def _borders(drawn: pd.DataFrame) -> list[alt.Chart]:
    """A line between two tiles of different regions."""
    region = {(row.column, row.row): row.region for row in drawn.itertuples()}
    lines = []
    for (column, row), own in region.items():
        if region.get((column + 1, row), own) != own:
            lines.append((column + 0.5, column + 0.5, row - 0.5, row + 0.5))
        if region.get((column, row + 1), own) != own:
            lines.append((column - 0.5, column + 0.5, row + 0.5, row + 0.5))
    if not lines:
        return []
    frame = pd.DataFrame(lines, columns=["west", "east", "north", "south"])
    ruled = alt.Chart(frame).mark_rule(color=theme.TEXT, strokeWidth=1.5, aria=False)
    return [ruled.encode(_across("west"), _down("north"), x2="east:Q", y2="south:Q")]


def _outline(chosen: pd.DataFrame) -> list[alt.Chart]:
    if chosen.empty:
        return []
    square = alt.Chart(chosen[["column", "row"]]).mark_point(
        shape="square", size=_of_tile(1), opacity=1, stroke=theme.TEXT, strokeWidth=3, aria=False
    )
    return [square.encode(_across(), _down())]


def _letters(drawn: pd.DataFrame) -> alt.Chart:
    size = {"expr": f"{SIDE} < {SMALLEST_WITH_LETTERS} ? 0 : 11"}
    return (
        alt.Chart(drawn[["column", "row", "short", "ink"]])
        .mark_text(fontSize=size, aria=False)
        .encode(_across(), _down(), text="short:N", color=alt.Color("ink:N", scale=None))
    )


def _legend(
    drawn: pd.DataFrame, classes: Classes, words: Words, *, is_sample: bool
) -> list[alt.Chart]:
    """Each class, and each mark that is on the map, with its pattern; and that the figures are made up."""
    present = [mark for mark in (*INK, "provisional") if (drawn["mark"] == mark).any()]
    lines = [
        *zip(classes.labels, classes.colours, [""] * len(classes.labels), strict=True),
        *((words(f"map.mark_{mark}"), INK.get(mark, classes.colours[1]), mark) for mark in present),
    ]
    frame = pd.DataFrame(lines, columns=["said", "fill", "mark"])
    frame["at"] = [LEGEND_TOP + LINE * place for place in range(len(frame))]
    beside: dict[str, Any] = {
        "x": alt.value({"expr": f"{SIDE} * {LEGEND_COLUMN}"}),
        "y": alt.Y("at:Q", axis=None, scale=None),
    }
    plain: dict[str, Any] = {"shape": "square", "size": SWATCH**2, "opacity": 1, "aria": False}
    base = alt.Chart(frame[["said", "fill", "at"]]).encode(**beside)
    layers = [
        base.mark_point(stroke=theme.OUTLINE, strokeWidth=0.6, **plain).encode(
            fill=alt.Fill("fill:N", scale=None)
        ),
        base.mark_text(align="left", dx=SWATCH, fontSize=12, aria=False).encode(text="said:N"),
    ]
    styles: dict[tuple[str, ...], dict[str, Any]] = {
        SLASHED: {**plain, "shape": SLASH, "stroke": theme.SLASH},
        DASHED: {**plain, "stroke": theme.QUIET, "strokeDash": [3, 2]},
    }
    for marks, style in styles.items():
        rows = frame.loc[frame["mark"].isin(marks), ["at"]]
        if len(rows):
            layers.append(alt.Chart(rows).mark_point(strokeWidth=1.2, **style).encode(**beside))
    if is_sample:
        made_up = pd.DataFrame(
            {"sample": [words("header.sample")], "at": [LEGEND_TOP + LINE * len(frame)]}
        )
        text = alt.Chart(made_up).mark_text(
            align="left", dx=-SWATCH / 2, fontSize=12, color=theme.FALL, aria=False
        )
        layers.append(text.encode(text="sample:N", **beside))
    return layers
