"""The release that a link is pinned to: opened, said above the page, and the way back to the newest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

import links
import session
from inquiries.faults import Fault
from inquiries.release import Release
from inquiries.words import Words
from panels.fault import say

# The pages whose figures are those of the release on screen; on all others it is the newest.
PAGES = ("overview", "drop", "explore", "municipality", "presentation", "about")
# So many releases are named one by one; more are counted.
MOST_NAMED = 5


def choose(newest: Release, words: Words) -> Release:
    """The release that the link asks for; the newest without one, or when it cannot be opened."""
    asked, released = links.pinned(), session.released()
    if asked is None:
        return newest
    links.pin(asked if asked in released else None)
    if asked not in released:
        st.warning(words("pinned.gone", releases=named(released, words)))
        return newest
    try:
        found = session.release_kept(asked)
    except Fault as fault:
        say(fault, words, words("pinned.newest_instead"))
        return newest
    if found.about.release != newest.about.release:
        _line(found, newest, words)
    return found


def named(released: Sequence[str], words: Words) -> str:
    """The releases that can be opened by their day, the newest first."""
    names = [_named(one, words) for one in reversed(released)]
    more = len(names) - MOST_NAMED
    if more > 0:
        names[MOST_NAMED:] = [words("pinned.earlier", number=words.number(more))]
    return words.listed(names)


def _line(found: Release, newest: Release, words: Words) -> None:
    facts = {
        "number": words.number(found.about.number),
        "day": words.date(found.about.built_at),
        "newest": words.number(newest.about.number),
        "newest_day": words.date(newest.about.built_at),
    }
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="pinned"):
        st.markdown(f"**{words('pinned.line', **facts)}**", width="content")
        st.button(words("pinned.to_newest"), on_click=links.unpin)


def _named(release: str, words: Words) -> str:
    """22. november 2026, and which of that day when it is not the first."""
    day, _, place = release.rpartition("-")
    name = words.date(date.fromisoformat(day))
    return name if place == "1" else words("pinned.of_day", day=name, place=place)
