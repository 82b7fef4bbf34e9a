"""Observed against expected, with the chosen phase in the accent and the breaks of the series marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from inquiries import effect_words
from inquiries.charts.observed_expected import Accent, observed_expected
from inquiries.charts.theme import specification
from inquiries.facts import Ask, Facts
from inquiries.tables import month_table
from inquiries.words import Words


@dataclass(frozen=True)
class Picture:
    """A chart, what it measures, and the table of the same figures, month by month."""

    title: str
    subtitle: str
    chart: dict[str, Any]
    table: pd.DataFrame


def picture_of(ask: Ask, facts: Facts, effect: Any | None, words: Words) -> Picture:
    """The chart of the facts' months, in the accent where a fall was found."""
    source = facts.source.source
    breaks = ask("release/series_breaks", source=source)
    changes = ask("release/reporter_changes", source=source)
    unit = effect_words.unit_of(facts, words)
    chart = observed_expected(
        facts.months,
        facts.phases,
        accent_of(effect, unit, words),
        unit,
        words,
        is_sample=facts.source.synthetic,
        breaks=breaks_shown(breaks, changes, words),
    )
    return Picture(
        title=words.sentence_case(words("chart.title", unit=unit)),
        subtitle=subtitle(facts, words),
        chart=specification(chart),
        table=month_table(facts.months, words),
    )


def accent_of(effect: Any | None, unit: str, words: Words) -> Accent | None:
    """The phase as the accent of the chart, but only where a fall was found."""
    if effect is None or effect.verdict != "fall":
        return None
    span = words.sentence_case(words.months(effect.first_month, effect.last_month))
    observed = words("chart.note_observed", number=words.number(effect.observed), unit=unit)
    below = words("chart.note_below", change=effect_words.change(effect, words))
    return Accent(effect.first_month, effect.last_month, (span, observed, below))


def breaks_shown(breaks: pd.DataFrame, changes: pd.DataFrame, words: Words) -> pd.DataFrame:
    """What the chart draws as breaks: new definitions, and months that count other reporters than before."""
    language = words.language
    defined = pd.DataFrame(
        {
            "month": breaks["month"],
            "left": breaks[f"left_{language}"],
            "right": breaks[f"right_{language}"],
        }
    )
    counted = changes.dropna(subset=["counted_from"]).groupby("counted_from")
    reporters = [
        dict(zip(defined.columns, (month, *_who_changed(own, words)), strict=True))
        for month, own in counted
    ]
    return pd.concat([defined, pd.DataFrame(reporters, columns=defined.columns)]).sort_values(
        "month", ignore_index=True
    )


def _who_changed(changes: pd.DataFrame, words: Words) -> tuple[str, str]:
    """What to call the figures before and after others are counted: by the name of one, or how many."""
    if len(changes) > 1:
        number = words.number(len(changes))
        return words("chart.reporters_before"), words("chart.reporters_changed", number=number)
    change = next(changes.itertuples())
    name = words.of(change, "name")
    sides = words("chart.without_reporter", name=name), words("chart.with_reporter", name=name)
    return sides if change.kind == "joined" else sides[::-1]


def subtitle(facts: Facts, words: Words) -> str:
    """What is measured, and what the band is where there is one."""
    drawn = facts.months["expected"].notna().any()
    key = "chart.subtitle" if drawn else "chart.subtitle_alone"
    return words(key, source=words.of(facts.source, "name"))
