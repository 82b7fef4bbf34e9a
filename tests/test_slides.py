"""The story as slides: one message each, no more than the verdict allows, and who presents writes of no person."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from released import SOURCE, TOTAL, asked, given, phase_table

from inquiries import directory, effect_words
from inquiries.directory import Contact
from inquiries.facts import Ask, facts_of
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.release import open_newest
from inquiries.slides import LONGEST, SLIDES, Choices, Slide, own_text, story, with_own_text
from inquiries.words import words

DAY = date(2026, 11, 23)
DA, EN = words("da"), words("en")
MONTHS = pd.date_range("2016-01-01", "2022-02-01", freq="MS")
PHASES = phase_table(lockdown_1=("2020-04", "2020-06"), after=("2020-07", "2022-02"))


@pytest.fixture(scope="module")
def ask(prepared: Path) -> Ask:
    release = open_newest(Home(prepared))
    assert release
    return release.ask


@pytest.fixture(scope="module")
def contacts(prepared: Path) -> list[Contact]:
    return directory.read_published(Home(prepared).directory)


@pytest.fixture(scope="module")
def told(ask: Ask, contacts: list[Contact]) -> dict[str, Slide]:
    """The story of the example hotline in Danish, by slide."""
    choices = Choices("eksempel-hotline", by="inquirer")
    slides = with_own_text(story(ask, choices, contacts, DAY, DA), "Direktionen", "")
    return {slide.name: slide for slide in slides}


def counts(**months: int) -> pd.Series:
    """A steady series of 100 a month, but in the months named: m2020_04=20."""
    series = pd.Series(100, index=MONTHS)
    for name, count in months.items():
        series[pd.Timestamp(f"{name[1:].replace('_', '-')}-01")] = count
    return series


def made_up(series: pd.Series, *names: str, hidden: tuple[str, ...] = ()) -> list[Slide]:
    answers = asked(given({TOTAL: series}, PHASES, hidden={TOTAL: hidden}))
    return list(story(answers, Choices(SOURCE, slides=names), [], DAY, DA))


LOCKDOWN = {"m2020_04": 40, "m2020_05": 40, "m2020_06": 40}
LASTING = {f"m{month:%Y_%m}": 50 for month in pd.date_range("2020-04", "2022-02", freq="MS")}
MORE = {f"m{month:%Y_%m}": 160 for month in pd.date_range("2020-04", "2022-02", freq="MS")}


# What a story is


def test_a_story_has_the_chosen_slides_in_the_chosen_order(
    ask: Ask, contacts: list[Contact]
) -> None:
    for chosen in (SLIDES, ("call", "question"), ("now",), ()):
        choices = Choices("eksempel-hotline", by="theme", slides=chosen)
        found = story(ask, choices, contacts, DAY, DA)
        assert tuple(slide.name for slide in found) == chosen


@pytest.mark.parametrize("spoken", [DA, EN], ids=["da", "en"])
@pytest.mark.parametrize("group", [("", ""), ("region", "nordjylland"), ("age_band", "under_18")])
@pytest.mark.parametrize("source", ["eksempel-hotline", "eksempel-konsulenter"])
def test_each_slide_says_one_thing_and_where_it_comes_from(
    ask: Ask, contacts: list[Contact], source: str, group: tuple[str, str], spoken: object
) -> None:
    language = DA if spoken is DA else EN
    found = story(ask, Choices(source, group=group, by="theme"), contacts, DAY, language)
    for slide in found:
        assert slide.title and ":orange" not in slide.title, slide.name
        assert slide.points or slide.table is not None, slide.name
        assert language("slides.guard").split()[0] in slide.guard, slide.name
        assert slide.notes, slide.name
        assert "(2" in slide.source and " 2026" in slide.source, slide.source
        assert slide.sample == language("header.sample")
        assert (slide.chart is None) or slide.table is not None, slide.name
    assert len({slide.title for slide in found}) == len(SLIDES)


def test_the_figures_of_a_slide_are_those_of_the_page(told: dict[str, Slide], ask: Ask) -> None:
    facts = facts_of(ask, "eksempel-hotline")
    effect = effect_words.judged(facts, "lockdown_1")
    phase = facts.phase("lockdown_1")
    assert told["fall"].points[0] == effect_words.lead(facts, phase, effect, DA)
    assert (
        told["fall"].title == "Under 1. nedlukning kom der 39 pct. færre henvendelser end forventet"
    )
    shown = told["fall"].chart
    assert shown and shown.accent == (pd.Timestamp("2020-04-01"), pd.Timestamp("2020-06-01"))
    counted = facts.months.set_index("month")["count"]
    assert shown.rows.set_index("month")["count"].equals(counted[shown.rows["month"]])


def test_a_slide_of_a_real_source_does_not_say_that_it_is_made_up() -> None:
    for slide in made_up(counts(**LOCKDOWN), *SLIDES):
        assert slide.sample == ""
        assert DA("header.sample") not in " ".join((slide.title, *slide.points, slide.source))


# What the titles may say


@pytest.mark.parametrize(
    ("months", "hidden", "expected"),
    [
        (LASTING, (), "Ved udgangen af februar 2022 manglede der stadig"),
        (LOCKDOWN | {"m2020_09": 280}, (), "kom der omtrent så mange henvendelser som forventet"),
        (MORE, (), "Alt var kommet igen ved udgangen af februar 2022, og"),
        (LASTING, ("2021-03",), "Det kan kun gøres op til og med februar 2021"),
        (LASTING, ("2020-04",), "Det kan ikke gøres op"),
    ],
    ids=["missing", "back", "more", "broken", "unknown"],
)
def test_what_came_back_is_said_as_far_as_it_is_known(
    months: dict[str, int], hidden: tuple[str, ...], expected: str
) -> None:
    (slide,) = made_up(counts(**months), "returned", hidden=hidden)
    assert expected in slide.title


def test_where_more_came_the_twin_of_the_guard_stands() -> None:
    (slide,) = made_up(counts(**MORE), "fall")
    assert "flere henvendelser end forventet" in slide.title
    assert slide.guard == DA("slides.guard_rise")
    assert slide.chart and slide.chart.accent is None


def test_a_group_is_said_to_have_fallen_more_only_where_that_is_sure(
    ask: Ask, contacts: list[Contact]
) -> None:
    titles = {}
    for by in ("inquirer", "theme"):
        choices = Choices("eksempel-hotline", by=by, slides=("whom",))
        (slide,) = story(ask, choices, contacts, DAY, DA)
        titles[by] = slide.title
    assert titles["inquirer"] == "Faldet var klart større for »Fagperson« end for de øvrige"
    assert (
        titles["theme"] == "Ingen gruppe skiller sig sikkert ud fra de øvrige under 1. nedlukning"
    )


def test_a_source_without_groups_says_that_it_has_none() -> None:
    (slide,) = made_up(counts(**LOCKDOWN), "whom")
    assert slide.chart is None and "oplyser ikke" in slide.title


def test_hidden_months_are_counted_and_none_is_drawn_as_zero() -> None:
    hidden = ("2020-04", "2020-05", "2020-06")
    fall, unknown = made_up(counts(**LOCKDOWN), "fall", "unknown", hidden=hidden)
    assert fall.chart
    rows = fall.chart.rows.set_index("month")["count"]
    assert rows[pd.Timestamp("2020-04-01") : pd.Timestamp("2020-06-01")].isna().all()
    assert "3 af 74 måneder vises ikke" in " ".join(unknown.points)


def test_where_every_month_is_hidden_there_is_no_chart_but_a_sentence() -> None:
    every = tuple(f"{month:%Y-%m}" for month in MONTHS)
    for slide in made_up(counts(), "fall", "returned", "now", hidden=every):
        assert slide.chart is None and slide.table is None and slide.points, slide.name


# Whom to call


def test_every_number_stands_with_its_source_and_the_day_it_was_read(
    told: dict[str, Slide], contacts: list[Contact]
) -> None:
    shown = told["call"].table
    assert shown is not None
    may = {
        way.address
        for contact in contacts
        for way in contact.phones
        if directory.printable_number(way, DAY)
    }
    numbers = shown[shown.iloc[:, 1].str.fullmatch(r"[\d ]+")]
    assert len(numbers)
    assert set(numbers.iloc[:, 1]) <= may
    assert numbers.iloc[:, 2].str.contains(", læst ").all()
    assert told["call"].subtitle == "Livsfare: ring 112. Politi, ikke livsfare: 114."


def test_without_contacts_112_and_114_still_stand() -> None:
    (slide,) = made_up(counts(), "call")
    assert "112" in slide.subtitle and slide.table is None


# Own words


def test_own_words_stand_on_the_first_slide_and_on_no_other(told: dict[str, Slide]) -> None:
    assert "Direktionen" in told["question"].points
    others = [slide for name, slide in told.items() if name != "question"]
    assert not any("Direktionen" in part for slide in others for part in slide.points)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (
            "own_line",
            "  Møde i   styregruppen\n3. december 2026 ",
            "Møde i styregruppen 3. december 2026",
        ),
        ("own_line", "Æblegrød på Ærø 🙂", "Æblegrød på Ærø 🙂"),
        ("own_line", "x" * LONGEST["own_line"], "x" * LONGEST["own_line"]),
        ("own_line", "", ""),
        ("name", "Mette Hansen, kontorchef", "Mette Hansen, kontorchef"),
    ],
    ids=["spaces", "letters", "longest", "empty", "own name"],
)
def test_a_plain_line_is_kept(field: str, typed: str, kept: str) -> None:
    assert own_text(field, typed) == kept  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("own_line", "x" * 500, "own_text_long"),
        ("name", "x" * 81, "own_text_long"),
        ("own_line", "Borgeren 010203-1234", "own_text_personal"),
        ("name", "010203-1234", "own_text_personal"),
        ("own_line", "Ring til Mette Hansen", "own_text_personal"),
        ("own_line", "Hun er 17 år og bor hos sin onkel", "own_text_personal"),
        ("name", "mette@example.org", "own_text_personal"),
        ("own_line", "Sag nr. 2020-12345", "own_text_personal"),
    ],
    ids=["long", "long name", "cpr", "cpr as name", "name", "story", "mail", "case"],
)
def test_a_line_that_is_too_long_or_tells_of_a_person_is_refused_and_not_repeated(
    field: str, typed: str, code: str
) -> None:
    with pytest.raises(Fault) as refused:
        own_text(field, typed)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert typed not in str(refused.value) and typed not in DA(f"fault.{code}", most=1)
