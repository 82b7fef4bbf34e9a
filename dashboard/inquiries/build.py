"""Builds a release: cells from the exact store, protected; then everything else from the released cells alone."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from inquiries import engine, release, vocabulary
from inquiries.actor import Actor, require
from inquiries.estimates import estimate
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.periods import COMPLETE, MISSING, coverage, periods
from inquiries.protect import METHOD, protect
from inquiries.store import Clock, Source, Store, system_clock

CELL_ORDER = [
    "source",
    "dimension_1",
    "value_1",
    "dimension_2",
    "value_2",
    "period_kind",
    "first_month",
]


@dataclass(frozen=True)
class Contents:
    """What goes into one release, by table."""

    synthetic: bool
    data_through: pd.Timestamp
    tables: dict[str, pd.DataFrame]


def build(
    actor: Actor,
    home: Home,
    *,
    clock: Clock = system_clock,
    accept_provisional_protection: bool = False,
) -> str:
    """Build the next release and give its id.

    Holds the synthetic sources, or, as soon as a real source has figures, the real ones alone;
    real figures need `accept_provisional_protection` until disclosure control is complete.
    """
    require(actor, "publisher")
    contents = gather(actor, Store(home, clock), accept_provisional_protection)
    now = clock()
    identity, number = _identity(home, now)
    _write(home, identity, _about(identity, number, now, contents), contents.tables)
    return identity


def gather(actor: Actor, store: Store, accept_provisional_protection: bool) -> Contents:
    """Everything the next release would hold."""
    chosen, filed = _choose(actor, store)
    synthetic = chosen[0].synthetic
    if not synthetic and not accept_provisional_protection:
        raise Fault("protection_provisional")
    first = min(months["month"].min() for months in filed.values())
    last = max(months["month"].max() for months in filed.values())
    phases = vocabulary.phases()
    grid = periods(first, last, phases)
    covered = _covered(filed, grid)
    cells = _cells(actor, store, chosen, covered, grid)
    sources = _source_table(chosen, covered)
    tables = {
        "source": sources,
        "label": vocabulary.label_table(),
        "phase": phases,
        "event": vocabulary.events(),
        "period": grid.drop(columns="months"),
        "coverage": covered,
        "cell": cells,
        **estimate(cells, covered, phases),
    }
    return Contents(synthetic, sources["data_through"].max(), tables)


def _choose(actor: Actor, store: Store) -> tuple[list[Source], dict[str, pd.DataFrame]]:
    """The sources of the next release and the months filed of each."""
    sources = store.sources(actor)
    filed = {source.source: store.months_filed(actor, source.source) for source in sources}
    with_figures = [source for source in sources if not filed[source.source].empty]
    if not with_figures:
        raise Fault("nothing_to_release")
    real = [source for source in with_figures if not source.synthetic]
    chosen = real or with_figures
    return chosen, {source.source: filed[source.source] for source in chosen}


def _covered(filed: dict[str, pd.DataFrame], grid: pd.DataFrame) -> pd.DataFrame:
    parts = []
    for source, months in filed.items():
        own = grid[
            (grid["first_month"] >= months["month"].min())
            & (grid["last_month"] <= months["month"].max())
        ]
        parts.append(coverage(months, own).assign(source=source))
    return pd.concat(parts, ignore_index=True)


def _cells(
    actor: Actor,
    store: Store,
    sources: list[Source],
    covered: pd.DataFrame,
    grid: pd.DataFrame,
) -> pd.DataFrame:
    """The cells that may be shown, of the periods that have no missing month."""
    lent = {
        "period": grid,
        "municipality_region": vocabulary.municipality_regions(),
        "shown_value": vocabulary.shown_values(),
    }
    exact = pd.concat(
        [store.cells(actor, source.source, lent).assign(source=source.source) for source in sources]
    )
    reported = covered.loc[covered["state"] != MISSING, ["source", "period_kind", "period"]]
    return protect(exact.merge(reported)).sort_values(CELL_ORDER, ignore_index=True)


def _source_table(sources: list[Source], covered: pd.DataFrame) -> pd.DataFrame:
    months = covered[covered["period_kind"] == "month"]
    first = months.groupby("source")["first_month"].min()
    through = months[months["state"] == COMPLETE].groupby("source")["first_month"].max()
    return pd.DataFrame(
        [
            {
                "source": source.source,
                "name_da": source.name_da,
                "name_en": source.name_en,
                "unit": source.unit,
                "columns": " ".join(source.columns),
                "synthetic": source.synthetic,
                "first_month": first[source.source],
                "data_through": through[source.source],
            }
            for source in sources
        ]
    )


def _identity(home: Home, now: datetime) -> tuple[str, int]:
    """The next release's id and number; both go up even when the clock goes back."""
    former = release.release_paths(home)
    day, count = now.strftime("%Y-%m-%d"), 0
    if former:
        newest_day, newest_count = release.order(former[-1])
        day, count = max((day, 0), (newest_day, newest_count))
    return f"{day}-{count + 1}", len(former) + 1


def _about(identity: str, number: int, now: datetime, contents: Contents) -> pd.DataFrame:
    facts = {
        "release": identity,
        "number": str(number),
        "format": str(release.FORMAT),
        "built_at": now.isoformat(timespec="seconds"),
        "data_through": contents.data_through.strftime("%Y-%m-%d"),
        "synthetic": "yes" if contents.synthetic else "no",
        "protection": METHOD,
        "fingerprint": fingerprint(contents.tables),
    }
    return pd.DataFrame(facts.items(), columns=["key", "value"])


def fingerprint(tables: dict[str, pd.DataFrame]) -> str:
    """A digest of the contents, the same for the same figures whenever and wherever they are built."""
    digest = hashlib.sha256()
    for name in sorted(tables):
        digest.update(name.encode())
        digest.update(tables[name].to_csv(index=False, lineterminator="\n").encode())
    return digest.hexdigest()


def _write(home: Home, identity: str, about: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> None:
    """Write under another name, flush, and give the file its own name last of all."""
    home.prepare()
    final = home.releases / f"{identity}.duckdb"
    part = final.with_suffix(".part")
    part.unlink(missing_ok=True)
    connection = engine.connect(part)
    engine.create(connection, "release_1")
    for table, frame in {"about": about, **tables}.items():
        if not frame.empty:
            engine.fill(connection, table, frame)
    connection.close()
    _flush(part)
    checksum = final.with_suffix(release.CHECKSUM)
    checksum.write_text(release.checksum(part) + "\n", "ascii")
    _flush(checksum)
    part.replace(final)
    _flush(home.releases)


def _flush(path: Path) -> None:
    """Have the operating system put a file or folder on the disk; Windows cannot open a folder."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
