"""The operator's command for who may do what: for the first administrator, and where no page can be reached."""

from __future__ import annotations

import argparse
from typing import Any

from inquiries import granting
from inquiries.access import Grant, listed
from inquiries.actor import LOCAL
from inquiries.assignments import assignment, gathered
from inquiries.faults import Fault
from inquiries.home import home_from_environment
from inquiries.store import system_clock
from inquiries.words import Words

DONE = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    chosen = parser.add_mutually_exclusive_group(required=True)
    person: dict[str, Any] = {"nargs": 2, "metavar": ("ISSUER", "SUBJECT")}
    chosen.add_argument("--list", action="store_true", help="every person and what they hold")
    chosen.add_argument("--grant", **person, help="let a person hold --roles, and no others")
    chosen.add_argument("--remove", **person, help="take everything from a person")
    parser.add_argument("--name", default="", help="what the person is called in the list")
    parser.add_argument(
        "--roles",
        nargs="+",
        default=[],
        metavar="ROLE",
        help="as administrator, steward:SOURCE/REPORTER or analyst:*",
    )


def access(chosen: argparse.Namespace, spoken: Words) -> int:
    """List who may do what, give a person roles, or take them all."""
    home = home_from_environment()
    if chosen.grant:
        issuer, subject = chosen.grant
        granting.assign(
            LOCAL,
            home,
            issuer=issuer,
            subject=subject,
            name=chosen.name,
            assignments=gathered(map(_assignment, chosen.roles)),
            at=system_clock(),
        )
        print(spoken("access.kept", name=chosen.name))
    elif chosen.remove:
        granting.remove(LOCAL, home, *chosen.remove)
        print(spoken("access.removed"))
    else:
        for grant in listed(LOCAL, home):
            print(_line(grant))
    return DONE


def _assignment(entry: str) -> tuple[str, str]:
    found = assignment(entry)
    if found is None:
        raise Fault("access_entry", entry=entry)
    return found


def _line(grant: Grant) -> str:
    """One person, as the arguments that would grant the same."""
    roles = [
        f"{role}:{body}" if body else role
        for role, bodies in grant.assignments.items()
        for body in bodies or ("",)
    ]
    return f"{grant.issuer} {grant.subject} {grant.name}: {' '.join(roles)}"
