"""Udforsk tallene: one or two dimensions at a time, as lines, heat map, small figures, slope or table."""

import streamlit as st

import session
import stories
from panels import beside, empty, explore, explore_choices, figure_code, share

view = session.view()
if view.release is None:
    empty.no_release(view.words, may_submit=view.actor.may("steward"))
    st.stop()

st.title(view.words("explore.title"), anchor=False)
explore_choices.examples(view)
figure_code.search(view.words)
offered = stories.offered(view)
asked, notes = explore_choices.choose(view, offered)
found = stories.explored(view, asked)

figures, help_beside = st.columns([3, 1], gap="large")
with figures:
    explore.headline(found, notes, view.words)
    explore_choices.choose_form(asked, offered, view.words)
    explore.shown(found, view.words)
    explore.advice(found)
    explore.guard(found, view.words)
    share.of_explored(view, asked, offered, found)
with help_beside:
    beside.show(view.words, asked.chosen)
