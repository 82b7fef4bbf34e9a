"""Nothing reaches a reader that does not follow from the released cells, and no hidden cell's place holds a number.

A server with nothing but published/ is visited page by page, for each source, language and filter;
all that it sends is read and compared with the release. Then a release follows in which hidden
counts stand after all: the same reading must find them.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser
from readings import Read, Reader, allowed, read, reader_of, said
from traffic import Traffic
from visit import CHART, READY, UNFOLDED_MS, Visit, visiting

from inquiries.home import Home
from inquiries.release import CHECKSUM, Release, checksum, newest
from inquiries.words import LOCALES, words

PAGES = {"", "contacts", "about"}
SOURCES = ("eksempel-hotline", "eksempel-konsulenter")
REGIONS = ("hovedstaden", "nordjylland", "syddanmark", "")
AUDIENCES = ("citizen", "professional", "", "")
# Totals of the sample release that are taken out, as if they had been small, and their places' false counts.
HIDDEN = {
    ("eksempel-hotline", "month", "2021-06"): 3,
    ("eksempel-hotline", "quarter", "2022Q1"): 4,
    ("eksempel-konsulenter", "month", "2018-05"): 2,
}


HIDE = """
    delete from cell where dimension_1 = '' and source = ? and period_kind = ? and period = ?
"""
PLANT = """
    insert into cell
    select source, '', '', '', '', period_kind, period, first_month, $4
    from coverage where source = $1 and period_kind = $2 and period = $3
"""
# How the sentences begin that are made of figures: the lead, and the chart's text alternative.
OF_FIGURES = {
    "da": ("Eksempeldata: I ", "Henvendelser pr. måned. Eksempeldata: "),
    "en": ("Sample data: In ", "Inquiries per month. Sample data: "),
}


@dataclass(frozen=True)
class Seen:
    """One reader's visit to the overview and another page, in one language and of one source."""

    source: str
    language: str
    traffic: Traffic

    def read(self, release: Release) -> Read:
        return read(self.traffic, self.reader(release))

    def reader(self, release: Release) -> Reader:
        return reader_of(release, words(self.language))


@pytest.fixture(scope="module")
def published(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The sample release without some totals, and nothing beside it that exact figures could come from."""
    made = Home(tmp_path_factory.mktemp("published"))
    shutil.copytree(home / "published", made.folder / "published")
    path = newest(made)
    assert path is not None
    altered(path, HIDE, with_count=False)
    return made


def altered(path: Path, statement: str, *, with_count: bool) -> None:
    """Change the places of the hidden totals in a release, and sign it again."""
    with duckdb.connect(str(path)) as connection:
        for place, count in HIDDEN.items():
            connection.execute(statement, [*place, *([count] if with_count else [])])
        connection.execute("update about set value = ? where key = 'release'", [path.stem])
    path.with_suffix(CHECKSUM).write_text(checksum(path), "ascii")


@pytest.fixture(scope="module")
def release(published: Home) -> Iterator[Release]:
    path = newest(published)
    assert path is not None
    opened = Release(path)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def seen(browser: Browser, reader_server: str) -> list[Seen]:
    """Every reader page for each source and language, with each kind of filter."""
    found = []
    for place, (source, language) in enumerate(product(SOURCES, LOCALES)):
        choices = f"?source={source}&lang={language}&region={REGIONS[place]}"
        found.append(visited(browser, reader_server, source, language, choices))
        with visiting(browser, reader_server) as visit:
            found[-1].traffic.listen(visit.page)
            for page in ("contacts", "about"):
                look(visit, f"{page}{choices}&audience={AUDIENCES[place]}", found[-1].traffic)
    return found


def visited(browser: Browser, address: str, source: str, language: str, choices: str) -> Seen:
    """The overview with its table unfolded and its file downloaded."""
    traffic = Traffic()
    with visiting(browser, address) as visit:
        traffic.listen(visit.page)
        look(visit, choices, traffic)
        visit.page.locator("[data-testid=stExpander] summary").first.click()
        visit.page.wait_for_timeout(UNFOLDED_MS)
        with visit.page.expect_download() as file:
            visit.page.get_by_test_id("stDownloadButton").get_by_role("button").click()
        traffic.download(Path(file.value.path()).read_bytes())
        traffic.look(visit.page)
    return Seen(source, language, traffic)


def look(visit: Visit, address: str, traffic: Traffic) -> None:
    visit.page.goto(f"{visit.server}/{address}")
    visit.page.locator(READY).first.wait_for()
    for chart in visit.page.locator(CHART).all():
        chart.locator("svg.marks").wait_for()
    traffic.look(visit.page)


def test_every_page_that_a_reader_has_is_visited(seen: list[Seen]) -> None:
    assert set().union(*(own.traffic.pages for own in seen)) == PAGES


def test_everything_that_was_sent_could_be_read(seen: list[Seen], release: Release) -> None:
    for own in seen:
        assert own.traffic.unread == []
        assert own.read(release).unknown == [], (
            "a table that is new here: teach readings.py to read it"
        )


def test_every_figure_of_a_period_is_one_of_the_release(seen: list[Seen], release: Release) -> None:
    for own in seen:
        may = allowed(release, own.source, words(own.language))
        numbers = own.read(release).numbers
        assert len(numbers) > 250
        assert {(at, number) for at, number in numbers if number not in may.get(at, set())} == set()


def test_the_counts_that_reach_a_reader_are_released_cells_and_no_more(
    seen: list[Seen], release: Release
) -> None:
    """So whoever attacks the release has attacked all that is shown of it."""
    gained = read_counts(seen, release)
    cells = released_counts(release)
    print(
        f"{len(gained)} counts read off the traffic, {len(gained - cells)} of them not in the release"
    )
    assert gained <= cells
    months = {place for place in cells if place[1] == "month"}
    assert {place for place in gained if place[1] == "month"} == months


def test_no_place_of_a_hidden_cell_holds_a_number_and_no_count_is_small(
    seen: list[Seen], release: Release
) -> None:
    gained = read_counts(seen, release)
    assert {place[:3] for place in gained} & set(HIDDEN) == set()
    assert {place for place in gained if int(place[3]) < 5} == set()


def test_every_number_a_sentence_says_is_one_of_the_release(
    seen: list[Seen], release: Release
) -> None:
    for own in seen:
        say = words(own.language)
        may = said(release, own.source, say)
        units = "|".join([say("unit.inquiry"), say("unit.case"), r"pct\.", "per cent"])
        texts = [text for text in own.traffic.texts if text.startswith(OF_FIGURES[own.language])]
        assert texts
        for text in texts:
            assert re.search(units, text)
            assert own.reader(release).numbers(text) - may == set(), text


def test_the_addresses_hold_choices_and_no_figures(seen: list[Seen]) -> None:
    chosen = re.compile(r"\?[a-z]+=[a-z-]*(&[a-z]+=[a-z-]*)*$")
    for address in set().union(*(own.traffic.addresses for own in seen)):
        query = address[address.find("?") :] if "?" in address and "/_stcore" not in address else ""
        assert not query or chosen.match(query), address


def test_a_hidden_count_that_stands_in_a_release_is_found(
    browser: Browser, reader_server: str, published: Home, release: Release
) -> None:
    """The next release has the false counts in the hidden places; nothing else is changed."""
    path = newest(published)
    assert path is not None
    planted = path.with_stem(f"{path.stem}0")
    shutil.copy(path, planted)
    altered(planted, PLANT, with_count=True)
    try:
        choices = f"?source={SOURCES[0]}&lang=da"
        own = visited(browser, reader_server, SOURCES[0], "da", choices)
    finally:
        planted.with_suffix(CHECKSUM).unlink()
        planted.unlink()
    found = read_counts([own], release) - released_counts(release)
    print(f"planted counts found in the traffic: {sorted(found)}")
    assert found == {("eksempel-hotline", "month", "2021-06", "3")}


def read_counts(seen: list[Seen], release: Release) -> set[tuple[str, str, str, str]]:
    """Source, kind, period and count of all that was read."""
    return {
        (own.source, *period, number.replace(".", "").replace(",", ""))
        for own in seen
        for period, number in own.read(release).counts
    }


def released_counts(release: Release) -> set[tuple[str, str, str, str]]:
    cells = release.ask("publish/shown_cells")
    totals = cells[cells["dimension_1"] == ""]
    return {
        (row.source, row.period_kind, row.period, str(row.count)) for row in totals.itertuples()
    }
