"""The exact store: every submission and every decision about it, never edited, each kept.

One DuckDB file, opened for each operation under an operating-system lock and closed again, so
that the command line works while the dashboard runs. What is in force for a source, reporter and
month is derived: the newest submission that stands. An act is acknowledged when its method has
returned: it is committed then, and in the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import Any

import duckdb
import pandas as pd
from uuid6 import uuid7

from inquiries import audit, engine, originals, submissions
from inquiries.actor import Actor, require_body, require_everywhere, require_whole
from inquiries.faults import Fault
from inquiries.filing import SOURCE_ID, Source, Submission, pairs
from inquiries.home import Home
from inquiries.ledger import Act
from inquiries.opening import Change, changing, opened, trouble
from inquiries.secret import is_there, secret_of

HEALTH_SECONDS = 5
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The time now, in UTC without a zone, as the store keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


class Store:
    """All that may be done with exact figures; each method says who asks."""

    def __init__(self, home: Home, clock: Clock = system_clock) -> None:
        self._home = home
        self._clock = clock

    @property
    def home(self) -> Home:
        """Where its file lies, and what is kept beside it."""
        return self._home

    def trouble(self) -> Fault | None:
        """Why the store can only be read, in words for a page; None when all is well."""
        return trouble(self._home)

    def require_sound(self) -> None:
        """`Fault` unless the store answers and takes acts; asks for no figure."""
        found = trouble(self._home, HEALTH_SECONDS)
        if found is not None:
            raise found

    @contextmanager
    def together(self) -> Iterator[None]:
        """The questions asked within share one opening of the store, and see the same figures.

        Others wait meanwhile: for asking alone, not for drawing a page.
        """
        with opened(self._home):
            yield

    def sources(self, actor: Actor) -> list[Source]:
        """The sources the store knows, each with its reporters."""
        audit.require(self._home, actor, "reader")
        with opened(self._home) as connection:
            return submissions.sources(connection)

    def source(self, actor: Actor, source: str) -> Source:
        """One source by its id; `Fault` when there is none."""
        for known in self.sources(actor):
            if known.source == source:
                return known
        raise Fault("source_unknown", source=source)

    def add_source(self, actor: Actor, source: Source) -> None:
        """Add a source and its reporters; `Fault` when the id is taken or no id."""
        with audit.act(self._home, actor, "add_source"):
            require_everywhere(actor, "steward")
            if not SOURCE_ID.fullmatch(source.source):
                raise Fault("source_id")
            with self._changing() as change:
                known = {known.source for known in submissions.sources(change.connection)}
                if source.source in known:
                    raise Fault("source_taken", source=source.source)
                submissions.add_source(change, source)
            audit.about(source.source)

    def submit(self, actor: Actor, *sent: Submission) -> None:
        """Store submissions, all or none; one that was ever stored before is left as it is.

        A submission's id is made before it is sent, so what failed halfway is simply sent again.
        """
        bodies = {f"{one.source}/{one.reporter}": one for one in sent}
        ids = [one.submission for one in sent]
        with audit.act(self._home, actor, "submit", *bodies, *ids):
            for one in bodies.values():
                require_body(actor, "steward", one.source, one.reporter)
            with self._changing() as change:
                originals.keep(self._home, submissions.add(change, sent, actor))

    def withdraw(self, actor: Actor, submission: str, reason: str) -> None:
        """Take a submission out of force; what stood before it stands again."""
        with audit.act(self._home, actor, "withdraw"):
            self._decide(actor, submission, "withdrawn", reason)

    def restore(self, actor: Actor, submission: str, reason: str) -> None:
        """Put a withdrawn submission back in force."""
        with audit.act(self._home, actor, "reinstate"):
            self._decide(actor, submission, "restored", reason)

    def _decide(self, actor: Actor, submission: str, kind: str, reason: str) -> None:
        if not reason.strip():
            raise Fault("reason_missing")
        with self._changing() as change:
            source, reporter = self._body(change.connection, actor, submission)
            decision = {
                "decision": str(uuid7()),
                "sequence": submissions.next_sequence(change.connection),
                "submission": submission,
                "kind": kind,
                "decided_at": change.at,
                "actor": actor.name,
                "reason": reason,
            }
            engine.fill(change.connection, "decision", pd.DataFrame([decision]))
            change.acts.append(Act(kind, submission, f"{source}/{reporter}"))

    def _body(
        self, connection: duckdb.DuckDBPyConnection, actor: Actor, submission: str
    ) -> tuple[str, str]:
        """Whose a submission is; `Fault` when there is none, `Forbidden` when not the caller's."""
        known = engine.first(connection, "store/submission", submission=submission)
        if known is None:
            raise Fault("submission_unknown")
        audit.about(f"{known[1]}/{known[2]}", submission)
        audit.require_body(self._home, actor, "steward", known[1], known[2])
        return known[1], known[2]

    def submissions(self, actor: Actor) -> pd.DataFrame:
        """Every submission in the caller's scope, newest first: who, when, which file, months, total, state.

        `state` is in_force (it speaks for `months_in_force` of its `months`), replaced or withdrawn;
        `decided_by` and `reason` are of the newest withdrawal or restoring. Totals hold each of the
        `masked` counts as 2. `original` is csv or xlsx where the file itself is kept, else empty.
        """
        found = self._exact(actor, "steward", "exact/submissions")
        kinds = originals.kinds(self._home)
        return found.assign(original=[kinds.get(one, "") for one in found["submission"]])

    def original(self, actor: Actor, submission: str) -> bytes:
        """The file a submission came in, byte for byte; `Fault` when it is not kept."""
        with (
            audit.act(self._home, actor, "download_original"),
            opened(self._home) as connection,
        ):
            self._body(connection, actor, submission)
            return originals.read(self._home, submission)

    def months_as_of(self, actor: Actor, submission: str) -> pd.DataFrame:
        """What stood in force for its reporter just after a submission came: month, submission, count."""
        with opened(self._home) as connection:
            self._body(connection, actor, submission)
            return self._exact(actor, "steward", "exact/months_as_of", submission=submission)

    def rows_as_of(self, actor: Actor, submission: str) -> pd.DataFrame:
        """The rows that stood in force for its reporter just after a submission came, `masked` among them."""
        with audit.act(self._home, actor, "download_rows"), opened(self._home):
            months = self.months_as_of(actor, submission)
            return self._exact(actor, "steward", "exact/submission_rows", submissions=pairs(months))

    def submission_rows(self, actor: Actor, submission: str) -> pd.DataFrame:
        """The rows of one submission as they were stored, to be taken away: the columns of `REGISTERED`, and `masked`."""
        with audit.act(self._home, actor, "download_rows"), opened(self._home) as connection:
            self._body(connection, actor, submission)
            months = self._exact(actor, "steward", "exact/submission_months", submission=submission)
            return self._exact(
                actor,
                "steward",
                "exact/submission_rows",
                submissions=pairs(months.assign(submission=submission)),
            )

    def erasures(self, actor: Actor) -> pd.DataFrame:
        """The tombstones: which submissions were erased, when, by whom, on whose authority and why."""
        audit.require(self._home, actor, "administrator")
        with opened(self._home) as connection:
            return engine.ask(connection, "store/erasures")

    def counts_by_month(self, actor: Actor, source: str, reporter: str) -> pd.DataFrame:
        """Exact counts in force for one reporter: month, count, masked (how many rows are)."""
        audit.require_body(self._home, actor, "steward", source, reporter)
        return self._exact(
            actor, "steward", "exact/counts_by_month", source=source, reporter=reporter
        )

    def rows_in_force(self, actor: Actor, source: str, reporter: str) -> pd.DataFrame:
        """Exact rows in force for one reporter: the columns of `REGISTERED`, and masked."""
        audit.require_body(self._home, actor, "steward", source, reporter)
        return self._exact(
            actor, "steward", "exact/rows_in_force", source=source, reporter=reporter
        )

    def owed(self, actor: Actor, newest: pd.Timestamp) -> pd.DataFrame:
        """The months that reporters in the caller's scope still owe: source, reporter, month."""
        return self._exact(actor, "steward", "exact/owed", newest=newest.to_pydatetime())

    def _exact(self, actor: Actor, role: str, question: str, **params: Any) -> pd.DataFrame:
        """The answer to a question about exact figures, bound to the caller's scope in a role."""
        audit.require(self._home, actor, role)
        with opened(self._home) as connection:
            return engine.ask(connection, question, scope=list(actor.scope_of(role)), **params)

    def months_in_force(self, actor: Actor, source: str) -> pd.DataFrame:
        """Which submission speaks for each reporter and month: reporter, month, submission."""
        return self._exact(actor, "publisher", "exact/months_in_force", source=source)

    def rows(self, actor: Actor, source: str, speaking: list[str]) -> pd.DataFrame:
        """Exact rows over all reporters, from the submission/month pairs that speak; codes as categories."""
        audit.require(self._home, actor, "publisher")
        params = {
            "source": source,
            "submissions": speaking,
            "scope": list(actor.scope_of("publisher")),
        }
        with opened(self._home) as connection:
            return engine.ask_coded(connection, "exact/rows", **params)

    def reporter_totals(self, actor: Actor, source: str, speaking: list[str]) -> pd.DataFrame:
        """Exact totals from the pairs that speak: month, reporter, count, row_count."""
        return self._exact(
            actor, "publisher", "exact/reporter_totals", source=source, submissions=speaking
        )

    def versions_released(self, actor: Actor, source: str) -> pd.DataFrame:
        """What releases have taken for each month: month, speaking, complete, newest (release number)."""
        return self._exact(actor, "publisher", "exact/versions_released", source=source)

    def row_changes(
        self, actor: Actor, source: str, old: list[str], new: list[str]
    ) -> pd.DataFrame:
        """By how much two choices of submission/month differ: reporter, month, changed."""
        return self._exact(actor, "publisher", "exact/row_changes", source=source, old=old, new=new)

    def secret(self, actor: Actor) -> bytes:
        """The secret that protects this store's figures, made and marked at first use."""
        audit.require(self._home, actor, "publisher")
        with opened(self._home) as connection:
            known = engine.first(connection, "store/secret_mark")
        if known is None:
            with self._changing():
                return secret_of(self._home, None)
        return secret_of(self._home, str(known[0]))

    def require_secret(self, actor: Actor) -> None:
        """`Fault` when the secret of this store's figures is lost, damaged, open to others or another one.

        Before the first release there is none, and none is made.
        """
        audit.require(self._home, actor, "publisher")
        with opened(self._home) as connection:
            marks = engine.ask(connection, "store/secret_mark")["mark"]
        if not marks.empty or is_there(self._home):
            secret_of(self._home, None if marks.empty else str(marks[0]))

    def releases(self, actor: Actor) -> pd.DataFrame:
        """Every release made, newest first."""
        audit.require(self._home, actor, "publisher")
        with opened(self._home) as connection:
            return engine.ask(connection, "store/releases")

    def record_release(self, actor: Actor, facts: dict[str, Any], months: pd.DataFrame) -> None:
        """Keep that a release was made, and which submission it took for each reporter's month."""
        with audit.act(self._home, actor, "release", facts["release"]):
            require_whole(actor, self.sources(actor))
            with self._changing() as change:
                row = {"released_at": change.at, "actor": actor.name, **facts}
                engine.fill(change.connection, "release", pd.DataFrame([row]))
                taken = months.assign(release=facts["release"])
                engine.fill(change.connection, "release_month", taken)
                change.acts.append(Act("released", facts["release"]))

    def record_recall(self, actor: Actor, release: str, because: str) -> None:
        """Keep that a release was recalled, and why."""
        with audit.act(self._home, actor, "recall", release):
            require_whole(actor, self.sources(actor))
            with self._changing() as change:
                row = {"release": release, "recalled_at": change.at, "actor": actor.name}
                row["because"] = because
                engine.fill(change.connection, "recall", pd.DataFrame([row]))
                change.acts.append(Act("recalled", release))

    def _changing(self) -> AbstractContextManager[Change]:
        return changing(self._home, self._clock())
