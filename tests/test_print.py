"""What is printed: one page, tagged, 112 and 114 first, no number that is not confirmed, and a card that tells nothing."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from printed import fonts, is_tagged, read, text, unspaced, written
from pypdf import PdfReader

from inquiries import directory
from inquiries.directory import Contact, for_print, guards, printable_number
from inquiries.exports.card import MOST_LINES, CardLine, card, offered
from inquiries.exports.sheet import lines, sheet, sheet_csv, short
from inquiries.home import Home
from inquiries.vocabulary import read_table, regions_in_force
from inquiries.words import Words, words

DAY = date(2026, 11, 23)
DA, EN = words("da"), words("en")
SUBJECT = re.compile(r"(?i)ære|honou?r|social kontrol|control|råd|advice|vold|violence|kontakt")


@pytest.fixture(scope="module")
def contacts(tmp_path_factory: pytest.TempPathFactory) -> list[Contact]:
    """The contacts as readers get them."""
    home = Home(tmp_path_factory.mktemp("home")).prepare()
    directory.publish(home)
    return directory.read_published(home.directory)


@pytest.fixture(scope="module")
def sheets(contacts: list[Contact]) -> dict[str, PdfReader]:
    """The sheet of each region and of the whole country, in both languages."""
    return {
        f"{area} {spoken.language}": read(
            sheet(for_print(contacts, region=area), area or "", DAY, spoken)
        )
        for area in (None, *regions_in_force("2026-11"))
        for spoken in (DA, EN)
    }


# The sheet


def test_a_sheet_is_one_tagged_page_in_our_font_and_its_own_language(
    sheets: dict[str, PdfReader],
) -> None:
    for name, reader in sheets.items():
        assert len(reader.pages) == 1, name
        assert is_tagged(reader)
        assert reader.root_object["/Lang"] == name.split()[-1]
        assert all("SourceSans3" in font for font in fonts(reader)), fonts(reader)


def test_112_and_114_come_before_everyone(sheets: dict[str, PdfReader]) -> None:
    assert text(sheets["None da"]).index("Livsfare: ring 112 Politi, ikke livsfare: 114") < 100
    assert "Danger to life: call 112 Police, no danger to life: 114" in text(sheets["None en"])


def test_a_sheet_says_for_where_and_whom_it_was_printed_and_when(contacts: list[Contact]) -> None:
    found = for_print(contacts, municipality="851", audience="professional")
    said = text(read(sheet(found, "Aalborg · for fagpersoner", DAY, DA)))
    assert "Aalborg · for fagpersoner · udskrevet 23. november 2026" in said


def test_a_sheet_holds_every_number_that_may_be_printed_and_no_other(
    contacts: list[Contact],
) -> None:
    found = for_print(contacts, audience="professional", region="nordjylland")
    said = unspaced(text(read(sheet(found, "", DAY, DA))))
    ways = [way for contact in found for way in contact.phones]
    assert any(printable_number(way, DAY) for way in ways)
    assert not all(printable_number(way, DAY) for way in ways)
    for way in ways:
        assert (unspaced(way.address) in said) == printable_number(way, DAY), way.address


def test_who_has_no_confirmed_number_stands_with_a_web_address_and_says_so(
    contacts: list[Contact],
) -> None:
    (red,) = [line for line in lines(contacts, DAY, DA) if line.name == "RED Rådgivning"]
    assert (red.numbers, red.web, red.missing) == ((), "red-center.dk", "nummer skal bekræftes")
    only = [contact for contact in contacts if contact.id == "red-raadgivning"]
    said = text(read(sheet(only, "", DAY, DA)))
    assert "red-center.dk · nummer skal bekræftes" in said
    assert "1 af 1 kontakter står uden nummer" in said


def test_a_number_confirmed_too_long_ago_says_so(contacts: list[Contact]) -> None:
    later = date(DAY.year + 2, 1, 1)
    (viso,) = [line for line in lines(contacts, later, DA) if line.name == "VISO"]
    assert DA("print.stale") in viso.numbers[0].about
    (viso,) = [line for line in lines(contacts, DAY, DA) if line.name == "VISO"]
    assert DA("print.stale") not in viso.numbers[0].about


def test_every_number_stands_with_its_source_and_the_day_it_was_read(
    contacts: list[Contact],
) -> None:
    for line in lines(contacts, DAY, DA):
        for number in line.numbers:
            assert re.fullmatch(r"[\w.-]+\.\w+, læst \d+\. \w+ 20\d\d", number.source), number


def test_nothing_printed_holds_an_address_a_mail_or_a_forbidden_number(
    sheets: dict[str, PdfReader], contacts: list[Contact]
) -> None:
    forbidden = {row["number"] for row in read_table("refused_numbers")}
    assert {"70203082", "72414000"} <= forbidden
    table = sheet_csv(for_print(contacts), "", DAY, DA).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table), delimiter=";") for cell in row]
    printed = [line for one in sheets.values() for line in written(one)]
    assert len(printed) > 100
    assert not any(number in unspaced(" ".join([*cells, *printed])) for number in forbidden)
    for said in (*cells, *printed):
        assert not guards.is_address(said) and not guards.MAIL.search(said), said


def test_when_no_contact_fits_the_sheet_still_has_112_and_114_and_says_so() -> None:
    said = text(read(sheet([], "Læsø", DAY, DA)))
    assert "ring 112" in said and "114" in said
    assert "Ingen andre kontakter passer til det valgte" in said


@pytest.mark.parametrize("times", [2, 20])
def test_a_long_list_is_still_one_page_without_its_last_contacts_and_says_how_many(
    contacts: list[Contact], times: int
) -> None:
    many = [
        replace(contact, name_da=f"Nr{number:03}X", id=f"{contact.id}-{number}")
        for number, contact in enumerate(for_print(contacts) * times)
    ]
    reader = read(sheet(many, "", DAY, DA))
    said = text(reader)
    assert len(reader.pages) == 1
    shown = sorted(int(number) for number in re.findall(r"Nr(\d{3})X", said))
    assert shown and len(set(shown)) == len(shown)
    left_out = re.search(r"Der er ikke plads til (\d+) kontakter mere", said)
    assert left_out and len(shown) + int(left_out[1]) == len(many)


def test_the_whole_country_fits_on_the_sheet(sheets: dict[str, PdfReader]) -> None:
    assert "ikke plads" not in text(sheets["None da"])


def test_danish_letters_and_what_looks_like_code_come_out_as_they_are(
    contacts: list[Contact],
) -> None:
    odd = '#panic("x") *Æblegrød* på Ærø $1$ <b> @ref _å_ \\ "'
    said = text(read(sheet([replace(contacts[5], name_da=odd)], "", DAY, DA)))
    assert odd in said


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.red-center.dk/", "red-center.dk"),
        ("http://red-safehouse.dk/om-os/", "red-safehouse.dk/om-os"),
        ("https://um.dk/rejse-og-ophold/under-rejsen/ufrivilligt-udlandsophold", "um.dk"),
        ("", ""),
    ],
)
def test_a_web_address_is_short_enough_to_type(url: str, expected: str) -> None:
    assert short(url) == expected


def test_the_table_has_112_and_114_first_and_a_row_a_number(contacts: list[Contact]) -> None:
    found = for_print(contacts)
    made = sheet_csv(found, "Hele landet", DAY, DA).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(made), delimiter=";"))
    assert table[0] == ["Hvem", "Nummer", "Om", "Webadresse"]
    assert [row[0] for row in table[1:3]] == ["Livsfare: ring 112", "Politi, ikke livsfare: 114"]
    assert [row[1] for row in table if row and row[0].startswith("VISO")] == ["72 42 40 00"]
    assert table[-1] == ["Hele landet · udskrevet 23. november 2026"]


# The card


@pytest.mark.parametrize("spoken", [DA, EN])
def test_a_card_tells_nothing_but_the_lines_chosen(spoken: Words) -> None:
    reader = read(card([CardLine("Anna", "12"), CardLine("VISO", "72 42 40 00")], spoken))
    heading = spoken("print.card_heading")
    assert text(reader) == f"{heading} Anna 12 VISO 72 42 40 00"
    assert reader.metadata and reader.metadata.title == heading
    told = {key: str(value) for key, value in reader.metadata.items() if "Date" not in key}
    assert set(told) <= {"/Title", "/Creator", "/Producer"}
    assert is_tagged(reader) and len(reader.pages) == 1


@pytest.mark.parametrize("key", ["print.card_heading", "print.card_file", "print.sheet_file"])
def test_headings_and_file_names_of_what_is_carried_say_nothing(key: str) -> None:
    for spoken in (DA, EN):
        if key != "print.sheet_file":
            assert not SUBJECT.search(spoken(key))
        assert re.fullmatch(r"\w+", spoken(key))


def test_a_number_that_stands_twice_at_a_contact_is_offered_once(contacts: list[Contact]) -> None:
    """By day and by night the same number; the page has one box to tick for each line."""
    police = next(contact for contact in contacts if contact.id == directory.EMERGENCY)
    twice = replace(police, channels=police.channels * 2)
    assert len(offered([twice], DAY, DA)) == len(offered([police], DAY, DA)) == 1


def test_only_numbers_that_may_be_printed_are_offered_for_a_card(contacts: list[Contact]) -> None:
    found = for_print(contacts)
    numbers = [line.number for line in offered(found, DAY, DA)]
    assert numbers[:2] == ["112", "114"]
    assert "72 42 40 00" in numbers and "70 27 76 66" not in numbers


def test_a_card_holds_as_many_lines_as_it_can_and_the_first_of_them() -> None:
    many = [CardLine(f"Et langt navn på et sted, nummer {n}", f"00 00 00 {n:02}") for n in range(9)]
    reader = read(card(many, DA))
    said = text(reader)
    assert [f"00 00 00 {n:02}" in said for n in range(9)] == [n < MOST_LINES for n in range(9)]
    assert len(reader.pages) == 1


def test_a_card_is_a_page_whatever_it_is_given() -> None:
    assert len(read(card([], DA)).pages) == 1
    assert len(read(card([CardLine("Å" * 300, "1" * 30)] * 6, DA)).pages) == 1


# What they are made with


def test_the_fonts_licence_stands_beside_it() -> None:
    folder = Path(__file__).parents[1] / "data" / "fonts"
    assert sorted(path.suffix for path in folder.iterdir()) == [".md", ".otf", ".otf"]
    assert "SIL OPEN FONT LICENSE" in (folder / "LICENSE.md").read_text("utf-8")
