"""Lines over time, or over the phases: at most four in ink of their own with their name beside them, the rest grey."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from inquiries.charts import theme
from inquiries.charts.breaks import breaks as break_lines
from inquiries.charts.timeline import (
    HALF_YEARLY,
    alone,
    complete,
    dashed,
    month_axis,
    named_shades,
    provisional_run,
)
from inquiries.charts.writing import NEW_LINE, SPLIT, folded, on_white_edge, sample_mark, spread
from inquiries.words import Words

HEIGHT = 380
# How much higher the axis reaches than what is drawn, for the names of the phases and of breaks.
ROOM, ROOM_FOR_BREAKS = 1.12, 1.35
FOLD, LINE, FOLD_PHASE, SAMPLE = 18, 15, 10, 18
# With so few years there is room for the names of months.
FEW_YEARS = 3
# What a click on a line gives: the value it is of.
CHOSEN = "chosen"


def lines(
    rows: pd.DataFrame,
    phases: pd.DataFrame,
    words: Words,
    *,
    breaks: pd.DataFrame | None = None,
    reference: str = "",
    is_sample: bool = False,
) -> theme.Drawn:
    """The chart of rows with code, label, place, month, value, state and tip, line by line in order of time.

    `place` is 0 to 3 for a line with an ink and a name, and else -1. A month without a value is a
    gap, and a provisional one dashed. Breaks have month, left and right. `reference` names the line
    of 100, where there is one.
    """
    assert len(rows)
    across = _across(rows["month"])
    marked = breaks is not None and len(breaks) > 0
    top = theme.top_of(rows["value"].max(), ROOM_FOR_BREAKS if marked else ROOM)
    layers: list[theme.Drawn] = []
    if len(phases):
        layers.append(named_shades(phases, rows["month"], words, across))
    layers += [*_hundred(reference, top), *_all_lines(rows, across, top), *_named(reference, top)]
    if breaks is not None and marked:
        layers.append(break_lines(breaks, words))
    return _sized([*layers, *_names(rows, top)], words, is_sample)


def phase_lines(
    rows: pd.DataFrame,
    order: list[str],
    words: Words,
    *,
    reference: str = "",
    is_sample: bool = False,
) -> theme.Drawn:
    """The same over the phases, one after the other: `month` is then a phase's name, in this order."""
    assert len(rows)
    names = {name: NEW_LINE.join(folded(name, FOLD_PHASE)) for name in order}
    axis = alt.Axis(
        title=None,
        labelAngle=0,
        labelExpr=SPLIT,
        labelOverlap=False,
        labelLimit=0,
        grid=False,
        aria=False,
    )
    across = alt.X("month:O", sort=list(names.values()), axis=axis)
    top = theme.top_of(rows["value"].max(), ROOM)
    named = rows.assign(month=rows["month"].map(names))
    layers = [*_hundred(reference, top), *_all_lines(named, across, top, every_point=True)]
    layers += [*_named(reference, top), *_names(named, top)]
    return _sized(layers, words, is_sample)


def _across(months: pd.Series) -> alt.X:
    """A label a year, or more of them where few years are drawn."""
    years = (months.max() - months.min()).days / 365
    if years > FEW_YEARS:
        return month_axis()
    return month_axis(HALF_YEARLY, {"interval": "month", "step": 3 if years > 1 else 1})


def _hundred(reference: str, top: float) -> list[theme.Drawn]:
    """The line of 100; none without a name."""
    guide = alt.Chart(pd.DataFrame({"guide": [100.0]})).encode(y=theme.from_zero("guide", top))
    rule = guide.mark_rule(color=theme.EXPECTED, strokeDash=[5, 4], aria=False)
    return [rule] if reference else []


def _named(reference: str, top: float) -> list[theme.Drawn]:
    """The name of the line of 100 at its beginning, over whatever is drawn there."""
    guide = alt.Chart(pd.DataFrame({"guide": [100.0]})).encode(
        x=alt.value(4), y=theme.from_zero("guide", top), text=alt.value(reference)
    )
    place: dict[str, Any] = {"align": "left", "baseline": "bottom", "dy": -3, "fontSize": 12}
    return [*on_white_edge(guide, theme.QUIET, **place)] if reference else []


def _sized(layers: list[theme.Drawn], words: Words, is_sample: bool) -> theme.Drawn:
    if is_sample:
        layers = [*layers, sample_mark(words, -SAMPLE)]
    whole = alt.layer(*layers, height=HEIGHT, width="container", autosize=theme.WIDTH_ONLY)
    return theme.themed(whole, words)


def _all_lines(
    rows: pd.DataFrame, across: alt.X, top: float, *, every_point: bool = False
) -> list[theme.Drawn]:
    """The grey lines first, then those with an ink, then what answers to the pointer."""
    grey, inked = rows[rows["place"] < 0], rows[rows["place"] >= 0]
    layers: list[theme.Drawn] = []
    # Many lines of one ink each are told apart more easily when they are thin.
    width = 2.5 if inked["code"].nunique() == 1 or every_point else 1.8
    for own, style in ((grey, {"strokeWidth": 1}), (inked, {"strokeWidth": width})):
        if len(own):
            layers += _drawn(own, across, top, every_point, style)
    return [*layers, _hover(rows, across, top)]


def _drawn(
    rows: pd.DataFrame, across: alt.X, top: float, every_point: bool, style: dict[str, Any]
) -> list[theme.Drawn]:
    coloured = rows.assign(ink=[theme.line_ink(place) for place in rows["place"]])
    upright, ink = theme.from_zero("value", top), alt.Color("ink:N", scale=None)
    fields = ["code", "month", "value", "ink"]
    whole = coloured.assign(value=complete(coloured))
    base = alt.Chart(whole[fields]).encode(x=across, y=upright, color=ink, detail="code:N")
    layers: list[theme.Drawn] = [base.mark_line(aria=False, **style)]
    lonely = whole.groupby("code")["value"].transform(alone).astype(bool)
    dotted = whole[lonely | (every_point & whole["value"].notna())]
    if len(dotted):
        dots = alt.Chart(dotted[fields]).encode(x=across, y=upright, color=ink)
        layers.append(dots.mark_circle(size=50 if every_point else 30, opacity=1, aria=False))
    awaited = provisional_run(coloured, "code")
    if len(awaited):
        layers += dashed(awaited[[*fields, "provisional"]], across, upright, **style)
    return layers


def _hover(rows: pd.DataFrame, across: alt.X, top: float) -> alt.Chart:
    """A point that answers to the pointer, and to a click, wherever there is a value."""
    told = rows.dropna(subset=["value"])[["code", "month", "value", "tip"]]
    return (
        alt.Chart(told)
        .mark_circle(opacity=0, size=90)
        .encode(
            x=across,
            y=theme.from_zero("value", top),
            tooltip=alt.Tooltip("tip:N", title=" "),
            description="tip:N",
        )
        .add_params(alt.selection_point(name=CHOSEN, fields=["code"], toggle=False))
    )


def _names(rows: pd.DataFrame, top: float) -> list[theme.Drawn]:
    """The names of the lines with an ink, right of their last value, pushed apart where they would meet."""
    inked = rows[(rows["place"] >= 0) & rows["value"].notna() & (rows["label"] != "")]
    last = inked.groupby("code", sort=False).tail(1)
    if last.empty:
        return []
    texts = [folded(label, FOLD) for label in last["label"]]
    heights = [HEIGHT * (1 - value / top) for value in last["value"]]
    frame = pd.DataFrame(
        {
            "label": [NEW_LINE.join(text) for text in texts],
            "ink": [theme.line_ink(place) for place in last["place"]],
            "height": spread(heights, [LINE * len(text) for text in texts], HEIGHT),
        }
    )
    encoded = alt.Chart(frame).encode(
        x=alt.value({"expr": "width"}),
        y=alt.Y("height:Q", scale=None, axis=None),
        text="label:N",
        color=alt.Color("ink:N", scale=None),
    )
    style: dict[str, Any] = {
        "align": "left",
        "baseline": "middle",
        "dx": 8,
        "lineHeight": LINE,
        "fontSize": 12,
    }
    text = encoded.mark_text(lineBreak=NEW_LINE, fontWeight="bold", aria=False, **style)
    return [alt.layer(text).resolve_scale(y="independent")]
