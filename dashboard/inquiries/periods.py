"""The spans of time a figure may be shown for: months, quarters, years and phases."""

from __future__ import annotations

import pandas as pd

# So long after the last month it filed a reporter still owes each month; then it has stopped.
MONTHS_OWED = 12
COMPLETE, PROVISIONAL, MISSING = "complete", "provisional", "missing"


def periods(first: pd.Timestamp, last: pd.Timestamp, phases: pd.DataFrame) -> pd.DataFrame:
    """Every month, quarter, year and phase that begins and ends within two months.

    Columns period_kind, period, first_month, last_month and months (how many it spans). The
    baseline is no period to be shown: it has no beginning of its own.
    """
    months = pd.DataFrame({"first_month": pd.date_range(first, last, freq="MS")})
    spans = [
        _span(months, "month", months["first_month"].dt.strftime("%Y-%m"), 1),
        _span(months, "quarter", months["first_month"].dt.to_period("Q").astype(str), 3),
        _span(months, "year", months["first_month"].dt.strftime("%Y"), 12),
        _phases(phases, first, last),
    ]
    return pd.concat(spans, ignore_index=True)


def _span(months: pd.DataFrame, kind: str, names: pd.Series, length: int) -> pd.DataFrame:
    grouped = months.groupby(names.rename("period"))["first_month"].agg(["min", "max", "size"])
    whole = grouped[grouped["size"] == length].reset_index()
    return pd.DataFrame(
        {
            "period_kind": kind,
            "period": whole["period"],
            "first_month": whole["min"],
            "last_month": whole["max"],
            "months": length,
        }
    )


def _phases(phases: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    within = phases[
        (phases["role"] != "baseline")
        & (phases["first_month"] >= first)
        & (phases["last_month"] <= last)
    ]
    length = (
        (within["last_month"].dt.year - within["first_month"].dt.year) * 12
        + (within["last_month"].dt.month - within["first_month"].dt.month)
        + 1
    )
    return pd.DataFrame(
        {
            "period_kind": "phase",
            "period": within["phase"],
            "first_month": within["first_month"],
            "last_month": within["last_month"],
            "months": length,
        }
    )


def coverage(filed: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """Whether each period is complete, provisional (a reporter still owes) or missing.

    `filed` has month, filed and owed (reporters). A period is missing when one of its months is:
    a sum with a hole in it is no figure of the period.
    """
    state = pd.Series(COMPLETE, index=filed.index).mask(filed["filed"] < filed["owed"], PROVISIONAL)
    by_month = state.mask(filed["filed"] == 0, MISSING).set_axis(filed["month"])
    states = [
        _worst(by_month.reindex(pd.date_range(first, last, freq="MS")).fillna(MISSING))
        for first, last in zip(periods["first_month"], periods["last_month"], strict=True)
    ]
    return periods[["period_kind", "period", "first_month"]].assign(state=states)


def _worst(states: pd.Series) -> str:
    return next((state for state in (MISSING, PROVISIONAL) if (states == state).any()), COMPLETE)
