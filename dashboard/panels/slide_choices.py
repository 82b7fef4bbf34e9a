"""What a presentation is of: phase, group, breakdown and slides in the link; who presents' own words in the session alone."""

from __future__ import annotations

from typing import get_args

import streamlit as st

import links
from inquiries.faults import Fault
from inquiries.slides import LONGEST, SLIDES, Choices, own_text
from inquiries.slides.own_text import Field
from inquiries.words import Words
from panels import drop_choices
from session import View

# Who asks: professionals vanish first when schools close.
FIRST_COMPARED = "inquirer"


def choose(view: View) -> Choices:
    """The choices, from the link or the lists, folded away until somebody wants others."""
    assert view.source is not None
    words = view.words
    with st.expander(words("slides.choices")):
        chosen = drop_choices.choose(view)
        by = drop_choices.pick_dimension(view, "compare", FIRST_COMPARED)
        links.seed_several("slides", SLIDES, SLIDES)
        slides = st.multiselect(
            words("slides.which"),
            SLIDES,
            format_func=lambda name: words(f"slides.name_{name}"),
            key="slides",
            help=words("slides.which_help"),
        )
        links.keep_several("slides", slides, SLIDES)
    return Choices(view.source, chosen.phase, chosen.group, by or "", tuple(slides))


def own_texts(words: Words) -> tuple[str, ...]:
    """A line and a name for the first slide; never in the address, for it may tell who presents."""
    with st.expander(words("slides.own")):
        st.markdown(words("slides.own_lead"))
        return tuple(_own_text(field, words) for field in get_args(Field))


def _own_text(field: Field, words: Words) -> str:
    """What was typed, kept while the session lasts; nothing where it may not stand on a slide."""
    key = f"own_text_{field}"
    st.session_state[key] = st.session_state.get(key, st.session_state.get(f"kept {key}", ""))
    typed = st.text_input(words(f"slides.own_{field}"), max_chars=LONGEST[field], key=key)
    st.session_state[f"kept {key}"] = typed
    try:
        return own_text(field, typed)
    except Fault as fault:
        st.error(words(f"fault.{fault.code}", **fault.facts))
        return ""
