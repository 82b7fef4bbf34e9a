"""What Streamlit keeps between reruns: the open release, answers already given, and who looks at what."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

import visitor
from inquiries import directory, release
from inquiries.access import actor_of, grant_of
from inquiries.actor import LOCAL, READER, Actor
from inquiries.directory import published
from inquiries.directory.hours import danish_time
from inquiries.directory.schema import Entry
from inquiries.faults import Fault
from inquiries.filing import Source
from inquiries.home import Home, home_from_environment
from inquiries.identity import Identity
from inquiries.population import Population, read_published
from inquiries.release import Release
from inquiries.series_notes import SeriesNotes
from inquiries.spellings import Spellings
from inquiries.store import Store, system_clock
from inquiries.words import Words

EDITION = "INQUIRIES_EDITION"
OPEN_RELEASES = 4
KEPT_ANSWERS = 256


@dataclass(frozen=True)
class View:
    """What a page is shown: who looks, in which words, at which release and source."""

    actor: Actor
    words: Words
    release: Release | None
    source: str | None

    def ask(self, question: str, **params: Any) -> pd.DataFrame:
        """An answer from the release on screen, kept for the next rerun."""
        assert self.release is not None
        return _answer(self.release.about.release, question, tuple(sorted(params.items())))


def home() -> Home:
    return home_from_environment()


def store() -> Store:
    """The exact store, for the pages that only stewards and publishers see."""
    return Store(home())


def spellings(source: Source) -> Spellings:
    """The labels of its own that a source uses."""
    return Spellings(home(), source)


def series_notes(source: Source) -> SeriesNotes:
    """The breaks and the excluded months of a source."""
    return SeriesNotes(home(), source)


def now() -> datetime:
    """The time in Denmark."""
    return danish_time(system_clock())


def today() -> date:
    """The day in Denmark."""
    return now().date()


def identity() -> Identity | None:
    """Who has signed in; None where nobody has to. `Fault` when the sign-in is over, judged at each rerun."""
    if visitor.sign_in() is None:
        return None
    found, verdict = visitor.looking()
    if found is None or verdict != "live":
        raise Fault("signed_out")
    return found


def actor(identity: Identity | None) -> Actor:
    """What who is looking may do: by their grant; without sign-in, on loopback alone, everything.

    The reader edition has nothing but what is released, whoever looks.
    """
    if os.environ.get(EDITION) == "reader":
        return READER
    if identity is None:
        return LOCAL
    grant = grant_of(home(), identity.issuer, identity.subject, identity.claims())
    if grant is None:
        raise Fault("signed_out")
    return actor_of(grant)


def newest_release() -> tuple[Release | None, Fault | None]:
    """The newest release that is whole, and what is wrong with a newer one.

    A folder listing a rerun, so that a new one is seen at once.
    """
    return release.newest_whole(home(), _open)


def released() -> list[str]:
    """The ids of the releases that can be opened, oldest first; a recalled one is none of them."""
    return [path.stem for path in release.release_paths(home())]


def _open(path: Path) -> Release:
    """An open release; a file that was written to since is judged anew."""
    return _opened((str(path), changed_at(path)))


def changed_at(path: Path) -> int:
    """When a file was last written; 0 when there is none."""
    return path.stat().st_mtime_ns if path.exists() else 0


@st.cache_resource(max_entries=OPEN_RELEASES, show_spinner=False)
def _opened(path_and_time: tuple[str, int]) -> Release:
    return release.open_release(Path(path_and_time[0]))


def release_kept(release_id: str) -> Release:
    """One of `released`, open; `Fault` when it is damaged or of another version."""
    return _open(home().releases / f"{release_id}.duckdb")


@st.cache_resource(max_entries=KEPT_ANSWERS, show_spinner=False)
def _answer(release_id: str, question: str, params: tuple[tuple[str, Any], ...]) -> pd.DataFrame:
    """Keyed by release: a new one makes new keys. Shared by all, and changed by none."""
    return release_kept(release_id).ask(question, **dict(params))


def contact_entries() -> dict[str, Entry]:
    """Every entry of the directory as stewards see it, closed ones too; read again when one has changed."""
    of_all, of_stewards = changed_at(home().directory), changed_at(home().contact_changes)
    return _contact_entries((str(home().folder), of_all, of_stewards))


@st.cache_resource(max_entries=2, show_spinner=False)
def _contact_entries(folder_and_times: tuple[str, int, int]) -> dict[str, Entry]:
    return {entry["id"]: entry for entry in published.entries(Home(Path(folder_and_times[0])))}


def contacts() -> list[directory.Contact]:
    """The directory as it is now; never pinned to a release."""
    return contact_index().contacts


def contact_index() -> directory.Index:
    """The same to search in, made once for each published file."""
    path = home().directory
    return _contact_index(str(path), changed_at(path))


@st.cache_resource(max_entries=2, show_spinner=False)
def _contact_index(path: str, changed_at: int) -> directory.Index:
    return directory.Index(directory.read_published(Path(path)) if changed_at else [])


def population() -> Population | None:
    """The population that rates are made with; None until the operator has published one."""
    path = home().population
    time = changed_at(path)
    return _population((str(path), time)) if time else None


@st.cache_resource(max_entries=2, show_spinner=False)
def _population(path_and_time: tuple[str, int]) -> Population:
    return read_published(Path(path_and_time[0]))


def put(view: View) -> None:
    """Hand the page the view that the frame has made."""
    st.session_state["view"] = view


def view() -> View:
    """The view the frame has made for this rerun."""
    found: View = st.session_state["view"]
    return found
