"""Whom to call, beside a chart: for the place and the group on screen, those for danger now first."""

from __future__ import annotations

import streamlit as st

import session
from inquiries.directory import beside, own_entries, shown_group
from inquiries.words import Words
from panels import contact_choices, contacts


def show(words: Words, group: tuple[str, str] = ("", "")) -> None:
    """The contacts that fit; a place that is chosen here goes before a region that is charted."""
    st.subheader(words("contacts.beside"), anchor=False)
    place = contact_choices.choose_place(words)
    chosen = {"region": place.region, "municipality": place.municipality}
    told = {name: code for name, code in chosen.items() if code}
    fitting = shown_group(*group)
    if told:
        fitting.pop("region", None)
    contacts.beside(beside(session.contacts(), **(fitting | told)), words)
    st.page_link("app_pages/contacts.py", label=words("contacts.all_contacts"))


def of_municipality(code: str | None, words: Words) -> None:
    """A municipality's own entry point before the others that fit; without a municipality the country's."""
    st.subheader(words("contacts.beside"), anchor=False)
    st.markdown(f"**{words('contacts.danger')}**")
    known = session.contacts()
    own = own_entries(known, code) if code else []
    if code:
        contacts.own_entry(own, words)
    rest = [one for one in beside(known, municipality=code) if one not in own]
    contacts.beside(rest, words)
    st.page_link("app_pages/contacts.py", label=words("contacts.all_contacts"))
