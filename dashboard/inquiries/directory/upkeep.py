"""What a monthly look at the directory finds: stale, contradictory, missing; and a list of all entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from inquiries.directory.ageing import State, state_of
from inquiries.directory.contact import Channel, Contact
from inquiries.vocabulary import read_table, regions_in_force


@dataclass(frozen=True)
class Finding:
    """One thing to put right: what it is, at which entry, and the rest of the sentence."""

    code: str
    entry: str
    detail: str = ""


def findings(contacts: list[Contact], today: date) -> list[Finding]:
    """All there is to put right, the most dangerous first."""
    open_ones = [contact for contact in contacts if contact.status != "inactive"]
    found = [*_contradictory(contacts), *_aged(open_ones, today), *_missing(open_ones, today)]
    return sorted(found, key=lambda one: CODES.index(one.code))


CODES = (
    "same_number",
    "closed_in_one",
    "stale",
    "to_confirm",
    "no_way",
    "no_address",
    "no_consultants",
)


def _contradictory(contacts: list[Contact]) -> Iterator[Finding]:
    """One number under the names of two organisations; an organisation closed in one entry alone."""
    owners: dict[str, dict[str, str]] = defaultdict(dict)
    statuses: dict[str, dict[str, str]] = defaultdict(dict)
    for contact in contacts:
        statuses[contact.organization][contact.id] = contact.status
        for way in contact.phones:
            owners[way.address][contact.id] = contact.organization
    for number, entries in owners.items():
        if len(set(entries.values())) > 1:
            yield Finding("same_number", ", ".join(entries), number)
    for organization, entries in statuses.items():
        if {"active", "inactive"} <= set(entries.values()):
            yield Finding("closed_in_one", ", ".join(entries), organization)


def _aged(contacts: list[Contact], today: date) -> Iterator[Finding]:
    for contact in contacts:
        for way in contact.channels:
            state = state_of(way, today)
            if way.address and state != "confirmed":
                yield Finding(state, contact.id, way.address)
        if not contact.channels and state_of(contact, today) == "stale":
            yield Finding("stale", contact.id, contact.url)


def _missing(contacts: list[Contact], today: date) -> Iterator[Finding]:
    for contact in contacts:
        if contact.printable and not contact.channels and not contact.url:
            yield Finding("no_way", contact.id)
        if any(not way.address for way in contact.channels):
            yield Finding("no_address", contact.id)
    served = {
        region
        for contact in contacts
        if "serviceloven § 12 c" in contact.legal_basis
        for region in contact.regions
    }
    for region in regions_in_force(today.strftime("%Y-%m")):
        if region not in served:
            yield Finding("no_consultants", region)


@dataclass(frozen=True)
class Call:
    """A number, or other address, that somebody should check: whose, and how it stands."""

    contact: Contact
    way: Channel
    state: State


def calls_to_make(contacts: Iterable[Contact], today: date) -> list[Call]:
    """What to dial or look up first: the acute ones, numbers before the rest."""
    found = [
        Call(contact, way, state)
        for contact in contacts
        for way in contact.channels
        if way.address and (state := state_of(way, today)) != "confirmed"
    ]
    return sorted(
        found,
        key=lambda call: (not call.contact.acute, call.way.kind != "phone", call.contact.order),
    )


@dataclass(frozen=True)
class Listed:
    """A line of the list of entries, and what the letter of 2020 calls it, if it does."""

    name: str
    contact: Contact
    letter: str


def listed(contacts: list[Contact]) -> list[Listed]:
    """Every entry, those the letter names first and in its order."""
    known = {contact.id: contact for contact in contacts}
    named = {
        row["entry"]: row["name"] for row in read_table("letter_names") if row["kind"] == "contact"
    }
    order = [*named, *(identity for identity in known if identity not in named)]
    return [
        Listed(known[one].organization, known[one], named.get(one, ""))
        for one in order
        if one in known
    ]
