"""Whether the model fits the months it was made from: its residuals, and how they follow each other."""

from __future__ import annotations

import altair as alt
import pandas as pd

from inquiries.charts import theme
from inquiries.charts.timeline import month_axis
from inquiries.charts.writing import sample_mark
from inquiries.words import Words

HEIGHT, LINE = 200, 18
# About 95 in 100 residuals of a model that fits lie within two of zero.
USUAL = 2.0
LEAST_SHOWN, LEAST_CORRELATION = 3.0, 0.5


def residuals(rows: pd.DataFrame, words: Words, *, is_sample: bool = False) -> theme.Drawn:
    """The chart of rows with month and residual (standardised), with guides at 2 and -2."""
    assert len(rows)
    end = max(LEAST_SHOWN, 1.1 * float(rows["residual"].abs().max()))
    points = (
        alt.Chart(rows[["month", "residual"]])
        .mark_circle(color=theme.OBSERVED, size=36, opacity=1, aria=False)
        .encode(x=month_axis(), y=_upright("residual", end))
    )
    return _sized([*_guides(USUAL, end), points], words, is_sample)


def autocorrelation(
    rows: pd.DataFrame, limit: float, words: Words, *, is_sample: bool = False
) -> theme.Drawn:
    """The chart of rows with lag (in months) and value, with guides at the limit and its negative."""
    assert len(rows)
    end = min(1.0, max(LEAST_CORRELATION, 1.2 * max(limit, float(rows["value"].abs().max()))))
    axis = alt.Axis(
        title=words("chart.lag"),
        titleAnchor="start",
        labelAngle=0,
        domain=False,
        ticks=False,
        aria=False,
    )
    bars = (
        alt.Chart(rows[["lag", "value"]])
        .mark_bar(color=theme.OBSERVED, size=10, aria=False)
        .encode(x=alt.X("lag:O", axis=axis), y=_upright("value", end))
    )
    return _sized([bars, *_guides(limit, end)], words, is_sample)


def _upright(field: str, end: float) -> alt.Y:
    axis = alt.Axis(title=None, tickCount=5, domain=False, ticks=False, aria=False, format=",.1~f")
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(domain=[-end, end], nice=False))


def _guides(limit: float, end: float) -> list[alt.Chart]:
    """The line of zero, and the two between which chance alone keeps nearly all."""
    zero = alt.Chart(pd.DataFrame({"guide": [0.0]})).mark_rule(color=theme.TEXT, aria=False)
    limits = alt.Chart(pd.DataFrame({"guide": [-limit, limit]})).mark_rule(
        color=theme.EXPECTED, strokeDash=[5, 4], aria=False
    )
    upright = _upright("guide", end)
    return [zero.encode(y=upright), limits.encode(y=upright)]


def _sized(layers: list[alt.Chart], words: Words, is_sample: bool) -> theme.Drawn:
    mark = [sample_mark(words, -LINE)] if is_sample else []
    return theme.themed(alt.layer(*layers, *mark, height=HEIGHT, width="container"), words)
