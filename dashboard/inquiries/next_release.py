"""What the next release would change against the last one, in figures a publisher can read before deciding."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from inquiries.build import CELL_ORDER, Contents
from inquiries.release import Release

KEY = [*CELL_ORDER, "period"]


@dataclass(frozen=True)
class Difference:
    """Old against new: totals that change (source, month, old, new), and how many cells come and go."""

    totals: pd.DataFrame
    appear: int
    disappear: int
    change: int


def difference(contents: Contents, last: Release | None) -> Difference:
    """The next release against the last; against nothing before the first."""
    new = contents.tables["cell"]
    old = last.ask("publish/shown_cells") if last is not None else new.iloc[:0]
    both = old.merge(new, on=KEY, how="outer", suffixes=("_old", "_new"), indicator="where")
    changed = (both["where"] == "both") & (both["count_old"] != both["count_new"])
    return Difference(
        totals=_totals(both, changed),
        appear=int((both["where"] == "right_only").sum()),
        disappear=int((both["where"] == "left_only").sum()),
        change=int(changed.sum()),
    )


def _totals(both: pd.DataFrame, changed: pd.Series) -> pd.DataFrame:
    """The monthly totals that are new, other than before or gone, in this order, newest first."""
    is_total = (both["dimension_1"] == "") & (both["period_kind"] == "month")
    found = both[is_total & (changed | (both["where"] != "both"))]
    named = found.rename(columns={"first_month": "month", "count_old": "old", "count_new": "new"})
    order = named.assign(goes=named["new"].isna()).sort_values(
        ["goes", "source", "month"], ascending=[True, True, False], ignore_index=True
    )
    return order[["source", "month", "old", "new"]]
