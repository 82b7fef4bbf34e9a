"""What a file would change: the months it speaks for, as they stand and as they would be."""

from __future__ import annotations

import pandas as pd

from inquiries.intake import Verdict
from inquiries.words import Words


def changes(verdict: Verdict, standing: pd.DataFrame) -> pd.DataFrame:
    """Old against new for each month of the file: month, old (missing when none stands), new."""
    new = verdict.rows.groupby("month")["count"].sum().reindex(list(verdict.months), fill_value=0)
    old = standing.set_index("month")["count"].reindex(new.index)
    return pd.DataFrame({"month": new.index, "old": old.to_numpy(), "new": new.to_numpy()})


def change_table(found: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The same in words, newest month first; a month that is new has no old figure."""
    rows = [
        (
            words.month(row.month),
            words("submit.none_before") if pd.isna(row.old) else words.number(row.old),
            words.number(row.new),
            words.signed(row.new - (0 if pd.isna(row.old) else row.old)),
        )
        for row in found.iloc[::-1].itertuples()
    ]
    names = ("table.month", "submit.old", "submit.new", "submit.difference")
    return pd.DataFrame(rows, columns=[words(name) for name in names])
