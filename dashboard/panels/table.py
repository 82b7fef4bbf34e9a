"""A small table that can be read, printed and listened to: HTML, not a canvas."""

from __future__ import annotations

import pandas as pd
import streamlit as st


def show(table: pd.DataFrame, alt: str | None = None) -> None:
    st.table(as_markdown(table), hide_index=True, border="horizontal", alt=alt)


def as_markdown(table: pd.DataFrame) -> pd.DataFrame:
    """The table with "1. nedlukning" and "11. marts" kept from becoming numbered lists."""
    return table.replace(to_replace=r"^(\d+)\. ", value=r"\1\\. ", regex=True)


def link(url: str) -> str:
    """A web address as a link that shows its host."""
    return f"[{url.split('/')[2]}]({url})" if "://" in url else url
