"""The page on the drop: what fell, what is still missing, for whom, by which baseline, and is anything unusual now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from inquiries import effect_words
from inquiries.drop.around import near
from inquiries.drop.baselines import Baselines, baselines_of
from inquiries.drop.groups import Groups, groups_of
from inquiries.drop.likeness import Likeness, likeness_of, to_mind
from inquiries.drop.method import Method, method_of
from inquiries.drop.missing import StillMissing, missing_of
from inquiries.drop.newest import Newest, newest_of
from inquiries.facts import Ask, Facts, facts_of
from inquiries.picture import Picture, picture_of
from inquiries.series import new_series_since
from inquiries.words import Words

__all__ = ["Drop", "Groups", "choosable_phases", "drop", "groups_of", "power_said"]


@dataclass(frozen=True)
class Drop:
    """All that the page shows of a source, or of one of its groups, in one phase."""

    headline: str
    lead: str
    warnings: tuple[str, ...]
    guard: str
    power: str
    picture: Picture
    missing: StillMissing
    baselines: Baselines
    likeness: Likeness
    newest: Newest
    method: Method
    caption: str


def drop(ask: Ask, source: str, phase_name: str, group: tuple[str, str], words: Words) -> Drop:
    """The story of one phase; `group` is a dimension and one of its values, or two empty texts for all."""
    facts = facts_of(ask, source, *group)
    phase = facts.phase(phase_name)
    effect = effect_words.judged(facts, phase_name)
    return Drop(
        headline=effect_words.headline(facts, phase, effect, words),
        lead=effect_words.lead(facts, phase, effect, words),
        warnings=to_mind(ask, facts, effect, words),
        guard=effect_words.guard(effect, words),
        power=power_said(facts, phase, effect, words),
        picture=picture_of(ask, near(facts, phase_name), effect, words),
        missing=missing_of(facts, words),
        baselines=baselines_of(facts, phase, words),
        likeness=likeness_of(ask, facts, words),
        newest=newest_of(ask, facts, words, group),
        method=method_of(ask, facts, effect, group, words),
        caption=effect_words.caption(facts.source, new_series_since(ask), words),
    )


def choosable_phases(phases: pd.DataFrame) -> dict[str, Any]:
    """The phases that can be set against the time before, in their order."""
    return {row.phase: row for row in phases.itertuples() if row.role != "baseline"}


def power_said(facts: Facts, phase: Any, effect: Any | None, words: Words) -> str:
    """What fall could have been seen at all, with this baseline and this many inquiries."""
    span = words.months(phase.first_month, phase.last_month)
    if effect is None:
        return words("drop.power_unknown", months=span)
    if pd.isna(effect.smallest_fall):
        return words("drop.power_none", months=span)
    return words(
        "drop.power",
        months=span,
        fall=words.number(100 * effect.smallest_fall),
        expected=words.number(effect.expected),
        unit=effect_words.unit_of(facts, words),
    )
