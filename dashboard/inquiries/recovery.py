"""What state the exact store is in, and from what it can still be read when it cannot be trusted.

Nothing here changes, moves or deletes the store or its log. A store that is damaged, that lacks
what the ledger tells of, or whose ledger was edited is not written to any more: it is read, or
else the newest good backup is, whichever knows more, until an operator restores.
"""

from __future__ import annotations

import logging
import re
import shutil
import time
from contextlib import closing, suppress
from pathlib import Path

import duckdb

from inquiries import backup, engine, exact_files, ledger
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.secret import is_there, secret_of
from inquiries.store_key import store_key

log = logging.getLogger("inquiries")

# How the engine words what happened to it; the tests of the faults hold that it still does.
_DAMAGED = re.compile(
    r"corrupt|checksum|computed aes tag differs|could not read enough bytes|not a valid duckdb|deserializ",
    re.IGNORECASE,
)
_FULL = re.compile(r"no space left|file too large|disk full|could not write all", re.IGNORECASE)
_HELD = re.compile(r"could not set lock|conflicting lock|being used by another", re.IGNORECASE)
_CLOSED = re.compile(r"permission denied|read-only file system|not permitted", re.IGNORECASE)
HELD_SECONDS = 3
# Ledger files found to hold just what their store holds, by their size and time of change.
_compared: dict[Path, tuple[int, int]] = {}


def present(home: Home) -> duckdb.DuckDBPyConnection:
    """The store itself, of the version we know; made when there has never been one.

    `Fault` when it is damaged or missing, held by another program, or not ours to open, or when the
    key is not the one it is encrypted with.
    """
    if not home.store.exists():
        if home.ledger.exists() and home.ledger.stat().st_size:
            raise Fault("store_missing", file=str(home.store))
        _make(home)
    if _damage(home).exists():
        raise Fault("store_damaged", file=str(home.store), folder=str(_damage(home)))
    connection = _connected(home)
    try:
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _make(home: Home) -> None:
    """Under another name first: killed here, it leaves no file that is half a store."""
    part = home.store.with_suffix(".part")
    clear(part)
    try:
        connection = exact_files.connect(home, part)
        migrate(connection)
        connection.close()
        part.replace(home.store)
    except (duckdb.Error, OSError) as error:
        raise fault_of(error, home) or error from error


def _connected(home: Home) -> duckdb.DuckDBPyConnection:
    until = time.monotonic() + HELD_SECONDS
    lacks_key = store_key(home) is not None and engine.is_encrypted(home.store) is False
    while True:
        try:
            connection = exact_files.connect(
                home, home.store, read_only=lacks_key, spill=home.spill
            )
        except duckdb.Error as error:
            fault = fault_of(error, home) or Fault("store_unreadable", file=str(home.store))
            if fault.code != "store_held" or time.monotonic() > until:
                raise fault from error
            time.sleep(0.1)
        else:
            if not lacks_key:
                return connection
            connection.close()
            raise Fault("store_not_encrypted", file=str(home.store))


def migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring a store, or an empty file, to the version we know, step by step; `Fault` when it is newer."""
    version = _version(connection)
    if version > engine.STORE_VERSION:
        raise Fault("store_newer", found=version, known=engine.STORE_VERSION)
    for step in range(version + 1, engine.STORE_VERSION + 1):
        engine.create(connection, f"store_{step}")
    if version < engine.STORE_VERSION:
        # Changed tables are not left for the log to bring back.
        engine.checkpoint(connection)


def _version(connection: duckdb.DuckDBPyConnection) -> int:
    try:
        return int((engine.first(connection, "store/version") or (0,))[0])
    except duckdb.CatalogException:  # an empty file has no table to tell it
        return 0


def fault_of(error: Exception, home: Home) -> Fault | None:
    """What an error of the engine means to a person; None when it is about the question asked."""
    text = str(error)
    if _FULL.search(text):
        return Fault("store_no_space", folder=str(home.folder))
    if _HELD.search(text):
        return Fault("store_held", file=str(home.store))
    if _CLOSED.search(text):
        return Fault("store_no_access", file=str(home.store))
    if _DAMAGED.search(text):
        return Fault("store_damaged", file=str(home.store), folder=str(_keep_damaged(home)))
    return None


def _damage(home: Home) -> Path:
    """Where these very files, as they are now, are kept if they were found damaged."""
    files = filter(Path.exists, (home.store, *logs_of(home.store)))
    return home.quarantine / "-".join(f"{path.stat().st_mtime_ns:x}" for path in files)


def logs_of(store: Path) -> list[Path]:
    """The engine's logs beside a database file: what is committed but not yet in its place."""
    return sorted(store.parent.glob(f"{store.name}.wal*"))


def clear(path: Path) -> None:
    """Remove what an earlier try left of a new database file; never called on the store."""
    for leftover in (path, *logs_of(path)):
        leftover.unlink(missing_ok=True)


def _keep_damaged(home: Home) -> Path:
    """Copy what was found damaged, once; the files themselves stay where they are, untouched."""
    kept = _damage(home)
    with suppress(OSError):
        kept.mkdir(mode=0o700, parents=True)
        for path in (home.store, *logs_of(home.store)):
            shutil.copy2(path, kept)
    return kept


def trust_again(home: Home) -> None:
    """Trust a store once found damaged when every block of it can be read now; the caller holds the lock."""
    kept = _damage(home)
    if not home.store.exists() or not kept.exists():
        return
    with suppress(duckdb.Error):
        with closing(exact_files.connect(home, home.store, read_only=True)) as connection:
            engine.read_all(connection)
        kept.rename(kept.with_name(f"{kept.name}-read-whole"))


def compare(connection: duckdb.DuckDBPyConnection, home: Home) -> Fault | None:
    """Hold the store against the ledger outside it; None when both tell the same.

    Acts the ledger lacks because a process was killed after its commit are added to it.
    """
    found = engine.first(connection, "store/last_line")
    last = str(found[0]) if found else None
    if _compared.get(home.ledger) == _stamp(home.ledger) and ledger.ends_with(home.ledger, last):
        return None
    ledger.set_torn_aside(home.ledger)
    stored = list(engine.ask(connection, "store/lines")["line"])
    outside, _ = ledger.whole_lines(home.ledger)
    fault = _difference(stored, outside) or _unsealed(stored, connection, home)
    if fault is None:
        if len(stored) > len(outside):
            log.warning("ledger: added %d acts stored before a stop", len(stored) - len(outside))
            ledger.append(home.ledger, stored[len(outside) :])
        remember(home)
    return fault


def _difference(stored: list[str], outside: list[str]) -> Fault | None:
    both = min(len(stored), len(outside))
    if stored[:both] != outside[:both]:
        return Fault("ledger_differs")
    if len(outside) > both:
        return Fault("store_behind", number=len(outside) - both)
    if len(stored) > both and ledger.read(stored[-1])["first"] > both + 1:
        return Fault("ledger_cut", number=len(stored) - both)
    return None


def _unsealed(lines: list[str], connection: duckdb.DuckDBPyConnection, home: Home) -> Fault | None:
    """Whether a line was written by another hand, in the file and the store alike."""
    known = engine.first(connection, "store/secret_mark")
    if known is None or not is_there(home):
        return None  # without the secret no act is taken anyway
    sound = ledger.sound(lines, ledger.key_from(secret_of(home, str(known[0]))))
    return Fault("ledger_unsealed", line=sound + 1) if sound < len(lines) else None


def _stamp(path: Path) -> tuple[int, int]:
    return (path.stat().st_size, path.stat().st_mtime_ns) if path.exists() else (0, 0)


def remember(home: Home) -> None:
    """The ledger file as it is now was compared, or is the compared one with our own lines added."""
    _compared[home.ledger] = _stamp(home.ledger)


def forget(home: Home) -> None:
    """Have the next opening compare the whole ledger, whatever was compared before."""
    _compared.pop(home.ledger, None)


# A store in one of these states is read, from itself or a backup, and not written to.
_READ_ONLY = {
    "store_damaged",
    "store_missing",
    "store_behind",
    "ledger_cut",
    "ledger_differs",
    "ledger_unsealed",
}


def best(home: Home) -> tuple[duckdb.DuckDBPyConnection, Fault | None]:
    """A connection to the last good state, and what is wrong when that must not be written to.

    Writable when nothing is wrong. `Fault` when there is nothing to read at all.
    """
    connection = None
    try:
        connection = present(home)
        trouble = compare(connection, home)
    except (Fault, duckdb.Error, OSError) as error:
        if connection is not None:
            connection.close()
            connection = None
        fault = error if isinstance(error, Fault) else fault_of(error, home)
        if fault is None or fault.code not in _READ_ONLY:
            raise (fault or error) from error
        trouble = fault
    if trouble is None:
        assert connection is not None
        return connection, None
    return _last_good(home, connection, trouble), trouble


def _last_good(
    home: Home, connection: duckdb.DuckDBPyConnection | None, trouble: Fault
) -> duckdb.DuckDBPyConnection:
    """The present store or the newest good backup, whichever tells of more acts."""
    saved = backup.newest_good(home)
    if connection is not None:
        line = engine.first(connection, "store/last_line")
        if saved is None or saved.place <= ledger.place(line[0] if line else None):
            return connection
        connection.close()
    if saved is None:
        raise trouble
    return exact_files.connect(home, saved.store, read_only=True)
