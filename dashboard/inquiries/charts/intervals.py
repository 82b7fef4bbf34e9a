"""Changes side by side: a dot and its interval a row, against no change and against the total."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from inquiries.charts import theme
from inquiries.charts.writing import NEW_LINE, folded, on_white_edge, sample_mark
from inquiries.words import Words

# A change beyond these is not drawn to scale: its interval ends in an arrow at the edge.
LEAST, MOST, STEP = -100, 150, 10
EDGE, LINE, BENEATH, APART = 3, 16, 12, 16
SIGNED = "datum.value == 0 ? '0' : format(datum.value, '+,.1~f')"
# Where the chart is narrower than this, a long label is folded so that the note has room beside it.
NARROW, FOLD = 560, 30
INK = {"differs": theme.FALL, "plain": theme.OBSERVED, "unsure": theme.EXPECTED}


@dataclass(frozen=True)
class _Plot:
    """What the layers share: the ends of the axis and its title, and where the rows begin and end."""

    low: float
    high: float
    title: str
    top: float
    foot: float

    def across(self, field: str = "change") -> alt.X:
        axis = alt.Axis(
            title=self.title,
            titleAnchor="start",
            labelExpr=SIGNED,
            tickCount=5,
            domain=False,
            ticks=False,
            aria=False,
        )
        scale = alt.Scale(domain=[self.low, self.high], nice=False)
        return alt.X(f"{field}:Q", axis=axis, scale=scale)

    def place(self, change: float) -> float:
        """How far along the axis a change lies, from 0 to 1."""
        return (change - self.low) / (self.high - self.low)

    def within(self, changes: pd.Series) -> pd.Series:
        return changes.clip(self.low, self.high)


def intervals(
    rows: pd.DataFrame,
    words: Words,
    *,
    axis_title: str,
    reference: float | None = None,
    reference_label: str = "",
    is_sample: bool = False,
) -> theme.Drawn:
    """The chart of rows with label, change, low, high, standing and note, from above in their order.

    Changes are in per cent and a fall is negative. `standing` is "differs" (filled, in the accent,
    its label bold), "plain" (filled) or "unsure" (hollow). A row without a change has its label and
    note alone. `reference` is the change of the total, a thin dashed line.
    """
    assert len(rows)
    top = EDGE + LINE * (1 + (reference is not None) + is_sample)
    stacked = _stacked(rows, top + BENEATH)
    plot = _Plot(*ends(rows, reference), axis_title, top, float(stacked["at"].iloc[-1]) + APART)
    drawn = _drawn(stacked, plot, words)
    layers = _unchanged(plot, words)
    if reference is not None:
        layers += _total(plot, reference, reference_label)
    if len(drawn):
        layers += [_spans(drawn, plot), *_arrows(drawn, plot), _dots(drawn, plot)]
    layers += [*_labels(stacked), *_notes(stacked)]
    if is_sample:
        layers += [sample_mark(words, EDGE)]
    whole = alt.layer(*layers, height=plot.foot, width="container", autosize=theme.WIDTH_ONLY)
    return theme.themed(whole, words)


def ends(rows: pd.DataFrame, reference: float | None = None) -> tuple[float, float]:
    """The ends of the axis, on whole tens, no change among what they hold."""
    reached = [0.0, *([] if reference is None else [reference])]
    drawn = pd.concat([rows["low"], rows["change"], rows["high"], pd.Series(reached)])
    low = STEP * math.floor(drawn.min() / STEP)
    high = STEP * math.ceil(drawn.max() / STEP)
    return max(low, LEAST), min(max(high, STEP), MOST)


def _stacked(rows: pd.DataFrame, head: float) -> pd.DataFrame:
    """The rows with their label folded, and in pixels: its head, what it saves unfolded, its interval."""
    lines = [folded(label, FOLD) for label in rows["label"]]
    spare = pd.Series([LINE * (len(row) - 1) for row in lines], index=rows.index)
    heights = LINE + spare + BENEATH + APART
    heads = head + heights.cumsum() - heights
    return rows.assign(
        folded=[NEW_LINE.join(row) for row in lines],
        spare=spare,
        head=heads,
        at=heads + LINE + spare + BENEATH / 2,
    )


def _drawn(stacked: pd.DataFrame, plot: _Plot, words: Words) -> pd.DataFrame:
    """The rows that have a change, with their ink, their text alternative and the ends that are shown."""
    rows = stacked.dropna(subset=["change"])
    return rows.assign(
        ink=rows["standing"].map(INK),
        fill=rows["standing"].map(INK | {"unsure": "white"}),
        start=plot.within(rows["low"]),
        end=plot.within(rows["high"]),
        tip=[_tip(row, words) for row in rows.itertuples()],
    )


def _tip(row: Any, words: Words) -> str:
    return words(
        "chart.tip_change",
        label=row.label,
        change=words("format.percent", number=words.signed(row.change)),
        limits=words.interval(row.low, row.high),
    )


def _unchanged(plot: _Plot, words: Words) -> list[alt.Chart]:
    side = "left" if plot.place(0) < 0.8 else "right"
    return _upright(plot, 0, words("chart.unchanged"), side, plot.top - LINE, color=theme.TEXT)


def _total(plot: _Plot, change: float, label: str) -> list[alt.Chart]:
    side = "left" if plot.place(change) < 0.5 else "right"
    style = {"color": theme.EXPECTED, "strokeDash": [5, 4]}
    return _upright(plot, change, label, side, plot.top - 2 * LINE, **style)


def _upright(
    plot: _Plot, change: float, label: str, side: str, head: float, **style: Any
) -> list[alt.Chart]:
    """A line through all rows, its label beside its head."""
    base = alt.Chart(pd.DataFrame({"change": [change]})).encode(x=plot.across(), y=alt.value(head))
    line = base.mark_rule(aria=False, **style).encode(y2=alt.value(plot.foot))
    beside = {"align": side, "baseline": "top", "dx": 5 if side == "left" else -5, "fontSize": 12}
    return [line, *on_white_edge(base.encode(text=alt.value(label)), theme.QUIET, **beside)]


def _spans(drawn: pd.DataFrame, plot: _Plot) -> alt.Chart:
    return (
        alt.Chart(drawn[["start", "end", "at", "ink"]])
        .mark_rule(strokeWidth=2.5, aria=False)
        .encode(plot.across("start"), x2="end:Q", y=_at("at"), color=alt.Color("ink:N", scale=None))
    )


def _arrows(drawn: pd.DataFrame, plot: _Plot) -> list[alt.Chart]:
    """Where an interval goes on beyond the edge."""
    beyond = {
        "triangle-left": drawn[drawn["low"] < plot.low].assign(edge=plot.low),
        "triangle-right": drawn[drawn["high"] > plot.high].assign(edge=plot.high),
    }
    return [
        alt.Chart(rows[["edge", "at", "ink"]])
        .mark_point(shape=shape, size=70, filled=True, opacity=1, aria=False)
        .encode(plot.across("edge"), _at("at"), color=alt.Color("ink:N", scale=None))
        for shape, rows in beyond.items()
        if len(rows)
    ]


def _dots(drawn: pd.DataFrame, plot: _Plot) -> alt.Chart:
    shown = drawn[drawn["change"].between(plot.low, plot.high)]
    return (
        alt.Chart(shown[["change", "at", "ink", "fill", "tip"]])
        .mark_point(size=110, opacity=1, strokeWidth=2.5)
        .encode(
            plot.across(),
            _at("at"),
            stroke=alt.Stroke("ink:N", scale=None),
            fill=alt.Fill("fill:N", scale=None),
            tooltip=alt.Tooltip("tip:N", title=" "),
            description="tip:N",
        )
    )


def _labels(stacked: pd.DataFrame) -> list[alt.Chart]:
    text = alt.Chart(stacked[["label", "folded", "spare", "head", "standing"]]).encode(
        x=alt.value(0), y=_at("head"), text=alt.value(_where_narrow("datum.folded", "datum.label"))
    )
    return on_white_edge(
        text,
        theme.TEXT,
        align="left",
        baseline="top",
        dy=_where_narrow("0", "datum.spare"),
        lineHeight=LINE,
        fontWeight={"expr": "datum.standing == 'differs' ? 'bold' : 'normal'"},
    )


def _notes(stacked: pd.DataFrame) -> list[alt.Chart]:
    text = alt.Chart(stacked[["note", "spare", "head"]]).encode(
        x=alt.value({"expr": "width"}), y=_at("head"), text="note:N"
    )
    place = {"align": "right", "baseline": "top", "dy": _where_narrow("0", "datum.spare")}
    return on_white_edge(text, theme.QUIET, fontSize=12, **place)


def _where_narrow(narrow: str, wide: str) -> dict[str, str]:
    return {"expr": f"width < {NARROW} ? {narrow} : {wide}"}


def _at(height: str) -> alt.Y:
    return alt.Y(f"{height}:Q", scale=None, axis=None)
