"""How far a contact can be trusted: what is confirmed, what must be, and what was confirmed too long ago."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from inquiries.directory import Channel, State, printable_number, state_of

TODAY = date(2026, 11, 22)
PHONE = Channel(
    kind="phone",
    address="70 10 20 30",
    description_da="",
    description_en="",
    hours_da="",
    hours_en="",
    schedules=(),
    source_url="https://example.dk",
    source_date="",
    source_read="2026-11-22",
    confidence="B",
    assured_date="",
    assured_by="",
)


@pytest.mark.parametrize(
    ("confidence", "assured", "read", "state", "printed"),
    [
        ("B", "", "2026-11-22", "to_confirm", False),
        ("C", "", "2026-11-22", "to_confirm", False),
        ("X", "", "2026-11-22", "to_confirm", False),
        ("A", "", "2026-11-22", "confirmed", True),
        ("A", "", "2025-11-22", "confirmed", True),
        ("A", "", "2025-11-21", "stale", True),
        ("B", "2026-11-22", "2020-01-01", "confirmed", True),
        ("B", "2025-11-22", "2020-01-01", "confirmed", True),
        ("B", "2025-11-21", "2026-11-22", "stale", False),
        ("A", "2025-11-21", "2026-11-22", "stale", True),
    ],
)
def test_a_number_is_confirmed_for_twelve_months_and_printed_when_confirmed_or_of_the_body_itself(
    confidence: str, assured: str, read: str, state: State, printed: bool
) -> None:
    way = replace(PHONE, confidence=confidence, assured_date=assured, source_read=read)
    assert state_of(way, TODAY) == state
    assert printable_number(way, TODAY) is printed


def test_a_number_confirmed_on_a_leap_day_is_stale_after_the_last_of_february() -> None:
    way = replace(PHONE, assured_date="2024-02-29")
    assert state_of(way, date(2025, 2, 28)) == "confirmed"
    assert state_of(way, date(2025, 3, 1)) == "stale"


@pytest.mark.parametrize(
    "way", [replace(PHONE, confidence="A", kind="mail"), replace(PHONE, confidence="A", address="")]
)
def test_what_is_no_number_is_not_printed_as_one(way: Channel) -> None:
    assert not printable_number(way, TODAY)
