"""Whom to call on one sheet of A4, and the same as a table: area, audience, day, and what is unconfirmed.

112 and 114 stand first whatever was chosen. A number stands only when it may be printed; a contact
without one stands with its web address.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from urllib.parse import urlsplit

import pandas as pd

from inquiries.directory import (
    EMERGENCY,
    POLICE,
    Channel,
    Contact,
    printable_number,
    state_of,
)
from inquiries.exports.document import pdf
from inquiries.exports.table import as_csv
from inquiries.words import Words

LONGEST_ADDRESS = 38  # a longer one is cut to its host, which people can type


@dataclass(frozen=True)
class Number:
    """A number that may be printed, what is said of it, and who says so."""

    number: str
    about: str
    source: str


@dataclass(frozen=True)
class Line:
    """A contact as it stands on paper; `missing` says what to do when it has no number there."""

    name: str
    organization: str
    about: str
    acute: bool
    numbers: tuple[Number, ...]
    web: str
    missing: str


def sheet(contacts: list[Contact], chosen: str, today: date, words: Words) -> bytes:
    """One page of the contacts of `for_print`, in their order; `chosen` names area and audience.

    When not all fit, the last ones are left out, and the sheet says how many.
    """
    found = lines(contacts, today, words)
    content = {
        "language": words.language,
        "danger": [words("print.danger"), words("print.police")],
        "lines": [asdict(line) for line in found],
        "notes": _notes(found, words),
        "say": {
            "title": words("print.sheet_title"),
            "chosen": f"{chosen} · {words('print.printed_on', day=words.date(today))}",
            "acute": words("contacts.acute"),
            "advice": words("contacts.advice"),
            "columns": [words("print.who"), words("print.where")],
            "left_out": words("print.left_out", number="#"),
        },
    }
    return pdf("sheet", content)


def sheet_csv(contacts: list[Contact], chosen: str, today: date, words: Words) -> bytes:
    """All lines of the sheet as a table, 112 and 114 first; a row a number."""
    danger = [(words(key), "", "", "") for key in ("print.danger", "print.police")]
    rows = [row for line in lines(contacts, today, words) for row in _rows(line)]
    columns = [words(f"print.{name}") for name in ("who", "number", "about", "web")]
    caption = f"{chosen} · {words('print.printed_on', day=words.date(today))}"
    return as_csv(pd.DataFrame([*danger, *rows], columns=columns), caption)


def _rows(line: Line) -> list[tuple[str, ...]]:
    who = _joined(line.name, line.organization)
    if not line.numbers:
        return [(who, "", line.missing, line.web)]
    return [(who, one.number, _joined(one.about, one.source), line.web) for one in line.numbers]


def lines(contacts: list[Contact], today: date, words: Words) -> list[Line]:
    """The contacts as they stand on paper; 112 and 114 are not among them, as they stand above."""
    return [
        line_of(contact, today, words)
        for contact in contacts
        if contact.id not in (EMERGENCY, POLICE)
    ]


def line_of(contact: Contact, today: date, words: Words) -> Line:
    """A contact as it stands on paper, with the numbers that may be printed alone."""
    names = (contact.name_da, contact.name_en)
    numbers = tuple(
        _number(way, today, words) for way in contact.phones if printable_number(way, today)
    )
    return Line(
        name=words.of(contact, "name"),
        organization="" if contact.organization in names else contact.organization,
        about=words.of(contact, "description"),
        acute=contact.acute,
        numbers=numbers,
        web=short(contact.url),
        missing="" if numbers else words("print.to_confirm"),
    )


def _number(way: Channel, today: date, words: Words) -> Number:
    stale = words("print.stale") if state_of(way, today) == "stale" else ""
    about = _joined(words.of(way, "description"), words.of(way, "hours"), stale)
    read = words.date(date.fromisoformat(way.assured_date or way.source_read))
    host = urlsplit(way.source_url).netloc.removeprefix("www.")
    return Number(way.address, about, words("print.source", host=host, day=read))


def _joined(*texts: str) -> str:
    return " · ".join(filter(None, texts))


def short(url: str) -> str:
    """A web address as people write it: um.dk/rejse for https://www.um.dk/rejse/."""
    parts = urlsplit(url)
    host = parts.netloc.removeprefix("www.")
    whole = f"{host}{parts.path}".rstrip("/")
    return whole if len(whole) <= LONGEST_ADDRESS else host


def _notes(found: list[Line], words: Words) -> list[str]:
    if not found:
        return [words("print.none")]
    without = sum(not line.numbers for line in found)
    counted = {"number": words.number(without), "all": words.number(len(found))}
    return [words("print.unconfirmed", **counted)] * bool(without) + [words("print.renew")]
