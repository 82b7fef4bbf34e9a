"""Finds contacts by what a reader types and chooses."""

from __future__ import annotations

from inquiries.directory.contact import Contact
from inquiries.vocabulary import fold


def find(
    contacts: list[Contact],
    *,
    words: str = "",
    region: str | None = None,
    audience: str | None = None,
) -> list[Contact]:
    """The contacts that fit a search, a region and an audience, in their order."""
    return [
        contact
        for contact in contacts
        if contact.covers(region)
        and _holds(contact, words)
        and (audience is None or audience in contact.audience)
    ]


def _holds(contact: Contact, words: str) -> bool:
    """Whether every word searched for stands somewhere in it; numbers also without spaces."""
    text = fold(" ".join((*_texts(contact), *(way.address for way in contact.channels))))
    return all(word in text or word in text.replace(" ", "") for word in fold(words).split())


def _texts(contact: Contact) -> tuple[str, ...]:
    return (
        contact.organization,
        contact.name_da,
        contact.name_en,
        contact.description_da,
        contact.description_en,
        *contact.legal_basis,
        *contact.legal_basis_now,
    )
