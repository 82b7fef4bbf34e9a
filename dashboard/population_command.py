"""The operator's command for the population: table FOLK1A before the readers at once, for rates per 100,000."""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from inquiries.actor import LOCAL
from inquiries.directory.hours import danish_time
from inquiries.home import Home, home_from_environment
from inquiries.intake.sentences import sentence
from inquiries.population import publish
from inquiries.population_file import examine, quarters_of
from inquiries.release import newest_whole, open_release
from inquiries.store import system_clock
from inquiries.words import Words
from upload_commands import bytes_of

DONE, REFUSED = 0, 1
MOST_TOLD = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="table FOLK1A as StatBank exports it, as CSV")


def population(chosen: argparse.Namespace, spoken: Words) -> int:
    """Publish the population of each municipality in each quarter there are released counts for."""
    home = home_from_environment()
    verdict = examine(bytes_of(chosen.file), _needed(home))
    for problem in verdict.problems[:MOST_TOLD]:
        print(sentence(problem, spoken))
    if verdict.problems:
        print(spoken("population.refused", number=spoken.number(len(verdict.problems))))
        return REFUSED
    publish(LOCAL, home, verdict.figures, danish_time(system_clock()).date())
    quarters = sorted(verdict.figures["quarter"].unique())
    first, last = (f"{one.year}K{one.quarter}" for one in (quarters[0], quarters[-1]))
    print(spoken("population.published", first=first, last=last))
    return DONE


def _needed(home: Home) -> list[pd.Timestamp]:
    """The quarters of the newest release; none before the first."""
    release, _ = newest_whole(home, open_release)
    if release is None:
        return []
    sources = release.sources.values()
    first = min(source.first_month for source in sources)
    last = max(source.data_through for source in sources)
    release.close()
    return quarters_of(first, last)
