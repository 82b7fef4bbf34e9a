"""Whom to call: searched in one's own words, chosen by region, published whole, never guessed at."""

from __future__ import annotations

from pathlib import Path

import pytest

from inquiries import directory
from inquiries.directory import Contact, find
from inquiries.home import Home


@pytest.fixture(scope="module")
def contacts(tmp_path_factory: pytest.TempPathFactory) -> list[Contact]:
    """The contacts as readers get them."""
    home = Home(tmp_path_factory.mktemp("home")).prepare()
    directory.publish(home)
    return directory.read_published(home.directory)


def names(found: list[Contact]) -> list[str]:
    return [contact.id for contact in found]


def test_what_is_for_danger_now_comes_first_and_112_first_of_all(contacts: list[Contact]) -> None:
    assert contacts[0].channels[0].address == "112"
    acute = [contact.acute for contact in contacts]
    assert acute == sorted(acute, reverse=True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("red rådgivning", "red-raadgivning"),
        ("70277666", "red-raadgivning"),
        ("70 27 76 66", "red-raadgivning"),
        ("VISO", "viso"),
        ("barnets lov § 43", "opholdsstedet-dukasku"),
        ("security consultants", "sikkerhedskonsulenterne"),
    ],
)
def test_a_contact_is_found_by_its_name_number_law_or_english_name(
    contacts: list[Contact], words: str, expected: str
) -> None:
    assert expected in names(find(contacts, words=words))


def test_a_word_that_stands_nowhere_finds_nothing(contacts: list[Contact]) -> None:
    assert find(contacts, words="xylofon") == []


def test_a_region_keeps_its_own_contacts_and_those_of_the_whole_country(
    contacts: list[Contact],
) -> None:
    found = names(find(contacts, region="nordjylland"))
    assert "sikkerhedskonsulenterne-nordjylland" in found
    assert "hjoerring-modtagelsesvagt" in found
    assert "politi-112" in found
    assert "sikkerhedskonsulenterne-midtjylland" not in found


def test_a_contact_of_a_merged_region_is_found_under_the_new_one_too(
    contacts: list[Contact],
) -> None:
    found = names(find(contacts, region="oestdanmark"))
    assert {"sikkerhedskonsulenterne-hovedstaden", "sikkerhedskonsulenterne-sjaelland"} <= set(
        found
    )


def test_an_audience_keeps_its_contacts_alone(contacts: list[Contact]) -> None:
    found = find(contacts, audience="professional")
    assert found
    assert all("professional" in contact.audience for contact in found)


def test_an_inactive_contact_is_not_published(tmp_path: Path) -> None:
    entry = (directory.FOLDER / "viso.toml").read_text("utf-8")
    (tmp_path / "viso.toml").write_text(entry.replace('status = "active"', 'status = "inactive"'))
    assert directory.read_folder(tmp_path) == []


# On paper


@pytest.mark.parametrize(
    ("where", "expected", "missing"),
    [
        (
            {"region": "nordjylland"},
            "sikkerhedskonsulenterne-nordjylland",
            "sikkerhedskonsulenterne-midtjylland",
        ),
        ({"municipality": "860"}, "hjoerring-modtagelsesvagt", "odense-forebyggende-indsatser"),
        (
            {"municipality": "851"},
            "sikkerhedskonsulenterne-nordjylland",
            "hjoerring-modtagelsesvagt",
        ),
        ({"audience": "professional"}, "viso", "boernetelefonen"),
    ],
)
def test_a_sheet_begins_with_112_and_114_and_holds_what_fits_the_place_and_the_reader(
    contacts: list[Contact], where: dict[str, str], expected: str, missing: str
) -> None:
    found = names(directory.for_print(contacts, **where))
    assert found[:2] == ["politi-112", "politi-114"]
    assert expected in found and missing not in found


def test_what_may_not_be_printed_is_on_no_sheet(contacts: list[Contact]) -> None:
    printed = directory.for_print(contacts)
    assert {contact.printable for contact in printed} == {True}
    assert not {"opholdsstedet-dukasku", "siri", "lokk"} & set(names(printed))
    assert all(contact.channels or contact.url for contact in printed)
