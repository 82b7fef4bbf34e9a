"""The operator's command line: run, check, load, release.

Exit codes: 0 done, 1 the file was refused, 2 something else stopped it, said in one sentence, 3 the
file can be stored once its warnings are confirmed (`load --accept-warnings`).
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import access_command
import audit_command
import contact_command
import document_command
import durability
import export_command
import population_command
import retention_command
from inquiries import audit
from inquiries.actor import LOCAL
from inquiries.faults import Fault
from inquiries.filing import Reporter, Source
from inquiries.home import Home, home_from_environment
from inquiries.keeping import keeping_of
from inquiries.policy import policy_of, sign_policy
from inquiries.release import newest_whole, open_release
from inquiries.secret import copy_secret
from inquiries.sign_in import require_sign_in, sign_in_of
from inquiries.store import Store, system_clock
from inquiries.vocabulary import PROFILES
from inquiries.words import LOCALES, Words, words
from upload_commands import check, load

DONE, STOPPED = 0, 2
ADDRESS = "127.0.0.1"
EDITION = "INQUIRIES_EDITION"
Command = Callable[[argparse.Namespace, Words], int]


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
    from inquiries.seed import prepare, renew_directory  # fits curves, which takes a second to load

    home = home_from_environment()
    sign_in = sign_in_of(home)
    require_sign_in(sign_in, chosen.address, home)
    _require_free_port(chosen.address, chosen.port)
    started = time.monotonic()
    os.environ[EDITION] = chosen.edition
    if chosen.edition == "full":
        durability.tell_trouble(home, spoken)
        _require_protection(home)
        durability.remove_old_records(home, spoken)
        durability.tell_encryption(home, spoken)
        if refused := renew_directory(home):
            print(spoken(f"fault.{refused.code}", **refused.facts), file=sys.stderr)
        if prepare(home):
            print(spoken("command.prepared", seconds=spoken.number(time.monotonic() - started, 1)))
    _tell_damage(home, spoken)
    from app import app  # the pages and all they need; no other command waits for them
    from serving import serve

    address = sign_in.address if sign_in else f"http://{chosen.address}:{chosen.port}"
    print(spoken("command.serving", address=address), flush=True)
    with suppress(KeyboardInterrupt):
        serve(app, chosen.address, chosen.port)
    return DONE


def _require_protection(home: Home) -> None:
    """`Fault` when a policy or the secret is not fit to protect: then nothing starts that could release or keep."""
    policy_of(home)
    keeping_of(home)
    Store(home).require_secret(LOCAL)


def _tell_damage(home: Home, spoken: Words) -> None:
    """Tell the operator when the newest release cannot be read; the pages show the one before it."""
    whole, damage = newest_whole(home, open_release)
    if whole:
        whole.close()
    if damage:
        print(spoken(f"fault.{damage.code}", **damage.facts), file=sys.stderr, flush=True)


def _require_free_port(address: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise Fault("port_taken", port=port, other=port + 1) from error


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
    from inquiries.build import build

    identity = build(
        LOCAL,
        home_from_environment(),
        note=chosen.note,
        forced_because=chosen.force_because,
        new_series_because=chosen.new_series_because,
    )
    print(spoken("command.released", release=identity))
    return DONE


def recall(chosen: argparse.Namespace, spoken: Words) -> int:
    """Take a release back: readers see the one before it."""
    from inquiries.build import recall_release

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
    home = home_from_environment()
    with audit.act(home, LOCAL, "copy_secret"):
        copy_secret(home, chosen.target)
    print(spoken("command.secret_copied", file=chosen.target))
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="manage.py", description=__doc__.split("\n")[0])
    parser.add_argument("--language", choices=list(LOCALES), default="da")
    commands = parser.add_subparsers(required=True, metavar="command")
    _run_arguments(_command(commands, "run", run))
    _check_arguments(_command(commands, "check", check))
    _load_arguments(_command(commands, "load", load))
    _source_arguments(_command(commands, "add-source", add_source))
    _release_arguments(_command(commands, "release", release))
    _command(commands, "recall", recall).add_argument("release", help="the id of the release")
    commands.choices["recall"].add_argument("--because", required=True, help="why, kept for ever")
    _sign_arguments(_command(commands, "sign-policy", sign))
    _command(commands, "backup-secret", backup_secret).add_argument("target", type=Path)
    durability.add_commands(partial(_command, commands))
    audit_command.add_arguments(_command(commands, "audit", audit_command.audit))
    contact_command.add_arguments(_command(commands, "directory", contact_command.directory))
    population_command.add_arguments(
        _command(commands, "population", population_command.population)
    )
    export_command.add_arguments(_command(commands, "export", export_command.export))
    access_command.add_arguments(_command(commands, "access", access_command.access))
    document_command.add_arguments(_command(commands, "document", document_command.document))
    retention_command.add_arguments(_command(commands, "retention", retention_command.retain))
    return parser


def _command(commands: Any, name: str, function: Command) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=function.__doc__)
    parser.set_defaults(command=function)
    return parser


def _run_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, choices=range(65536), metavar="PORT", default=8501)
    parser.add_argument(
        "--address",
        default=ADDRESS,
        help="where to listen; beyond this machine itself only with sign-in configured",
    )
    parser.add_argument(
        "--edition",
        choices=["full", "reader"],
        default="full",
        help="reader: released figures alone, from published/ and nothing else",
    )


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    _file_arguments(parser)
    parser.add_argument("--source", help="the source the file is for; else one of all columns")
    parser.add_argument(
        "--against-store",
        action="store_true",
        help="compare with what the reporter has in force, as load does",
    )


def _load_arguments(parser: argparse.ArgumentParser) -> None:
    _file_arguments(parser)
    parser.add_argument("--source", required=True, help="the id of the source the file is for")
    parser.add_argument(
        "--accept-warnings", action="store_true", help="confirm what the file is warned of"
    )


def _file_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")
    parser.add_argument("--reporter", help="who files; not needed when the source has one reporter")


def _release_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--note", default="", help="what readers should know of this release")
    parser.add_argument(
        "--force-because", default="", help="why a second release this month is needed, kept"
    )
    parser.add_argument(
        "--new-series-because",
        default="",
        help="why a changed policy or phase table begins a new series of releases, kept",
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
