"""Every submission there has been: what it held, what stood then, and the way to take it back or restore it."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from inquiries.actor import Actor
from inquiries.exports.monthly_file import monthly_file
from inquiries.filing import Source
from inquiries.store import Store
from inquiries.words import Words
from panels import table
from panels.download import offer
from panels.submit import MEDIA, judge_anew

HEIGHT = 380
COLUMNS = (
    "received",
    "who",
    "source",
    "reporter",
    "fingerprint",
    "months",
    "rows",
    "total",
    "state",
)


def show(found: pd.DataFrame, sources: list[Source], words: Words) -> None:
    """All submissions, newest first."""
    known = {source.source: source for source in sources}
    rows = [_row(row, known[row.source], words) for row in found.itertuples()]
    columns = [words("header.source" if name == "source" else f"submit.{name}") for name in COLUMNS]
    shown = pd.DataFrame(rows, columns=columns)
    st.dataframe(shown, hide_index=True, height=HEIGHT, alt=words("submit.history_title"))


def _row(row: Any, source: Source, words: Words) -> tuple[str, ...]:
    total = words.number(row.total)
    masked = words("submit.of_these_masked", number=words.number(row.masked)) if row.masked else ""
    return (
        row.received_at.strftime("%Y-%m-%d %H:%M"),
        row.actor,
        source.name(words.language),
        source.reporter_name(row.reporter, words.language),
        row.fingerprint,
        words.months(row.first_month, row.last_month),
        words.number(row.row_count),
        f"{total} {masked}".strip(),
        _state(row, words),
    )


def _state(row: Any, words: Words) -> str:
    """In force, replaced, or withdrawn: by whom and why."""
    if row.state == "withdrawn":
        return words("submit.state_withdrawn", who=row.decided_by, reason=row.reason)
    return words(f"submit.state_{row.state}")


def one(found: pd.DataFrame, source: Source, store: Store, actor: Actor, words: Words) -> None:
    """One submission of a source: its rows, the file it came in, what stood then, withdraw or restore."""
    own = found[found["source"] == source.source]
    if own.empty:
        return
    rows = {row.submission: row for row in own.itertuples(index=False)}
    chosen = rows[
        st.selectbox(
            words("submit.which"),
            list(rows),
            format_func=lambda submission: _named(rows[submission], source, words),
        )
    ]
    offer(
        words("submit.rows_download"),
        lambda: monthly_file(store.submission_rows(actor, chosen.submission), source, words),
        file_name=f"{source.source}-{chosen.first_month:%Y-%m}.csv",
        mime="text/csv",
    )
    if chosen.original:
        offer(
            words("submit.original_download"),
            partial(store.original, actor, chosen.submission),
            file_name=f"{chosen.submission}.{chosen.original}",
            mime=MEDIA[chosen.original],
        )
    if st.toggle(words("submit.as_of")):
        _as_of(chosen, source, store, actor, words)
    _decide(chosen, store, actor, words)


def _as_of(chosen: Any, source: Source, store: Store, actor: Actor, words: Words) -> None:
    """What stood in force for the reporter just after the submission came, and its rows as a file."""
    months = store.months_as_of(actor, chosen.submission)
    rows = [(words.month(row.month), words.number(row.count)) for row in months[::-1].itertuples()]
    names = ("table.month", "table.observed")
    with st.container(height=HEIGHT):
        table.show(pd.DataFrame(rows, columns=[words(name) for name in names]))
    offer(
        words("submit.as_of_download"),
        lambda: monthly_file(store.rows_as_of(actor, chosen.submission), source, words),
        file_name=f"{source.source}-{chosen.received_at:%Y-%m-%d}.csv",
        mime="text/csv",
    )


def _decide(chosen: Any, store: Store, actor: Actor, words: Words) -> None:
    """Withdraw or restore, for a reason that is kept."""
    act = store.withdraw if chosen.stands else store.restore
    button = words("submit.withdraw") if chosen.stands else words("submit.restore")
    with st.form("undo", border=False, clear_on_submit=True):
        reason = st.text_input(words("submit.reason"))
        if st.form_submit_button(button):
            if not reason.strip():
                st.error(words("submit.reason_missing"))
                return
            act(actor, chosen.submission, reason.strip())
            judge_anew()
            st.rerun()


def _named(row: Any, source: Source, words: Words) -> str:
    return words(
        "submit.one",
        received=row.received_at.strftime("%Y-%m-%d %H:%M"),
        reporter=source.reporter_name(row.reporter, words.language),
        months=words.months(row.first_month, row.last_month),
        total=words.number(row.total),
    )
