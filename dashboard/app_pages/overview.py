"""Overblik: the drop in one sentence, four figures, observed against expected, and whom to call."""

import streamlit as st

import session
import stories
from panels import beside, drop, empty, share, story

view = session.view()
if view.release is None:
    empty.no_release(view.words, may_submit=view.actor.may("steward"))
    st.stop()

found = stories.overview_of(view)
story.headline(found)
story.tiles(found.tiles)

figures, help_beside = st.columns([3, 1], gap="large")
with figures:
    story.chart(found.picture, found.lead)
    story.guard(found, view.words)
    name = share.of_overview(view, found)
    story.phases(found, view.words)
    drop.newest(found.newest, view.words)
    story.months(found, name, view.words)
with help_beside:
    beside.show(view.words)
