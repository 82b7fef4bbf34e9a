"""Adgang: who may do what; the administrator gives and takes, the auditor looks."""

import streamlit as st

import session
from inquiries.access import listed, with_everything
from panels import access

view, home = session.view(), session.home()
st.title(view.words("access.title"), anchor=False)
st.markdown(view.words("access.lead"))
access.rules(home, view.actor, view.words)

people = listed(view.actor, home)
bodies = access.bodies(session.store().sources(view.actor), view.words)
access.everybody(people, bodies, view.words)
access.everything(with_everything(view.actor, home), view.words)
if view.actor.may("administrator"):
    chosen = access.choose(people, view.words)
    access.change(chosen, bodies, home, view.actor, view.words)
    if chosen:
        access.end(chosen, home, view.actor, view.words)
        access.remove(chosen, home, view.actor, view.words)
