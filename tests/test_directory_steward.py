"""A steward confirms, corrects, adds and undoes: before the readers at once, under the same rules, with a history."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from inquiries import directory
from inquiries.actor import LOCAL, READER
from inquiries.directory import Contact
from inquiries.directory.changes import Check, history
from inquiries.directory.drafts import Correction, EntryPoint, corrected, entry_point, in_pairs
from inquiries.directory.steward import Desk
from inquiries.faults import Fault, Forbidden
from inquiries.home import Home
from inquiries.seed import renew_directory

TODAY = "2026-11-22"
CHECK = Check("Center for Rådgivning", TODAY, "dialled")
RED, RED_NUMBER = "red-raadgivning", "70 27 76 66"


def clock() -> datetime:
    return datetime(2026, 11, 22, 12)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    prepared = Home(tmp_path / "home").prepare()
    directory.publish(prepared)
    return prepared


@pytest.fixture
def desk(home: Home) -> Desk:
    return Desk(home, LOCAL, clock=clock)


def shown(home: Home) -> dict[str, Contact]:
    return {contact.id: contact for contact in directory.read_published(home.directory)}


def point(**told: str) -> EntryPoint:
    return EntryPoint(
        **{
            "municipality": "851",
            "name": "Modtagelsen",
            "number": "+45 70102030",
            "hours": "Mandag-fredag kl. 9-15",
            "after_hours": "70 10 20 31",
            "url": "https://www.aalborg.dk/modtagelsen",
            **told,
        }
    )


def test_only_a_steward_has_a_desk(home: Home) -> None:
    with pytest.raises(Forbidden):
        Desk(home, READER)


def test_a_confirmed_number_is_confirmed_for_readers_at_once(home: Home, desk: Desk) -> None:
    day = clock().date()
    assert directory.state_of(shown(home)[RED], day) == "to_confirm"
    desk.confirm(RED, RED_NUMBER, CHECK)
    [way] = shown(home)[RED].phones
    assert (way.assured_date, way.assured_by) == (TODAY, CHECK.unit)
    assert directory.state_of(way, day) == "confirmed"
    assert directory.printable_number(way, day)


def test_a_confirmation_outlives_the_next_start(home: Home, desk: Desk) -> None:
    desk.confirm(RED, RED_NUMBER, CHECK)
    assert renew_directory(home) is None
    assert shown(home)[RED].phones[0].assured_by == CHECK.unit


def test_a_correction_takes_the_place_of_what_stood(home: Home, desk: Desk) -> None:
    entry = desk.entries()[RED]
    told = Correction(
        status="active",
        url=entry["url"],
        description_da="Ny beskrivelse.",
        description_en=entry["description_en"],
        source_url="https://red-center.dk/kontakt",
        numbers={RED_NUMBER: "70102030"},
        hours={RED_NUMBER: "Hverdage kl. 9-15"},
        new_number="70 10 20 40",
    )
    desk.correct(corrected(entry, told, CHECK, TODAY), CHECK)
    contact = shown(home)[RED]
    assert [way.address for way in contact.phones] == ["70 10 20 30", "70 10 20 40"]
    assert {way.source_url for way in contact.phones} == {"https://red-center.dk/kontakt"}
    assert contact.phones[0].hours_da == "Hverdage kl. 9-15"
    assert contact.description_da == "Ny beskrivelse."


def test_what_is_not_written_anew_keeps_its_own_source_and_hours(desk: Desk) -> None:
    entry = desk.entries()["viso"]
    told = Correction("active", entry["url"], "Ny.", "New.", "https://example.dk")
    assert corrected(entry, told, CHECK, TODAY)["phones"] == entry["phones"]


def test_a_number_that_is_emptied_is_gone_and_a_closed_contact_is_not_shown(
    home: Home, desk: Desk
) -> None:
    entry = desk.entries()[RED]
    texts = (entry["description_da"], entry["description_en"], "https://example.dk")
    without = corrected(
        entry, Correction("active", entry["url"], *texts, numbers={RED_NUMBER: " "}), CHECK, TODAY
    )
    desk.correct(without, CHECK)
    assert shown(home)[RED].phones == ()
    closed = corrected(without, Correction("inactive", entry["url"], *texts), CHECK, TODAY)
    desk.correct(closed, CHECK)
    assert RED not in shown(home)
    assert RED in desk.entries()


def test_a_municipality_adds_its_entry_point_and_its_service_outside_opening_hours(
    home: Home, desk: Desk
) -> None:
    desk.add(entry_point(point(), CHECK, TODAY), CHECK)
    contact = shown(home)["aalborg-modtagelsen"]
    assert contact.organization == "Aalborg Kommune"
    assert contact.municipalities == ("851",) and contact.acute
    assert [way.address for way in contact.phones] == ["70 10 20 30", "70 10 20 31"]
    assert contact.phones[1].hours_da == "Uden for kommunens åbningstid"
    beside = directory.beside(list(shown(home).values()), municipality="851")
    assert "aalborg-modtagelsen" in [one.id for one in beside]
    with pytest.raises(Fault, match="contact_taken"):
        desk.add(entry_point(point(), CHECK, TODAY), CHECK)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"number": "12"}, "contact_phone"),
        ({"number": ""}, "contact_phone"),
        ({"number": "70 20 30 82"}, "contact_refused_number"),
        ({"after_hours": "72414000"}, "contact_refused_number"),
        ({"url": ""}, "contact_source"),
        ({"url": "aalborg.dk"}, "contact_source"),
        ({"name": ""}, "contact_missing"),
        ({"name": "Nørregade 12"}, "contact_address"),
        ({"hours": "9000 Aalborg kl. 9-15"}, "contact_address"),
        ({"name": "<b>Modtagelsen</b>"}, "contact_markup"),
        ({"name": "Ring 70 10 20 30"}, "contact_stray_number"),
    ],
)
def test_what_a_steward_writes_passes_the_same_rules_or_changes_nothing(
    home: Home, desk: Desk, told: dict[str, str], code: str
) -> None:
    before = home.directory.read_bytes()
    with pytest.raises(Fault) as refused:
        desk.add(entry_point(point(**told), CHECK, TODAY), CHECK)
    assert refused.value.code == code
    assert home.directory.read_bytes() == before
    assert history(home) == []


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (Check("", TODAY, "dialled"), "check_unit"),
        (Check("anna@example.dk", TODAY, "dialled"), "check_unit"),
        (Check("Center 70 10 20 30", TODAY, "dialled"), "check_unit"),
        (Check("<b>Center</b>", TODAY, "dialled"), "check_unit"),
        (Check("Center", "2026-11-23", "dialled"), "check_date"),
        (Check("Center", "i går", "dialled"), "check_date"),
        (Check("Center", "", "dialled"), "check_date"),
        (Check("Center", TODAY, "guessed"), "check_how"),
    ],
)
def test_a_change_says_which_unit_when_and_how(desk: Desk, check: Check, code: str) -> None:
    with pytest.raises(Fault) as refused:
        desk.confirm(RED, RED_NUMBER, check)
    assert refused.value.code == code
    assert desk.history() == []


def test_every_change_is_kept_and_the_newest_can_be_undone(home: Home, desk: Desk) -> None:
    before = shown(home)[RED]
    desk.confirm(RED, RED_NUMBER, CHECK)
    desk.confirm("danner", "33 33 00 47", CHECK)
    desk.undo(1, CHECK)
    assert shown(home)[RED] == before
    assert shown(home)["danner"].phones[0].assured_by == CHECK.unit
    told = [(one.number, one.action, one.entry, one.check.unit) for one in desk.history()]
    assert told == [
        (3, "undo", RED, CHECK.unit),
        (2, "confirm", "danner", CHECK.unit),
        (1, "confirm", RED, CHECK.unit),
    ]
    desk.undo(3, CHECK)
    assert shown(home)[RED].phones[0].assured_by == CHECK.unit


def test_an_entry_that_was_added_is_gone_when_that_is_undone(home: Home, desk: Desk) -> None:
    desk.add(entry_point(point(), CHECK, TODAY), CHECK)
    desk.undo(1, CHECK)
    assert "aalborg-modtagelsen" not in desk.entries()
    assert "aalborg-modtagelsen" not in shown(home)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_only_the_newest_change_of_an_entry_is_undone(desk: Desk, number: int) -> None:
    desk.confirm(RED, RED_NUMBER, CHECK)
    desk.confirm(RED, RED_NUMBER, CHECK)
    with pytest.raises(Fault, match="change_gone"):
        desk.undo(number, CHECK)


@pytest.mark.parametrize(("entry", "address"), [("findes-ikke", None), (RED, "70 10 20 30")])
def test_what_is_gone_cannot_be_confirmed(desk: Desk, entry: str, address: str | None) -> None:
    with pytest.raises(Fault, match="contact_gone"):
        desk.confirm(entry, address, CHECK)


def test_a_line_that_was_never_finished_did_not_happen(home: Home, desk: Desk) -> None:
    desk.confirm(RED, RED_NUMBER, CHECK)
    [path] = home.folder.glob("directory/*.jsonl")
    with path.open("a", encoding="utf-8") as file:
        file.write('{"number": 2, "at"')
    assert len(history(home)) == 1
    desk.confirm("danner", "33 33 00 47", CHECK)
    assert [json.loads(line)["number"] for line in path.read_text("utf-8").splitlines()] == [1, 2]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("70102030", "70 10 20 30"),
        ("+45 70 10 20 30", "70 10 20 30"),
        ("0045 7010 2030", "70 10 20 30"),
        ("70-10-20-30", "70 10 20 30"),
        ("112", "112"),
        ("1888", "1888"),
        ("116111", "11 61 11"),
        ("", ""),
        ("ring til os", "ringtilos"),
    ],
)
def test_a_number_is_kept_in_pairs(written: str, kept: str) -> None:
    assert in_pairs(written) == kept


# The start


def test_a_start_with_a_bad_file_keeps_the_old_directory_and_says_why(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = home.directory.read_bytes()
    bad = (directory.FOLDER / "viso.toml").read_text("utf-8").replace("72 42 40 00", "12")
    (tmp_path / "viso.toml").write_text(bad, "utf-8")
    monkeypatch.setattr(directory.publish, "__defaults__", (tmp_path,))
    refused = renew_directory(home)
    assert refused is not None
    assert refused.code == "contact_phone"
    assert refused.facts == {"file": "viso.toml", "field": "phones[1].number"}
    assert home.directory.read_bytes() == before
    with pytest.raises(Fault, match="contact_phone"):
        renew_directory(Home(tmp_path / "new"))


def test_a_day_that_has_begun_in_denmark_may_be_given(home: Home) -> None:
    """An hour before midnight UTC, which the store counts by, it is tomorrow in Denmark."""
    late = Desk(home, LOCAL, clock=lambda: datetime(2026, 11, 22, 23, 30))
    late.confirm(RED, RED_NUMBER, Check(CHECK.unit, "2026-11-23", "dialled"))
    with pytest.raises(Fault):
        late.confirm(RED, RED_NUMBER, Check(CHECK.unit, "2026-11-24", "dialled"))
