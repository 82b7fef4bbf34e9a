"""Like with like: who is counted, where the series breaks, and which months stand in no baseline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from inquiries import effect_words
from inquiries.facts import Ask, Facts
from inquiries.words import Words


@dataclass(frozen=True)
class Likeness:
    """What makes the months comparable or not, a sentence each."""

    sentences: tuple[str, ...]


def likeness_of(ask: Ask, facts: Facts, words: Words) -> Likeness:
    source = facts.source.source
    breaks = ask("release/series_breaks", source=source)
    changes = ask("release/reporter_changes", source=source)
    last = facts.phases["last_month"].max()
    sentences = [
        _reporters(facts, changes, last, words),
        *[_change(change, words) for change in changes.itertuples()],
        *[_break(one, words) for one in breaks.itertuples()],
        *excluded_months(ask, source, words),
    ]
    return Likeness(tuple(sentences))


def _reporters(facts: Facts, changes: pd.DataFrame, last: pd.Timestamp, words: Words) -> str:
    if not facts.source.same_reporters:
        return words("drop.reporters_none")
    if changes.empty:
        return words("drop.reporters_same")
    return words("drop.reporters_throughout", month=words.month(last))


def _change(change: Any, words: Words) -> str:
    """That a reporter joined or stopped, and from when the figures have it."""
    name, month = words.of(change, "name"), words.month(change.month)
    is_counted = not pd.isna(change.counted_from)
    if change.kind == "left":
        key = "drop.left" if is_counted else "drop.left_never"
        return words(key, name=name, month=month)
    if not is_counted:
        return words("drop.joined_never", name=name, month=month)
    if change.counted_from == change.month:
        return words("drop.joined", name=name, month=month)
    later = words.month(change.counted_from)
    return words("drop.joined_later", name=name, month=month, from_month=later)


def _break(one: Any, words: Words) -> str:
    return words(
        "drop.break",
        month=words.month(one.month),
        left=words.of(one, "left"),
        right=words.of(one, "right"),
    )


def to_mind(ask: Ask, facts: Facts, effect: Any | None, words: Words) -> tuple[str, ...]:
    """What stands under the sentence on a phase: the estimate's doubts, masked counts, excluded months."""
    return (
        *effect_words.warnings(effect, words),
        *effect_words.masked(facts, words),
        *excluded_months(ask, facts.source.source, words),
    )


def excluded_months(ask: Ask, source: str, words: Words) -> tuple[str, ...]:
    """Which months stand in no baseline, each with the steward's reason: printed with every figure."""
    excluded = ask("release/excluded_months", source=source)
    return tuple(
        words(
            "drop.excluded",
            month=words.sentence_case(words.month(one.month)),
            reason=words.of(one, "reason"),
        )
        for one in excluded.itertuples()
    )
