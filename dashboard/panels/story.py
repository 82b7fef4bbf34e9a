"""The overview on the screen: headline, figures, chart with its table, and the line that guards the reading."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from inquiries.drop import Drop
from inquiries.exports.table import as_csv
from inquiries.overview import Overview, Tile
from inquiries.picture import Picture
from inquiries.words import Words
from panels import hidden, table
from panels.download import offer

TILE_WIDTH = 180
LONGER_HEIGHT = 220


def headline(story: Overview | Drop) -> None:
    st.title(story.headline, anchor=False)
    st.markdown(story.lead)
    for warning in story.warnings:
        st.markdown(f"*{table.plain(warning)}*")


def tiles(found: tuple[Tile, ...]) -> None:
    """The four figures, as many side by side as there is room for."""
    grid = st.grid(4, min_column_width=TILE_WIDTH)
    for tile in found:
        with grid, st.container(border=True, height="stretch", gap="xsmall"):
            st.markdown(tile.label)
            st.metric(tile.label, tile.figure, label_visibility="collapsed")
            st.markdown(tile.meaning)


def chart(picture: Picture, lead: str) -> None:
    """The chart; its text alternative is the sentence that stands above it."""
    st.subheader(picture.title, anchor=False)
    st.markdown(table.plain(picture.subtitle))
    st.vega_lite_chart(spec=picture.chart, alt=f"{picture.title}. {lead}", theme=None)


def months(story: Overview, name: str, words: Words) -> None:
    """The chart's table, one click away, and the same as a file; longer periods where months are hidden."""
    with st.expander(words("overview.months_title")):
        if story.hidden.nearest:
            st.markdown(f"{words('overview.some_hidden')} {story.hidden.nearest}")
            hidden.why(words)
        _longer(story.hidden.quarters, words("overview.quarters_instead"))
        _longer(story.hidden.years, words("overview.years_instead"))
        table.show_months(story.picture.table, words("overview.months_title"))
        offer(
            words("overview.download"),
            partial(as_csv, story.picture.table, story.caption),
            file_name=f"{name}.csv",
            mime="text/csv",
        )


def _longer(periods: pd.DataFrame | None, title: str) -> None:
    if periods is not None:
        st.markdown(title)
        with st.container(height=LONGER_HEIGHT):
            table.show(periods, alt=title)


def phases(story: Overview, words: Words) -> None:
    st.subheader(words("overview.phases_title"), anchor=False)
    st.markdown(words("overview.phases_note"))
    table.show(story.phases)
    if story.hidden.phases:
        hidden.why(words)


def guard(story: Overview | Drop, words: Words) -> None:
    st.markdown(f"**{story.guard}**")
    st.markdown(table.plain(story.caption))
    hidden.why(words, "overview.why_hidden")
