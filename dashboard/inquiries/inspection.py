"""Checks everything that can be checked of a home: blocks, ledger, fingerprints, kept files, releases, backups.

Changes nothing, but that a store once found damaged and now read whole is trusted again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from inquiries import audit, backup, engine, ledger, originals, recovery, release, trail
from inquiries.actor import Actor
from inquiries.encrypting import unprotected
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.locking import locked
from inquiries.opening import secret_in
from inquiries.store_key import store_key
from inquiries.submissions import fingerprints


@dataclass
class Inspection:
    """What was checked, by name and number, and what is wrong, each as the fault it is."""

    checked: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def inspect(actor: Actor, home: Home) -> Inspection:
    """Check the store against itself and the ledger, then the releases, the backups and the audit trail."""
    audit.require(home, actor, "administrator")
    found = Inspection()
    with locked(home):
        recovery.trust_again(home)
        recovery.forget(home)
        try:
            with closing(recovery.present(home)) as connection:
                _inspect_store(connection, home, found)
        except Fault as fault:
            found.faults.append(fault)
        except duckdb.Error as error:
            found.faults.append(_as_fault(error, home))
        _inspect_backups(home, found)
    found.checked["records"], wrong = trail.compare(home)
    told = {str(fault) for fault in found.faults}
    found.faults += [fault for fault in wrong if str(fault) not in told]
    return found


def _as_fault(error: duckdb.Error, home: Home) -> Fault:
    return recovery.fault_of(error, home) or Fault("store_unreadable", file=str(home.store))


def _inspect_store(connection: duckdb.DuckDBPyConnection, home: Home, found: Inspection) -> None:
    tables = engine.read_all(connection)
    found.checked |= {"tables": len(tables), "rows": sum(rows for rows, _ in tables.values())}
    different = recovery.compare(connection, home)
    found.faults += [different] if different else []
    found.faults += _wrong_releases(connection, home, found.checked)
    unfinished = engine.ask(connection, "store/erasures").query("not finished")
    found.faults += [
        Fault("erasure_unfinished", submission=one) for one in unfinished["submission"]
    ]
    lines = list(engine.ask(connection, "store/lines")["line"])
    found.checked["acts"] = len(lines)
    key = ledger.key_from(secret_in(connection, home))
    lines = lines[: ledger.sound(lines, key)]
    found.faults += _wrong_submissions(connection, lines, key, found.checked)
    found.faults += _wrong_originals(connection, home, key, found.checked)


def _wrong_submissions(
    connection: duckdb.DuckDBPyConnection,
    lines: list[str],
    key: bytes,
    checked: dict[str, int],
) -> Iterator[Fault]:
    """Each submission the ledger tells of is there, with the rows it came with, or was erased."""
    salts = dict(engine.ask(connection, "store/salts").itertuples(index=False))
    stored = fingerprints(connection, salts, key)
    told = _submitted(lines)
    erased = set(engine.ask(connection, "store/erasures")["submission"])
    for submission, rows in told.items():
        if submission not in salts and submission not in erased:
            yield Fault("submission_lost", submission=submission)
        elif submission in salts and stored.get(submission, ("", ""))[1] != rows:
            yield Fault("submission_altered", submission=submission)
    # Salted ones have a line; those without a salt came before there was a ledger.
    for submission in [one for one, salt in salts.items() if salt and one not in told]:
        yield Fault("submission_altered", submission=submission)
    checked["submissions"] = len(salts)
    checked["erased"] = len(erased)


def _submitted(lines: list[str]) -> dict[str, str]:
    gone = ledger.undone(lines)
    facts: list[dict[str, Any]] = [ledger.read(line) for line in lines]
    return {
        one["subject"]: one["rows"]
        for one in facts
        if one["kind"] == "submitted" and one["sequence"] not in gone
    }


def _wrong_originals(
    connection: duckdb.DuckDBPyConnection, home: Home, key: bytes, checked: dict[str, int]
) -> Iterator[Fault]:
    """Each file that is kept belongs to a submission, and is the file it came in."""
    marks = dict(engine.ask(connection, "store/files").itertuples(index=False))
    known = {path: one for one, path in originals.files(home.originals).items() if one in marks}
    checked["originals"] = len(known)
    for path in sorted(home.originals.glob("*")):
        if path not in known:
            yield Fault("original_unknown", file=str(path))
        elif _mark(home, path, key) != marks[known[path]]:
            yield Fault("original_altered", file=str(path))


def _mark(home: Home, path: Path, key: bytes) -> str:
    """What a file is known again by; nothing when the disk does not give it, or it takes another key."""
    try:
        content = originals.content(path, store_key(home))
    except Fault:
        return ""
    return ledger.keyed(key, "file", hashlib.sha256(content).hexdigest())


def _wrong_releases(
    connection: duckdb.DuckDBPyConnection, home: Home, checked: dict[str, int]
) -> Iterator[Fault]:
    made = engine.ask(connection, "store/releases")
    paths = release.release_paths(home)
    checked["releases"] = len(paths)
    standing = made.loc[made["recalled_because"] == "", "release"]
    for path in paths:
        try:
            release.verify(path)
        except Fault as fault:
            yield fault
        if path.stem not in set(made["release"]):
            yield Fault("release_unrecorded", release=path.stem)
    for identity in set(standing) - {path.stem for path in paths}:
        yield Fault("release_unreadable", release=identity)


def _inspect_backups(home: Home, found: Inspection) -> None:
    made = backup.backups(home)
    found.checked |= {"backups": len(made), "away": len(backup.backups_away(home))}
    for one in made:
        damaged = backup.problems(one)
        if damaged:
            found.faults.append(
                Fault("backup_damaged", folder=str(one.folder), files=", ".join(damaged))
            )
    for folder in backup.backups_unreadable(home):
        found.faults.append(Fault("backup_unreadable", folder=str(folder)))
    found.faults += [Fault("copy_unprotected", folder=str(one)) for one in unprotected(home)]
