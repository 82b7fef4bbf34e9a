"""Submissions that can be made again from their number, a store to send them to, and children that send them."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from inquiries import opening
from inquiries.actor import LOCAL
from inquiries.faults import Fault
from inquiries.filing import Reporter, Source, Submission
from inquiries.home import Home
from inquiries.store import Store
from inquiries.vocabulary import REGISTERED

NOW = datetime(2026, 11, 22, 12, 0)
SOURCE = Source(
    "prove", "Prøve", "Trial", "inquiry", ("month", "count"), True, (Reporter("a", "A", "A"),)
)
CHANNELS = ("phone", "chat", "email", "in_person", "other")
MONTHS = 12


def month_of(number: int) -> pd.Timestamp:
    return pd.Timestamp("2020-01-01") + pd.DateOffset(months=number % MONTHS)


def counts_of(number: int) -> list[int]:
    """The counts of a submission, which no other has."""
    return [number * 10 + place for place in range(len(CHANNELS))]


def numbered(number: int) -> Submission:
    """A submission, with its id, that is the same each time it is made."""
    rows = pd.DataFrame(
        [
            {
                **dict.fromkeys(REGISTERED, ""),
                "month": month_of(number),
                "channel": channel,
                "count": count,
            }
            for channel, count in zip(CHANNELS, counts_of(number), strict=True)
        ]
    )
    return Submission(SOURCE.source, "a", (month_of(number),), rows, f"file {number}", f"s{number}")


def made(folder: Path, count: int = 0) -> Store:
    """A store with its source and the first so many submissions, sent at once."""
    store = Store(Home(folder), clock=lambda: NOW)
    store.add_source(LOCAL, SOURCE)
    if count:
        store.submit(LOCAL, *map(numbered, range(count)))
    return store


def stored(store: Store) -> dict[int, list[int]]:
    """Every submission there is to be read, and its counts."""
    with opening.opened(store._home) as connection:
        found = connection.execute(
            "select submission, list(count order by count) from inquiry_count group by submission"
        ).fetchall()
    return {int(submission[1:]): counts for submission, counts in found}


def expected(count: int) -> dict[int, list[int]]:
    return {number: counts_of(number) for number in range(count)}


def code_of(deed: Callable[[], object]) -> str:
    """The fault a deed ends in, "" when in none."""
    try:
        deed()
    except Fault as fault:
        return fault.code
    return ""


def child(work: Callable[[Callable[[str], None]], Any]) -> tuple[int, int]:
    """Start a process that does the work and may tell lines; its id, and where they are read."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    os.close(reading)
    try:
        work(lambda line: _write(writing, line))
    except BaseException:
        _write(writing, "failed " + traceback.format_exc().replace("\n", " | "))
        os._exit(1)
    os._exit(0)


def _write(descriptor: int, line: str) -> None:
    os.write(descriptor, f"{line}\n".encode())


def ended(process: int, reading: int) -> list[str]:
    """Wait for a child and give what it told."""
    with os.fdopen(reading, encoding="utf-8") as told:
        lines = told.read().splitlines()
    os.waitpid(process, 0)
    return lines


def in_child(work: Callable[[], Any]) -> Any:
    """What the work answers, done in a process of its own: its limits, user and death stay there."""

    def tell(write: Callable[[str], None]) -> None:
        write(pickle.dumps(work()).hex())

    lines = ended(*child(tell))
    assert lines and not lines[-1].startswith("failed"), lines
    return pickle.loads(bytes.fromhex(lines[-1]))


def dies(work: Callable[[], Any]) -> None:
    """Do the work in a process that ends itself, as a kill would, somewhere within."""
    process, reading = child(lambda _: work())
    lines = ended(process, reading)
    assert not lines, lines


@contextmanager
def replaced(owner: Any, name: str, other: Any) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, other)
    try:
        yield
    finally:
        setattr(owner, name, before)


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave_log(home: Home, numbers: range) -> None:
    """Send submissions in one process that is killed before its connection is closed: the log stays."""

    def work() -> None:
        with opening.opened(home):
            for number in numbers:
                Store(home, lambda: NOW).submit(LOCAL, numbered(number))
            die()

    dies(work)
