"""Lawful erasure: a submission removed for good, with a tombstone, and what still holds it named.

Deleting leaves the bytes in the file, so the store is copied into a new file that never had them.
Releases made from the submission stay: their figures are protected, and may already be shared.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from inquiries import audit, backup, engine, exact_files, originals
from inquiries.actor import Actor
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.ledger import Act
from inquiries.locking import locked
from inquiries.opening import Change, changing
from inquiries.rewriting import rewritten
from inquiries.store_key import store_key
from inquiries.submissions import next_sequence

# The tables that hold anything of a submission; decisions about it and releases of it tell of its id alone.
HOLDING = ("inquiry_count", "submission_month", "submission")


@dataclass(frozen=True)
class Remains:
    """Where an erased submission may still be: files to be deleted by hand, and releases that stay."""

    files: list[Path]
    releases: list[str]


def erase(
    actor: Actor, home: Home, submission: str, *, by: str, because: str, at: datetime
) -> Remains:
    """Erase a submission on somebody's authority; told again, what was begun is finished."""
    return erase_all(actor, home, [submission], by=by, because=because, at=at)


def erase_all(
    actor: Actor, home: Home, submissions: Sequence[str], *, by: str, because: str, at: datetime
) -> Remains:
    """Erase several, all or none."""
    with audit.act(home, actor, "erase"):
        audit.require(home, actor, "administrator")
        if not by.strip() or not because.strip():
            raise Fault("reason_missing")
        with changing(home, at) as change:
            for submission in submissions:
                if engine.first(change.connection, "store/erasure", submission=submission) is None:
                    _bury(change, home, actor, submission, by, because)
                audit.about(submission)
            holding = {"submissions": list(submissions)}
            found = engine.ask(change.connection, "store/releases_holding", **holding)
            erased = list(engine.ask(change.connection, "store/erasures")["submission"])
        with locked(home):
            # All of them: writing anew notes every erasure as finished, also one that was killed here.
            originals.remove(home, erased)
            write_anew(home, home.store)
    return Remains(still_holding(home, submissions), list(found["release"]))


def _bury(change: Change, home: Home, actor: Actor, submission: str, by: str, because: str) -> None:
    known = engine.first(change.connection, "store/submission", submission=submission)
    if known is None:
        raise Fault("submission_unknown")
    _, source, reporter, _ = known
    audit.about(f"{source}/{reporter}", submission)
    audit.require_body(home, actor, "administrator", source, reporter)
    tombstone = {
        "submission": submission,
        "source": source,
        "reporter": reporter,
        "erased_at": change.at,
        "actor": actor.name,
        "authorised_by": by,
        "because": because,
    }
    bury(change, tombstone)


def bury(change: Change, tombstone: dict[str, Any]) -> None:
    """Put a tombstone where a submission was; its bytes go when the file is written anew."""
    row = {**tombstone, "sequence": next_sequence(change.connection), "finished": False}
    for table in HOLDING:
        engine.take_out(change.connection, table, tombstone["submission"])
    engine.fill(change.connection, "erasure", pd.DataFrame([row]))
    body = f"{tombstone['source']}/{tombstone['reporter']}"
    change.acts.append(Act("erased", tombstone["submission"], body))


def write_anew(home: Home, store: Path) -> None:
    """Put in the store's place a copy that has no deleted bytes, under the key that is set; the caller holds the lock."""
    with (
        rewritten(store, exact_files.key_of(home, store), store_key(home)) as part,
        closing(exact_files.connect(home, part)) as connection,
    ):
        engine.finish_erasures(connection)
        engine.checkpoint(connection)


def still_holding(home: Home, submissions: Sequence[str]) -> list[Path]:
    """Backups and files set aside that hold one of the submissions, or cannot be reached or read to tell."""
    made = backup.backups(home)
    copies = [*(one.store for one in made), *home.quarantine.glob("*/*.duckdb")]
    folders = [
        *(one.folder / home.originals.name for one in made),
        *home.quarantine.glob(f"*/{home.originals.name}"),
    ]
    holding = [path for path in copies if _may_hold(home, path, submissions)]
    holding += [
        path for folder in folders for one in submissions for path in originals.held(folder, one)
    ]
    return sorted([*holding, *backup.backups_unreadable(home), *backup.backups_away(home)])


def _may_hold(home: Home, path: Path, submissions: Sequence[str]) -> bool:
    try:
        connection = exact_files.connect(home, path, read_only=True)
        try:
            stored = engine.ask(connection, "store/files")["submission"]
            return not stored[stored.isin(submissions)].empty
        finally:
            connection.close()
    except (duckdb.Error, Fault):
        return True
