"""A contact: one service of one organisation, the ways to reach it, and the places it serves.

Field names follow Open Referral HSDS 3.0 where it has one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from inquiries.vocabulary import municipality_regions, read_table

EMERGENCY, POLICE = "politi-112", "politi-114"


@dataclass(frozen=True)
class Schedule:
    """Hours on some days of the week, as HSDS has them; an empty `closes_at` is not known."""

    byday: str
    opens_at: str
    closes_at: str


@dataclass(frozen=True)
class Channel:
    """One way to reach a contact, and who says so; without an address only the way is known."""

    kind: str
    address: str
    description_da: str
    description_en: str
    hours_da: str
    hours_en: str
    schedules: tuple[Schedule, ...]
    source_url: str
    source_date: str
    source_read: str
    confidence: str
    assured_date: str
    assured_by: str


@dataclass(frozen=True)
class Contact:
    """One service of one organisation.

    `regions` and `municipalities` are those it serves, both empty when it serves the whole
    country; an age of None is not stated; empty `themes` are all themes.
    """

    id: str
    organization: str
    name_da: str
    name_en: str
    alternate_name: str
    status: str
    audience: tuple[str, ...]
    acute: bool
    order: int
    printable: bool
    secret: bool
    regions: tuple[str, ...]
    municipalities: tuple[str, ...]
    of_municipality: bool
    coverage_confidence: str
    languages: tuple[str, ...]
    minimum_age: int | None
    maximum_age: int | None
    themes: tuple[str, ...]
    legal_basis: tuple[str, ...]
    legal_basis_now: tuple[str, ...]
    guidance: tuple[str, ...]
    fees: str
    description_da: str
    description_en: str
    caution_da: str
    caution_en: str
    url: str
    channels: tuple[Channel, ...]
    source_name: str
    source_url: str
    source_date: str
    source_read: str
    confidence: str
    assured_date: str
    assured_by: str

    @property
    def phones(self) -> tuple[Channel, ...]:
        return tuple(way for way in self.channels if way.kind == "phone")

    def covers(self, region: str | None, municipality: str | None = None) -> bool:
        """Whether it serves a place; a municipality is more exact than the region it lies in."""
        if not self.municipalities:
            return True
        if municipality is not None:
            return municipality in self.municipalities
        return region is None or region in self.regions


def contact(entry: dict[str, Any]) -> Contact:
    """An entry of a file as a contact."""
    served = municipalities_of(entry["coverage"])
    facts = {name: _frozen(entry.get(name)) for name in _WRITTEN}
    return Contact(
        **facts,
        name_da=entry["name"],
        regions=_regions_of(served),
        municipalities=served,
        of_municipality="municipalities" in entry["coverage"],
        channels=tuple(_channel(way) for way in ways(entry)),
    )


def ways(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """The phones and other channels of an entry, in one form: kind, address and the rest."""
    phones = [{"kind": "phone", "address": way["number"], **way} for way in entry.get("phones", [])]
    return phones + [{"address": way["value"], **way} for way in entry.get("channels", [])]


def _channel(way: dict[str, Any]) -> Channel:
    schedules = tuple(Schedule(**part) for part in way["schedules"])
    facts = {field.name: way[field.name] for field in fields(Channel)}
    return Channel(**{**facts, "schedules": schedules})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


_WORKED_OUT = {"name_da", "regions", "municipalities", "of_municipality", "channels"}
_WRITTEN = tuple(field.name for field in fields(Contact) if field.name not in _WORKED_OUT)


def municipalities_of(coverage: dict[str, Any]) -> tuple[str, ...]:
    """The codes of the municipalities that lie, or have lain, in the places named; none for all."""
    served = set(coverage.get("municipalities", []))
    for region in coverage.get("regions", []):
        served |= _within_region()[region]
    for district in coverage.get("police_districts", []):
        served |= _within_district()[district]
    return tuple(sorted(served))


def _regions_of(served: tuple[str, ...]) -> tuple[str, ...]:
    """The regions of some municipalities; one that has been merged is found under both names."""
    return tuple(
        sorted(region for region, within in _within_region().items() if within & set(served))
    )


@cache
def _within_region() -> dict[str, set[str]]:
    seats = municipality_regions()
    return {str(region): set(within["municipality"]) for region, within in seats.groupby("region")}


@cache
def _within_district() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in read_table("municipalities"):
        found.setdefault(row["police_district"], set()).add(row["code"])
    return found
