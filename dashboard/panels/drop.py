"""The drop on the screen: what is missing, groups, baselines, reporters, the newest months and the method."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from inquiries.drop import Drop, Groups
from inquiries.drop.baselines import Baselines
from inquiries.drop.likeness import Likeness
from inquiries.drop.missing import StillMissing
from inquiries.drop.newest import Newest
from inquiries.exports.table import as_csv
from inquiries.words import Words
from panels import table
from panels.download import offer

LONG_HEIGHT, PANEL_WIDTH = 320, 260


def missing(found: StillMissing, words: Words) -> None:
    st.subheader(words("drop.missing_title"), anchor=False)
    said = " ".join(found.sentences)
    st.markdown(said)
    _chart(found.chart, said)
    if not found.table.empty:
        with st.expander(words("drop.missing_table")), st.container(height=LONG_HEIGHT):
            table.show(found.table, alt=words("drop.missing_title"))


def groups(found: Groups, words: Words) -> None:
    said = " ".join(found.sentences)
    st.markdown(said)
    if found.chart is not None:
        _chart(found.chart, said)
        st.markdown(words("drop.groups_note"))
    if found.series:
        with st.expander(words("drop.groups_series")):
            grid = st.grid(min_column_width=PANEL_WIDTH)
            for chart in found.series:
                with grid:
                    _chart(chart, words("drop.groups_series"))
    with st.expander(words("drop.groups_table")):
        table.show(found.table, alt=words("drop.groups_title"))


def baselines(found: Baselines, words: Words) -> None:
    st.subheader(words("drop.baselines_title"), anchor=False)
    st.markdown(found.sentence)
    if found.chart is None:
        return
    _chart(found.chart, found.sentence)
    st.markdown(words("drop.baselines_note"))
    with st.expander(words("drop.baselines_table")):
        table.show(found.table, alt=words("drop.baselines_title"))


def likeness(found: Likeness, power: str, words: Words) -> None:
    """Whether like is compared with like, and whether a fall could have been seen at all."""
    st.subheader(words("drop.likeness_title"), anchor=False)
    for sentence in found.sentences:
        st.markdown(table.plain(sentence))
    st.subheader(words("drop.power_title"), anchor=False)
    st.markdown(power)


def newest(found: Newest, words: Words) -> None:
    st.subheader(words("drop.newest_title"), anchor=False)
    for sentence in found.sentences:
        st.markdown(sentence)
    if not found.standing_out.empty:
        table.show(found.standing_out, alt=words("drop.newest_title"))
    st.markdown(words("drop.newest_note"))


def method(found: Drop, name: str, words: Words) -> None:
    """How the figures were made: for managers in a paragraph, for analysts in full."""
    with st.expander(words("drop.method_title")):
        st.markdown(words("drop.method_plain"))
        st.markdown(f"**{words('drop.method_fit')}**")
        st.markdown(words("drop.method_formula"))
        table.show(found.method.facts, alt=words("drop.method_fit"))
        _diagnostic(
            found.method.residuals,
            words("drop.residuals_title"),
            words("drop.residuals_note"),
        )
        _diagnostic(
            found.method.autocorrelation,
            words("drop.autocorrelation_title"),
            words("drop.autocorrelation_note"),
        )
        st.page_link("app_pages/about.py", label=words("page.about"))
    offer(
        words("drop.download"),
        partial(as_csv, found.method.tidy, found.caption),
        file_name=f"{name}-comparisons.csv",
        mime="text/csv",
    )


def _diagnostic(spec: dict[str, Any] | None, title: str, note: str) -> None:
    if spec is not None:
        st.markdown(f"**{title}**")
        _chart(spec, f"{title} {note}")
        st.markdown(note)


def _chart(spec: dict[str, Any] | None, alt: str) -> None:
    """A chart with the sentence that stands for it; nothing where there is nothing to draw."""
    if spec is not None:
        st.vega_lite_chart(spec=spec, alt=alt, theme=None)
