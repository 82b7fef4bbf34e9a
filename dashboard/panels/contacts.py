"""Whom to call, on the screen: beside the chart, and as a searchable list."""

from __future__ import annotations

from datetime import date

import streamlit as st

import links
from inquiries.directory import Channel, Contact, find, state_of
from inquiries.directory.hours import danish_time
from inquiries.store import system_clock
from inquiries.vocabulary import regions_in_force, vocabulary
from inquiries.words import Words

ACUTE_BESIDE, ADVICE_BESIDE = 6, 2
CARD_WIDTH = 380
AUDIENCES = ("citizen", "young", "parent", "relative", "professional")


def choose_region(words: Words) -> str | None:
    """A region, or None for the whole country; the link keeps it."""
    codes = regions_in_force(system_clock().strftime("%Y-%m"))
    links.seed("region", codes, None)
    chosen = st.selectbox(
        words("contacts.region"),
        codes,
        index=None,
        placeholder=words("contacts.all_regions"),
        format_func=lambda code: vocabulary().text("region", code, words.language),
        key="region",
    )
    links.keep("region", chosen, None)
    return chosen


def choose_audience(words: Words) -> str | None:
    links.seed("audience", AUDIENCES, None)
    chosen = st.selectbox(
        words("contacts.audience"),
        AUDIENCES,
        index=None,
        placeholder=words("contacts.all_audiences"),
        format_func=lambda audience: words(f"audience.{audience}"),
        key="audience",
    )
    links.keep("audience", chosen, None)
    return chosen


def search(words: Words) -> str:
    """What is searched for; never kept in the link, which others may see."""
    return st.text_input(words("contacts.search"), key="contact_search")


def beside(contacts: list[Contact], region: str | None, words: Words) -> None:
    """The first contacts for a region: those for danger now, then those for advice."""
    fitting = [
        contact
        for contact in find(contacts, region=region)
        if (contact.channels or contact.url) and (region or not contact.regions)
    ]
    acute = [contact for contact in fitting if contact.acute][:ACUTE_BESIDE]
    advice = [
        contact for contact in fitting if not contact.acute and "professional" in contact.audience
    ][:ADVICE_BESIDE]
    for title, some in (("contacts.acute", acute), ("contacts.advice", advice)):
        st.markdown(f"**{words(title)}**")
        for contact in some:
            st.markdown(brief(contact, words))


def brief(contact: Contact, words: Words) -> str:
    """A contact in a few lines: name, number, hours, and whether the number is confirmed."""
    phones = [way for way in contact.channels if way.kind == "phone"]
    lines = [words.of(contact, "name")]
    for way in phones[:1]:
        lines += [f":primary[**{way.address}**]", _about(way, words)]
        lines += (
            []
            if state_of(way, today()) == "confirmed"
            else [f":orange[{words('contacts.unconfirmed_brief')}]"]
        )
    if not phones and contact.url:
        lines.append(f"[{contact.url.split('/')[2]}]({contact.url})")
    return "  \n".join(line for line in lines if line)


def full(contacts: list[Contact], words: Words) -> None:
    """Everything that is known of each contact, and who says so."""
    grid = st.grid(min_column_width=CARD_WIDTH)
    for contact in contacts:
        with grid, st.container(border=True, height="stretch", gap="small"):
            _card(contact, words)


def _card(contact: Contact, words: Words) -> None:
    st.subheader(words.of(contact, "name"), anchor=False)
    audience = ", ".join(words(f"audience.{name}") for name in contact.audience)
    st.markdown(f"{contact.organization}  \n{words('contacts.for', audience=audience)}")
    ways = [_way(way, words) for way in contact.channels]
    st.markdown("\n\n".join(ways) or words("contacts.no_channel"))
    st.markdown(words.of(contact, "description"))
    if contact.legal_basis:
        st.markdown(words("contacts.legal_basis", basis=_legal_basis(contact)))
    if caution := words.of(contact, "caution"):
        st.markdown(f"*{caution}*")
    st.markdown(_source(contact, words))


def _legal_basis(contact: Contact) -> str:
    return "; ".join((*contact.legal_basis, *(f"→ {now}" for now in contact.legal_basis_now)))


def _way(way: Channel, words: Words) -> str:
    """One way to reach a contact: where, about it, and whether it is confirmed."""
    address = f":primary[**{way.address}**]" if way.kind == "phone" else way.address
    warning = (
        "" if state_of(way, today()) == "confirmed" else f":orange[{words('contacts.unconfirmed')}]"
    )
    return "  \n".join(line for line in (address, _about(way, words), warning) if line)


def _about(way: Channel, words: Words) -> str:
    texts = (words.of(way, "description"), words.of(way, "hours"))
    return " · ".join(text for text in texts if text)


def _source(contact: Contact, words: Words) -> str:
    line = words(
        "contacts.source",
        name=contact.source_name,
        date=contact.source_date or words("contacts.undated"),
        read=contact.source_read,
        confidence=contact.confidence,
    )
    link = (
        f" [{contact.source_url.split('/')[2]}]({contact.source_url})" if contact.source_url else ""
    )
    return line + link


def count(known: list[Contact], found: list[Contact], words: Words) -> None:
    """How many were found, or what to do when none was."""
    if not known:
        st.info(words("contacts.none_published"))
    elif not found:
        st.info(words("contacts.none_found"))
    else:
        st.markdown(words("contacts.found", number=words.number(len(found))))


def today() -> date:
    """The day in Denmark; what was confirmed too long ago is told by it."""
    return danish_time(system_clock()).date()
