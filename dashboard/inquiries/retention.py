"""How long exact rows are kept: which submissions are past what the owner's policy says of their source, and their erasure.

Nothing is erased by itself. A submission goes whole, once all of its months are past. Releases
already out stay as they are; what the newest one's comparisons rest on goes only when that is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from inquiries import audit, engine, erasure
from inquiries.actor import Actor
from inquiries.erasure import Remains
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.keeping import keeping_of
from inquiries.newest import MONTHS_BEFORE
from inquiries.opening import opened
from inquiries.release import Release, newest_whole, open_release
from inquiries.submissions import sources

# Bases that look at the newest months alone; all others compare with the time before the lockdown.
NEWEST, YEAR_BEFORE = "newest", "year_before"
BECAUSE = "keeping.toml: source_months"
NO_MONTHS = pd.DatetimeIndex([])


@dataclass(frozen=True)
class Due:
    """What is past in one source whose rows are kept for `kept` months.

    `submissions` are to go and hold `months`. `needed` are those of them that hold a month that the
    newest release's comparisons rest on, and `needed_months` those months. `waiting` are months past
    that were filed together with later ones, and wait for them.
    """

    source: str
    kept: int
    submissions: tuple[str, ...]
    months: pd.DatetimeIndex
    needed: tuple[str, ...]
    needed_months: pd.DatetimeIndex
    waiting: pd.DatetimeIndex

    def going(self, *, also_needed: bool) -> list[str]:
        """The submissions that are erased: all, or those that no comparison rests on."""
        return [one for one in self.submissions if also_needed or one not in self.needed]


def due(actor: Actor, home: Home, at: datetime) -> list[Due]:
    """For each source that the policy names, what is past; `Fault` when it names one that is not there."""
    audit.require(home, actor, "administrator")
    kept = keeping_of(home).source_months
    with opened(home) as connection:
        known = {one.source for one in sources(connection)}
        spans = engine.ask(connection, "store/submission_spans")
    unknown = sorted(set(kept) - known)
    if unknown:
        raise Fault("source_unknown", source=", ".join(unknown))
    release, _ = newest_whole(home, open_release)
    try:
        return [
            _due(source, months, spans[spans["source"] == source], at, release)
            for source, months in sorted(kept.items())
        ]
    finally:
        if release is not None:
            release.close()


def _due(source: str, kept: int, spans: pd.DataFrame, at: datetime, release: Release | None) -> Due:
    # A month is kept for so many whole months after its own.
    oldest_kept = pd.Timestamp(at.year, at.month, 1) - pd.DateOffset(months=kept)
    past = spans[spans["last_month"] < oldest_kept]
    partly = spans[(spans["first_month"] < oldest_kept) & (spans["last_month"] >= oldest_kept)]
    resting = needed(release, source) if release is not None else NO_MONTHS
    rests = [not own.intersection(resting).empty for own in _months(past)]
    needing = past[pd.Series(rests, past.index, dtype=bool)]
    return Due(
        source=source,
        kept=kept,
        submissions=tuple(past["submission"]),
        months=_union(past),
        needed=tuple(needing["submission"]),
        needed_months=_union(needing).intersection(resting),
        waiting=_union(partly)[_union(partly) < oldest_kept],
    )


def _months(spans: pd.DataFrame) -> Iterator[pd.DatetimeIndex]:
    for first, last in zip(spans["first_month"], spans["last_month"], strict=True):
        yield pd.date_range(first, last, freq="MS")


def _union(spans: pd.DataFrame) -> pd.DatetimeIndex:
    every = sorted({month for months in _months(spans) for month in months})
    return pd.DatetimeIndex(every)


def needed(release: Release, source: str) -> pd.DatetimeIndex:
    """The months of one source that a release's comparisons rest on, and that a later one would lack."""
    found = release.ask("release/comparisons", source=source).set_index("basis")
    spans = []
    compared = found.drop(index=[NEWEST, YEAR_BEFORE], errors="ignore")
    if len(compared.drop(index="baseline", errors="ignore")):
        spans.append((compared["first_month"].min(), compared["last_month"].max()))
    for basis, back in ((NEWEST, MONTHS_BEFORE), (YEAR_BEFORE, 12)):
        if basis in found.index:
            first, last = found.loc[basis]
            spans.append((first - pd.DateOffset(months=back), last))
    months = _union(pd.DataFrame(spans, columns=["first_month", "last_month"]))
    return months[months >= release.sources[source].first_month] if spans else months


def erase_due(
    actor: Actor, home: Home, *, by: str, also_needed: bool, at: datetime
) -> tuple[list[str], Remains]:
    """Erase what is past, on somebody's authority, and give what went and where it may still be.

    What the newest release's comparisons rest on stays unless `also_needed`. Told again, what was
    begun is finished.
    """
    with audit.act(home, actor, "erase"):
        going = [one for own in due(actor, home, at) for one in own.going(also_needed=also_needed)]
        with opened(home) as connection:
            begun = engine.ask(connection, "store/erasures").query("not finished")["submission"]
        every = [*going, *begun]
        if not every:
            return [], Remains([], [])
        return going, erasure.erase_all(actor, home, every, by=by, because=BECAUSE, at=at)
