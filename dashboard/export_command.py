"""The operator's command that makes files of the slides, as a monthly routine."""

from __future__ import annotations

import argparse
from pathlib import Path

from inquiries.directory import read_published
from inquiries.directory.hours import danish_time
from inquiries.drop import choosable_phases
from inquiries.facts import MAIN_PHASE
from inquiries.faults import Fault
from inquiries.home import Home, home_from_environment
from inquiries.release import Release, newest_whole, open_release
from inquiries.slides import SLIDES, Choices, story
from inquiries.store import system_clock
from inquiries.words import Words

DONE = 0
# As exports/slide_files.py has them, which takes a second to load and is wanted by this command alone.
KINDS = ("pptx", "pdf", "report", "html", "png", "svg")
FIRST_COMPARED = "inquirer"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--release", help="the id of the release; the newest unless named")
    parser.add_argument("--source", help="the id of the source; each of the release unless named")
    parser.add_argument("--kind", choices=KINDS, required=True, help="the kind of file")
    parser.add_argument("--phase", default=MAIN_PHASE, help="the phase that is told")
    parser.add_argument(
        "--slides", nargs="+", choices=SLIDES, default=list(SLIDES), help="which, in this order"
    )
    parser.add_argument("--folder", type=Path, default=Path(), help="where the files are put")


def export(chosen: argparse.Namespace, spoken: Words) -> int:
    """Make a file of the slides of each source of a release."""
    from inquiries.exports.slide_files import file_name

    home = home_from_environment()
    release = _release(home, chosen.release)
    if chosen.phase not in choosable_phases(release.ask("release/phases")):
        raise Fault("export_phase", phase=chosen.phase)
    for source in _sources(release, chosen.source):
        path = chosen.folder / file_name(chosen.kind, release.about.release, source, spoken)
        content = _made(release, source, chosen, home, spoken)
        try:
            path.write_bytes(content)
        except OSError as error:
            raise Fault("export_not_written", file=str(path)) from error
        print(spoken("command.exported", file=path))
    return DONE


def _release(home: Home, named: str | None) -> Release:
    if named is None:
        release, _ = newest_whole(home, open_release)
        if release is None:
            raise Fault("export_before_release")
        return release
    path = home.releases / f"{named}.duckdb"
    if path.parent != home.releases or not path.is_file():
        raise Fault("export_release", release=named)
    return open_release(path)


def _sources(release: Release, named: str | None) -> list[str]:
    if named is None:
        return list(release.sources)
    if named not in release.sources:
        raise Fault("export_source", source=named)
    return [named]


def _made(
    release: Release, source: str, chosen: argparse.Namespace, home: Home, spoken: Words
) -> bytes:
    from inquiries.exports.slide_files import KINDS, Asked

    registered = release.sources[source].columns.split()
    by = FIRST_COMPARED if FIRST_COMPARED in registered else ""
    choices = Choices(source, phase=chosen.phase, by=by, slides=tuple(chosen.slides))
    contacts = read_published(home.directory)
    today = danish_time(system_clock()).date()
    slides = story(release.ask, choices, contacts, today, spoken)
    return KINDS[chosen.kind].make(Asked(slides, contacts, today, home, spoken))
