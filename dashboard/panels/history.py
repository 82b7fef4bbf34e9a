"""Every submission there has been, and the way to take one back or put it in force again."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from inquiries.actor import Actor
from inquiries.filing import Source
from inquiries.store import Store
from inquiries.words import Words

HEIGHT = 380


def show(found: pd.DataFrame, sources: list[Source], words: Words) -> None:
    """All submissions, newest first."""
    known = {source.source: source for source in sources}
    rows = [
        (
            row.received_at.strftime("%Y-%m-%d %H:%M"),
            row.actor,
            known[row.source].name(words.language),
            known[row.source].reporter_name(row.reporter, words.language),
            words.months(row.first_month, row.last_month),
            words.number(row.row_count),
            words.number(row.total),
            words("submit.stands" if row.stands else "submit.withdrawn"),
        )
        for row in found.itertuples()
    ]
    names = ("received", "who", "source", "reporter", "months", "rows", "total", "state")
    columns = [words("header.source" if name == "source" else f"submit.{name}") for name in names]
    shown = pd.DataFrame(rows, columns=columns)
    st.dataframe(shown, hide_index=True, height=HEIGHT, alt=words("submit.history_title"))


def undo(found: pd.DataFrame, source: Source, store: Store, actor: Actor, words: Words) -> None:
    """Withdraw or restore one submission of a source, for a reason that is kept."""
    own = found[found["source"] == source.source]
    if own.empty:
        return
    chosen = st.selectbox(
        words("submit.which"),
        list(own.itertuples(index=False)),
        format_func=lambda row: _named(row, source, words),
        key="submission",
    )
    act = store.withdraw if chosen.stands else store.restore
    button = words("submit.withdraw") if chosen.stands else words("submit.restore")
    with st.form("undo", border=False, clear_on_submit=True):
        reason = st.text_input(words("submit.reason"))
        if st.form_submit_button(button):
            if not reason.strip():
                st.error(words("submit.reason_missing"))
                return
            act(actor, chosen.submission, reason.strip())
            st.rerun()


def _named(row: Any, source: Source, words: Words) -> str:
    return words(
        "submit.one",
        received=row.received_at.strftime("%Y-%m-%d %H:%M"),
        reporter=source.reporter_name(row.reporter, words.language),
        months=words.months(row.first_month, row.last_month),
        total=words.number(row.total),
        state=words("submit.stands" if row.stands else "submit.withdrawn"),
    )
