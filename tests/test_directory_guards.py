"""No entry can hold where somebody lives or hides, a person's mail or a number out of place."""

from __future__ import annotations

import copy
import tomllib
from pathlib import Path
from typing import Any

import pytest

from inquiries import directory
from inquiries.directory import guards, schema
from inquiries.faults import Fault
from inquiries.home import Home

ADDRESSES = [
    "Nørregade 12",
    "nørregade 12",
    "Nørregade nr. 12",
    "Nørregade, 12",
    "Store Torv 4B",
    "H.C. Andersens Boulevard 2",
    "Skov Alle 7",
    "Jernbanealle 4",
    "Åvej 3",
    "Ved Skoven 3",
    "12 Baker Street",
    "9000 Aalborg",
    "9000  Aalborg",
    "2000 Frederiksberg",
    "9000 aalborg",
    "DK-9000",
    "postnummer 9000",
    "Postboks 12",
    "P.O. Box 3",
    "Boks 34",
    "56.1629, 10.2039",
    "10,20391",
    "57° 2'",
    "9F7JQ6V2+XC",
    "///ord.ord.ord",
    "https://maps.example.dk/x",
    "https://example.dk/maps/x",
    "https://goo.gl/x",
    "https://example.dk/noerregade-12",
]
HARMLESS = [
    "alle 98 kommuner",
    "delvejledning 2 af 6",
    "Ring 112, eller 114 når der ikke er livsfare",
    "siden april 2019; ordningen blev fast i 2021",
    "I 2018 Region Sjælland",
    "serviceloven § 109 og barnets lov § 15, stk. 3",
    "Mandag-torsdag kl. 8-15",
    "unge mellem 15 og 24 år",
    "https://nc-maerk.dk/raadgivningstilbud/sikkerhedskonsulenterne/",
]


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_is_known_for_one(text: str) -> None:
    assert guards.is_address(text)
    assert guards.is_address(f"Kom til {text} hvis du kan") or "://" in text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_address_is_let_through(text: str) -> None:
    assert not guards.is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ligger i Aarhus",
        "I Region Nordjylland",
        "på Fyn",
        "to hemmelige huse",
        "26 pladser",
        "tre lejligheder",
        "12 protected places",
        "kodet nøglesystem",
        "videoovervågning",
    ],
)
def test_what_tells_of_a_secret_place_is_known(text: str) -> None:
    assert guards.tells_of_secret_place(text)


def entry(name: str) -> dict[str, Any]:
    return tomllib.loads((directory.FOLDER / f"{name}.toml").read_text("utf-8"))


TEXT_FIELDS = [
    *("organization", "name", "name_en", "alternate_name", "description_da", "description_en"),
    *("caution_da", "caution_en", "source_name", "assured_by", "coverage_confidence", "fees"),
]


@pytest.mark.parametrize(
    "address", ["Nørregade 12", "9000 Aalborg", "Postboks 12", "56.1629, 10.2039"]
)
@pytest.mark.parametrize("field", [*TEXT_FIELDS, "legal_basis", "legal_basis_now"])
def test_no_text_of_an_entry_can_hold_an_address(field: str, address: str) -> None:
    bad = entry("viso")
    bad["caution_da"] = bad["caution_en"] = "."
    bad["assured_date"], bad["assured_by"] = "2026-11-22", "Center"
    bad[field] = [address] if isinstance(bad[field], list) else address
    with pytest.raises(Fault) as refused:
        schema.check(bad, "viso.toml")
    assert refused.value.facts["field"] == field
    assert address not in str(refused.value)


@pytest.mark.parametrize(
    ("key", "field"),
    [
        *(
            ("phones", field)
            for field in ("description_da", "description_en", "hours_da", "hours_en")
        ),
        *(("phones", field) for field in ("number", "source_url")),
        *(("channels", field) for field in ("value", "description_da", "hours_en")),
    ],
)
def test_no_text_of_a_way_to_reach_an_entry_can_hold_an_address(key: str, field: str) -> None:
    bad = entry("viso")
    bad[key][0][field] = "Nørregade 12"
    with pytest.raises(Fault) as refused:
        schema.check(bad, "viso.toml")
    assert refused.value.facts["field"] == f"{key}[1].{field}"


@pytest.mark.parametrize("field", ["description_da", "caution_en", "name", "alternate_name"])
@pytest.mark.parametrize("told", ["Ligger i Aarhus", "26 pladser", "videoovervågning"])
def test_an_entry_of_a_secret_place_can_tell_nothing_of_it(field: str, told: str) -> None:
    bad = entry("red-safehouse")
    bad[field] = told
    with pytest.raises(Fault, match="contact_secret"):
        schema.check(bad, "red-safehouse.toml")


def test_no_address_is_in_what_is_put_before_readers(tmp_path: Path) -> None:
    home = Home(tmp_path).prepare()
    directory.publish(home)
    for contact in directory.read_published(home.directory):
        texts = [value for value in vars(contact).values() if isinstance(value, str)]
        texts += [
            text for way in contact.channels for text in vars(way).values() if isinstance(text, str)
        ]
        assert texts
        assert [text for text in texts if guards.is_address(text)] == [], contact.id


@pytest.mark.parametrize("number", sorted(guards.refused_numbers()))
def test_a_superseded_number_is_refused_wherever_it_stands(number: str) -> None:
    pairs = " ".join(number[at : at + 2] for at in range(0, 8, 2))
    for written in (number, pairs, f"+45 {pairs}", pairs.replace(" ", "-")):
        bad = entry("viso")
        bad["phones"][0]["number"] = written
        with pytest.raises(Fault, match="contact_refused_number"):
            schema.check(bad, "viso.toml")
        bad = entry("viso")
        bad["description_da"] = f"Ring {written}"
        with pytest.raises(Fault, match="contact_refused_number"):
            schema.check(bad, "viso.toml")


def test_the_superseded_numbers_are_those_known() -> None:
    assert guards.refused_numbers() == {"70203082", "72414000"}


@pytest.mark.parametrize(
    ("mail", "office"),
    [
        ("sigdettilnogen@danner.dk", True),
        ("bbb@um.dk", True),
        ("boern-og-familie@example.dk", True),
        ("kontakt@example.dk", True),
        ("anna.hansen@example.dk", False),
        ("anna@example.dk", False),
        ("kontakt", False),
    ],
)
def test_a_mail_box_is_that_of_an_office(mail: str, office: bool) -> None:
    assert guards.is_office_mail(mail) is office


@pytest.mark.parametrize(
    ("number", "danish"),
    [
        ("70 10 20 30", True),
        ("112", True),
        ("114", True),
        ("1888", True),
        ("11 61 11", True),
        ("70102030", False),
        ("10 10 20 30", False),
        ("+45 70 10 20 30", False),
        ("+46 70 10 20 30", False),
        ("113", False),
        ("", False),
    ],
)
def test_a_phone_is_danish_in_pairs_or_a_known_short_number(number: str, danish: bool) -> None:
    assert guards.is_danish_phone(number) is danish


@pytest.mark.parametrize(
    "text",
    [
        "Ring 70 10 20 30",
        "Ring 70102030",
        "skriv til anna@example.dk",
        "010190-1234",
        "+45 70102030",
    ],
)
def test_a_number_or_a_person_has_no_place_in_a_text(text: str) -> None:
    bad = copy.deepcopy(entry("viso"))
    bad["description_da"] = text
    with pytest.raises(Fault, match="contact_stray_number"):
        schema.check(bad, "viso.toml")


@pytest.mark.parametrize(
    "text", ["<b>x</b>", "[x](https://x.dk)", ":red[x]", "`x`", "x\u202ey", "$x$", "a\nb"]
)
def test_a_text_is_shown_as_it_is_written(text: str) -> None:
    bad = entry("viso")
    bad["description_da"] = text
    with pytest.raises(Fault, match="contact_markup"):
        schema.check(bad, "viso.toml")
