"""Where each municipality stands on the map of tiles, and figures of municipalities or regions laid on it."""

from __future__ import annotations

from functools import cache

import pandas as pd

from inquiries.periods import COMPLETE, MISSING
from inquiries.vocabulary import municipality_regions, read_table, vocabulary
from inquiries.words import Words

HIDDEN = "hidden"
MOST_NAMED = 3


@cache
def tiles() -> pd.DataFrame:
    """Every municipality once: municipality, short (three letters), column and row, counted from the north-west."""
    table = pd.DataFrame(read_table("municipality_tiles"))
    return table.astype({"column": int, "row": int})


def marked(counts: pd.DataFrame) -> pd.DataFrame:
    """Counts of `release/places` as the map takes them: code, value and the mark that says why there is none."""
    mark = counts["state"].where(counts["state"] != COMPLETE, "")
    hidden = counts["count"].isna() & (counts["state"] != MISSING)
    return pd.DataFrame(
        {
            "code": counts["code"],
            "value": counts["count"].astype("float64"),
            "mark": mark.mask(hidden, HIDDEN),
        }
    )


def placed(values: pd.DataFrame, dimension: str, month: pd.Timestamp, words: Words) -> pd.DataFrame:
    """Values (code, value, mark) of municipalities or of regions on the map of a month: one row a municipality.

    Columns municipality, short, column, row, region, place (the name of what the value is of), value
    and mark. A region's value stands on each of its municipalities; a place that is not among the
    values is hidden.
    """
    seats = municipality_regions()
    then = seats[(seats["first_month"] <= month) & (month <= seats["last_month"])]
    on_map = tiles().merge(then[["municipality", "region"]], on="municipality")
    found = on_map.merge(values, how="left", left_on=dimension, right_on="code")
    names = [vocabulary().text(dimension, code, words.language) for code in found[dimension]]
    return found.drop(columns="code").assign(place=names, mark=found["mark"].fillna(HIDDEN))


def told(on_map: pd.DataFrame, words: Words) -> str:
    """A map of counts in words: where there were most, and how many places show a figure and how many none."""
    places = on_map.drop_duplicates("place")
    shown = places.dropna(subset=["value"]).sort_values("value", ascending=False, kind="stable")
    most = [
        words("map.most", place=row.place, number=words.number(row.value))
        for row in shown.head(MOST_NAMED).itertuples()
    ]
    hidden = len(places) - len(shown)
    counted = {"shown": words.number(len(shown)), "hidden": words.number(hidden)}
    if not most:
        return words("map.none")
    return words("map.told", most=words.listed(most), **counted)
