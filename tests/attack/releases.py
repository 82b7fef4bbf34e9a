"""Several releases of one made-up source, through the real store and the real build, attacked all at once.

The attacker holds every release, knows which months were corrected in between and whether anything
was taken away, and solves for the counts of each release and for what changed from one to another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from attack.made_up import LAST, SOURCE, World, drawn, made_up
from attack.system import (
    EXACT,
    HIDDEN,
    MORE_THAN_ANY,
    MOVED,
    PERIOD,
    UNRELEASED,
    Known,
    Lattice,
    Whole,
    drawn_by,
    known,
    lattice_of,
)
from inquiries import build
from inquiries.actor import LOCAL
from inquiries.filing import Reporter, Source, Submission, pairs
from inquiries.home import Home
from inquiries.periods import COMPLETE
from inquiries.policy import Policy
from inquiries.protect import exact_totals
from inquiries.released_series import spans_of
from inquiries.store import Store
from inquiries.vocabulary import REGISTERED, phases

NOW = datetime(2026, 11, 22)
REPORTERS = "abcd"
# Long enough for a year that is not whole, three quarters and a phase; short enough to be solved often.
MONTHS = pd.date_range(end=LAST, periods=10, freq="MS")
CODES = [column for column in REGISTERED if column not in ("month", "count")]


@dataclass(frozen=True)
class Published:
    """One release: its cells, what each period's draws depend on, its exact totals, and the truth behind it."""

    cells: pd.DataFrame
    drawn: pd.Series
    exact: pd.DataFrame
    world: World
    months: pd.DataFrame

    def of(self, reporter: str) -> World:
        return self.world.of(reporter)


@dataclass
class Filing:
    """A store that reporters file to, month by month, and that is released now and then."""

    home: Home
    policy: Policy
    inquiries: pd.DataFrame
    random: np.random.Generator
    standing: dict[tuple[str, pd.Timestamp], str] = field(default_factory=dict)
    published: list[Published] = field(default_factory=list)

    @property
    def store(self) -> Store:
        return Store(self.home, lambda: NOW)

    def file(self, reporter: str, *months: pd.Timestamp) -> None:
        """File months as the inquiries are now."""
        own = self.inquiries[self.inquiries["reporter"] == reporter]
        found = []
        for month in months:
            rows = own[own["month"] == month].groupby(["month", *CODES]).size().rename("count")
            rows = rows.reset_index()
            found.append(Submission(SOURCE, reporter, (month,), rows, "fingerprint"))
            self.standing[reporter, month] = found[-1].submission
        self.store.submit(LOCAL, *found)

    def add(self, reporter: str, month: pd.Timestamp, more: int) -> None:
        """So many inquiries come in late, and the month is filed anew."""
        late = drawn(self.random, pd.DatetimeIndex([month] * more)).assign(reporter=reporter)
        self.inquiries = pd.concat([self.inquiries, late], ignore_index=True)
        self.file(reporter, month)

    def withdraw(self, reporter: str, month: pd.Timestamp) -> None:
        self.store.withdraw(LOCAL, self.standing[reporter, month], "a test")

    def restore(self, reporter: str, month: pd.Timestamp) -> None:
        self.store.restore(LOCAL, self.standing[reporter, month], "a test")

    def publish(self) -> None:
        """Release, and note the truth behind the release."""
        chosen = build.choose(LOCAL, self.store, SOURCE, spans_of(phases()))
        contents = build.gather(LOCAL, self.store, self.policy)
        number = len(self.published) + 1
        facts = {"release": str(number), "number": number, "synthetic": True, "policy": ""}
        said = {"note": "", "forced_because": ""}
        self.store.record_release(LOCAL, facts | said, contents.months)
        world = World(self._inquiries(chosen.months), first=MONTHS[0])
        covered = contents.tables["coverage"]
        states = world.grid.merge(covered[[*PERIOD, "state"]], how="left")
        assert states["state"].notna().all()
        self.published.append(
            Published(
                contents.tables["cell"],
                drawn_by(states),
                self._exact(world, states, chosen.corrected),
                world,
                chosen.months,
            )
        )

    def _inquiries(self, chosen: pd.DataFrame) -> pd.DataFrame:
        """An inquiry a row, as the submissions that speak give them."""
        found = []
        for reporter, own in chosen.groupby("reporter"):
            rows = self.store.rows(LOCAL, SOURCE, pairs(own))
            found.append(rows.loc[rows.index.repeat(rows["count"])].assign(reporter=reporter))
        together = pd.concat(found, ignore_index=True).drop(columns="count")
        return together.astype(dict.fromkeys(CODES, str))

    def _exact(
        self, world: World, states: pd.DataFrame, corrected: frozenset[pd.Timestamp]
    ) -> pd.DataFrame:
        months = states[(states["period_kind"] == "month") & (states["state"] == COMPLETE)]
        once = set(months["first_month"]) - corrected
        counted = world.inquiries.groupby(["month", "reporter"]).size().rename("count")
        counted = counted.reset_index()
        return exact_totals(counted[counted["month"].isin(once)], world.grid, self.policy)


def begun(folder: Path, policy: Policy, seed: int = 1) -> Filing:
    """A source for which a and b have filed every month; c and d have not filed yet."""
    filing = Filing(Home(folder), policy, made_up(seed).inquiries, np.random.default_rng(seed))
    bodies = tuple(Reporter(name, name, name) for name in REPORTERS)
    columns = ("month", *CODES, "count")
    source = Source(SOURCE, SOURCE, SOURCE, "inquiry", columns, True, bodies)
    filing.store.add_source(LOCAL, source)
    for reporter in "ab":
        filing.file(reporter, *MONTHS)
    return filing


def joined(filing: Filing, *, only_more: bool, reporter: str | None = None) -> tuple[Known, Whole]:
    """All releases as one system of counts and of changes, and the truth of it.

    First the counts of each release, then for each two releases what changed between them: of
    everyone, or of all others than one reporter who knows his own. `only_more` when nothing was
    taken away, and the attacker knows it.
    """
    lattice = lattice_of(
        World(pd.concat(own.world.inquiries for own in filing.published), first=MONTHS[0])
    )
    says, truths = [], []
    for own in filing.published:
        found = known(lattice, own.cells, own.exact, filing.policy, own.drawn)
        truth = lattice.truth(own.world)
        if reporter:
            mine = lattice.truth(own.of(reporter))
            found, truth = found.less(mine), truth - mine
        says.append(found)
        truths.append(truth)
    places = list(combinations(range(len(says)), 2))
    changes = [_change(lattice, filing, says, *both, only_more=only_more) for both in places]
    blocks = says + changes
    differences = _differences(lattice.size, len(says), places)
    rows = sparse.block_diag([own.rows for own in blocks], format="csr")
    none = np.zeros(differences.shape[0], np.int64)
    system = Known(
        lattice,
        *(
            np.concatenate([getattr(own, name) for own in blocks])
            for name in ("state", "shown", "low", "high")
        ),
        rows=sparse.csr_array(sparse.vstack([rows, differences])),
        least=np.concatenate([*(own.least for own in blocks), none]),
        most=np.concatenate([*(own.most for own in blocks), none]),
        own=np.concatenate([own.own for own in blocks]),
    )
    return system, np.concatenate([*truths, *(truths[j] - truths[i] for i, j in places)])


def _change(
    lattice: Lattice, filing: Filing, says: list[Known], i: int, j: int, *, only_more: bool
) -> Known:
    """What is known of the changes between two releases."""
    same = _unchanged(lattice, filing.published[i], filing.published[j])
    far = np.full(lattice.size, MORE_THAN_ANY)
    low = np.where(same | only_more, 0, -far)
    high = np.where(same, 0, far)
    none = np.zeros(lattice.sums.shape[0], np.int64)
    before, after = says[i], says[j]
    if only_more and filing.policy.method == "cell_key":
        alike = filing.published[i].drawn == filing.published[j].drawn
        seen = [np.where(own.state == MOVED, own.shown + own.own, -1) for own in (before, after)]
        unlike = alike.to_numpy().repeat(len(lattice.choices)) & (seen[0] != seen[1])
        unlike &= ~np.isin(before.state, (EXACT, UNRELEASED)) & ~np.isin(
            after.state, (EXACT, UNRELEASED)
        )
        low = np.where(unlike, np.maximum(low, 1 - (after.own - before.own)), low)
    state = np.where(before.state == UNRELEASED, UNRELEASED, HIDDEN)
    zero = np.zeros(lattice.size, np.int64)
    return Known(lattice, state, zero, low, high, lattice.sums, none, none, zero)


def _unchanged(lattice: Lattice, before: Published, after: Published) -> NDArray[np.bool_]:
    """The cells of the periods in which no submission is another."""
    both = before.months.merge(after.months, how="outer", indicator=True)
    changed = set(both.loc[both["_merge"] != "both", "month"])
    same = [
        not any(first <= month <= last for month in changed)
        for first, last in lattice.grid[["first_month", "last_month"]].itertuples(index=False)
    ]
    return np.repeat(same, len(lattice.choices))


def _differences(size: int, releases: int, places: list[tuple[int, int]]) -> sparse.csr_array:
    """A change is the later count less the earlier."""
    one = sparse.eye_array(size, dtype=np.int64)
    rows = []
    for at, (i, j) in enumerate(places):
        row = [None] * (releases + len(places))
        row[i], row[j], row[releases + at] = -one, one, -one
        rows.append(row)
    return sparse.csr_array(sparse.block_array(rows))
