"""The overview says what the release holds: the verdict in words, four figures, and why something is not shown."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from inquiries import vocabulary
from inquiries.charts import theme
from inquiries.overview import Overview, overview
from inquiries.words import words

MONTHS = pd.date_range("2018-01-01", "2026-10-01", freq="MS")
SOURCE = {
    "source": "s",
    "name_da": "Kilden",
    "name_en": "The source",
    "unit": "inquiry",
    "columns": "month count",
    "synthetic": False,
    "first_month": MONTHS[0],
    "data_through": MONTHS[-1],
}


QUARTERS = pd.DataFrame(
    {
        "period": ["2018Q1", "2018Q2"],
        "month": pd.to_datetime(["2018-01-01", "2018-04-01"]),
        "state": "complete",
        "masked": False,
        "count": [12, None],
    }
)


NEWEST = ["dimension_1", "value_1", "verdict", "p_adjusted"]
NO_BREAKS = pd.DataFrame(columns=["month", "left_da", "left_en", "right_da", "right_en"])


def effect(**facts: Any) -> dict[str, Any]:
    plain = {
        "basis": "model",
        "period_kind": "phase",
        "period": "lockdown_1",
        "first_month": pd.Timestamp("2020-04-01"),
        "last_month": pd.Timestamp("2020-06-01"),
        "observed": 228,
        "expected": 363.7,
        "low": 310,
        "high": 420,
        "rate_ratio": 228 / 363.7,
        "rr_low": 0.53,
        "rr_high": 0.75,
        "p": 0.0001,
        "p_adjusted": 0.0001,
        "power": 1.0,
        "smallest_fall": 0.2,
        "verdict": "fall",
        "warnings": "",
    }
    return plain | facts


def told(
    *effects: dict[str, Any],
    months: pd.DataFrame | None = None,
    missing: pd.DataFrame | None = None,
    outcome: str = "model",
    language: str = "da",
    masked: bool = False,
) -> Overview:
    """The overview of a made-up answer to each question."""
    plain = pd.DataFrame({"month": MONTHS, "state": "complete", "count": 120})
    answers = {
        "release/about": pd.DataFrame({"key": ["series"], "value": ["1"]}),
        "release/sources": pd.DataFrame([SOURCE]),
        "release/months": (plain if months is None else months).assign(
            masked=masked, expected=float("nan"), low=float("nan"), high=float("nan")
        ),
        "release/effects": pd.DataFrame(effects or [], columns=list(effect())),
        "release/missing": pd.DataFrame(columns=["month", "missing", "low", "high"])
        if missing is None
        else missing,
        "release/fit": pd.DataFrame([{"outcome": outcome}]),
        "release/phases": vocabulary.phases(),
        "release/periods": QUARTERS,
        "release/series_breaks": NO_BREAKS,
        "release/reporter_changes": pd.DataFrame(columns=["kind", "counted_from"]),
        "release/excluded_months": pd.DataFrame(columns=["month", "reason_da"]),
        "release/newest_effects": pd.DataFrame(columns=NEWEST),
    }
    return overview(lambda question, **_: answers[question], "s", words(language))


def test_a_fall_is_said_with_its_uncertainty_and_not_with_the_interval_turned_round() -> None:
    story = told(effect())
    assert (
        story.headline
        == "Under 1. nedlukning kom der :orange[37 pct. færre] henvendelser end forventet"
    )
    assert story.lead == (
        "I april–juni 2020 blev der registreret 228 henvendelser. "
        "Uden nedlukningen ville vi have forventet ca. 364 (310–420). "
        "Det svarer til et fald på 37 pct. (usikkerhed 25–47 pct.)."
    )
    assert story.tiles[0].figure == "−37 pct."


def test_a_rise_is_called_a_rise_and_guarded_as_one() -> None:
    story = told(effect(verdict="rise", observed=500, rate_ratio=1.375, rr_low=1.2, rr_high=1.6))
    assert "flere henvendelser end forventet" in story.headline
    assert "en stigning på 38 pct. (usikkerhed 20–60 pct.)" in story.lead
    assert "Flere henvendelser er ikke ensbetydende med flere konflikter" in story.guard


@pytest.mark.parametrize(
    ("verdict", "headline", "lead"),
    [
        ("as_expected", "omtrent så mange", "Det er inden for det forventede"),
        ("too_few", "for få henvendelser", "Datagrundlaget er for lille"),
    ],
)
def test_what_may_be_chance_is_never_called_a_fall(verdict: str, headline: str, lead: str) -> None:
    story = told(effect(verdict=verdict))
    assert headline in story.headline
    assert lead in story.lead
    assert "orange" not in story.headline
    assert "fald på" not in story.lead
    assert theme.FALL not in json.dumps(story.picture.chart)


def test_a_hidden_phase_says_that_it_is_hidden() -> None:
    story = told(outcome="too_many_hidden")
    assert "kan ikke vises" in story.headline
    assert "for lille til" in story.lead
    assert story.tiles[0].figure == "–"


def test_a_short_baseline_says_that_there_is_nothing_to_compare_with() -> None:
    assert "for få måneder" in told(outcome="too_short").lead


def test_a_phase_that_was_not_reported_in_full_has_no_figures() -> None:
    months = pd.DataFrame({"month": MONTHS, "state": "complete", "count": 120})
    months.loc[months["month"] == "2020-05-01", ["state", "count"]] = ["missing", None]
    assert "ingen samlede tal for april–juni 2020" in told(months=months).lead


def test_what_came_back_is_the_peak_less_the_end() -> None:
    span = {"first_month": pd.Timestamp("2020-03-01"), "last_month": pd.Timestamp("2022-02-01")}
    whole = effect(
        basis="cumulative", period_kind="span", period="affected", verdict="as_expected",
        observed=3059, expected=3108.0, **span,
    )  # fmt: skip
    missing = pd.DataFrame(
        {
            "month": pd.to_datetime(["2020-03-01", "2020-06-01", "2022-02-01"]),
            "missing": [37.0, 179.0, 49.0],
            "low": [0.0, 100.0, -228.0],
            "high": [80.0, 250.0, 337.0],
        }
    )
    story = told(effect(), whole, missing=missing)
    assert story.tiles[1].figure == "130"
    assert "af de 179, der manglede ved udgangen af juni 2020" in story.tiles[1].meaning
    assert story.tiles[2].figure == "−49"
    assert story.tiles[2].meaning == "inden for det, tilfældet kan forklare"


def test_the_newest_month_is_told_against_the_year_before_with_its_verdict() -> None:
    newest = effect(
        basis="year_before", period_kind="month", period="2026-10", verdict="too_few",
        first_month=MONTHS[-1], last_month=MONTHS[-1], observed=120, rate_ratio=1.09,
    )  # fmt: skip
    tile = told(newest).tiles[3]
    assert tile.label == "Nyeste måned, oktober 2026"
    assert tile.meaning == "+9 pct. mod oktober 2025: for få til at vurdere"


def test_a_newest_month_whose_year_before_was_in_the_lockdown_says_so() -> None:
    months = pd.DataFrame({"month": MONTHS[:42], "state": "complete", "count": 120})
    june = pd.Timestamp("2021-06-01")
    newest = effect(
        basis="year_before", period_kind="month", period="2021-06", verdict="rise",
        first_month=june, last_month=june, observed=371, rate_ratio=1.72,
    )  # fmt: skip
    assert "under nedlukningen" in told(newest, months=months).tiles[3].meaning


def test_a_provisional_newest_month_is_outside_the_comparison() -> None:
    months = pd.DataFrame({"month": MONTHS, "state": "complete", "count": 120})
    months.loc[months.index[-1], ["state", "count"]] = ["provisional", 60]
    story = told(months=months)
    assert story.tiles[3].label == "Nyeste måned, september 2026"
    assert story.picture.table.iloc[0].tolist()[1] == "60 (foreløbig)"


def test_each_mark_of_the_month_table_has_its_own_word() -> None:
    months = pd.DataFrame(
        {
            "month": MONTHS[:4],
            "state": ["complete", "complete", "missing", "provisional"],
            "count": [12, None, None, 7],
        }
    )
    assert list(told(months=months).picture.table.iloc[:, 1]) == [
        "7 (foreløbig)", "ikke indberettet", "skjult", "12",
    ]  # fmt: skip


def test_hidden_months_bring_the_quarters_and_shown_ones_do_not() -> None:
    months = pd.DataFrame({"month": MONTHS, "state": "complete", "count": 120})
    assert told(months=months).hidden.quarters is None
    months.loc[3, "count"] = None
    quarters = told(months=months).hidden.quarters
    assert quarters is not None
    assert quarters.to_numpy().tolist() == [
        ["april–juni 2018", "skjult"],
        ["januar–marts 2018", "12"],
    ]


def test_the_months_can_be_sorted_by_time_and_not_only_by_their_names() -> None:
    months = told().picture.table
    assert list(months.index[:2]) == ["2026-10", "2026-09"]
    assert list(months.iloc[:2, 0]) == ["oktober 2026", "september 2026"]


def test_sample_figures_say_so_wherever_they_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SOURCE, "synthetic", True)
    story = told(effect())
    assert "Eksempeldata" in story.caption
    assert story.lead.startswith("Eksempeldata: ")
    assert "Eksempeldata" in json.dumps(story.picture.chart)


def test_english_is_english() -> None:
    story = told(effect(), language="en")
    assert "37 per cent fewer" in story.headline
    assert "April–June 2020" in story.lead


@pytest.mark.parametrize(("language", "mark"), [("da", "ca. 120"), ("en", "about 120")])
def test_a_month_with_counts_its_reporter_masked_is_told_as_approximate(
    language: str, mark: str
) -> None:
    story = told(effect(), language=language, masked=True)
    assert set(story.picture.table.iloc[:, 1]) == {mark}
    assert words(language)("warning.masked") in story.warnings
    assert words(language)("warning.masked") not in told(effect(), language=language).warnings
