"""One municipality on the screen: which one, its figures, its region's drop, its duties, and the sheet to take along."""

from __future__ import annotations

from functools import partial

import streamlit as st

import links
import session
from inquiries.directory import for_print, own_entries
from inquiries.directory.places import municipality_codes, place_name
from inquiries.duties import duties as duties_of
from inquiries.exports.municipality_sheet import municipality_sheet
from inquiries.municipality import Municipality
from inquiries.words import Words
from panels import hidden, own_choices, table
from panels.download import offer
from session import View

NAME = "municipality"
# The browser's script knows the box by this key, and keeps the municipality of the address while it is ticked.
REMEMBER = "remember"
DROP_WIDTH, TABLE_HEIGHT = 300, 320


def choose(words: Words) -> str | None:
    """The municipality from the link, from an earlier visit or from the list; None until one is chosen."""
    links.seed(NAME, municipality_codes(), None)
    for_list, for_box = st.columns([2, 3], vertical_alignment="bottom")
    with for_list:
        chosen: str | None = st.selectbox(
            words("municipality.choose"),
            municipality_codes(),
            index=None,
            placeholder=words("municipality.none_chosen"),
            format_func=lambda code: place_name(code, words.language),
            key=NAME,
        )
    links.keep(NAME, chosen, None)
    if chosen:
        with for_box:
            _remember(chosen, words)
    return chosen


def _remember(chosen: str, words: Words) -> None:
    """A box of its own for each municipality: ticked while it is the one that the browser keeps."""
    is_kept = links.remembered() == chosen
    with st.container(key=REMEMBER):
        ticked = st.checkbox(
            words("municipality.remember"),
            value=is_kept,
            key=f"{REMEMBER}_{chosen}",
        )
    st.caption(words("municipality.remember_how"))
    if ticked != is_kept:
        links.remember(chosen if ticked else None)


def title(code: str | None, words: Words) -> None:
    if code is None:
        st.title(words("municipality.title"), anchor=False)
        st.markdown(words("municipality.lead"))
    else:
        name = place_name(code, words.language)
        st.title(words("municipality.title_of", name=name), anchor=False)


def drops(found: Municipality, words: Words) -> None:
    """The change in the region and in the country, for there is none of a single municipality."""
    st.subheader(words("municipality.drop_title"), anchor=False)
    if found.figures is not None:
        st.markdown(words("municipality.no_own_drop"))
    grid = st.grid(min_column_width=DROP_WIDTH)
    for drop in found.drops:
        with grid, st.container(border=True, height="stretch", gap="xsmall"):
            st.markdown(f"**{drop.place}**")
            st.metric(drop.place, drop.change, label_visibility="collapsed")
            st.markdown(drop.lead)
            for warning in drop.warnings:
                st.markdown(f"*{table.plain(warning)}*")
    for guard in found.guards:
        st.markdown(f"**{guard}**")
    st.markdown(table.plain(found.caption))


def figures(found: Municipality, words: Words) -> None:
    """A row a year with its quarters, what the marks mean, and what is shown instead of what is hidden."""
    st.subheader(words("municipality.figures_title"), anchor=False)
    if found.figures is None:
        st.markdown(words("municipality.not_registered"))
        return
    if found.figures.grid is not None:
        table.show(found.figures.grid, alt=words("municipality.figures_title"))
        st.markdown(words("municipality.marks"))
    if found.figures.hidden:
        st.markdown(f"{found.figures.hidden} {found.figures.nearest}")
        hidden.why(words)
    st.markdown(table.plain(" ".join(found.figures.notes)))


def among(found: Municipality, words: Words) -> None:
    """The municipality among the others on the map, and the same as a table, one click away."""
    if found.among is None:
        return
    st.subheader(words("municipality.among_title"), anchor=False)
    st.markdown(words("municipality.among_note"))
    st.markdown(found.among.sentence)
    alt = f"{found.among.title}. {found.among.sentence}"
    st.vega_lite_chart(spec=found.among.chart, alt=alt, theme=None)
    with st.expander(words("municipality.among_table")), st.container(height=TABLE_HEIGHT):
        table.show(found.among.table, alt=found.among.title)


def duties(words: Words) -> None:
    """What the law asks of every municipality, each with the page that says so."""
    st.subheader(words("municipality.duties_title"), anchor=False)
    lines = [
        f"- **{duty.provision}**: {duty.says} ({table.link(duty.source_url)})"
        for duty in duties_of(words)
    ]
    st.markdown("\n".join(lines))


def sheet(found: Municipality, view: View) -> None:
    """The same on one sheet of A4, made when it is asked for."""
    offer(
        view.words("municipality.sheet_button"),
        partial(_printed, found, view),
        file_name=f"{view.words('municipality.sheet_file')}-{found.code}.pdf",
        mime="application/pdf",
    )


def _printed(found: Municipality, view: View) -> bytes:
    """The sheet, its own entry points before the other contacts."""
    assert view.release is not None
    known = session.contacts()
    own = own_entries(known, found.code)
    others = [one for one in for_print(known, municipality=found.code) if one not in own]
    number = view.release.about.number
    return municipality_sheet(found, [*own, *others], number, session.today(), view.words)


def exact(found: Municipality, view: View) -> None:
    """For who may see exact figures, the way to their own ones of this municipality."""
    if found.figures is None or not view.actor.may("analyst"):
        return
    assert view.source is not None
    if st.button(view.words("municipality.exact", name=found.name), key="municipality_exact"):
        own_choices.open_at(view.source, found.code)
