"""The overview of one source: the drop in one sentence, four figures, the chart and its tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from inquiries import effect_words
from inquiries.drop.likeness import to_mind
from inquiries.drop.newest import Newest, newest_of
from inquiries.facts import MAIN_PHASE, Ask, Facts, facts_of
from inquiries.hidden import Hidden, hidden_of
from inquiries.periods import COMPLETE
from inquiries.picture import Picture, picture_of
from inquiries.series import new_series_since
from inquiries.tables import NOTHING, phase_table
from inquiries.words import Words


@dataclass(frozen=True)
class Tile:
    """One figure: what it is, the figure, and what it means."""

    label: str
    figure: str
    meaning: str


@dataclass(frozen=True)
class Overview:
    """All that the page shows of a source, in the reader's words."""

    headline: str
    lead: str
    tiles: tuple[Tile, ...]
    guard: str
    warnings: tuple[str, ...]
    picture: Picture
    newest: Newest
    phases: pd.DataFrame
    hidden: Hidden
    caption: str


def overview(ask: Ask, source: str, words: Words) -> Overview:
    """The overview of a source from the answers of one release."""
    facts = facts_of(ask, source)
    phase, unit = facts.phase(MAIN_PHASE), effect_words.unit_of(facts, words)
    main = effect_words.judged(facts, MAIN_PHASE)
    return Overview(
        headline=effect_words.headline(facts, phase, main, words),
        lead=effect_words.lead(facts, phase, main, words),
        tiles=(
            _drop_tile(facts, main, words),
            _caught_up_tile(facts, words),
            _net_tile(facts, words),
            _newest_tile(facts, words),
        ),
        guard=effect_words.guard(main, words),
        warnings=to_mind(ask, facts, main, words),
        picture=picture_of(ask, facts, main, words),
        newest=newest_of(ask, facts, words),
        phases=phase_table(facts, words),
        hidden=hidden_of(ask, facts, unit, words),
        caption=effect_words.caption(facts.source, new_series_since(ask), words),
    )


def _drop_tile(facts: Facts, main: Any | None, words: Words) -> Tile:
    phase = facts.phase(MAIN_PHASE)
    span = words.months(phase.first_month, phase.last_month)
    if main is None:
        return Tile(words("overview.tile_drop", months=span), NOTHING, words("overview.not_shown"))
    change = round(-100 * (1 - main.rate_ratio))
    lacking = round(main.expected - main.observed)
    key = "overview.fewer" if lacking >= 0 else "overview.more"
    meaning = words(key, number=words.number(abs(lacking)))
    if main.verdict in ("as_expected", "too_few"):
        meaning = words(f"verdict.{main.verdict}")
    figure = words("format.percent", number=words.signed(change))
    return Tile(words("overview.tile_drop", months=span), figure, meaning)


def _caught_up_tile(facts: Facts, words: Words) -> Tile:
    label = words("overview.tile_caught_up")
    whole = facts.effect("cumulative")
    if whole is None:
        return Tile(label, NOTHING, words("overview.not_shown"))
    peak = facts.missing.loc[facts.missing["missing"].idxmax()]
    end = facts.missing.iloc[-1]
    if peak["missing"] < 1:
        return Tile(label, NOTHING, words("overview.nothing_missing"))
    meaning = words(
        "overview.caught_up_of",
        peak=words.number(peak["missing"]),
        month=words.month(peak["month"]),
        last=words.month(end["month"]),
    )
    return Tile(label, words.number(peak["missing"] - end["missing"]), meaning)


def _net_tile(facts: Facts, words: Words) -> Tile:
    whole = facts.effect("cumulative")
    if whole is None:
        return Tile(words("overview.tile_net"), NOTHING, words("overview.not_shown"))
    label = words(
        "overview.tile_net_span", months=words.months(whole.first_month, whole.last_month)
    )
    net = round(whole.observed) - round(whole.expected)
    return Tile(label, words.signed(net), words(f"overview.net_{whole.verdict}"))


def _newest_tile(facts: Facts, words: Words) -> Tile:
    complete = facts.months[facts.months["state"] == COMPLETE]
    if complete.empty:
        return Tile(words("overview.tile_newest_none"), NOTHING, words("overview.not_shown"))
    newest = complete.iloc[-1]
    label = words("overview.tile_newest", month=words.month(newest["month"]))
    if pd.isna(newest["count"]):
        return Tile(label, NOTHING, words("overview.not_shown"))
    figure = words.number(newest["count"])
    usual = facts.effect("newest", newest["month"].strftime("%Y-%m"))
    if usual is not None:
        meaning = words(
            f"overview.usual_{usual.verdict}",
            expected=words.number(usual.expected),
            limits=words.interval(usual.low, usual.high),
        )
        return Tile(label, figure, meaning)
    return Tile(label, figure, _against_year_before(facts, words))


def _against_year_before(facts: Facts, words: Words) -> str:
    """The newest month against the same month of the year before, where there are too few months for more."""
    found = facts.effect("year_before")
    if found is None:
        return words("overview.newest_alone")
    change = words("format.percent", number=words.signed(100 * (found.rate_ratio - 1)))
    before = found.first_month - pd.DateOffset(years=1)
    key = (
        "overview.newest_meaning_lockdown"
        if _affected(facts, before)
        else "overview.newest_meaning"
    )
    meaning = words(key, change=change, month=words.month(before))
    return f"{meaning} {words(f'overview.newest_{found.verdict}')}"


def _affected(facts: Facts, month: pd.Timestamp) -> bool:
    """Whether a month lies between the first closing and the end of restrictions."""
    phases = facts.phases[facts.phases["role"] != "baseline"]
    return bool(phases["first_month"].min() <= month <= phases["last_month"].max())
