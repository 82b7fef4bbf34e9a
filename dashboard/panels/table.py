"""A small table that can be read, printed and listened to: HTML, not a canvas."""

from __future__ import annotations

import re

import pandas as pd
import streamlit as st

from inquiries.words import DASH

# No line breaks within a number, an interval or its brackets: 53,8 (46,0-60,4) and (-13,0 til 2,0).
_BRACKETS = re.compile("\\((\N{MINUS SIGN}?\\d[^()]*)\\)")
# So much of a row a letter takes, and what stands round the text of a cell.
_LETTER, _AROUND = 8, 16
_JOIN, _JOINED_SPACE = "\N{WORD JOINER}", "\N{NO-BREAK SPACE}"
# These would end a link's address, and begin something else.
_BRACKETS_IN_A_LINK = str.maketrans({sign: f"%{ord(sign):X}" for sign in "()[]"})
_NUMBERED = re.compile(r"^(\d+)\. ")


def show(table: pd.DataFrame, alt: str | None = None) -> None:
    st.table(as_markdown(table), hide_index=True, border="horizontal", alt=alt)


def show_plain(table: pd.DataFrame, alt: str | None = None) -> None:
    """A table whose texts somebody may have written."""
    show(table.map(lambda cell: plain(cell) if isinstance(cell, str) else cell), alt)


def show_months(months: pd.DataFrame, alt: str) -> None:
    """A long table of months, sorted by its index though the months are read as words."""
    name = months.columns[0]
    column = st.column_config.SelectboxColumn(
        options=list(months.index), format_func=months[name].to_dict().__getitem__
    )
    sortable = months.assign(**{name: months.index})
    st.dataframe(sortable, hide_index=True, alt=alt, column_config={name: column})


def show_sortable(table: pd.DataFrame, alt: str) -> None:
    """A table sorted by its index though its first column is read as words; the others stand to the right."""
    name, *others = table.columns
    column = st.column_config.SelectboxColumn(
        options=list(table.index),
        format_func=table[name].to_dict().__getitem__,
        width=_AROUND + _LETTER * max(len(head) for head in [name, *table[name]]),
    )
    right = {other: st.column_config.TextColumn(alignment="right") for other in others}
    sortable = table.assign(**{name: table.index})
    st.dataframe(sortable, hide_index=True, alt=alt, column_config={name: column, **right})


def as_markdown(table: pd.DataFrame) -> pd.DataFrame:
    """The table with intervals kept on one line, and "11. marts" kept from becoming a numbered list."""
    cells = table.map(lambda cell: _as_markdown(cell) if isinstance(cell, str) else cell)
    return cells.rename(columns=_as_markdown)


def plain(text: str) -> str:
    """A text as it is, where Markdown is expected: no sign in it has a meaning."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def _as_markdown(cell: str) -> str:
    return _NUMBERED.sub(r"\1\\. ", _BRACKETS.sub(_on_one_line, cell))


def _on_one_line(brackets: re.Match[str]) -> str:
    joined = brackets[0].replace(" ", _JOINED_SPACE)
    return joined.replace(DASH, f"{_JOIN}{DASH}{_JOIN}")


def link(url: str) -> str:
    """A web address as a link that shows its host; what is no address stands as it is."""
    if "://" not in url:
        return plain(url)
    return (
        f"[{plain(url.split('/')[2].removeprefix('www.'))}]({url.translate(_BRACKETS_IN_A_LINK)})"
    )
