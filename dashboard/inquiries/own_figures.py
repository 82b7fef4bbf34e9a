"""Exact figures for analysts: what their own bodies filed, as they choose it, and the file that may leave the page.

Nothing here is protected, so nothing of it may reach a release, a link, a title or a log. Every
function that gives a figure asks for the role, and binds the caller's scope.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from inquiries import audit, own_rows
from inquiries.actor import Actor
from inquiries.directory.guards import holds_markup, holds_number_or_person, is_address
from inquiries.exports.table import as_csv
from inquiries.faults import Fault
from inquiries.filing import Source
from inquiries.intake.traces import anywhere, in_label, plain_signs
from inquiries.own_pivot import Pivot, pivot, tidy
from inquiries.periods import COMPLETE, MISSING, PROVISIONAL
from inquiries.store import Store
from inquiries.vocabulary import (
    COUNTED,
    UNKNOWN,
    municipality_regions,
    registered_dimensions,
    vocabulary,
)
from inquiries.words import Words

MUNICIPALITY, REGION = "municipality", "region"
SHORTEST_REASON, LONGEST_REASON = 10, 300
MOST_NAMED = 5


@dataclass(frozen=True)
class Selection:
    """What is asked of one source.

    `wanted` holds the codes chosen of a dimension; one that is not named is not limited. `rows` are
    the one or two dimensions the table is broken down by, none for the total alone; `period` is the
    length of its columns: month, quarter or year.
    """

    source: Source
    first: pd.Timestamp
    last: pd.Timestamp
    wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: tuple[str, ...] = ()
    period: str = "month"


@dataclass(frozen=True)
class Figures:
    """The table, and the selection's total month by month: month, exact, masked, state, reporters.

    `reporters` are the ids of the caller's bodies that filed the month. The months of the total run from the first that the caller's bodies filed to the newest, for a
    baseline may lie outside the months of the table.
    """

    pivot: Pivot
    months: pd.DataFrame


def sources(actor: Actor, store: Store) -> list[Source]:
    """The sources that one of the caller's own bodies files for."""
    audit.require(store.home, actor, "analyst")
    return [
        source
        for source in store.sources(actor)
        if any(
            actor.covers("analyst", source.source, reporter.reporter)
            for reporter in source.reporters
        )
    ]


def dimensions(source: Source) -> list[str]:
    """The dimensions a source can be broken down by; the region follows from the municipality."""
    return registered_dimensions(source.columns)


def filed_months(actor: Actor, store: Store, source: Source) -> pd.DatetimeIndex:
    """Every month from the first that the caller's own bodies filed to the newest; none before they have."""
    return pd.DatetimeIndex(_filed(own_rows.months(actor, store, source.source)).index)


def figures(actor: Actor, store: Store, selection: Selection) -> Figures:
    """The exact figures of a selection; `Forbidden` without the analyst's role.

    A body outside the caller's scope is in none of them, whatever is chosen.
    """
    audit.require(store.home, actor, "analyst")
    with store.together():
        filed = _filed(own_rows.months(actor, store, selection.source.source))
        span = (selection.first, selection.last)
        table = _counts(actor, store, selection, span, selection.rows)
        known = (filed.index.min(), filed.index.max()) if len(filed) else span
        total = _counts(actor, store, selection, known, ())
    states = filed["state"].reindex(pd.date_range(*span, freq="MS"), fill_value=MISSING)
    wanted = {name: expanded(name, selection.wanted.get(name, ())) for name in selection.rows}
    months = total.groupby("month")[["exact", "masked"]].sum().reindex(filed.index, fill_value=0)
    return Figures(
        pivot=pivot(table, selection.rows, states, selection.period, wanted),
        months=months.join(filed).rename_axis("month").reset_index(),
    )


def expanded(dimension: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The codes, and the parts of those that are groups: a file may use either."""
    parts = [label.code for label in vocabulary().of(dimension) if label.group in codes]
    return tuple(dict.fromkeys((*codes, *parts)))


def region_of(selection: Selection) -> str | None:
    """The one region that the chosen municipalities lie in throughout; None where there is no such one."""
    table = municipality_regions()
    there = (table["first_month"] <= selection.last) & (table["last_month"] >= selection.first)
    chosen = selection.wanted.get(MUNICIPALITY, ())
    regions = set(table.loc[there & table["municipality"].isin(chosen), "region"])
    named = set(table["municipality"])
    return regions.pop() if len(regions) == 1 and set(chosen) <= named else None


def require_reason(reason: str) -> str:
    """The reason for an export in one line; `Fault` unless it is one that anybody might read.

    It is looked through as a label of a file is: a name, a number, a case or a story is refused.
    """
    text = " ".join(reason.split())
    if not SHORTEST_REASON <= len(text) <= LONGEST_REASON:
        raise Fault("reason_length", least=SHORTEST_REASON, most=LONGEST_REASON)
    if holds_markup(text):
        raise Fault("note_markup")
    plain = plain_signs(text)
    if anywhere(plain) or in_label(plain) or holds_number_or_person(text) or is_address(text):
        raise Fault("reason_personal")
    return text


def export(actor: Actor, store: Store, selection: Selection, reason: str, words: Words) -> bytes:
    """The selection as a CSV file, each row of it marked as internal; the one way out of this page.

    `Forbidden` without the role, `Fault` without a reason, which the audit trail keeps.
    """
    with audit.act(store.home, actor, "export_exact", selection.source.source):
        audit.require(store.home, actor, "analyst")
        audit.because(require_reason(reason))
        found = figures(actor, store, selection)
        marked = tidy(found.pivot, words)
        marked.insert(0, words("own_figures.column_mark"), words("own_figures.mark"))
        return as_csv(marked, caption(actor, selection, words))


def caption(actor: Actor, selection: Selection, words: Words) -> str:
    """What a table of exact figures is of and who filed them, and that it is internal."""
    said = words(
        "own_figures.caption",
        source=selection.source.name(words.language),
        reporters=_who_filed(actor, selection.source, words),
        months=words.months(selection.first, selection.last),
    )
    limits = [
        words(
            "own_figures.limited",
            dimension=words(f"dimension.{name}"),
            values=words.listed([vocabulary().text(name, code, words.language) for code in codes]),
        )
        for name, codes in selection.wanted.items()
    ]
    sample = [words("own_figures.sample")] if selection.source.synthetic else []
    return " ".join([words("own_figures.banner"), said, *limits, *sample])


def _who_filed(actor: Actor, source: Source, words: Words) -> str:
    """The caller's own bodies by name, or how many they are."""
    own = [one for one in source.reporters if actor.covers("analyst", source.source, one.reporter)]
    if len(own) > MOST_NAMED:
        return words("own_figures.reporters", number=words.number(len(own)))
    return words.listed([source.reporter_name(one.reporter, words.language) for one in own])


def _filed(months: pd.DataFrame) -> pd.DataFrame:
    """Of each month from the first filed on: whether all who should have filed it, and who has: state, reporters."""
    filed = months[months["filed"]]
    known = months.groupby("month")["filed"].agg(["sum", "size"])
    names = filed.sort_values("reporter").groupby("month")["reporter"].agg(tuple)
    state = pd.Series(COMPLETE, known.index).mask(known["sum"] < known["size"], PROVISIONAL)
    every = pd.date_range(names.index.min(), names.index.max(), freq="MS") if len(names) else []
    found = pd.DataFrame({"state": state, "reporters": names}).reindex(pd.DatetimeIndex(every))
    return found.assign(state=found["state"].where(found["reporters"].notna(), MISSING))


def _counts(
    actor: Actor,
    store: Store,
    selection: Selection,
    span: tuple[pd.Timestamp, pd.Timestamp],
    rows: tuple[str, ...],
) -> pd.DataFrame:
    """The selection's counts by month and some dimensions, the region made from the municipality."""
    wanted = {name: expanded(name, codes) for name, codes in selection.wanted.items()}
    by_place = REGION in (*rows, *wanted)
    asked = {MUNICIPALITY if name == REGION else name for name in rows}
    asked |= {MUNICIPALITY} if by_place else set()
    limits = {name: codes for name, codes in wanted.items() if name in COUNTED}
    found = own_rows.counts(actor, store, selection.source.source, span, asked, limits)
    if by_place:
        found = _with_region(found)
    if REGION in wanted:
        found = found[found[REGION].isin(wanted[REGION])]
    return found.groupby(["month", *rows], as_index=False)[["exact", "masked"]].sum()


def _with_region(counts: pd.DataFrame) -> pd.DataFrame:
    """The region each municipality lay in in that month, as it was in force then."""
    places = counts[["month", MUNICIPALITY]].drop_duplicates().merge(municipality_regions())
    there = places["month"].between(places["first_month"], places["last_month"])
    regions = places.loc[there, ["month", MUNICIPALITY, REGION]]
    found = counts.merge(regions, on=["month", MUNICIPALITY], how="left")
    return found.fillna({REGION: UNKNOWN})
