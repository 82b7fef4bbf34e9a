"""The story of a source as slides, one message each: every medium shows the same ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from inquiries import effect_words
from inquiries.directory import Contact
from inquiries.facts import Ask, facts_of
from inquiries.series import new_series_since
from inquiries.slides.call import call
from inquiries.slides.fall import fall
from inquiries.slides.now import now
from inquiries.slides.own_text import LONGEST, own_text, with_own_text
from inquiries.slides.question import question
from inquiries.slides.returned import returned
from inquiries.slides.slide import SLIDES, Chart, Choices, Ground, Slide
from inquiries.slides.unknown import unknown
from inquiries.slides.whom import whom
from inquiries.words import Words

__all__ = ["LONGEST", "SLIDES", "Chart", "Choices", "Slide", "own_text", "story", "with_own_text"]

TOLD: dict[str, Callable[[Ground], Slide]] = {
    "question": question,
    "fall": fall,
    "returned": returned,
    "whom": whom,
    "unknown": unknown,
    "call": call,
    "now": now,
}


def story(
    ask: Ask, choices: Choices, contacts: list[Contact], today: date, words: Words
) -> tuple[Slide, ...]:
    """The chosen slides in the chosen order, from the answers of one release and the newest directory."""
    facts = facts_of(ask, choices.source, *choices.group)
    phase = facts.phase(choices.phase)
    effect = effect_words.judged(facts, choices.phase)
    ground = Ground(ask, choices, facts, phase, effect, contacts, today, words)
    source = _source(ground)
    sample = words("header.sample") if facts.source.synthetic else ""
    return tuple(
        replace(TOLD[name](ground), source=source, sample=sample) for name in choices.slides
    )


def _source(ground: Ground) -> str:
    """Where the figures come from, how far they go, and which release this is."""
    about = ground.ask("release/about").set_index("key")["value"]
    caption = effect_words.caption(ground.facts.source, new_series_since(ground.ask), ground.words)
    return ground.words(
        "slides.source", caption=caption, number=about["number"], release=about["release"]
    )
