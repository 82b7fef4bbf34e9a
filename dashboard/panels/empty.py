"""What a page shows when there is nothing to show yet, and what to do about it."""

from __future__ import annotations

import streamlit as st

from inquiries.words import Words


def no_release(words: Words, *, may_submit: bool) -> None:
    st.title(words("empty.title"), anchor=False)
    st.markdown(words("empty.explanation"))
    if may_submit:
        st.markdown(words("empty.submit_first"))
        st.page_link("app_pages/submit.py", label=words("page.submit"))
