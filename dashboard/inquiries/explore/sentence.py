"""One sentence or a few on what a view shows: its chart's text alternative, and what travels with every export.

A change is called a fall or a rise only where the release holds the comparison, with its verdict.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from inquiries import effect_words
from inquiries.explore.figures import Figures
from inquiries.explore.measures import BASES
from inquiries.facts import MAIN_PHASE
from inquiries.vocabulary import UNKNOWN
from inquiries.words import Words

# The marks of what is not shown because it, or what it is measured by, is small.
PROTECTED = ("hidden", "not_shown")


def sentence_of(figures: Figures, breaks: pd.DatetimeIndex, words: Words) -> str:
    """What the figures show; `breaks` are the first months that are registered or counted in another way."""
    if figures.shown.empty:
        parts = [words("explore.nothing", title=figures.names.title)]
    elif figures.view.by:
        parts = [_ranking(figures, words), _judged_groups(figures, words)]
    else:
        parts = [_extremes(figures, words), _change(figures, breaks, words)]
    sentence = " ".join(filter(None, parts))
    return words("effect.sample", lead=sentence) if figures.source.synthetic else sentence


def main_period(figures: Figures) -> str:
    """The period that is told of first: the newest with a figure, or the later end of a slope, or the first closing."""
    view, shown = figures.view, figures.shown
    if view.period == "phase":
        told = view.last if view.form == "slope" else MAIN_PHASE
        if told in set(shown["period"]):
            return told
    return str(shown.loc[shown["first_month"].idxmax(), "period"])


def _extremes(figures: Figures, words: Words) -> str:
    """The highest and the lowest; where some are hidden no lowest, for those are lower."""
    shown = figures.shown
    hidden = sum(map(figures.count_of, PROTECTED))
    high, low = shown.loc[shown["value"].idxmax()], shown.loc[shown["value"].idxmin()]
    facts = {
        "title": figures.names.title,
        "high": high["said"],
        "at_high": high["period_name"],
        "low": low["said"],
        "at_low": low["period_name"],
        "hidden": words.number(hidden),
    }
    if hidden:
        return words("explore.highest", **facts)
    return words("explore.only" if len(shown) == 1 else "explore.extremes", **facts)


def _change(figures: Figures, breaks: pd.DatetimeIndex, words: Words) -> str:
    """The newest against the same period a year before, or a phase against what was expected."""
    if figures.view.measure == "expected":
        return ""
    if figures.view.period == "phase":
        return _against_expected(figures, main_period(figures), words)
    now = figures.shown.iloc[-1]
    year_before = now["first_month"] - pd.DateOffset(years=1)
    found = figures.shown[figures.shown["first_month"] == year_before]
    if found.empty:
        return ""
    before = found.iloc[0]
    sentence = words(
        "explore.year_before",
        period=words.sentence_case(now["period_name"]),
        value=now["said"],
        before=before["said"],
        period_before=before["period_name"],
    )
    if ((breaks > before["first_month"]) & (breaks <= now["last_month"])).any():
        return f"{sentence} {words('explore.across_break')}"
    return f"{sentence} {_verdict(figures, now, before, words)}"


def _verdict(figures: Figures, now: pd.Series, before: pd.Series, words: Words) -> str:
    """Whether the change is more than chance, where the release says so; and when the year before was closed."""
    effect = _effect(figures, "", ("year_before",), now["period"])
    if effect is None or figures.view.measure != "count":
        verdict = words("explore.not_judged")
    else:
        verdict = effect_words.conclusion(effect, words)
    return f"{verdict} {words('explore.was_closed')}" if _was_closed(figures, before) else verdict


def _was_closed(figures: Figures, row: pd.Series) -> bool:
    """Whether a period shares a month with one of the phases after the first closing."""
    phases = figures.phases[figures.phases["role"] != "baseline"]
    overlaps = (phases["first_month"] <= row["last_month"]) & (
        phases["last_month"] >= row["first_month"]
    )
    return bool(overlaps.any())


def _against_expected(figures: Figures, period: str, words: Words) -> str:
    effect = _effect(figures, "", BASES, period)
    if effect is None:
        return ""
    row = figures.rows[figures.rows["period"] == period].iloc[0]
    sentence = words(
        "explore.against_expected",
        period=words.sentence_case(row["period_name"]),
        observed=words.number(effect.observed),
        unit=figures.names.unit,
        expected=words.number(effect.expected),
        limits=words.interval(effect.low, effect.high),
    )
    return f"{sentence} {effect_words.conclusion(effect, words)}"


def _ranking(figures: Figures, words: Words) -> str:
    """Which value is highest and which lowest in the main period, and how many of them are hidden there.

    What is not stated is neither, and is said beside them.
    """
    at = figures.rows[figures.rows["period"] == main_period(figures)]
    shown = at[at["value"].notna()]
    stated = shown[shown["code"] != UNKNOWN]
    beside = [
        words("explore.not_stated", label=row["label"], value=row["said"])
        for _, row in shown[shown["code"] == UNKNOWN].iterrows()
    ]
    ranked = stated if len(stated) else shown
    high, low = ranked.loc[ranked["value"].idxmax()], ranked.loc[ranked["value"].idxmin()]
    hidden = int(at["mark"].isin(PROTECTED).sum())
    facts = {
        "title": figures.names.title,
        "period": words.sentence_case(high["period_name"]),
        "high": high["said"],
        "highest": high["label"],
        "low": low["said"],
        "lowest": low["label"],
        "hidden": words.number(hidden),
    }
    if hidden:
        ranking = words("explore.ranking_hidden", **facts)
    else:
        ranking = words("explore.ranking_one" if len(ranked) == 1 else "explore.ranking", **facts)
    return " ".join([ranking, *(beside if len(stated) else [])])


def _judged_groups(figures: Figures, words: Words) -> str:
    """Which values were fewer and which more than expected in the main phase, as the release judges each."""
    if figures.view.period != "phase":
        return ""
    period = main_period(figures)
    effects = figures.effects
    found = effects[effects["basis"].isin(BASES) & (effects["period"] == period)]
    labels = figures.rows.drop_duplicates("code").set_index("code")["label"]
    parts = []
    for verdict, key in (("fall", "explore.fewer"), ("rise", "explore.more")):
        rows = found[(found["verdict"] == verdict) & found["code"].isin(labels.index)]
        groups = [
            words(
                "explore.judged_group",
                group=labels[row.code],
                change=effect_words.change(row, words),
                limits=effect_words.change_limits(row, words),
            )
            for row in rows.sort_values("rate_ratio").itertuples()
        ]
        parts += [words(key, groups=words.listed(groups))] if groups else []
    return " ".join(parts) or words("explore.no_group_judged")


def _effect(figures: Figures, code: str, bases: tuple[str, ...], period: str) -> Any | None:
    effects = figures.effects
    rows = effects[
        (effects["code"] == code) & effects["basis"].isin(bases) & (effects["period"] == period)
    ]
    return next(rows.itertuples(), None)
