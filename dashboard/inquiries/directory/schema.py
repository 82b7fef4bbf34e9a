"""What an entry of the directory must be; a `Fault` names the file and the field that is not so.

The same rules hold for the committed files and for what a steward writes. No value is repeated in
a fault: it may be an address.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from inquiries.directory import guards
from inquiries.directory.hours import DAYS
from inquiries.faults import Fault
from inquiries.vocabulary import read_table, vocabulary

Entry = dict[str, Any]

AUDIENCES = ("citizen", "young", "parent", "relative", "professional")
STATUSES = ("active", "inactive", "unknown")
CONFIDENCES = ("A", "B", "C", "X")
KINDS = ("chat", "mail", "web")
LONGEST_TEXT, OLDEST = 600, 120

_SOURCED = {
    "source_url": str,
    "source_date": str,
    "source_read": str,
    "confidence": str,
    "assured_date": str,
    "assured_by": str,
}
FIELDS: dict[str, type] = {
    "id": str,
    "organization": str,
    "name": str,
    "name_en": str,
    "alternate_name": str,
    "status": str,
    "audience": list,
    "acute": bool,
    "order": int,
    "printable": bool,
    "secret": bool,
    "coverage": dict,
    "coverage_confidence": str,
    "languages": list,
    "themes": list,
    "legal_basis": list,
    "legal_basis_now": list,
    "guidance": list,
    "fees": str,
    "description_da": str,
    "description_en": str,
    "caution_da": str,
    "caution_en": str,
    "url": str,
    "source_name": str,
    **_SOURCED,
}
OPTIONAL: dict[str, type] = {
    "minimum_age": int,
    "maximum_age": int,
    "phones": list,
    "channels": list,
}
WAY_FIELDS: dict[str, type] = {
    "description_da": str,
    "description_en": str,
    "hours_da": str,
    "hours_en": str,
    "schedules": list,
    **_SOURCED,
}
_PHONE: dict[str, type] = {"number": str}
_CHANNEL: dict[str, type] = {"kind": str, "value": str}
_SCHEDULE: dict[str, type] = {"byday": str, "opens_at": str, "closes_at": str}
FILLED = ("id", "organization", "name", "name_en", "description_da", "description_en")
ON_THE_WEB = ("url", "source_url")
# Held to stricter rules of their own.
NOT_PROSE = ("number", "value", "kind", "source_date", "source_read", "assured_date")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WEB = re.compile(r"https?://[\w.-]+\.\w+[^\s<>\"\\^`{|}]*")
_PARTIAL_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_LANGUAGE = re.compile(r"[a-z]{2}")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")


class Flaw(Exception):
    """What is wrong with a field; whoever holds the field adds where it stands."""

    def __init__(self, code: str, field: str) -> None:
        super().__init__(f"{code} {field}")
        self.code, self.field = code, field


def check(entry: Entry, file: str) -> None:
    """Raise `Fault` at the first field of an entry that must not be published."""
    try:
        _check(entry)
    except Flaw as flaw:
        raise Fault(flaw.code, file=file, field=flaw.field) from None


def _check(entry: Entry) -> None:
    _shape(entry, FIELDS, OPTIONAL)
    for field in FILLED:
        _require(entry[field].strip(), "contact_missing", field)
    _require(_ID.fullmatch(entry["id"]), "contact_id", "id")
    _lists(entry)
    _coverage(entry["coverage"])
    lowest, highest = entry.get("minimum_age", 0), entry.get("maximum_age", OLDEST)
    _require(0 <= lowest <= highest <= OLDEST, "contact_value", "maximum_age")
    unprinted = entry["confidence"] == "X" and not entry["printable"]
    _sourced(entry, unprinted)
    _require(entry["source_name"], "contact_source", "source_name")
    _texts(entry, entry["secret"])
    for key in ("phones", "channels"):
        for place, way in enumerate(entry.get(key, []), 1):
            try:
                _way(way, key == "phones", unprinted, entry["secret"])
            except Flaw as flaw:
                raise Flaw(flaw.code, f"{key}[{place}].{flaw.field}") from None


def _require(kept: object, code: str, field: str) -> None:
    if not kept:
        raise Flaw(code, field)


def _shape(found: Any, fields: dict[str, type], optional: dict[str, type]) -> None:
    _require(isinstance(found, dict), "contact_type", "")
    for field in fields:
        _require(field in found, "contact_missing", field)
    for field, value in found.items():
        wanted = fields.get(field) or optional.get(field)
        _require(wanted, "contact_unknown", field)
        _require(type(value) is wanted, "contact_type", field)


def _lists(entry: Entry) -> None:
    """The fields with a closed list of values."""
    allowed: dict[str, tuple[str, ...]] = {
        "status": STATUSES,
        "audience": AUDIENCES,
        "coverage_confidence": ("", *CONFIDENCES),
        "fees": ("", "free"),
        "themes": tuple(label.code for label in vocabulary().of("theme")),
        "guidance": tuple(row["id"] for row in read_table("guidance")),
    }
    for field, known in allowed.items():
        values = entry[field] if isinstance(entry[field], list) else [entry[field]]
        _require(set(map(str, values)) <= set(known), "contact_value", field)
    _require(entry["audience"], "contact_missing", "audience")
    for language in entry["languages"]:
        _require(_LANGUAGE.fullmatch(str(language)), "contact_value", "languages")
    for field in ("legal_basis", "legal_basis_now"):
        _require(all(isinstance(text, str) for text in entry[field]), "contact_type", field)
    both = bool(entry["caution_da"]) == bool(entry["caution_en"])
    _require(both, "contact_missing", "caution_da" if entry["caution_en"] else "caution_en")


def _coverage(coverage: dict[str, Any]) -> None:
    """Exactly one kind of place, and only places that exist."""
    _require(len(coverage) == 1, "contact_place", "coverage")
    [(kind, covered)] = coverage.items()
    if kind == "country":
        _require(covered is True, "contact_place", "coverage.country")
        return
    _require(kind in _places(), "contact_place", f"coverage.{kind}")
    listed = isinstance(covered, list) and covered and set(map(str, covered)) <= _places()[kind]
    _require(listed, "contact_place", f"coverage.{kind}")


@cache
def _places() -> dict[str, set[str]]:
    municipalities = read_table("municipalities")
    return {
        "regions": {row["region"] for row in read_table("regions")},
        "municipalities": {row["code"] for row in municipalities},
        "police_districts": {row["police_district"] for row in municipalities},
    }


def _sourced(found: Entry, unprinted: bool) -> None:
    """Source, date and confidence; only what is never printed may have a letter as its source."""
    url, dated = found["source_url"], found["source_date"]
    _require(
        _WEB.fullmatch(url) or (unprinted and not url and dated), "contact_source", "source_url"
    )
    _require(is_day(found["source_read"]), "contact_date", "source_read")
    _require(not dated or _PARTIAL_DATE.fullmatch(dated), "contact_date", "source_date")
    _require(found["confidence"] in CONFIDENCES, "contact_value", "confidence")
    assured, by = found["assured_date"], found["assured_by"]
    _require(not assured or is_day(assured), "contact_date", "assured_date")
    _require(
        bool(assured) == bool(by), "contact_missing", "assured_by" if assured else "assured_date"
    )


def is_day(text: str) -> bool:
    """Whether a text is a date as 2026-11-22."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _way(way: Any, phone: bool, unprinted: bool, secret: bool) -> None:
    _shape(way, (_PHONE if phone else _CHANNEL) | WAY_FIELDS, {})
    _sourced(way, unprinted)
    _texts(way, secret)
    for part in way["schedules"]:
        _schedule(part)
    if phone:
        _require(not guards.holds_refused_number(way["number"]), "contact_refused_number", "number")
        _require(guards.is_danish_phone(way["number"]), "contact_phone", "number")
        return
    _require(way["kind"] in KINDS, "contact_value", "kind")
    if way["kind"] == "mail":
        _require(guards.is_office_mail(way["value"]), "contact_mail", "value")
    else:
        _web(way["value"], "value")


def _schedule(part: Any) -> None:
    """Days in the order of the week, opening before closing; closing may be unknown."""
    _shape(part, _SCHEDULE, {})
    days = part["byday"].split(",")
    in_order = days == [day for day in DAYS if day in days]
    opens, closes = part["opens_at"], part["closes_at"]
    at = _CLOCK.fullmatch(opens) and (not closes or (_CLOCK.fullmatch(closes) and opens < closes))
    _require(in_order and at, "contact_value", "schedules")


def _web(url: str, field: str) -> None:
    """An address on the web, or none; never one of a place on a map."""
    _require(not url or _WEB.fullmatch(url), "contact_web", field)
    _require(not guards.is_address(url), "contact_address", field)


def _texts(found: Entry, secret: bool) -> None:
    """The guards over every text of an entry or of one way to reach it."""
    for field, value in found.items():
        if field in ON_THE_WEB:
            _web(value, field)
        elif field not in NOT_PROSE:
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str):
                    _text(text, field, secret)


def _text(text: str, field: str, secret: bool) -> None:
    _require(len(text) <= LONGEST_TEXT, "contact_long", field)
    _require(not guards.holds_markup(text), "contact_markup", field)
    _require(not guards.is_address(text), "contact_address", field)
    _require(not guards.holds_refused_number(text), "contact_refused_number", field)
    _require(not guards.holds_number_or_person(text), "contact_stray_number", field)
    _require(not (secret and guards.tells_of_secret_place(text)), "contact_secret", field)
