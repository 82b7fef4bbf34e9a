"""Whom to call, on the screen: beside the chart, and as a searchable list."""

from __future__ import annotations

import streamlit as st

import session
from inquiries.directory import Channel, Contact, State, state_of, ways_for
from inquiries.directory.hours import opening
from inquiries.directory.places import district_of
from inquiries.vocabulary import read_table
from inquiries.words import Words
from panels.table import link, plain

CARD_WIDTH = 280
# By colour and by word: one who sees no colours reads the word.
COLOURS: dict[State, str] = {"confirmed": "blue", "to_confirm": "orange", "stale": "red"}


def beside(found: list[Contact], words: Words) -> None:
    """A few contacts in brief, those for danger now before those for advice."""
    for title, acute in (("contacts.acute", True), ("contacts.advice", False)):
        some = [contact for contact in found if contact.acute is acute]
        if some:
            st.markdown(f"**{words(title)}**")
        for contact in some:
            st.markdown(_brief(contact, words))


def own_entry(found: list[Contact], words: Words) -> None:
    """A municipality's own entry points, or that none is known."""
    st.markdown(f"**{words('contacts.own_entry')}**")
    for contact in found:
        st.markdown(_brief(contact, words))
    if not found:
        st.markdown(words("contacts.no_own_entry"))


def _brief(contact: Contact, words: Words) -> str:
    """Name, number, hours, and how sure the number is; without a number the page on the web."""
    lines = [plain(words.of(contact, "name"))]
    for way in contact.phones[:1]:
        lines += [_number(way), _about(way, words), _state(way, words)]
    if not contact.phones and contact.url:
        lines.append(link(contact.url))
    return "  \n".join(line for line in lines if line)


def before_acting(words: Words) -> None:
    """What to do and not to do before anything else, each with who says so."""
    with st.container(border=True):
        st.markdown(f"**{words('contacts.before_title')}**")
        lines = [
            f"- {row[f'text_{words.language}']} ([{row['source_name']}]({row['source_url']}))"
            for row in read_table("before_acting")
        ]
        st.markdown("\n".join(lines))


def police_district(municipality: str | None, words: Words) -> None:
    """The police district of the chosen municipality; 114 leads to it."""
    if district := district_of(municipality):
        st.markdown(words("contacts.police_district", district=district))


def full(found: list[Contact], asker: str | None, words: Words) -> None:
    """Everything that is known of each contact, and who says so."""
    grid = st.grid(min_column_width=CARD_WIDTH)
    for contact in found:
        with grid, st.container(border=True, height="stretch", gap="small"):
            _card(contact, asker, words)


def _card(contact: Contact, asker: str | None, words: Words) -> None:
    """What, for whom, when and how."""
    st.subheader(plain(words.of(contact, "name")), anchor=False)
    st.markdown(f"{plain(contact.organization)}  \n{_for_whom(contact, words)}")
    ways = [_way(way, words) for way in ways_for(contact, asker)]
    web = [link(contact.url)] if contact.url else []
    kept_back = [words("contacts.for_professionals")] if len(ways) < len(contact.channels) else []
    st.markdown("\n\n".join(ways + web + kept_back) or words("contacts.no_channel"))
    st.markdown(plain(words.of(contact, "description")))
    if contact.legal_basis:
        st.markdown(words("contacts.legal_basis", basis=plain(_legal_basis(contact))))
    if contact.guidance:
        st.markdown(words("contacts.papers", papers="; ".join(_papers(contact, words))))
    if caution := words.of(contact, "caution"):
        st.markdown(f"*{plain(caution)}*")
    st.markdown(_source(contact, words))


def _for_whom(contact: Contact, words: Words) -> str:
    audience = ", ".join(words(f"audience.{name}") for name in contact.audience)
    lowest, highest = contact.minimum_age, contact.maximum_age
    ages = ""
    if lowest is not None and highest is not None:
        ages = words("contacts.ages", lowest=lowest, highest=highest)
    elif highest is not None:
        ages = words("contacts.up_to_age", highest=highest)
    elif lowest is not None:
        ages = words("contacts.from_age", lowest=lowest)
    return words("contacts.for", audience=audience) + (f" · {ages}" if ages else "")


def _legal_basis(contact: Contact) -> str:
    return "; ".join((*contact.legal_basis, *(f"→ {now}" for now in contact.legal_basis_now)))


def _papers(contact: Contact, words: Words) -> list[str]:
    known = {row["id"]: row for row in read_table("guidance")}
    return [_paper(known[one], words) for one in contact.guidance]


def _paper(row: dict[str, str], words: Words) -> str:
    year = row["year"] or words("contacts.no_year")
    return f"[{row['title']}]({row['source_url']}) ({year})"


def guidance(words: Words) -> None:
    """The handbooks and guidance there are, with their years."""
    with st.expander(words("contacts.guidance_title")):
        lines = [
            "- " + ", ".join(filter(None, (_paper(row, words), row["publisher"])))
            for row in read_table("guidance")
        ]
        st.markdown("\n".join(lines))


def _way(way: Channel, words: Words) -> str:
    """One way to reach a contact: where, when, and how sure that is."""
    if way.kind == "phone":
        address = _number(way)
    elif way.kind == "mail":
        address = way.address
    else:
        address = link(way.address) if way.address else words(f"contacts.kind_{way.kind}")
    lines = (address, _about(way, words), _state(way, words) if way.address else "")
    return "  \n".join(line for line in lines if line)


def _number(way: Channel) -> str:
    return f":primary[**{way.address}**]"


def _about(way: Channel, words: Words) -> str:
    """What the way is for, its hours, and whether it is open now; unknown hours are never closed."""
    texts = [plain(words.of(way, "description")), plain(words.of(way, "hours"))]
    if way.kind in ("phone", "chat"):
        state = opening(way.schedules, session.now())
        told = way.hours_da and (state == "always" or not way.schedules)
        if not told:
            texts.append(words(f"contacts.opening_{state}"))
    return " · ".join(text for text in texts if text)


def _state(found: Channel | Contact, words: Words) -> str:
    """The mark of how sure a number is, in a colour and in words."""
    state = state_of(found, session.today())
    text = words(f"contacts.state_{state}")
    if isinstance(found, Channel) and found.assured_by and state == "confirmed":
        text = words("contacts.assured", unit=plain(found.assured_by), date=found.assured_date)
    return f":{COLOURS[state]}-badge[{text}]"


def _source(contact: Contact, words: Words) -> str:
    line = words(
        "contacts.source",
        name=plain(contact.source_name),
        date=contact.source_date or words("contacts.undated"),
        read=contact.source_read,
        confidence=contact.confidence,
    )
    return line + (f" {link(contact.source_url)}" if contact.source_url else "")


def count(known: list[Contact], found: list[Contact], words: Words) -> None:
    """How many were found, or what to do when none was."""
    if not known:
        st.info(words("contacts.none_published"))
    elif not found:
        st.info(words("contacts.none_found"))
    else:
        key = "contacts.found_one" if len(found) == 1 else "contacts.found"
        st.markdown(words(key, number=words.number(len(found))))
