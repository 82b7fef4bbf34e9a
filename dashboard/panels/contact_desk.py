"""The stewards' part of the contacts page: calls to make, confirm, correct, add, history and undo."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

import session
from inquiries.actor import Actor
from inquiries.directory.changes import HOWS, Check
from inquiries.directory.contact import Contact, contact
from inquiries.directory.drafts import Correction, EntryPoint, corrected, entry_point
from inquiries.directory.places import municipality_codes, place_name
from inquiries.directory.schema import STATUSES, Entry
from inquiries.directory.steward import Desk
from inquiries.directory.upkeep import calls_to_make
from inquiries.home import Home
from inquiries.words import Words
from panels.fault import carried_out
from panels.table import plain

DONE = "contact_desk_done"


def show(home: Home, actor: Actor, words: Words) -> None:
    """One task at a time, each a form; what was kept is shown to readers at once."""
    with st.expander(words("directory.title")):
        st.markdown(words("directory.lead"))
        if st.session_state.pop(DONE, False):
            st.success(words("directory.done"))
        tasks: dict[str, Callable[[Desk, Words], None]] = {
            "calls": _calls,
            "confirm": _confirm,
            "correct": _correct,
            "add": _add,
            "history": _history,
        }
        task = st.segmented_control(
            words("directory.task"),
            list(tasks),
            format_func=lambda name: words(f"directory.task_{name}"),
            default="calls",
            required=True,
            key="contact_desk_task",
        )
        tasks[task or "calls"](Desk(home, actor), words)


def _today() -> str:
    return session.today().isoformat()


def _contacts() -> dict[str, Contact]:
    return {identity: contact(entry) for identity, entry in session.contact_entries().items()}


def _calls(_: Desk, words: Words) -> None:
    """The checklist of what to dial first."""
    found = calls_to_make(_contacts().values(), session.today())
    st.markdown(words("directory.calls_lead" if found else "directory.all_checked"))
    lines = [
        words(
            "directory.call",
            name=plain(words.of(call.contact, "name")),
            address=call.way.address,
            state=words(f"contacts.state_{call.state}"),
        )
        for call in found
    ]
    st.markdown("\n".join(f"{place}. {line}" for place, line in enumerate(lines, 1)))


def _check(words: Words) -> Check:
    """Who, when, how."""
    unit, on, how = st.columns(3)
    return Check(
        unit=unit.text_input(words("directory.unit")).strip(),
        on=on.text_input(words("directory.checked_on"), value=_today()).strip(),
        how=how.selectbox(
            words("directory.how"), HOWS, format_func=lambda one: words(f"directory.how_{one}")
        ),
    )


def _keep(change: Callable[[], None], words: Words) -> None:
    """Carry out a change; say what is wrong, or run anew and say that it is done."""
    if carried_out(change, words):
        st.session_state[DONE] = True
        st.rerun()


def _confirm(desk: Desk, words: Words) -> None:
    known = _contacts()
    addresses = [
        (identity, way.address)
        for identity, one in known.items()
        for way in one.channels
        if way.address
    ]
    with st.form("confirm_contact", border=False):
        chosen = st.selectbox(
            words("directory.which"),
            addresses,
            format_func=lambda pair: f"{words.of(known[pair[0]], 'name')}: {pair[1]}",
        )
        check = _check(words)
        if st.form_submit_button(words("directory.confirm_button")):
            _keep(lambda: desk.confirm(*chosen, check), words)


def _correct(desk: Desk, words: Words) -> None:
    entries = session.contact_entries()
    identity = st.selectbox(
        words("directory.entry"),
        list(entries),
        format_func=lambda one: entries[one]["name"],
        key="contact_desk_entry",
    )
    with st.form(f"correct_{identity}", border=False):
        told = _correction(entries[identity], words)
        check = _check(words)
        if st.form_submit_button(words("directory.correct_button")):
            new = corrected(entries[identity], told, check, _today())
            _keep(lambda: desk.correct(new, check), words)


def _correction(entry: Entry, words: Words) -> Correction:
    status = st.selectbox(
        words("directory.status"),
        STATUSES,
        index=STATUSES.index(entry["status"]),
        format_func=lambda one: words(f"directory.status_{one}"),
    )
    numbers, hours = {}, {}
    for place, phone in enumerate(entry.get("phones", [])):
        old = phone["number"]
        left, right = st.columns(2)
        numbers[old] = left.text_input(
            words("directory.number"), value=old, key=f"number {entry['id']} {place}"
        )
        hours[old] = right.text_input(
            words("directory.hours"), value=phone["hours_da"], key=f"hours {entry['id']} {place}"
        )
    return Correction(
        status=status,
        new_number=st.text_input(words("directory.new_number")),
        url=st.text_input(words("directory.url"), value=entry["url"]),
        description_da=st.text_area(
            words("directory.description_da"), value=entry["description_da"]
        ),
        description_en=st.text_area(
            words("directory.description_en"), value=entry["description_en"]
        ),
        source_url=st.text_input(words("directory.source_url"), value=entry["source_url"]),
        numbers=numbers,
        hours=hours,
    )


def _add(desk: Desk, words: Words) -> None:
    """A municipality's entry point and its service outside opening hours."""
    with st.form("add_contact", border=False):
        told = EntryPoint(
            municipality=st.selectbox(
                words("directory.municipality"),
                municipality_codes(),
                format_func=lambda code: place_name(code, words.language),
            ),
            name=st.text_input(words("directory.name")),
            number=st.text_input(words("directory.entry_number")),
            hours=st.text_input(words("directory.hours")),
            after_hours=st.text_input(words("directory.after_hours")),
            url=st.text_input(words("directory.source_url")),
        )
        check = _check(words)
        if st.form_submit_button(words("directory.add_button")):
            _keep(lambda: desk.add(entry_point(told, check, _today()), check), words)


def _history(desk: Desk, words: Words) -> None:
    """Every change, newest first, and the way back."""
    made = desk.history()
    if not made:
        st.markdown(words("directory.none_changed"))
        return
    names = ("number", "at", "action", "entry", "unit", "on", "how")
    rows = [
        (
            *(one.number, one.at, words(f"directory.action_{one.action}"), one.entry),
            *(one.check.unit, one.check.on, words(f"directory.how_{one.check.how}")),
        )
        for one in made
    ]
    table = pd.DataFrame(rows, columns=[words(f"directory.column_{name}") for name in names])
    st.dataframe(table, hide_index=True, alt=words("directory.task_history"))
    with st.form("undo_contact", border=False):
        number = st.selectbox(words("directory.change"), [one.number for one in made])
        check = _check(words)
        if st.form_submit_button(words("directory.undo_button")):
            _keep(lambda: desk.undo(number, check), words)
