"""What the caller's own bodies filed, exact, from the store: for analysts, and never a row of another body."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from inquiries import audit, engine
from inquiries.actor import Actor
from inquiries.opening import opened
from inquiries.store import Store
from inquiries.vocabulary import COUNTED


def months(actor: Actor, store: Store, source: str) -> pd.DataFrame:
    """The months the caller's own bodies filed, and those they owe: reporter, month, filed.

    They owe nothing after the newest month that one of them filed.
    """
    audit.require(store.home, actor, "analyst")
    scope = list(actor.scope_of("analyst"))
    with opened(store.home) as connection:
        filed = engine.ask(connection, "exact/months_in_force", source=source, scope=scope)
        newest = max(filed["month"], default=pd.Timestamp(0)).to_pydatetime()
        owed = engine.ask(connection, "exact/owed", newest=newest, scope=scope)
    owed = owed[owed["source"] == source]
    both = pd.concat([filed.assign(filed=True), owed.assign(filed=False)], ignore_index=True)
    return both[["reporter", "month", "filed"]]


def counts(
    actor: Actor,
    store: Store,
    source: str,
    span: tuple[pd.Timestamp, pd.Timestamp],
    dimensions: Collection[str],
    wanted: Mapping[str, Collection[str]],
) -> pd.DataFrame:
    """What the caller's own bodies registered from one month to another, by some of `COUNTED`.

    `wanted` holds the codes of the dimensions that are limited. Columns month, those of `COUNTED`
    (empty where not asked for), exact and masked (how many rows are known as 1 to 4 alone, in no
    sum). A combination that nobody registered is absent.
    """
    audit.require(store.home, actor, "analyst")
    first, last = (month.to_pydatetime() for month in span)
    limits = {name: list(wanted[name]) if name in wanted else None for name in COUNTED}
    with opened(store.home) as connection:
        return engine.ask(
            connection,
            "exact/own_counts",
            source=source,
            first=first,
            last=last,
            dimensions=list(dimensions),
            scope=list(actor.scope_of("analyst")),
            **limits,
        )
