"""Which submission speaks for each month in the next release: a small correction waits.

Two releases that differ by one late case show, subtracted, which cells it touched. So what a
release takes for a month is either the same as in an earlier release or differs by enough to hide
any one case, also from a reporter who knows what it has changed itself. Only a month that is
complete in one release and not in the other may differ by less: all its cells draw anew, and its
total is exact in one alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import pandas as pd

from inquiries import same_reporters
from inquiries.actor import Actor
from inquiries.faults import Fault
from inquiries.periods import MONTHS_OWED
from inquiries.released_series import Spans
from inquiries.store import Store

ENOUGH_CHANGED = 10

KEY = ["reporter", "month"]
# The (reporter, submission) pairs that speak for a month.
Speaking = frozenset[tuple[str, str]]
# By how many inquiries each reporter's rows differ between two choices for a month.
Change = dict[str, int]
NOBODY: Speaking = frozenset()
NO_MONTHS = pd.DatetimeIndex([])


@dataclass(frozen=True)
class Chosen:
    """The submissions of the next release (reporter, month, submission), and what follows from the choice.

    `filed` is month, filed and owed (reporters). `corrected` are the months that were complete in
    an earlier release with other submissions: two exact totals of one month would be subtracted.
    `changes` are the reporters that joined or stopped, `same_reporters` says whether those counted
    up to the end of the restrictions reported throughout (same_reporters.py).
    """

    months: pd.DataFrame
    filed: pd.DataFrame
    corrected: frozenset[pd.Timestamp]
    corrections_wait: bool
    changes: pd.DataFrame
    same_reporters: bool


@dataclass(frozen=True)
class Version:
    """What some release has taken for a month, and whether every reporter that owed it had filed."""

    speaking: Speaking
    is_complete: bool


class Comparison:
    """By how many inquiries each reporter's rows differ between two choices for a month of a source."""

    def __init__(self, actor: Actor, store: Store, source: str) -> None:
        self._ask = partial(store.row_changes, actor, source)
        self._known: dict[tuple[pd.Timestamp, frozenset[Speaking]], Change] = {}

    def ask(self, choices: Iterable[tuple[pd.Timestamp, Speaking, Speaking]]) -> None:
        """Look up many at once; the rest are looked up as they are needed."""
        different = [own for own in choices if own[1] != own[2]]
        old = [pair for month, one, other in different for pair in _pairs(one - other, month)]
        new = [pair for month, one, other in different for pair in _pairs(other - one, month)]
        changes = self._ask(old, new)
        by_month = {
            month: dict(zip(own["reporter"], own["changed"], strict=True))
            for month, own in changes.groupby("month")
        }
        for month, one, other in different:
            self._known[month, frozenset((one, other))] = by_month.get(month, {})

    def change(self, month: pd.Timestamp, one: Speaking, other: Speaking) -> Change:
        """The reporters whose rows differ, and by how many inquiries."""
        if one == other:
            return {}
        if (month, frozenset((one, other))) not in self._known:
            self.ask([(month, one, other)])
        found = self._known[month, frozenset((one, other))]
        return {reporter: changed for reporter, changed in found.items() if changed}


def choose(
    actor: Actor, store: Store, source: str, spans: Spans, excluded: pd.DatetimeIndex = NO_MONTHS
) -> Chosen:
    """What the next release takes: what is in force, but for small corrections to released months.

    Of the months that are compared, those of the reporters that filed throughout. A month is
    settled after those before it, for they say who owes it. `Fault` when nothing is in force.
    """
    versions = _versions(store.versions_released(actor, source))
    standing = store.months_in_force(actor, source)
    if standing.empty:
        raise Fault("nothing_to_release")
    in_force = _by_month(same_reporters.counted(standing, spans, excluded))
    comparison = Comparison(actor, store, source)
    wanted = in_force | _kept_where_unchanged(in_force, versions, comparison)
    chosen = dict(wanted)
    for month in sorted(versions):
        if wanted[month] != versions[month][0].speaking:
            chosen[month] = _settled(month, chosen, versions[month], comparison)
    months = _as_frame(chosen)
    filed = filed_and_owed(months)
    return Chosen(
        months=months,
        filed=filed,
        corrected=_corrected(chosen, versions, filed),
        corrections_wait=chosen != wanted,
        changes=same_reporters.changes(standing, months),
        same_reporters=bool(same_reporters.reported_throughout(standing, spans, excluded)),
    )


def filed_and_owed(months: pd.DataFrame) -> pd.DataFrame:
    """For each month how many reporters filed and how many owe it: month, filed, owed.

    Owed are those that filed the month or any of the twelve months before it.
    """
    later = [
        months[KEY].assign(month=months["month"] + pd.DateOffset(months=ahead))
        for ahead in range(MONTHS_OWED + 1)
    ]
    owed = pd.concat(later).drop_duplicates().groupby("month").size()
    filed = months.groupby("month").size()
    every = pd.date_range(months["month"].min(), months["month"].max(), freq="MS", name="month")
    counts = {"filed": filed.reindex(every).fillna(0), "owed": owed.reindex(every).fillna(0)}
    return pd.DataFrame(counts).astype("int64").reset_index()


def _versions(released: pd.DataFrame) -> dict[pd.Timestamp, list[Version]]:
    """What releases have taken for each month, newest first."""
    found: dict[pd.Timestamp, list[Version]] = {}
    for row in released.itertuples():
        speaking = frozenset((pair.split("/")[0], pair.split("/")[1]) for pair in row.speaking)
        found.setdefault(row.month, []).append(Version(speaking, bool(row.complete)))
    return found


def _by_month(months: pd.DataFrame) -> dict[pd.Timestamp, Speaking]:
    return {
        month: frozenset(zip(own["reporter"], own["submission"], strict=True))
        for month, own in months.groupby("month")
    }


def _as_frame(chosen: dict[pd.Timestamp, Speaking]) -> pd.DataFrame:
    rows = [(*pair, month) for month, speaking in chosen.items() for pair in sorted(speaking)]
    found = pd.DataFrame(rows, columns=["reporter", "submission", "month"])
    order = found.astype({"month": "datetime64[us]"}).sort_values(["month", "reporter"])
    return order[[*KEY, "submission"]].reset_index(drop=True)


def _kept_where_unchanged(
    in_force: dict[pd.Timestamp, Speaking],
    versions: dict[pd.Timestamp, list[Version]],
    comparison: Comparison,
) -> dict[pd.Timestamp, Speaking]:
    """What is in force for the released months, but where the same rows were filed again, as released."""
    months = {
        month: (found[0].speaking, in_force.get(month, NOBODY)) for month, found in versions.items()
    }
    comparison.ask((month, *both) for month, both in months.items())
    kept = {}
    for month, (before, now) in months.items():
        changed = comparison.change(month, before, now)
        same = {reporter: own for reporter, own in before if reporter not in changed}
        kept[month] = frozenset((reporter, same.get(reporter, own)) for reporter, own in now)
    comparison.ask((month, before, kept[month]) for month, (before, _) in months.items())
    return kept


def _settled(
    month: pd.Timestamp,
    chosen: dict[pd.Timestamp, Speaking],
    versions: list[Version],
    comparison: Comparison,
) -> Speaking:
    """The first choice for a month that no earlier release can be subtracted from."""
    change = partial(comparison.change, month)
    owed = _owing(month, chosen)
    for speaking in _candidates(chosen[month], versions, change):
        is_complete = owed <= {reporter for reporter, _ in speaking}
        alike = [own.speaking for own in versions if own.is_complete == is_complete]
        if all(_hides_any_case(change(own, speaking)) for own in alike):
            return speaking
    return versions[0].speaking


def _candidates(
    wanted: Speaking, versions: list[Version], change: Callable[[Speaking, Speaking], Change]
) -> Iterator[Speaking]:
    """What is in force; else an earlier choice, nearest first, with or without the large corrections."""
    yield wanted
    changes = [(own.speaking, change(own.speaking, wanted)) for own in versions]
    for before, found in sorted(changes, key=lambda own: sum(own[1].values())):
        large = {reporter for reporter, changed in found.items() if changed >= ENOUGH_CHANGED}
        kept = {pair for pair in before if pair[0] not in large}
        yield frozenset(kept | {pair for pair in wanted if pair[0] in large})
        yield before


def _hides_any_case(change: Change) -> bool:
    """Whether nothing or enough has changed, over all reporters and without any one of them."""
    whole = sum(change.values())
    rests = [whole, *(whole - own for own in change.values())]
    return all(rest == 0 or rest >= ENOUGH_CHANGED for rest in rests)


def _owing(month: pd.Timestamp, chosen: dict[pd.Timestamp, Speaking]) -> set[str]:
    """The reporters that filed any of the twelve months before this one."""
    before = pd.date_range(end=month, periods=MONTHS_OWED + 1, freq="MS")[:-1]
    return {reporter for earlier in before for reporter, _ in chosen.get(earlier, NOBODY)}


def _corrected(
    chosen: dict[pd.Timestamp, Speaking],
    versions: dict[pd.Timestamp, list[Version]],
    filed: pd.DataFrame,
) -> frozenset[pd.Timestamp]:
    complete = set(filed.loc[filed["filed"] == filed["owed"], "month"])
    found = set()
    for month, before in versions.items():
        whole = {own.speaking for own in before if own.is_complete}
        whole |= {chosen[month]} if month in complete else set()
        if len(whole) > 1:
            found.add(month)
    return frozenset(found)


def _pairs(speaking: Speaking, month: pd.Timestamp) -> list[str]:
    return [f"{submission}/{month:%Y-%m}" for _, submission in sorted(speaking)]
