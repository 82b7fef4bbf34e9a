"""A reporter's own exact figures, at once; a month with masked counts as a span."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from inquiries.filing import MASKED_COUNT
from inquiries.own_pivot import figure
from inquiries.words import Words

HEIGHT = 240


def show(months: pd.DataFrame, words: Words) -> None:
    """`months` has month, count and masked (how many rows are known as 1 to 4 alone)."""
    st.subheader(words("submit.own_title"), anchor=False)
    if months.empty:
        st.markdown(words("submit.own_none"))
        return
    st.markdown(words("submit.own_note"))
    if (months["masked"] > 0).any():
        st.markdown(words("submit.own_masked"))
    own = pd.DataFrame(
        {
            words("table.month"): [words.month(month) for month in months["month"]],
            words("table.observed"): [
                figure(row.count - MASKED_COUNT * row.masked, row.masked, words)
                for row in months.itertuples()
            ],
        }
    )
    st.dataframe(own.iloc[::-1], hide_index=True, height=HEIGHT, alt=words("submit.own_title"))
