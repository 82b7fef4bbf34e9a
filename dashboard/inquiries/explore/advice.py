"""What to mind about the figures on screen, and which view to look at next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from inquiries.drop.likeness import excluded_months
from inquiries.explore.cells import baseline_of, cells
from inquiries.explore.choices import MOST_LINES, forms_for, periods_for, settled
from inquiries.explore.figures import Figures
from inquiries.explore.offered import Offered
from inquiries.explore.pictures import PLACES, fallen
from inquiries.explore.view import View
from inquiries.facts import Ask
from inquiries.periods import MISSING
from inquiries.picture import breaks_shown
from inquiries.vocabulary import UNKNOWN
from inquiries.words import Words

# So many periods are named one by one; more are counted.
MOST_NAMED = 3


@dataclass(frozen=True)
class Suggestion:
    """Another view, and what is said of it."""

    said: str
    view: View


def breaks_of(ask: Ask, figures: Figures, words: Words) -> pd.DataFrame:
    """The breaks within what is compared: month, left and right."""
    source, rows = figures.view.source, figures.rows
    found = breaks_shown(
        ask("release/series_breaks", source=source),
        ask("release/reporter_changes", source=source),
        words,
    )
    if rows.empty:
        return found.head(0)
    first, last = rows["first_month"].min(), rows["last_month"].max()
    if figures.view.measure == "index":
        base = baseline_of(ask, figures.view, cells(ask, figures.view))
        first = min([first, *base["first_month"]])
    return found[(found["month"] > first) & (found["month"] <= last)]


def warnings_of(ask: Ask, figures: Figures, breaks: pd.DataFrame, words: Words) -> tuple[str, ...]:
    """What makes the figures differ for another reason than the inquiries themselves."""
    return (
        *_breaks(breaks, words),
        *_periods(figures, words),
        *_drawing(figures, words),
        *_measure(ask, figures, words),
    )


def suggestions_of(
    ask: Ask, figures: Figures, offered: Offered, words: Words
) -> tuple[Suggestion, ...]:
    """The next view: longer periods or more at once where figures are hidden, small figures for many lines."""
    return (*_coarser(ask, figures, offered, words), *_apart(figures, offered, words))


def hidden_share(rows: pd.DataFrame) -> float:
    """How many of the reported cells are hidden, as a share."""
    reported = rows[rows["state"] != MISSING]
    return float(reported["count"].isna().mean()) if len(reported) else 0.0


def _breaks(breaks: pd.DataFrame, words: Words) -> Iterator[str]:
    for one in breaks.itertuples():
        yield words("chart.break", month=words.month(one.month), left=one.left, right=one.right)
    if len(breaks):
        yield words("explore.break_warning")


def _periods(figures: Figures, words: Words) -> Iterator[str]:
    """Which periods are provisional or were not reported."""
    rows = figures.rows.drop_duplicates("period")
    for state in ("provisional", "missing"):
        names = list(rows.loc[rows["state"] == state, "period_name"])
        if names:
            number = words.number(len(names))
            told = words.listed(names) if len(names) <= MOST_NAMED else number
            yield words(f"explore.some_{state}", periods=told)


def _drawing(figures: Figures, words: Words) -> Iterator[str]:
    """What is not drawn though it is in the table, and what the accent of a slope means."""
    view, rows = figures.view, figures.rows
    if view.form == "table" or figures.shown.empty:
        return
    left_out = rows["code"].eq(UNKNOWN) & (view.dimension in PLACES)
    if view.form == "slope":
        left_out |= rows["value"].isna()
    labels = list(rows.loc[left_out, "label"].unique())
    if labels:
        yield words("explore.not_drawn", labels=words.listed(labels))
    if view.form == "slope" and fallen(figures):
        period = rows.loc[rows["period"] == view.last, "period_name"].iloc[0]
        yield words("explore.accent", period=period)


def _measure(ask: Ask, figures: Figures, words: Words) -> Iterator[str]:
    view, source = figures.view, figures.source
    if figures.rows["masked"].any():
        yield words("warning.masked")
    if view.measure == "share" and view.by:
        yield words("explore.parts_adjusted")
    if view.measure == "index":
        yield from excluded_months(ask, view.source, words)
        if not source.same_reporters:
            yield words("explore.no_index")
    if view.measure == "expected" and figures.rows["value"].isna().all():
        yield words("explore.no_expected")


def _coarser(ask: Ask, figures: Figures, offered: Offered, words: Words) -> Iterator[Suggestion]:
    """The first longer period of which less is hidden; without the choice where even that hides the most."""
    view = figures.view
    hidden = hidden_share(figures.rows)
    if not hidden:
        return
    kinds = [kind for kind in periods_for(view, offered) if kind != "phase"]
    longer = kinds[kinds.index(view.period) + 1 :] if view.period in kinds else []
    for kind in longer:
        wider, _ = settled(replace(view, period=kind), offered)
        if hidden_share(cells(ask, wider)) < hidden:
            yield Suggestion(words(f"explore.rather_{kind}"), wider)
            break
    if view.by and view.only:
        yield Suggestion(words("explore.rather_all"), settled(replace(view, only=""), offered)[0])


def _apart(figures: Figures, offered: Offered, words: Words) -> Iterator[Suggestion]:
    """Many lines are easier to tell apart in small figures, and very many in a heat map."""
    view = figures.view
    drawn = figures.rows.dropna(subset=["value"])["code"].nunique()
    if view.form != "lines" or drawn <= MOST_LINES:
        return
    form = "small" if "small" in forms_for(view, offered) else "heat"
    yield Suggestion(words(f"explore.rather_{form}"), replace(view, form=form))
