"""A series is a run of releases under one rule: only figures of the same series can be compared.

The same figures under two rules can be compared by anyone who has both, which brings them nearer
to what is hidden. So a changed policy or phase table needs a reason, and readers are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from inquiries.facts import Ask


@dataclass(frozen=True)
class Series:
    """A series by its number, from 1, and its first release; `breaks_with` is the release of another rule it follows."""

    number: int
    since: datetime
    breaks_with: str = ""


def series_of(made: pd.DataFrame, rule: str, now: datetime, *, synthetic: bool) -> Series:
    """The series that a release of this rule, made now, belongs to.

    `made` has release, number, released_at, synthetic and policy (the rule). Sample and real
    figures have each their own series. A recalled release counts, for it has been out.
    """
    own = made[made["synthetic"].astype(bool) == synthetic].sort_values("number")
    if own.empty:
        return Series(1, now)
    run = own["policy"].ne(own["policy"].shift()).cumsum()
    last, number = own.iloc[-1], int(run.iloc[-1])
    if last["policy"] != rule:
        return Series(number + 1, now, breaks_with=str(last["release"]))
    return Series(number, own.loc[run == number, "released_at"].iloc[0].to_pydatetime())


def new_series_since(ask: Ask) -> pd.Timestamp | None:
    """The day from which the figures of a release can be compared; None in the first series."""
    about = ask("release/about").set_index("key")["value"]
    return pd.Timestamp(about["series_since"]) if int(about.get("series", "1")) > 1 else None
