"""Why a figure is hidden, where it is hidden: a button that the keyboard reaches, never a mark on hover."""

from __future__ import annotations

import streamlit as st

from inquiries.words import Words


def why(words: Words, asked: str = "hidden.why") -> None:
    """At a table that has a hidden cell, or where figures are shown; `asked` is what the button asks."""
    with st.popover(words(asked), type="tertiary"):
        st.markdown(words("about.protection_staff"))
        st.page_link("app_pages/about.py", label=words("page.about"))
