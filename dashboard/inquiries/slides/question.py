"""The first slide: what is asked, and of which figures."""

from __future__ import annotations

from inquiries import effect_words
from inquiries.slides.slide import Ground, Slide


def question(ground: Ground) -> Slide:
    words, facts = ground.words, ground.facts
    unit = effect_words.unit_of(facts, words)
    subject = words("slides.question_subject", source=words.of(facts.source, "name"))
    return Slide(
        name="question",
        title=words("slides.question", unit=unit, when=effect_words.when(ground.phase, words)),
        subtitle=words.sentence_case(words("slides.question_of", unit=unit, subject=subject)),
        points=(words("slides.question_closed"),),
        notes=(words("slides.question_closed"), words("slides.question_method")),
        guard=words("slides.guard"),
    )
