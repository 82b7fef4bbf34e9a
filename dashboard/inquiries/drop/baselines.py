"""The same phase by other baselines: whether the answer depends on what it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from inquiries import effect_words
from inquiries.charts.intervals import intervals
from inquiries.charts.theme import specification
from inquiries.facts import Facts
from inquiries.words import Words

# In the order of the chart: the model first, then the others from the nearest to the roughest.
SHOWN = (
    "model",
    "same_months",
    "last_year",
    "two_years",
    "three_years",
    "just_before",
    "no_trend",
)
UNSURE = ("too_few", "not_shown")


@dataclass(frozen=True)
class Baselines:
    """The sentence, the chart (none when there is nothing to compare) and its table."""

    sentence: str
    chart: dict[str, Any] | None
    table: pd.DataFrame


def baselines_of(facts: Facts, phase: Any, words: Words) -> Baselines:
    found = [effect for basis in SHOWN if (effect := facts.effect(basis, phase.phase)) is not None]
    table = _table(found, words)
    if not found:
        return Baselines(words("drop.baselines_none"), None, table)
    chart = intervals(
        _rows(found, words),
        words,
        axis_title=words("chart.change"),
        is_sample=facts.source.synthetic,
    )
    return Baselines(_sentence(found, words), specification(chart), table)


def _rows(found: list[Any], words: Words) -> pd.DataFrame:
    """The rows of the chart: label, change in per cent with limits, and how sure it is."""
    return pd.DataFrame(
        [
            {
                "label": words(f"drop.basis_{effect.basis}"),
                **effect_words.changed(effect),
                "standing": "unsure" if effect.verdict in UNSURE else "plain",
                "note": "",
            }
            for effect in found
        ]
    )


def _sentence(found: list[Any], words: Words) -> str:
    """Between what and what the change lies; a fall or a rise only where every comparison shows one."""
    if len(found) == 1:
        return words("drop.baselines_one", basis=words(f"drop.basis_{found[0].basis}"))
    changes = [effect_words.changed(effect)["change"] for effect in found]
    verdicts = {effect.verdict for effect in found}
    if verdicts == {"fall"}:
        return words(
            "drop.baselines_fall", low=words.number(-max(changes)), high=words.number(-min(changes))
        )
    low, high = min(changes), max(changes)
    if verdicts == {"rise"}:
        return words("drop.baselines_rise", low=words.number(low), high=words.number(high))
    return words("drop.baselines_mixed", low=words.signed(low), high=words.signed(high))


def _table(found: list[Any], words: Words) -> pd.DataFrame:
    rows = [
        (
            words(f"drop.basis_{effect.basis}"),
            words.number(effect.expected),
            effect_words.changed_said(effect, words),
            words(f"verdict.{effect.verdict}"),
        )
        for effect in found
    ]
    columns = [words(f"table.{name}") for name in ("basis", "expected", "change_signed", "verdict")]
    return pd.DataFrame(rows, columns=columns)
