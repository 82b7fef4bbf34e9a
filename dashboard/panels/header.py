"""The top of every page: source, release, the mark of sample data, and the language."""

from __future__ import annotations

import streamlit as st
from inquiries.release import Release
from inquiries.words import DEFAULT_LANGUAGE, LOCALES, Words, words

LANGUAGE_NAMES = {"da": "Dansk", "en": "English"}


def choose_language() -> Words:
    """The language from the link or the switch."""
    chosen = st.segmented_control(
        "Sprog / Language",
        list(LOCALES),
        default=DEFAULT_LANGUAGE,
        format_func=LANGUAGE_NAMES.__getitem__,
        required=True,
        key="lang",
        bind="query-params",
        label_visibility="collapsed",
    )
    return words(chosen or DEFAULT_LANGUAGE)


def choose_source(release: Release | None, words: Words) -> str | None:
    """The source on screen, from the link or the list; None before the first release."""
    if release is None:
        return None
    sources = {row.source: row for row in release.ask("release/sources").itertuples()}
    return st.selectbox(
        words("header.source"),
        list(sources),
        format_func=lambda source: words.of(sources[source], "name"),
        key="source",
        bind="query-params",
        label_visibility="collapsed",
    )


def release_line(release: Release | None, source: str | None, words: Words) -> None:
    """Which release this is and how far its figures go; sample data says so."""
    if release is None or source is None:
        return
    sources = release.ask("release/sources").set_index("source")
    line = words(
        "header.release",
        number=release.about.number,
        month=words.month(sources.at[source, "data_through"]),
    )
    badge = f" :orange-badge[{words('header.sample')}]" if release.about.synthetic else ""
    st.markdown(line + badge)
