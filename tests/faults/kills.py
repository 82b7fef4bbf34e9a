"""Uploads in one process after another, each killed at a random moment, and what is there in the end."""

from __future__ import annotations

import itertools
import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from inquiries import ledger
from inquiries.actor import LOCAL
from inquiries.home import Home
from inquiries.inspection import inspect
from inquiries.store import Store
from tests.faults.uploads import NOW, child, ended, expected, made, numbered, stored

MOST_UPLOADS = 2  # before a kill; the kill itself falls anywhere in the upload after them


@dataclass
class Told:
    """What came of so many kills: uploads acknowledged, in doubt when killed, and found wrong after."""

    kills: int = 0
    acknowledged: int = 0
    in_doubt: int = 0
    unopenable: int = 0
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
        told.unopenable += any(line.startswith("failed") for line in lines)
        done = [int(line.split()[1]) for line in lines if line.startswith("stored")]
        told.acknowledged += len(done)
        upcoming = max([upcoming - 1, *done]) + 1
        told.in_doubt += _is_there(folder, upcoming)
    Store(Home(folder), lambda: NOW).submit(LOCAL, numbered(upcoming))
    _judge(folder, upcoming + 1, told)
    return told


def _life(folder: Path, first: int, awaited: int, seconds: float) -> list[str]:
    """Upload from one number on; killed so many seconds after the awaited number of uploads is told."""

    def work(tell: Callable[[str], None]) -> None:
        store = Store(Home(folder), lambda: NOW)
        tell("begun")
        for number in itertools.count(first):
            store.submit(LOCAL, numbered(number))
            tell(f"stored {number}")

    process, reading = child(work)
    told = b""
    while told.count(b"\n") < awaited + 1 and (more := os.read(reading, 4096)):
        told += more
    time.sleep(seconds)
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    return told.decode().splitlines() + ended(process, reading)


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
