"""What is said of the figures: highest and lowest, the year before, and a fall only where the release holds one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from released import SOURCE, TOTAL, asked, changed, given, phase_table

from inquiries.explore.choices import view_of
from inquiries.explore.figures import figures
from inquiries.explore.offered import offered_of
from inquiries.explore.sentence import sentence_of
from inquiries.facts import Ask
from inquiries.periods import MISSING, PROVISIONAL
from inquiries.words import words

PHASES = phase_table(lockdown_1=("2020-04", "2020-06"), reopening=("2020-07", "2020-07"))
MONTHS = pd.date_range("2016-01-01", "2021-08-01", freq="MS")
CLOSED = (MONTHS >= "2020-04-01") & (MONTHS <= "2020-06-01")
PHONE, CHAT = ("channel", "phone"), ("channel", "chat")


def counted(newest: int = 60) -> dict[tuple[str, str], pd.Series]:
    """A total of 60 a month, less in the first closing and most in September 2020; and two channels."""
    total = pd.Series(np.where(CLOSED, 30, 60), MONTHS)
    total["2020-09-01"], total["2021-08-01"] = 90, newest
    return {
        TOTAL: total,
        PHONE: pd.Series(np.where(CLOSED, 12, 40), MONTHS),
        CHAT: pd.Series(20, MONTHS),
    }


@cache
def released(newest: int = 60) -> Ask:
    return asked(given(counted(newest), PHASES))


def sentence(
    ask: Ask | None = None, language: str = "da", breaks: Sequence[str] = (), **params: str
) -> str:
    asked_of = ask or released()
    view, _ = view_of(params, offered_of(asked_of, SOURCE))
    found = figures(asked_of, view, words(language))
    return sentence_of(found, pd.DatetimeIndex(breaks), words(language))


def test_of_one_series_the_highest_the_lowest_and_the_year_before_are_said_in_either_language() -> (
    None
):
    assert sentence(released(61)).startswith(
        "Henvendelser pr. måned: højest med 90 i september 2020, lavest med 30 i april 2020. "
        "August 2021: 61 mod 60 et år tidligere (august 2020). "
    )
    assert sentence(released(61), "en").startswith(
        "Inquiries per month: highest with 90 in September 2020, lowest with 30 in April 2020. "
        "August 2021: 61 against 60 a year earlier (August 2020). "
    )


@pytest.mark.parametrize(
    ("newest", "verdict"),
    [
        (20, "Det svarer til et fald på 67 pct. (usikkerhed"),
        (60, "Datagrundlaget er for lille til at vurdere, om der er sket et fald."),
        (140, "Det svarer til en stigning på 133 pct. (usikkerhed"),
    ],
)
def test_a_change_is_called_what_the_release_judges_it_to_be(newest: int, verdict: str) -> None:
    assert verdict in sentence(released(newest))


@pytest.mark.parametrize(
    "params",
    [{"to": "2021-07"}, {"period": "quarter"}, {"period": "year"}, {"measure": "index"}],
    ids=lambda params: " ".join(params),
)
def test_what_the_release_has_not_compared_is_called_neither_a_fall_nor_a_rise(
    params: dict[str, str],
) -> None:
    said = sentence(released(20), **params)
    assert " et år tidligere" in said
    assert "Det er ikke beregnet, om forskellen er større, end tilfældet kan forklare." in said
    assert " fald" not in said and "stigning" not in said


def test_a_provisional_month_is_compared_with_nothing() -> None:
    said = sentence(changed(released(), states={PROVISIONAL: ["2021-08"]}))
    assert "august 2021" not in said.lower()
    assert "Juli 2021: 60 mod 60" in said and "lavest med 30 i april 2020" in said


@pytest.mark.parametrize(
    ("change", "still_compared"),
    [
        ({"states": {MISSING: ["2020-08"]}}, False),
        ({"states": {PROVISIONAL: ["2020-08"]}}, False),
        ({"states": {MISSING: ["2020-09"]}}, True),
        ({"hidden": {TOTAL: ["2020-08"]}}, False),
    ],
)
def test_nothing_is_said_against_a_year_before_that_is_not_whole(
    change: dict[str, Any], still_compared: bool
) -> None:
    assert (" et år tidligere" in sentence(changed(released(), **change))) == still_compared


@pytest.mark.parametrize(
    ("month", "crossed"),
    [("2020-08-01", False), ("2020-09-01", True), ("2021-08-01", True), ("2021-09-01", False)],
)
def test_figures_on_either_side_of_a_break_are_not_compared(month: str, crossed: bool) -> None:
    said = sentence(released(20), breaks=[month])
    assert ("så de kan ikke sammenlignes" in said) == crossed
    assert ("et fald på" in said) != crossed


def test_a_year_before_under_the_closing_is_said_to_be() -> None:
    assert "selv præget af nedlukningen" in sentence(to="2021-06")
    assert "selv præget" not in sentence(to="2020-03")


def test_where_some_are_hidden_no_lowest_is_said() -> None:
    said = sentence(changed(released(), hidden={TOTAL: ["2018-03", "2019-05"]}))
    assert (
        "højest af de viste er 90 i september 2020. 2 tal kan ikke vises" in said
        and "lavest" not in said
    )


@pytest.mark.parametrize(
    ("params", "said"),
    [
        (
            {"by": "channel"},
            "August 2021: højest af de viste er Telefon (40). 4 tal kan ikke vises",
        ),
        (
            {"by": "channel", "measure": "share"},
            "Andel af alle henvendelser pr. måned, fordelt på kanal. August 2021: højest af de viste er Telefon (67 pct.).",
        ),
        (
            {"only": "channel.phone"},
            "Henvendelser (Telefon) pr. måned: højest med 40 i januar 2016,",
        ),
        (
            {"only": "channel.phone", "measure": "share"},
            "Andel af alle henvendelser pr. måned (Telefon): højest med 67 pct. i",
        ),
        (
            {"by": "channel", "form": "slope"},
            "April–juni 2020 (lockdown_1): højest af de viste er Chat (20,0). 4 tal kan ikke vises, fordi små tal "
            "beskyttes. Færre end forventet: Telefon 70 pct. (usikkerhed",
        ),
        (
            {"by": "channel", "form": "slope", "from": "lockdown_1", "to": "reopening"},
            "For ingen af dem kan det siges, at der kom færre eller flere end forventet.",
        ),
        (
            {"period": "phase"},
            "April–juni 2020 (lockdown_1): 90 henvendelser. Uden nedlukningen ville vi have forventet ca. 180",
        ),
        (
            {"period": "phase", "measure": "expected"},
            "lavest med 50 pct. i april–juni 2020 (lockdown_1).",
        ),
        ({"measure": "index", "to": "2020-05", "from": "2020-05"}, ": 50 i maj 2020."),
    ],
    ids=str,
)
def test_what_is_said_of_a_view(params: dict[str, str], said: str) -> None:
    assert said in sentence(**params)


def test_what_is_not_stated_is_neither_highest_nor_lowest_and_is_said_beside() -> None:
    told = asked(given(counted() | {("channel", "unknown"): pd.Series(50, MONTHS)}, PHASES))
    assert (
        "højest af de viste er Telefon (40). 3 tal kan ikke vises, fordi små tal beskyttes. Hertil Uoplyst (50)."
        in sentence(told, by="channel")
    )


def test_of_no_figures_it_is_said_that_none_can_be_shown() -> None:
    assert sentence(by="theme") == (
        "Henvendelser pr. måned, fordelt på tema: ingen af tallene kan vises."
    )


def test_a_sentence_on_sample_data_says_so_itself() -> None:
    tables = given(counted(), PHASES)
    tables["source"]["synthetic"] = True
    assert sentence(asked(tables)).startswith("Eksempeldata: ")
    assert not sentence().startswith("Eksempeldata")


def test_no_sentence_ends_in_two_full_stops() -> None:
    for params in (
        {"measure": "share", "by": "channel"},
        {"measure": "expected"},
        {"period": "phase"},
    ):
        assert ".." not in sentence(**params)
