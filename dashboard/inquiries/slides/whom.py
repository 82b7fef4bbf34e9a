"""The slide of the groups side by side: for whom the fall was greatest."""

from __future__ import annotations

import pandas as pd

from inquiries import effect_words
from inquiries.charts.theme import specification
from inquiries.drop.groups import Groups, groups_of, side_by_side
from inquiries.facts import facts_of
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
    chart = _chart(found, ground)
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


def _chart(found: Groups, ground: Ground) -> Chart | None:
    """The groups side by side, those the title names in the accent and no other."""
    if found.rows.empty:
        return None
    named = found.rows.index.isin(_apart(found.rows).index)
    standing = found.rows["standing"].mask(~named & (found.rows["standing"] == "differs"), "plain")
    rows = found.rows.assign(standing=standing)
    everybody = facts_of(ground.ask, ground.choices.source)
    total = effect_words.judged(everybody, ground.choices.phase)
    drawn = side_by_side(rows, total, everybody, ground.words)
    return Chart("changes", rows, specification(drawn))


def _apart(rows: pd.DataFrame) -> pd.DataFrame:
    """The groups that fell more than the others, or where there is none, those that held up better."""
    deeper = rows[rows["against_rest"] == "deeper"]
    return deeper if len(deeper) else rows[rows["against_rest"] == "milder"]


def _title(found: Groups, when: str, words: Words) -> str:
    """Which groups fell more than the rest, said as a fall only where each of them fell."""
    if found.rows.empty:
        return words("slides.whom_none")
    apart = _apart(found.rows)
    if apart.empty:
        return words("slides.whom_alike", when=when)
    names = words.listed([words("slides.quoted", text=label) for label in apart["label"]])
    if (apart["against_rest"] == "milder").all():
        return words("slides.whom_milder", groups=names, when=when)
    is_fall = (apart["verdict"] == "fall").all()
    return words("slides.whom_fall" if is_fall else "slides.whom_deeper", groups=names)
