"""What a release holds of one source under one choice: the figures that sentences, tiles and tables are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from inquiries.periods import COMPLETE

Ask = Callable[..., pd.DataFrame]

# The phase that is told first.
MAIN_PHASE = "lockdown_1"
TOTAL = {"dimension_1": "", "value_1": "", "dimension_2": "", "value_2": ""}


@dataclass(frozen=True)
class Facts:
    """What the release holds of a source's total, or of one of its groups."""

    source: Any
    # The label of the group; None for the total.
    group: Any | None
    months: pd.DataFrame
    effects: pd.DataFrame
    missing: pd.DataFrame
    fit: pd.DataFrame
    phases: pd.DataFrame
    quarters: pd.DataFrame
    years: pd.DataFrame
    phase_cells: pd.DataFrame

    def effect(self, basis: str, period: str | None = None) -> Any | None:
        """The effect of a basis, of one period when named; None when it cannot be shown."""
        rows = self.effects[self.effects["basis"].isin(basis.split())]
        if period is not None:
            rows = rows[rows["period"] == period]
        return next(rows.itertuples(), None)

    def phase(self, name: str) -> Any:
        return next(self.phases[self.phases["phase"] == name].itertuples())

    def is_whole(self, phase: Any) -> bool:
        """Whether every month of a phase has been reported in full."""
        complete = self.months[self.months["state"] == COMPLETE]["month"]
        span = pd.date_range(phase.first_month, phase.last_month, freq="MS")
        return bool(span.isin(complete).all())


def choice_of(dimension: str = "", value: str = "") -> dict[str, str]:
    """One value of one dimension, or all, as the questions take it."""
    return {**TOTAL, "dimension_1": dimension, "value_1": value}


def facts_of(ask: Ask, source: str, dimension: str = "", value: str = "") -> Facts:
    """The facts of a source's total, or of one value of one dimension."""
    choice = {"source": source, **choice_of(dimension, value)}
    sources = ask("release/sources")
    return Facts(
        source=next(sources[sources["source"] == source].itertuples()),
        group=_label(ask, dimension, value) if dimension else None,
        months=ask("release/months", **choice),
        effects=ask("release/effects", **choice),
        missing=ask("release/missing", **choice),
        fit=ask("release/fit", **choice),
        phases=ask("release/phases"),
        quarters=ask("release/periods", period_kind="quarter", **choice),
        years=ask("release/periods", period_kind="year", **choice),
        phase_cells=ask("release/periods", period_kind="phase", **choice),
    )


def _label(ask: Ask, dimension: str, value: str) -> Any:
    labels = ask("release/labels", dimension=dimension)
    return next(labels[labels["code"] == value].itertuples())
