"""A reporter's own months, exact: as they stand, and as a file would make them."""

from __future__ import annotations

import altair as alt
import pandas as pd

from inquiries.charts import theme
from inquiries.words import Words

HEIGHT = 160
MONTHS_BEFORE = 24


def own_months(standing: pd.DataFrame, changed: pd.DataFrame, words: Words) -> theme.Drawn:
    """Bars by month: grey as it stands, blue as the file has it, a mark where it stood before.

    `standing` has month and count; `changed` has month, old (missing when none stood) and new.
    """
    first = changed["month"].min() - pd.DateOffset(months=MONTHS_BEFORE)
    unchanged = standing[
        (standing["month"] >= first) & ~standing["month"].isin(changed["month"])
    ].assign(kind=words("submit.as_before"))
    new = changed.rename(columns={"new": "count"}).assign(kind=words("submit.as_in_file"))
    bars = pd.concat([unchanged[["month", "count", "kind"]], new[["month", "count", "kind"]]])
    former = changed.dropna(subset=["old"])[["month", "old"]]
    layers = [_bars(bars, words), *([] if former.empty else [_marks(former)])]
    return theme.themed(alt.layer(*layers).properties(height=HEIGHT, width="container"), words)


def _bars(bars: pd.DataFrame, words: Words) -> theme.Drawn:
    kinds = [words("submit.as_before"), words("submit.as_in_file")]
    axis = alt.Axis(format="%b %Y", title=None, grid=False, labelOverlap=True, aria=False)
    return (
        alt.Chart(bars)
        .mark_bar(aria=False)
        .encode(
            alt.X("yearmonth(month):T", axis=axis),
            alt.Y("count:Q", axis=alt.Axis(title=None, tickCount=3, format=",.0f", aria=False)),
            alt.Color(
                "kind:N",
                scale=alt.Scale(domain=kinds, range=[theme.BAND, theme.OBSERVED]),
                legend=alt.Legend(title=None, orient="top", aria=False),
            ),
            tooltip=alt.value(None),
        )
    )


def _marks(former: pd.DataFrame) -> theme.Drawn:
    """Where a month stood before the file."""
    return (
        alt.Chart(former)
        .mark_tick(color=theme.FALL, thickness=3, orient="horizontal", aria=False)
        .encode(alt.X("yearmonth(month):T"), alt.Y("old:Q"), tooltip=alt.value(None))
    )
