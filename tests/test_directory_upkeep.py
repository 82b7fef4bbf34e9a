"""The monthly look at the directory: what is stale, contradictory or missing, and a list of every entry."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from inquiries import directory
from inquiries.directory import Contact
from inquiries.directory.upkeep import calls_to_make, findings, listed
from inquiries.home import Home

TODAY = date(2026, 11, 22)
MANAGE = Path(__file__).resolve().parents[1] / "dashboard" / "manage.py"


@pytest.fixture(scope="module")
def contacts(tmp_path_factory: pytest.TempPathFactory) -> list[Contact]:
    home = Home(tmp_path_factory.mktemp("home")).prepare()
    directory.publish(home)
    return directory.read_published(home.directory)


def one(contacts: list[Contact], identity: str) -> Contact:
    return next(contact for contact in contacts if contact.id == identity)


def told(contacts: list[Contact], today: date = TODAY) -> set[tuple[str, str]]:
    return {(found.code, found.entry) for found in findings(contacts, today)}


def test_an_entry_that_is_in_order_is_not_told_of(contacts: list[Contact]) -> None:
    assert told([one(contacts, "viso")]) <= {("no_consultants", found) for _, found in told([])}


def test_a_number_under_two_names_is_a_contradiction(contacts: list[Contact]) -> None:
    viso = one(contacts, "viso")
    other = replace(one(contacts, "danner"), channels=viso.channels)
    assert ("same_number", "viso, danner") in told([viso, other])
    same = replace(other, organization=viso.organization)
    assert "same_number" not in {code for code, _ in told([viso, same])}


def test_an_organisation_closed_in_one_entry_alone_is_a_contradiction(
    contacts: list[Contact],
) -> None:
    advice, house = one(contacts, "red-raadgivning"), one(contacts, "red-safehouse")
    closed = replace(house, status="inactive")
    assert ("closed_in_one", "red-raadgivning, red-safehouse") in told([advice, closed])
    assert "closed_in_one" not in {code for code, _ in told([advice, house])}


@pytest.mark.parametrize(
    ("identity", "assured", "today", "code"),
    [
        ("red-raadgivning", "", TODAY, "to_confirm"),
        ("red-raadgivning", "2025-11-21", TODAY, "stale"),
        ("viso", "", date(2027, 12, 1), "stale"),
        ("maerk", "", date(2027, 12, 1), "stale"),
    ],
)
def test_what_is_not_confirmed_or_too_old_is_told(
    contacts: list[Contact], identity: str, assured: str, today: date, code: str
) -> None:
    contact = one(contacts, identity)
    ways = tuple(replace(way, assured_date=assured) for way in contact.channels)
    assert (code, identity) in told([replace(contact, channels=ways)], today)


def test_what_is_missing_is_told(contacts: list[Contact]) -> None:
    found = told(contacts)
    assert ("no_way", "sabaah") in found
    assert ("no_address", "hoert") in found
    assert {entry for code, entry in found if code == "no_consultants"} == {"syddanmark"}


def test_the_first_call_to_make_is_the_hotline_that_is_not_confirmed(
    contacts: list[Contact],
) -> None:
    calls = calls_to_make(contacts, TODAY)
    assert (calls[0].contact.id, calls[0].way.address) == ("red-raadgivning", "70 27 76 66")
    assert all(call.state == "to_confirm" for call in calls)
    order = [(not call.contact.acute, call.way.kind != "phone") for call in calls]
    assert order == sorted(order)


def test_the_list_holds_every_entry_and_begins_with_those_the_letter_names(
    contacts: list[Contact],
) -> None:
    lines = listed(contacts)
    assert {line.contact.id for line in lines} == {contact.id for contact in contacts}
    named = [bool(line.letter) for line in lines]
    assert sum(named) >= 12 and named == sorted(named, reverse=True)


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, MANAGE, "directory", *arguments],
        env=os.environ | {"INQUIRIES_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_tells_what_to_put_right_and_ends_with_1(tmp_path: Path) -> None:
    done = run(tmp_path, "--check")
    assert (done.returncode, done.stderr) == (1, "")
    assert "red-raadgivning: 70 27 76 66 er ikke bekræftet" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("i 33 kontakter.")


def test_the_command_lists_every_entry_as_a_table(tmp_path: Path) -> None:
    done = run(tmp_path, "--list")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) == 2 + 33 + 3
    assert len({line.count(" | ") for line in lines}) == 1
