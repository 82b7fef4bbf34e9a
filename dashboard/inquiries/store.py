"""The exact store: every submission and every decision about it, never edited, each kept.

One DuckDB file, opened for each operation under an operating-system lock and closed again, so
that the command line works while the dashboard runs. What is in force for a source, reporter and
month is derived: the newest submission that stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

import duckdb
import pandas as pd
from filelock import FileLock, Timeout
from uuid6 import uuid7

from inquiries import engine
from inquiries.actor import Actor, require, require_body
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.vocabulary import REGISTERED

Clock = Callable[[], datetime]

LOCK_SECONDS = 30
# Ids stand in links and file names.
SOURCE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def system_clock() -> datetime:
    """The time now, in UTC without a zone, as the store keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class Reporter:
    """Who files for a source; a hotline is its own reporter."""

    reporter: str
    name_da: str
    name_en: str


@dataclass(frozen=True)
class Source:
    """One series with one unit and one profile (the columns it registers)."""

    source: str
    name_da: str
    name_en: str
    unit: str
    columns: tuple[str, ...]
    synthetic: bool = False
    reporters: tuple[Reporter, ...] = ()

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_da


@dataclass(frozen=True)
class Submission:
    """One accepted file: the months it speaks for and its rows, as codes.

    `rows` has the columns of `REGISTERED` (those the source does not register are empty); a month
    in `months` without a row is a reported zero. The id is made before anything is stored, so that
    sending the same submission twice is the same as sending it once.
    """

    source: str
    reporter: str
    months: tuple[pd.Timestamp, ...]
    rows: pd.DataFrame
    fingerprint: str
    submission: str = field(default_factory=lambda: str(uuid7()))


class Store:
    """All that may be done with exact figures; each method says who asks."""

    def __init__(self, home: Home, clock: Clock = system_clock) -> None:
        self._home = home
        self._clock = clock

    @contextmanager
    def _open(self) -> Iterator[duckdb.DuckDBPyConnection]:
        self._home.prepare()
        lock = FileLock(f"{self._home.store}.lock", timeout=LOCK_SECONDS)
        try:
            with lock, _connection(self._home) as connection:
                yield connection
        except Timeout as error:
            raise Fault("store_busy", seconds=LOCK_SECONDS) from error

    def sources(self, actor: Actor) -> list[Source]:
        """The sources the store knows, each with its reporters."""
        require(actor, "reader")
        with self._open() as connection:
            return _sources(connection)

    def source(self, actor: Actor, source: str) -> Source:
        """One source by its id; `Fault` when there is none."""
        for known in self.sources(actor):
            if known.source == source:
                return known
        raise Fault("source_unknown", source=source)

    def add_source(self, actor: Actor, source: Source) -> None:
        """Add a source and its reporters; `Fault` when the id is taken."""
        require(actor, "steward")
        if not SOURCE_ID.fullmatch(source.source):
            raise Fault("source_id")
        with self._open() as connection:
            if any(known.source == source.source for known in _sources(connection)):
                raise Fault("source_taken", source=source.source)
            with _transaction(connection):
                _add_source(connection, source)

    def submit(self, actor: Actor, *submissions: Submission) -> None:
        """Store submissions, each in a transaction of its own; one already stored is left as it is."""
        for submission in submissions:
            require_body(actor, "steward", submission.source, submission.reporter)
        with self._open() as connection:
            for submission in submissions:
                if engine.ask(
                    connection, "store/submission", submission=submission.submission
                ).empty:
                    with _transaction(connection):
                        _add_submission(connection, submission, actor, self._clock())

    def withdraw(self, actor: Actor, submission: str, reason: str) -> None:
        """Take a submission out of force; what stood before it stands again."""
        self._decide(actor, submission, "withdrawn", reason)

    def restore(self, actor: Actor, submission: str, reason: str) -> None:
        """Put a withdrawn submission back in force."""
        self._decide(actor, submission, "restored", reason)

    def _decide(self, actor: Actor, submission: str, kind: str, reason: str) -> None:
        with self._open() as connection:
            known = engine.ask(connection, "store/submission", submission=submission)
            if known.empty:
                raise Fault("submission_unknown")
            require_body(actor, "steward", known["source"][0], known["reporter"][0])
            with _transaction(connection):
                decision = {
                    "decision": str(uuid7()),
                    "sequence": _next_sequence(connection),
                    "submission": submission,
                    "kind": kind,
                    "decided_at": self._clock(),
                    "actor": actor.name,
                    "reason": reason,
                }
                engine.fill(connection, "decision", pd.DataFrame([decision]))

    def submissions(self, actor: Actor) -> pd.DataFrame:
        """Every submission in the caller's scope, newest first, with months, total and state."""
        require(actor, "steward")
        with self._open() as connection:
            return engine.ask(connection, "exact/submissions", scope=list(actor.scope))

    def counts_by_month(self, actor: Actor, source: str, reporter: str) -> pd.DataFrame:
        """Exact counts in force for one reporter: month, count."""
        require_body(actor, "steward", source, reporter)
        with self._open() as connection:
            return engine.ask(
                connection,
                "exact/counts_by_month",
                source=source,
                reporter=reporter,
                scope=list(actor.scope),
            )

    def months_filed(self, actor: Actor, source: str) -> pd.DataFrame:
        """For each month of a source how many reporters filed and how many owe: month, filed, owed."""
        require(actor, "publisher")
        with self._open() as connection:
            return engine.ask(
                connection, "exact/months_filed", source=source, scope=list(actor.scope)
            )

    def cells(self, actor: Actor, source: str, grid: dict[str, pd.DataFrame]) -> pd.DataFrame:
        """Every cell of a source's lattice, exact: the input of disclosure control and of nothing else.

        `grid` holds the frames `period`, `municipality_region` and `shown_value`.
        """
        require(actor, "publisher")
        with self._open() as connection:
            engine.lend(connection, grid)
            return engine.ask(connection, "exact/cells", source=source, scope=list(actor.scope))


@contextmanager
def _connection(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    try:
        connection = engine.connect(home.store, spill=home.spill)
    except duckdb.Error as error:
        raise Fault("store_unreadable", file=str(home.store)) from error
    try:
        _migrate(connection)
        yield connection
    finally:
        connection.close()


def _migrate(connection: duckdb.DuckDBPyConnection) -> None:
    if not engine.ask(connection, "store/has_tables")["made"][0]:
        engine.create(connection, "store_1")
    version = int(engine.ask(connection, "store/version")["version"][0])
    if version > engine.STORE_VERSION:
        raise Fault("store_newer", found=version, known=engine.STORE_VERSION)


@contextmanager
def _transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _sources(connection: duckdb.DuckDBPyConnection) -> list[Source]:
    reporters: dict[str, list[Reporter]] = {}
    for row in engine.ask(connection, "store/reporters").itertuples(index=False):
        reporters.setdefault(row.source, []).append(
            Reporter(row.reporter, row.name_da, row.name_en)
        )
    return [
        Source(
            source=row.source,
            name_da=row.name_da,
            name_en=row.name_en,
            unit=row.unit,
            columns=tuple(row.columns.split()),
            synthetic=bool(row.synthetic),
            reporters=tuple(reporters.get(row.source, ())),
        )
        for row in engine.ask(connection, "store/sources").itertuples(index=False, name="Row")
    ]


def _add_source(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    row = {
        "source": source.source,
        "name_da": source.name_da,
        "name_en": source.name_en,
        "unit": source.unit,
        "columns": " ".join(source.columns),
        "synthetic": source.synthetic,
    }
    engine.fill(connection, "source", pd.DataFrame([row]))
    reporters = [{"source": source.source} | asdict(reporter) for reporter in source.reporters]
    engine.fill(connection, "reporter", pd.DataFrame(reporters))


def _add_submission(
    connection: duckdb.DuckDBPyConnection, submission: Submission, actor: Actor, now: datetime
) -> None:
    head = {
        "submission": submission.submission,
        "sequence": _next_sequence(connection),
        "source": submission.source,
        "reporter": submission.reporter,
        "received_at": now,
        "actor": actor.name,
        "fingerprint": submission.fingerprint,
        "row_count": len(submission.rows),
        "total": int(submission.rows["count"].sum()),
    }
    months = pd.DataFrame(
        {"submission": submission.submission, "month": pd.to_datetime(list(submission.months))}
    )
    rows = submission.rows[list(REGISTERED)].assign(submission=submission.submission)
    engine.fill(connection, "submission", pd.DataFrame([head]))
    engine.fill(connection, "submission_month", months)
    if not rows.empty:
        engine.fill(connection, "inquiry_count", rows)


def _next_sequence(connection: duckdb.DuckDBPyConnection) -> int:
    return int(engine.ask(connection, "store/next_sequence")["sequence"][0])
