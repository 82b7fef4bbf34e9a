"""Uploads in one process after another, each killed at a random moment, and what is there in the end."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from inquiries import ledger
from inquiries.actor import LOCAL
from inquiries.filing import Submission
from inquiries.home import Home
from inquiries.inspection import inspect
from inquiries.store import Store
from tests.faults.children import Child, killed_at
from tests.faults.uploads import expected, made, now, numbered, stored

MOST_UPLOADS = 2  # before a kill; the kill itself falls anywhere in the upload after them


@dataclass
class Told:
    """What came of so many kills: uploads acknowledged, in doubt when killed, and found wrong after."""

    kills: int = 0
    acknowledged: int = 0
    in_doubt: int = 0
    lost: int = 0
    half: int = 0
    double: int = 0


def uploads_killed(folder: Path, kills: int, seed: int) -> Told:
    """Upload without end, kill at random, and go on with the upload nobody acknowledged."""
    draw, told = random.Random(seed), Told()
    made(folder)
    upcoming, usual = 0, 0.05
    for _ in range(kills):
        begun = time.monotonic()
        awaited = draw.randrange(MOST_UPLOADS + 1)
        lines = _life(folder, upcoming, awaited, draw.uniform(0, usual))
        usual = (usual + (time.monotonic() - begun) / (awaited + 1)) / 2
        told.kills += 1
        done = [int(line.split()[1]) for line in lines if line.startswith("stored")]
        told.acknowledged += len(done)
        upcoming = max([upcoming - 1, *done]) + 1
        told.in_doubt += _is_there(folder, upcoming)
    Store(Home(folder), now).submit(LOCAL, numbered(upcoming))
    _judge(folder, upcoming + 1, told)
    return told


def _life(folder: Path, first: int, awaited: int, seconds: float) -> list[str]:
    """Upload from one number on; killed so many seconds after the awaited number of uploads is told."""
    child = Child(_uploads, Home(folder), first)
    child.hear(awaited + 1)
    time.sleep(seconds)
    return child.killed()


def _uploads(home: Home, first: int) -> Iterator[str]:
    store = Store(home, now)
    yield "begun"
    for number in itertools.count(first):
        store.submit(LOCAL, numbered(number))
        yield f"stored {number}"


def killed_in_act(step: str, home: Home, submission: Submission) -> None:
    """Upload, killed at a step of the act itself: the opening, which has the same steps, has been."""
    store = Store(home, now)
    store.sources(LOCAL)
    killed_at(step, store.submit, LOCAL, submission)


def _is_there(folder: Path, number: int) -> bool:
    """Whether the upload that was not acknowledged is in the store all the same."""
    return f"s{number}" in set(Store(Home(folder)).submissions(LOCAL)["submission"])


def _judge(folder: Path, count: int, told: Told) -> None:
    found, wanted = stored(Store(Home(folder))), expected(count)
    told.lost = len(wanted.keys() - found.keys())
    told.half = sum(found[one] != wanted[one] for one in found.keys() & wanted.keys())
    lines, _ = ledger.whole_lines(Home(folder).ledger)
    subjects = [ledger.read(line)["subject"] for line in lines]
    told.double = len(subjects) - len(set(subjects)) + len(found.keys() - wanted.keys())
    assert [fault.code for fault in inspect(LOCAL, Home(folder)).faults] == []
