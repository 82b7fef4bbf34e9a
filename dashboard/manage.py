"""The operator's command line: run, check, load, release.

Exit codes: 0 done, 1 the file was refused, 2 something else stopped it, said in one sentence.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd

import contact_command
from inquiries.actor import LOCAL
from inquiries.build import build, recall_release
from inquiries.faults import Fault
from inquiries.filing import Reporter, Source, Submission
from inquiries.home import home_from_environment
from inquiries.intake import ACCEPT, Verdict, examine
from inquiries.intake.sentences import sentence
from inquiries.policy import sign_policy
from inquiries.secret import copy_secret
from inquiries.seed import prepare, renew_directory
from inquiries.store import Store, system_clock
from inquiries.vocabulary import REGISTERED
from inquiries.words import LOCALES, Words, words

DONE, REFUSED, STOPPED = 0, 1, 2
ADDRESS = "127.0.0.1"
EDITION = "INQUIRIES_EDITION"
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
    os.environ[EDITION] = chosen.edition
    if chosen.edition == "full":
        if refused := renew_directory(home):
            print(spoken(f"fault.{refused.code}", **refused.facts), file=sys.stderr)
        if prepare(home):
            print(spoken("command.prepared", seconds=spoken.number(time.monotonic() - started, 1)))
    from app import app  # the pages and all they need; no other command waits for them

    print(spoken("command.serving", address=f"http://{ADDRESS}:{chosen.port}"), flush=True)
    with suppress(KeyboardInterrupt):
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
        note=chosen.note,
        forced_because=chosen.force_because,
    )
    print(spoken("command.released", release=identity))
    return DONE


def recall(chosen: argparse.Namespace, spoken: Words) -> int:
    """Take a release back: readers see the one before it."""
    recall_release(LOCAL, home_from_environment(), chosen.release, chosen.because)
    print(spoken("command.recalled", release=chosen.release))
    return DONE


def sign(chosen: argparse.Namespace, spoken: Words) -> int:
    """Sign the policy of disclosure control, without which no real figures are released."""
    on = chosen.on or system_clock().strftime("%Y-%m-%d")
    sign_policy(LOCAL, home_from_environment(), chosen.by, on)
    print(spoken("command.signed", by=chosen.by, on=on))
    return DONE


def backup_secret(chosen: argparse.Namespace, spoken: Words) -> int:
    """Copy the secret to a file of its own, kept apart from every backup of the data."""
    copy_secret(home_from_environment(), chosen.target)
    print(spoken("command.secret_copied", file=chosen.target))
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
    _release_arguments(_command(commands, "release", release))
    _command(commands, "recall", recall).add_argument("release", help="the id of the release")
    commands.choices["recall"].add_argument("--because", required=True, help="why, kept for ever")
    _sign_arguments(_command(commands, "sign-policy", sign))
    _command(commands, "backup-secret", backup_secret).add_argument("target", type=Path)
    contact_command.add_arguments(_command(commands, "directory", contact_command.directory))
    return parser


def _command(commands: Any, name: str, function: Command) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=function.__doc__)
    parser.set_defaults(command=function)
    return parser


def _run_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, choices=range(65536), metavar="PORT", default=8501)
    parser.add_argument(
        "--edition",
        choices=["full", "reader"],
        default="full",
        help="reader: released figures alone, from published/ and nothing else",
    )


def _file_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--source", required=True, help="the id of the source the file is for")
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")


def _release_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--note", default="", help="what readers should know of this release")
    parser.add_argument(
        "--force-because", default="", help="why a second release this month is needed, kept"
    )


def _sign_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", required=True, help="the data-protection officer's title or body")
    parser.add_argument("--on", help="the date, as 2026-12-01; today unless named")


def _source_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", help="a short id: letters, digits, hyphens")
    parser.add_argument("--name", required=True, help="the name readers see")
    parser.add_argument("--name-en", help="the name in English")
    parser.add_argument("--unit", choices=["inquiry", "case"], default="inquiry")
    parser.add_argument("--profile", choices=list(PROFILES), default="totals")


if __name__ == "__main__":
    sys.exit(main())
