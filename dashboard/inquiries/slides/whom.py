"""The slide of the groups side by side: for whom the fall was greatest."""

from __future__ import annotations

import pandas as pd

from inquiries import effect_words
from inquiries.drop.groups import Groups, groups_of
from inquiries.slides.fall import guard_of
from inquiries.slides.slide import Chart, Ground, Slide
from inquiries.words import Words


def whom(ground: Ground) -> Slide:
    words, by = ground.words, ground.choices.by
    unit = words(f"unit.{ground.facts.source.unit}")
    when = effect_words.when(ground.phase, words)
    if not by:
        return Slide(
            name="whom",
            title=words("slides.whom_unregistered"),
            points=(words("slides.whom_unregistered_why"),),
            guard=guard_of(ground),
        )
    found = groups_of(ground.ask, ground.choices.source, ground.choices.phase, by, words)
    chart = None
    if found.chart is not None:
        chart = Chart("changes", found.rows, found.chart)
    return Slide(
        name="whom",
        title=_title(found, when, words),
        subtitle=words("slides.whom_measure", unit=unit, when=when, by=words(f"dimension.{by}")),
        points=found.sentences if chart is None else found.sentences[1:],
        chart=chart,
        table=found.table if chart else None,
        notes=(*found.sentences, words("drop.groups_note")),
        guard=guard_of(ground),
    )


def _title(found: Groups, when: str, words: Words) -> str:
    """Which groups fell more than the rest, said as a fall only where each of them fell."""
    if found.rows.empty:
        return words("slides.whom_none")
    apart = found.rows[found.rows["standing"] == "differs"]
    deeper = apart[apart["against_rest"] == "deeper"]
    if len(deeper):
        names = _named(deeper, words)
        is_fall = (deeper["verdict"] == "fall").all()
        return words("slides.whom_fall" if is_fall else "slides.whom_deeper", groups=names)
    if len(apart):
        return words("slides.whom_milder", groups=_named(apart, words), when=when)
    return words("slides.whom_alike", when=when)


def _named(groups: pd.DataFrame, words: Words) -> str:
    return words.listed([words("slides.quoted", text=label) for label in groups["label"]])
