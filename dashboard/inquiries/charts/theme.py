"""The one place for colours, type and the number and month formats of charts."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import altair as alt
from altair.utils import schemapi
from babel import Locale

from inquiries.words import LOCALES, Words

# Altair would check each piece of a chart against Vega-Lite's schema as it is made: most of the time of
# drawing it. The tests check each chart whole.
schemapi.disable_debug_mode()

OBSERVED = "#0b4f6c"
FALL = "#b3541e"
EXPECTED = "#5c6670"
BAND = "#d5dbe0"
PHASE = "#eef1f3"
TEXT = "#0b0f14"
QUIET = "#4a545e"
GRID = "#e6e9ec"
# From few to many, and from a deep fall over little change to a rise: never red against green.
FEW_TO_MANY = ("#dceaf1", "#a9cbda", "#6ba3bc", "#2f7696", "#0b4f6c")
FALL_TO_RISE = ("#8c3c10", "#c9763f", "#efcdb6", "#a9cbda", "#2f7696")
# What is written on these is white.
DARK = {"#2f7696", "#0b4f6c", "#8c3c10"}
BLANK, OUTLINE, SLASH = "#f4f6f7", "#76828c", "#9aa5ad"
# Lines beside each other: the first is OBSERVED; none is red beside green, or the accent of a fall.
SECOND, THIRD, FOURTH = "#8a1c4a", "#2b789e", "#6b6f1f"
REST = "#b4bcc3"
# From nothing to most in a heat map, and a cell without a figure, which no step of it resembles.
PALEST, PALE, DEEP = "#e1f0f7", "#8fc1d9", "#3f86a8"
NO_FIGURE = "#c6c9cb"
LINES = (OBSERVED, SECOND, THIRD, FOURTH)
HEAT = (PALEST, PALE, DEEP, OBSERVED)
# Whatever can be drawn and layered further.
Drawn = alt.Chart | alt.LayerChart | alt.FacetChart

MOST_STEPS = 6
FONT = "Source Sans, sans-serif"
# The height said is the plot's own, and only the width is fitted to the page.
WIDTH_ONLY = alt.AutoSizeParams(type="fit-x", contains="padding")


def themed(chart: Drawn, words: Words) -> Drawn:
    """A chart in our look and in the reader's language."""
    # In one call, for each copies the whole chart.
    return chart.configure(
        locale=_locale(words.language),
        font=FONT,
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelColor=TEXT,
            labelFontSize=13,
            titleColor=QUIET,
            titleFontWeight="normal",
            titleFontSize=13,
            gridColor=GRID,
            domainColor=OUTLINE,
            tickColor=OUTLINE,
        ),
        text=alt.MarkConfig(fontSize=13, color=TEXT),
    )


def specification(chart: Drawn) -> dict[str, Any]:
    """The chart as Vega-Lite reads it."""
    return chart.to_dict(validate=False)


def line_ink(place: int) -> str:
    """The ink of a line by its place; grey for those without one."""
    return LINES[place] if place >= 0 else REST


def top_of(highest: float, room: float = 1.0) -> float:
    """The upper end of an axis from zero: a round number, with some room above what is drawn."""
    reached = highest * room
    return _step(reached) * math.ceil(reached / _step(reached)) if reached > 0 else 1.0


def from_zero(field: str, top: float) -> alt.Y:
    """The upright axis from zero to `top_of` what is drawn."""
    values = [times * _step(top) for times in range(round(top / _step(top)) + 1)]
    axis = alt.Axis(
        title=None, values=values, domain=False, ticks=False, aria=False, format=",.2~f"
    )
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(domain=[0, top], nice=False))


def _step(top: float) -> float:
    """The smallest round step that reaches so high in at most so many."""
    size = 10.0 ** math.floor(math.log10(top / MOST_STEPS))
    return next(size * times for times in (1, 2, 5, 10) if size * times * MOST_STEPS >= top)


@cache
def _locale(language: str) -> Any:
    """Vega's number and time formats, from the same source as the sentences: Babel."""
    babel = Locale.parse(LOCALES[language])
    symbols = babel.number_symbols["latn"]
    return {
        "number": {
            "decimal": symbols["decimal"],
            "thousands": symbols["group"],
            "grouping": [3],
            "currency": ["", ""],
        },
        "time": {
            "dateTime": "%A %e %B %Y %X",
            "date": "%d.%m.%Y",
            "time": "%H:%M:%S",
            "periods": ["AM", "PM"],
            "days": _week(babel.days["format"]["wide"]),
            "shortDays": _week(babel.days["format"]["abbreviated"]),
            "months": _year(babel.months["format"]["wide"]),
            "shortMonths": _year(babel.months["stand-alone"]["abbreviated"]),
        },
    }


def _week(days: Any) -> list[str]:
    """Sunday first, as Vega counts; Babel counts from Monday."""
    return [days[(place - 1) % 7] for place in range(7)]


def _year(months: Any) -> list[str]:
    return [months[number].rstrip(".") for number in range(1, 13)]
