"""Frigiv opgørelse: what the next release would change, whether all is in order, release, history, recall."""

import streamlit as st

import session
from panels import release

view, store = session.view(), session.store()
st.title(view.words("release.title"), anchor=False)
st.markdown(view.words("release.lead"))

contents = release.prospect(store, view.actor, view.words)
policy = release.sign(view.actor, view.words)
release.act(contents, store, policy, view.actor, view.words)
release.history(store, view.actor, view.words)
