"""A code from under a figure, typed in: that very figure, of the release it was written under."""

from __future__ import annotations

import streamlit as st

import session
from inquiries.faults import Fault
from inquiries.figure_code import Address, address_of, release_of
from inquiries.words import DEFAULT_LANGUAGE, Words
from panels import pinned
from panels.fault import refuse

# No code is as long, with all that may stand between its letters.
LONGEST = 60


def search(words: Words) -> None:
    """A field for a code; what it stands for is opened as if its link were followed."""
    with st.expander(words("code.open_one")), st.form("figure_code", border=False):
        typed = st.text_input(words("code.label"), max_chars=LONGEST)
        if st.form_submit_button(words("code.open")):
            found = _found(typed, words)
            if found:
                asked = {"release": found.release, "source": found.source, **found.choices}
                if words.language != DEFAULT_LANGUAGE:
                    asked["lang"] = words.language
                told = {name: value for name, value in asked.items() if value}
                st.switch_page(f"app_pages/{found.page}.py", query_params=told)


def _found(typed: str, words: Words) -> Address | None:
    """Where the figure of a code stands; None when there is none to show, and why is said."""
    try:
        release, released = release_of(typed), session.released()
        if release not in released:
            st.error(words("code.release_gone", releases=pinned.named(released, words)))
            return None
        return address_of(typed, session.release_kept(release).ask)
    except Fault as fault:
        refuse(fault, words)
        return None
