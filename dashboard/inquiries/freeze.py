"""Which submission speaks for each month in the next release: a small correction waits.

Two releases that differ by one late case show, subtracted, which cells it touched. So a month that
has been released keeps its submissions until enough has changed to hide any one case.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from inquiries.actor import Actor
from inquiries.store import Store

ENOUGH_CHANGED = 10
MONTHS_OWED = 12

KEY = ["reporter", "month"]


@dataclass(frozen=True)
class Chosen:
    """The submissions of the next release (reporter, month, submission), and whether corrections wait."""

    months: pd.DataFrame
    corrections_wait: bool


def choose(actor: Actor, store: Store, source: str) -> Chosen:
    """What the next release takes: what is in force, but for small corrections to released months.

    How much a month is corrected is counted over all its reporters.
    """
    in_force = store.months_in_force(actor, source)
    released = store.months_released(actor, source)
    both = in_force.merge(released, on=KEY, how="outer", suffixes=("", "_released"))
    corrects = _is_correction(both)
    if not corrects.any():
        return Chosen(in_force, corrections_wait=False)
    spoke = both.assign(submission=both["submission_released"])[corrects]
    changes = store.row_changes(actor, source, pairs(spoke), pairs(both[corrects]))
    changed = both["month"].map(changes.groupby("month")["changed"].sum()).fillna(0)
    waits = corrects & (changed < ENOUGH_CHANGED)
    submission = both["submission"].mask(waits, both["submission_released"])
    months = both.assign(submission=submission).dropna(subset=["submission"])
    return Chosen(months[[*KEY, "submission"]], corrections_wait=bool(waits.any()))


def _is_correction(both: pd.DataFrame) -> pd.Series:
    """Whether a reporter's month is other than it was released, or new in a month released without it.

    A reporter that owed the month is awaited, not a correction: until it files, the month is
    provisional, and all its cells draw anew when it is complete.
    """
    was_released = both["submission_released"].notna()
    differs = was_released & (both["submission"] != both["submission_released"])
    joins = ~was_released & both["month"].isin(both.loc[was_released, "month"])
    return differs | (joins & ~both.apply(_was_owed, axis=1, released=both[was_released]))


def _was_owed(row: pd.Series, released: pd.DataFrame) -> bool:
    """Whether the reporter had a released month in the twelve before this one."""
    own = released.loc[released["reporter"] == row["reporter"], "month"]
    since = row["month"] - pd.DateOffset(months=MONTHS_OWED)
    return bool(own.between(since, row["month"]).any())


def pairs(months: pd.DataFrame) -> list[str]:
    """The submission/month pairs of some months, as the questions take them."""
    found = months.dropna(subset=["submission"])
    return list(found["submission"] + "/" + found["month"].dt.strftime("%Y-%m"))
