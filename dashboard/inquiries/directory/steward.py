"""A steward confirms, corrects or adds an entry, or undoes a change; readers see it at once.

Every change passes the same rules as the committed files, together with all other entries; what
does not is a `Fault`, and nothing is changed.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from inquiries import audit
from inquiries.actor import Actor
from inquiries.directory import changes, guards, published
from inquiries.directory.changes import HOWS, Change, Check
from inquiries.directory.hours import danish_time
from inquiries.directory.published import FOLDER
from inquiries.directory.schema import Entry, is_day
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.store import Clock, system_clock

ROLE = "steward"


class Desk:
    """All that a steward may do with the directory."""

    def __init__(
        self, home: Home, actor: Actor, folder: Path = FOLDER, clock: Clock = system_clock
    ) -> None:
        audit.require(home, actor, ROLE)
        self._home, self._actor, self._folder, self._clock = home, actor, folder, clock

    def entries(self) -> dict[str, Entry]:
        """Every entry by its id, as it stands, closed ones too."""
        return {entry["id"]: entry for entry in published.entries(self._home, self._folder)}

    def history(self) -> list[Change]:
        """Every change, newest first."""
        return changes.history(self._home)[::-1]

    def confirm(self, identity: str, address: str | None, check: Check) -> None:
        """Set down that a number or other address, or with None the entry itself, was checked."""
        with self._changing("confirm"):
            entry = self._copy(identity)
            found = [entry] if address is None else _ways_to(entry, address)
            if not found:
                raise Fault("contact_gone", entry=identity)
            for part in found:
                part["assured_date"], part["assured_by"] = check.on, check.unit
            self._write("confirm", identity, entry, check)

    def correct(self, entry: Entry, check: Check) -> None:
        """Put an entry in the place of the one with its id."""
        with self._changing("correct"):
            self._copy(entry["id"])
            self._write("correct", entry["id"], entry, check)

    def add(self, entry: Entry, check: Check) -> None:
        """Add an entry whose id is new."""
        with self._changing("add"):
            if entry["id"] in self.entries():
                raise Fault("contact_taken", entry=entry["id"])
            self._write("add", entry["id"], entry, check)

    def undo(self, number: int, check: Check) -> None:
        """Let an entry stand as before a change, which must be the newest one of it."""
        with self._changing("undo"):
            done = {change.number: change for change in self.history()}
            newest = {change.entry: change.number for change in reversed(done.values())}
            if number not in done or newest[done[number].entry] != number:
                raise Fault("change_gone", number=number)
            self._write("undo", done[number].entry, done[number].before, check)

    @contextmanager
    def _changing(self, action: str) -> Iterator[None]:
        act = audit.act(self._home, self._actor, f"{action}_contact")
        with act, changes.changing(self._home):
            yield

    def _copy(self, identity: str) -> Entry:
        known = self.entries()
        if identity not in known:
            raise Fault("contact_gone", entry=identity)
        audit.about(identity)
        return copy.deepcopy(known[identity])

    def _write(self, action: str, identity: str, after: Entry | None, check: Check) -> None:
        """Keep a change and publish what follows; whoever calls is `changing` the directory."""
        _require_check(check, danish_time(self._clock()).date())
        made = changes.history(self._home)
        before, number = changes.applied(made).get(identity), len(made) + 1
        at = self._clock().isoformat(timespec="seconds")
        change = Change(number, at, action, identity, check, before, after)
        found = published.entries(self._home, self._folder, change)
        changes.append(self._home, change)
        published.write(self._home, found)
        audit.about(identity)


def _ways_to(entry: Entry, address: str) -> list[Entry]:
    ways = [*entry.get("phones", []), *entry.get("channels", [])]
    return [way for way in ways if address in (way.get("number"), way.get("value"))]


def _require_check(check: Check, today: date) -> None:
    """A unit, a day that has been, and a way of checking that we know; never a person."""
    unit = check.unit.strip()
    if not unit or guards.holds_number_or_person(unit) or guards.holds_markup(unit):
        raise Fault("check_unit")
    if not is_day(check.on) or check.on > today.isoformat():
        raise Fault("check_date")
    if check.how not in HOWS:
        raise Fault("check_how", known=", ".join(HOWS))
