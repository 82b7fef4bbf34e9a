"""What is on screen of the figures: measure, breakdown, choice, period, form and months, from the link or the lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

import links
import stories
from inquiries.explore.choices import (
    Note,
    forms_for,
    measures_for,
    newest_first,
    periods_for,
    view_of,
)
from inquiries.explore.offered import Offered
from inquiries.explore.view import PARAMS
from inquiries.explore.view import View as ExploredView
from inquiries.words import Words
from session import View

KEPT = "explored"
CHOICE_WIDTH = 150
# Questions that a first visitor may have, each with the view that answers it.
EXAMPLES = {
    "year": {"form": "same"},
    "who": {"by": "inquirer", "form": "slope"},
    "channel": {"by": "channel", "measure": "share", "period": "quarter"},
}


def examples(view: View) -> None:
    """Three questions as links, each to the view that answers it."""
    st.markdown(view.words("explore.lead"))
    kept = {"lang": view.words.language, "source": view.source or ""}
    with st.container(horizontal=True, gap="medium"):
        for name, params in EXAMPLES.items():
            st.page_link(
                "app_pages/explore.py",
                label=view.words(f"explore.example_{name}"),
                query_params={**kept, **params},
            )


def choose(view: View, offered: Offered) -> tuple[ExploredView, tuple[Note, ...]]:
    """The view on screen and what of the asked one could not be shown; its form is chosen beside the chart."""
    asked, notes = _asked(view, offered)
    go_to(asked)
    links.write(PARAMS, asked.params())
    words, names = view.words, stories.explore_lists(view)
    measures = {one: words(f"explore.measure_{one}") for one in measures_for(asked)}
    periods = {one: words(f"table.{one}") for one in periods_for(asked, offered)}
    ends = names.phases if asked.period == "phase" else names.months
    with st.grid(3, min_column_width=CHOICE_WIDTH):
        _list("measure", measures, words)
        _list("by", names.by, words)
        _list("only", names.only, words)
        _list("period", periods, words)
        _list("first", {"": words("explore.as_far_first"), **ends}, words)
        _list("last", {"": words("explore.as_far_last"), **ends}, words)
    return asked, notes


def choose_form(asked: ExploredView, offered: Offered, words: Words) -> None:
    st.segmented_control(
        words("explore.choose_form"),
        forms_for(asked, offered),
        format_func=lambda one: words(f"explore.form_{one}"),
        required=True,
        wrap=True,
        key=_key("form"),
        label_visibility="collapsed",
    )


def go_to(asked: ExploredView) -> None:
    """Have the lists show a view, before they are drawn."""
    st.session_state[KEPT] = asked
    for name in PARAMS.values():
        if st.session_state.get(_key(name)) != getattr(asked, name):
            st.session_state[_key(name)] = getattr(asked, name)


def only(chosen: str) -> None:
    """Choose one value, as the list of values does."""
    st.session_state[_key("only")] = chosen


def _asked(view: View, offered: Offered) -> tuple[ExploredView, tuple[Note, ...]]:
    """What a link asks for that was followed, else what stands in the lists after the view before."""
    assert view.source is not None
    followed = links.asked(PARAMS)
    if followed:
        return view_of(followed, offered)
    kept: ExploredView = st.session_state.get(KEPT, ExploredView(view.source))
    chosen = {
        name: st.session_state.get(_key(name), getattr(kept, name)) for name in PARAMS.values()
    }
    return view_of(newest_first(kept, replace(kept, **chosen)).params(), offered)


def _list(name: str, options: Mapping[str, str], words: Words) -> None:
    label = words(f"explore.choose_{name}")
    st.selectbox(label, list(options), format_func=options.__getitem__, key=_key(name))


def _key(name: str) -> str:
    return f"explore_{name}"
