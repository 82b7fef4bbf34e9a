"""How a release gets its id and its file: written whole under another name, recorded, and only then named.

A build that is killed leaves the release before it. Killed after the release was recorded, it is
finished before the next one: what is recorded is what is out, or the freezing of corrections
(freeze.py) would count from another release than readers have.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd

from inquiries import engine, release
from inquiries.durable import flush
from inquiries.home import Home

PART = ".part"


def next_identity(home: Home, made: pd.DataFrame, now: datetime) -> tuple[str, int]:
    """The next release's id and number; both go up even when the clock goes back, and none is used twice."""
    former = [release.order(path) for path in release.ever_released(home)]
    former += [release.order(Path(identity)) for identity in made["release"]]
    day, count = max([(now.strftime("%Y-%m-%d"), 0), *former])
    return f"{day}-{count + 1}", max([len(set(former)), *made["number"]]) + 1


def write(home: Home, identity: str, about: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> Path:
    """Write the release and its checksum to the disk, under a name that no reader opens."""
    part = home.prepare().releases / f"{identity}{PART}"
    for left_behind in part.parent.glob(f"{part.name}*"):  # by a build that was killed, its log too
        left_behind.unlink()
    connection = engine.connect(part)
    engine.create(connection, f"release_{release.FORMAT}")
    for table, frame in {"about": about, **tables}.items():
        if not frame.empty:
            engine.fill(connection, table, frame)
    connection.close()
    flush(part)
    checksum = part.with_suffix(release.CHECKSUM)
    checksum.write_text(release.checksum(part) + "\n", "ascii")
    flush(checksum)
    return part


def publish(part: Path) -> None:
    """Give a written and recorded release its own name, last of all: from now on it is read."""
    part.replace(part.with_suffix(".duckdb"))
    flush(part.parent)


def finish(home: Home, made: pd.DataFrame) -> None:
    """Publish a release whose build was killed after it was recorded, so that what is recorded is what is out."""
    for part in home.releases.glob(f"*{PART}"):
        if part.stem in set(made["release"]):
            publish(part)
