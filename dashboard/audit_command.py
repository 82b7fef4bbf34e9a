"""The operator's command for the audit trail: print its records, or verify that none was changed or removed."""

from __future__ import annotations

import argparse
from datetime import date

from inquiries import trail
from inquiries.actor import LOCAL
from inquiries.faults import Fault
from inquiries.home import home_from_environment
from inquiries.words import Words

DONE, WRONG = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--verify", action="store_true", help="check every seal; exit code 1 when one does not fit"
    )
    parser.add_argument(
        "--since", type=date.fromisoformat, metavar="DAY", help="print from this day on: 2026-11-01"
    )


def audit(chosen: argparse.Namespace, spoken: Words) -> int:
    """Print who did what, when and with what result, newest first; or verify the records."""
    home = home_from_environment()
    if chosen.verify:
        return _verify(*trail.verify(LOCAL, home), spoken)
    found = trail.chosen(trail.records(LOCAL, home), trail.Choice(since=chosen.since))
    for row in found.itertuples():
        told = (row.actor, row.act, row.result, row.code, row.subjects)
        print(f"{row.at:%Y-%m-%dT%H:%M:%SZ}", *filter(None, told))
    return DONE


def _verify(number: int, faults: list[Fault], spoken: Words) -> int:
    print(spoken("command.records_verified", number=number))
    for fault in faults:
        print(spoken(f"fault.{fault.code}", **fault.facts))
    if not faults:
        print(spoken("command.all_well"))
    return WRONG if faults else DONE
