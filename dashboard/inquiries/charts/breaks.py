"""Where a series was registered in another way: a line at the month, and what was on either side of it."""

from __future__ import annotations

import altair as alt
import pandas as pd

from inquiries.charts import theme
from inquiries.charts.timeline import NAMES_END, month_axis
from inquiries.charts.writing import NEW_LINE, folded, on_white_edge
from inquiries.words import Words

FOLD, LINE = 16, 14


def breaks(rows: pd.DataFrame, words: Words) -> theme.Drawn:
    """The layer of rows with month, left and right, to lie over a chart over time.

    `left` says how it was registered before the month and `right` how from it on; both stand under
    the names of the phases.
    """
    assert len(rows)
    tips = [
        words("chart.break", month=words.month(row.month), left=row.left, right=row.right)
        for row in rows.itertuples()
    ]
    base = alt.Chart(rows[["month"]].assign(tip=tips)).encode(
        x=month_axis(), y=alt.value(NAMES_END), y2=alt.value({"expr": "height"})
    )
    line = base.mark_rule(color=theme.QUIET, strokeDash=[2, 3], strokeWidth=1.5).encode(
        tooltip=alt.Tooltip("tip:N", title=" "), description="tip:N"
    )
    left, right = _folded(rows["left"]), _folded(rows["right"])
    heights = _stacked(left, right)
    layers = [
        *_beside(rows, left, heights, "right", -5),
        *_beside(rows, right, heights, "left", 5),
    ]
    return alt.layer(line, *layers).resolve_scale(y="independent")


def _folded(texts: pd.Series) -> list[str]:
    return [NEW_LINE.join(folded(text, FOLD)) for text in texts]


def _stacked(left: list[str], right: list[str]) -> list[int]:
    """The height of each break's text, under that of the break before, which may stand close by."""
    heights, height = [], NAMES_END
    for texts in zip(left, right, strict=True):
        heights.append(height)
        height += LINE * (1 + max(text.count(NEW_LINE) for text in texts))
    return heights


def _beside(
    rows: pd.DataFrame, texts: list[str], heights: list[int], align: str, dx: int
) -> list[alt.Chart]:
    encoded = alt.Chart(rows[["month"]].assign(said=texts, height=heights)).encode(
        x=month_axis(), y=alt.Y("height:Q", scale=None, axis=None), text="said:N"
    )
    place = {"align": align, "baseline": "top", "dx": dx, "fontSize": 12, "lineHeight": LINE}
    return on_white_edge(encoded, theme.QUIET, **place)
