"""The directory readers see: one file beside the releases, written whole, never pinned to one.

It is written anew at every start and at every correction: a wrong number must not wait a month.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from inquiries.directory.contact import Contact, contact
from inquiries.home import PROJECT, Home

FOLDER = PROJECT / "data" / "directory"


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
