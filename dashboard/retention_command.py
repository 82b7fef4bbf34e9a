"""The operator's command for how long exact rows are kept: what is past, and its erasure."""

from __future__ import annotations

import argparse

import pandas as pd

from durability import tell_remains
from inquiries import retention
from inquiries.actor import LOCAL
from inquiries.home import home_from_environment
from inquiries.retention import Due
from inquiries.store import system_clock
from inquiries.words import Words

DONE = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    chosen = parser.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--list", action="store_true", help="what is past, by source")
    chosen.add_argument("--apply", action="store_true", help="erase it, on the authority of --by")
    parser.add_argument("--by", default="", help="on whose authority, kept for ever")
    parser.add_argument(
        "--also-needed",
        action="store_true",
        help="also what the comparisons of the newest release rest on",
    )


def retain(chosen: argparse.Namespace, spoken: Words) -> int:
    """Say which months are past what the policy keeps them for, or erase them."""
    home, at = home_from_environment(), system_clock()
    found = retention.due(LOCAL, home, at)
    for line in (line for own in found for line in _lines(own, spoken)):
        print(line)
    if not found:
        print(spoken("command.retention_none"))
    if not chosen.apply:
        return DONE
    gone, remains = retention.erase_due(
        LOCAL, home, by=chosen.by, also_needed=chosen.also_needed, at=at
    )
    print(spoken("command.retention_erased", number=len(gone)))
    tell_remains(remains, spoken)
    return DONE


def _lines(own: Due, spoken: Words) -> list[str]:
    facts = {"source": own.source, "kept": own.kept}
    lines = [spoken("command.retention_nothing", **facts)]
    if own.submissions:
        number = len(own.submissions)
        past = _spans(own.months, spoken)
        lines = [spoken("command.retention_due", **facts, months=past, number=number)]
    if own.needed:
        months = _spans(own.needed_months, spoken)
        lines.append(spoken("command.retention_needed", source=own.source, months=months))
    if len(own.waiting):
        months = _spans(own.waiting, spoken)
        lines.append(spoken("command.retention_waiting", source=own.source, months=months))
    return lines


def _spans(months: pd.DatetimeIndex, spoken: Words) -> str:
    """Months as the spans they make."""
    numbers = pd.Series(months.year * 12 + months.month)
    runs = pd.Series(months).groupby((numbers.diff() != 1).cumsum().to_numpy())
    return spoken.listed([spoken.months(run.iloc[0], run.iloc[-1]) for _, run in runs])
