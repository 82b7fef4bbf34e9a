"""The directory readers see: one file beside the releases, written whole, never pinned to one.

It is written anew at every start and at every correction: a wrong number must not wait a month.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from inquiries.directory.changes import Change, applied, history
from inquiries.directory.contact import Contact, contact
from inquiries.directory.schema import Entry, check
from inquiries.durable import write_whole
from inquiries.faults import Fault
from inquiries.home import PROJECT, Home

FOLDER = PROJECT / "data" / "directory"


def publish(home: Home, folder: Path = FOLDER) -> None:
    """Write the directory for readers, whole or not at all.

    `Fault` at the first entry that must not be published; what was published before then stays.
    """
    write(home, entries(home, folder))


def entries(home: Home, folder: Path = FOLDER, *further: Change) -> list[Entry]:
    """Every entry, as the stewards have left it, closed ones too; each checked, acute first.

    `further` are changes as if they had been made.
    """
    merged = read_folder(folder) | applied([*history(home), *further])
    for identity, entry in merged.items():
        check(entry, f"{identity}.toml")
    return sorted(merged.values(), key=lambda one: (not one["acute"], one["order"], one["id"]))


def read_folder(folder: Path = FOLDER) -> dict[str, Entry]:
    """The entries of the committed files by their id, each file named after the one it holds."""
    found: dict[str, Entry] = {}
    files: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        entry = _read(path)
        identity = entry.get("id")
        if not isinstance(identity, str):
            raise Fault("contact_missing", file=path.name, field="id")
        if identity in files:
            raise Fault("contact_twice", file=path.name, other=files[identity], field="id")
        found[identity], files[identity] = entry, path.name
    for identity, name in files.items():
        if name != f"{identity}.toml":
            raise Fault("contact_id", file=name, field="id")
    return found


def _read(path: Path) -> Entry:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Fault("contact_unreadable", file=path.name) from error


def write(home: Home, found: list[Entry]) -> None:
    """Put some checked entries before the readers, without those that are closed."""
    shown = [entry for entry in found if entry["status"] != "inactive"]
    write_whole(home.directory, json.dumps(shown, ensure_ascii=False, indent=1).encode())


def read_published(path: Path) -> list[Contact]:
    """The contacts readers see, acute first."""
    return [contact(entry) for entry in json.loads(path.read_text("utf-8"))]
