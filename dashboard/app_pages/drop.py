"""Faldet under nedlukningen: how deep, what is still missing, for whom, by which baseline, and is anything unusual now."""

import streamlit as st

import session
import stories
from panels import beside, drop, drop_choices, empty, share, story

view = session.view()
if view.release is None:
    empty.no_release(view.words, may_submit=view.actor.may("steward"))
    st.stop()

chosen = drop_choices.choose(view)
found = stories.drop_of(view, chosen.phase, chosen.group)
story.headline(found)

figures, help_beside = st.columns([3, 1], gap="large")
with figures:
    story.chart(found.picture, found.lead)
    story.guard(found, view.words)
    quoted = st.container()
    drop.missing(found.missing, view.words)
    dimension = drop_choices.choose_dimension(view)
    if dimension:
        drop.groups(stories.groups_of(view, chosen.phase, dimension), view.words)
    drop.baselines(found.baselines, view.words)
    drop.likeness(found.likeness, found.power, view.words)
    drop.newest(found.newest, view.words)
    with quoted:
        name = share.of_drop(view, chosen, dimension, found)
    drop.method(found, name, view.words)
with help_beside:
    beside.show(view.words, chosen.group)
