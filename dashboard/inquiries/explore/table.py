"""The table of a view: the same figures and marks as its chart, sortable though they are text."""

from __future__ import annotations

import pandas as pd

from inquiries.explore.figures import Figures
from inquiries.words import Words


def table_of(figures: Figures, words: Words) -> pd.DataFrame:
    """One row a period, newest first, and a column a value; by year or phase of many values the other way round.

    The index is what the first column is sorted by. The figures of a column are padded, so that as
    texts they sort by their size, and marks after them.
    """
    rows, view = figures.rows, figures.view
    if not view.by:
        return _of_one(figures, words)
    down, across = "code", "period"
    if _is_long(figures):
        down, across = across, down
    wide = rows.pivot(index=down, columns=across, values="text")
    names = {
        "period": rows.drop_duplicates("period").set_index("period")["period_name"],
        "code": rows.drop_duplicates("code").set_index("code")["label"],
    }
    order = rows[across].unique()
    first = (
        words(f"table.{view.period}") if down == "period" else words(f"dimension.{view.dimension}")
    )
    lines = rows[down].unique()[::-1] if down == "period" else rows[down].unique()
    columns = {
        words.sentence_case(names[across][one]): sortable(list(wide.loc[lines, one]))
        for one in order
    }
    heads = [words.sentence_case(names[down][line]) for line in lines]
    index = list(lines) if down == "period" else [f"{at:03}" for at in range(len(lines))]
    return pd.DataFrame({first: heads, **columns}, index=index)


def sortable(texts: list[str]) -> list[str]:
    """The texts padded so that numbers of any length sort by size; what begins otherwise is left as it is."""
    numbers = {text: text.split(" ")[0] for text in texts if text[:1].isdigit()}
    width = max(map(len, numbers.values()), default=0)
    return [
        " " * (width - len(numbers[text])) + text if text in numbers else text for text in texts
    ]


def _is_long(figures: Figures) -> bool:
    """Whether the periods stand below each other: months and quarters of all but municipalities do."""
    view = figures.view
    return view.period in ("month", "quarter") and view.dimension != "municipality"


def _of_one(figures: Figures, words: Words) -> pd.DataFrame:
    """One row a period; of a phase its whole count too."""
    view = figures.view
    rows = figures.rows if view.period == "phase" else figures.rows.iloc[::-1]
    heads = [words.sentence_case(name) for name in rows["period_name"]]
    columns = {words(f"explore.column_{view.measure}"): sortable(list(rows["text"]))}
    if view.period == "phase" and view.measure == "count":
        counts = [
            mark if pd.isna(count) else words.number(count)
            for count, mark in zip(rows["count"], rows["text"], strict=True)
        ]
        columns = {
            words("explore.column_count"): sortable(counts),
            words("explore.column_per_month"): sortable(list(rows["text"])),
        }
    index = [f"{at:03}" for at in range(len(rows))] if view.period == "phase" else rows["period"]
    return pd.DataFrame({words(f"table.{view.period}"): heads, **columns}, index=list(index))
