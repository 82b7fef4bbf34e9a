"""Exact figures on the screen, for analysts: the banner, the table, the release beside it, the drop and the file."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from inquiries.actor import Actor
from inquiries.faults import Fault
from inquiries.own_baseline import OwnDrop, drop, picture, sentences
from inquiries.own_beside import beside
from inquiries.own_figures import (
    LONGEST_REASON,
    Figures,
    Selection,
    caption,
    export,
    region_of,
    require_reason,
)
from inquiries.own_pivot import shown
from inquiries.periods import MISSING, PROVISIONAL
from inquiries.store import Store
from inquiries.words import Words
from panels.download import offer
from panels.fault import refuse
from panels.own_choices import choose_baseline
from panels.table import plain
from session import View

FILE_NAME = "internt.csv"


def title(words: Words) -> None:
    st.title(words("own_figures.title"), anchor=False)
    st.warning(words("own_figures.banner"))
    st.markdown(words("own_figures.lead"))


def table(found: Figures, actor: Actor, selection: Selection, words: Words) -> None:
    """The figures, what their marks mean, and what they are of."""
    said = caption(actor, selection, words)
    total = found.pivot.columns[-1]
    if total.state == MISSING:
        st.info(words("own_figures.nothing_filed_then"))
    elif not (found.pivot.exact.to_numpy().any() or found.pivot.masked.to_numpy().any()):
        st.info(words("own_figures.nothing_chosen"))
    st.dataframe(shown(found.pivot, words), hide_index=True, alt=said)
    if found.pivot.masked.to_numpy().any():
        st.markdown(words("own_figures.masked_note"))
    if total.state == PROVISIONAL:
        st.markdown(words("own_figures.provisional_note"))
    st.markdown(plain(said))


def released(found: Figures, selection: Selection, view: View) -> None:
    """What the release shows of the whole source, and of the region, in the same months."""
    words, source = view.words, selection.source
    st.subheader(words("own_figures.beside_title"), anchor=False)
    if view.release is None or source.source not in view.release.sources:
        st.markdown(words("own_figures.beside_none"))
        return
    number = words.number(view.release.about.number)
    st.markdown(words("own_figures.beside_note", number=number))
    compared = beside(found.pivot, view.ask, source.source, region_of(selection), words)
    st.dataframe(compared, hide_index=True, alt=words("own_figures.beside_title"))


def own_drop(found: Figures, selection: Selection, view: View) -> OwnDrop | None:
    """The drop by a baseline of one's own; None when there are too few months to choose one."""
    words, source = view.words, selection.source
    breaks, excluded = _reservations(source.source, view)
    with st.expander(words("own_figures.drop_title")):
        st.markdown(words("own_figures.drop_lead"))
        months = pd.DatetimeIndex(found.months["month"])
        chosen = choose_baseline(months, source, excluded, words)
        if chosen is None:
            return None
        came = drop(found.months, chosen, breaks)
        for sentence in sentences(came, chosen, source, words):
            st.markdown(sentence)
    return came


def chart(
    found: Figures, came: OwnDrop | None, actor: Actor, selection: Selection, words: Words
) -> None:
    """The total month by month; its text alternative is what the table is of."""
    within = found.months["month"].between(selection.first, selection.last)
    unit = words(f"unit.{selection.source.unit}")
    st.subheader(words.sentence_case(words("chart.title", unit=unit)), anchor=False)
    spec = picture(found.months[within], came, selection.source, words)
    st.vega_lite_chart(spec=spec, alt=caption(actor, selection, words), theme=None)


def way_out(store: Store, actor: Actor, selection: Selection, words: Words) -> None:
    """The file, offered once there is a reason for it that may be kept."""
    st.subheader(words("own_figures.export_title"), anchor=False)
    st.markdown(words("own_figures.reason_kept"))
    reason = st.text_input(words("own_figures.reason"), max_chars=LONGEST_REASON, key="own_reason")
    if not reason.strip():
        st.markdown(words("own_figures.reason_first"))
        return
    try:
        require_reason(reason)
    except Fault as fault:
        refuse(fault, words)
        return
    offer(
        words("own_figures.export"),
        partial(export, actor, store, selection, reason, words),
        file_name=FILE_NAME,
        mime="text/csv",
    )


def _reservations(source: str, view: View) -> tuple[set[pd.Timestamp], set[pd.Timestamp]]:
    """The breaks of the source's series and its excluded months, as far as they are released."""
    if view.release is None or source not in view.release.sources:
        return set(), set()
    breaks = view.ask("release/series_breaks", source=source)
    excluded = view.ask("release/excluded_months", source=source)
    return set(breaks["month"]), set(excluded["month"])
