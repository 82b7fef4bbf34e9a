"""Observed against expected, month by month, with the phases shaded and the fall in the accent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import altair as alt
import pandas as pd

from inquiries.charts import theme
from inquiries.charts.breaks import breaks as break_lines
from inquiries.charts.timeline import alone, month_axis, named_shades, reached
from inquiries.charts.writing import on_white_edge, sample_mark
from inquiries.periods import COMPLETE, PROVISIONAL
from inquiries.words import Words

HEIGHT = 380
NOTE_LINE = 18
# How much higher the axis reaches than what is drawn, for what is written above it.
ROOM, ROOM_FOR_BREAKS = 1.12, 1.35
NAME: dict[str, Any] = {"align": "left", "dx": 8, "fontWeight": "bold", "fontSize": 13}

CountAxis = Callable[[str], alt.Y]


@dataclass(frozen=True)
class Accent:
    """The span drawn as the fall, and what is written beside it."""

    first_month: pd.Timestamp
    last_month: pd.Timestamp
    text: tuple[str, ...]


def observed_expected(
    series: pd.DataFrame,
    phases: pd.DataFrame,
    accent: Accent | None,
    unit: str,
    words: Words,
    *,
    is_sample: bool = False,
    breaks: pd.DataFrame | None = None,
) -> theme.Drawn:
    """The chart of a series with month, count, state, expected, low and high.

    A month that is hidden or missing has no count: the line breaks there and never falls to zero.
    A provisional month is dashed. Without an accent nothing is drawn as a fall. Breaks have month,
    left and right; those outside the series' months are left out.
    """
    broken = _within_series(breaks, series)
    count_axis = partial(_count_axis, _top(series, ROOM if broken.empty else ROOM_FOR_BREAKS))
    layers: list[theme.Drawn] = []
    if len(reached(phases, series["month"])):
        layers += [named_shades(phases, series["month"], words, month_axis())]
    if series["expected"].notna().any():
        layers += [_band(series, count_axis), _expected(series, count_axis)]
    layers += _observed(series, count_axis, unit, words)
    if (series["state"] == PROVISIONAL).any():
        layers += [_provisional(series, count_axis)]
    if len(broken):
        layers += [break_lines(broken, words)]
    if accent:
        layers += [_fall(series, accent, count_axis), *_note(series, accent)]
    layers += _names(series, count_axis, words)
    if is_sample:
        layers += [sample_mark(words, 4)]
    return theme.themed(alt.layer(*layers, height=HEIGHT, width="container"), words)


def _within_series(breaks: pd.DataFrame | None, series: pd.DataFrame) -> pd.DataFrame:
    if breaks is None:
        return pd.DataFrame()
    return breaks[breaks["month"].isin(series["month"])]


def _count_axis(top: float, field: str) -> alt.Y:
    axis = alt.Axis(title=None, tickCount=5, domain=False, ticks=False, aria=False, format=",.0f")
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(domain=[0, top], nice=True))


def _top(series: pd.DataFrame, room: float) -> float:
    """The highest thing drawn, so that every layer shares one axis from zero."""
    highest = pd.concat([series["count"], series["high"]]).astype("float64").max()
    return float(highest) * room if pd.notna(highest) and highest > 0 else 1.0


def _band(series: pd.DataFrame, count_axis: CountAxis) -> alt.Chart:
    return (
        alt.Chart(series.dropna(subset=["low"])[["month", "low", "high"]])
        .mark_area(color=theme.BAND, opacity=0.75, aria=False)
        .encode(x=month_axis(), y=count_axis("low"), y2="high:Q")
    )


def _expected(series: pd.DataFrame, count_axis: CountAxis) -> alt.Chart:
    return (
        alt.Chart(series.dropna(subset=["expected"])[["month", "expected"]])
        .mark_line(color=theme.EXPECTED, strokeDash=[5, 4], strokeWidth=2, aria=False)
        .encode(x=month_axis(), y=count_axis("expected"))
    )


def _observed(
    series: pd.DataFrame, count_axis: CountAxis, unit: str, words: Words
) -> list[alt.Chart]:
    complete = series["count"].where(series["state"] == COMPLETE)
    frame = pd.DataFrame(
        {
            "month": series["month"],
            "count": complete,
            "tip": [_tip(row, unit, words) for row in series.itertuples()],
        }
    )
    base = alt.Chart(frame).encode(x=month_axis(), y=count_axis("count"))
    line = base.mark_line(color=theme.OBSERVED, strokeWidth=2.5, aria=False)
    hover = base.mark_circle(opacity=0, size=90).encode(
        tooltip=alt.Tooltip("tip:N", title=" "), description="tip:N"
    )
    unreached = frame[alone(complete)]
    dots = alt.Chart(unreached).mark_circle(color=theme.OBSERVED, size=30, opacity=1, aria=False)
    lonely = [dots.encode(x=month_axis(), y=count_axis("count"))] if len(unreached) else []
    return [line, *lonely, hover]


def _tip(row: object, unit: str, words: Words) -> str:
    month, count = words.month(row.month), row.count  # type: ignore[attr-defined]
    if pd.isna(count):
        return month
    tip = words("chart.tip", month=month, count=words.number(count), unit=unit)
    if pd.isna(row.expected):  # type: ignore[attr-defined]
        return tip
    expected = words.number(row.expected)  # type: ignore[attr-defined]
    limits = words.interval(row.low, row.high)  # type: ignore[attr-defined]
    return tip + words("chart.tip_expected", expected=expected, limits=limits)


def _provisional(series: pd.DataFrame, count_axis: CountAxis) -> alt.Chart:
    """The dashed run from the last complete month through the provisional ones."""
    provisional = series["state"] == PROVISIONAL
    joined = provisional | provisional.shift(-1, fill_value=False)
    frame = series[["month", "count"]].assign(count=series["count"].where(joined))
    return (
        alt.Chart(frame)
        .mark_line(
            color=theme.OBSERVED,
            strokeDash=[3, 3],
            strokeWidth=2,
            aria=False,
            point=alt.OverlayMarkDef(
                aria=False, filled=False, fill="white", color=theme.OBSERVED, size=40
            ),
        )
        .encode(x=month_axis(), y=count_axis("count"))
        .transform_filter("isValid(datum.count)")
    )


def _within(series: pd.DataFrame, accent: Accent) -> pd.DataFrame:
    return series[series["month"].between(accent.first_month, accent.last_month)]


def _fall(series: pd.DataFrame, accent: Accent, count_axis: CountAxis) -> alt.Chart:
    return (
        alt.Chart(_within(series, accent)[["month", "count"]])
        .mark_line(
            color=theme.FALL,
            strokeWidth=3.5,
            aria=False,
            point=alt.OverlayMarkDef(aria=False, color=theme.FALL, size=70),
        )
        .encode(x=month_axis(), y=count_axis("count"))
    )


def _note(series: pd.DataFrame, accent: Accent) -> list[alt.Chart]:
    """What the fall is, in words, at the foot of the plot, on the side that has more room."""
    span = series["month"].iloc[[0, -1]].mean()
    side = "left" if accent.first_month < span else "right"
    edge = accent.last_month if side == "left" else accent.first_month
    place = {"align": side, "baseline": "line-bottom", "dx": 10 if side == "left" else -10}
    encoded = alt.Chart(pd.DataFrame({"month": [edge]})).encode(
        x=month_axis(),
        y=alt.value({"expr": f"height - {NOTE_LINE * len(accent.text)}"}),
        text=alt.value(list(accent.text)),
    )
    style = {"fontWeight": "bold", "fontSize": 14, "lineHeight": NOTE_LINE}
    return on_white_edge(encoded, theme.FALL, **place, **style)


def _names(series: pd.DataFrame, count_axis: CountAxis, words: Words) -> list[alt.Chart]:
    """The lines' names beside them, instead of a legend."""
    newest = series.dropna(subset=["count"]).tail(1)
    last = series.dropna(subset=["expected"]).tail(1)
    observed, expected = words("chart.observed"), words("chart.expected")
    if last.empty:
        return [_name(newest, count_axis("count"), observed, theme.OBSERVED)]
    if newest.empty or last["month"].iloc[0] < newest["month"].iloc[0]:
        return [
            *_name_over_band(last, count_axis("high"), expected),
            _name(newest, count_axis("count"), observed, theme.OBSERVED),
        ]
    apart = 9 if newest["count"].iloc[0] < last["expected"].iloc[0] else -9
    return [
        _name(newest, count_axis("count"), observed, theme.OBSERVED, dy=apart),
        _name(last, count_axis("expected"), expected, theme.EXPECTED, dy=-apart),
    ]


def _name_over_band(last: pd.DataFrame, height: alt.Y, text: str) -> list[alt.Chart]:
    """Over the band's last month, on a white edge, for the observed line may run through it."""
    style = NAME | {"dx": -24, "dy": -10, "text": text}
    return on_white_edge(_named(last, height), theme.EXPECTED, **style)


def _name(row: pd.DataFrame, height: alt.Y, text: str, color: str, dy: int = 0) -> alt.Chart:
    return _named(row, height).mark_text(color=color, text=text, dy=dy, aria=False, **NAME)


def _named(row: pd.DataFrame, height: alt.Y) -> alt.Chart:
    return alt.Chart(row[["month", "count", "expected", "high"]]).encode(x=month_axis(), y=height)
