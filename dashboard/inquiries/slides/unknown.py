"""The slide on what the figures do not show."""

from __future__ import annotations

import pandas as pd

from inquiries.drop import power_said
from inquiries.drop.baselines import baselines_of
from inquiries.drop.likeness import likeness_of
from inquiries.slides.fall import guard_of
from inquiries.slides.slide import Ground, Slide
from inquiries.tables import is_hidden

MOST_POINTS = 5


def unknown(ground: Ground) -> Slide:
    words, facts = ground.words, ground.facts
    baselines = baselines_of(facts, ground.phase, words)
    likeness = likeness_of(ground.ask, facts, words)
    points = (
        words("slides.unknown_need"),
        power_said(facts, ground.phase, ground.effect, words),
        baselines.sentence,
        *_hidden(facts.months, ground),
        *likeness.sentences,
    )
    return Slide(
        name="unknown",
        title=words("slides.unknown"),
        subtitle=words("slides.unknown_measure"),
        points=points[:MOST_POINTS],
        notes=(*points, words("drop.baselines_note")),
        guard=guard_of(ground),
    )


def _hidden(months: pd.DataFrame, ground: Ground) -> tuple[str, ...]:
    """That some months cannot be shown, and how many."""
    hidden = int(is_hidden(months).sum())
    if not hidden:
        return ()
    number = ground.words.number
    return (ground.words("slides.unknown_hidden", number=number(hidden), all=number(len(months))),)
