"""The committed entries: each whole and sourced, each in its own place; all that the letter names has one."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from inquiries import directory
from inquiries.directory import schema
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.vocabulary import read_table

FILES = sorted(directory.FOLDER.glob("*.toml"))
# What the facility calls itself in the handbook; it is repeated nowhere, not even here.
PSEUDONYM = "6fea619879a3"


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_committed_entry_may_be_published(path: Path) -> None:
    schema.check(read(path), path.name)


def test_every_entry_has_its_own_place_and_the_first_three_are_fixed() -> None:
    by_order = sorted(map(read, FILES), key=lambda entry: entry["order"])
    assert len({entry["order"] for entry in by_order}) == len(by_order) > 30
    first = [entry["id"] for entry in by_order[:3]]
    assert first == ["politi-112", "politi-114", "red-raadgivning"]
    acute = [entry["acute"] for entry in by_order]
    assert acute == sorted(acute, reverse=True)


def test_every_entry_has_its_fields_in_the_same_order() -> None:
    for entry in map(read, FILES):
        assert [field for field in entry if field in schema.FIELDS] == list(schema.FIELDS)


def test_all_that_the_letter_names_has_an_entry() -> None:
    known = {
        "contact": {path.stem for path in FILES},
        "guidance": {row["id"] for row in read_table("guidance")},
    }
    named = read_table("letter_names")
    assert {row["kind"] for row in named} == set(known)
    assert [row for row in named if row["entry"] not in known[row["kind"]]] == []


def test_the_task_of_the_agency_points_to_the_centre_that_has_it_now() -> None:
    agency = read(directory.FOLDER / "siri.toml")
    assert "MÆRK" in agency["caution_da"] and not agency["printable"]


def test_the_facility_of_the_letter_describes_itself_and_is_never_printed() -> None:
    facility = read(directory.FOLDER / "opholdsstedet-dukasku.toml")
    assert facility["audience"] == ["professional"] and facility["maximum_age"] == 17
    assert not facility["printable"] and facility["secret"] and facility["url"] == ""
    assert facility["coverage"] == {"country": True} and facility["coverage_confidence"] == ""
    assert "2020" in facility["caution_da"] and "ikke bekræftet" in facility["caution_da"]
    assert "via VISO eller sikkerhedskonsulenterne" in facility["caution_da"]
    assert [(way["source_date"], way["confidence"]) for way in facility["phones"]] == [
        ("2020", "X")
    ]
    assert facility["legal_basis"] == ["servicelovens §66 1. – 5 samt §107"]


def test_the_letters_pseudonym_is_repeated_nowhere() -> None:
    project = directory.FOLDER.parents[1]
    for path in [
        *FILES,
        *(project / "data/reference").glob("*.csv"),
        *(project / "dashboard/text").glob("*"),
    ]:
        words = set(re.findall(r"\w+", path.read_text("utf-8").casefold()))
        hashes = {hashlib.sha256(word.encode()).hexdigest()[:12] for word in words}
        assert PSEUDONYM not in hashes, path.name


@pytest.mark.parametrize("old", ["§ 66", "§66"])
def test_wherever_the_old_placement_rule_stands_so_does_the_new_one_and_the_caution(
    old: str,
) -> None:
    for entry in map(read, FILES):
        if any(old in basis for basis in entry["legal_basis"]):
            assert any("barnets lov § 43" in basis for basis in entry["legal_basis_now"])
            assert "ikke ét for ét" in entry["caution_da"]


def test_what_a_source_does_not_date_is_not_dated() -> None:
    for entry in map(read, FILES):
        assert entry["assured_date"] == "", "nobody has confirmed it yet"


# Entries that must not be published


def broken(folder: Path, change: dict[str, Any] | None = None, **files: str) -> Path:
    """A folder with one whole entry, and other files as they are given."""
    folder.mkdir()
    text = (directory.FOLDER / "viso.toml").read_text("utf-8")
    for old, new in (change or {}).items():
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "viso.toml").write_text(text, "utf-8")
    for name, content in files.items():
        (folder / f"{name}.toml").write_text(content, "utf-8")
    return folder


VISO = (directory.FOLDER / "viso.toml").read_text("utf-8")
SOURCE = 'source_url = "https://sbst.dk/viso/andre-raadgivningsomraader/aeresrelaterede-konflikter"'
REFUSED: list[tuple[dict[str, str], str, str]] = [
    ({SOURCE: 'source_url = ""'}, "contact_source", "source_url"),
    ({SOURCE: 'source_url = "set i et brev"'}, "contact_source", "source_url"),
    ({SOURCE: ""}, "contact_missing", "source_url"),
    ({'source_read = "2026-11-22"': 'source_read = ""'}, "contact_date", "source_read"),
    ({'source_read = "2026-11-22"': 'source_read = "22.11.2026"'}, "contact_date", "source_read"),
    ({'source_date = ""': 'source_date = "i foråret"'}, "contact_date", "source_date"),
    ({"country = true": 'regions = ["jylland"]'}, "contact_place", "coverage.regions"),
    ({"country = true": 'municipalities = ["999"]'}, "contact_place", "coverage.municipalities"),
    ({"country = true": 'police_districts = ["Jyllands Politi"]'}, "contact_place", "coverage.police_districts"),
    ({"country = true": "country = false"}, "contact_place", "coverage.country"),
    ({"country = true": "regions = []"}, "contact_place", "coverage.regions"),
    ({"{ country = true }": "{}"}, "contact_place", "coverage"),
    ({'"72 42 40 00"': '"12 34 56 78"'}, "contact_phone", "phones[1].number"),
    ({'"72 42 40 00"': '"+46 72 42 40 00"'}, "contact_phone", "phones[1].number"),
    ({'"72 42 40 00"': '"115"'}, "contact_phone", "phones[1].number"),
    ({'"72 42 40 00"': "72424000"}, "contact_type", "phones[1].number"),
    ({'"VISO"': '"VISO, Nørregade 12"'}, "contact_address", "name"),
    ({'status = "active"': 'status = "måske"'}, "contact_value", "status"),
    ({'audience = ["citizen", "professional"]': "audience = []"}, "contact_missing", "audience"),
    ({'audience = ["citizen", "professional"]': 'audience = ["alle"]'}, "contact_value", "audience"),
    ({'confidence = "A"\nassured': 'confidence = "høj"\nassured'}, "contact_value", "confidence"),
    ({"acute = false": 'acute = "nej"'}, "contact_type", "acute"),
    ({"order = 60": "order = true"}, "contact_type", "order"),
    ({"themes = []": 'themes = ["ære"]'}, "contact_value", "themes"),
    ({"guidance = []": 'guidance = ["findes-ikke"]'}, "contact_value", "guidance"),
    ({"languages = []": 'languages = ["arabisk"]'}, "contact_value", "languages"),
    ({'assured_date = ""': 'assured_date = "2026-11-22"'}, "contact_missing", "assured_by"),
    ({'caution_da = ""': 'caution_da = "Pas på."'}, "contact_missing", "caution_en"),
    ({'fees = "free"': 'fees = "free"\nunknown = "x"'}, "contact_unknown", "unknown"),
    ({"languages = []": "languages = []\nminimum_age = 30\nmaximum_age = 18"}, "contact_value", "maximum_age"),
    ({'opens_at = "09:00"': 'opens_at = "12:00"'}, "contact_value", "phones[1].schedules"),
    ({'"MO,TU,TH,FR"': '"TU,MO"'}, "contact_value", "phones[1].schedules"),
    ({'kind = "web"': 'kind = "fax"'}, "contact_value", "channels[1].kind"),
    ({'id = "viso"': 'id = "visso"'}, "contact_id", "id"),
    ({'id = "viso"': 'id = ""'}, "contact_id", "id"),
    ({'id = "viso"': ""}, "contact_missing", "id"),
    ({'id = "viso"': "id = "}, "contact_unreadable", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "field"),
    REFUSED,
    ids=[f"{case[1]}-{case[2]}-{n}" for n, case in enumerate(REFUSED)],
)
def test_a_bad_entry_is_named_by_file_and_field_and_the_old_directory_stays(
    tmp_path: Path, change: dict[str, str], code: str, field: str
) -> None:
    home = Home(tmp_path / "home").prepare()
    directory.publish(home)
    before = home.directory.read_bytes()
    folder = broken(tmp_path / "entries", change)
    with pytest.raises(Fault) as refused:
        directory.publish(home, folder)
    assert refused.value.code == code
    assert refused.value.facts["file"] == "viso.toml"
    assert refused.value.facts.get("field", "") == field
    assert home.directory.read_bytes() == before
    assert [path.name for path in home.directory.parent.glob("*.part")] == []


def test_two_entries_with_one_id_are_refused_by_both_their_files(tmp_path: Path) -> None:
    folder = broken(tmp_path / "entries", anden=VISO)
    with pytest.raises(Fault) as refused:
        directory.publish(Home(tmp_path / "home").prepare(), folder)
    assert refused.value.code == "contact_twice"
    assert {refused.value.facts["file"], refused.value.facts["other"]} == {
        "anden.toml",
        "viso.toml",
    }


def test_a_closed_entry_is_not_put_before_readers(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").prepare()
    folder = broken(tmp_path / "entries", {'status = "active"': 'status = "inactive"'})
    directory.publish(home, folder)
    assert directory.read_published(home.directory) == []
