"""Egne tal (internt): exact figures of the analyst's own bodies, the release beside them, an own baseline, a file for a reason."""

import streamlit as st

import session
from inquiries.own_figures import figures
from panels import beside, own_choices, own_figures

view, store = session.view(), session.store()
words, actor = view.words, view.actor
own_figures.title(words)

selection = own_choices.choose(store, actor, view.source, words)
if selection is None:
    st.stop()
found = figures(actor, store, selection)

own_figures.table(found, actor, selection, words)
drawn = st.container()
own_figures.released(found, selection, view)
came = own_figures.own_drop(found, selection, view)
with drawn:
    own_figures.chart(found, came, actor, selection, words)
own_figures.way_out(store, actor, selection, words)
beside.show(words)
