"""Præsentation: the story as slides, over the whole screen, and as files to take along."""

import streamlit as st

import session
import stories
from inquiries.slides import with_own_text
from panels import beside, empty, slide_choices, slide_files, slides

view = session.view()
if view.release is None:
    empty.no_release(view.words, may_submit=view.actor.may("steward"))
    st.stop()

slides.title(view.words)
above = st.container()
chosen = slide_choices.choose(view)
own = slide_choices.own_texts(view.words)
shown = with_own_text(stories.shown_story_of(view, chosen), *own)
with above:
    slides.begin(shown, view.words)
    slide_files.offer(view, chosen, own)
slides.show(shown, view.words)
slides.controls(view.words)
beside.show(view.words, chosen.group)
