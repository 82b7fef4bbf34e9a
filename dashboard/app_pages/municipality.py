"""Min kommune: one municipality's quarters and years, its region's drop, whom to call, its duties, one sheet to print."""

import streamlit as st

import session
import stories
from panels import beside, empty, municipality

view = session.view()
if view.release is None:
    empty.no_release(view.words, may_submit=view.actor.may("steward"))
    st.stop()

title = st.container()
code = municipality.choose(view.words)
with title:
    municipality.title(code, view.words)

figures, help_beside = st.columns([3, 1], gap="large")
with figures:
    if code:
        found = stories.municipality_of(view, code)
        municipality.sheet(found, view)
        municipality.figures(found, view.words)
        municipality.exact(found, view)
        municipality.drops(found, view.words)
        municipality.among(found, view.words)
    municipality.duties(view.words)
with help_beside:
    beside.of_municipality(code, view.words)
