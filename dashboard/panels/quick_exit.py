"""The way out: a button that blanks the screen at once, and what it cannot take back.

The leaving itself is `static/quick_exit.js`, which knows the button by its key: it asks no server.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from inquiries.words import Words

STYLE = Path(__file__).resolve().parents[1] / "static" / "quick_exit.css"


def show(words: Words) -> None:
    """The button, in sight however far the page is scrolled, and a line on what it does not do."""
    st.html(STYLE)
    with st.container(key="quick_exit", width="content"):
        st.button(words("leave.button"), type="primary", key="leave")
    st.markdown(words("leave.about"))
