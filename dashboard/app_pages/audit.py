"""Revisionsspor: who did what to which, when, with what result; for the auditor."""

import streamlit as st

import session
from inquiries import trail
from panels import audit

view, home = session.view(), session.home()
st.title(view.words("audit.title"), anchor=False)
st.markdown(view.words("audit.lead"))

records = trail.records(view.actor, home)
chosen = trail.chosen(records, audit.choose(records, view.words))
audit.show(chosen, records, view.words)
audit.verify(view.actor, home, view.words)
