"""The slides as files: made when asked for, a few at a time, and kept until something else is chosen."""

from __future__ import annotations

from typing import Any

import streamlit as st

import session
import stories
from inquiries.exports.slide_files import KINDS, Asked, file_name
from inquiries.exports.turns import turn
from inquiries.faults import Fault
from inquiries.slides import Choices, with_own_text
from inquiries.words import Words
from panels import download
from session import View

MADE = "made slides"


def offer(view: View, chosen: Choices, own: tuple[str, ...]) -> None:
    """A button a kind of file; the file made last, while the choices are those it was made for."""
    words = view.words
    assert view.release is not None
    made_for = (view.release.about.release, chosen, own, words.language)
    with st.container(horizontal=True, vertical_alignment="center"):
        asked = [
            kind
            for kind in KINDS
            if st.button(
                words(f"slides.make_{kind}"), key=f"make_{kind}", disabled=not chosen.slides
            )
        ]
    for kind in asked:
        _make(kind, view, chosen, own, made_for)
    made = st.session_state.get(MADE)
    if made and made["for"] == made_for:
        _hand_out(made, words)


def _make(kind: str, view: View, chosen: Choices, own: tuple[str, ...], made_for: Any) -> None:
    words = view.words
    bar = st.progress(0.0, text=words("slides.making"))

    def progress(done: int, of: int) -> None:
        told = words("slides.progress", done=done, of=of)
        bar.progress(done / max(of, 1), text=told)

    try:
        with turn(lambda: bar.progress(0.0, text=words("slides.waiting"))):
            slides = with_own_text(stories.story_of(view, chosen), *own)
            made_of = (slides, session.contacts(), session.today(), session.home(), words)
            content = KINDS[kind].make(Asked(*made_of, progress))
    except Fault as fault:
        st.error(words(f"fault.{fault.code}", **fault.facts))
        return
    finally:
        bar.empty()
    name = file_name(kind, made_for[0], chosen.source, words)
    st.session_state[MADE] = {"for": made_for, "kind": kind, "name": name, "content": content}


def _hand_out(made: dict[str, Any], words: Words) -> None:
    download.offer(
        words("slides.fetch", name=made["name"]),
        lambda: bytes(made["content"]),
        file_name=made["name"],
        mime=KINDS[made["kind"]].mime,
        type="primary",
    )
