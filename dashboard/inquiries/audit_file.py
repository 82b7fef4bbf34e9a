"""Where the audit trail is written: a file a process, its lines sealed one over the other as the ledger's are.

A file's first line names the newest seals of the other files, so that a later process vouches for
what an earlier one wrote. Before an act begins, a small file beside it says so.
"""

from __future__ import annotations

import errno
import hmac
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from uuid6 import uuid7

from inquiries import ledger
from inquiries.durable import write_whole
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.secret import is_there, mark, secret_of

OPENED = "opened"
RECORDS, BEGUN = ".jsonl", ".begun"
PRIVATE = 0o600
# None is what the ledger says of a line that was written in part.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, None)
_writing = threading.Lock()


@dataclass
class _Log:
    """This process's own file, the key of its seals, and its last line as we wrote it."""

    path: Path
    key: bytes
    last: str


_logs: dict[tuple[int, Path], _Log] = {}


def begin(home: Home, facts: dict[str, Any]) -> Path:
    """Say on the disk that an act begins, and give the small file that says so; `Fault` when it cannot be said."""
    home.prepare()
    with _explained(home), _writing:
        own = _own_log(home)
        begun = own.path.with_name(f"{own.path.stem}.{facts['id']}{BEGUN}")
        line = ledger.sealed({"sequence": 0, **facts}, None, own.key)
        write_whole(begun, f"{line}\n".encode(), PRIVATE)
        return begun


def end(home: Home, begun: Path | None, facts: dict[str, Any]) -> None:
    """Add an act's record, and take away what said that it began; `Fault` when it is not on the disk."""
    with _explained(home), _writing:
        own = _own_log(home)
        sequence = ledger.place(own.last) + 1
        line = ledger.sealed({"sequence": sequence, **facts}, own.last, own.key)
        ledger.append(own.path, [line])
        own.last = line
        if begun is not None:
            begun.unlink(missing_ok=True)


def key_of(home: Home) -> bytes:
    """The key of the seals, from the secret of this home; `Fault` when that is lost or another one.

    In a home where nothing was ever sealed or protected the secret is made.
    """
    known = _known_mark(home.audit)
    if known is None and not is_there(home) and _is_used(home):
        raise Fault("secret_lost", file=str(home.secret))
    return hmac.digest(secret_of(home, known), b"inquiries: audit", "sha256")


def _known_mark(folder: Path) -> str | None:
    for path in reversed(files(folder)):
        lines, _ = ledger.whole_lines(path)
        try:
            return str(ledger.read(lines[0])["mark"])
        except (IndexError, ValueError, KeyError, TypeError):
            continue
    return None


def _is_used(home: Home) -> bool:
    return home.ledger.exists() or any(home.releases.glob("*")) or any(home.backups.glob("*"))


def files(folder: Path) -> list[Path]:
    """The files of records in a folder, by the time their processes first wrote."""
    return sorted(folder.glob(f"*{RECORDS}"))


def begun_in(folder: Path) -> dict[str, Path]:
    """The acts that have begun and not been seen to end, by id."""
    return {path.stem.rpartition(".")[2]: path for path in sorted(folder.glob(f"*.*{BEGUN}"))}


def now() -> datetime:
    """The machine's own time, in UTC: no caller has a say in it."""
    return datetime.now(UTC)


@contextmanager
def _explained(home: Home) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise Fault("store_no_space", folder=str(home.folder)) from error
        raise Fault("audit_no_access", folder=str(home.audit)) from error


def _own_log(home: Home) -> _Log:
    """This process's file as we left it; a new one when there is none yet, or somebody has changed it."""
    place = os.getpid(), home.audit
    own = _logs.get(place)
    if own is None or not ledger.ends_with(own.path, own.last):
        own = _logs[place] = _opened(home, own)
    return own


def _opened(home: Home, before: _Log | None) -> _Log:
    key = key_of(home)
    seen = _newest_seals(home.audit)
    if before is not None:
        seen[before.path.stem] = _end_of(before.last)
    at = now()
    name = f"{at:%Y%m%dT%H%M%S}-{os.getpid()}-{secrets.token_hex(4)}"
    facts = {
        "sequence": 1,
        "id": str(uuid7()),
        "at": at.isoformat(timespec="seconds"),
        "act": OPENED,
        "file": name,
        "mark": mark(secret_of(home, None)),
        "seen": seen,
        "begun": [path.stem for path in begun_in(home.audit).values()],
    }
    opened = _Log(home.audit / f"{name}{RECORDS}", key, ledger.sealed(facts, None, key))
    write_whole(opened.path, f"{opened.last}\n".encode(), PRIVATE)
    return opened


def _newest_seals(folder: Path) -> dict[str, list[Any]]:
    """The end of each file, as place and seal, except where another file's first line has named it."""
    ends, named = {}, set()
    for path in files(folder):
        lines, _ = ledger.whole_lines(path)
        try:
            seen = ledger.read(lines[0])["seen"]
            named |= {(name, seal) for name, (_, seal) in seen.items()}
            ends[path.stem] = _end_of(lines[-1])
        except (IndexError, ValueError, KeyError, TypeError, AttributeError):
            continue  # for `verify` to find
    return {name: end for name, end in ends.items() if (name, end[1]) not in named}


def _end_of(line: str) -> list[Any]:
    facts = ledger.read(line)
    return [facts["sequence"], facts["seal"]]
