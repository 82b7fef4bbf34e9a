"""The slide of the newest months: whether they are unusual."""

from __future__ import annotations

from typing import Any

import pandas as pd

from inquiries import effect_words
from inquiries.charts.observed_expected import observed_expected
from inquiries.charts.theme import specification
from inquiries.drop.newest import STANDS_OUT, newest_of, period_name
from inquiries.picture import breaks_shown
from inquiries.slides.slide import Chart, Ground, Slide
from inquiries.tables import month_table

MONTHS, HEIGHT = 36, 240
# What is said first: something unusual, then that nothing is, then that it cannot be told.
ORDER = (*STANDS_OUT, "as_expected", "too_few")


def now(ground: Ground) -> Slide:
    words, facts = ground.words, ground.facts
    months = facts.months.tail(MONTHS)
    drawn = months["count"].notna().any()
    found = newest_of(ground.ask, facts, words, ground.choices.group)
    first = min(_own(ground), key=lambda row: ORDER.index(row.verdict), default=None)
    said = (effect_words.marked(facts, found.sentences[0], words), *found.sentences[1:])
    unit = effect_words.unit_of(facts, words)
    return Slide(
        name="now",
        title=_title(first, unit, ground),
        subtitle=words(
            "slides.now_measure",
            unit=words.sentence_case(unit),
            source=words.of(facts.source, "name"),
            number=words.number(len(months)),
        ),
        points=said,
        chart=_chart(months, unit, ground) if drawn else None,
        table=month_table(months, words) if drawn else None,
        notes=(*said, words("drop.newest_note")),
        guard=_guard(first, ground),
    )


def _own(ground: Ground) -> list[Any]:
    """The verdicts on the newest month and quarter of all or of the chosen group; the month first."""
    rows = ground.ask("release/newest_effects", source=ground.choices.source)
    dimension, value = ground.choices.group
    own = rows[(rows["dimension_1"] == dimension) & (rows["value_1"] == value)]
    return list(own[own["verdict"].isin(ORDER)].itertuples())


def _title(row: Any | None, unit: str, ground: Ground) -> str:
    words = ground.words
    if row is None:
        return words("slides.now_unknown")
    return words.sentence_case(
        words(f"slides.now_{row.verdict}", period=period_name(row, words), unit=unit)
    )


def _guard(row: Any | None, ground: Ground) -> str:
    is_rise = row is not None and row.verdict == "rise"
    return ground.words("slides.guard_rise" if is_rise else "slides.guard")


def _chart(months: pd.DataFrame, unit: str, ground: Ground) -> Chart:
    words, source = ground.words, ground.choices.source
    breaks = breaks_shown(
        ground.ask("release/series_breaks", source=source),
        ground.ask("release/reporter_changes", source=source),
        words,
    )
    drawn = observed_expected(
        months,
        ground.facts.phases,
        None,
        unit,
        words,
        is_sample=ground.facts.source.synthetic,
        breaks=breaks,
    )
    return Chart("months", months, {**specification(drawn), "height": HEIGHT})
