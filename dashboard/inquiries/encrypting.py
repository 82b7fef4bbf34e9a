"""Brings the exact store and the kept files under the key that is set, from none or from another one.

The copy is compared with the store, table for table, before it takes its place. Files that lie
there without the key are named, not deleted.
"""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path
from shutil import rmtree

import duckdb

from inquiries import audit, backup, engine, exact_files, originals, recovery
from inquiries.actor import Actor
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.locking import locked
from inquiries.rewriting import rewritten
from inquiries.starting import keep_backup
from inquiries.store_key import read_key, store_key


def encrypt(actor: Actor, home: Home, old_key_file: Path | None, *, at: datetime) -> list[Path]:
    """Encrypt the store with the key that is set, and back it up; told again, what was begun is finished.

    `old_key_file` holds the key it is under now, None when it is not encrypted. Gives the folders
    that are not under the new key. `Fault` when no key is set, when the old one does not fit, or
    when the store may only be read.
    """
    with audit.act(home, actor, "encrypt"):
        audit.require(home, actor, "administrator")
        new_key = store_key(home)
        if new_key is None:
            raise Fault("store_key_none")
        with locked(home):
            if not home.store.exists():
                raise Fault("store_missing", file=str(home.store))
            old_key = _old_key(home, old_key_file)
            if exact_files.is_protected(home, home.store):
                _require_sound(home, new_key)
            else:
                _require_sound(home, old_key)
                _rewrite(home.store, old_key, new_key)
            originals.seal_anew(home, old_key)
            # What a killed process left here may not be encrypted, and nobody else is at work.
            rmtree(home.spill, ignore_errors=True)
            keep_backup(home, at)
            return unprotected(home)


def _old_key(home: Home, file: Path | None) -> str | None:
    return read_key(home, file) if file else exact_files.key_of(home, home.store)


def _require_sound(home: Home, key: str | None) -> None:
    """`Fault` when the store cannot be read, or is not what the ledger tells."""
    try:
        with closing(exact_files.connect_with(home.store, key)) as connection:
            recovery.migrate(connection)
            recovery.forget(home)
            different = recovery.compare(connection, home)
    except duckdb.Error as error:
        unreadable = Fault("store_unreadable", file=str(home.store))
        raise recovery.fault_of(error, home) or unreadable from error
    if different is not None:
        raise different


def _rewrite(store: Path, key: str | None, new_key: str) -> None:
    with rewritten(store, key, new_key) as part:
        if _contents(part, new_key) != _contents(store, key):
            raise Fault("store_copy_differs", file=str(store))


def _contents(path: Path, key: str | None) -> engine.Contents:
    with closing(engine.connect(path, read_only=True, key=key)) as connection:
        return engine.read_all(connection)


def unprotected(home: Home) -> list[Path]:
    """The folders of backups that take another key than is set, and of files set aside without any."""
    made = [one.folder for one in backup.backups(home)]
    found = [folder for folder in made if not exact_files.is_protected(home, folder / backup.STORE)]
    if store_key(home) is not None:
        aside = sorted(home.quarantine.rglob("*.duckdb"))
        found += [path.parent for path in aside if engine.is_encrypted(path) is False]
        kept = sorted(home.quarantine.glob(f"*/{home.originals.name}"))
        found += [folder for folder in kept if originals.unsealed(folder)]
    return found
