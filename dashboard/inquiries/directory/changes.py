"""What stewards have confirmed, corrected, added and undone: one line each, never edited.

How the directory stands follows from these lines alone, laid over the committed files. A change
says which unit made it, never which person, when it was checked and how.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from inquiries.directory.schema import Entry
from inquiries.home import Home

HOWS = ("dialled", "own_page", "in_writing")
ACTIONS = ("confirm", "correct", "add", "undo")


@dataclass(frozen=True)
class Check:
    """Which unit has checked something, on which day and how."""

    unit: str
    on: str
    how: str


@dataclass(frozen=True)
class Change:
    """One change of one entry; `before` and `after` are the stewards' version, None for none."""

    number: int
    at: str
    action: str
    entry: str
    check: Check
    before: Entry | None
    after: Entry | None


def history(home: Home) -> list[Change]:
    """Every change, oldest first; a last line that was never finished did not happen."""
    path = home.contact_changes
    if not path.exists():
        return []
    whole = path.read_text("utf-8").split("\n")[:-1]
    return [_change(json.loads(line)) for line in whole]


def _change(facts: dict[str, Any]) -> Change:
    return Change(**{**facts, "check": Check(**facts["check"])})


def applied(made: list[Change]) -> dict[str, Entry]:
    """The entries that changes have changed or added, by id, as they stand after the last one."""
    found: dict[str, Entry] = {}
    for change in made:
        if change.after is None:
            found.pop(change.entry, None)
        else:
            found[change.entry] = change.after
    return found


@contextmanager
def changing(home: Home) -> Iterator[None]:
    """Keep everyone else from changing the directory meanwhile."""
    path = home.contact_changes
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with FileLock(path.with_suffix(".lock")):
        yield


def append(home: Home, change: Change) -> None:
    """Add a line and have the disk keep it; whoever calls is `changing` the directory."""
    path = home.contact_changes
    line = json.dumps(asdict(change), ensure_ascii=False) + "\n"
    with path.open("ab") as file:
        os.ftruncate(file.fileno(), _whole(path))
        file.write(line.encode())
        file.flush()
        os.fsync(file.fileno())


def _whole(path: Path) -> int:
    """How many bytes of the file are whole lines."""
    return path.read_bytes().rfind(b"\n") + 1
