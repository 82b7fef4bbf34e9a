"""The operator's command line: run, check, load, release.

Exit codes: 0 done, 1 the file was refused, 2 something else stopped it, said in one sentence.
"""

from __future__ import annotations

import argparse
import json
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from inquiries.actor import LOCAL
from inquiries.build import build
from inquiries.faults import Fault
from inquiries.home import home_from_environment
from inquiries.intake import ACCEPT, Verdict, examine
from inquiries.intake.sentences import sentence
from inquiries.seed import prepare
from inquiries.store import Reporter, Source, Store, Submission, system_clock
from inquiries.vocabulary import REGISTERED
from inquiries.words import LOCALES, Words, words

DONE, REFUSED, STOPPED = 0, 1, 2
ADDRESS = "127.0.0.1"
Command = Callable[[argparse.Namespace, Words], int]
PROFILES = {"full": REGISTERED, "totals": ("month", "count")}


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command and give its exit code."""
    chosen = _parser().parse_args(arguments)
    spoken = words(chosen.language)
    try:
        code: int = chosen.command(chosen, spoken)
    except Fault as fault:
        print(spoken(f"fault.{fault.code}", **fault.facts), file=sys.stderr)
        return STOPPED
    return code


def run(chosen: argparse.Namespace, spoken: Words) -> int:
    """Prepare what is missing and serve the pages until interrupted."""
    home = home_from_environment()
    _require_free_port(chosen.port)
    started = time.monotonic()
    if prepare(home):
        print(spoken("command.prepared", seconds=spoken.number(time.monotonic() - started, 1)))
    from app import app  # the pages and all they need; no other command waits for them

    print(spoken("command.serving", address=f"http://{ADDRESS}:{chosen.port}"), flush=True)
    app.run(config={"server.port": chosen.port, "server.address": ADDRESS})
    return DONE


def _require_free_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            raise Fault("port_taken", port=port, other=port + 1) from error


def check(chosen: argparse.Namespace, spoken: Words) -> int:
    """Judge a file without storing anything."""
    source = Store(home_from_environment()).source(LOCAL, chosen.source)
    verdict = _examine(chosen.file, source)
    _report(verdict, spoken, as_json=chosen.json)
    return DONE if verdict.outcome == ACCEPT else REFUSED


def load(chosen: argparse.Namespace, spoken: Words) -> int:
    """Judge a file and store it when it is accepted."""
    store = Store(home_from_environment())
    source = store.source(LOCAL, chosen.source)
    verdict = _examine(chosen.file, source)
    if verdict.outcome == ACCEPT:
        reporter = _reporter(source, chosen.reporter)
        store.submit(
            LOCAL,
            Submission(
                source=source.source,
                reporter=reporter,
                months=verdict.months,
                rows=verdict.rows,
                fingerprint=verdict.fingerprint,
            ),
        )
    _report(verdict, spoken, as_json=chosen.json)
    return DONE if verdict.outcome == ACCEPT else REFUSED


def _examine(path: Path, source: Source) -> Verdict:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Fault("file_unreadable", file=str(path)) from error
    return examine(data, source, pd.Timestamp(system_clock().replace(day=1)).normalize())


def _reporter(source: Source, named: str | None) -> str:
    known = [reporter.reporter for reporter in source.reporters]
    if named is None and len(known) == 1:
        return known[0]
    if named not in known:
        raise Fault("reporter_unknown", source=source.source, known=", ".join(known))
    return str(named)


def _report(verdict: Verdict, spoken: Words, *, as_json: bool) -> None:
    problems = [
        {
            "code": problem.code,
            "line": problem.line,
            "column": problem.column,
            "message": sentence(problem, spoken),
        }
        for problem in verdict.problems
    ]
    if as_json:
        facts = {
            "outcome": verdict.outcome,
            "rows": len(verdict.rows),
            "total": verdict.total,
            "months": [month.strftime("%Y-%m") for month in verdict.months],
            "problems": problems,
        }
        print(json.dumps(facts, ensure_ascii=False))
        return
    print(spoken(f"outcome.{verdict.outcome}", rows=len(verdict.rows), total=verdict.total))
    for problem in problems:
        print(problem["message"])


def add_source(chosen: argparse.Namespace, spoken: Words) -> int:
    """Add a source of one reporter, itself."""
    name_en = chosen.name_en or chosen.name
    Store(home_from_environment()).add_source(
        LOCAL,
        Source(
            source=chosen.source,
            name_da=chosen.name,
            name_en=name_en,
            unit=chosen.unit,
            columns=PROFILES[chosen.profile],
            reporters=(Reporter(chosen.source, chosen.name, name_en),),
        ),
    )
    print(spoken("command.source_added", source=chosen.source))
    return DONE


def release(chosen: argparse.Namespace, spoken: Words) -> int:
    """Build the next release from all that is in force."""
    identity = build(
        LOCAL,
        home_from_environment(),
        accept_provisional_protection=chosen.accept_provisional_protection,
    )
    print(spoken("command.released", release=identity))
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="manage.py", description=__doc__.split("\n")[0])
    parser.add_argument("--language", choices=list(LOCALES), default="da")
    commands = parser.add_subparsers(required=True, metavar="command")
    _run_arguments(_command(commands, "run", run))
    _file_arguments(_command(commands, "check", check))
    loading = _command(commands, "load", load)
    _file_arguments(loading)
    loading.add_argument(
        "--reporter", help="who files; not needed when the source has one reporter"
    )
    _source_arguments(_command(commands, "add-source", add_source))
    _command(commands, "release", release).add_argument(
        "--accept-provisional-protection",
        action="store_true",
        help="release real figures although disclosure control is provisional",
    )
    return parser


def _command(commands: Any, name: str, function: Command) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=function.__doc__)
    parser.set_defaults(command=function)
    return parser


def _run_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8501)


def _file_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--source", required=True, help="the id of the source the file is for")
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")


def _source_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", help="a short id: letters, digits, hyphens")
    parser.add_argument("--name", required=True, help="the name readers see")
    parser.add_argument("--name-en", help="the name in English")
    parser.add_argument("--unit", choices=["inquiry", "case"], default="inquiry")
    parser.add_argument("--profile", choices=list(PROFILES), default="totals")


if __name__ == "__main__":
    sys.exit(main())
