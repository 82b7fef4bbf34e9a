"""Overblik: the drop in one sentence, four figures, observed against expected, and whom to call."""

import streamlit as st

import session
from inquiries.directory import beside
from panels import contact_choices, contacts, empty, story

view = session.view()
if view.release is None:
    empty.no_release(view.words, may_submit=view.actor.may("steward"))
    st.stop()

found = session.overview_of(view)
story.headline(found)
story.tiles(found.tiles)

figures, help_beside = st.columns([3, 1], gap="large")
with figures:
    story.chart(found)
    story.guard(found, view.words)
    story.phases(found, view.words)
    story.months(found, f"{view.release.about.release}-{view.source}", view.words)
with help_beside:
    st.subheader(view.words("contacts.beside"), anchor=False)
    place = contact_choices.choose_place(view.words)
    contacts.beside(
        beside(session.contacts(), region=place.region, municipality=place.municipality),
        view.words,
    )
    st.page_link("app_pages/contacts.py", label=view.words("contacts.all_contacts"))
