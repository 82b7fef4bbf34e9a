"""The page that explores the figures: what is asked for, its figures, chart and table, and a sentence on what they show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from inquiries.explore.advice import Suggestion, breaks_of, suggestions_of, warnings_of
from inquiries.explore.figures import Figures, figures
from inquiries.explore.offered import Offered
from inquiries.explore.pictures import pictures_of
from inquiries.explore.sentence import sentence_of
from inquiries.explore.table import table_of
from inquiries.explore.view import View
from inquiries.facts import Ask
from inquiries.words import Words


@dataclass(frozen=True)
class Explored:
    """All that the page shows of a view; `charts` are none, one, or a row of small ones."""

    figures: Figures
    sentence: str
    warnings: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    charts: tuple[dict[str, Any], ...]
    table: pd.DataFrame


def explored(ask: Ask, view: View, offered: Offered, words: Words) -> Explored:
    """A view of what a release offers, from its answers alone."""
    found = figures(ask, view, words)
    breaks = breaks_of(ask, found, words)
    return Explored(
        figures=found,
        sentence=sentence_of(found, pd.DatetimeIndex(breaks["month"]), words),
        warnings=warnings_of(ask, found, breaks, words),
        suggestions=suggestions_of(ask, found, offered, words),
        charts=pictures_of(found, breaks, words),
        table=table_of(found, words),
    )
