"""A municipality among all the others in the newest whole year: the map of tiles, its sentence and its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from inquiries import effect_words
from inquiries.charts.map_classes import classes_of_counts
from inquiries.charts.municipality_map import municipality_map
from inquiries.charts.theme import specification
from inquiries.directory.places import municipality_codes
from inquiries.facts import Ask, Facts
from inquiries.periods import COMPLETE
from inquiries.tables import count_or_mark
from inquiries.tiles import marked, placed, told
from inquiries.vocabulary import vocabulary
from inquiries.words import Words

DIMENSION = "municipality"


@dataclass(frozen=True)
class Among:
    """The map's title, what it shows in a sentence, the map, and the table of the same figures."""

    title: str
    sentence: str
    chart: dict[str, Any]
    table: pd.DataFrame


def among(ask: Ask, facts: Facts, code: str, words: Words) -> Among | None:
    """All municipalities in the newest year that has been reported in full, one of them marked; None without such a year."""
    whole = facts.years[facts.years["state"] == COMPLETE]
    if whole.empty:
        return None
    newest = whole.iloc[-1]
    chosen = {"dimension": DIMENSION, "period_kind": "year", "period": newest["period"]}
    counts = ask("release/places", source=facts.source.source, **chosen)
    unit = effect_words.unit_of(facts, words)
    title = words("map.title", unit=words.sentence_case(unit), period=newest["period"])
    on_map = placed(marked(counts), DIMENSION, newest["month"], words)
    chart = municipality_map(
        on_map,
        classes_of_counts(on_map["value"], unit, words),
        words,
        title=title,
        chosen=code,
        is_sample=facts.source.synthetic,
    )
    table = _table(counts, newest["period"], words)
    return Among(title, told(on_map, words), specification(chart), table)


def _table(counts: pd.DataFrame, period: str, words: Words) -> pd.DataFrame:
    """One row per municipality, in Danish order: its name, and its count or mark."""
    rows = {row.code: row for row in counts.assign(masked=False).itertuples()}
    cells = [
        (vocabulary().text(DIMENSION, code, words.language), count_or_mark(rows[code], words))
        for code in municipality_codes()
    ]
    return pd.DataFrame(cells, columns=[words("dimension.municipality"), period])
