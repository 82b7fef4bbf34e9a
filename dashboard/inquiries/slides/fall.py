"""The slide of the drop: observed against expected near the lockdown, and what follows."""

from __future__ import annotations

from inquiries import effect_words
from inquiries.drop.around import near
from inquiries.drop.likeness import to_mind
from inquiries.picture import picture_of
from inquiries.slides.slide import Chart, Ground, Slide

HEIGHT = 265


def fall(ground: Ground) -> Slide:
    words, effect = ground.words, ground.effect
    facts = near(ground.facts, ground.choices.phase)
    picture = picture_of(ground.ask, facts, effect, words)
    lead = effect_words.lead(ground.facts, ground.phase, effect, words)
    doubts = to_mind(ground.ask, ground.facts, effect, words)
    drawn = facts.months["count"].notna().any()
    found = effect is not None and effect.verdict == "fall"
    chart = Chart(
        kind="months",
        rows=facts.months,
        specification={**picture.chart, "height": HEIGHT},
        accent=(effect.first_month, effect.last_month) if effect is not None and found else None,
    )
    return Slide(
        name="fall",
        title=effect_words.plain(effect_words.headline(ground.facts, ground.phase, effect, words)),
        subtitle=f"{picture.title}. {picture.subtitle}",
        points=(lead, *doubts),
        chart=chart if drawn else None,
        table=picture.table if drawn else None,
        notes=(lead, *doubts, words("slides.fall_note")),
        guard=guard_of(ground),
    )


def guard_of(ground: Ground) -> str:
    """How not to read what came of the phase."""
    is_rise = effect_words.verdict_of(ground.effect) == "rise"
    return ground.words("slides.guard_rise" if is_rise else "slides.guard")
