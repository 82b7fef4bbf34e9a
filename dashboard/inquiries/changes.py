"""What a file would change: the months it speaks for and the values in them, as they stand and as they would be."""

from __future__ import annotations

import pandas as pd

from inquiries.vocabulary import REGISTERED, vocabulary
from inquiries.words import Words


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


def new_values(rows: pd.DataFrame, standing: pd.DataFrame) -> list[tuple[str, str]]:
    """The values (dimension, code) the reporter never filed before; none when nothing stands to compare with.

    Those it used to file and that are gone are warned of before (intake/history.py).
    """
    if standing.empty:
        return []
    return [
        (dimension, code)
        for dimension in _registered(rows)
        for code in sorted(set(rows[dimension]) - set(standing[dimension]))
    ]


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
