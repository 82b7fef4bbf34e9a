"""The slides on the screen: under one another, and what shows them one at a time.

The showing itself is `static/presentation.js`, which knows the slides and the buttons by their keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from inquiries.slides import Slide
from inquiries.words import Words
from panels import table

STYLE = Path(__file__).resolve().parents[1] / "static" / "presentation.css"


def title(words: Words) -> None:
    st.html(STYLE)
    st.title(words("slides.page_title"), anchor=False)
    st.markdown(words("slides.page_lead"))


def begin(slides: Sequence[Slide], words: Words) -> None:
    """The button that begins, or a sentence where there is nothing to show."""
    if not slides:
        st.warning(words("slides.none_chosen"))
        return
    st.button(words("slides.begin"), type="primary", key="present_begin")


def show(slides: Sequence[Slide], words: Words) -> None:
    """Each slide with all that it says; its figures as a table one click away, outside the slide."""
    for number, slide in enumerate(slides, start=1):
        with st.container(border=True, gap="small", key=f"slide_{number}_{slide.name}"):
            _message(slide)
            _foot(slide, words("slides.number", number=number, all=len(slides)))
        if slide.chart is not None and slide.table is not None:
            with st.expander(words("slides.table", title=table.plain(slide.title))):
                table.show_plain(slide.table, alt=slide.title)


def _message(slide: Slide) -> None:
    st.header(table.plain(slide.title), anchor=False)
    with st.container(key=f"measure_{slide.name}"):
        st.markdown(table.plain(slide.subtitle))
    if slide.chart is not None:
        alt = " ".join([f"{slide.title}.", *slide.points])
        st.vega_lite_chart(spec=slide.chart.specification, alt=alt, theme=None)
    elif slide.table is not None:
        table.show_plain(slide.table, alt=slide.title)
    for point in slide.points:
        st.markdown(table.plain(point))


def _foot(slide: Slide, place: str) -> None:
    sample = f" :orange-badge[{slide.sample}]" if slide.sample else ""
    with st.container(gap="xsmall", key=f"foot_{slide.name}"):
        st.markdown(f"**{slide.guard}**")
        with st.container(key=f"source_{slide.name}"):
            st.markdown(f"{table.plain(slide.source)} {place}{sample}")


def controls(words: Words) -> None:
    """Out of sight until slides are shown one at a time."""
    with st.container(horizontal=True, key="present_controls"):
        for name in ("previous", "next", "end"):
            st.button(words(f"slides.{name}"), key=f"present_{name}")
