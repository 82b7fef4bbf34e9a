"""What an analyst asks of the own figures. It is kept in the session alone: never in a link, a title or a log."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
import streamlit as st

from inquiries.actor import Actor
from inquiries.facts import MAIN_PHASE
from inquiries.filing import Source
from inquiries.own_baseline import Chosen
from inquiries.own_figures import Selection, dimensions, filed_months, sources
from inquiries.own_pivot import MOST_ROWS
from inquiries.store import Store
from inquiries.vocabulary import phases, vocabulary
from inquiries.words import Words

USUAL_MONTHS, USUAL_WINDOW = 12, 3


def choose(store: Store, actor: Actor, shown: str | None, words: Words) -> Selection | None:
    """Source, months, dimensions and values; None, and why, when there is nothing of the caller's own."""
    with store.together():
        known = sources(actor, store)
        if not known:
            st.markdown(words("own_figures.no_scope"))
            return None
        source = _source(known, shown, words)
        months = filed_months(actor, store, source)
    if months.empty:
        st.markdown(words("own_figures.nothing_filed"))
        return None
    for_months, for_table = st.columns(2)
    with for_months:
        first, last = _span("months", source, months, _newest(months), words)
    with for_table:
        rows, period = _table(source, words)
    return Selection(source, first, last, _wanted(source, words), rows, period)


def open_at(source: str, municipality: str) -> None:
    """Open the page on own figures with one municipality chosen of a source."""
    st.session_state[_key_of_values("municipality", source)] = [municipality]
    st.switch_page("app_pages/own_figures.py")


def choose_baseline(
    months: pd.DatetimeIndex, source: Source, excluded: Collection[pd.Timestamp], words: Words
) -> Chosen | None:
    """The baseline, the months left out of it and the window; None when there are too few months for any."""
    if len(months) <= USUAL_WINDOW:
        st.markdown(words("own_figures.too_few_months"))
        return None
    usual_last, usual_window = _usual(months)
    for_baseline, for_window = st.columns(2)
    with for_baseline:
        first, last = _span("baseline", source, months, (months[0], usual_last), words)
    with for_window:
        window = _span("window", source, months, usual_window, words)
    within = [month for month in months if first <= month <= last]
    left_out = st.multiselect(
        words("own_figures.left_out"),
        within,
        default=[month for month in within if month in excluded],
        format_func=words.month,
        key=f"own_left_out_{source.source}",
    )
    return Chosen(first, last, tuple(left_out), *window)


def _source(known: list[Source], shown: str | None, words: Words) -> Source:
    """One of the caller's own; at first the one on screen, where it is among them."""
    ids = [source.source for source in known]
    chosen: Source = st.selectbox(
        words("header.source"),
        known,
        index=ids.index(shown) if shown in ids else 0,
        format_func=lambda source: source.name(words.language),
        key="own_source",
    )
    return chosen


def _table(source: Source, words: Words) -> tuple[tuple[str, ...], str]:
    """The dimensions of the rows, and the length of the columns."""
    periods = ("month", "quarter", "year")
    rows: list[str] = st.multiselect(
        words("own_figures.rows"),
        dimensions(source),
        format_func=lambda name: words(f"dimension.{name}"),
        max_selections=MOST_ROWS,
        key=f"own_rows_{source.source}",
    )
    period = st.segmented_control(
        words("own_figures.columns"),
        periods,
        default=periods[0],
        format_func=lambda name: words(f"table.{name}"),
        required=True,
        key="own_period",
    )
    return tuple(rows), period or periods[0]


def _wanted(source: Source, words: Words) -> dict[str, tuple[str, ...]]:
    """The codes chosen of each dimension; those where none is chosen are not limited."""
    with st.expander(words("own_figures.values")):
        found = {name: _values(name, source, words) for name in dimensions(source)}
    return {name: codes for name, codes in found.items() if codes}


def _values(name: str, source: Source, words: Words) -> tuple[str, ...]:
    codes: list[str] = st.multiselect(
        words(f"dimension.{name}"),
        [label.code for label in vocabulary().of(name)],
        format_func=lambda code: vocabulary().text(name, code, words.language),
        placeholder=words("own_figures.every_value"),
        key=_key_of_values(name, source.source),
    )
    return tuple(codes)


def _key_of_values(dimension: str, source: str) -> str:
    return f"own_{dimension}_{source}"


def _span(
    what: str,
    source: Source,
    months: pd.DatetimeIndex,
    usual: tuple[pd.Timestamp, pd.Timestamp],
    words: Words,
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """From one month to another of those that can be chosen; never backwards."""
    for_first, for_last = st.columns(2)
    with for_first:
        first = st.selectbox(
            words(f"own_figures.from_{what}"),
            list(months),
            index=list(months).index(usual[0]),
            format_func=words.month,
            key=f"own_from_{what}_{source.source}",
        )
    after = [month for month in months if month >= first]
    with for_last:
        last = st.selectbox(
            words(f"own_figures.to_{what}"),
            after,
            index=after.index(max(first, usual[1])),
            format_func=words.month,
            key=f"own_to_{what}_{source.source}",
        )
    return first, last


def _newest(months: pd.DatetimeIndex) -> tuple[pd.Timestamp, pd.Timestamp]:
    return months[-min(len(months), USUAL_MONTHS)], months[-1]


def _usual(months: pd.DatetimeIndex) -> tuple[pd.Timestamp, tuple[pd.Timestamp, pd.Timestamp]]:
    """The end of the baseline and the window: the lockdown where it was filed, else the newest months."""
    table = phases().set_index("phase")
    window = tuple(table.loc[MAIN_PHASE, ["first_month", "last_month"]])
    before = table.loc[table["role"] == "baseline", "last_month"].iloc[0]
    if before in months and set(window) <= set(months):
        return before, (window[0], window[1])
    return months[-USUAL_WINDOW - 1], (months[-USUAL_WINDOW], months[-1])
