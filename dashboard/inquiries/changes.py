"""What a file would change: the months it speaks for and the values in them, as they stand and as they would be."""

from __future__ import annotations

import pandas as pd

from inquiries.vocabulary import REGISTERED, vocabulary
from inquiries.words import Words

# A value that was filed in each month of the year before the file is missed when it is not in it.
MONTHS_REMEMBERED, FEWEST_MONTHS = 12, 3


def by_month(
    rows: pd.DataFrame, months: tuple[pd.Timestamp, ...], standing: pd.DataFrame
) -> pd.DataFrame:
    """Old against new for each month of a file: month, old (missing when none stands), new.

    `standing` is what stands for the reporter: month and count.
    """
    new = rows.groupby("month")["count"].sum().reindex(list(months), fill_value=0)
    old = standing.set_index("month")["count"].reindex(new.index)
    return pd.DataFrame({"month": new.index, "old": old.to_numpy(), "new": new.to_numpy()})


def by_value(rows: pd.DataFrame, standing: pd.DataFrame) -> pd.DataFrame:
    """Old against new for each value in the months of a file: dimension, code, old, new.

    `standing` is the rows that stand for the reporter, of all months.
    """
    before = standing[standing["month"].isin(rows["month"].unique())]
    found = []
    for dimension in _registered(rows):
        new = rows.groupby(dimension)["count"].sum().rename("new")
        old = before.groupby(dimension)["count"].sum().rename("old")
        both = pd.concat([old, new], axis=1).fillna(0).astype("int64")
        found.append(both.rename_axis("code").reset_index().assign(dimension=dimension))
    columns = ["dimension", "code", "old", "new"]
    return pd.concat(found)[columns] if found else pd.DataFrame(columns=columns)


def new_and_missing(
    rows: pd.DataFrame, standing: pd.DataFrame
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The values (dimension, code) a reporter never filed before, and those of every month that are gone.

    Both are empty when nothing stands to compare with.
    """
    if standing.empty or rows.empty:
        return [], []
    since = rows["month"].min() - pd.DateOffset(months=MONTHS_REMEMBERED)
    recent = standing[(standing["month"] >= since) & (standing["month"] < rows["month"].min())]
    new, missing = [], []
    for dimension in _registered(rows):
        filed = set(rows[dimension])
        new += [(dimension, code) for code in sorted(filed - set(standing[dimension]))]
        missing += [(dimension, code) for code in sorted(_constant(recent, dimension) - filed)]
    return new, missing


def _constant(rows: pd.DataFrame, dimension: str) -> set[str]:
    """The values that some months all have; none when the months are few."""
    months = rows["month"].nunique()
    in_months = rows.groupby(dimension)["month"].nunique()
    return set(in_months.index[in_months == months]) if months >= FEWEST_MONTHS else set()


def _registered(rows: pd.DataFrame) -> list[str]:
    """The dimensions a file has values in."""
    return [name for name in REGISTERED[1:-1] if (rows[name] != "").any()]


def month_changes(found: pd.DataFrame, words: Words) -> pd.DataFrame:
    """`by_month` in words, newest month first; a month that is new has no old figure."""
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


def value_changes(found: pd.DataFrame, words: Words) -> pd.DataFrame:
    """`by_value` in words, in the order of the lists."""
    rows = [
        (
            vocabulary().text("column", row.dimension, words.language),
            vocabulary().text(row.dimension, row.code, words.language),
            words.number(row.old),
            words.number(row.new),
            words.signed(row.new - row.old),
        )
        for row in found.itertuples()
    ]
    names = ("submit.column", "submit.value", "submit.old", "submit.new", "submit.difference")
    return pd.DataFrame(rows, columns=[words(name) for name in names])


def named(values: list[tuple[str, str]], words: Words) -> str:
    """Some values as one text: "Aarhus, Chat"."""
    return words.listed(
        [vocabulary().text(dimension, code, words.language) for dimension, code in values]
    )
