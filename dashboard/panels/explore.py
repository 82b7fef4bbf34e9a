"""The figures of a view on the screen: what they are, what they show, the chart or the table, and what to look at next."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from inquiries.charts.lines import CHOSEN
from inquiries.explore import Explored
from inquiries.explore.choices import Note
from inquiries.explore.figures import Figures
from inquiries.explore.marks import key_to_marks
from inquiries.words import Words
from panels import explore_choices, hidden, table

PANEL_WIDTH = 240


def headline(found: Explored, notes: tuple[Note, ...], words: Words) -> None:
    """What of the asked view is not shown, what the figures are, and what they show."""
    for code, facts in notes:
        st.markdown(f"*{words(f'explore.note_{code}', **_named(facts, words))}*")
    st.subheader(table.plain(found.figures.names.title), anchor=False)
    st.markdown(table.plain(found.figures.names.subtitle))
    st.markdown(found.sentence)


def shown(found: Explored, words: Words) -> None:
    """The chart, or a row of small ones; in a chart of values a click chooses one, as the list does."""
    names = found.figures.names
    alt = f"{names.title}. {found.sentence}"
    if found.figures.view.form == "table":
        table.show_sortable(found.table, alt)
    elif len(found.charts) > 1:
        grid = st.grid(min_column_width=PANEL_WIDTH)
        for chart in found.charts:
            with grid:
                st.vega_lite_chart(spec=chart, alt=names.title, theme=None)
    elif found.charts:
        _chart(found.charts[0], found.figures, alt)
    key = key_to_marks(found.figures, words) if found.charts else ""
    if key:
        st.markdown(key)


def _chart(chart: dict[str, Any], figures: Figures, alt: str) -> None:
    if not (figures.view.by and "params" in chart):
        st.vega_lite_chart(spec=chart, alt=alt, theme=None)
        return
    # Another view is another chart, so that a choice is not chosen again there.
    key = "-".join(["explored", figures.view.source, *figures.view.params().values()])
    choose = partial(_choose, key, figures.view.dimension)
    st.vega_lite_chart(spec=chart, alt=alt, theme=None, key=key, on_select=choose)


def _choose(key: str, dimension: str) -> None:
    chosen = st.session_state[key]["selection"].get(CHOSEN, [])
    if chosen:
        explore_choices.only(f"{dimension}.{chosen[0]['code']}")


def advice(found: Explored) -> None:
    """What to mind, and the views to look at next."""
    for warning in found.warnings:
        st.markdown(f"*{table.plain(warning)}*")
    if found.suggestions:
        with st.container(horizontal=True):
            for suggestion in found.suggestions:
                st.button(suggestion.said, on_click=explore_choices.go_to, args=(suggestion.view,))


def guard(found: Explored, words: Words) -> None:
    """The line that guards the reading, where the figures are from, and why some are hidden."""
    st.markdown(f"**{words('effect.guard')}**")
    st.markdown(table.plain(found.figures.names.caption))
    hidden.why(words, "overview.why_hidden")


def _named(facts: Any, words: Words) -> dict[str, str]:
    """The facts of a note as they are read: a dimension by its name."""
    return {name: words(f"explore.by_{value}") for name, value in facts.items()}
