"""The top of every page: source, release, the mark of sample data, and the language."""

from __future__ import annotations

import streamlit as st

import links
from inquiries.release import Release
from inquiries.words import DEFAULT_LANGUAGE, LOCALES, Words, words

LANGUAGE_NAMES = {"da": "Dansk", "en": "English"}


def choose_language() -> Words:
    """The language from the link or the switch."""
    links.seed("lang", list(LOCALES), DEFAULT_LANGUAGE)
    chosen = st.segmented_control(
        "Sprog / Language",
        list(LOCALES),
        format_func=LANGUAGE_NAMES.__getitem__,
        required=True,
        key="lang",
        label_visibility="collapsed",
    )
    links.keep("lang", chosen, DEFAULT_LANGUAGE)
    return words(chosen or DEFAULT_LANGUAGE)


def choose_source(release: Release | None, words: Words) -> str | None:
    """The source on screen, from the link or the list; None before the first release."""
    if release is None:
        return None
    sources = release.sources
    first = next(iter(sources))
    is_gone = st.query_params.get("source") not in (None, *sources)
    links.seed("source", list(sources), first)
    chosen = st.selectbox(
        words("header.source"),
        list(sources),
        format_func=lambda source: words.of(sources[source], "name"),
        key="source",
        label_visibility="collapsed",
    )
    links.keep("source", chosen, first)
    if is_gone:
        st.markdown(f"*{words('header.source_gone')}*")
    return chosen


def release_line(release: Release | None, source: str | None, words: Words) -> None:
    """Which release this is and how far its figures go; sample data says so."""
    if release is None or source is None:
        return
    line = words(
        "header.release",
        number=release.about.number,
        month=words.month(release.sources[source].data_through),
    )
    badge = f" :orange-badge[{words('header.sample')}]" if release.about.synthetic else ""
    st.markdown(line + badge)
