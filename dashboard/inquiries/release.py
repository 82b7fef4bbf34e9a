"""Opens a frozen release: the only thing readers, slides and exports of figures ever see.

A release is `published/releases/<id>.duckdb` with its SHA-256 beside it. It is opened read-only,
and only when the file is the one that was written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from inquiries import engine, limits
from inquiries.faults import Fault
from inquiries.home import Home

FORMAT = 3
CHECKSUM = ".sha256"
RECALLED = ".recalled"


@dataclass(frozen=True)
class About:
    """What a release says of itself."""

    release: str
    number: int
    built_at: pd.Timestamp
    data_through: pd.Timestamp
    synthetic: bool
    policy: str
    signed_by: str
    signed_on: str
    method: str
    corrections_wait: bool
    series: int
    series_since: pd.Timestamp


class Release:
    """An open release; questions are look-ups, each on a cursor of its own."""

    def __init__(self, path: Path) -> None:
        verify(path)
        self._connection = engine.connect(path, read_only=True, limit=limits.READING)
        about = self.ask("release/about").set_index("key")["value"]
        if int(about["format"]) != FORMAT:
            raise Fault("release_format", release=path.stem)
        self.about = About(
            release=about["release"],
            number=int(about["number"]),
            built_at=pd.Timestamp(about["built_at"]),
            data_through=pd.Timestamp(about["data_through"]),
            synthetic=about["synthetic"] == "yes",
            policy=about["policy"],
            signed_by=about["policy_signed_by"],
            signed_on=about["policy_signed_on"],
            method=about["method"],
            corrections_wait=about["corrections_wait"] == "yes",
            # The first releases do not say it: they are of the first series.
            series=int(about.get("series", "1")),
            series_since=pd.Timestamp(about.get("series_since", about["built_at"])),
        )

        # The frame asks on every rerun, so they are asked for once.
        found = self.ask("release/sources").itertuples()
        self.sources: dict[str, Any] = {row.source: row for row in found}

    def ask(self, question: str, **params: Any) -> pd.DataFrame:
        """The answer to a question of `queries/release/`."""
        return engine.ask_within(limits.READING, self._connection.cursor(), question, **params)

    def close(self) -> None:
        self._connection.close()


def release_paths(home: Home) -> list[Path]:
    """The releases that are whole, oldest first; a file still being written has another name."""
    if not home.releases.is_dir():
        return []
    return sorted(home.releases.glob("*.duckdb"), key=order)


def ever_released(home: Home) -> list[Path]:
    """Every release, the recalled ones among them: an id is never used twice."""
    return sorted([*release_paths(home), *home.releases.glob(f"*{RECALLED}")], key=order)


def newest(home: Home) -> Path | None:
    """The newest release, or None before the first."""
    paths = release_paths(home)
    return paths[-1] if paths else None


def order(path: Path) -> tuple[str, int]:
    """A release's place in time, from its id: 2026-11-22-10 comes after 2026-11-22-9."""
    day, _, number = path.stem.rpartition("-")
    return day, int(number)


def verify(path: Path) -> None:
    """Raise `Fault` unless the file is byte for byte the one that was released."""
    try:
        expected = path.with_suffix(CHECKSUM).read_text("ascii").strip()
        found = checksum(path)
    except OSError as error:
        raise Fault("release_unreadable", release=path.stem) from error
    if found != expected:
        raise Fault("release_altered", release=path.stem)


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_newest(home: Home) -> Release | None:
    """The newest release, open; None before the first."""
    path = newest(home)
    return open_release(path) if path else None


def newest_whole(
    home: Home, opener: Callable[[Path], Release]
) -> tuple[Release | None, Fault | None]:
    """The newest release that can be read, as `opener` opens it, and what is wrong with the newest of all.

    None and None before the first release; None and a fault when no release is whole.
    """
    first: Fault | None = None
    for path in reversed(release_paths(home)):
        try:
            return opener(path), first
        except Fault as fault:
            first = first or fault
    return None, first


def open_release(path: Path) -> Release:
    """One release, open; `Fault` when it is cut, altered or of another version."""
    try:
        return Release(path)
    except duckdb.Error as error:
        raise Fault("release_unreadable", release=path.stem) from error
