"""A source's own labels, and the ones of ours they stand for: shown, added and taken back."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from inquiries.actor import Actor
from inquiries.intake.sentences import column_name
from inquiries.spellings import Spellings
from inquiries.vocabulary import vocabulary
from inquiries.words import Words
from panels import table
from panels.fault import carried_out
from panels.submit import judge_anew


def show(kept: pd.DataFrame, spellings: Spellings, actor: Actor, words: Words) -> None:
    """What is kept, and a form for one more; nothing for a source without lists."""
    if not spellings.dimensions():
        return
    with st.expander(words("labels.title")):
        st.markdown(words("labels.lead"))
        if not kept.empty:
            table.show(_table(kept, words).map(table.plain))
            _take_back(kept, spellings, actor, words)
        _add(spellings, actor, words)


def _table(kept: pd.DataFrame, words: Words) -> pd.DataFrame:
    rows = [
        (
            column_name(row.dimension, words),
            row.spelling,
            vocabulary().text(row.dimension, row.code, words.language),
            row.actor,
        )
        for row in kept.itertuples()
    ]
    names = ("submit.column", "labels.own", "labels.ours", "submit.who")
    return pd.DataFrame(rows, columns=[words(name) for name in names])


def _add(spellings: Spellings, actor: Actor, words: Words) -> None:
    dimension = st.selectbox(
        words("submit.column"),
        spellings.dimensions(),
        format_func=lambda column: column_name(column, words),
    )
    known = vocabulary().accepted(dimension)
    with st.form("label", border=False, clear_on_submit=True):
        own = st.text_input(words("labels.own"))
        ours = st.selectbox(
            words("labels.ours"), known, format_func=lambda label: label.text(words.language)
        )
        if not st.form_submit_button(words("labels.add")):
            return
    if carried_out(partial(spellings.keep, actor, dimension, own, ours.code), words):
        judge_anew()
        st.rerun()


def _take_back(kept: pd.DataFrame, spellings: Spellings, actor: Actor, words: Words) -> None:
    with st.form("label_back", border=False):
        chosen = st.selectbox(
            words("labels.which"),
            list(kept.itertuples(index=False)),
            format_func=lambda row: f"{column_name(row.dimension, words)}: {row.spelling}",
        )
        if st.form_submit_button(words("labels.take_back")):
            spellings.take_back(actor, chosen.dimension, chosen.spelling)
            judge_anew()
            st.rerun()
