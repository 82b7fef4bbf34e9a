"""Backups: a folder each, with the store, its ledger, the audit trail, kept files, what is published and the policies; never the secret.

The store is copied as a plain file, under the lock and while no connection is open: closing has put
the log in its place, so the one file is all there is, and nobody can write to it meanwhile. A copy
made beside an open store would lack its log. Each backup is opened and read whole before it counts.
"""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from inquiries import audit, audit_file, engine, exact_files, ledger, originals
from inquiries.actor import Actor
from inquiries.durable import copy_whole, flush, write_whole
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.locking import locked
from inquiries.release import checksum

MANIFEST = "manifest.json"
STORE, LEDGER = "store.duckdb", "ledger.jsonl"
# Every backup that was put elsewhere than in this home: an erasure names those that still hold.
MADE = "made.jsonl"


@dataclass(frozen=True)
class Backup:
    """A backup as its manifest has it: `place` is the number of acts in its ledger, `last` their last seal."""

    folder: Path
    made_at: str
    version: int
    place: int
    last: str
    files: dict[str, str]

    @property
    def store(self) -> Path:
        return self.folder / STORE

    @property
    def name(self) -> str:
        return self.folder.name


def read_backup(folder: Path) -> Backup:
    """A backup by its folder; `Fault` when there is none that can be understood."""
    try:
        facts = json.loads((folder / MANIFEST).read_text("utf-8"))
        return Backup(folder=folder, **facts)
    except (OSError, ValueError, TypeError) as error:
        raise Fault("backup_unreadable", folder=str(folder)) from error


def backups(home: Home) -> list[Backup]:
    """Every backup that can be found, the newest act last."""
    found = []
    for folder in _folders(home):
        with suppress(Fault):
            found.append(read_backup(folder))
    return sorted(found, key=lambda backup: (backup.place, backup.made_at, backup.name))


def backups_unreadable(home: Home) -> list[Path]:
    """Backups that are there and cannot be understood."""
    readable = {backup.folder for backup in backups(home)}
    return sorted(folder for folder in _folders(home) - readable if folder.exists())


def backups_away(home: Home) -> list[Path]:
    """Backups that were put elsewhere and cannot be reached now."""
    return sorted(folder for folder in _folders(home) if not folder.exists())


def _folders(home: Home) -> set[Path]:
    lines, _ = ledger.whole_lines(home.backups / MADE)
    elsewhere = {Path(json.loads(line)["folder"]) for line in lines}
    own = {path.parent.absolute() for path in home.backups.glob(f"[!.]*/{MANIFEST}")}
    return elsewhere | own


def problems(backup: Backup) -> list[str]:
    """The files of a backup that are missing or not as they were written."""
    return [name for name, known in backup.files.items() if _differs(backup.folder / name, known)]


def _differs(path: Path, known: str) -> bool:
    try:
        return checksum(path) != known
    except OSError:
        return True


def newest_good(home: Home) -> Backup | None:
    """The newest backup that is whole, of the version we know, and encrypted just as the setting asks."""
    for backup in reversed(backups(home)):
        known = backup.version == engine.STORE_VERSION
        if known and not problems(backup) and exact_files.is_protected(home, backup.store):
            return backup
    return None


def back_up(actor: Actor, home: Home, at: datetime, to: Path | None = None) -> Backup:
    """Make a backup because somebody asks for it; `Fault` as of `write_backup`."""
    with audit.act(home, actor, "back_up"), locked(home):
        audit.require(home, actor, "administrator")
        made = write_backup(home, at, to)
        audit.about(made.name)
        return made


def back_up_if_new(home: Home, at: datetime) -> Backup | None:
    """Make a backup when the newest good one lacks something; the caller holds the lock, none is open."""
    newest = newest_good(home)
    lines, _ = ledger.whole_lines(home.ledger)
    last = ledger.read(lines[-1])["seal"] if lines else ""
    if (
        newest
        and newest.last == last
        and all(_holds_changes(newest, path) for path in (home.contact_changes, home.access))
    ):
        return None
    return write_backup(home, at)


def _holds_changes(backup: Backup, changes: Path) -> bool:
    """Whether a backup has what was changed of the contacts or of who may do what, which no line of the ledger tells."""
    if not changes.exists():
        return True
    known = backup.files.get(f"{changes.parent.name}/{changes.name}")
    return known is not None and not _differs(changes, known)


def write_backup(home: Home, at: datetime, to: Path | None = None) -> Backup:
    """Make a backup in a new folder under `to`; the caller holds the lock and no connection is open.

    `Fault` when the store cannot be read whole, or the copy does not read as the store does.
    """
    whole = lines, _, submissions = _read_whole(home, home.store)
    place = (to or home.backups).absolute()
    folder = place / f"{at:%Y%m%dT%H%M%S}-{len(lines)}"
    part = place / f".part-{folder.name}"
    shutil.rmtree(part, ignore_errors=True)
    if folder.exists():
        raise Fault("backup_exists", folder=str(folder))
    try:
        part.mkdir(mode=0o700, parents=True)
        _copy(home, part, lines, submissions)
        if _read_whole(home, part / STORE) != whole:
            raise Fault("backup_differs", folder=str(part))
        files = {name: checksum(part / name) for name in _names(part)}
        last = ledger.read(lines[-1])["seal"] if lines else ""
        made = Backup(
            folder,
            at.isoformat(timespec="seconds"),
            engine.STORE_VERSION,
            len(lines),
            last,
            files,
        )
        facts = {name: value for name, value in asdict(made).items() if name != "folder"}
        write_whole(part / MANIFEST, json.dumps(facts, indent=1).encode())
        part.rename(folder)
        flush(place)
        if place != home.backups.absolute():
            ledger.append(home.backups / MADE, [json.dumps({"folder": str(folder)})])
    except OSError as error:
        raise Fault("backup_unwritable", folder=str(folder)) from error
    return made


def _read_whole(home: Home, store: Path) -> tuple[list[str], engine.Contents, set[str]]:
    """The ledger's lines, what each table holds and the submissions, every block read; leaves no log beside the file."""
    if not store.exists():
        raise Fault("store_missing", file=str(store))
    try:
        connection = exact_files.connect(home, store)
        try:
            tables = engine.read_all(connection)
            lines = list(engine.ask(connection, "store/lines")["line"])
            submissions = set(engine.ask(connection, "store/files")["submission"])
            engine.checkpoint(connection)
        finally:
            connection.close()
    except duckdb.Error as error:
        raise Fault("store_unreadable", file=str(store)) from error
    return lines, tables, submissions


def _copy(home: Home, part: Path, lines: list[str], submissions: set[str]) -> None:
    copy_whole(home.store, part / STORE)
    write_whole(part / LEDGER, "".join(f"{line}\n" for line in lines).encode())
    single = filter(Path.exists, (home.policy, home.keeping, home.contact_changes, home.access))
    for path in (*single, *_published(home)):
        copy_whole(path, part / path.relative_to(home.folder))
    originals.copy(home.originals, part / home.originals.name, submissions)
    _copy_trail(home.audit, part / home.audit.name)


def _copy_trail(source: Path, target: Path) -> None:
    """The whole lines of every file of records, and what says which acts go on; others may be writing."""
    for path in (*audit_file.begun_in(source).values(), *audit_file.files(source)):
        with suppress(FileNotFoundError):  # an act that has just ended
            whole, end, _ = path.read_bytes().rpartition(b"\n")
            write_whole(target / path.name, whole + end, audit_file.PRIVATE)


def _published(home: Home) -> list[Path]:
    """The files readers are served from."""
    folder = home.folder / "published"
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".part")


def _names(part: Path) -> list[str]:
    return sorted(path.relative_to(part).as_posix() for path in part.rglob("*") if path.is_file())
