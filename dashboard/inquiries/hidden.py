"""What stands at hidden figures of a source: that they are hidden, and the longer periods that show more."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from inquiries.coarser import coarser
from inquiries.facts import Ask, Facts
from inquiries.tables import is_hidden, quarter_name, quarter_table, year_name, year_table
from inquiries.words import Words


@dataclass(frozen=True)
class Hidden:
    """What stands at hidden figures: the nearest that can be shown, in a sentence, and longer periods.

    `quarters` when a month is hidden, `years` when a quarter is too; `phases` says whether one is.
    """

    nearest: str = ""
    quarters: pd.DataFrame | None = None
    years: pd.DataFrame | None = None
    phases: bool = False


def hidden_of(ask: Ask, facts: Facts, unit: str, words: Words) -> Hidden:
    """What is hidden of a source's total, and what can be shown instead."""
    months, quarters = is_hidden(facts.months), is_hidden(facts.quarters)
    if not months.any():
        return Hidden(phases=bool(is_hidden(facts.phase_cells).any()))
    return Hidden(
        nearest=_nearest(ask, facts, facts.months.loc[months, "month"].max(), unit, words),
        quarters=quarter_table(facts.quarters, words),
        years=year_table(facts.years, words) if quarters.any() else None,
        phases=bool(is_hidden(facts.phase_cells).any()),
    )


def _nearest(ask: Ask, facts: Facts, month: pd.Timestamp, unit: str, words: Words) -> str:
    """What can be shown instead of the newest hidden month."""
    hidden = words.month(month)
    found = coarser(ask, facts.source.source, month)
    if found is None:
        return words("hidden.nothing_near", month=hidden)
    first = found.first_month
    period = quarter_name(first, words) if found.period_kind == "quarter" else year_name(first)
    return words(
        "hidden.nearest", month=hidden, period=period, number=words.number(found.count), unit=unit
    )
