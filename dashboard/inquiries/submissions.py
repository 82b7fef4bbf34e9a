"""How submissions are written to the store and known again: rows, months and keyed fingerprints."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import chain
from typing import Any

import duckdb
import pandas as pd

from inquiries import engine, ledger
from inquiries.actor import Actor, require_body
from inquiries.directory.guards import holds_markup
from inquiries.faults import Fault
from inquiries.filing import Reporter, Source, Submission
from inquiries.ledger import Act
from inquiries.opening import Change

SALT_BYTES = 16
AT_ONCE = 200
LONGEST_NAME = 120


def add(change: Change, submissions: Sequence[Submission], actor: Actor) -> list[Submission]:
    """Store those submissions that were never stored before, in their order, and give them."""
    for one in submissions:
        require_body(actor, "steward", one.source, one.reporter)
    ids = [submission.submission for submission in submissions]
    known = set(
        engine.ask(change.connection, "store/known_submissions", submissions=ids)["submission"]
    )
    new = {one.submission: one for one in submissions if one.submission not in known}
    if new:
        heads = _heads(change, list(new.values()), actor)
        engine.fill(change.connection, "submission", pd.DataFrame(heads))
        engine.fill(change.connection, "submission_month", _months(list(new.values())))
        rows = [_rows(one) for one in new.values() if not one.rows.empty]
        if rows:
            engine.fill(change.connection, "inquiry_count", _coded(pd.concat(rows)))
        found = fingerprints(
            change.connection, {head["submission"]: head["salt"] for head in heads}, change.key
        )
        change.acts += [_act(one, *found[one.submission]) for one in new.values()]
    return list(new.values())


def _heads(change: Change, new: list[Submission], actor: Actor) -> list[dict[str, Any]]:
    return [
        {
            "submission": one.submission,
            "sequence": sequence,
            "source": one.source,
            "reporter": one.reporter,
            "received_at": change.at,
            "actor": actor.name,
            "fingerprint": ledger.keyed(change.key, "file", one.fingerprint),
            "row_count": len(one.rows),
            "total": int(one.rows["count"].sum()),
            "salt": secrets.token_hex(SALT_BYTES),
        }
        for sequence, one in enumerate(new, next_sequence(change.connection))
    ]


def _months(new: list[Submission]) -> pd.DataFrame:
    pairs = [(one.submission, month) for one in new for month in one.months]
    return pd.DataFrame(pairs, columns=["submission", "month"])


def _rows(one: Submission) -> pd.DataFrame:
    masked = one.rows.get("masked", False)
    return one.rows.assign(submission=one.submission, masked=masked)


def _coded(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their texts as categories, which the engine takes in half the time."""
    return rows.astype(dict.fromkeys(rows.select_dtypes("string"), "category"))


def _act(one: Submission, months: str, rows: str) -> Act:
    return Act("submitted", one.submission, f"{one.source}/{one.reporter}", months, rows)


def fingerprints(
    connection: duckdb.DuckDBPyConnection, salts: Mapping[str, str], key: bytes
) -> dict[str, tuple[str, str]]:
    """For each submission, from what the store holds: its months "first/last", and its keyed fingerprint.

    The salt is the submission's own, so that an erasure, which takes it away, leaves in the ledger
    a fingerprint that fits nothing any more.
    """
    found = {}
    ids = list(salts)
    for start in range(0, len(ids), AT_ONCE):
        part = engine.ask(connection, "store/contents", submissions=ids[start : start + AT_ONCE])
        for row in part.itertuples():
            months = f"{row.first_month:%Y-%m}/{row.last_month:%Y-%m}"
            found[row.submission] = (
                months,
                ledger.keyed(key, salts[row.submission], row.months, row.digest),
            )
    return found


def next_sequence(connection: duckdb.DuckDBPyConnection) -> int:
    """The next place in the order of all submissions, decisions and erasures."""
    return int((engine.first(connection, "store/next_sequence") or (1,))[0])


def add_source(change: Change, source: Source) -> None:
    """Store a source and its reporters; `Fault` for a name that is none."""
    _require_names(source)
    row = {
        "source": source.source,
        "name_da": source.name_da,
        "name_en": source.name_en,
        "unit": source.unit,
        "columns": " ".join(source.columns),
        "synthetic": source.synthetic,
    }
    engine.fill(change.connection, "source", pd.DataFrame([row]))
    reporters = [{"source": source.source} | asdict(reporter) for reporter in source.reporters]
    engine.fill(change.connection, "reporter", pd.DataFrame(reporters))
    change.acts.append(Act("source_added", source.source))


def _require_names(source: Source) -> None:
    """The names stand in pages, files and slides: one line, of a length, of signs that can be seen."""
    reporters = [(one.name_da, one.name_en) for one in source.reporters]
    for name in [source.name_da, source.name_en, *chain(*reporters)]:
        if not name.strip() or len(name) > LONGEST_NAME or holds_markup(name):
            raise Fault("source_name", most=LONGEST_NAME)


def sources(connection: duckdb.DuckDBPyConnection) -> list[Source]:
    """Every source of the store, each with its reporters."""
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
