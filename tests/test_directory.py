"""Whom to call: found in one's own words, chosen by place and person, ordered, published whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inquiries import directory
from inquiries.directory import (
    Contact,
    Index,
    Situation,
    beside,
    for_print,
    ranked,
    shown_group,
    ways_for,
)
from inquiries.home import Home
from inquiries.vocabulary import vocabulary

AALBORG, HJORRING, ODENSE, COPENHAGEN = "851", "860", "461", "101"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory as it is put before readers."""
    home = Home(tmp_path_factory.mktemp("home")).prepare()
    directory.publish(home)
    return home.directory


@pytest.fixture(scope="module")
def contacts(published: Path) -> list[Contact]:
    return directory.read_published(published)


@pytest.fixture(scope="module")
def index(contacts: list[Contact]) -> Index:
    return Index(contacts)


def names(found: list[Contact]) -> list[str]:
    return [contact.id for contact in found]


def test_what_is_for_danger_now_comes_first_and_112_first_of_all(contacts: list[Contact]) -> None:
    assert contacts[0].channels[0].address == "112"
    acute = [contact.acute for contact in contacts]
    assert acute == sorted(acute, reverse=True)


# Search


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("red rådgivning", "red-raadgivning"),
        ("red raadgivning", "red-raadgivning"),
        ("red radgivning", "red-raadgivning"),
        ("etnisk ung", "red-raadgivning"),
        ("70277666", "red-raadgivning"),
        ("70 27 76 66", "red-raadgivning"),
        ("+45 70 27 76 66", "red-raadgivning"),
        ("7027", "red-raadgivning"),
        ("VISO", "viso"),
        ("vsio", "viso"),
        ("barnets lov § 43", "opholdsstedet-dukasku"),
        ("§ 66", "red-safehouse"),
        ("§66", "red-safehouse"),
        ("security consultants", "sikkerhedskonsulenterne"),
        ("sikkerhedskon", "sikkerhedskonsulenterne"),
        ("sikerhedskonsulent", "sikkerhedskonsulenterne"),
        ("tvangsægteskab", "red-raadgivning"),
        ("tvangsaegteskaber", "udenrigsministeriet-borgerservice"),
        ("tvangsægtskab", "udenrigsministeriet-borgerservice"),
        ("TVANGSÆGTESKAB", "red-raadgivning"),
        ("forced marriage", "udenrigsministeriet-borgerservice"),
        ("politi", "politi-112"),
        ("police", "politi-114"),
        ("aalborg", "sikkerhedskonsulenterne-nordjylland"),
        ("Ålborg", "sikkerhedskonsulenterne-nordjylland"),
        ("østjyllands politi", "politiets-kontaktpersoner"),
        ("håndbog", "maerk"),
        ("metodehæfte", "maerk"),
        ("lgbt", "sabaah"),
        ("genopdragelsesrejse", "koordinationsenheden"),
    ],
)
def test_a_contact_is_found_however_it_is_spelled_or_called(
    index: Index, typed: str, expected: str
) -> None:
    assert expected in names(index.find(typed))


@pytest.mark.parametrize("typed", ["xylofon", "viso xylofon", "xyz", "99 99 99 99"])
def test_a_word_that_stands_nowhere_finds_nothing(index: Index, typed: str) -> None:
    assert index.find(typed) == []


@pytest.mark.parametrize("typed", ["", "  ", "§", "?", "*", "<script>", "' or 1=1 --"])
def test_whatever_is_typed_gets_an_answer(index: Index, typed: str) -> None:
    assert set(names(index.find(typed))) <= set(names(index.contacts))


def test_nothing_typed_finds_every_contact(index: Index) -> None:
    assert names(index.find("")) == names(ranked(index.contacts, Situation()))


def test_a_contact_of_that_name_stands_before_those_that_speak_of_it(index: Index) -> None:
    assert names(index.find("red"))[:2] == ["red-raadgivning", "red-safehouse"]
    assert names(index.find("viso"))[0] == "viso"


# Where, who, how old, how urgent


CASES: list[tuple[dict[str, Any], set[str], set[str]]] = [
    (
        {"region": "nordjylland"},
        {"sikkerhedskonsulenterne-nordjylland", "hjoerring-modtagelsesvagt", "politi-112"},
        {"sikkerhedskonsulenterne-midtjylland"},
    ),
    (
        {"municipality": AALBORG},
        {"sikkerhedskonsulenterne-nordjylland", "politiets-kontaktpersoner", "viso"},
        {"hjoerring-modtagelsesvagt", "sikkerhedskonsulenterne-midtjylland"},
    ),
    ({"municipality": HJORRING}, {"hjoerring-modtagelsesvagt"}, {"odense-forebyggende-indsatser"}),
    ({"municipality": ODENSE}, {"odense-forebyggende-indsatser"}, {"hjoerring-modtagelsesvagt"}),
    (  # a region that has been merged is found under the new name too
        {"region": "oestdanmark"},
        {"sikkerhedskonsulenterne-hovedstaden", "sikkerhedskonsulenterne-sjaelland"},
        {"sikkerhedskonsulenterne-nordjylland"},
    ),
    ({"asker": "professional"}, {"viso", "maerk"}, {"boernetelefonen"}),
    ({"asker": "young"}, {"boernetelefonen", "red-raadgivning"}, {"viso"}),
    ({"age": "under_18"}, {"red-safehouse", "hoert", "opholdsstedet-dukasku"}, set()),
    ({"age": "age_18_24"}, {"red-safehouse", "hoert"}, {"opholdsstedet-dukasku"}),
    ({"age": "age_25_29"}, {"red-safehouse", "viso"}, {"hoert"}),
    ({"age": "age_30_plus"}, {"red-safehouse", "viso"}, {"hoert", "opholdsstedet-dukasku"}),
    ({"acute": True}, {"politi-112", "red-raadgivning"}, {"viso", "maerk"}),
    (
        {"provision": "serviceloven § 109"},
        {"danner", "mandecentret", "red-safehouse"},
        {"politi-112"},
    ),
    ({"provision": "barnets lov § 43"}, {"red-safehouse", "opholdsstedet-dukasku"}, {"danner"}),
    ({"provision": "serviceloven § 66"}, {"red-safehouse", "opholdsstedet-dukasku"}, {"danner"}),
    ({"theme": "reeducation_journey"}, {"koordinationsenheden", "viso"}, {"danner"}),
    ({"language": "ar"}, set(), {"politi-112", "red-raadgivning"}),
]


@pytest.mark.parametrize(
    ("told", "in_it", "out_of_it"), CASES, ids=[str(case[0]) for case in CASES]
)
def test_what_is_told_chooses_the_contacts(
    index: Index, told: dict[str, Any], in_it: set[str], out_of_it: set[str]
) -> None:
    found = set(names(index.find("", Situation(**told))))
    assert in_it <= found
    assert out_of_it & found == set()


FIRST: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["politi-112", "politi-114", "red-raadgivning"]),
    ({"acute": True}, ["politi-112", "red-raadgivning"]),
    (  # a school in Aalborg, with a 17-year-old in danger now
        {"municipality": AALBORG, "asker": "professional", "age": "under_18", "acute": True},
        ["politi-112", "red-raadgivning", "sikkerhedskonsulenterne-nordjylland"],
    ),
    (
        {"municipality": AALBORG, "acute": True},
        ["politi-112", "red-raadgivning", "sikkerhedskonsulenterne-nordjylland"],
    ),
    (
        {"region": "midtjylland", "asker": "citizen", "acute": True},
        ["politi-112", "sikkerhedskonsulenterne-midtjylland", "sikkerhedskonsulenterne"],
    ),
    (
        {"municipality": AALBORG, "asker": "professional"},
        ["politi-112", "politi-114", "red-raadgivning", "sikkerhedskonsulenterne-nordjylland"],
    ),
]


@pytest.mark.parametrize(("told", "first"), FIRST, ids=[str(case[0]) for case in FIRST])
def test_the_one_to_turn_to_first_stands_on_top(
    contacts: list[Contact], told: dict[str, Any], first: list[str]
) -> None:
    assert names(ranked(contacts, Situation(**told)))[: len(first)] == first


def test_in_danger_the_number_for_no_danger_is_the_last_of_the_acute(
    contacts: list[Contact],
) -> None:
    assert names(ranked(contacts, Situation(acute=True)))[-1] == "politi-114"


def test_what_a_letter_alone_says_is_shown_to_professionals_only(contacts: list[Contact]) -> None:
    facility = next(one for one in contacts if one.id == "opholdsstedet-dukasku")
    assert facility.audience == ("professional",)
    assert [way.source_date for way in ways_for(facility, "professional")] == ["2020"]
    for asker in (None, "citizen", "young", "parent", "relative"):
        assert ways_for(facility, asker) == ()


# Beside a chart


BESIDE: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["politi-112", "red-raadgivning", "sikkerhedskonsulenterne", "viso", "maerk"]),
    (
        {"region": "nordjylland"},
        ["politi-112", "red-raadgivning", "sikkerhedskonsulenterne-nordjylland", "viso", "maerk"],
    ),
    (
        {"municipality": HJORRING},
        [
            *("politi-112", "red-raadgivning", "sikkerhedskonsulenterne-nordjylland"),
            *("hjoerring-modtagelsesvagt", "viso"),
        ],
    ),
    (
        {"theme": "reeducation_journey"},
        [
            *("politi-112", "udlaendingestyrelsens-hotline", "udenrigsministeriet-borgerservice"),
            *("koordinationsenheden", "viso"),
        ],
    ),
    (
        {"theme": "physical_violence", "region": "syddanmark"},
        ["politi-112", "lev-uden-vold", "danner", "dialog-mod-vold", "mandecentret"],
    ),
]


@pytest.mark.parametrize(("shown", "expected"), BESIDE, ids=[str(case[0]) for case in BESIDE])
def test_beside_a_chart_stand_the_contacts_that_fit_it_acute_first(
    contacts: list[Contact], shown: dict[str, Any], expected: list[str]
) -> None:
    assert names(beside(contacts, **shown)) == expected


def test_beside_any_chart_stand_three_to_five_that_can_be_reached(contacts: list[Contact]) -> None:
    for region in (None, "hovedstaden", "sjaelland", "syddanmark", "midtjylland", "nordjylland"):
        for theme in (None, "social_control", "threats", "forced_marriage", "other"):
            for inquirer in (None, "citizen", "young", "professional"):
                found = beside(contacts, region=region, theme=theme, inquirer=inquirer)
                assert 3 <= len(found) <= 5
                assert found[0].id == "politi-112"
                assert all(one.printable and (one.channels or one.url) for one in found)


@pytest.mark.parametrize(
    ("group", "told"),
    [
        (("theme", "forced_marriage"), {"theme": "forced_marriage"}),
        (("region", "nordjylland"), {"region": "nordjylland"}),
        (("inquirer", "school"), {"inquirer": "professional"}),
        (("inquirer", "unknown"), {}),
        (("age_band", "age_15_17"), {"age": "under_18"}),
        (("age_band", "age_18_24"), {"age": "age_18_24"}),
        (("age_band", "unknown"), {}),
        (("channel", "phone"), {}),
        (("", ""), {}),
    ],
)
def test_a_charted_group_says_whom_to_call(group: tuple[str, str], told: dict[str, str]) -> None:
    assert shown_group(*group) == told


def test_every_group_that_can_be_charted_has_contacts_beside_it(contacts: list[Contact]) -> None:
    for label in vocabulary().labels:
        found = beside(contacts, **shown_group(label.dimension, label.code))
        assert 3 <= len(found) <= 5 and found[0].id == "politi-112"


# On paper


@pytest.mark.parametrize(
    ("where", "expected", "missing"),
    [
        (
            {"region": "nordjylland"},
            "sikkerhedskonsulenterne-nordjylland",
            "sikkerhedskonsulenterne-midtjylland",
        ),
        ({"municipality": HJORRING}, "hjoerring-modtagelsesvagt", "odense-forebyggende-indsatser"),
        (
            {"municipality": AALBORG},
            "sikkerhedskonsulenterne-nordjylland",
            "hjoerring-modtagelsesvagt",
        ),
        ({"audience": "professional"}, "viso", "boernetelefonen"),
    ],
)
def test_a_sheet_begins_with_112_and_114_and_holds_what_fits_the_place_and_the_reader(
    contacts: list[Contact], where: dict[str, str], expected: str, missing: str
) -> None:
    found = names(for_print(contacts, **where))
    assert found[:2] == ["politi-112", "politi-114"]
    assert expected in found and missing not in found


def test_what_may_not_be_printed_is_on_no_sheet(contacts: list[Contact]) -> None:
    printed = for_print(contacts)
    assert {contact.printable for contact in printed} == {True}
    assert not {"opholdsstedet-dukasku", "siri", "lokk"} & set(names(printed))
    assert all(contact.channels or contact.url for contact in printed)


# Published


def test_every_value_of_an_entry_reaches_the_readers(
    published: Path, contacts: list[Contact]
) -> None:
    entries = json.loads(published.read_text("utf-8"))
    assert names(contacts) == [entry["id"] for entry in entries]
    assert len(entries) == len(list(directory.FOLDER.glob("*.toml")))
    hjorring = next(one for one in contacts if one.id == "hjoerring-modtagelsesvagt")
    assert [way.address for way in hjorring.phones] == ["72 33 35 30", "96 30 14 48"]
    assert hjorring.municipalities == (HJORRING,) and hjorring.of_municipality
