"""Adds a source: its name, its unit and what its files hold."""

from __future__ import annotations

from functools import partial

import streamlit as st

from inquiries.actor import Actor
from inquiries.filing import Reporter, Source
from inquiries.store import Store
from inquiries.vocabulary import PROFILES
from inquiries.words import Words
from panels.fault import carried_out


def add(store: Store, actor: Actor, words: Words) -> None:
    """A form for a source of one reporter, itself."""
    with (
        st.expander(words("submit.add_title")),
        st.form("add_source", border=False),
    ):
        name_da = st.text_input(words("submit.add_name"))
        name_en = st.text_input(words("submit.add_name_en"))
        source_id = st.text_input(words("submit.add_id"))
        unit = st.selectbox(
            words("submit.add_unit"), ["inquiry", "case"], format_func=lambda u: words(f"unit.{u}")
        )
        profile = st.selectbox(
            words("submit.add_profile"),
            list(PROFILES),
            format_func=lambda name: words(f"submit.profile_{name}"),
        )
        if not st.form_submit_button(words("submit.add_button")):
            return
        add = partial(_add, store, actor, source_id, (name_da, name_en), unit, profile)
        if not carried_out(add, words):
            return
        st.session_state["added_source"] = source_id
    st.rerun()


def _add(
    store: Store, actor: Actor, source_id: str, names: tuple[str, str], unit: str, profile: str
) -> None:
    name_da, name_en = names[0] or source_id, names[1] or names[0] or source_id
    reporter = Reporter(source_id, name_da, name_en)
    store.add_source(
        actor, Source(source_id, name_da, name_en, unit, PROFILES[profile], False, (reporter,))
    )
