"""The months that the charts of the drop show: some years before the first closing, to soon after the last phase."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from inquiries.facts import Facts

YEARS_BEFORE, MONTHS_AFTER = 2, 6


def around(months: pd.DataFrame, phases: pd.DataFrame) -> pd.DataFrame:
    """The rows of months near the phases; all of them where that leaves none."""
    affected = phases[phases["role"] != "baseline"]
    first = affected["first_month"].min() - pd.DateOffset(years=YEARS_BEFORE)
    last = affected["last_month"].max() + pd.DateOffset(months=MONTHS_AFTER)
    near = months[months["month"].between(first, last)]
    return near if len(near) else months


def near(facts: Facts, phase: str) -> Facts:
    """The facts of the months near the phases, the phase of that name shaded with the others."""
    shaded = facts.phases["shaded"] | (facts.phases["phase"] == phase)
    return replace(
        facts,
        months=around(facts.months, facts.phases),
        phases=facts.phases.assign(shaded=shaded),
    )
