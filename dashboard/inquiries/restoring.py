"""Puts a backup in the store's place; what stood there is set aside, and the ledger goes on.

The ledger is never shortened: acts after the backup stay in it, with a line that says they stand no
longer. What was erased after the backup was made is erased from it again before anybody reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

from inquiries import audit, engine, erasure, exact_files, ledger, originals, recovery
from inquiries.actor import Actor
from inquiries.backup import LEDGER, STORE, Backup, problems, read_backup
from inquiries.durable import copy_whole, flush, write_whole
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.ledger import Act
from inquiries.locking import locked
from inquiries.opening import Change, record, secret_in, transaction
from inquiries.release import RECALLED, checksum
from inquiries.secret import require_there


@dataclass(frozen=True)
class PutBack:
    """What a restore did: the acts that stand no longer, as their lines tell, and where files were set aside."""

    undone: list[str]
    aside: Path


def put_back(actor: Actor, home: Home, folder: Path, *, because: str = "", at: datetime) -> PutBack:
    """Restore from a backup's folder; `Fault` when it is damaged, or acts after it would be undone and nobody says why."""
    require_there(home)
    with audit.act(home, actor, "put_back"):
        audit.require(home, actor, "administrator")
        chosen = _trusted(home, folder)
        audit.about(chosen.name)
        return _put_back_chosen(actor, home, chosen, because, at)


def _put_back_chosen(
    actor: Actor, home: Home, chosen: Backup, because: str, at: datetime
) -> PutBack:
    with locked(home), _room(home):
        new = home.store.with_suffix(".restoring")
        recovery.clear(new)
        copy_whole(chosen.store, new)
        try:
            lines, undone = _continue(actor, home, new, chosen, because, at)
        except BaseException:
            recovery.clear(new)
            raise
        aside = _set_aside(home, at)
        new.replace(home.store)
        flush(home.store.parent)
        write_whole(home.ledger, "".join(f"{line}\n" for line in lines).encode())
        _publish_missing(home, chosen, aside)
        _put_originals_back(home, chosen, aside)
    return PutBack(undone, aside)


@contextmanager
def _room(home: Home) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Fault("store_no_space", folder=str(home.folder)) from error


def _trusted(home: Home, folder: Path) -> Backup:
    chosen = read_backup(folder.absolute())
    if chosen.version > engine.STORE_VERSION:
        raise Fault("store_newer", found=chosen.version, known=engine.STORE_VERSION)
    damaged = problems(chosen)
    if damaged:
        raise Fault("backup_damaged", folder=str(folder), files=", ".join(damaged))
    with suppress(duckdb.Error):  # what else is wrong is found in the copy
        exact_files.connect(home, chosen.store, read_only=True).close()
    return chosen


def _continue(
    actor: Actor, home: Home, new: Path, chosen: Backup, because: str, at: datetime
) -> tuple[list[str], list[str]]:
    """Bring the copy's ledger up to the newest known; give all its lines, and those that stand no longer."""
    with _explained(home, new) as connection:
        recovery.migrate(connection)
        engine.read_all(connection)
        key = ledger.key_from(secret_in(connection, home))
        own, _ = ledger.whole_lines(chosen.folder / LEDGER)
        later = _later(home, own, key)
        if later and not because.strip():
            raise Fault("backup_older", number=len(later), folder=str(chosen.folder))
        with transaction(connection):
            _fill_lines(connection, later)
            change = Change(connection, at, key)
            _put_back(change, actor, chosen, because, len(own))
            _erase_again(change, actor, home, later)
            added = record(change)
    erasure.write_anew(home, new)
    return own + later + added, later


@contextmanager
def _explained(home: Home, new: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    try:
        with closing(exact_files.connect(home, new)) as connection:
            yield connection
    except duckdb.Error as error:
        raise Fault("backup_damaged", folder=str(new.parent), files=new.name) from error


def _later(home: Home, own: list[str], key: bytes) -> list[str]:
    """The longest sound continuation of a backup's lines that the ledger or the present store knows."""
    longest = own
    outside, _ = ledger.whole_lines(home.ledger)
    for lines in (outside, list(_asked_of_present(home, "store/lines")["line"])):
        if lines[: len(own)] == own:
            known = lines[: ledger.sound(lines, key)]
            longest = max(longest, known, key=len)
    return longest[len(own) :]


def _asked_of_present(home: Home, question: str) -> pd.DataFrame:
    """What the store says that is to be set aside; nothing when it cannot be asked."""
    try:
        with closing(exact_files.connect(home, home.store, read_only=True)) as connection:
            return engine.ask(connection, question)
    except (duckdb.Error, Fault):
        return pd.DataFrame(columns=["line", "submission"])


def _fill_lines(connection: duckdb.DuckDBPyConnection, lines: list[str]) -> None:
    rows = [{"sequence": ledger.place(line), "line": line} for line in lines]
    if rows:
        engine.fill(connection, "ledger", pd.DataFrame(rows))


def _put_back(change: Change, actor: Actor, chosen: Backup, because: str, kept: int) -> None:
    row = {
        "backup": chosen.name,
        "put_back_at": change.at,
        "actor": actor.name,
        "because": because,
    }
    engine.fill(change.connection, "put_back", pd.DataFrame([row]))
    change.acts.append(Act("put_back", chosen.name, kept=kept))


def _erase_again(change: Change, actor: Actor, home: Home, later: list[str]) -> None:
    known = _asked_of_present(home, "store/erasures").set_index("submission")
    for facts in map(ledger.read, later):
        subject = facts["subject"]
        buried = engine.first(change.connection, "store/erasure", submission=subject)
        if facts["kind"] != "erased" or buried is not None:
            continue
        source, reporter = facts["body"].split("/")
        told = known.loc[subject].to_dict() if subject in known.index else {}
        tombstone = {
            "submission": subject,
            "source": source,
            "reporter": reporter,
            "erased_at": datetime.fromisoformat(facts["at"]),
            "actor": actor.name,
            "authorised_by": told.get("authorised_by", ""),
            "because": told.get("because", ""),
        }
        erasure.bury(change, tombstone)


def _set_aside(home: Home, at: datetime) -> Path:
    """Move the present files away, whole and together; nothing is deleted."""
    aside = _new_folder(home.quarantine / f"{at:%Y%m%dT%H%M%S}-set-aside")
    if home.ledger.exists():
        copy_whole(home.ledger, aside / home.ledger.name)
    for path in (*recovery.logs_of(home.store), home.store):
        if path.exists():
            path.replace(aside / path.name)
    return aside


def _new_folder(wanted: Path) -> Path:
    folder, again = wanted, 1
    while folder.exists():
        again += 1
        folder = wanted.with_name(f"{wanted.name}-{again}")
    folder.mkdir(mode=0o700, parents=True)
    return folder


def _publish_missing(home: Home, chosen: Backup, aside: Path) -> None:
    """Bring back what is missing of the releases, the directory and the policies, and any release that was altered."""
    for name, known in chosen.files.items():
        target = home.folder / name
        if name in (STORE, LEDGER) or target.with_suffix(RECALLED).exists():
            continue
        if target.parent == home.originals:  # some of them must not come back
            continue
        if target.exists():
            if target.parent != home.releases or checksum(target) == known:
                continue
            target.replace(aside / target.name)
        copy_whole(chosen.folder / name, target)


def _put_originals_back(home: Home, chosen: Backup, aside: Path) -> None:
    with closing(exact_files.connect(home, home.store, read_only=True)) as connection:
        standing = set(engine.ask(connection, "store/files")["submission"])
        erased = set(engine.ask(connection, "store/erasures")["submission"])
    room = home.originals.name
    originals.remove(home, erased)
    originals.put_back(home, chosen.folder / room, standing, aside / room)
