"""Whom to call: contacts, each with source, date and confidence; searched, and chosen by region.

One file a contact in `data/directory/`; published beside the releases at every start, never pinned
to one: a wrong number must not wait a month. Field names follow Open Referral HSDS 3.0 where it
has one.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from inquiries.home import PROJECT, Home
from inquiries.vocabulary import fold, municipality_regions

FOLDER = PROJECT / "data" / "directory"


@dataclass(frozen=True)
class Channel:
    """One way to reach a contact, and who says so; without an address only the way is known."""

    kind: str
    address: str
    description_da: str
    description_en: str
    hours_da: str
    hours_en: str
    confirmed: bool


@dataclass(frozen=True)
class Contact:
    """One service of one organisation; `regions` is empty when it serves the whole country."""

    id: str
    organization: str
    name_da: str
    name_en: str
    audience: tuple[str, ...]
    acute: bool
    order: int
    regions: tuple[str, ...]
    legal_basis: tuple[str, ...]
    legal_basis_now: tuple[str, ...]
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

    def covers(self, region: str | None) -> bool:
        """Whether it serves a region."""
        return region is None or not self.regions or region in self.regions

    def holds(self, words: str) -> bool:
        """Whether every word searched for stands somewhere in it; numbers also without spaces."""
        text = fold(" ".join((*_texts(self), *(way.address for way in self.channels))))
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


def read_folder(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """The entries as they stand in their files, acute first."""
    entries = [tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))]
    active = [entry for entry in entries if entry["status"] != "inactive"]
    return sorted(active, key=lambda entry: (not entry["acute"], entry["order"], entry["id"]))


def publish(home: Home, folder: Path = FOLDER) -> None:
    """Write the directory for readers, whole or not at all."""
    part = home.directory.with_suffix(".part")
    part.write_text(json.dumps(read_folder(folder), ensure_ascii=False, indent=1), "utf-8")
    part.replace(home.directory)


def read_published(path: Path) -> list[Contact]:
    """The contacts readers see, acute first."""
    return [contact(entry) for entry in json.loads(path.read_text("utf-8"))]


def contact(entry: dict[str, Any]) -> Contact:
    """An entry of a file as a contact."""
    channels = [_channel("phone", phone, phone["number"]) for phone in entry.get("phones", [])]
    channels += [_channel(way["kind"], way, way["value"]) for way in entry.get("channels", [])]
    written = {field.name for field in fields(Contact)} & entry.keys() - {"channels"}
    facts: dict[str, Any] = {
        name: tuple(entry[name]) if isinstance(entry[name], list) else entry[name]
        for name in written
    }
    regions = regions_of(entry["coverage"])
    return Contact(**facts, name_da=entry["name"], regions=regions, channels=tuple(channels))


def regions_of(coverage: dict[str, Any]) -> tuple[str, ...]:
    """The regions a contact serves: those its municipalities lie or have lain in.

    A region that has been merged into another is found under both names.
    """
    seats = municipality_regions()
    within = seats["region"].isin(coverage.get("regions", []))
    named = seats["municipality"].isin(coverage.get("municipalities", []))
    served = seats["municipality"].isin(seats.loc[within | named, "municipality"])
    return tuple(sorted(set(seats.loc[served, "region"])))


def _channel(kind: str, way: dict[str, Any], address: str) -> Channel:
    shared = ("description_da", "description_en", "hours_da", "hours_en", "confirmed")
    return Channel(kind=kind, address=address, **{name: way[name] for name in shared})


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
        and contact.holds(words)
        and (audience is None or audience in contact.audience)
    ]
