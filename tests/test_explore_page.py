"""The page that explores the figures: what it advises, and what its address, its lists and its first words do."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from released import SOURCE, TOTAL, answering, asked, changed, given, phase_table
from streamlit.testing.v1 import AppTest
from test_pages import opened

from inquiries.explore import Explored, explored
from inquiries.explore.choices import view_of
from inquiries.explore.offered import offered_of
from inquiries.explore.view import PARAMS
from inquiries.facts import Ask
from inquiries.periods import MISSING, PROVISIONAL
from inquiries.words import words
from panels.explore_choices import EXAMPLES

DANISH = words("da")
PHASES = phase_table(lockdown_1=("2020-04", "2020-06"))
MONTHS = pd.date_range("2017-01-01", "2021-06-01", freq="MS")
PHONE, CHAT = ("channel", "phone"), ("channel", "chat")


@cache
def released() -> Ask:
    closed = (MONTHS >= "2020-04-01") & (MONTHS <= "2020-06-01")
    counts = {
        TOTAL: pd.Series(np.where(closed, 30, 60), MONTHS),
        PHONE: pd.Series(np.where(closed, 10, 40), MONTHS),
        CHAT: pd.Series(20, MONTHS),
    }
    return asked(given(counts, PHASES))


def looked_at(ask: Ask | None = None, **params: str) -> Explored:
    asked_of = ask or released()
    offered = offered_of(asked_of, SOURCE)
    return explored(asked_of, view_of(params, offered)[0], offered, DANISH)


def suggested(ask: Ask | None = None, **params: str) -> list[dict[str, str]]:
    return [one.view.params() for one in looked_at(ask, **params).suggestions]


# What it suggests


@pytest.mark.parametrize(
    ("hidden", "params", "views"),
    [
        ([], {"only": "channel.phone"}, []),
        (["2018-03"], {"only": "channel.phone"}, [{"only": "channel.phone", "period": "quarter"}]),
        (
            ["2018-01", "2018-02", "2018-03", "2018-04", "2018Q1"],
            {"only": "channel.phone"},
            [{"only": "channel.phone", "period": "quarter"}],
        ),
        (
            ["2018-03", "2018Q1"],  # one of 18 quarters is more than one of 54 months
            {"only": "channel.phone"},
            [{"only": "channel.phone", "period": "year"}],
        ),
        (
            ["2018Q1"],
            {"only": "channel.phone", "period": "quarter"},
            [{"only": "channel.phone", "period": "year"}],
        ),
        (["2018"], {"only": "channel.phone", "period": "year"}, []),
        (["2018-03"], {"only": "channel.phone", "period": "quarter"}, []),
    ],
)
def test_where_figures_are_hidden_the_next_longer_period_that_shows_more_is_suggested(
    hidden: list[str], params: dict[str, str], views: list[dict[str, str]]
) -> None:
    assert suggested(changed(released(), {PHONE: hidden}), **params) == views


def test_a_breakdown_of_a_choice_that_is_hidden_is_suggested_without_the_choice() -> None:
    found = suggested(by="theme", only="channel.phone", period="year")
    assert found == [{"by": "theme", "period": "year"}]


@pytest.mark.parametrize(("lines", "suggests"), [(4, False), (5, True)])
def test_more_than_four_lines_are_suggested_as_small_figures(lines: int, suggests: bool) -> None:
    codes = ("phone", "chat", "email", "in_person", "other")[:lines]
    counts = {TOTAL: pd.Series(200, MONTHS)} | {
        ("channel", code): pd.Series(20, MONTHS) for code in codes
    }
    found = suggested(asked(given(counts, PHASES)), by="channel")
    assert ({"by": "channel", "form": "small"} in found) == suggests


# What it warns of


def noted(question: str, month: str, **texts: str) -> Ask:
    """The release with one break or one excluded month."""
    row = {"month": pd.Timestamp(f"{month}-01"), **texts}
    return answering(released(), f"release/{question}", lambda _: pd.DataFrame([row]))


@pytest.mark.parametrize(
    ("month", "params", "warned"),
    [
        ("2018-05", {}, True),
        ("2018-05", {"from": "2018-05"}, False),
        ("2018-05", {"from": "2018-04"}, True),
        ("2018-05", {"to": "2018-04"}, False),
        ("2018-05", {"to": "2018-05"}, True),
        # the base of an index lies before what is shown
        ("2018-05", {"from": "2020-01", "measure": "index"}, True),
        ("2018-05", {"from": "2020-01"}, False),
    ],
)
def test_a_break_among_what_is_compared_is_warned_of(
    month: str, params: dict[str, str], warned: bool
) -> None:
    sides = {"left_da": "gammel", "right_da": "ny", "left_en": "old", "right_en": "new"}
    warnings = " ".join(looked_at(noted("series_breaks", month, **sides), **params).warnings)
    assert ("Brud i tidsserien, maj 2018" in warnings) == warned
    assert ("kan ikke uden videre sammenlignes" in warnings) == warned


@pytest.mark.parametrize(
    ("state", "months", "said"),
    [
        (MISSING, ["2018-05"], "Ikke indberettet: maj 2018."),
        (MISSING, ["2018-05", "2018-06"], "Ikke indberettet: maj 2018 og juni 2018."),
        (MISSING, ["2018-05", "2018-06", "2018-07", "2018-08"], "Ikke indberettet: 4."),
        (PROVISIONAL, ["2021-06"], "Foreløbigt, for en indberetter mangler: juni 2021."),
    ],
)
def test_periods_that_are_not_whole_are_named(state: str, months: list[str], said: str) -> None:
    assert said in " ".join(looked_at(changed(released(), states={state: months})).warnings)


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"by": "channel", "measure": "share"}, "så andelene giver ikke altid 100 pct."),
        ({"by": "theme", "measure": "expected"}, "ingen forventning at regne ud fra"),
        ({"by": "channel", "form": "slope"}, "Orange: færre end forventet i april–juni 2020"),
        (
            {"by": "channel", "form": "slope"},
            "Kun i tabellen: E-mail, Fremmøde, Andet og Uoplyst.",
        ),
    ],
)
def test_what_a_reader_must_mind_is_said(params: dict[str, str], said: str) -> None:
    assert said in " ".join(looked_at(**params).warnings)


def test_an_index_without_the_same_reporters_is_said_to_be_none() -> None:
    changing = answering(
        released(), "release/sources", lambda found: found.assign(same_reporters=False)
    )
    said = "så der kan ikke regnes indeks."
    assert said in " ".join(looked_at(changing, measure="index").warnings)
    assert said not in " ".join(looked_at(measure="index").warnings)


def test_counts_that_a_reporter_masked_are_warned_of() -> None:
    masked = answering(released(), "release/breakdown", lambda found: found.assign(masked=True))
    said = "en indberetter har selv skjult små tal"
    assert said in " ".join(looked_at(masked).warnings)
    assert said not in " ".join(looked_at().warnings)


def test_an_excluded_month_is_named_beside_an_index_with_its_reason() -> None:
    told = noted("excluded_months", "2018-03", reason_da="strejke", reason_en="strike")
    said = "Marts 2018 indgår ikke i grundlaget: strejke"
    assert said in looked_at(told, measure="index").warnings
    assert said not in looked_at(told).warnings


# The page itself


def address(app: AppTest) -> dict[str, str]:
    """The choices of the page in its address."""
    return {name: value for name, value in dict(app.query_params).items() if name != "lang"}


def text(app: AppTest) -> str:
    return " ".join(element.value for element in (*app.title, *app.subheader, *app.markdown))


def page(home: Path, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    app = opened(home, monkeypatch, "explore", **query)
    assert not app.exception and not app.error
    return app


def test_the_page_begins_with_questions_that_lead_somewhere(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(home, monkeypatch)
    assert len(app.get("page_link")) >= len(EXAMPLES) == 3
    assert "Henvendelser pr. måned: højest med" in text(app)
    assert "Færre henvendelser er ikke ensbetydende med færre konflikter" in text(app)
    assert address(app) == {}


def test_every_question_is_answered_by_what_its_link_asks_for(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(home, monkeypatch)
    for params in EXAMPLES.values():
        for name in PARAMS:
            app.query_params.pop(name, None)
        for name, value in params.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception and params.items() <= address(app).items()


@pytest.mark.parametrize(
    ("query", "kept", "said"),
    [
        ({"by": "findes-ikke"}, {}, "En del af linket findes ikke"),
        ({"from": "1999-01"}, {}, "Det valgte tidsrum har ingen tal"),
        (
            {"by": "channel", "only": "channel.phone"},
            {"only": "channel.phone"},
            "ikke også opdelt efter kanal",
        ),
        (
            {"by": "municipality.nordjylland"},
            {"by": "municipality.nordjylland", "period": "year"},
            "Kommuner vises ikke måned for måned",
        ),
        ({"measure": "<b>x</b>", "form": "' or 1=1"}, {}, "En del af linket findes ikke"),
    ],
)
def test_what_a_link_asks_for_in_vain_is_said_and_the_address_mended(
    query: dict[str, str],
    kept: dict[str, str],
    said: str,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = page(home, monkeypatch, **query)
    assert said in text(app)
    assert address(app) == kept
    assert said not in text(app.run())


def test_what_is_chosen_in_the_lists_stands_in_the_address_and_outlasts_another_page(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(home, monkeypatch)
    app.selectbox(key="explore_by").select("theme").run()
    app.selectbox(key="explore_period").select("quarter").run()
    assert address(app) == {"by": "theme", "period": "quarter"}
    assert "Henvendelser pr. kvartal, fordelt på tema" in text(app)
    app.selectbox(key="explore_only").select("theme.threats").run()
    assert address(app) == {"only": "theme.threats", "period": "quarter"}
    app.switch_page("app_pages/overview.py").run()
    app.switch_page("app_pages/explore.py").run()
    assert address(app) == {"only": "theme.threats", "period": "quarter"}


def test_another_source_is_shown_in_the_same_way(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(home, monkeypatch, by="channel", form="table")
    app.selectbox(key="source").select("eksempel-konsulenter").run()
    assert not app.exception
    assert address(app) == {"by": "channel", "form": "table", "source": "eksempel-konsulenter"}
    assert "Sager pr. måned, fordelt på kanal" in text(app)


def test_a_suggestion_is_followed_by_its_button(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(home, monkeypatch, by="theme")
    small = next(button for button in app.button if "små figurer" in button.label)
    small.click().run()
    assert not app.exception
    assert address(app) == {"by": "theme", "form": "small"}


def test_a_place_that_is_chosen_has_its_contacts_beside_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(home, monkeypatch, only="region.nordjylland")
    assert "Aalborg" in text(app)


def test_a_table_with_hidden_figures_says_why_and_one_without_a_chart_says_that_none_can_be_shown(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(
        home,
        monkeypatch,
        source="eksempel-konsulenter",
        by="theme",
        only="region.nordjylland",
        measure="expected",
    )
    assert "ingen af tallene kan vises." in text(app)
    assert not app.get("vega_lite_chart") and not app.get("arrow_vega_lite_chart")
