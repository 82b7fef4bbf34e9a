"""Like with like: up to the end of the restrictions, only those that reported throughout are counted.

A reporter that joins in the middle hides a fall, and one that stops looks like a fall. Their months
are left out of the released figures rather than out of an estimate beside them: two figures of one
month, with and without a reporter, would show by subtraction what that one had filed.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from inquiries.periods import MONTHS_OWED
from inquiries.released_series import Spans


def counted(filed: pd.DataFrame, spans: Spans, excluded: pd.DatetimeIndex) -> pd.DataFrame:
    """What was filed (reporter, month, ...) without the months of those that did not report throughout.

    Throughout is from the source's first month (leaving out the `excluded`) to the last affected
    one. A month forgotten in between is a month that is missing, and no reason to leave one out;
    more than a year of silence is.
    All of it, when there is no baseline to compare with or nobody reported throughout.
    """
    throughout = reported_throughout(filed, spans, excluded)
    if not throughout:
        return filed
    in_span = filed["month"] <= spans.affected_last
    return filed[~in_span | filed["reporter"].isin(throughout)].reset_index(drop=True)


def reported_throughout(
    filed: pd.DataFrame, spans: Spans, excluded: pd.DatetimeIndex
) -> frozenset[str]:
    """The reporters that filed from the first month to the last affected; none without a baseline."""
    within = filed[~filed["month"].isin(excluded)]
    first = within["month"].min()
    if pd.isna(first) or first > spans.baseline_last:
        return frozenset()
    in_span = filed[filed["month"] <= spans.affected_last]
    own = in_span.groupby("reporter")["month"].agg(["min", "max", _longest_silence])
    last = min(spans.affected_last, _silent_since(filed))
    stays = (own["max"] >= last) & (own["_longest_silence"] <= MONTHS_OWED)
    return frozenset(own.index[(own["min"] <= first) & stays])


def changes(filed: pd.DataFrame, chosen: pd.DataFrame) -> pd.DataFrame:
    """Who joined and who stopped: reporter, kind (joined, left), month, counted_from.

    `month` is the first filed, or the first not filed any more. `counted_from` is the month from
    which the figures have one reporter more or fewer for it; none when it was never counted.
    """
    own = filed.groupby("reporter")["month"].agg(["min", "max"])
    released = chosen.groupby("reporter")["month"].agg(["min", "max"]).reindex(own.index)
    next_month = pd.DateOffset(months=1)
    came = own["min"] > filed["month"].min()
    went = own["max"] < _silent_since(filed)
    parts = [
        _changes("joined", own["min"][came], released["min"][came]),
        _changes("left", own["max"][went] + next_month, released["max"][went] + next_month),
    ]
    return pd.concat(parts).sort_values(["month", "reporter"], ignore_index=True)


def _changes(kind: str, months: pd.Series, counted_from: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "reporter": months.index,
            "kind": kind,
            "month": months.to_numpy("datetime64[us]"),
            "counted_from": counted_from.to_numpy("datetime64[us]"),
        }
    )


def _longest_silence(months: pd.Series) -> int:
    """The most months between one that was filed and the next."""
    numbers = np.sort(months.to_numpy().astype("datetime64[M]").astype(np.int64))
    return int(np.diff(numbers).max(initial=1)) - 1


def _silent_since(filed: pd.DataFrame) -> pd.Timestamp:
    """Who has filed nothing since then has stopped."""
    return filed["month"].max() - pd.DateOffset(months=MONTHS_OWED)
