"""Whom to call, beside a chart: for the place that is chosen, those for danger now first."""

from __future__ import annotations

import streamlit as st

import session
from inquiries.directory import beside
from inquiries.words import Words
from panels import contact_choices, contacts


def show(words: Words) -> None:
    st.subheader(words("contacts.beside"), anchor=False)
    place = contact_choices.choose_place(words)
    found = beside(session.contacts(), region=place.region, municipality=place.municipality)
    contacts.beside(found, words)
    st.page_link("app_pages/contacts.py", label=words("contacts.all_contacts"))
