"""Indberet tal: who owes, a file or a form or a report of none, old against new, confirm; history, undo, labels and breaks."""

import streamlit as st

import session
from inquiries.actor import EVERYTHING, covers_all, covers_some
from inquiries.owed import board, newest_ended
from panels import beside, breaks, filing, history, labels, owed, own, sources, submit
from panels.fault import say

view, store = session.view(), session.store()
words, actor = view.words, view.actor
today = session.today()
st.title(words("submit.title"), anchor=False)
st.markdown(words("submit.lead"))

with store.together():
    trouble = store.trouble()
    known = store.sources(actor)
    due = board(store.owed(actor, newest_ended(today)), today)
    submissions = store.submissions(actor)
if trouble:
    say(trouble, words)
source = submit.choose_source([one for one in known if covers_some(actor, "steward", one)], words)
if source:
    owed.show(due, known, words)
    reporter = submit.choose_reporter(source, actor, words)
    spellings = session.spellings(source)
    with store.together():
        body = submit.filing(store, actor, source, reporter, spellings)
        noted = breaks.noted(source, submissions, actor)
    entering, figures = st.columns([3, 2], gap="large")
    with entering:
        filing.stored(store, actor, words)
        by_file, by_form, by_none = st.tabs(
            [words(f"submit.way_{way}") for way in ("file", "form", "none")]
        )
        with by_file:
            submit.offer_template(source, words)
            filing.judge("file", submit.by_file(body, words), body, store, actor, words)
        with by_form:
            filing.judge("form", submit.by_form(body, words), body, store, actor, words)
        with by_none:
            own_due = (due["source"] == source.source) & (due["reporter"] == reporter)
            months = sorted(due.loc[own_due, "month"], reverse=True)
            none = submit.by_none(months, body, words)
            if none:
                filing.keep([none], store, actor)
    with figures:
        own.show(body.months, words)
        beside.show(words)
    if actor.may("publisher"):
        st.page_link("app_pages/release.py", label=words("page.release"))
    with st.expander(words("submit.history_title")):
        history.show(submissions, known, words)
        history.one(submissions, source, store, actor, words)
    if covers_all(actor, "steward", source):
        labels.show(body.labels, spellings, actor, words)
        breaks.show(noted, actor, words)

if EVERYTHING in actor.scope_of("steward"):
    sources.add(store, actor, words)
