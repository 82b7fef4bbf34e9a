"""What is written in a chart: on a white edge where lines run beneath it, folded where room is scarce, and the mark of sample data."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from inquiries.charts import theme
from inquiries.words import Words

EDGE = 4
NEW_LINE = "\n"
# The label of an axis in lines, where its values are folded.
SPLIT = r"split(datum.label, '\n')"


def on_white_edge(encoded: alt.Chart, color: str, **style: Any) -> list[alt.Chart]:
    """The text of a chart, encoded but not yet marked, on an edge that keeps the lines beneath it off."""
    plain = {"lineBreak": NEW_LINE, "aria": False, **style}
    edge = encoded.mark_text(color="white", stroke="white", strokeWidth=EDGE, **plain)
    return [edge, encoded.mark_text(color=color, **plain)]


def folded(text: str, width: int) -> list[str]:
    """The lines of a text of at most so many characters each; a longer word has a line of its own."""
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def spread(heights: Sequence[float], sizes: Sequence[float], foot: float) -> list[float]:
    """The middles of texts of these sizes, each as near its height as it can without meeting another.

    Heights count downwards; none goes above 0 or below the foot while there is room.
    """
    order = sorted(range(len(heights)), key=lambda one: heights[one])
    middles = list(heights)
    edge = 0.0
    for one in order:
        middles[one] = max(middles[one], edge + sizes[one] / 2)
        edge = middles[one] + sizes[one] / 2
    edge = foot
    for one in reversed(order):
        middles[one] = min(middles[one], edge - sizes[one] / 2)
        edge = middles[one] - sizes[one] / 2
    return middles


def sample_mark(words: Words, y: float) -> alt.Chart:
    """Said in the picture itself, which is copied without the page round it."""
    return (
        alt.Chart(pd.DataFrame({"sample": [True]}))
        .mark_text(
            text=words("header.sample"),
            align="left",
            baseline="top",
            color=theme.FALL,
            fontSize=12,
            aria=False,
        )
        .encode(x=alt.value(4), y=alt.value(y))
    )
