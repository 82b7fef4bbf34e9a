"""What is still missing: expected less observed, added up month by month, with its band."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from inquiries.charts import theme
from inquiries.charts.timeline import HALF_YEARLY, month_axis, named_shades
from inquiries.charts.writing import on_white_edge, sample_mark
from inquiries.words import Words

HEIGHT = 290
# How much of what is drawn is left free above it, for the names of the phases, and below it.
ROOM_ABOVE, ROOM_BELOW = 0.3, 0.12
LINE, ASIDE = 18, 16
# The months that the name of zero stands over.
BEGINNING = 6

Ends = tuple[float, float]


def still_missing(
    rows: pd.DataFrame, phases: pd.DataFrame, words: Words, *, is_sample: bool = False
) -> theme.Drawn:
    """The chart of rows with month, missing, low and high; above zero inquiries are still missing.

    The greatest value and the last are written beside their points.
    """
    assert len(rows)
    ends = _ends(rows)
    layers: list[theme.Drawn] = [
        named_shades(phases, rows["month"], words, _months()),
        _band(rows, ends),
        *_zero(rows, ends, words),
        *_line(rows, ends, words),
        *_said(rows, ends, words),
        _sides(words),
    ]
    if is_sample:
        layers += [sample_mark(words, -2 * LINE)]
    whole = alt.layer(*layers, height=HEIGHT, width="container", autosize=theme.WIDTH_ONLY)
    return theme.themed(whole, words)


def _months() -> alt.X:
    return month_axis(HALF_YEARLY, {"interval": "month", "step": 6})


def _ends(rows: pd.DataFrame) -> Ends:
    """The ends of the axis, so that every layer shares one, with zero among what it holds."""
    drawn = pd.concat([rows["low"], rows["missing"], rows["high"], pd.Series([0.0, 1.0])])
    low, high = drawn.min(), drawn.max()
    return low - ROOM_BELOW * (high - low), high + ROOM_ABOVE * (high - low)


def _upright(field: str, ends: Ends) -> alt.Y:
    axis = alt.Axis(title=None, tickCount=5, domain=False, ticks=False, aria=False, format=",.0f")
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(domain=list(ends), nice=False))


def _band(rows: pd.DataFrame, ends: Ends) -> alt.Chart:
    return (
        alt.Chart(rows[["month", "low", "high"]])
        .mark_area(color=theme.BAND, opacity=0.75, aria=False)
        .encode(x=_months(), y=_upright("low", ends), y2="high:Q")
    )


def _zero(rows: pd.DataFrame, ends: Ends, words: Words) -> list[alt.Chart]:
    """The line on which nothing is missing, its name at its beginning, on the side that is free there."""
    below = rows["missing"].head(BEGINNING).mean() >= 0
    base = alt.Chart(rows[["month"]].head(1).assign(zero=0.0)).encode(y=_upright("zero", ends))
    line = base.mark_rule(color=theme.TEXT, aria=False)
    name = base.encode(x=_months(), text=alt.value(words("chart.as_expected")))
    place = {"align": "left", "baseline": "middle", "dx": 4, "dy": 12 if below else -12}
    return [line, *on_white_edge(name, theme.QUIET, fontSize=12, **place)]


def _line(rows: pd.DataFrame, ends: Ends, words: Words) -> list[alt.Chart]:
    tips = [_at(row, words) for row in rows.itertuples()]
    base = alt.Chart(rows[["month", "missing"]].assign(tip=tips)).encode(
        x=_months(), y=_upright("missing", ends)
    )
    line = base.mark_line(color=theme.OBSERVED, strokeWidth=2.5, aria=False)
    hover = base.mark_circle(opacity=0, size=90).encode(
        tooltip=alt.Tooltip("tip:N", title=" "), description="tip:N"
    )
    return [line, hover]


def _at(row: Any, words: Words) -> str:
    """februar 2022: 41 (−180 til 260)"""
    return words(
        "chart.missing_at",
        month=words.month(row.month),
        number=words.number(row.missing),
        limits=words.interval(row.low, row.high),
    )


def _said(rows: pd.DataFrame, ends: Ends, words: Words) -> list[alt.Chart]:
    """The last point and, unless it is the greatest or nothing was missing, the greatest."""
    last, peak = rows.iloc[[-1]], rows.loc[[rows["missing"].idxmax()]]
    text = _at(next(last.itertuples()), words)
    has_peak = peak.index[0] != last.index[0] and peak["missing"].iloc[0] >= 1
    early = peak["month"].iloc[0] < rows["month"].iloc[[0, -1]].mean()
    under = _beside_last(rows, ends, is_crowded=has_peak and not early)
    said = _point(last, ends, text, align="right", dy=under)
    if not has_peak:
        return said
    month, number = words.month(peak["month"].iloc[0]), words.number(peak["missing"].iloc[0])
    beside = {"align": "left" if early else "right", "dx": 8 if early else -8, "dy": -12}
    text = words("chart.most_missing", month=month, number=number)
    return [*said, *_point(peak, ends, text, **beside)]


def _beside_last(rows: pd.DataFrame, ends: Ends, *, is_crowded: bool) -> float:
    """How far under the last point its text stands: where the line does not come from, and off zero.

    Beneath it in any case when the greatest value is written above the line near by.
    """
    last = float(rows["missing"].iloc[-1])
    above = last * HEIGHT / (ends[1] - ends[0])
    falling = len(rows) > 1 and last <= rows["missing"].iloc[-2]
    under = ASIDE if falling or is_crowded else -ASIDE
    if abs(above - under) >= ASIDE:
        return under
    return above + under


def _point(row: pd.DataFrame, ends: Ends, text: str, **place: Any) -> list[alt.Chart]:
    base = alt.Chart(row[["month", "missing"]]).encode(x=_months(), y=_upright("missing", ends))
    dot = base.mark_circle(color=theme.OBSERVED, size=70, opacity=1, aria=False)
    said = base.encode(text=alt.value(text))
    return [dot, *on_white_edge(said, theme.TEXT, fontWeight="bold", **place)]


def _sides(words: Words) -> alt.Chart:
    """What lies on either side of zero, said above the plot."""
    return (
        alt.Chart(pd.DataFrame({"said": [words("chart.sides_of_zero")]}))
        .mark_text(align="left", baseline="top", color=theme.QUIET, fontSize=12, aria=False)
        .encode(x=alt.value(4), y=alt.value(-LINE), text="said:N")
    )
