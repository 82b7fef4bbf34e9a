"""From what a steward has written in a form to an entry; the schema judges it afterwards."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field

from inquiries.directory.changes import Check
from inquiries.directory.places import place_name
from inquiries.directory.schema import Entry
from inquiries.directory.spelling import tokens
from inquiries.words import words

OWN_PAGE = "own_page"
# After the consultants, as the entry points that came with the product.
ENTRY_POINT_ORDER = 49


@dataclass(frozen=True)
class EntryPoint:
    """What a municipality tells of its entry point and its service outside opening hours."""

    municipality: str
    name: str
    number: str
    hours: str
    after_hours: str
    url: str


@dataclass(frozen=True)
class Correction:
    """What is written anew of an entry: texts, each number under the old one, and the source."""

    status: str
    url: str
    description_da: str
    description_en: str
    source_url: str
    numbers: dict[str, str] = field(default_factory=dict)
    hours: dict[str, str] = field(default_factory=dict)
    new_number: str = ""


def entry_point(told: EntryPoint, check: Check, today: str) -> Entry:
    """A municipality's own entry, as new."""
    danish, english = words("da"), words("en")
    name = place_name(told.municipality, "da") if told.municipality else ""
    source = _source(told.url, check, today)
    phones = [_phone(told.number, told.hours, source)]
    if told.after_hours.strip():
        text = ("directory.entry_after", "directory.entry_hours_after")
        phones.append(
            _phone(told.after_hours, "", source)
            | {"description_da": danish(text[0]), "description_en": english(text[0])}
            | {"hours_da": danish(text[1]), "hours_en": english(text[1])}
        )
    return {
        "id": "-".join(tokens(f"{name} {told.name}")),
        "organization": danish("directory.entry_organization", municipality=name),
        "name": told.name.strip(),
        "name_en": told.name.strip(),
        "audience": ["citizen", "professional"],
        "acute": True,
        "order": ENTRY_POINT_ORDER,
        "coverage": {"municipalities": [told.municipality]},
        "coverage_confidence": source["confidence"],
        "description_da": danish("directory.entry_description"),
        "description_en": english("directory.entry_description"),
        "url": told.url.strip(),
        "source_name": danish("directory.entry_source", municipality=name),
        **source,
        **_unsaid(),
        "phones": phones,
    }


def _unsaid() -> Entry:
    """What an entry point does not tell: in operation, printed, and the rest not stated."""
    lists = ("languages", "themes", "legal_basis", "legal_basis_now", "guidance")
    texts = ("alternate_name", "fees", "caution_da", "caution_en")
    return {
        "status": "active",
        "printable": True,
        "secret": False,
        **{field: [] for field in lists},
        **dict.fromkeys(texts, ""),
    }


def corrected(entry: Entry, told: Correction, check: Check, today: str) -> Entry:
    """An entry with what was written in the place of what stood; an empty number is taken out.

    A number that is written anew, or new, has the correction's source and check; the others keep
    their own.
    """
    new = copy.deepcopy(entry)
    new |= {
        "status": told.status,
        "url": told.url.strip(),
        "description_da": told.description_da.strip(),
        "description_en": told.description_en.strip(),
    }
    source = _source(told.source_url, check, today)
    phones = []
    for phone in new.get("phones", []):
        old = phone["number"]
        number = in_pairs(told.numbers.get(old, old))
        hours = told.hours.get(old, phone["hours_da"]).strip()
        if (number, hours) != (old, phone["hours_da"]):
            phone = phone | source | {"number": number} | _hours(hours, phone)
        phones += [phone] if number else []
    if told.new_number.strip():
        phones.append(_phone(told.new_number, "", source))
    return new | {"phones": phones}


def in_pairs(number: str) -> str:
    """A number as it is written here: 70 10 20 30, without the country code; 112 as it is."""
    digits = re.sub(r"[\s.-]", "", number)
    digits = re.sub(r"^(?:\+|00)45", "", digits)
    return " ".join(re.findall("..", digits)) if re.fullmatch(r"\d{6}|\d{8}", digits) else digits


def _hours(hours: str, phone: Entry) -> Entry:
    """Hours in words; times a page can reckon with are kept only while the words are the same."""
    if hours == phone["hours_da"]:
        return {}
    return {"hours_da": hours, "hours_en": hours, "schedules": []}


def _phone(number: str, hours: str, source: Entry) -> Entry:
    told = {"number": in_pairs(number), "description_da": "", "description_en": ""}
    return {**told, "hours_da": hours.strip(), "hours_en": hours.strip(), "schedules": [], **source}


def _source(url: str, check: Check, today: str) -> Entry:
    """Where it stands, read today, checked by a unit; on the body's own page it has confidence A."""
    return {
        "source_url": url.strip(),
        "source_date": "",
        "source_read": today,
        "confidence": "A" if check.how == OWN_PAGE else "B",
        "assured_date": check.on,
        "assured_by": check.unit.strip(),
    }
