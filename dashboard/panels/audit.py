"""The audit trail on its page: what is asked for, a page of records, all of them as a file, and whether they are sound."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from inquiries import trail
from inquiries.actor import Actor
from inquiries.audit import ACTS, RESULTS
from inquiries.exports.table import as_csv
from inquiries.home import Home
from inquiries.store import system_clock
from inquiries.words import Words
from panels import table
from panels.download import offer
from panels.fault import refuse

ROWS = 50
MOST_SUBJECTS = 3


def choose(records: pd.DataFrame, words: Words) -> trail.Choice:
    """Act, who, result and period, each of which may be left open."""
    left, middle, right = st.columns(3)
    with left:
        act = _one_of("act", ACTS, words, lambda one: words(f"audit.act_{one}"))
    with middle:
        who = _one_of("actor", sorted(records["actor"].unique()), words, str)
    with right:
        result = _one_of("result", RESULTS, words, lambda one: words(f"audit.result_{one}"))
    first, last = st.columns(2)
    with first:
        since = _day("since", words("audit.since"))
    with last:
        until = _day("until", words("audit.until"))
    return trail.Choice(act, who, result, since, until)


def _one_of(name: str, known: Any, words: Words, said: Any) -> str | None:
    chosen: str | None = st.selectbox(
        words(f"audit.{name}"),
        [None, *known],
        format_func=lambda one: words("audit.every") if one is None else said(one),
        key=f"audit_{name}",
    )
    return chosen


def _day(name: str, label: str) -> date | None:
    chosen: date | None = st.date_input(label, value=None, format="YYYY-MM-DD", key=f"audit_{name}")
    return chosen


def show(chosen: pd.DataFrame, records: pd.DataFrame, words: Words) -> None:
    """A page of the records that were chosen, newest first, and all of them as a file."""
    if chosen.empty:
        st.info(words("audit.none" if records.empty else "audit.none_chosen"))
        return
    pages = -(-len(chosen) // ROWS)
    page = 1
    if pages > 1:
        page = int(st.number_input(words("audit.page"), 1, pages, key="audit_page"))
    number = words.number(len(chosen))
    st.markdown(words("audit.count", number=number, page=page, pages=pages))
    shown = chosen.iloc[(page - 1) * ROWS : page * ROWS].assign(
        subjects=lambda found: found["subjects"].map(lambda ids: _shortened(ids, words))
    )
    table.show(in_words(shown, words).map(table.plain), words("audit.title"))
    caption = words("audit.caption", at=f"{system_clock():%Y-%m-%d %H:%M}", number=number)
    offer(
        words("audit.download"),
        lambda: as_csv(in_words(chosen, words), caption),
        file_name=f"audit-{system_clock():%Y-%m-%d}.csv",
        mime="text/csv",
    )


def in_words(found: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Records as the page and the file have them."""
    rows = [
        (
            row.at.strftime("%Y-%m-%d %H:%M:%S"),
            row.actor,
            words(f"audit.act_{row.act}"),
            row.subjects,
            row.reason,
            words(f"audit.result_{row.result}"),
            row.code,
        )
        for row in found.itertuples()
    ]
    names = ("at", "actor", "act", "subjects", "reason", "result", "code")
    return pd.DataFrame(rows, columns=[words(f"audit.{name}") for name in names])


def _shortened(subjects: str, words: Words) -> str:
    """The ids of an act on many, the first few of them; the file has them all."""
    ids = subjects.split()
    if len(ids) <= MOST_SUBJECTS:
        return subjects
    first, more = " ".join(ids[:MOST_SUBJECTS]), words.number(len(ids) - MOST_SUBJECTS)
    return words("audit.more", subjects=first, number=more)


def verify(actor: Actor, home: Home, words: Words) -> None:
    """Whether every record fits its seal, said when it is asked for: it reads all of them."""
    if not st.button(words("audit.verify")):
        return
    number, faults = trail.verify(actor, home)
    for fault in faults:
        refuse(fault, words)
    if not faults:
        st.success(words("audit.sound", number=words.number(number)))
