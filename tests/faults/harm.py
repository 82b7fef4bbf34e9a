"""What can befall the files of a store: cut, flipped, removed, exchanged; and what a user then sees."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from inquiries import ledger, opening, recovery
from inquiries.actor import LOCAL
from inquiries.backup import write_backup
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.locking import locked
from inquiries.store import Store
from tests.faults.children import NOBODY, die, dies
from tests.faults.uploads import NOW, code_of, counts_of, made, now, numbered, stored

IN_FILE, IN_LOG = 40, 6


def sound_home(folder: Path) -> Home:
    """A store with a newest backup of all it has acknowledged, and a log beside it."""
    made(folder, IN_FILE)
    home = Home(folder)
    dies(send_and_die, home, range(IN_FILE, IN_FILE + IN_LOG))
    logs = [(path, path.read_bytes()) for path in (home.store, *recovery.logs_of(home.store))]
    with locked(home):
        write_backup(home, NOW)
    for path, content in logs:
        path.write_bytes(content)
    return home


def send_and_die(home: Home, numbers: range) -> None:
    """Killed before the connection is closed, it leaves its log."""
    with opening.opened(home):
        for number in numbers:
            Store(home, now).submit(LOCAL, numbered(number))
        die()


def copies(whole: Home, folder: Path, count: int) -> Iterator[Home]:
    for number in range(count):
        copy = folder / str(number)
        shutil.copytree(whole.folder, copy)
        yield Home(copy)
        shutil.rmtree(copy)


def kept_from_us(folder: Path, place: str, mode: int) -> Home:
    """A home of another user with one submission, in which one file or folder is root's, with this mode."""
    made(folder, 1)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    os.chown(folder / place, 0, 0)
    (folder / place).chmod(mode)
    return Home(folder)


def given_back(home: Home, place: str) -> None:
    path = home.folder / place
    path.chmod(0o700 if path.is_dir() else 0o600)


def flip(path: Path, draw: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    path.write_bytes(content)


def cut(path: Path, draw: random.Random) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: draw.randrange(len(content))])


@dataclass(frozen=True)
class Seen:
    """What a user meets: how many wrong figures, how many of all, and the fault an upload ends in."""

    wrong: int
    missing: int
    fault: str


def seen(home: Home) -> Seen:
    """Ask for everything, twice: the first asking may be what finds the damage."""
    recovery.forget(home)
    store = Store(home, now)
    try:
        found = stored(store)
    except Fault:
        found = stored(store)
    wrong = sum(counts != counts_of(number) for number, counts in found.items())
    missing = IN_FILE + IN_LOG - len(found)
    assert set(found) == set(range(len(found)))  # never a gap: always the end of some act
    return Seen(wrong, missing, code_of(lambda: store.submit(LOCAL, numbered(99))))


def acts(home: Home) -> list[str]:
    return [ledger.read(line)["subject"] for line in ledger.whole_lines(home.ledger)[0]]
