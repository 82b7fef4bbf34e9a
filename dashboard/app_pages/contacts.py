"""Råd og kontakter: whom to call, searched and filtered; each with source, date and confidence."""

import streamlit as st

import session
from panels import contact_choices, contact_desk, contacts, printing, quick_exit

view, index = session.view(), session.contact_index()
quick_exit.show(view.words)
st.title(view.words("contacts.title"), anchor=False)
st.markdown(f"**{view.words('contacts.danger')}** {view.words('contacts.lead')}")

typed = contact_choices.search(view.words)
situation = contact_choices.choose_situation(index.contacts, view.words)
found = index.find(typed, situation)
printing.show(index.contacts, view.words)

cards, first = st.columns([5, 2])
with cards:
    contacts.count(index.contacts, found, view.words)
    contacts.full(found, situation.asker, view.words)
with first:
    contacts.before_acting(view.words)
    contacts.police_district(situation.municipality, view.words)
contacts.guidance(view.words)
st.markdown(view.words("contacts.confidence"))
if view.actor.may("steward"):
    contact_desk.show(session.home(), view.actor, view.words)
