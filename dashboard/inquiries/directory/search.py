"""Finds contacts by what a reader types and chooses; made once for each published directory."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from inquiries.directory.contact import Contact
from inquiries.directory.ranking import ranked
from inquiries.directory.situation import Situation
from inquiries.directory.spelling import LONG_ENOUGH, one_slip_from_beginning, tokens
from inquiries.vocabulary import read_table, vocabulary
from inquiries.words import LOCALES, words

COUNTRY_CODE = re.compile(r"(?:\+|\b00)45(?=[ \d])")
# A term this long is known for what it is although a letter is wrong.
LONG_TERM = 7


class Index:
    """The contacts of one published directory, and where every word of them stands."""

    def __init__(self, contacts: list[Contact]) -> None:
        _synonyms()  # read now, so that the first reader does not wait for it
        self.contacts = contacts
        self._by_id = {contact.id: contact for contact in contacts}
        holders: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = {}
        for contact in contacts:
            self._names[contact.id] = set(tokens(" ".join(_names(contact))))
            for word in tokens(" . ".join(_texts(contact))):
                holders[word].add(contact.id)
        self._holders = dict(holders)
        self._words = sorted(self._holders)

    def find(self, typed: str, situation: Situation | None = None) -> list[Contact]:
        """The contacts that hold all that was typed and fit the situation, the first one on top.

        A contact whose own name begins with every word typed comes before one that only speaks
        of it.
        """
        wanted = tokens(COUNTRY_CODE.sub(" ", typed))
        found = ranked(self._holding(wanted), situation or Situation())
        return sorted(found, key=lambda contact: not self._named(contact, wanted))

    def _holding(self, wanted: list[str]) -> list[Contact]:
        found = set(self._by_id)
        for phrases in _groups(wanted):
            found &= set().union(*(self._phrase(phrase) for phrase in phrases))
        return [contact for contact in self.contacts if contact.id in found]

    def _phrase(self, phrase: tuple[str, ...]) -> set[str]:
        """The contacts that hold each word of a phrase."""
        return set.intersection(*(self._word(word) for word in phrase))

    def _word(self, typed: str) -> set[str]:
        """The contacts with a word that begins as typed, else with one slip."""
        if len(typed) == 1 or typed.startswith("§"):
            return self._holders.get(typed, set())
        first, beyond = bisect_left(self._words, typed), bisect_left(self._words, typed + "\uffff")
        near = self._words[first:beyond]
        if not near and len(typed) >= LONG_ENOUGH and typed.isalpha():
            near = [word for word in self._words if one_slip_from_beginning(typed, word)]
        return set().union(*(self._holders[word] for word in near))

    def _named(self, contact: Contact, wanted: list[str]) -> bool:
        names = self._names[contact.id]
        return bool(wanted) and all(any(name.startswith(word) for name in names) for word in wanted)


def _groups(wanted: list[str]) -> Iterable[list[tuple[str, ...]]]:
    """What was typed, word by word or term by term: the phrases any of which will do."""
    at = 0
    while at < len(wanted):
        term, phrases = _term_at(wanted[at:])
        length = len(term) or 1
        yield [tuple(wanted[at : at + length]), *phrases]
        at += length


def _term_at(wanted: list[str]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The longest term of the synonyms that the words begin with, and what it stands for."""
    for term, phrases in _synonyms().items():
        *before, last = term
        typed = wanted[len(before)] if len(wanted) >= len(term) else ""
        if wanted[: len(before)] == before and _means(typed, last):
            return term, phrases
    return (), []


def _means(typed: str, term: str) -> bool:
    """Whether a word is a term, the term with an ending, or a long term with a slip."""
    if len(term) < LONG_ENOUGH or not term.isalpha():
        return typed == term
    return typed.startswith(term) or (
        len(term) >= LONG_TERM and len(typed) >= LONG_TERM and one_slip_from_beginning(term, typed)
    )


@cache
def _synonyms() -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """Terms, the longest first, and the phrases each finds."""
    found = {
        tuple(tokens(row["term"])): [tuple(tokens(one)) for one in row["finds"].split("|")]
        for row in read_table("synonyms")
    }
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _names(contact: Contact) -> tuple[str, ...]:
    return (contact.organization, contact.name_da, contact.name_en, contact.alternate_name)


def _texts(contact: Contact) -> list[str]:
    """All that a contact may be found by, in both languages."""
    found = [
        *_names(contact),
        *(contact.description_da, contact.description_en, contact.url),
        *(*contact.legal_basis, *contact.legal_basis_now),
        *(
            f"{way.address} . {way.description_da} . {way.description_en}"
            for way in contact.channels
        ),
        *(_guidance()[one] for one in contact.guidance),
        *(_places()[code] for code in contact.municipalities),
    ]
    for language in LOCALES:
        say = words(language)
        found += [say(f"audience.{one}") for one in contact.audience]
        found += [vocabulary().text("theme", one, language) for one in contact.themes]
        found += [vocabulary().text("region", one, language) for one in contact.regions]
    return found


@cache
def _guidance() -> dict[str, str]:
    return {row["id"]: row["title"] for row in read_table("guidance")}


@cache
def _places() -> dict[str, str]:
    """Each municipality's name and police district."""
    rows = read_table("municipalities")
    return {row["code"]: f"{row['name']} . {row['police_district']}" for row in rows}
