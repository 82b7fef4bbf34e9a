"""A first start: the sources of `data/reference/`, the sample figures, and a first release of them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from inquiries import directory
from inquiries.actor import LOCAL
from inquiries.build import build
from inquiries.faults import Fault
from inquiries.filing import Reporter, Source, Submission
from inquiries.home import PROJECT, Home
from inquiries.intake import ACCEPT, examine
from inquiries.release import ever_released
from inquiries.store import Clock, Store, system_clock
from inquiries.vocabulary import read_table

SAMPLE = PROJECT / "data" / "sample"


def prepare(home: Home, clock: Clock = system_clock) -> bool:
    """Publish the directory when none is, and make the first release of sample figures when there never was one.

    True when a release was made.
    """
    home.prepare()
    if not home.directory.exists():
        directory.publish(home)
    if ever_released(home):  # what was recalled must not come out again by itself
        return False
    store = Store(home, clock)
    for source in seeded_sources():
        if source.source not in {known.source for known in store.sources(LOCAL)}:
            store.add_source(LOCAL, source)
        if store.months_in_force(LOCAL, source.source).empty:
            store.submit(LOCAL, *sample_submissions(source, SAMPLE))
    build(LOCAL, home, clock=clock)
    return True


def renew_directory(home: Home) -> Fault | None:
    """Publish the directory anew; the fault when an entry must not be, and the old one stays.

    Without an old one the fault is raised.
    """
    try:
        directory.publish(home.prepare())
    except Fault as fault:
        if not home.directory.exists():
            raise
        return fault
    return None


def seeded_sources() -> list[Source]:
    """The sources the product comes with."""
    reporters = read_table("reporters")
    return [
        Source(
            source=row["source"],
            name_da=row["name_da"],
            name_en=row["name_en"],
            unit=row["unit"],
            columns=tuple(row["columns"].split()),
            synthetic=row["synthetic"] == "yes",
            reporters=tuple(
                Reporter(own["reporter"], own["name_da"], own["name_en"])
                for own in reporters
                if own["source"] == row["source"]
            ),
        )
        for row in read_table("sources")
    ]


def sample_submissions(source: Source, folder: Path) -> list[Submission]:
    """The committed sample files of a source, oldest first, through the same intake as any file."""
    submissions = []
    for path in sorted((folder / source.source).glob("*/*.csv"), key=lambda path: path.stem):
        verdict = examine(path.read_bytes(), source, pd.Timestamp(f"{path.stem}-01"))
        if verdict.outcome != ACCEPT:
            raise ValueError(f"the sample file {path.name} of {path.parent.name} is refused")
        submissions.append(
            Submission(
                source=source.source,
                reporter=path.parent.name,
                months=verdict.months,
                rows=verdict.rows,
                fingerprint=verdict.fingerprint,
            )
        )
    return submissions
