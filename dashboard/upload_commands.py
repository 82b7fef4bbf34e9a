"""The operator's commands on a month's file: check it, or check and store it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pandas as pd

from inquiries.actor import LOCAL
from inquiries.faults import Fault
from inquiries.filing import Source, Submission
from inquiries.home import home_from_environment
from inquiries.intake import ACCEPT_WARNING, Verdict, examine
from inquiries.intake.sentences import sentence
from inquiries.limits import UPLOAD_BYTES
from inquiries.owed import this_month
from inquiries.spellings import Spellings, by_label
from inquiries.store import Store, system_clock
from inquiries.vocabulary import REGISTERED
from inquiries.words import Words

DONE, REFUSED, UNCONFIRMED = 0, 1, 3
# A file is judged by this when no source is named: every column, and an empty store.
ANY_SOURCE = Source("", "", "", "inquiry", REGISTERED)
NOTHING_FILED = pd.DataFrame()


def check(chosen: argparse.Namespace, spoken: Words) -> int:
    """Judge a file without storing anything."""
    source, standing, spellings = ANY_SOURCE, NOTHING_FILED, {}
    if chosen.against_store and not chosen.source:
        raise Fault("source_needed")
    if chosen.source:
        store = Store(home_from_environment())
        source = store.source(LOCAL, chosen.source)
        spellings = _spellings(source)
        if chosen.against_store:
            reporter = _reporter(source, chosen.reporter)
            standing = store.rows_in_force(LOCAL, source.source, reporter)
    verdict = _examine(bytes_of(chosen.file), chosen.file.name, source, standing, spellings)
    _report(verdict, spoken, as_json=chosen.json)
    return _exit_code(verdict)


def load(chosen: argparse.Namespace, spoken: Words) -> int:
    """Judge a file and store it when it is accepted and its warnings are confirmed."""
    store = Store(home_from_environment())
    source = store.source(LOCAL, chosen.source)
    reporter = _reporter(source, chosen.reporter)
    standing = store.rows_in_force(LOCAL, source.source, reporter)
    data = bytes_of(chosen.file)
    verdict = _examine(data, chosen.file.name, source, standing, _spellings(source))
    code = _exit_code(verdict)
    if code == UNCONFIRMED and chosen.accept_warnings:
        code = DONE
    if code == DONE:
        store.submit(
            LOCAL,
            Submission(
                source=source.source,
                reporter=reporter,
                months=verdict.months,
                rows=verdict.rows,
                fingerprint=verdict.fingerprint,
                original=data,
            ),
        )
    _report(verdict, spoken, as_json=chosen.json)
    return code


def _exit_code(verdict: Verdict) -> int:
    if not verdict.is_accepted:
        return REFUSED
    return UNCONFIRMED if verdict.outcome == ACCEPT_WARNING else DONE


def _spellings(source: Source) -> dict[tuple[str, str], str]:
    """The source's own labels, as the page reads its files by."""
    return by_label(Spellings(home_from_environment(), source).kept(LOCAL))


def bytes_of(path: Path) -> bytes:
    """A file's bytes; of one that is too large no more than shows it."""
    try:
        with path.open("rb") as file:
            return file.read(UPLOAD_BYTES + 1)
    except OSError as error:
        raise Fault("file_unreadable", file=str(path)) from error


def _examine(
    data: bytes,
    name: str,
    source: Source,
    standing: pd.DataFrame,
    spellings: dict[tuple[str, str], str],
) -> Verdict:
    newest = this_month(system_clock().date())
    return examine(data, source, newest, name=name, standing=standing, spellings=spellings)


def _reporter(source: Source, named: str | None) -> str:
    known = [reporter.reporter for reporter in source.reporters]
    if named is None and len(known) == 1:
        return known[0]
    if named not in known:
        raise Fault("reporter_unknown", source=source.source, known=", ".join(known))
    return str(named)


def _report(verdict: Verdict, spoken: Words, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(_facts(verdict, spoken), ensure_ascii=False))
        return
    total = spoken.number(verdict.total)
    print(spoken(f"outcome.{verdict.outcome}", rows=spoken.number(len(verdict.rows)), total=total))
    for problem in verdict.problems:
        print(sentence(problem, spoken))


def _facts(verdict: Verdict, spoken: Words) -> dict[str, Any]:
    """A verdict as other programs read it; the total is without masked counts."""
    return {
        "outcome": verdict.outcome,
        "rows": len(verdict.rows),
        "total": verdict.total,
        "masked": verdict.masked,
        "months": [month.strftime("%Y-%m") for month in verdict.months],
        "problems": [
            {
                "code": problem.code,
                "severity": problem.severity,
                "line": problem.line,
                "column": problem.column,
                "message": sentence(problem, spoken),
            }
            for problem in verdict.problems
        ],
    }
