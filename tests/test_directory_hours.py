"""Whether a number is answered now: Danish time, Danish public holidays, and unknown hours never closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from dateutil.easter import easter as known_easter

from inquiries.directory.contact import Schedule
from inquiries.directory.hours import DAYS, danish_time, easter, is_holiday, opening

ALL_WEEK = (Schedule(",".join(DAYS), "00:00", "24:00"),)
VISO = (Schedule("MO,TU,TH,FR", "09:00", "11:30"),)
FROM_NINE = (Schedule("MO,TU,WE,TH,FR", "09:00", ""),)
TWO = (Schedule("MO,TU,WE,TH", "08:00", "15:00"), Schedule("FR", "08:00", "14:00"))


def test_easter_is_where_another_reckoning_has_it() -> None:
    assert [year for year in range(1900, 2200) if easter(year) != known_easter(year)] == []


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        ("2026-01-01", True),
        ("2026-01-02", False),
        ("2026-04-01", False),
        ("2026-04-02", True),  # Maundy Thursday
        ("2026-04-03", True),
        ("2026-04-04", False),
        ("2026-04-06", True),
        ("2026-04-07", False),
        ("2023-05-05", True),  # the last prayer day
        ("2024-04-26", False),
        ("2026-05-14", True),  # Ascension
        ("2026-05-25", True),  # Whit Monday
        ("2026-06-05", True),
        ("2026-12-23", False),
        ("2026-12-24", True),
        ("2026-12-25", True),
        ("2026-12-26", True),
        ("2026-12-27", False),
        ("2026-12-31", True),
    ],
)
def test_a_day_is_a_public_holiday(day: str, holiday: bool) -> None:
    assert is_holiday(date.fromisoformat(day)) is holiday


@pytest.mark.parametrize(
    ("schedules", "at", "state"),
    [
        ((), "2026-11-23 10:00", "unknown"),
        (ALL_WEEK, "2026-11-23 03:00", "always"),
        (ALL_WEEK, "2026-12-25 23:59", "always"),
        (VISO, "2026-11-23 08:59", "closed"),
        (VISO, "2026-11-23 09:00", "open"),
        (VISO, "2026-11-23 11:29", "open"),
        (VISO, "2026-11-23 11:30", "closed"),
        (VISO, "2026-11-25 10:00", "closed"),  # a Wednesday
        (VISO, "2026-11-22 10:00", "closed"),  # a Sunday
        (VISO, "2026-04-06 10:00", "holiday"),
        (FROM_NINE, "2026-11-23 08:59", "closed"),
        (FROM_NINE, "2026-11-23 16:00", "unknown"),
        (FROM_NINE, "2026-11-22 16:00", "closed"),
        (TWO, "2026-11-26 14:30", "open"),
        (TWO, "2026-11-27 14:30", "closed"),
    ],
)
def test_hours_say_open_closed_or_unknown(
    schedules: tuple[Schedule, ...], at: str, state: str
) -> None:
    assert opening(schedules, datetime.fromisoformat(at)) == state


def test_hours_that_no_source_states_are_never_closed() -> None:
    hour = datetime(2026, 1, 1)
    for step in range(24 * 366):
        assert opening((), hour + timedelta(hours=step)) == "unknown"


@pytest.mark.parametrize(
    ("utc", "danish"),
    [
        ("2026-01-15 12:00", "13:00"),
        ("2026-07-15 12:00", "14:00"),
        ("2026-03-29 00:59", "01:59"),
        ("2026-03-29 01:00", "03:00"),
        ("2026-10-25 00:59", "02:59"),
        ("2026-10-25 01:00", "02:00"),
    ],
)
def test_the_clock_is_the_danish_one(utc: str, danish: str) -> None:
    assert danish_time(datetime.fromisoformat(utc)).strftime("%H:%M") == danish
