"""What Streamlit keeps between reruns: the open release, answers already given, and who looks at what."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

import visitor
from inquiries import directory, explore, release
from inquiries.access import actor_of, grant_of
from inquiries.actor import LOCAL, READER, Actor
from inquiries.charts.few_years import few_years
from inquiries.charts.theme import specification
from inquiries.directory import published
from inquiries.directory.hours import danish_time
from inquiries.directory.schema import Entry
from inquiries.drop import Drop, Groups, drop
from inquiries.drop import groups_of as groups_of_dimension
from inquiries.explore import Explored
from inquiries.explore.lists import Lists, lists_of
from inquiries.explore.offered import Offered, offered_of
from inquiries.explore.view import View as ExploredView
from inquiries.faults import Fault
from inquiries.filing import Source
from inquiries.home import Home, home_from_environment
from inquiries.identity import Identity
from inquiries.municipality import Municipality, municipality
from inquiries.overview import Overview, overview
from inquiries.population import Population, read_published
from inquiries.published_figures import Figure, by_year, drawable, figures
from inquiries.release import Release
from inquiries.series_notes import SeriesNotes
from inquiries.spellings import Spellings
from inquiries.store import Store, system_clock
from inquiries.words import LOCALES, Words, words
from sent_charts import drawn, ready

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


def _open(path: Path) -> Release:
    """An open release; a file that was written to since is judged anew."""
    return _opened((str(path), _changed_at(path)))


def _changed_at(path: Path) -> int:
    """When a file was last written; 0 when there is none."""
    return path.stat().st_mtime_ns if path.exists() else 0


@st.cache_resource(max_entries=OPEN_RELEASES, show_spinner=False)
def _opened(path_and_time: tuple[str, int]) -> Release:
    return release.open_release(Path(path_and_time[0]))


def _release(release_id: str) -> Release:
    return _open(home().releases / f"{release_id}.duckdb")


@st.cache_resource(max_entries=KEPT_ANSWERS, show_spinner=False)
def _answer(release_id: str, question: str, params: tuple[tuple[str, Any], ...]) -> pd.DataFrame:
    """Keyed by release: a new one makes new keys. Shared by all, and changed by none."""
    return _release(release_id).ask(question, **dict(params))


def overview_of(view: View) -> Overview:
    """The overview of the source on screen."""
    assert view.release is not None and view.source is not None
    return _overview(view.release.about.release, view.source, view.words.language)


@st.cache_resource(max_entries=KEPT_ANSWERS, show_spinner=False)
def _overview(release_id: str, source: str, language: str) -> Overview:
    return drawn(overview(_release(release_id).ask, source, words(language)))


def drop_of(view: View, phase: str, group: tuple[str, str]) -> Drop:
    """The story of one phase, for all or for one group."""
    assert view.release is not None and view.source is not None
    about = view.release.about
    return _drop(about.release, view.source, phase, group, view.words.language)


@st.cache_resource(max_entries=KEPT_ANSWERS, show_spinner=False)
def _drop(release_id: str, source: str, phase: str, group: tuple[str, str], language: str) -> Drop:
    return drawn(drop(_release(release_id).ask, source, phase, group, words(language)))


def groups_of(view: View, phase: str, dimension: str) -> Groups:
    """The groups of one dimension side by side, in one phase."""
    assert view.release is not None and view.source is not None
    about = view.release.about
    return _groups(about.release, view.source, phase, dimension, view.words.language)


@st.cache_resource(max_entries=KEPT_ANSWERS, show_spinner=False)
def _groups(release_id: str, source: str, phase: str, dimension: str, language: str) -> Groups:
    return drawn(
        groups_of_dimension(_release(release_id).ask, source, phase, dimension, words(language))
    )


def municipality_of(view: View, code: str) -> Municipality:
    """What is told of a municipality, of the source on screen."""
    assert view.release is not None and view.source is not None
    return _municipality(view.release.about.release, view.source, code, view.words.language)


@st.cache_resource(max_entries=KEPT_ANSWERS, show_spinner=False)
def _municipality(release_id: str, source: str, code: str, language: str) -> Municipality:
    return drawn(municipality(_release(release_id).ask, source, code, words(language)))


def offered(view: View) -> Offered:
    """What the release on screen offers to look at of the source on screen."""
    assert view.release is not None and view.source is not None
    return _offered(view.release.about.release, view.source)


@st.cache_resource(max_entries=KEPT_ANSWERS, show_spinner=False)
def _offered(release_id: str, source: str) -> Offered:
    return offered_of(_release(release_id).ask, source)


def explore_lists(view: View) -> Lists:
    """What can be looked at of the source on screen, by name."""
    assert view.release is not None and view.source is not None
    return _explore_lists(view.release.about.release, view.source, view.words.language)


@st.cache_resource(max_entries=KEPT_ANSWERS, show_spinner=False)
def _explore_lists(release_id: str, source: str, language: str) -> Lists:
    return lists_of(_release(release_id).ask, _offered(release_id, source), words(language))


def explored(view: View, asked: ExploredView) -> Explored:
    """The figures, the chart and the table of what is asked for of the release on screen."""
    assert view.release is not None
    return _explored(view.release.about.release, asked, view.words.language)


@st.cache_resource(max_entries=KEPT_ANSWERS, show_spinner=False)
def _explored(release_id: str, asked: ExploredView, language: str) -> Explored:
    offers = _offered(release_id, asked.source)
    found = explore.explored(_release(release_id).ask, asked, offers, words(language))
    return replace(found, charts=tuple(map(ready, found.charts)))


def contact_entries() -> dict[str, Entry]:
    """Every entry of the directory as stewards see it, closed ones too; read again when one has changed."""
    of_all, of_stewards = _changed_at(home().directory), _changed_at(home().contact_changes)
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
    return _contact_index(str(path), _changed_at(path))


@st.cache_resource(max_entries=2, show_spinner=False)
def _contact_index(path: str, changed_at: int) -> directory.Index:
    return directory.Index(directory.read_published(Path(path)) if changed_at else [])


@st.cache_resource(max_entries=len(LOCALES), show_spinner=False)
def known_charts(language: str) -> list[tuple[list[Figure], dict[str, Any]]]:
    """The series others have published, each with its chart: they change with the program alone."""
    known = drawable(figures())
    charts = (specification(few_years(by_year(series), words(language))) for series in known)
    return list(zip(known, map(ready, charts), strict=True))


def population() -> Population | None:
    """The population that rates are made with; None until the operator has published one."""
    path = home().population
    changed_at = _changed_at(path)
    return _population((str(path), changed_at)) if changed_at else None


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
