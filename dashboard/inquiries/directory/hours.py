"""Whether a number is answered now, in Danish time and by Danish public holidays.

Hours that no source states are unknown, never closed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from inquiries.directory.contact import Schedule

Opening = Literal["always", "open", "closed", "holiday", "unknown"]
DENMARK = ZoneInfo("Europe/Copenhagen")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MIDNIGHT_AFTER = "24:00"
# Days from Easter Sunday: Maundy Thursday to Easter Monday, Ascension, Whit Sunday and Monday.
FROM_EASTER = (-3, -2, 0, 1, 39, 49, 50)
PRAYER_DAY, LAST_PRAYER_DAY = 26, 2023  # abolished by act 214 of 2023-03-06
# The other public holidays, and the days offices keep as such: 5 June, Christmas and New Year's Eve.
FIXED = ((1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31))


def danish_time(utc: datetime) -> datetime:
    """The time in Denmark at a time in UTC that carries no zone, as our clock gives it."""
    return utc.replace(tzinfo=UTC).astimezone(DENMARK)


def opening(schedules: tuple[Schedule, ...], now: datetime) -> Opening:
    """Whether one answers at a Danish time.

    On a public holiday only what is open day and night all week is known to be open.
    """
    if not schedules:
        return "unknown"
    if all(part.byday.split(",") == list(DAYS) and _all_day(part) for part in schedules):
        return "always"
    if is_holiday(now.date()):
        return "holiday"
    today = [part for part in schedules if DAYS[now.weekday()] in part.byday.split(",")]
    begun = [part for part in today if _at(part.opens_at) <= now.time()]
    if any(part.closes_at and not _over(part, now.time()) for part in begun):
        return "open"
    return "unknown" if any(not part.closes_at for part in begun) else "closed"


def _all_day(part: Schedule) -> bool:
    return (part.opens_at, part.closes_at) == ("00:00", MIDNIGHT_AFTER)


def _over(part: Schedule, now: time) -> bool:
    return part.closes_at != MIDNIGHT_AFTER and _at(part.closes_at) <= now


def _at(clock: str) -> time:
    return time.fromisoformat(clock)


def is_holiday(day: date) -> bool:
    """Whether a day is a Danish public holiday, or one that offices keep as one."""
    after = (day - easter(day.year)).days
    prayer_day = after == PRAYER_DAY and day.year <= LAST_PRAYER_DAY
    return (day.month, day.day) in FIXED or after in FROM_EASTER or prayer_day


def easter(year: int) -> date:
    """Easter Sunday: the Sunday after the first full moon of spring, by Gauss's rule.

    With the corrections of the Gregorian calendar for century years.
    """
    century, lunar = year // 100, year % 19
    skipped = century - century // 4
    moon = (19 * lunar + skipped - (8 * century + 13) // 25 + 15) % 30
    moon -= moon // 28 * (1 - 29 // (moon + 1) * ((21 - lunar) // 11))
    weekday = (year + year // 4 + moon + 2 - skipped) % 7
    return date(year, 3, 28) + timedelta(days=moon - weekday)
