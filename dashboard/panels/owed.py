"""Who still owes a month, until when, and a reminder to copy."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from inquiries.filing import Source
from inquiries.owed import DUE_DAY, reminder
from inquiries.words import Words
from panels import table

MANY, HEIGHT = 10, 380


def show(board: pd.DataFrame, sources: list[Source], words: Words) -> None:
    """The board; folded away while nothing is late."""
    late = int((board["days_late"] > 0).sum())
    title = "owed.title_late" if late else "owed.title"
    with st.expander(words(title, number=words.number(late)), expanded=False):
        st.markdown(words("owed.rule", day=words.number(DUE_DAY)))
        if board.empty:
            st.markdown(words("owed.none"))
            return
        known = {source.source: source for source in sources}
        with st.container(height=HEIGHT if len(board) > MANY else "content"):
            table.show(_table(board, known, words).map(table.plain))
        _remind(board, known, words)


def _table(board: pd.DataFrame, sources: dict[str, Source], words: Words) -> pd.DataFrame:
    rows = [
        (
            sources[row.source].name(words.language),
            sources[row.source].reporter_name(row.reporter, words.language),
            words.month(row.month),
            words.date(row.due),
            _state(row.days_late, words),
        )
        for row in board.itertuples()
    ]
    names = ("header.source", "submit.reporter", "table.month", "owed.due", "submit.state")
    return pd.DataFrame(rows, columns=[words(name) for name in names])


def _state(days_late: int, words: Words) -> str:
    return words(
        "owed.late" if days_late > 0 else "owed.in_time", days=words.number(abs(days_late))
    )


def _remind(board: pd.DataFrame, sources: dict[str, Source], words: Words) -> None:
    """A message to one reporter about all it owes for a source, ready to copy."""
    bodies = list(dict.fromkeys(zip(board["source"], board["reporter"], strict=True)))
    source, reporter = st.selectbox(
        words("owed.remind"),
        bodies,
        format_func=lambda body: sources[body[0]].reporter_name(body[1], words.language),
    )
    own = board[(board["source"] == source) & (board["reporter"] == reporter)]
    last_day: date = max(own["due"])
    text = reminder(sources[source], sorted(own["month"]), last_day, words)
    st.code(text, language=None, wrap_lines=True)
