"""The months that the charts of the drop show: some years before the first closing, to soon after the last phase."""

from __future__ import annotations

import pandas as pd

YEARS_BEFORE, MONTHS_AFTER = 2, 6


def around(months: pd.DataFrame, phases: pd.DataFrame) -> pd.DataFrame:
    """The rows of months near the phases; all of them where that leaves none."""
    affected = phases[phases["role"] != "baseline"]
    first = affected["first_month"].min() - pd.DateOffset(years=YEARS_BEFORE)
    last = affected["last_month"].max() + pd.DateOffset(months=MONTHS_AFTER)
    near = months[months["month"].between(first, last)]
    return near if len(near) else months
