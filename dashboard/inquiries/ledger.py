"""The ledger: one line for each acknowledged act, in a file outside the store, sealed over the line before.

The store holds the same lines in a table, written in the transaction of the act itself; the file is
written and flushed after the commit and before anybody is told. So the two differ only when a
process was killed between them (the file lacks the newest transaction) or when something was lost,
put back or edited. A line holds ids, months and keyed fingerprints: no count, no label, no person.

Seals and fingerprints are HMACs under a key derived from the secret: without it nobody can write a
line that fits, or try small counts until a fingerprint matches.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from inquiries.durable import flush


@dataclass(frozen=True)
class Act:
    """What was done to what: `subject` is the id of what it was done to.

    `kind` is source_added, submitted, withdrawn, restored, released, recalled, erased or put_back;
    `body` is "source/reporter", `months` "first/last", `rows` the keyed fingerprint of a
    submission's rows, and `kept` the number of lines that a store put back from a backup had.
    """

    kind: str
    subject: str
    body: str = ""
    months: str = ""
    rows: str = ""
    kept: int = 0


def key_from(secret: bytes) -> bytes:
    """The ledger's key; tells nothing of the secret it comes from."""
    return hmac.digest(secret, b"inquiries: ledger", "sha256")


def keyed(key: bytes, *parts: str) -> str:
    """A fingerprint that only a holder of the key can make again."""
    return hmac.digest(key, "\n".join(parts).encode(), "sha256").hex()


def lines_of(acts: Sequence[Act], last: str | None, at: datetime, key: bytes) -> list[str]:
    """The lines of one transaction, to follow the line `last` (None before the first)."""
    first = place(last) + 1
    lines = []
    for sequence, act in enumerate(acts, first):
        facts = {
            "sequence": sequence,
            "first": first,
            "at": at.isoformat(timespec="seconds"),
            **{name: value for name, value in asdict(act).items() if value},
        }
        last = sealed(facts, last, key)
        lines.append(last)
    return lines


def sealed(facts: dict[str, Any], last: str | None, key: bytes) -> str:
    """A line of these facts, sealed over the line before it (None for the first)."""
    previous = read(last)["seal"] if last else ""
    seal = keyed(key, previous, json.dumps(facts, sort_keys=True))
    return json.dumps(facts | {"previous": previous, "seal": seal})


def read(line: str) -> dict[str, Any]:
    """The facts of a line; ValueError when it is none."""
    facts: dict[str, Any] = json.loads(line)
    return facts


def place(line: str | None) -> int:
    """A line's place in the order, from 1; 0 before the first."""
    return int(read(line)["sequence"]) if line else 0


def sound(lines: Sequence[str], key: bytes) -> int:
    """How many lines, from the first, are in order and fit their seals."""
    last = None
    for count, line in enumerate(lines):
        if not fits(line, last, count + 1, key):
            return count
        last = line
    return len(lines)


def fits(line: str, last: str | None, sequence: int, key: bytes) -> bool:
    """Whether a line has this place after the line before it, and its own seal."""
    try:
        facts = read(line)
        del facts["seal"], facts["previous"]
        return facts["sequence"] == sequence and line == sealed(facts, last, key)
    except (ValueError, KeyError, TypeError):
        return False


def undone(lines: Sequence[str]) -> set[int]:
    """The places of lines that stand no longer, for a later line put back a store without them."""
    gone: set[int] = set()
    for facts in map(read, lines):
        if facts["kind"] == "put_back":
            gone |= set(range(facts.get("kept", 0) + 1, facts["sequence"]))
    return gone


def whole_lines(path: Path) -> tuple[list[str], bytes]:
    """Every whole line of a ledger file, and what follows the last: bytes of a line cut short."""
    content = path.read_bytes() if path.exists() else b""
    whole, _, torn = content.rpartition(b"\n")
    return (whole.decode("utf-8", "replace").split("\n") if whole else []), torn


def ends_with(path: Path, line: str | None) -> bool:
    """Whether this line is the file's last, and whole; only the end of the file is read."""
    if line is None:
        return not path.exists() or path.stat().st_size == 0
    if not path.exists():
        return False
    end = f"{line}\n".encode()
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - len(end)))
        return file.read() == end


def append(path: Path, lines: Sequence[str]) -> None:
    """Add lines and have them on the disk; OSError when they are not, and then none of them stays."""
    if not lines:
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_new = not path.exists()
    with path.open("ab", buffering=0) as file:
        before = file.seek(0, os.SEEK_END)
        content = "".join(f"{line}\n" for line in lines).encode()
        try:
            if file.write(content) != len(content):
                raise OSError("the disk is full")
            os.fsync(file.fileno())
        except OSError:
            file.truncate(before)
            raise
    if is_new:
        path.chmod(0o600)
        flush(path.parent)


def set_torn_aside(path: Path) -> None:
    """Keep the bytes of a line cut short in a file of their own, and end the ledger at its last whole line."""
    lines, torn = whole_lines(path)
    if not torn:
        return
    aside = path.with_name(f"torn-{len(lines) + 1}-{path.stat().st_mtime_ns}")
    aside.write_bytes(torn)
    flush(aside)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - len(torn))
        os.fsync(file.fileno())
