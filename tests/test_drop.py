"""The page on the drop, from the figures of a release to its sentences: what fell, what came back, and what cannot be said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from inquiries import effect_words
from inquiries.drop import Drop, drop, groups_of
from inquiries.facts import facts_of
from inquiries.vocabulary import phases
from inquiries.words import words
from tests.released import SOURCE, TOTAL, Group, asked, given, phase_table
from tests.test_estimates import CHAT, WINDOWS, grouped, steady

DA = words("da")
REFERENCE = Path(__file__).parent / "reference"


def told(
    counts: pd.Series | dict[Group, pd.Series],
    phase: str = "lockdown_1",
    group: Group = TOTAL,
    named: pd.DataFrame | None = None,
    **more: Any,
) -> Drop:
    """The page of these counts in Danish."""
    series = counts if isinstance(counts, dict) else {TOTAL: counts}
    tables = given(series, phases() if named is None else named, **more)
    return drop(asked(tables), SOURCE, phase, group, DA)


def fallen(share: float, level: int = 300, back: float = 0.0) -> pd.Series:
    """Counts that fell in April to June 2020, some of which came after."""
    counts = steady(level)
    lost = 0
    for month in pd.date_range("2020-04", "2020-06", freq="MS"):
        kept = round(level * (1 - share))
        lost += level - kept
        counts[month] = kept
    counts["2020-07":"2020-09"] += round(lost * back / 3)  # type: ignore[misc]
    return counts


@pytest.mark.parametrize(("case", "window"), WINDOWS)
def test_the_page_says_what_the_reference_says(
    case: dict[str, Any], window: dict[str, Any]
) -> None:
    rows = pd.read_csv(REFERENCE / case["file"], parse_dates=["month"])
    counts = rows.set_index("month")[case["column"]].loc[case["baseline"][0] :].astype(int)
    named = phase_table(window=(window["from"], window["to"]))
    named.loc[0, "last_month"] = pd.Timestamp(case["baseline"][1])
    facts = facts_of(asked(given({TOTAL: counts}, named)), SOURCE)
    phase, effect = facts.phase("window"), effect_words.judged(facts, "window")
    lead, result = effect_words.lead(facts, phase, effect, DA), window["result"]
    assert f" {DA.number(result['observed'])} henvendelser" in lead
    limits = DA.interval(result["pi_low"], result["pi_high"])
    assert f"forventet ca. {DA.number(result['expected'])} ({limits})" in lead
    if result["p_predictive"] < 0.05:
        fall = 100 * (1 - result["rate_ratio"])
        kind = "et fald" if fall > 0 else "en stigning"
        assert f"{kind} på {DA.number(abs(fall))} pct." in lead


def test_a_series_of_six_months_is_told_against_the_months_just_before() -> None:
    """As the UK Forced Marriage Unit published: 82 cases a month before, 44 in the lockdown."""
    counts = pd.Series([82, 82, 82, 44, 44, 44], pd.date_range("2020-01", periods=6, freq="MS"))
    story = told(counts, named=phase_table(lockdown_1=("2020-04", "2020-06")))
    assert "46 pct. færre" in story.headline and "månederne lige før" in story.headline
    assert "132 henvendelser mod 246" in story.lead
    assert "et fald på 46 pct. (usikkerhed 33–57 pct.)" in story.lead
    assert "for få måneder" in story.lead


# What is still missing


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (0.0, "kommet igen ved udgangen af februar 2022"),
        (0.7, "kommet igen ved udgangen af februar 2022"),
        (1.6, "og flere til"),
    ],
)
def test_what_came_back_is_told_against_the_most_that_was_missing(back: float, said: str) -> None:
    story = told(fallen(0.6, back=back))
    sentences = " ".join(story.missing.sentences)
    assert "Flest manglede der ved udgangen af juni 2020" in sentences or back == 0.0
    assert said in sentences or "Ingen af dem er kommet igen" in sentences
    assert story.missing.chart is not None


def test_a_level_that_never_came_back_is_said() -> None:
    counts = steady(300)
    counts["2020-03":] = 100  # type: ignore[misc]
    sentences = " ".join(told(counts).missing.sentences)
    assert "til og med februar 2022 ingen måned" in sentences
    assert "Ingen af dem er kommet igen" in sentences
    assert "mere, end tilfældet kan forklare" in sentences


def test_the_month_the_level_was_reached_again_is_the_first_with_as_many_as_expected() -> None:
    counts = fallen(0.6)
    counts["2020-07"] = 200
    counts["2020-08"] = 400
    assert any("var august 2020" in sentence for sentence in told(counts).missing.sentences)


def test_the_account_stops_where_a_month_is_hidden() -> None:
    story = told(fallen(0.6), hidden={TOTAL: ["2021-01"]})
    assert any("stopper efter december 2020" in one for one in story.missing.sentences)
    assert story.missing.table.iloc[0, 0] == "december 2020"


# Groups


def test_groups_stand_deepest_first_and_the_one_that_differs_is_named() -> None:
    ask = asked(given(grouped(chat=0.7), phases()))
    found = groups_of(ask, SOURCE, "lockdown_1", "channel", DA)
    weaker = "Antallet udviklede sig klart svagere end for de øvrige tilsammen: Chat."
    assert found.sentences[0].startswith(weaker)
    assert tuple(found.table.iloc[0, [0, 4]]) == ("Chat", "lavere")
    assert found.chart is not None and len(found.series) == 3


def test_groups_too_small_to_show_are_named_and_not_drawn() -> None:
    counts = grouped()
    counts["channel", "other"] = steady(1, seed=9)
    found = groups_of(asked(given(counts, phases())), SOURCE, "lockdown_1", "channel", DA)
    assert found.sentences[1] == "For få til at vise: Fremmøde, Andet og Uoplyst."
    assert list(found.table.iloc[-3:, 5]) == ["kan ikke vises"] * 3


def test_where_no_group_can_be_shown_there_is_no_chart() -> None:
    ask = asked(given({TOTAL: steady(300)}, phases()))
    found = groups_of(ask, SOURCE, "lockdown_1", "channel", DA)
    assert found.chart is None and found.series == ()
    assert found.sentences[0] == "Ingen gruppe er stor nok til, at ændringen kan vises."


def test_one_group_has_a_page_of_its_own() -> None:
    story = told(grouped(chat=0.7), group=CHAT)
    assert "færre] henvendelser (Chat) end forventet" in story.headline
    assert "henvendelser (Chat). Uden nedlukningen" in story.lead
    assert story.picture.title == "Henvendelser (Chat) pr. måned"
    assert "henvendelser (Chat)" in story.newest.sentences[0]


# Other baselines, like with like, power


def test_the_answer_by_any_baseline_is_said_as_a_span() -> None:
    story = told(fallen(0.5))
    assert story.baselines.sentence.startswith("Faldet er mellem ")
    assert story.baselines.sentence.endswith("pct. uanset sammenligning.")
    assert len(story.baselines.table) == 6


def test_where_baselines_disagree_it_is_said() -> None:
    counts = steady(300)
    counts["2020-04":"2020-06"] = 300  # type: ignore[misc]
    said = told(counts).baselines.sentence
    assert said.startswith("Ændringen ligger mellem ") and "alt efter" in said


def test_one_comparison_that_may_be_chance_makes_it_no_fall_whatever_it_is_compared_with() -> None:
    found = told(fallen(0.08)).baselines
    assert set(found.table.iloc[:, 3]) > {"fald"} or "fald" not in set(found.table.iloc[:, 3])
    assert "Faldet" not in found.sentence


def test_a_phase_that_is_no_lockdown_is_called_by_its_months() -> None:
    headline = told(fallen(0.6), "reopening").headline
    assert headline.startswith("I juli–november 2020 kom der ")


def test_breaks_and_excluded_months_are_printed_with_their_words() -> None:
    month = pd.Timestamp("2018-06-01")
    labels = {
        f"{side}_{lang}": f"{side} {lang}" for side in ("left", "right") for lang in ("da", "en")
    }
    story = told(
        steady(300),
        series_break=pd.DataFrame([{"source": SOURCE, "month": month, **labels}]),
        excluded_month=pd.DataFrame(
            [{"source": SOURCE, "month": month, "reason_da": "Systemskifte.", "reason_en": "x"}]
        ),
    )
    assert story.likeness.sentences == (
        "De samme indberettere er med i hele perioden.",
        "Brud i tidsserien fra juni 2018: før »left da«, derefter »right da«.",
        "Juni 2018 indgår ikke i grundlaget: Systemskifte.",
    )
    assert any("brud i tidsserien" in warning for warning in story.warnings)
    assert "Juni 2018 indgår ikke i grundlaget: Systemskifte." in story.warnings


def test_the_chart_shows_the_months_around_the_lockdown_and_the_file_them_all() -> None:
    story = told(fallen(0.5))
    rows = [row for data in story.picture.chart["datasets"].values() for row in data]
    months = {str(row["month"])[:7] for row in rows if "count" in row}
    assert (min(months), max(months)) == ("2018-03", "2022-08")
    assert len(story.picture.table) == 54


def test_reporters_that_joined_or_stopped_are_named() -> None:
    rows = [
        ("joined", "2020-07", "2022-03", "A"),
        ("left", "2020-09", None, "B"),
        ("left", "2023-01", "2023-01", "C"),
    ]
    changes = pd.DataFrame(
        [
            {
                "source": SOURCE,
                "kind": kind,
                "month": pd.Timestamp(month),
                "counted_from": pd.Timestamp(counted) if counted else pd.NaT,
                "name_da": name,
                "name_en": name,
            }
            for kind, month, counted, name in rows
        ]
    )
    story = told(steady(300), reporter_change=changes)
    drawn = json.dumps(story.picture.chart, default=str, ensure_ascii=False)
    assert "uden A" in drawn and "med A" in drawn
    assert "med B" not in drawn
    assert story.likeness.sentences == (
        "Til og med februar 2022 tæller kun de indberettere med, der har indberettet hele vejen.",
        "A kom til i juli 2020 og tæller først med fra marts 2022.",
        "B er holdt op med at indberette fra september 2020 og tæller ikke med.",
        "C er holdt op med at indberette fra januar 2023.",
    )


def test_the_fall_that_could_be_seen_depends_on_how_many_there_are() -> None:
    many, few = told(steady(1000)).power, told(steady(12)).power
    seen = [int(said.split("et fald på ")[1].split()[0]) for said in (many, few)]
    assert seen[0] < 15 < 40 < seen[1]


# The newest months


def test_an_unusual_newest_month_is_told_and_an_ordinary_quarter_is_not() -> None:
    counts = steady(300)
    counts["2026-08"] = 150
    sentences = told(counts).newest.sentences
    assert sentences[0].startswith("August 2026: 150 henvendelser. Det er usædvanligt få")
    assert "Det er ikke usædvanligt" in sentences[1]


def test_a_group_that_stands_out_is_listed() -> None:
    counts = grouped()
    counts[CHAT]["2026-08"] = 5
    story = told(counts)
    assert list(story.newest.standing_out.iloc[:, 0]) == ["Chat"]
    assert "skiller disse sig ud" in story.newest.sentences[-1]


# What cannot be said is said

EMPTY = {
    "no baseline": (steady(300, first="2020-03"), "før nedlukningen til at sige"),
    "all zeros": (steady(0), "før nedlukningen til at sige"),
    "one month": (steady(300, first="2020-04", last="2020-04"), "ingen samlede tal"),
}


@pytest.mark.parametrize("name", EMPTY)
def test_without_a_comparison_there_is_a_sentence_and_no_chart_that_pretends(name: str) -> None:
    counts, said = EMPTY[name]
    story = told(counts, named=phase_table(lockdown_1=("2020-04", "2020-06")))
    assert said in story.lead
    assert story.missing.chart is None
    assert story.method.residuals is None
    assert "orange" not in story.headline


def test_a_phase_in_the_future_has_no_figures_yet() -> None:
    named = phase_table(lockdown_1=("2020-04", "2020-06"), later=("2030-01", "2030-03"))
    story = told(steady(300), "later", named=named)
    assert "ingen samlede tal for januar–marts 2030" in story.lead
    assert story.baselines.chart is None


def test_every_picture_of_sample_data_says_so() -> None:
    tables = given({TOTAL: fallen(0.5)}, phases())
    tables["source"]["synthetic"] = True
    story = drop(asked(tables), SOURCE, "lockdown_1", TOTAL, DA)
    fit = (story.method.residuals, story.method.autocorrelation)
    for chart in (story.picture.chart, story.missing.chart, story.baselines.chart, *fit):
        assert "Eksempeldata" in json.dumps(chart, default=str, ensure_ascii=False)


def test_a_file_of_all_comparisons_has_every_basis_and_both_limits() -> None:
    tidy = told(fallen(0.5)).method.tidy
    assert {"model", "last_year", "just_before", "no_trend", "cumulative", "newest"} <= set(
        tidy["basis"]
    )
    assert (tidy["fall_low_pct"] <= tidy["fall_pct"]).all()
    assert json.loads(tidy.to_json(orient="records"))[0]["source"] == SOURCE
