"""Builds a release: cells from the exact store, protected; then everything else from the released cells alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from inquiries import audit, checks, lattice, publication, release, vocabulary
from inquiries.access import require_no_uploader
from inquiries.actor import Actor, require_whole
from inquiries.estimates import estimate
from inquiries.faults import Fault
from inquiries.filing import Source, pairs
from inquiries.freeze import Chosen, choose
from inquiries.home import Home
from inquiries.locking import locked
from inquiries.periods import COMPLETE, MISSING, coverage, periods
from inquiries.policy import Policy, policy_of, rule_of
from inquiries.protect import exact_totals, protect
from inquiries.released_series import spans_of
from inquiries.released_sources import (
    notes_of,
    released_sources,
    reporter_changes,
    source_table,
)
from inquiries.series import Series
from inquiries.starting import keep_backup
from inquiries.store import Clock, Store, system_clock

ROWS_AT_ONCE = 1_000_000
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
    """What goes into one release, by table, and which submissions it is made of."""

    synthetic: bool
    data_through: pd.Timestamp
    policy: Policy
    months: pd.DataFrame
    corrections_wait: bool
    tables: dict[str, pd.DataFrame]


def build(
    actor: Actor,
    home: Home,
    *,
    clock: Clock = system_clock,
    note: str = "",
    forced_because: str = "",
    new_series_because: str = "",
) -> str:
    """Build the next release and give its id.

    Holds the real sources that have figures, else the synthetic ones. Real ones come out at most once
    a month unless forced; another rule than the last release's begins a new series; reasons for
    both are kept. `Fault` of the first check that fails (checks.py, access.require_no_uploader).
    """
    reasons = {"forced_because": forced_because, "new_series_because": new_series_because}
    with audit.act(home, actor, "release"):
        return _build(actor, home, clock, note, reasons)


def _build(actor: Actor, home: Home, clock: Clock, note: str, reasons: dict[str, str]) -> str:
    audit.require(home, actor, "publisher")
    store, now = Store(home, clock), clock()
    store.require_sound()
    require_no_uploader(actor, home, store.sources(actor))
    publication.finish(home, store.releases(actor))
    contents = gather(actor, store, policy_of(home))
    judged = checks.standing(actor, store, home, now)
    checks.require(checks.checks(contents, judged, **reasons))
    identity, number = publication.next_identity(home, judged.made, now)
    audit.about(identity)
    about = _about(identity, number, now, contents, checks.series(contents, judged))
    part = publication.write(home, identity, about, contents.tables)
    facts = {
        "release": identity,
        "number": number,
        "note": note,
        "forced_because": " ".join(filter(None, reasons.values())),
        "synthetic": contents.synthetic,
        "policy": rule_of(contents.policy, contents.tables["phase"]),
    }
    store.record_release(actor, facts, contents.months)
    publication.publish(part)
    with locked(home):
        keep_backup(home, now)
    return identity


def recall_release(actor: Actor, home: Home, identity: str, because: str) -> None:
    """Take a release back: readers see the one before it. Slides already out cannot be recalled."""
    with audit.act(home, actor, "recall"):
        store = Store(home)
        require_whole(actor, store.sources(actor))
        path = home.releases / f"{identity}.duckdb"
        if path not in release.release_paths(home):
            raise Fault("release_unknown", release=identity)
        audit.about(identity)
        store.require_sound()  # what cannot be kept must not be done
        path.replace(path.with_suffix(release.RECALLED))
        store.record_recall(actor, identity, because)


def gather(actor: Actor, store: Store, policy: Policy) -> Contents:
    """Everything the next release would hold."""
    sources = released_sources(actor, store)
    phases = vocabulary.phases()
    breaks, excluded = notes_of(actor, store, sources)
    chosen = _chosen(actor, store, sources, phases, excluded)
    filed = {source: own.filed for source, own in chosen.items()}
    months = pd.concat(filed.values())["month"]
    grid = periods(months.min(), months.max(), phases)
    totals = {
        source: store.reporter_totals(actor, source, pairs(own.months))
        for source, own in chosen.items()
    }
    covered = _covered(filed, totals, grid)
    secret = store.secret(actor)
    protected = [
        _cells(actor, store, own, totals[source], _stated(grid, covered, source), secret, policy)
        for source, own in chosen.items()
    ]
    described = source_table(sources, chosen, covered)
    given = {
        "source": described,
        "label": vocabulary.label_table(),
        "phase": phases,
        "event": vocabulary.events(),
        "period": grid.drop(columns="months"),
        "coverage": covered,
        "series_break": breaks,
        "excluded_month": excluded,
        "reporter_change": reporter_changes(sources, chosen),
        "cell": _reported(pd.concat(protected), covered),
    }
    return Contents(
        synthetic=sources[0].synthetic,
        data_through=described["data_through"].max(),
        policy=policy,
        months=pd.concat([own.months.assign(source=source) for source, own in chosen.items()]),
        corrections_wait=any(own.corrections_wait for own in chosen.values()),
        tables=given | estimate(given),
    )


def _chosen(
    actor: Actor,
    store: Store,
    sources: list[Source],
    phases: pd.DataFrame,
    excluded: pd.DataFrame,
) -> dict[str, Chosen]:
    """The submissions each source is released from."""
    months = {source: own["month"] for source, own in excluded.groupby("source")}
    return {
        one.source: choose(
            actor,
            store,
            one.source,
            spans_of(phases),
            pd.DatetimeIndex(months.get(one.source, [])),
        )
        for one in sources
    }


def _covered(
    filed: dict[str, pd.DataFrame], totals: dict[str, pd.DataFrame], grid: pd.DataFrame
) -> pd.DataFrame:
    """The state of each source's periods, and whether a reporter masked some of what is in them."""
    parts = []
    for source, months in filed.items():
        own = grid[
            (grid["first_month"] >= months["month"].min())
            & (grid["last_month"] <= months["month"].max())
        ]
        masked = set(totals[source].loc[totals[source]["masked"] > 0, "month"])
        holds_masked = [
            any(first <= month <= last for month in masked)
            for first, last in zip(own["first_month"], own["last_month"], strict=True)
        ]
        parts.append(coverage(months, own).assign(source=source, masked=holds_masked))
    return pd.concat(parts, ignore_index=True)


def _reported(cells: pd.DataFrame, covered: pd.DataFrame) -> pd.DataFrame:
    """The cells of the periods that have been reported, in order."""
    reported = covered.loc[covered["state"] != MISSING, ["source", "period_kind", "period"]]
    return cells.merge(reported).sort_values(CELL_ORDER, ignore_index=True)


def _stated(grid: pd.DataFrame, covered: pd.DataFrame, source: str) -> pd.DataFrame:
    """The periods one source has reported, each with its state."""
    states = covered.loc[covered["source"] == source, ["period_kind", "period", "state", "source"]]
    return grid.merge(states)


def _cells(
    actor: Actor,
    store: Store,
    chosen: Chosen,
    totals: pd.DataFrame,
    own: pd.DataFrame,
    secret: bytes,
    policy: Policy,
) -> pd.DataFrame:
    """The cells of one source that may be shown; `own` is its periods, each with its state."""
    source = own["source"].iloc[0]
    rows = (store.rows(actor, source, pairs(part)) for part in _parts(chosen.months, totals))
    found = lattice.cells(source, rows, own, secret)
    complete = own.loc[(own["period_kind"] == "month") & (own["state"] == COMPLETE), "first_month"]
    once = set(complete) - chosen.corrected
    exact = exact_totals(totals[totals["month"].isin(once)], own, policy)
    return protect(found, exact, policy).assign(source=source)


def _parts(months: pd.DataFrame, totals: pd.DataFrame) -> list[pd.DataFrame]:
    """Whole months, together no more rows than are held at once (a month is never divided)."""
    in_month = months["month"].map(totals.groupby("month")["row_count"].sum()).fillna(0)
    per_month = in_month.groupby(months["month"]).first().cumsum() // ROWS_AT_ONCE
    return [part for _, part in months.groupby(months["month"].map(per_month))]


def _about(
    identity: str, number: int, now: datetime, contents: Contents, series: Series
) -> pd.DataFrame:
    facts = {
        "release": identity,
        "number": str(number),
        "format": str(release.FORMAT),
        "built_at": now.isoformat(timespec="seconds"),
        "data_through": contents.data_through.strftime("%Y-%m-%d"),
        "synthetic": "yes" if contents.synthetic else "no",
        "policy": contents.policy.policy,
        "policy_signed_by": contents.policy.signed_by,
        "policy_signed_on": contents.policy.signed_on,
        "method": contents.policy.method,
        "corrections_wait": "yes" if contents.corrections_wait else "no",
        "series": str(series.number),
        "series_since": series.since.isoformat(timespec="seconds"),
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
