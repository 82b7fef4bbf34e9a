"""Disclosure control: which counts may leave the exact store, and what is shown for them.

The rule of a signed policy (policy.py) over one source's cells: each count is moved by a small
number drawn from its cell key, the same wherever the same inquiries are counted, and shown only
when both the true count and the moved one reach the smallest number shown. A true 0 is hidden like
any small count. A hidden cell is absent. docs/protection.md gives the reasons and sources.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from inquiries.perturbation import cut_points, noise, published_cut_points, table
from inquiries.policy import Policy

# To the nearest 5, with 5 shown, two hidden parts of at most 4 each are both 4 where their sum is shown as 10.
ROUNDED_TO = 10
# The settings whose cut points are published, so that they can be checked against others' tables.
PUBLISHED = (5, 3.0, 0)


def protect(cells: pd.DataFrame, exact: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """The cells that may be shown, with the counts to show; count and cell_key go in, count comes out.

    `exact` names the periods (period_kind, period) whose total, no dimension chosen, is shown as it
    is.
    """
    shown = _moved(cells, policy)
    period = ["period_kind", "period"]
    is_named = pd.MultiIndex.from_frame(cells[period]).isin(pd.MultiIndex.from_frame(exact[period]))
    is_exact = (cells["dimension_1"] == "") & is_named
    count = np.where(is_exact, cells["count"], shown)
    least = smallest_shown(policy)
    kept = (cells["count"] >= least) & (count >= least)
    return cells.assign(count=count)[kept].drop(columns="cell_key").reset_index(drop=True)


def _moved(cells: pd.DataFrame, policy: Policy) -> pd.Series:
    if policy.method == "rounding":
        return (cells["count"] + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO
    return cells["count"] + noise(cells["count"], cells["cell_key"], cuts_of(policy))


def smallest_shown(policy: Policy) -> int:
    """The smallest count that is shown at all: when rounding, none that would be rounded up to be seen."""
    return max(policy.smallest_shown, ROUNDED_TO if policy.method == "rounding" else 0)


def cuts_of(policy: Policy) -> pd.DataFrame:
    """The cut points of the policy's perturbation table."""
    settings = (policy.largest_noise, policy.noise_variance, policy.never_shown)
    return published_cut_points() if settings == PUBLISHED else cut_points(table(*settings))


def exact_totals(by_reporter: pd.DataFrame, periods: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """The periods whose total may be shown as it is: period_kind, period.

    `by_reporter` has month, reporter and count. In every month of the period the total, and what is
    left of it without any one reporter, must be large (or nothing left): else the total less a
    reporter's own figures would give a small count of the others. Closed under subtraction, for
    sums of such months have the property too.
    """
    totals = by_reporter.groupby("month")["count"].sum()
    rest = by_reporter["month"].map(totals) - by_reporter["count"]
    least = policy.exact_total_from
    rest_is_safe = ((rest == 0) | (rest >= least)).groupby(by_reporter["month"]).all()
    safe = set(totals.index[(totals >= least) & rest_is_safe])
    whole = [
        set(pd.date_range(first, last, freq="MS")) <= safe
        for first, last in zip(periods["first_month"], periods["last_month"], strict=True)
    ]
    return periods.loc[whole, ["period_kind", "period"]]
