"""A first start: the sources of `data/reference/`, the sample figures, and a first release of them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from inquiries import directory
from inquiries.actor import LOCAL
from inquiries.build import build
from inquiries.filing import Reporter, Source, Submission
from inquiries.home import PROJECT, Home
from inquiries.intake import examine
from inquiries.release import newest
from inquiries.store import Clock, Store, system_clock
from inquiries.vocabulary import read_table

SAMPLE = PROJECT / "data" / "sample"


def prepare(home: Home, clock: Clock = system_clock) -> bool:
    """Publish the directory and, when there is no release yet, make the first one of sample figures.

    True when a release was made.
    """
    home.prepare()
    directory.publish(home)
    if newest(home) is not None:
        return False
    store = Store(home, clock)
    for source in seeded_sources():
        if source.source not in {known.source for known in store.sources(LOCAL)}:
            store.add_source(LOCAL, source)
        if store.months_filed(LOCAL, source.source).empty:
            store.submit(LOCAL, *sample_submissions(source, SAMPLE))
    build(LOCAL, home, clock=clock)
    return True


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
        if not verdict.is_accepted:
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
