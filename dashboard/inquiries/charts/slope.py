"""A slope: each value a line from one phase to another, ranked at either end, those that fell in the accent."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from inquiries.charts import theme
from inquiries.charts.lines import CHOSEN
from inquiries.charts.writing import NEW_LINE, folded, sample_mark, spread
from inquiries.words import Words

LEAST_HEIGHT, LINE, FOLD, EDGE = 320, 16, 22, 10
# Where the two ends stand, as shares of the width.
LEFT, RIGHT = 0.14, 0.54


def slope(
    rows: pd.DataFrame,
    ends: tuple[tuple[str, str], tuple[str, str]],
    words: Words,
    *,
    is_sample: bool = False,
) -> theme.Drawn:
    """The chart of rows with code, label, before, after, before_text, after_text, tip and falls.

    Values are drawn from zero, to one scale. `falls` are those that the release judges to have
    fallen. `ends` are the names of the phases, each with its months.
    """
    assert len(rows)
    height = max(LEAST_HEIGHT, LINE * (len(rows) + 2))
    top = theme.top_of(pd.concat([rows["before"], rows["after"]]).max())
    placed = rows.assign(
        start=[height * (1 - value / top) for value in rows["before"]],
        end=[height * (1 - value / top) for value in rows["after"]],
        ink=rows["falls"].map({True: theme.FALL, False: theme.OBSERVED}),
    )
    headings = [[name, *folded(months, FOLD)] for name, months in ends]
    layers: list[theme.Drawn] = [
        _uprights(height),
        *_headings(headings),
        _lines(placed),
        *_dots(placed),
        _texts(placed, height, "start", "before_text", "right"),
        _texts(_labelled(placed), height, "end", "after_label", "left"),
    ]
    if is_sample:
        layers.append(sample_mark(words, -EDGE - LINE * (2 + max(map(len, headings)))))
    whole = alt.layer(*layers, height=height, width="container", autosize=theme.WIDTH_ONLY)
    return theme.themed(whole, words)


def _at(share: float) -> Any:
    return alt.value({"expr": f"width * {share}"})


def _height(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def _uprights(height: float) -> theme.Drawn:
    frame = pd.DataFrame({"head": [0.0]})
    rules = [
        alt.Chart(frame)
        .mark_rule(color=theme.GRID, aria=False)
        .encode(x=_at(share), y=_height("head"), y2=alt.value(height))
        for share in (LEFT, RIGHT)
    ]
    return alt.layer(*rules)


def _headings(headings: list[list[str]]) -> list[theme.Drawn]:
    """Over each end its phase and, beneath it, the months; they end on one height."""
    return [
        alt.Chart(pd.DataFrame({"said": [NEW_LINE.join(lines)]}))
        .mark_text(
            align="center",
            baseline="top",
            lineBreak=NEW_LINE,
            lineHeight=LINE,
            color=theme.QUIET,
            fontSize=12,
            aria=False,
        )
        .encode(x=_at(share), y=alt.value(-EDGE - LINE * len(lines)), text="said:N")
        for share, lines in zip((LEFT, RIGHT), headings, strict=True)
    ]


def _lines(placed: pd.DataFrame) -> alt.Chart:
    return (
        alt.Chart(placed[["code", "start", "end", "ink"]])
        .mark_rule(strokeWidth=2, aria=False)
        .encode(
            x=_at(LEFT),
            x2=_at(RIGHT),
            y=_height("start"),
            y2="end:Q",
            color=alt.Color("ink:N", scale=None),
        )
    )


def _dots(placed: pd.DataFrame) -> list[theme.Drawn]:
    """The two ends of each line; the later one says the change, and answers to a click."""
    base = alt.Chart(placed[["code", "start", "end", "ink", "tip"]])
    ink = alt.Color("ink:N", scale=None)
    first = base.mark_circle(size=60, opacity=1, aria=False).encode(
        x=_at(LEFT), y=_height("start"), color=ink
    )
    last = (
        base.mark_circle(size=90, opacity=1)
        .encode(
            x=_at(RIGHT),
            y=_height("end"),
            color=ink,
            tooltip=alt.Tooltip("tip:N", title=" "),
            description="tip:N",
        )
        .add_params(alt.selection_point(name=CHOSEN, fields=["code"], toggle=False))
    )
    return [first, last]


def _labelled(placed: pd.DataFrame) -> pd.DataFrame:
    texts = [f"{row.after_text}  {row.label}" for row in placed.itertuples()]
    return placed.assign(after_label=texts)


def _texts(placed: pd.DataFrame, height: float, field: str, text: str, align: str) -> alt.Chart:
    """The values at one end, pushed apart where they would meet; right of the later end with their names."""
    own = placed.drop_duplicates([field, text])  # what begins at one value is written once
    apart = spread(list(own[field]), [LINE] * len(own), height)
    frame = pd.DataFrame({"said": own[text], "height": apart, "ink": own["ink"]})
    share = LEFT if align == "right" else RIGHT
    place: dict[str, Any] = {"align": align, "dx": -10 if align == "right" else 10}
    return (
        alt.Chart(frame)
        .mark_text(baseline="middle", fontSize=12, aria=False, **place)
        .encode(
            x=_at(share),
            y=_height("height"),
            text="said:N",
            color=alt.Color("ink:N", scale=None),
        )
    )
