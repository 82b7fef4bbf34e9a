"""A count for some years: bars on an axis of years, so that a year without a figure is a gap."""

from __future__ import annotations

import altair as alt
import pandas as pd

from inquiries.charts import theme
from inquiries.words import Words

HEIGHT, BAR, ROOM = 170, 20, 1.18


def few_years(series: pd.DataFrame, words: Words) -> theme.Drawn:
    """The chart of a series with year and count; each bar bears its number, so there is no axis of counts.

    Its marks are silent: whoever shows the chart says its figures as its text alternative.
    """
    first, last = int(series["year"].min()), int(series["year"].max())
    drawn = series.assign(said=[words.number(count) for count in series["count"]])
    top = float(drawn["count"].max()) * ROOM
    across = alt.X(
        "year:Q",
        title=None,
        axis=alt.Axis(format="d", values=list(drawn["year"]), grid=False, aria=False),
        scale=alt.Scale(domain=[first - 0.7, last + 0.7], nice=False, zero=False),
    )
    upright = alt.Y("count:Q", axis=None, scale=alt.Scale(domain=[0, top]))
    bars = (
        alt.Chart(drawn)
        .mark_bar(size=BAR, color=theme.OBSERVED, aria=False)
        .encode(across, upright)
    )
    counts = (
        alt.Chart(drawn)
        .mark_text(baseline="bottom", dy=-3, aria=False)
        .encode(across, upright, text="said:N")
    )
    return theme.themed(alt.layer(bars, counts).properties(height=HEIGHT, width="container"), words)
