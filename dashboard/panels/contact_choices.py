"""What a reader tells to find a contact. It is kept in the session alone: never in a link, a title or a log."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

import session
from inquiries.directory import AGES, Contact, Situation
from inquiries.directory.places import Place, place, place_codes, place_name
from inquiries.directory.provisions import all_provisions
from inquiries.directory.schema import AUDIENCES
from inquiries.vocabulary import vocabulary
from inquiries.words import Words

ACUTE = "contact_acute"


def choose_place(words: Words) -> Place:
    """A region or a municipality; neither is the whole country. The same on every page."""
    codes = place_codes(session.now().strftime("%Y-%m"))
    labels = (words("contacts.place"), words("contacts.all_places"))
    return place(_choose("place", codes, labels, lambda code: place_name(code, words.language)))


def choose_situation(contacts: list[Contact], words: Words) -> Situation:
    """Where, who asks, how old the person is, whether there is danger now, and further wishes."""
    where, who, age = st.columns(3)
    with where:
        chosen = choose_place(words)
    with who:
        labels = (words("contacts.asker"), words("contacts.all_askers"))
        asker = _choose("asker", AUDIENCES, labels, lambda code: words(f"asker.{code}"))
    with age:
        band = _choose_age(words)
    acute = _tick_acute(words)
    provision, language = _further(contacts, words)
    return Situation(chosen.region, chosen.municipality, asker, band, acute, provision, language)


def _choose_age(words: Words) -> str | None:
    labels = (words("contacts.age"), words("contacts.all_ages"))
    known = vocabulary()
    return _choose(
        "age", list(AGES), labels, lambda code: known.text("age_band", code, words.language)
    )


def _tick_acute(words: Words) -> bool:
    _keep(ACUTE, False)
    ticked = st.checkbox(words("contacts.acute_only"), key=ACUTE)
    st.session_state[_kept(ACUTE)] = ticked
    return ticked


def _further(contacts: list[Contact], words: Words) -> tuple[str | None, str | None]:
    """Legal basis and language; those that a contact names."""
    spoken = sorted({one for contact in contacts for one in contact.languages})
    with st.expander(words("contacts.further")):
        labels = (words("contacts.provision"), words("contacts.all_provisions"))
        provision = _choose("provision", all_provisions(contacts), labels, str)
        none = words("contacts.all_languages" if spoken else "contacts.no_languages")
        labels = (words("contacts.language"), none)
        language = _choose("language", spoken, labels, words.language_name)
    return provision, language


def _choose(
    name: str, options: Sequence[str], labels: tuple[str, str], shown: Callable[[str], str]
) -> str | None:
    """One of some options or none, as it was chosen last in this session."""
    key = f"contact_{name}"
    _keep(key, None)
    if st.session_state[key] not in options:
        st.session_state[key] = None
    label, none = labels
    chosen: str | None = st.selectbox(
        label,
        options,
        index=None,
        placeholder=none,
        format_func=shown,
        key=key,
        disabled=not options,
    )
    st.session_state[_kept(key)] = chosen
    return chosen


def _keep(key: str, default: object) -> None:
    """Before a widget: give it what was chosen last. It is set on each run, as a page's widget is
    another than that of the same key on the page before.
    """
    kept = st.session_state.get(_kept(key), default)
    st.session_state[key] = st.session_state.get(key, kept)


def _kept(key: str) -> str:
    """Where a choice stays when its widget is not on the page."""
    return f"kept {key}"


def search(words: Words) -> str:
    """What is searched for."""
    return st.text_input(
        words("contacts.search"), placeholder=words("contacts.search_hint"), key="contact_search"
    )
