"""Indberet tal: template, upload, check, old against new, confirm, own figures at once."""

import streamlit as st

import session
from panels import submit

view, store = session.view(), session.store()
st.title(view.words("submit.title"), anchor=False)
st.markdown(view.words("submit.lead"))

source = submit.choose_source(store, view.actor, view.words)
if source:
    reporter = submit.choose_reporter(source, view.words)
    filing, figures = st.columns([3, 2], gap="large")
    with filing:
        submit.offer_template(source, view.words)
        judged = submit.upload(source, reporter, store, view.actor, view.words)
        if judged:
            verdict, submission = judged
            submit.show_verdict(verdict, source, view.words)
            if submission:
                submit.confirm(verdict, submission, source, store, view.actor, view.words)
    with figures:
        submit.own_figures(source, reporter, store, view.actor, view.words)
    st.page_link("app_pages/release.py", label=view.words("page.release"))
    submit.history(store, view.actor, view.words)

submit.add_source(store, view.actor, view.words)
