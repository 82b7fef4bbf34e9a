"""What a phase's effect is called: headline, sentence, uncertainty, reservations, or why there is none."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from inquiries.facts import Facts
from inquiries.words import Words


def judged(facts: Facts, phase: str) -> Any | None:
    """The comparison a phase is judged by; None when it cannot be shown.

    That of the model, or where the baseline is too short for one of the same calendar months
    before, or else of the months just before.
    """
    found = facts.effect("model same_months", phase)
    too_short = not facts.fit.empty and facts.fit["outcome"].iloc[0] == "too_short"
    return facts.effect("just_before", phase) if found is None and too_short else found


def verdict_of(effect: Any | None) -> str:
    return str(effect.verdict) if effect is not None else "not_shown"


def headline(facts: Facts, phase: Any, effect: Any | None, words: Words) -> str:
    """What came of a phase, in one line."""
    just_before = effect is not None and effect.basis == "just_before"
    said = words(
        f"effect.before_{verdict_of(effect)}"
        if just_before
        else f"effect.headline_{verdict_of(effect)}",
        when=when(phase, words),
        unit=unit_of(facts, words),
        change=change(effect, words),
    )
    return words.sentence_case(said)


def plain(headline: str) -> str:
    """A headline without the marks that colour the fall on a page."""
    return re.sub(r":\w+\[(.*?)\]", r"\1", headline)


def when(phase: Any, words: Words) -> str:
    """A lockdown by its name, another phase by its months."""
    if phase.role == "lockdown":
        return words("effect.during", phase=words.of(phase, "short"))
    return words("effect.in_months", months=words.months(phase.first_month, phase.last_month))


def lead(facts: Facts, phase: Any, effect: Any | None, words: Words) -> str:
    """Observed, expected, what follows and how sure that is; or why it cannot be said."""
    if effect is None:
        return marked(facts, why_not(facts, phase, words), words)
    sentence = words(
        f"effect.lead_{effect.basis}",
        months=words.months(phase.first_month, phase.last_month),
        observed=words.number(effect.observed),
        unit=unit_of(facts, words),
        expected=words.number(effect.expected),
        limits=words.interval(effect.low, effect.high),
    )
    return marked(facts, f"{sentence} {conclusion(effect, words)}", words)


def marked(facts: Facts, sentence: str, words: Words) -> str:
    """The sentence, marked as sample data itself, for it is copied without the page round it."""
    return words("effect.sample", lead=sentence) if facts.source.synthetic else sentence


def conclusion(effect: Any, words: Words) -> str:
    """What follows, with the uncertainty of the rate ratio."""
    return words(
        f"effect.conclusion_{effect.verdict}",
        change=words.number(abs(100 * (1 - effect.rate_ratio))),
        limits=change_limits(effect, words),
    )


def change(effect: Any | None, words: Words) -> str:
    """The size of a fall or a rise, without its sign: "37 pct."."""
    if effect is None:
        return ""
    return words("format.percent", number=words.number(abs(100 * (1 - effect.rate_ratio))))


def change_limits(effect: Any, words: Words, decimals: int = 0) -> str:
    """The uncertainty of a fall or a rise, in per cent and without its sign where both limits agree."""
    low, high = fall_limits(effect)
    if effect.rate_ratio > 1:
        low, high = -high, -low
    if pd.isna(low) or pd.isna(high):
        return words("effect.no_limit")
    return words.interval(low, high, decimals)


def changed(effect: Any) -> dict[str, float]:
    """The change in per cent and its limits, a fall with a minus: change, low, high."""
    ratios = {"change": effect.rate_ratio, "low": effect.rr_low, "high": effect.rr_high}
    return {name: 100 * (ratio - 1) for name, ratio in ratios.items()}


def changed_said(effect: Any, words: Words) -> str:
    """The same as a table has it: −39 (−48 til −27)."""
    found = changed(effect)
    return f"{words.signed(found['change'])} ({words.interval(found['low'], found['high'])})"


def fall_limits(effect: Any) -> tuple[float, float]:
    """The limits of the fall in per cent; a limit that does not exist is not a number."""
    return 100 * (1 - effect.rr_high), 100 * (1 - effect.rr_low)


def guard(effect: Any | None, words: Words) -> str:
    """The line that stands wherever a fall or a rise is shown."""
    return words("effect.guard_rise" if verdict_of(effect) == "rise" else "effect.guard")


def warnings(effect: Any | None, words: Words) -> tuple[str, ...]:
    """What the reader should know about an estimate."""
    codes = effect.warnings.split() if effect is not None else []
    return tuple(words(f"warning.{code}") for code in codes)


def masked(facts: Facts, words: Words) -> tuple[str, ...]:
    """Said where a reporter masked small counts of its own, for totals then hold them as a guess."""
    return (words("warning.masked"),) if facts.months["masked"].any() else ()


def why_not(facts: Facts, phase: Any, words: Words) -> str:
    """Why there is no estimate: no figures for the phase, no baseline, or figures that are hidden."""
    span = words.months(phase.first_month, phase.last_month)
    unit = unit_of(facts, words)
    if not facts.is_whole(phase):
        return words("effect.no_figures", months=span)
    outcome = facts.fit["outcome"].iloc[0] if not facts.fit.empty else "too_many_hidden"
    if outcome == "no_same_reporters":
        return words("effect.no_same_reporters", months=span)
    if outcome in ("too_short", "no_counts", "singular", "did_not_converge"):
        return words("effect.no_baseline", months=span, unit=unit)
    return words("effect.hidden", months=span, unit=unit)


def caption(source: Any, since: pd.Timestamp | None, words: Words) -> str:
    """Source and data-through month, as they stand under every figure, and since when figures can be compared.

    `source` is a row of "release/sources", `since` is None in the first series.
    """
    said = words(
        "effect.caption_sample" if source.synthetic else "effect.caption",
        source=words.of(source, "name"),
        month=words.month(source.data_through),
    )
    if since is None:
        return said
    return words("effect.caption_series", caption=said, day=words.date(since))


def unit_of(facts: Facts, words: Words) -> str:
    """What is counted, and of which group when it is not all: a sentence is repeated without its page."""
    unit = words(f"unit.{facts.source.unit}")
    if facts.group is None:
        return unit
    return words("effect.unit_of_group", unit=unit, group=words.of(facts.group, "label"))
