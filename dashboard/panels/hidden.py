"""Why a figure is hidden, where it is hidden: a button that the keyboard reaches, never a mark on hover."""

from __future__ import annotations

import streamlit as st

from inquiries.words import Words


def why(words: Words) -> None:
    """At a table that has a hidden cell."""
    with st.popover(words("hidden.why"), type="tertiary"):
        st.markdown(words("about.protection_staff"))
        st.page_link("app_pages/about.py", label=words("page.about"))
