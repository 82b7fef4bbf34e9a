"""A card for the wallet with the few numbers chosen; heading, title and file name tell nothing of the subject."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from inquiries.directory import EMERGENCY, POLICE, Contact, printable_number
from inquiries.exports.document import pdf
from inquiries.words import Words

MOST_LINES = 6
SHORT_NAMES = {EMERGENCY: "print.card_danger", POLICE: "print.card_police"}


@dataclass(frozen=True)
class CardLine:
    """A name and a number that may be printed."""

    name: str
    number: str


def offered(contacts: list[Contact], today: date, words: Words) -> list[CardLine]:
    """The lines one may choose between, in the order of the contacts, each once."""
    lines = (
        CardLine(_name(contact, words), way.address)
        for contact in contacts
        for way in contact.phones
        if printable_number(way, today)
    )
    return list(dict.fromkeys(lines))


def _name(contact: Contact, words: Words) -> str:
    key = SHORT_NAMES.get(contact.id)
    return words(key) if key else words.of(contact, "name")


def card(chosen: list[CardLine], words: Words) -> bytes:
    """The first of the lines chosen, as many as a card holds."""
    kept = [asdict(line) for line in chosen[:MOST_LINES]]
    title = words("print.card_heading")
    return pdf("card", {"language": words.language, "title": title, "lines": kept})
