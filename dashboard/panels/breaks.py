"""Breaks in a source's series and months left out of the baselines: shown, added and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import session
from inquiries.actor import Actor
from inquiries.filing import Source
from inquiries.owed import this_month
from inquiries.series_notes import LONGEST_LABEL, LONGEST_REASON, SeriesNotes
from inquiries.words import Words
from panels import table
from panels.fault import carried_out

# In the order of the form, and of what SeriesNotes is told.
LABELS = ("left_da", "right_da", "left_en", "right_en")
REASONS = ("reason_da", "reason_en")


@dataclass(frozen=True)
class Noted:
    """What stands for a source, and the months, newest first, that a steward may choose among."""

    source: Source
    notes: SeriesNotes
    breaks: pd.DataFrame
    excluded: pd.DataFrame
    months: list[pd.Timestamp]


def noted(source: Source, submissions: pd.DataFrame, actor: Actor) -> Noted:
    """The months are those since the source's first figure."""
    notes = session.series_notes(source)
    newest = this_month(session.today())
    own = submissions.loc[submissions["source"] == source.source, "first_month"]
    months = pd.date_range(min([*own, newest]), newest, freq="MS")
    return Noted(source, notes, notes.breaks(actor), notes.excluded(actor), list(months[::-1]))


def show(noted: Noted, actor: Actor, words: Words) -> None:
    """What stands, and a form each for one more and for taking one back."""
    with st.expander(words("breaks.title")):
        st.markdown(words("breaks.lead"))
        st.subheader(words("breaks.title_break"), anchor=False)
        st.markdown(words("breaks.lead_break"))
        _breaks(noted, actor, words)
        st.subheader(words("breaks.title_excluded"), anchor=False)
        st.markdown(words("breaks.lead_excluded"))
        _excluded(noted, actor, words)


def _breaks(noted: Noted, actor: Actor, words: Words) -> None:
    if not noted.breaks.empty:
        table.show(_table(noted.breaks, LABELS, words))
        with _form("break_back", noted):
            month = _month(words("breaks.which_break"), list(noted.breaks["month"]), words)
            if st.form_submit_button(words("breaks.remove_break")):
                _act(partial(noted.notes.remove_break, actor, month), words)
    with _form("break", noted):
        month = _month(words("breaks.month_break"), noted.months, words)
        texts = [st.text_input(words(f"breaks.{name}"), max_chars=LONGEST_LABEL) for name in LABELS]
        if st.form_submit_button(words("breaks.add_break")):
            _act(partial(noted.notes.add_break, actor, month, *texts), words)


def _excluded(noted: Noted, actor: Actor, words: Words) -> None:
    if not noted.excluded.empty:
        table.show(_table(noted.excluded, REASONS, words))
        with _form("excluded_back", noted):
            month = _month(words("breaks.which_excluded"), list(noted.excluded["month"]), words)
            if st.form_submit_button(words("breaks.include")):
                _act(partial(noted.notes.include, actor, month), words)
    with _form("excluded", noted):
        month = _month(words("breaks.month_excluded"), noted.months, words)
        texts = [
            st.text_area(words(f"breaks.{name}"), max_chars=LONGEST_REASON) for name in REASONS
        ]
        if st.form_submit_button(words("breaks.exclude")):
            _act(partial(noted.notes.exclude, actor, month, *texts), words)


def _form(name: str, noted: Noted) -> DeltaGenerator:
    """A form that keeps what was written when it is refused, and is empty after it is kept."""
    turn = st.session_state.setdefault("notes_kept", 0)
    return st.form(f"{name}_{noted.source.source}_{turn}", border=False)


def _month(label: str, months: list[pd.Timestamp], words: Words) -> pd.Timestamp:
    return st.selectbox(label, months, format_func=words.month)


def _act(act: Callable[[], None], words: Words) -> None:
    if carried_out(act, words):
        st.session_state["notes_kept"] += 1
        st.rerun()


def _table(kept: pd.DataFrame, texts: tuple[str, ...], words: Words) -> pd.DataFrame:
    months = {words("table.month"): [words.month(month) for month in kept["month"]]}
    columns = {words(f"breaks.{name}"): kept[name] for name in texts}
    return pd.DataFrame(months | columns | {words("submit.who"): kept["actor"]}).map(table.plain)
