"""The audit trail as its auditor reads it: every record, whether any was changed or removed, and what is old enough to go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from inquiries import audit, audit_file, backup, ledger
from inquiries.actor import Actor
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.keeping import keeping_of

COLUMNS = ["at", "actor", "act", "subjects", "reason", "result", "code"]
Facts = dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """Which records are asked for; what is None is not asked about. `since` and `until` are days, both included."""

    act: str | None = None
    actor: str | None = None
    result: str | None = None
    since: date | None = None
    until: date | None = None


def records(actor: Actor, home: Home) -> pd.DataFrame:
    """Every record, newest first: at (UTC), actor, act, subjects (ids, spaces between),
    reason (of an export of exact figures), result, code (of a fault).

    Names and ids are one line each, whatever was in them. A line that cannot be read is left out:
    `verify` tells of it. An act of which no end is known has the result begun.
    """
    audit.require(home, actor, "auditor")
    begun = {one: _readable(path) for one, path in audit_file.begun_in(home.audit).items()}
    ended = [facts for path in audit_file.files(home.audit) for facts in _readable(path)]
    known = {facts["id"] for facts in ended}
    open_ones = [facts for one, own in begun.items() if one not in known for facts in own]
    found = pd.DataFrame([*ended, *open_ones], columns=COLUMNS)
    found["at"] = found["at"].astype("datetime64[s]")
    return found[::-1].sort_values("at", ascending=False, kind="stable", ignore_index=True)


def chosen(found: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """Those of the records that are asked for."""
    days = found["at"].dt.normalize()
    keep = pd.Series(data=True, index=found.index)
    for name in ("act", "actor", "result"):
        wanted = getattr(choice, name)
        keep &= wanted is None or found[name] == wanted
    keep &= choice.since is None or days >= pd.Timestamp(choice.since)
    keep &= choice.until is None or days <= pd.Timestamp(choice.until)
    return found[keep].reset_index(drop=True)


def verify(actor: Actor, home: Home) -> tuple[int, list[Fault]]:
    """How many records there are, and every sign that one was changed, added or removed."""
    audit.require(home, actor, "auditor")
    return compare(home)


def compare(home: Home) -> tuple[int, list[Fault]]:
    """Hold every line against its seal, and every file against what other files and backups have seen of it."""
    begun = audit_file.begun_in(home.audit)
    paths = audit_file.files(home.audit)
    if not paths and not begun and not _backed_up(home):
        return 0, []
    try:
        key = audit_file.key_of(home)
    except Fault as fault:
        return 0, [fault]
    trail = _Trail({path.stem: _File(path, key) for path in reversed(paths)}, begun, key)
    wrong = [*trail.altered(), *trail.lacking(), *trail.lacking_of_backups(_backed_up(home))]
    return trail.number, list({str(fault): fault for fault in wrong}.values())


def remove_old(actor: Actor, home: Home) -> list[str]:
    """Remove the files whose newest record is older than the owner's policy keeps it; the removal is recorded itself.

    A file that does not fit its seals stays: it is evidence, and its times may be made up.
    """
    oldest = pd.Timestamp(audit_file.now()) - pd.DateOffset(months=keeping_of(home).audit_months)
    paths = audit_file.files(home.audit)
    key = audit_file.key_of(home) if paths else b""
    files = [_File(path, key) for path in paths]
    old = [file.name for file in files if file.is_sound and file.newest() < oldest]
    if not old:
        return []
    with audit.act(home, actor, "remove_records", *old):
        audit.require(home, actor, "administrator")
        for path in (path for name in old for path in home.audit.glob(f"{name}.*")):
            path.unlink(missing_ok=True)
    return old


class _File:
    """A file of records: its lines, how many of them are sound, and whether it was cut within a line."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.name = path.stem
        self.lines, torn = _lines(path)
        self.is_torn = bool(torn)
        self.sound = ledger.sound(self.lines, key)
        self.facts = [ledger.read(line) for line in self.lines[: self.sound]]
        if not self.facts or self.facts[0].get("file") != self.name:
            self.sound, self.facts = 0, []

    @property
    def is_sound(self) -> bool:
        return self.sound == len(self.lines) and bool(self.lines) and not self.is_torn

    def newest(self) -> pd.Timestamp:
        """When its newest record was made."""
        return max(pd.Timestamp(facts["at"]) for facts in self.facts)

    @property
    def first(self) -> Facts:
        return self.facts[0] if self.facts else {"seen": {}, "begun": []}

    def reaches(self, place: int, seal: str) -> bool:
        """Whether it still holds a line that somebody has seen."""
        return len(self.facts) >= place and bool(self.facts[place - 1]["seal"] == seal)

    def begins(self, known: list[str]) -> bool:
        """Whether it still begins with the lines that somebody has copied."""
        return self.lines[: len(known)] == known


class _Trail:
    """All files of one home, beside what was seen of them."""

    def __init__(self, files: dict[str, _File], begun: dict[str, Path], key: bytes) -> None:
        self._files, self._begun, self._key = files, begun, key
        told = [facts for file in files.values() for facts in file.facts]
        self.number = sum(facts["act"] in audit.ACTS for facts in told)
        self._ids = {facts["id"] for facts in told} | set(begun)
        told += [facts for path in begun.values() for facts in self._sound(path)]
        removals = [facts for facts in told if facts["act"] == "remove_records"]
        self._removed = {name for facts in removals for name in facts["subjects"]}

    def _sound(self, path: Path) -> list[Facts]:
        """The one line of a file that says that an act has begun, if it is as it was written."""
        return [
            ledger.read(line) for line in _lines(path)[0] if ledger.fits(line, None, 0, self._key)
        ]

    def altered(self) -> Iterator[Fault]:
        """What does not fit its seal: a line changed, added, taken out or moved, or a file under another name."""
        for name, file in self._files.items():
            # A process that is stopped while it writes leaves a part of a line, and what it had begun.
            explained = any(path.name.startswith(f"{name}.") for path in self._begun.values())
            if not file.is_sound and not (file.sound == len(file.lines) > 0 and explained):
                yield Fault("audit_altered", file=name, line=file.sound + 1)
        for identity, path in self._begun.items():
            told = self._sound(path)
            if path.exists() and [facts["id"] for facts in told] != [identity]:
                yield Fault("audit_altered", file=path.name, line=1)

    def lacking(self) -> Iterator[Fault]:
        """What a later file has seen and is there no more."""
        for own in self._files.values():
            for name, (place, seal) in own.first["seen"].items():
                yield from self._short(name, partial(_File.reaches, place=place, seal=seal))
            for begun in own.first["begun"]:
                yield from self._lost(begun)

    def lacking_of_backups(self, copies: Iterable[Path]) -> Iterator[Fault]:
        """What a backup has and is there no more."""
        for path in copies:
            if path.suffix == audit_file.BEGUN:
                yield from self._lost(path.stem)
                continue
            known, _ = _lines(path)
            yield from self._short(path.stem, partial(_File.begins, known=known))

    def _lost(self, begun: str) -> Iterator[Fault]:
        log, _, identity = begun.rpartition(".")
        if identity not in self._ids and log not in self._removed:
            yield Fault("audit_missing", file=begun)

    def _short(self, name: str, holds: Callable[[_File], bool]) -> Iterator[Fault]:
        file = self._files.get(name)
        if file is None and name not in self._removed:
            yield Fault("audit_missing", file=name)
        elif file is not None and not holds(file):
            yield Fault("audit_cut", file=name)


def _backed_up(home: Home) -> list[Path]:
    """The files of records in every backup that is whole."""
    whole = (one.folder for one in backup.backups(home) if not backup.problems(one))
    return [path for folder in whole for path in sorted((folder / home.audit.name).glob("*"))]


def _lines(path: Path) -> tuple[list[str], bytes]:
    """The lines of a file; none when it is gone, as what says that an act goes on is when it has ended."""
    try:
        return ledger.whole_lines(path)
    except FileNotFoundError:
        return [], b""


def _readable(path: Path) -> list[Facts]:
    """The facts of every line that is a record in form, sealed rightly or not."""
    found = []
    for line in _lines(path)[0]:
        try:
            facts = ledger.read(line)
            if facts["act"] in audit.ACTS:
                found.append({"id": str(facts["id"]), **_row(facts)})
        except (ValueError, KeyError, TypeError):
            continue
    return found


def _row(facts: Facts) -> Facts:
    at = datetime.fromisoformat(facts["at"]).astimezone(UTC).replace(tzinfo=None)
    told = facts | {"subjects": " ".join(facts["subjects"])}
    return {"at": at} | {name: audit.visible(str(told[name])) for name in COLUMNS[1:]}
