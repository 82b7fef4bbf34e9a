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
import printed
import pytest
from allowed import allowed, of_sentences, said
from playwright.sync_api import Browser
from readings import ALL, Choice, Group, Read, Reader, read, reader_of
from traffic import Traffic
from visit import READY, UNFOLDED_MS, Visit, visiting

from inquiries.home import Home
from inquiries.release import CHECKSUM, Release, checksum, newest
from inquiries.words import LOCALES, words

pytestmark = pytest.mark.long

PAGES = {"", "drop", "explore", "municipality", "contacts", "presentation", "about"}
SOURCES = ("eksempel-hotline", "eksempel-konsulenter")
REGIONS = ("hovedstaden", "nordjylland", "syddanmark", "")
AUDIENCES = ("citizen", "professional", "", "")
PHONE: Group = ("channel", "phone")
# Where the page on the drop is visited, and what it is asked for.
DROPS = (
    (Choice(by="region"), "eksempel-hotline", "da"),
    (Choice("reopening", PHONE, "theme"), "eksempel-hotline", "en"),
    (Choice("lockdown_2", by="channel"), "eksempel-konsulenter", "da"),
)
# What is visited of Min kommune: of which municipality, source and in which language.
AALBORG: Group = ("municipality", "851")
MUNICIPALITIES = (
    (AALBORG, "eksempel-hotline", "da"),
    (("municipality", "751"), "eksempel-konsulenter", "en"),
)
# Views of the page that explores the figures: what its rows are of, and what it is asked for.
EXPLORED = (
    (Choice(by="channel"), "eksempel-hotline", "da", "by=channel"),
    (Choice(group=PHONE), "eksempel-hotline", "en", "only=channel.phone"),
    (Choice(), "eksempel-konsulenter", "da", "form=same"),
    (Choice(by="municipality"), "eksempel-hotline", "da", "by=municipality&form=heat&period=year"),
    (Choice(by="gender"), "eksempel-konsulenter", "en", "by=gender&form=small"),
    (Choice(by="theme"), "eksempel-hotline", "da", "by=theme&form=table"),
)
# Cells of the sample release that are taken out, as if they had been small, and their places' false counts.
HIDDEN = {
    ("eksempel-hotline", *ALL, "month", "2021-06"): 3,
    ("eksempel-hotline", *ALL, "quarter", "2022Q1"): 4,
    ("eksempel-hotline", *PHONE, "month", "2021-07"): 2,
    ("eksempel-hotline", *AALBORG, "year", "2019"): 3,
    ("eksempel-konsulenter", *ALL, "month", "2018-05"): 2,
}
HIDE = """
    delete from cell
    where source = ? and dimension_1 = ? and value_1 = ? and dimension_2 = ''
      and period_kind = ? and period = ?
"""
PLANT = """
    insert into cell
    select source, $2, $3, '', '', period_kind, period, first_month, $6
    from coverage where source = $1 and period_kind = $4 and period = $5
"""
UNFOLD = "(headings) => headings.forEach((heading) => heading.click())"
# How the sentences begin that are made of figures: the lead, and the chart's text alternative.
OF_FIGURES = {
    "da": ("Eksempeldata: I ", "Henvendelser pr. måned. Eksempeldata: "),
    "en": ("Sample data: In ", "Inquiries per month. Sample data: "),
}


@dataclass(frozen=True)
class Seen:
    """One reader's visit to the page on the drop or to the others, in one language and of one source."""

    source: str
    language: str
    choice: Choice
    traffic: Traffic

    def read(self, release: Release) -> Read:
        return read(self.traffic, self.reader(release))

    def reader(self, release: Release) -> Reader:
        return reader_of(release, words(self.language), self.choice)


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
        found.append(Seen(source, language, Choice(), visited(browser, reader_server, choices)))
        with visiting(browser, reader_server) as visit:
            found[-1].traffic.listen(visit.page)
            for page in ("contacts", "about"):
                look(visit, f"{page}{choices}&audience={AUDIENCES[place]}", found[-1].traffic)
    return found


@pytest.fixture(scope="module")
def presented(browser: Browser, reader_server: str) -> list[Seen]:
    """The slides of each source, each in a language, with the groups that they set side by side."""
    found = []
    for source, language in zip(SOURCES, LOCALES, strict=True):
        found.append(Seen(source, language, Choice(by="inquirer"), Traffic()))
        with visiting(browser, reader_server) as visit:
            found[-1].traffic.listen(visit.page)
            look(visit, f"presentation?source={source}&lang={language}", found[-1].traffic)
    return found


@pytest.fixture(scope="module")
def dropped(browser: Browser, reader_server: str) -> list[Seen]:
    """The page on the drop, of each source, for a phase, a group and a dimension."""
    return [drop_seen(browser, reader_server, *asked) for asked in DROPS]


@pytest.fixture(scope="module")
def own_seen(browser: Browser, reader_server: str) -> list[Seen]:
    """The pages of some municipalities, with what stands on their sheets."""
    return [municipality_seen(browser, reader_server, *asked) for asked in MUNICIPALITIES]


@pytest.fixture(scope="module")
def explored(browser: Browser, reader_server: str) -> list[Seen]:
    """The page that explores the figures, in each form that shows counts."""
    found = []
    for choice, source, language, asked in EXPLORED:
        found.append(Seen(source, language, choice, Traffic()))
        with visiting(browser, reader_server) as visit:
            found[-1].traffic.listen(visit.page)
            address = f"explore?source={source}&lang={language}&{asked}"
            look(visit, address, found[-1].traffic)
    return found


@pytest.fixture(scope="module")
def all_seen(
    seen: list[Seen],
    dropped: list[Seen],
    own_seen: list[Seen],
    explored: list[Seen],
    presented: list[Seen],
) -> list[Seen]:
    return [*seen, *dropped, *own_seen, *explored, *presented]


@pytest.fixture(scope="module")
def all_read(all_seen: list[Seen], release: Release) -> list[tuple[Seen, Read]]:
    return [(own, own.read(release)) for own in all_seen]


def drop_seen(browser: Browser, server: str, choice: Choice, source: str, language: str) -> Seen:
    group = ".".join(choice.group) if choice.group != ALL else "all"
    asked = f"source={source}&lang={language}&phase={choice.phase}&group={group}&by={choice.by}"
    return Seen(source, language, choice, visited(browser, server, f"drop?{asked}"))


def municipality_seen(
    browser: Browser, server: str, municipality: Group, source: str, language: str
) -> Seen:
    """What Min kommune says and sends; the region's drop stands there too."""
    asked = f"source={source}&lang={language}&municipality={municipality[1]}"
    traffic = Traffic()
    with visiting(browser, server) as visit:
        traffic.listen(visit.page)
        look(visit, f"municipality?{asked}", traffic)
        visit.page.locator("[data-testid=stExpander] summary").evaluate_all(UNFOLD)
        visit.page.wait_for_timeout(UNFOLDED_MS)
        traffic.look(visit.page)
        traffic.texts.append(printed.text(printed.read(downloaded(visit))))
    return Seen(source, language, Choice(group=municipality, by="region"), traffic)


def visited(browser: Browser, server: str, address: str) -> Traffic:
    """All that a page of figures sends, with its tables unfolded and its file downloaded."""
    traffic = Traffic()
    with visiting(browser, server) as visit:
        traffic.listen(visit.page)
        look(visit, address, traffic)
        visit.page.locator("[data-testid=stExpander] summary").evaluate_all(UNFOLD)
        visit.page.wait_for_timeout(UNFOLDED_MS)
        traffic.download(downloaded(visit))
        traffic.look(visit.page)
    return traffic


def downloaded(visit: Visit) -> bytes:
    """The last file that a page offers: its whole table, or the only one."""
    with visit.page.expect_download() as file:
        visit.page.get_by_test_id("stDownloadButton").get_by_role("button").last.click()
    return Path(file.value.path()).read_bytes()


def look(visit: Visit, address: str, traffic: Traffic) -> None:
    visit.page.goto(f"{visit.server}/{address}")
    visit.page.locator(READY).first.wait_for()
    visit.drawn()
    traffic.look(visit.page)


def test_every_page_that_a_reader_has_is_visited(all_seen: list[Seen]) -> None:
    assert set().union(*(own.traffic.pages for own in all_seen)) == PAGES


def test_everything_that_was_sent_could_be_read(all_read: list[tuple[Seen, Read]]) -> None:
    for own, found in all_read:
        assert own.traffic.unread == []
        assert found.unknown == [], "a table that is new here: teach readings.py to read it"


def test_every_figure_of_a_period_is_one_of_the_release(
    all_read: list[tuple[Seen, Read]], release: Release
) -> None:
    for own, found in all_read:
        may = allowed(release, own.source, own.reader(release))
        numbers = found.numbers
        assert len(numbers) > (40 if own.choice.group[0] == "municipality" else 100)
        assert {(at, number) for at, number in numbers if number not in may.get(at, set())} == set()


def test_the_counts_that_reach_a_reader_are_released_cells_and_no_more(
    all_read: list[tuple[Seen, Read]], release: Release
) -> None:
    """So whoever attacks the release has attacked all that is shown of it."""
    gained = read_counts(all_read)
    cells = released_counts(release)
    print(
        f"{len(gained)} counts read off the traffic, {len(gained - cells)} of them not in the release"
    )
    assert gained <= cells
    assert months_of_totals(gained) == months_of_totals(cells)


def test_no_place_of_a_hidden_cell_holds_a_number_and_no_count_is_small(
    all_read: list[tuple[Seen, Read]],
) -> None:
    gained = read_counts(all_read)
    assert {place[:-1] for place in gained} & set(HIDDEN) == set()
    assert {place for place in gained if int(place[-1]) < 5} == set()


def test_every_number_a_sentence_says_is_one_of_the_release(
    seen: list[Seen], dropped: list[Seen], own_seen: list[Seen], release: Release
) -> None:
    for own in (*seen, *dropped, *own_seen):
        say = words(own.language)
        may = said(release, own.source, own.reader(release))
        units = "|".join([say("unit.inquiry"), say("unit.case"), r"pct\.", "per cent"])
        texts = [text for text in own.traffic.texts if text.startswith(OF_FIGURES[own.language])]
        assert texts
        for text in texts:
            assert re.search(units, text)
            assert own.reader(release).numbers(text) - may == set(), text


def test_every_number_on_the_page_of_the_drop_is_one_of_the_release(
    dropped: list[Seen], release: Release
) -> None:
    for own in dropped:
        reader = own.reader(release)
        may = said(release, own.source, reader) | of_sentences(release, own.source, reader.words)
        texts = {*own.traffic.shown}.union(*(one.written for one in own.traffic.elements))
        # The line a figure is quoted by has days and a code, and no count.
        quoted = {text for text in texts if reader.words("code.label") in text}
        assert quoted
        found = {(text, number) for text in texts - quoted for number in reader.numbers(text)}
        assert len(found) > 100
        assert {(text, number) for text, number in found if number not in may} == set()


def test_the_addresses_hold_choices_and_no_figures(all_seen: list[Seen]) -> None:
    chosen = re.compile(r"\?[a-z]+=[a-z0-9_.-]*(&[a-z]+=[a-z0-9_.-]*)*$")
    for address in set().union(*(own.traffic.addresses for own in all_seen)):
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
        asked, of_phone = (SOURCES[0], "da"), Choice(group=PHONE, by="channel")
        overview = visited(browser, reader_server, f"?source={SOURCES[0]}&lang=da")
        found = [
            Seen(*asked, Choice(), overview),
            drop_seen(browser, reader_server, of_phone, *asked),
            municipality_seen(browser, reader_server, AALBORG, *asked),
        ]
    finally:
        planted.with_suffix(CHECKSUM).unlink()
        planted.unlink()
    false = read_counts([(own, own.read(release)) for own in found]) - released_counts(release)
    print(f"planted counts found in the traffic: {sorted(false)}")
    assert false == {
        ("eksempel-hotline", *ALL, "month", "2021-06", "3"),
        ("eksempel-hotline", *PHONE, "month", "2021-07", "2"),
        ("eksempel-hotline", *AALBORG, "year", "2019", "3"),
    }


def read_counts(all_read: list[tuple[Seen, Read]]) -> set[tuple[str, ...]]:
    """Source, dimension, value, kind, period and count of all that was read."""
    return {
        (own.source, *place, re.sub("[.,]", "", number))
        for own, found in all_read
        for place, number in found.counts
    }


def released_counts(release: Release) -> set[tuple[str, ...]]:
    cells = release.ask("publish/shown_cells")
    columns = ["source", "dimension_1", "value_1", "period_kind", "period", "count"]
    return set(
        cells[cells["dimension_2"] == ""][columns].astype(str).itertuples(index=False, name=None)
    )


def months_of_totals(counts: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
    return {place for place in counts if place[1:4] == (*ALL, "month")}
