"""Searches a directory of made-up entries, over and over, and times each answer."""

from __future__ import annotations

import time
from dataclasses import replace

from inquiries.directory import Contact, Index, Situation, contact
from inquiries.directory.published import read_folder

ENTRIES, ROUNDS = 500, 20
# By name, by term, with a slip, in vain, by number, and with everything chosen.
TYPED = (
    "red",
    "tvangsægteskab",
    "sikerhedskonsulent",
    "xylofon",
    "70277666",
    "§ 66",
    "viso 428",
    "",
)
CHOSEN = Situation(municipality="851", asker="professional", age="under_18")


def made_entries(number: int = ENTRIES) -> list[Contact]:
    """The committed entries again and again, each with a name and words of its own."""
    known = [contact(entry) for entry in read_folder().values()]
    return [
        replace(
            known[at % len(known)],
            id=f"{known[at % len(known)].id}-{at}",
            name_da=f"{known[at % len(known)].name_da} {at}",
            description_da=f"{known[at % len(known)].description_da} {_word(at)}",
        )
        for at in range(number)
    ]


def _word(at: int) -> str:
    """A word no other entry has, as wide a vocabulary as real entries would bring."""
    return "".join(chr(97 + at // 26**place % 26) for place in range(4)) + "ordet"


def search_times() -> list[float]:
    """Milliseconds of every search, in an index made once."""
    index = Index(made_entries())
    times = []
    for _ in range(ROUNDS):
        for typed in TYPED:
            for situation in (Situation(), CHOSEN):
                started = time.perf_counter()
                index.find(typed, situation)
                times.append(1000 * (time.perf_counter() - started))
    return times
