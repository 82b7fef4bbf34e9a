"""The sources of a release: which they are, and what it says of them besides their figures."""

from __future__ import annotations

import pandas as pd

from inquiries import audit, series_notes
from inquiries.actor import Actor, require_whole
from inquiries.faults import Fault
from inquiries.filing import Source
from inquiries.freeze import Chosen
from inquiries.periods import COMPLETE
from inquiries.store import Store
from inquiries.words import LOCALES


def released_sources(actor: Actor, store: Store) -> list[Source]:
    """The sources of the next release: the real ones that have figures, else the synthetic ones.

    `NotWhole` for a publisher of only some of what is filed.
    """
    known = store.sources(actor)
    with audit.refusals(store.home, actor):
        require_whole(actor, known)
    with_figures = [
        source for source in known if not store.months_in_force(actor, source.source).empty
    ]
    if not with_figures:
        raise Fault("nothing_to_release")
    released = [source for source in with_figures if not source.synthetic] or with_figures
    with audit.refusals(store.home, actor):
        require_whole(actor, released)
    return released


def notes_of(
    actor: Actor, store: Store, sources: list[Source]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The breaks and the excluded months of the sources to be released."""
    released = {source.source for source in sources}
    breaks, excluded = series_notes.standing(actor, store.home)
    return breaks[breaks["source"].isin(released)], excluded[excluded["source"].isin(released)]


def reporter_changes(sources: list[Source], chosen: dict[str, Chosen]) -> pd.DataFrame:
    """Who joined and who stopped, by name."""
    parts = []
    for source in sources:
        changes = chosen[source.source].changes
        names = {
            f"name_{language}": [source.reporter_name(one, language) for one in changes["reporter"]]
            for language in LOCALES
        }
        parts.append(changes.drop(columns="reporter").assign(source=source.source, **names))
    return pd.concat(parts, ignore_index=True)


def source_table(
    sources: list[Source], chosen: dict[str, Chosen], covered: pd.DataFrame
) -> pd.DataFrame:
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
                "same_reporters": chosen[source.source].same_reporters,
            }
            for source in sources
        ]
    )
