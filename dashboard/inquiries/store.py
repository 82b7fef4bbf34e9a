"""The exact store: every submission and every decision about it, never edited, each kept.

One DuckDB file, opened for each operation under an operating-system lock and closed again, so
that the command line works while the dashboard runs. What is in force for a source, reporter and
month is derived: the newest submission that stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import duckdb
import pandas as pd
from uuid6 import uuid7

from inquiries import engine
from inquiries.actor import Actor, require, require_body
from inquiries.faults import Fault
from inquiries.filing import SOURCE_ID, Reporter, Source, Submission
from inquiries.home import Home
from inquiries.opening import opened, transaction
from inquiries.secret import mark, secret_of

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The time now, in UTC without a zone, as the store keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


class Store:
    """All that may be done with exact figures; each method says who asks."""

    def __init__(self, home: Home, clock: Clock = system_clock) -> None:
        self._home = home
        self._clock = clock

    def sources(self, actor: Actor) -> list[Source]:
        """The sources the store knows, each with its reporters."""
        require(actor, "reader")
        with opened(self._home) as connection:
            return _sources(connection)

    def source(self, actor: Actor, source: str) -> Source:
        """One source by its id; `Fault` when there is none."""
        for known in self.sources(actor):
            if known.source == source:
                return known
        raise Fault("source_unknown", source=source)

    def add_source(self, actor: Actor, source: Source) -> None:
        """Add a source and its reporters; `Fault` when the id is taken or no id."""
        require(actor, "steward")
        if not SOURCE_ID.fullmatch(source.source):
            raise Fault("source_id")
        with opened(self._home) as connection:
            if any(known.source == source.source for known in _sources(connection)):
                raise Fault("source_taken", source=source.source)
            with transaction(connection):
                _add_source(connection, source)

    def submit(self, actor: Actor, *submissions: Submission) -> None:
        """Store submissions, each in a transaction of its own; one already stored is left as it is."""
        for submission in submissions:
            require_body(actor, "steward", submission.source, submission.reporter)
        with opened(self._home) as connection:
            for submission in submissions:
                if engine.ask(
                    connection, "store/submission", submission=submission.submission
                ).empty:
                    with transaction(connection):
                        _add_submission(connection, submission, actor, self._clock())

    def withdraw(self, actor: Actor, submission: str, reason: str) -> None:
        """Take a submission out of force; what stood before it stands again."""
        self._decide(actor, submission, "withdrawn", reason)

    def restore(self, actor: Actor, submission: str, reason: str) -> None:
        """Put a withdrawn submission back in force."""
        self._decide(actor, submission, "restored", reason)

    def _decide(self, actor: Actor, submission: str, kind: str, reason: str) -> None:
        with opened(self._home) as connection:
            known = engine.ask(connection, "store/submission", submission=submission)
            if known.empty:
                raise Fault("submission_unknown")
            require_body(actor, "steward", known["source"][0], known["reporter"][0])
            with transaction(connection):
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
        return self._exact(actor, "exact/submissions")

    def counts_by_month(self, actor: Actor, source: str, reporter: str) -> pd.DataFrame:
        """Exact counts in force for one reporter: month, count."""
        require_body(actor, "steward", source, reporter)
        return self._exact(actor, "exact/counts_by_month", source=source, reporter=reporter)

    def rows_in_force(self, actor: Actor, source: str, reporter: str) -> pd.DataFrame:
        """Exact rows in force for one reporter: the columns of `REGISTERED`, and masked."""
        require_body(actor, "steward", source, reporter)
        return self._exact(actor, "exact/rows_in_force", source=source, reporter=reporter)

    def _exact(self, actor: Actor, question: str, **params: Any) -> pd.DataFrame:
        """The answer to a question about exact figures, bound to the caller's scope."""
        with opened(self._home) as connection:
            return engine.ask(connection, question, scope=list(actor.scope), **params)

    def months_filed(self, actor: Actor, source: str) -> pd.DataFrame:
        """For each month of a source how many reporters filed and how many owe: month, filed, owed."""
        require(actor, "publisher")
        return self._exact(actor, "exact/months_filed", source=source)

    def months_in_force(self, actor: Actor, source: str) -> pd.DataFrame:
        """Which submission speaks for each reporter and month: reporter, month, submission."""
        require(actor, "publisher")
        return self._exact(actor, "exact/months_in_force", source=source)

    def rows(self, actor: Actor, source: str, speaking: list[str]) -> pd.DataFrame:
        """Exact rows over all reporters, from the submission/month pairs that speak; codes as categories."""
        require(actor, "publisher")
        params = {"source": source, "submissions": speaking, "scope": list(actor.scope)}
        with opened(self._home) as connection:
            return engine.ask_coded(connection, "exact/rows", **params)

    def reporter_totals(self, actor: Actor, source: str, speaking: list[str]) -> pd.DataFrame:
        """Exact totals from the pairs that speak: month, reporter, count, row_count."""
        require(actor, "publisher")
        return self._exact(actor, "exact/reporter_totals", source=source, submissions=speaking)

    def months_released(self, actor: Actor, source: str) -> pd.DataFrame:
        """Which submission the newest release took: reporter, month, submission."""
        require(actor, "publisher")
        return self._exact(actor, "exact/months_released", source=source)

    def row_changes(
        self, actor: Actor, source: str, old: list[str], new: list[str]
    ) -> pd.DataFrame:
        """By how much two choices of submission/month differ: reporter, month, changed."""
        require(actor, "publisher")
        return self._exact(actor, "exact/row_changes", source=source, old=old, new=new)

    def secret(self, actor: Actor) -> bytes:
        """The secret that protects this store's figures, made and marked at first use."""
        require(actor, "publisher")
        with opened(self._home) as connection:
            marks = engine.ask(connection, "store/secret_mark")["mark"]
            known = None if marks.empty else str(marks[0])
            found = secret_of(self._home, known)
            if known is None:
                engine.fill(connection, "secret_mark", pd.DataFrame([{"mark": mark(found)}]))
            return found

    def releases(self, actor: Actor) -> pd.DataFrame:
        """Every release made, newest first."""
        require(actor, "publisher")
        with opened(self._home) as connection:
            return engine.ask(connection, "store/releases")

    def record_release(self, actor: Actor, facts: dict[str, Any], months: pd.DataFrame) -> None:
        """Keep that a release was made, and which submission it took for each reporter's month."""
        require(actor, "publisher")
        row = {"released_at": self._clock(), "actor": actor.name, **facts}
        with opened(self._home) as connection, transaction(connection):
            engine.fill(connection, "release", pd.DataFrame([row]))
            engine.fill(connection, "release_month", months.assign(release=facts["release"]))

    def record_recall(self, actor: Actor, release: str, because: str) -> None:
        """Keep that a release was recalled, and why."""
        require(actor, "publisher")
        row = {"release": release, "recalled_at": self._clock(), "actor": actor.name}
        with opened(self._home) as connection, transaction(connection):
            engine.fill(connection, "recall", pd.DataFrame([{**row, "because": because}]))


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
    # The engine takes categories in half the time of texts.
    texts = dict.fromkeys(submission.rows.select_dtypes("string"), "category")
    rows = submission.rows.astype(texts).assign(submission=submission.submission)
    engine.fill(connection, "submission", pd.DataFrame([head]))
    engine.fill(connection, "submission_month", months)
    if not rows.empty:
        engine.fill(connection, "inquiry_count", rows)


def _next_sequence(connection: duckdb.DuckDBPyConnection) -> int:
    return int(engine.ask(connection, "store/next_sequence")["sequence"][0])
