"""The slide on what came back: what was still missing when the restrictions had ended."""

from __future__ import annotations

from typing import Any

from inquiries import effect_words
from inquiries.drop.missing import missing_of
from inquiries.slides.fall import guard_of
from inquiries.slides.slide import Chart, Ground, Slide

HEIGHT = 200


def returned(ground: Ground) -> Slide:
    words, facts = ground.words, ground.facts
    found, whole = missing_of(facts, words), facts.effect("cumulative")
    chart = None
    if found.chart is not None:
        chart = Chart("missing", facts.missing, {**found.chart, "height": HEIGHT})
    first = found.sentences[0]
    said = effect_words.marked(facts, first, words)
    return Slide(
        name="returned",
        title=_title(ground, whole),
        subtitle=words("slides.returned_measure", unit=effect_words.unit_of(facts, words)),
        points=(said, *found.sentences[1:2]),
        chart=chart,
        table=found.table if chart else None,
        notes=(said, *found.sentences[1:]),
        guard=guard_of(ground),
    )


def _title(ground: Ground, whole: Any | None) -> str:
    """What the whole span shows: no more than its verdict allows."""
    words, facts = ground.words, ground.facts
    unit = effect_words.unit_of(facts, words)
    if facts.missing.empty:
        return words("slides.returned_unknown")
    last = words.month(facts.missing["month"].iloc[-1])
    if whole is None:
        return words("slides.returned_broken", month=last)
    missing = words.number(abs(facts.missing["missing"].iloc[-1]))
    return words(f"slides.returned_{whole.verdict}", unit=unit, month=last, number=missing)
