"""The overview of one source: the drop in one sentence, four figures, the chart and its tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from inquiries.charts.observed_expected import Accent, observed_expected
from inquiries.facts import Ask, Facts, facts_of
from inquiries.hidden import Hidden, hidden_of
from inquiries.periods import COMPLETE
from inquiries.series import new_series_since
from inquiries.tables import NOTHING, month_table, phase_table
from inquiries.words import Words

MAIN_PHASE = "lockdown_1"


@dataclass(frozen=True)
class Tile:
    """One figure: what it is, the figure, and what it means."""

    label: str
    figure: str
    meaning: str


@dataclass(frozen=True)
class Overview:
    """All that the page shows of a source, in the reader's words."""

    headline: str
    lead: str
    tiles: tuple[Tile, ...]
    guard: str
    warnings: tuple[str, ...]
    chart: dict[str, Any]
    chart_title: str
    chart_subtitle: str
    phases: pd.DataFrame
    months: pd.DataFrame
    hidden: Hidden
    caption: str


def overview(ask: Ask, source: str, words: Words) -> Overview:
    """The overview of a source from the answers of one release."""
    facts = facts_of(ask, source)
    unit = words(f"unit.{facts.source.unit}")
    main = facts.effect("model same_months", MAIN_PHASE)
    headline = _headline(facts, main, unit, words)
    return Overview(
        headline=headline,
        lead=_lead(facts, main, unit, words),
        tiles=(
            _drop_tile(facts, main, words),
            _caught_up_tile(facts, words),
            _net_tile(facts, words),
            _newest_tile(facts, words),
        ),
        guard=words("overview.guard_rise" if _verdict(main) == "rise" else "overview.guard"),
        warnings=(*_warnings(main, words), *_masked(facts, words)),
        chart=_chart(facts, main, unit, words),
        chart_title=words.sentence_case(words("overview.chart_title", unit=unit)),
        chart_subtitle=_subtitle(facts, words),
        phases=phase_table(facts, words),
        months=month_table(facts.months, words),
        hidden=hidden_of(ask, facts, unit, words),
        caption=_caption(facts, new_series_since(ask), words),
    )


def _verdict(effect: Any | None) -> str:
    return str(effect.verdict) if effect is not None else "not_shown"


def _headline(facts: Facts, main: Any | None, unit: str, words: Words) -> str:
    phase = words.of(facts.phase(MAIN_PHASE), "short")
    key = f"overview.headline_{_verdict(main)}"
    return words(key, phase=phase, unit=unit, change=_change(main, words))


def _change(effect: Any | None, words: Words) -> str:
    """The size of a fall or a rise, without its sign: "37 pct."."""
    if effect is None:
        return ""
    return words("format.percent", number=words.number(abs(100 * (1 - effect.rate_ratio))))


def _lead(facts: Facts, main: Any | None, unit: str, words: Words) -> str:
    phase = facts.phase(MAIN_PHASE)
    span = words.months(phase.first_month, phase.last_month)
    if main is None:
        return _marked(facts, words(_why_not(facts, phase), months=span, unit=unit), words)
    sentence = words(
        "overview.lead",
        months=span,
        observed=words.number(main.observed),
        unit=unit,
        expected=words.number(main.expected),
        limits=words.interval(main.low, main.high),
    )
    return _marked(facts, f"{sentence} {_conclusion(main, words)}", words)


def _marked(facts: Facts, lead: str, words: Words) -> str:
    """The sentence, marked as sample data itself, for it is copied without the page round it."""
    return words("overview.sample", lead=lead) if facts.source.synthetic else lead


def _warnings(main: Any | None, words: Words) -> tuple[str, ...]:
    """What the reader should know about the estimate of the main phase."""
    codes = main.warnings.split() if main is not None else []
    return tuple(words(f"warning.{code}") for code in codes)


def _masked(facts: Facts, words: Words) -> tuple[str, ...]:
    """Said where a reporter masked small counts of its own, for totals then hold them as a guess."""
    return (words("warning.masked"),) if facts.months["masked"].any() else ()


def _why_not(facts: Facts, phase: Any) -> str:
    """Why there is no estimate: no figures for the phase, no baseline, or figures that are hidden."""
    if not facts.is_whole(phase):
        return "overview.no_figures"
    outcome = facts.fit["outcome"].iloc[0] if not facts.fit.empty else "too_many_hidden"
    return "overview.no_baseline" if outcome in ("too_short", "no_counts") else "overview.hidden"


def _conclusion(effect: Any, words: Words) -> str:
    """What follows, with the uncertainty of the rate ratio."""
    return words(
        f"overview.conclusion_{effect.verdict}",
        change=words.number(abs(100 * (1 - effect.rate_ratio))),
        limits=_change_limits(effect, words),
    )


def _change_limits(effect: Any, words: Words, decimals: int = 0) -> str:
    falls = (100 * (1 - effect.rr_high), 100 * (1 - effect.rr_low))
    low, high = (-falls[1], -falls[0]) if effect.rate_ratio > 1 else falls
    return words.interval(low, high, decimals)


def _drop_tile(facts: Facts, main: Any | None, words: Words) -> Tile:
    phase = facts.phase(MAIN_PHASE)
    span = words.months(phase.first_month, phase.last_month)
    if main is None:
        return Tile(words("overview.tile_drop", months=span), NOTHING, words("overview.not_shown"))
    change = round(-100 * (1 - main.rate_ratio))
    lacking = round(main.expected - main.observed)
    key = "overview.fewer" if lacking >= 0 else "overview.more"
    meaning = words(key, number=words.number(abs(lacking)))
    if main.verdict in ("as_expected", "too_few"):
        meaning = words(f"verdict.{main.verdict}")
    figure = words("format.percent", number=words.signed(change))
    return Tile(words("overview.tile_drop", months=span), figure, meaning)


def _caught_up_tile(facts: Facts, words: Words) -> Tile:
    label = words("overview.tile_caught_up")
    whole = facts.effect("cumulative")
    if whole is None:
        return Tile(label, NOTHING, words("overview.not_shown"))
    peak = facts.missing.loc[facts.missing["missing"].idxmax()]
    end = facts.missing.iloc[-1]
    if peak["missing"] < 1:
        return Tile(label, NOTHING, words("overview.nothing_missing"))
    meaning = words(
        "overview.caught_up_of",
        peak=words.number(peak["missing"]),
        month=words.month(peak["month"]),
        last=words.month(end["month"]),
    )
    return Tile(label, words.number(peak["missing"] - end["missing"]), meaning)


def _net_tile(facts: Facts, words: Words) -> Tile:
    whole = facts.effect("cumulative")
    if whole is None:
        return Tile(words("overview.tile_net"), NOTHING, words("overview.not_shown"))
    label = words(
        "overview.tile_net_span", months=words.months(whole.first_month, whole.last_month)
    )
    net = round(whole.observed) - round(whole.expected)
    return Tile(label, words.signed(net), words(f"overview.net_{whole.verdict}"))


def _newest_tile(facts: Facts, words: Words) -> Tile:
    complete = facts.months[facts.months["state"] == COMPLETE]
    if complete.empty:
        return Tile(words("overview.tile_newest_none"), NOTHING, words("overview.not_shown"))
    newest = complete.iloc[-1]
    label = words("overview.tile_newest", month=words.month(newest["month"]))
    if pd.isna(newest["count"]):
        return Tile(label, NOTHING, words("overview.not_shown"))
    figure = words.number(newest["count"])
    found = facts.effect("year_before")
    if found is None:
        return Tile(label, figure, words("overview.newest_alone"))
    change = words("format.percent", number=words.signed(100 * (found.rate_ratio - 1)))
    before = found.first_month - pd.DateOffset(years=1)
    key = (
        "overview.newest_meaning_lockdown"
        if _affected(facts, before)
        else "overview.newest_meaning"
    )
    meaning = words(key, change=change, month=words.month(before))
    return Tile(label, figure, f"{meaning} {words(f'overview.newest_{found.verdict}')}")


def _affected(facts: Facts, month: pd.Timestamp) -> bool:
    """Whether a month lies between the first closing and the end of restrictions."""
    phases = facts.phases[facts.phases["role"] != "baseline"]
    return bool(phases["first_month"].min() <= month <= phases["last_month"].max())


def _chart(facts: Facts, main: Any | None, unit: str, words: Words) -> dict[str, Any]:
    chart = observed_expected(
        facts.months,
        facts.phases,
        _accent(main, unit, words),
        unit,
        words,
        is_sample=facts.source.synthetic,
    )
    return chart.to_dict()


def _accent(main: Any | None, unit: str, words: Words) -> Accent | None:
    """The phase as the accent of the chart, but only where a fall was found."""
    if _verdict(main) != "fall":
        return None
    assert main is not None
    span = words.sentence_case(words.months(main.first_month, main.last_month))
    observed = words("overview.note_observed", number=words.number(main.observed), unit=unit)
    below = words("overview.note_below", change=_change(main, words))
    return Accent(main.first_month, main.last_month, (span, observed, below))


def _subtitle(facts: Facts, words: Words) -> str:
    key = (
        "overview.chart_subtitle"
        if facts.months["expected"].notna().any()
        else "overview.chart_subtitle_alone"
    )
    return words(key, source=words.of(facts.source, "name"))


def _caption(facts: Facts, since: pd.Timestamp | None, words: Words) -> str:
    key = "overview.caption_sample" if facts.source.synthetic else "overview.caption"
    caption = words(
        key,
        source=words.of(facts.source, "name"),
        month=words.month(facts.source.data_through),
    )
    if since is None:
        return caption
    return words("overview.caption_series", caption=caption, day=words.date(since))
