"""What the figures mean: definitions, method, protection, events, known figures, law, sources."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

import session
from inquiries.home import PROJECT
from inquiries.population import LICENCE, ORIGIN, TABLE, Population
from inquiries.vocabulary import read_table, vocabulary
from inquiries.words import Words
from panels import table
from session import View

PASSPORTS = PROJECT / "data" / "sources.csv"
DEFINED = (
    "inquiry",
    "source",
    "reporter",
    "submission",
    "phase",
    "expected",
    "drop",
    "release",
    "marks",
)


def title(words: Words) -> None:
    st.title(words("about.title"), anchor=False)
    st.markdown(words("about.lead"))


def definitions(words: Words) -> None:
    st.subheader(words("about.definitions_title"), anchor=False)
    for name in DEFINED:
        st.markdown(words(f"about.define_{name}"))


def method(view: View) -> None:
    """How the expected counts are made, and how they were made for the source on screen."""
    words = view.words
    st.subheader(words("about.method_title"), anchor=False)
    for part in ("plain", "assumes", "uncertainty", "limits"):
        st.markdown(words(f"about.method_{part}"))
    if view.release is None:
        return
    choice = {"dimension_1": "", "value_1": "", "dimension_2": "", "value_2": ""}
    fit = view.ask("release/fit", source=view.source, **choice)
    for row in fit.itertuples():
        st.markdown(_fitted(row, words))


def _fitted(row: Any, words: Words) -> str:
    if row.outcome != "model":
        return words("about.no_model")
    return words(
        "about.fitted",
        months=words.months(row.baseline_first, row.baseline_last),
        season=words(f"about.season_{row.season}"),
        trend=words.number(row.trend_pct_per_year, 1),
        dispersion=words.number(row.dispersion, 2),
        autocorrelation=words.number(row.autocorrelation, 2),
    )


def protection(view: View) -> None:
    """What is not shown, why, and under which policy the figures on screen were released."""
    words = view.words
    st.subheader(words("about.protection_title"), anchor=False)
    for part in ("staff", "how", "lattice", "insiders", "series"):
        st.markdown(words(f"about.protection_{part}"))
    if view.release is None:
        return
    about = view.release.about
    key = "about.policy_signed" if about.signed_by else "about.policy_unsigned"
    st.markdown(
        words(key, policy=about.policy, by=table.plain(about.signed_by), on=about.signed_on)
    )
    if about.corrections_wait:
        st.markdown(words("about.corrections_wait"))
    if about.series > 1:
        st.markdown(words("about.new_series", day=words.date(about.series_since)))


def events(view: View) -> None:
    """What was closed and opened, each event with its source."""
    words = view.words
    if view.release is None:
        return
    st.subheader(words("about.events_title"), anchor=False)
    st.markdown(words("about.events_lead"))
    rows = [
        (
            _when(row, words),
            words.of(row, "title"),
            _area(row.area, words),
            table.link(row.source_url),
        )
        for row in view.ask("release/events").itertuples()
    ]
    _table(rows, ("when", "what", "area", "source"), words)


def _when(row: Any, words: Words) -> str:
    if row.precision == "month":
        return words.month(row.first_day)
    day = words.date(row.first_day)
    return words("about.about_day", day=day) if row.precision == "about" else day


def _area(area: str, words: Words) -> str:
    """The whole country, part of it, or the municipalities by name."""
    if area in ("national", "partial"):
        return words(f"about.area_{area}")
    known = vocabulary()
    return ", ".join(known.text("municipality", code, words.language) for code in area.split())


def law(words: Words) -> None:
    with st.expander(words("about.law_title")):
        _law(words)


def _law(words: Words) -> None:
    st.markdown(words("about.law_lead"))
    rows = [
        (
            row["provision"],
            row["called_now"],
            row[f"text_{words.language}"],
            table.link(row["source_url"]),
        )
        for row in read_table("law")
    ]
    _table(rows, ("provision", "called_now", "says", "source"), words)


def sources(words: Words) -> None:
    """Every data file the product comes with, and where it is from."""
    with st.expander(words("about.sources_title")):
        _sources(words)


def _sources(words: Words) -> None:
    with PASSPORTS.open(encoding="utf-8", newline="") as file:
        rows = [(row["name"], row["origin"], row["licence"]) for row in csv.DictReader(file)]
    if population := session.population():
        rows.append(_passport(population, words))
    _table(rows, ("file", "origin", "licence"), words)


def _passport(population: Population, words: Words) -> tuple[str, str, str]:
    """Where the population is from, which rates are made with."""
    origin = words("population.origin", day=words.date(population.taken), address=ORIGIN)
    return words("population.name", table=TABLE), origin, LICENCE


def _table(rows: Sequence[tuple[str, ...]], columns: tuple[str, ...], words: Words) -> None:
    names = [words(f"about.column_{column}") for column in columns]
    table.show(pd.DataFrame(rows, columns=names))
