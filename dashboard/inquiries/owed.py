"""Who still owes a month: what is late, what is due soon, and a reminder to send.

A reporter is expected to file each month that follows within twelve months of one it has filed;
the same rule says whether a month of a source is complete (periods.coverage).
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from inquiries.filing import Source
from inquiries.words import Words

DUE_DAY = 10


def this_month(today: date) -> pd.Timestamp:
    """The month we are in: nothing later can have been counted."""
    return pd.Timestamp(today.year, today.month, 1)


def newest_ended(today: date) -> pd.Timestamp:
    """The newest month that is over, and so can be filed in full."""
    return this_month(today) - pd.DateOffset(months=1)


def due(month: pd.Timestamp) -> date:
    """The day by which a month is to be filed: the tenth of the month after it."""
    after = month + pd.DateOffset(months=1)
    return date(after.year, after.month, DUE_DAY)


def board(owed: pd.DataFrame, today: date) -> pd.DataFrame:
    """What is owed (source, reporter, month), with the day it is due and `days_late`; the latest first.

    `days_late` is negative while there is still time.
    """
    days = [due(month) for month in owed["month"]]
    late = [(today - day).days for day in days]
    board = owed.assign(due=days, days_late=late)
    return board.sort_values(["days_late", "source", "reporter"], ascending=[False, True, True])


def reminder(source: Source, months: list[pd.Timestamp], last_day: date, words: Words) -> str:
    """A message to a reporter that owes some months, to copy into a mail."""
    named = words.listed([words.month(month) for month in months])
    return words(
        "owed.reminder",
        source=source.name(words.language),
        unit=words(f"unit.{source.unit}"),
        months=named,
        due=words.date(last_day),
    )
