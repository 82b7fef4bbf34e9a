"""Råd og kontakter: every contact that may be shown, with source, date and confidence, searched and filtered."""

import streamlit as st

import session
from inquiries import directory
from panels import contacts, quick_exit

view = session.view()
quick_exit.show(view.words)
st.title(view.words("contacts.title"), anchor=False)
st.markdown(view.words("contacts.lead"))
st.markdown(f"**{view.words('contacts.danger')}**")

choices = st.columns([2, 1, 1])
with choices[0]:
    words = contacts.search(view.words)
with choices[1]:
    region = contacts.choose_region(view.words)
with choices[2]:
    audience = contacts.choose_audience(view.words)

known = session.contacts()
found = directory.find(known, words=words, region=region, audience=audience)
contacts.count(known, found, view.words)
contacts.full(found, view.words)
st.markdown(view.words("contacts.confidence"))
