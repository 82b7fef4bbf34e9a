"""A release as it is served, with the truth behind it from the store it was built from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from attack.made_up import World
from attack.system import Known, Lattice, Whole, drawn_by, known, lattice_of
from inquiries.actor import LOCAL
from inquiries.filing import pairs
from inquiries.freeze import choose
from inquiries.home import Home
from inquiries.periods import COMPLETE, coverage
from inquiries.policy import policy_of
from inquiries.protect import exact_totals
from inquiries.release import Release
from inquiries.released_series import spans_of
from inquiries.store import Store
from inquiries.vocabulary import REGISTERED, phases


@dataclass(frozen=True)
class Served:
    """One source of a release: its lattice, what the release says of it, and the truth."""

    source: str
    lattice: Lattice
    known: Known
    truth: Whole


def served(home: Home, release: Path) -> list[Served]:
    """The sources of a release that has just been built from what is in force."""
    opened = Release(release)
    cells = opened.ask("publish/shown_cells").drop(columns="first_month")
    sources = list(opened.sources)
    opened.close()
    return [_served(home, source, cells[cells["source"] == source]) for source in sources]


def _served(home: Home, source: str, cells: pd.DataFrame) -> Served:
    store, policy = Store(home), policy_of(home)
    chosen = choose(LOCAL, store, source, spans_of(phases()))
    months = chosen.months
    rows = store.rows(LOCAL, source, pairs(months))
    counted = rows.loc[rows.index.repeat(rows["count"]), [*REGISTERED]].drop(columns="count")
    inquiries = counted.astype({name: str for name in counted.columns if name != "month"})
    first, last = months["month"].min(), months["month"].max()
    world = World(inquiries, store.secret(LOCAL), first, last)
    lattice = lattice_of(world)
    states = world.grid.merge(coverage(chosen.filed, world.grid))
    is_whole = (states["period_kind"] == "month") & (states["state"] == COMPLETE)
    totals = store.reporter_totals(LOCAL, source, pairs(months))
    whole = totals[totals["month"].isin(states.loc[is_whole, "first_month"])]
    exact = exact_totals(whole, world.grid, policy)
    says = known(lattice, cells, exact, policy, drawn_by(states))
    return Served(source, lattice, says, lattice.truth(world))
