"""The frame round every page: navigation, language, source, and who is looking. Runs on every rerun."""

from __future__ import annotations

import streamlit as st

import links
import session
from panels import pinned
from panels.fault import say_damaged, told
from panels.header import choose_language, choose_source, release_line
from panels.who import require_somebody, who

# Wide enough for the longest page title, and no wider: the figures need the room.
SIDEBAR_WIDTH = 245

st.set_page_config(page_title="Statistik", layout="wide", initial_sidebar_state=SIDEBAR_WIDTH)

with told():
    with st.container(horizontal=True, vertical_alignment="center", key="header"):
        place_of_source = st.container(width=320)
        place_of_release = st.container(width="stretch")
        with st.container(width="content"):
            words = choose_language()

    identity = require_somebody(words)
    actor = session.actor(identity)
    who(identity, actor, words)
    links.bring_back("municipality")

    # What the actor may not do is not offered; the functions below refuse it all the same.
    pages = {
        "overview": "reader",
        "drop": "reader",
        "explore": "reader",
        "municipality": "reader",
        "contacts": "reader",
        "presentation": "reader",
        "submit": "steward",
        "release": "publisher",
        "own_figures": "analyst",
        "access": "administrator, auditor",
        "audit": "auditor",
        "about": "reader",
    }
    page = st.navigation(
        [
            st.Page(f"app_pages/{name}.py", title=words(f"page.{name}"), default=name == "overview")
            for name, role in pages.items()
            if any(map(actor.may, role.split(", ")))
        ]
    )

    release, damage = session.newest_release()
    if damage:
        say_damaged(damage, release, words)
    if release and (page.url_path or "overview") in pinned.PAGES:
        release = pinned.choose(release, words)
    with place_of_source:
        source = choose_source(release, words)
    with place_of_release:
        release_line(release, source, words)
    session.put(session.View(actor, words, release, source))
    page.run()
