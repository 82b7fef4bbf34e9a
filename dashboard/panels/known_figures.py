"""Kendte tal: what others have published, small charts, one table, and sources that disagree side by side."""

from __future__ import annotations

import pandas as pd
import streamlit as st

import stories
from inquiries.published_figures import Claim, Figure, disagreements, figures
from inquiries.words import Words
from panels import table

CHART_WIDTH, CLAIM_WIDTH = 320, 260


def show(words: Words) -> None:
    """Counts of others, never mixed with the release's own."""
    found = figures()
    st.subheader(words("known.title"), anchor=False)
    st.markdown(words("known.lead"))
    _charts(words)
    with st.expander(words("known.table_title")):
        _table(found, words)
    st.markdown(f"**{words('known.disagree_title')}**")
    st.markdown(words("known.disagree_lead"))
    for question in disagreements():
        with st.expander(words.of(question, "question")):
            _side_by_side(question.claims, words)


def _charts(words: Words) -> None:
    grid = st.grid(min_column_width=CHART_WIDTH)
    for series, chart in stories.known_charts(words.language):
        title = f"{series[0].body}: {words.of(series[0], 'series')}"
        said = ", ".join(f"{one.period}: {words.number(one.count)}" for one in series)
        with grid, st.container(gap="small"):
            st.markdown(f"**{series[0].body}**  \n{words.of(series[0], 'series')}")
            st.vega_lite_chart(spec=chart, alt=f"{title}. {said}", theme=None)


def _table(found: list[Figure], words: Words) -> None:
    rows = [
        (
            figure.body,
            words.of(figure, "series"),
            figure.period,
            words.number(figure.count),
            words.of(figure, "note"),
            table.link(figure.source_url),
        )
        for figure in found
    ]
    names = ("body", "series", "period", "count", "note", "source")
    columns = [words(f"known.column_{name}") for name in names]
    table.show(pd.DataFrame(rows, columns=columns))


def _side_by_side(claims: tuple[Claim, ...], words: Words) -> None:
    grid = st.grid(min_column_width=CLAIM_WIDTH)
    for claim in claims:
        with grid, st.container(border=True, height="stretch"):
            date = claim.source_date or words("contacts.undated")
            st.markdown(f"**{claim.body}**")
            st.markdown(words.of(claim, "says"))
            st.markdown(f"{table.link(claim.source_url)}, {date}")
