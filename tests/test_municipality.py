"""Min kommune: released cells with their marks, the region's and the country's drop, own contacts, duties, one sheet."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from printed import fonts, is_tagged, read, text, unspaced
from pypdf import PdfReader
from released import TOTAL, asked, given
from streamlit.testing.v1 import AppTest

from inquiries import directory
from inquiries.directory import Contact, for_print, own_entries
from inquiries.duties import duties
from inquiries.exports.municipality_sheet import municipality_sheet
from inquiries.facts import Ask
from inquiries.home import Home
from inquiries.municipality import Municipality, municipality
from inquiries.periods import COMPLETE, MISSING, PROVISIONAL
from inquiries.release import Release, open_newest
from inquiries.tables import year_grid
from inquiries.vocabulary import phases, read_table
from inquiries.words import Words, words

FRAME = Path(__file__).resolve().parents[1] / "dashboard" / "frame.py"
DA, EN = words("da"), words("en")
AALBORG, HJORRING, KOBENHAVN = "851", "860", "101"
MONTHS = pd.date_range("2017-01-01", "2022-09-01", freq="MS")
DAY = date(2026, 11, 23)
HOTLINE = "eksempel-hotline"
SECONDS = 30


def series(usual: int, **changed: int) -> pd.Series:
    """So many each month, and other numbers from April to June 2020 where there are any."""
    found = pd.Series(usual, index=MONTHS)
    found["2020-04":"2020-06"] = changed.get("lockdown", usual)
    return found


HIDDEN = {("municipality", AALBORG): ("2020Q3", "2021Q1", "2021")}


@pytest.fixture(scope="module")
def ask() -> Ask:
    """A release in which a region fell and the country rose, with some of Aalborg's cells hidden."""
    counts = {
        TOTAL: series(200, lockdown=280),
        ("region", "nordjylland"): series(60, lockdown=30),
        ("region", "hovedstaden"): series(90),
        ("municipality", AALBORG): series(4),
        ("municipality", "unknown"): series(50),
    }
    return asked(given(counts, phases(), hidden=HIDDEN))


@pytest.fixture(scope="module")
def aalborg(ask: Ask) -> Municipality:
    return municipality(ask, "s", AALBORG, DA)


# Its own figures


def periods(*rows: tuple[str, str, float]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["period", "state", "count"])
    return found.assign(month=pd.Timestamp("2020-01-01"), masked=False)


def test_each_quarter_and_year_has_its_count_or_its_mark_newest_year_first() -> None:
    quarters = periods(
        ("2019Q3", COMPLETE, 12),
        ("2019Q4", COMPLETE, np.nan),
        ("2020Q1", MISSING, np.nan),
        ("2020Q2", PROVISIONAL, 7),
        ("2020Q3", PROVISIONAL, np.nan),
    )
    grid = year_grid(quarters, periods(("2019", COMPLETE, 1234)), DA)
    assert list(grid.columns) == [
        "År", "1. kvartal", "2. kvartal", "3. kvartal", "4. kvartal", "Hele året",
    ]  # fmt: skip
    assert grid.to_numpy().tolist() == [
        ["2020", "ikke indberettet", "7 (foreløbig)", "skjult", "–", "–"],
        ["2019", "–", "–", "12", "skjult", "1.234"],
    ]


def test_what_is_hidden_is_counted_and_the_nearest_that_is_shown_is_offered(
    aalborg: Municipality,
) -> None:
    assert aalborg.figures is not None and aalborg.figures.grid is not None
    assert aalborg.figures.grid.set_index("År").loc["2021"].tolist() == [
        "skjult", "12", "12", "12", "skjult",
    ]  # fmt: skip
    assert aalborg.figures.hidden == (
        "2 af 23 kvartaler og 1 af 5 år er skjult, fordi tallene er små."
    )
    assert aalborg.figures.nearest == (
        "Det nærmeste januar–marts 2021, der kan vises, er Region Nordjylland, "
        "januar–marts 2021: 180 henvendelser."
    )


def test_inquiries_without_a_known_municipality_are_told_of(aalborg: Municipality) -> None:
    assert aalborg.figures is not None
    assert "I 2021 var kommunen ikke oplyst ved 600 henvendelser" in (aalborg.figures.notes[-1])


def test_where_nothing_is_shown_there_is_no_table_of_marks(ask: Ask) -> None:
    figures = municipality(ask, "s", HJORRING, DA).figures
    assert figures is not None and figures.grid is None
    assert figures.hidden == "23 af 23 kvartaler og 5 af 5 år er skjult, fordi tallene er små."
    assert DA("municipality.small", unit="henvendelser") not in figures.notes


def test_a_source_that_registers_no_municipality_has_the_countrys_drop_alone() -> None:
    made = given({TOTAL: series(200, lockdown=100)}, phases())
    made["source"]["columns"] = "month count"
    found = municipality(asked(made), "s", AALBORG, DA)
    assert found.figures is None
    assert [drop.place for drop in found.drops] == ["Hele landet"]
    assert found.drops[0].change == "−50 pct."


@pytest.mark.parametrize("code", [KOBENHAVN, AALBORG, HJORRING, "825", "751"])
def test_every_number_of_a_municipality_is_a_cell_of_the_release(home: Path, code: str) -> None:
    release = open_newest(Home(home))
    assert release is not None
    cells = release.ask("publish/shown_cells")
    for source in release.sources:
        own = cells[(cells["source"] == source) & (cells["value_1"] == code)]
        shown = own[own["period_kind"].isin(["quarter", "year"])].set_index("period")["count"]
        figures = municipality(release.ask, source, code, DA).figures
        assert figures is not None
        grid = pd.DataFrame() if figures.grid is None else figures.grid.set_index("År")
        for year, row in grid.iterrows():
            for place, cell in enumerate(row):
                period = f"{year}Q{place + 1}" if place < 4 else year
                assert re.sub(r"\D", "", cell) == str(shown.get(period, "")), (period, cell)
    release.close()


# The drop around it


def test_the_regions_and_the_countrys_change_are_told_each_with_its_own_guard(
    aalborg: Municipality,
) -> None:
    region, country = aalborg.drops
    assert (region.place, region.change) == ("Region Nordjylland", "−50 pct.")
    assert (
        "henvendelser (Region Nordjylland)" in region.lead and "et fald på 50 pct." in region.lead
    )
    assert (country.place, country.change) == ("Hele landet", "+40 pct.")
    assert "en stigning på 40 pct." in country.lead
    assert aalborg.guards == (DA("effect.guard"), DA("effect.guard_rise"))


def test_a_region_that_cannot_be_judged_has_no_change_and_says_why(home: Path) -> None:
    release = open_newest(Home(home))
    assert release is not None
    found = municipality(release.ask, HOTLINE, AALBORG, DA)
    release.close()
    assert found.drops[0].change == "–"
    assert "for lille til" in found.drops[0].lead
    assert found.guards == (DA("effect.guard"),)


def test_the_region_is_the_one_it_lay_in_during_the_lockdown(ask: Ask) -> None:
    drop = municipality(ask, "s", KOBENHAVN, DA).drops[0]
    assert drop.place == "Region Hovedstaden"


# What the law asks


@pytest.mark.parametrize("spoken", [DA, EN])
def test_the_written_plan_comes_first_and_every_duty_has_its_source(spoken: Words) -> None:
    found = duties(spoken)
    assert [duty.provision for duty in found] == [
        "Barnets lov § 15, stk. 3", "Barnets lov § 18", "Serviceloven § 12 a",
    ]  # fmt: skip
    for duty in found:
        assert duty.says and re.fullmatch(r"[\w.-]+\.\w+", duty.host)
    assert ("beredskab" if spoken is DA else "plan") in found[0].says


# Whom to call


@pytest.fixture(scope="module")
def contacts(tmp_path_factory: pytest.TempPathFactory) -> list[Contact]:
    home = Home(tmp_path_factory.mktemp("home")).prepare()
    directory.publish(home)
    return directory.read_published(home.directory)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (HJORRING, ["hjoerring-modtagelsesvagt"]),
        ("461", ["odense-enhed-mod-negativ-social-kontrol", "odense-forebyggende-indsatser"]),
        (AALBORG, []),
    ],
)
def test_a_municipalitys_own_entry_points_are_its_own_and_not_the_regions(
    contacts: list[Contact], code: str, expected: list[str]
) -> None:
    assert [one.id for one in own_entries(contacts, code)] == expected


# The sheet


def printed(told: Municipality, contacts: list[Contact], spoken: Words = DA) -> PdfReader:
    own = own_entries(contacts, told.code)
    rest = [one for one in for_print(contacts, municipality=told.code) if one not in own]
    return read(municipality_sheet(told, [*own, *rest], 7, DAY, spoken))


@pytest.fixture(scope="module")
def release(home: Path) -> Release:
    found = open_newest(Home(home))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("code", "spoken"),
    [(HJORRING, DA), (KOBENHAVN, EN), ("825", DA)],
    ids=["shown", "en", "hidden"],
)
def test_the_sheet_is_one_tagged_page_with_all_that_the_page_says(
    release: Release, contacts: list[Contact], code: str, spoken: Words
) -> None:
    told = municipality(release.ask, HOTLINE, code, spoken)
    reader = printed(told, contacts, spoken)
    assert len(reader.pages) == 1 and is_tagged(reader)
    assert reader.root_object["/Lang"] == spoken.language
    assert all("SourceSans3" in font for font in fonts(reader))
    said = text(reader)
    assert told.figures is not None
    for sentence in (
        spoken("header.sample"),
        spoken("print.danger"),
        spoken("effect.guard"),
        told.figures.hidden,
        told.caption,
        told.drops[-1].lead,
        duties(spoken)[0].says,
    ):
        assert unspaced(sentence) in unspaced(said), sentence
    cells = [] if told.figures.grid is None else told.figures.grid.to_numpy().ravel()
    assert unspaced("".join(cells)) in unspaced(said)


def test_the_sheet_holds_the_line_that_guards_the_reading_release_and_own_entry(
    release: Release, contacts: list[Contact]
) -> None:
    said = text(printed(municipality(release.ask, HOTLINE, HJORRING, DA), contacts))
    assert "Færre henvendelser er ikke ensbetydende med færre konflikter." in said
    assert "Opgørelse nr. 7, udskrevet 23. november 2026" in said
    assert "Modtagelsesvagten" in said and "adm.hjoerring.dk · nummer skal bekræftes" in said
    assert said.index("Modtagelsesvagten") < said.index("RED Rådgivning")
    assert DA("contacts.no_own_entry") not in said


def test_no_number_is_printed_that_may_not_be(release: Release, contacts: list[Contact]) -> None:
    said = unspaced(text(printed(municipality(release.ask, HOTLINE, HJORRING, DA), contacts)))
    refused = {row["number"] for row in read_table("refused_numbers")}
    unconfirmed = {"72333530", "96301448", "70277666"}
    assert not [number for number in refused | unconfirmed if number in said]
    assert "1888" in said


def test_however_much_there_is_to_tell_it_is_one_page_and_says_what_is_left_out(
    release: Release, contacts: list[Contact]
) -> None:
    told = municipality(release.ask, HOTLINE, KOBENHAVN, DA)
    warned = tuple(replace(drop, warnings=(DA("warning.outlier"),) * 4) for drop in told.drops)
    reader = printed(replace(told, drops=warned), contacts * 3)
    said = text(reader)
    assert len(reader.pages) == 1
    assert re.search(r"Der er ikke plads til \d+ kontakter mere", said)
    assert DA("municipality.duties_title") in said


# The page


def opened(home: Path, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    monkeypatch.setenv("INQUIRIES_HOME", str(home))
    app = AppTest.from_file(str(FRAME), default_timeout=SECONDS).run()
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page("app_pages/municipality.py").run()
    assert not app.exception and not app.error
    return app


def texts(app: AppTest) -> list[str]:
    return [element.value for element in (*app.title, *app.subheader, *app.markdown)]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, "Min kommune"),
        ({"municipality": "999"}, "Min kommune"),
        ({"municipality": "<script>"}, "Min kommune"),
        ({"municipality": "unknown"}, "Min kommune"),
        ({"municipality": AALBORG}, "Min kommune: Aalborg"),
        ({"municipality": "825", "source": "eksempel-konsulenter"}, "Min kommune: Læsø"),
        ({"municipality": KOBENHAVN, "lang": "en"}, "My municipality: København"),
        ({"remembered": HJORRING}, "Min kommune: Hjørring"),
        ({"remembered": HJORRING, "municipality": AALBORG}, "Min kommune: Aalborg"),
        ({"remembered": "<script>"}, "Min kommune"),
    ],
    ids=str,
)
def test_the_municipality_in_the_address_is_shown_and_nonsense_gives_the_chooser(
    home: Path, monkeypatch: pytest.MonkeyPatch, query: dict[str, str], shown: str
) -> None:
    app = opened(home, monkeypatch, **query)
    assert app.title[0].value == shown
    assert bool(app.get("download_button")) == (":" in shown)
    assert "remembered" not in app.query_params


def test_a_chosen_municipality_stands_in_the_address_and_is_kept_from_page_to_page(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(home, monkeypatch)
    app.selectbox(key="municipality").select(HJORRING).run()
    assert app.query_params["municipality"] == HJORRING
    app.switch_page("app_pages/overview.py").run()
    app.switch_page("app_pages/municipality.py").run()
    assert app.title[0].value == "Min kommune: Hjørring"
    assert app.query_params["municipality"] == HJORRING


def test_the_box_is_ticked_for_the_municipality_that_the_browser_keeps_and_no_other(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(home, monkeypatch, remembered=HJORRING)
    assert app.checkbox(key=f"remember_{HJORRING}").value
    app.selectbox(key="municipality").select(AALBORG).run()
    assert not app.checkbox(key=f"remember_{AALBORG}").value
    app.checkbox(key=f"remember_{AALBORG}").check().run()
    app.selectbox(key="municipality").select(HJORRING).run()
    assert not app.checkbox(key=f"remember_{HJORRING}").value
    app.selectbox(key="municipality").select(AALBORG).run()
    assert app.checkbox(key=f"remember_{AALBORG}").value


def test_112_and_the_municipalitys_own_entry_stand_before_the_other_contacts(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = texts(opened(home, monkeypatch, municipality=HJORRING))
    danger = said.index(f"**{DA('contacts.danger')}**")
    own = next(place for place, one in enumerate(said) if one.startswith("Modtagelsesvagten"))
    others = next(place for place, one in enumerate(said) if one.startswith("RED Rådgivning"))
    assert danger < own < others
    assert DA("contacts.no_own_entry") in texts(opened(home, monkeypatch, municipality=AALBORG))


def test_the_way_to_exact_figures_is_for_analysts_alone_and_leads_to_the_same_municipality(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(home, monkeypatch, municipality=AALBORG)
    app.button(key="municipality_exact").click().run()
    assert not app.exception
    assert app.title[0].value == DA("own_figures.title")
    assert app.multiselect(key=f"own_municipality_{HOTLINE}").value == [AALBORG]
    monkeypatch.setenv("INQUIRIES_EDITION", "reader")
    app = opened(home, monkeypatch, municipality=AALBORG)
    assert [button.key for button in app.button] == []
