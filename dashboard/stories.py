"""What the pages tell of the release on screen, made once and kept between reruns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

import session
from inquiries import explore
from inquiries.charts.few_years import few_years
from inquiries.charts.theme import specification
from inquiries.drop import Drop, Groups, drop
from inquiries.drop import groups_of as groups_of_dimension
from inquiries.explore import Explored
from inquiries.explore.lists import Lists, lists_of
from inquiries.explore.offered import Offered, offered_of
from inquiries.explore.view import View as ExploredView
from inquiries.municipality import Municipality, municipality
from inquiries.overview import Overview, overview
from inquiries.published_figures import Figure, by_year, drawable, figures
from inquiries.slides import Choices, Slide, story
from inquiries.words import LOCALES, words
from sent_charts import drawn, ready
from session import View


def overview_of(view: View) -> Overview:
    """The overview of the source on screen."""
    assert view.release is not None and view.source is not None
    return _overview(view.release.about.release, view.source, view.words.language)


@st.cache_resource(max_entries=session.KEPT_ANSWERS, show_spinner=False)
def _overview(release_id: str, source: str, language: str) -> Overview:
    return drawn(overview(session.release_kept(release_id).ask, source, words(language)))


def drop_of(view: View, phase: str, group: tuple[str, str]) -> Drop:
    """The story of one phase, for all or for one group."""
    assert view.release is not None and view.source is not None
    about = view.release.about
    return _drop(about.release, view.source, phase, group, view.words.language)


@st.cache_resource(max_entries=session.KEPT_ANSWERS, show_spinner=False)
def _drop(release_id: str, source: str, phase: str, group: tuple[str, str], language: str) -> Drop:
    return drawn(drop(session.release_kept(release_id).ask, source, phase, group, words(language)))


def groups_of(view: View, phase: str, dimension: str) -> Groups:
    """The groups of one dimension side by side, in one phase."""
    assert view.release is not None and view.source is not None
    about = view.release.about
    return _groups(about.release, view.source, phase, dimension, view.words.language)


@st.cache_resource(max_entries=session.KEPT_ANSWERS, show_spinner=False)
def _groups(release_id: str, source: str, phase: str, dimension: str, language: str) -> Groups:
    return drawn(
        groups_of_dimension(
            session.release_kept(release_id).ask, source, phase, dimension, words(language)
        )
    )


def municipality_of(view: View, code: str) -> Municipality:
    """What is told of a municipality, of the source on screen."""
    assert view.release is not None and view.source is not None
    return _municipality(view.release.about.release, view.source, code, view.words.language)


@st.cache_resource(max_entries=session.KEPT_ANSWERS, show_spinner=False)
def _municipality(release_id: str, source: str, code: str, language: str) -> Municipality:
    return drawn(municipality(session.release_kept(release_id).ask, source, code, words(language)))


def offered(view: View) -> Offered:
    """What the release on screen offers to look at of the source on screen."""
    assert view.release is not None and view.source is not None
    return _offered(view.release.about.release, view.source)


@st.cache_resource(max_entries=session.KEPT_ANSWERS, show_spinner=False)
def _offered(release_id: str, source: str) -> Offered:
    return offered_of(session.release_kept(release_id).ask, source)


def explore_lists(view: View) -> Lists:
    """What can be looked at of the source on screen, by name."""
    assert view.release is not None and view.source is not None
    return _explore_lists(view.release.about.release, view.source, view.words.language)


@st.cache_resource(max_entries=session.KEPT_ANSWERS, show_spinner=False)
def _explore_lists(release_id: str, source: str, language: str) -> Lists:
    return lists_of(
        session.release_kept(release_id).ask, _offered(release_id, source), words(language)
    )


def explored(view: View, asked: ExploredView) -> Explored:
    """The figures, the chart and the table of what is asked for of the release on screen."""
    assert view.release is not None
    return _explored(view.release.about.release, asked, view.words.language)


@st.cache_resource(max_entries=session.KEPT_ANSWERS, show_spinner=False)
def _explored(release_id: str, asked: ExploredView, language: str) -> Explored:
    offers = _offered(release_id, asked.source)
    found = explore.explored(session.release_kept(release_id).ask, asked, offers, words(language))
    return replace(found, charts=tuple(map(ready, found.charts)))


def story_of(view: View, choices: Choices) -> tuple[Slide, ...]:
    """The slides of the choices, as a file of them is made from; asked of the release on screen."""
    return story(view.ask, choices, session.contacts(), session.today(), view.words)


def shown_story_of(view: View, choices: Choices) -> tuple[Slide, ...]:
    """The same as they are shown on the page."""
    assert view.release is not None
    changed_at = session.changed_at(session.home().directory)
    key = (view.release.about.release, changed_at)
    return _story(key, choices, view.words.language, session.today())


@st.cache_resource(max_entries=session.KEPT_ANSWERS, show_spinner=False)
def _story(
    release_and_time: tuple[str, int], choices: Choices, language: str, day: date
) -> tuple[Slide, ...]:
    """Keyed by the directory's time and the day too: whom to call is never pinned to a release."""
    ask = session.release_kept(release_and_time[0]).ask
    found: tuple[Slide, ...] = drawn(story(ask, choices, session.contacts(), day, words(language)))
    return found


@st.cache_resource(max_entries=len(LOCALES), show_spinner=False)
def known_charts(language: str) -> list[tuple[list[Figure], dict[str, Any]]]:
    """The series others have published, each with its chart: they change with the program alone."""
    known = drawable(figures())
    charts = (specification(few_years(by_year(series), words(language))) for series in known)
    return list(zip(known, map(ready, charts), strict=True))
