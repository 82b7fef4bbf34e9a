"""A figure's code: its release, its page and all that was chosen there, in a few letters; computed, and nothing stored.

    1 RRRRR ... CC      in groups of four: 16FC-00M4, or 16FC-00B4-K1ZP

`1` is the version of this layout. RRRRR is the release: its day, and its number on that day. What
follows is one number made of the choices' places in their lists (`CHOICES`): lists that stand here
and only grow at their ends, or that the release itself holds, which is frozen. So a code is read
with the lists it was made with, whatever the lists are by then. CC makes the whole, read as one
number, divisible by a prime: one wrong letter, or two that have changed places, are always found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from inquiries.facts import TOTAL, Ask
from inquiries.faults import Fault

# Without I, L, O and U: those that are read as 1 and 0 are taken for them.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("ILO", "110")
BASE = len(LETTERS)
VERSION, GROUP = "1", 4
# A prime below 32 * 32, modulo which no power of 32 up to the 84th is 1.
PRIME = 1021
FIRST_DAY, RELEASES_A_DAY, RELEASE_LETTERS, CHECK_LETTERS = date(2000, 1, 1), 1024, 5, 2
_BETWEEN = re.compile(r"[\s\u2010-\u2015\u2212-]")

# The lists that stand here. Places in them are in codes that people have written down: add at the
# end, move and remove nothing. Each has ROOM places, so that adding changes no code.
ROOM = 16
CLOSED = {
    "page": ("explore", "overview", "drop"),
    "measure": ("count", "index", "expected", "share"),
    "period": ("month", "quarter", "year", "phase"),
    "form": ("lines", "same", "heat", "small", "slope", "table"),
}
DIMENSIONS = ("region", "municipality", "channel", "theme", "inquirer", "age_band", "gender")
# What the address of each page says, what is chosen most often first: a code is as long as it must be.
CHOICES = {
    "explore": ("by", "period", "measure", "form", "only", "from", "to"),
    "overview": (),
    "drop": ("phase", "by", "group"),
}


@dataclass(frozen=True)
class Address:
    """Where a figure stands: the release, the page, the source and the page's choices, defaults too."""

    release: str
    page: str
    source: str
    choices: Mapping[str, str]


def code_of(address: Address, ask: Ask) -> str:
    """The code of a figure there, of the release that `ask` asks."""
    lists = _lists(ask, address.source)
    named = {"page": address.page, "source": address.source, **address.choices}
    body = 0
    for name in reversed(("page", "source", *CHOICES[address.page])):
        body = body * _places(name, lists) + lists[name].index(named[name])
    return _signed(VERSION + _release_letters(address.release) + _written(body))


def release_of(typed: str) -> str:
    """The release that a code as it was typed belongs to; `Fault` when it is no code."""
    whole = _whole(typed)
    days, place = divmod(_number(whole[1 : 1 + RELEASE_LETTERS]), RELEASES_A_DAY)
    day = date.fromordinal(FIRST_DAY.toordinal() + days)
    return f"{day}-{place + 1}"


def address_of(typed: str, ask: Ask) -> Address:
    """Where the figure of a code stands, read with the lists of its release; `Fault` when they do not hold what it names."""
    left = _number(_whole(typed)[1 + RELEASE_LETTERS : -CHECK_LETTERS])
    left, page = _taken(left, CLOSED["page"], ROOM)
    sources = tuple(ask("release/sources")["source"])
    left, source = _taken(left, sources, len(sources))
    lists = _lists(ask, source)
    choices = {}
    for name in CHOICES[page]:
        left, choices[name] = _taken(left, lists[name], _places(name, lists))
    if left:
        raise Fault("code_elsewhere")
    return Address(release_of(typed), page, source, choices)


def _lists(ask: Ask, source: str) -> dict[str, tuple[str, ...]]:
    """The values that each choice may have, in an order that never changes: of a release, or of this module."""
    labels = {dimension: ask("release/labels", dimension=dimension) for dimension in DIMENSIONS}
    groups = {dimension: tuple(found["group_code"].unique()) for dimension, found in labels.items()}
    groups["municipality"] = tuple(labels["region"]["code"])
    divided = tuple(
        name
        for dimension in DIMENSIONS
        for name in (dimension, *(f"{dimension}.{group}" for group in groups[dimension] if group))
    )
    values = tuple(
        f"{dimension}.{code}" for dimension, found in labels.items() for code in found["code"]
    )
    phases = tuple(ask("release/phases")["phase"])
    months = ask("release/periods", source=source, period_kind="month", **TOTAL)["period"]
    return CLOSED | {
        "source": tuple(ask("release/sources")["source"]),
        "by": ("", *divided),
        "only": ("", *values),
        "group": ("all", *values),
        "phase": phases,
        "from": ("", *phases, *months),
        "to": ("", *phases, *months),
    }


def _places(name: str, lists: Mapping[str, tuple[str, ...]]) -> int:
    return ROOM if name in CLOSED else len(lists[name])


def _taken(number: int, values: tuple[str, ...], places: int) -> tuple[int, str]:
    """What is left of a number without its last place, and the value that stands there."""
    left, place = divmod(number, places)
    if place >= len(values):
        raise Fault("code_elsewhere")
    return left, values[place]


def _release_letters(release: str) -> str:
    """The five letters of a release such as 2026-11-22-1."""
    day, _, place = release.rpartition("-")
    days = date.fromisoformat(day).toordinal() - FIRST_DAY.toordinal()
    return _written(days * RELEASES_A_DAY + int(place) - 1).rjust(RELEASE_LETTERS, "0")


def _signed(letters: str) -> str:
    """The letters with two that check them, filled up to whole groups behind the release."""
    head, body = letters[: 1 + RELEASE_LETTERS], letters[1 + RELEASE_LETTERS :]
    body = "0" * (-(len(letters) + CHECK_LETTERS) % GROUP) + body
    check = -_number(head + body) * BASE**CHECK_LETTERS % PRIME
    whole = head + body + _written(check).rjust(CHECK_LETTERS, "0")
    return "-".join(whole[start : start + GROUP] for start in range(0, len(whole), GROUP))


def _whole(typed: str) -> str:
    """The letters of a code without what stands between them; `Fault` unless they are one."""
    letters = _BETWEEN.sub("", typed).upper().translate(MISREAD)
    least = 1 + RELEASE_LETTERS + CHECK_LETTERS
    is_code = len(letters) >= least and len(letters) % GROUP == 0 and set(letters) <= set(LETTERS)
    if not is_code or _number(letters) % PRIME:
        raise Fault("code_unreadable")
    if not letters.startswith(VERSION):
        raise Fault("code_newer")
    return letters


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * BASE + LETTERS.index(letter)
    return number


def _written(number: int) -> str:
    """A number in letters; nothing for 0."""
    letters = ""
    while number:
        number, place = divmod(number, BASE)
        letters = LETTERS[place] + letters
    return letters
