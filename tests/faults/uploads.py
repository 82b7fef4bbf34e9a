"""Submissions that can be made again from their number, and a store to send them to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

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


def now() -> datetime:
    return NOW


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
    store = Store(Home(folder), now)
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
