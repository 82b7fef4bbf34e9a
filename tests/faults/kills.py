"""Uploads in one process after another, each killed at a random moment, and what is there in the end."""

from __future__ import annotations

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

LONGEST_LIFE = 0.5  # seconds; about as long as starting and a handful of uploads


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
    upcoming = 0
    for _ in range(kills):
        lines = _life(folder, upcoming, draw.uniform(0, LONGEST_LIFE))
        told.kills += 1
        told.unopenable += any(line.startswith("failed") for line in lines)
        done = [int(line.split()[1]) for line in lines if line.startswith("stored")]
        told.acknowledged += len(done)
        upcoming = max([upcoming - 1, *done]) + 1
        told.in_doubt += _is_there(folder, upcoming)
    Store(Home(folder), lambda: NOW).submit(LOCAL, numbered(upcoming))
    _judge(folder, upcoming + 1, told)
    return told


def _life(folder: Path, first: int, seconds: float) -> list[str]:
    def work(tell: Callable[[str], None]) -> None:
        store = Store(Home(folder), lambda: NOW)
        tell("begun")
        number = first
        while True:
            store.submit(LOCAL, numbered(number))
            tell(f"stored {number}")
            number += 1

    process, reading = child(work)
    assert os.read(reading, len(b"begun\n")) == b"begun\n"
    time.sleep(seconds)
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    return ended(process, reading)


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
