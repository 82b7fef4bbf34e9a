"""What the release allows a reader to be told: for each place the numbers that follow from its cells and tables."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pandas as pd
from readings import ALL, NUMBER, Group, Place, Reader, told

from inquiries.drop.method import LAGS
from inquiries.facts import choice_of
from inquiries.release import Release
from inquiries.words import Words, sentences

RATIOS = ("rate_ratio", "rr_low", "rr_high")
OTHERS = (
    "observed",
    "expected",
    "low",
    "high",
    "p",
    "p_adjusted",
    "power",
    "smallest_fall",
    "fall_if_hidden_1",
    "fall_if_hidden_4",
)
FIT = (
    "months",
    "hidden_months",
    "dispersion",
    "autocorrelation",
    "trend_pct_per_year",
    "coefficients",
)
# The sentences that have numbers of their own: "95 pct.", "the newest 60 months".
WITH_NUMBERS = ("drop.", "effect.", "warning.", "header.")
Allowed = dict[Place, set[str]]


def allowed(release: Release, source: str, reader: Reader) -> Allowed:
    """For each place every number that follows from the released figures of the total and the chosen groups."""
    found: Allowed = defaultdict(set)
    for group in {ALL, reader.choice.group, *reader.groups.values()}:
        _add_periods(found, release, source, group, reader.words)
        _add_effects(found, release, source, group, reader.words)
    _add_fit(found, release, source, reader)
    if reader.choice.group[0] == "municipality":
        _add_all_municipalities(found, release, source, reader.words)
    return found


def _add_periods(found: Allowed, release: Release, source: str, group: Group, words: Words) -> None:
    choice = {"source": source, **choice_of(*group)}
    for row in release.ask("release/months", **choice).itertuples():
        values = [row.count, row.expected, row.low, row.high]
        found[*group, "month", f"{row.month:%Y-%m}"] |= _told(values, words)
    for kind in ("quarter", "year", "phase"):
        for row in release.ask("release/periods", period_kind=kind, **choice).itertuples():
            found[*group, kind, row.period] |= _told([row.count], words)
    for row in release.ask("release/missing", **choice).itertuples():
        values = [row.missing, row.low, row.high, 0]
        found[*group, "missing", f"{row.month:%Y-%m}"] |= _told(values, words)


def _add_all_municipalities(found: Allowed, release: Release, source: str, words: Words) -> None:
    """What the map and its table may say: every municipality's years."""
    cells = release.ask("publish/shown_cells")
    is_own = (cells["source"] == source) & (cells["dimension_1"] == "municipality")
    for row in cells[is_own & (cells["period_kind"] == "year")].itertuples():
        found["municipality", row.value_1, "year", row.period] |= _told([row.count], words)


def _add_effects(found: Allowed, release: Release, source: str, group: Group, words: Words) -> None:
    """By the period that was compared, and by what it was compared with."""
    for row in release.ask("release/effects", source=source, **choice_of(*group)).itertuples():
        ratios = [getattr(row, name) for name in RATIOS]
        changes = [0, *(100 * (1 - ratio) for ratio in ratios), 100 * row.smallest_fall]
        values = [*ratios, *changes, *(getattr(row, name) for name in OTHERS)]
        for place in ((row.period_kind, row.period), (row.basis, row.period)):
            found[*group, *place] |= _told(values, words)


def _add_fit(found: Allowed, release: Release, source: str, reader: Reader) -> None:
    """The facts of the chosen group's fit, its residuals, and how they follow each other."""
    group, choice = reader.choice.group, choice_of(*reader.choice.group)
    fit = release.ask("release/fit", source=source, **choice)
    values = [getattr(row, name) for row in fit.itertuples() for name in FIT]
    in_phase = found[*group, "phase", reader.choice.phase]
    found[*group, "fit", ""] = in_phase | _told(values, reader.words, decimals=(0, 1, 2))
    rows = release.ask("release/residuals", source=source, **choice)
    for row in rows.itertuples():
        found[*group, "residual", f"{row.month:%Y-%m}"] = _told([row.residual], reader.words)
    lags = _autocorrelation(rows) if len(rows) else {}  # a municipality has no fit
    for lag, value in lags.items():
        found[*group, "lag", str(lag)] = _told([value], reader.words)


def _autocorrelation(rows: pd.DataFrame) -> dict[int, float]:
    """How far residuals so many months apart go together."""
    months = rows["month"].dt.year * 12 + rows["month"].dt.month
    residuals = dict(zip(months, rows["residual"] - rows["residual"].mean(), strict=True))
    whole = sum(residual**2 for residual in residuals.values())
    return {
        lag: sum(one * residuals.get(month - lag, 0) for month, one in residuals.items()) / whole
        for lag in range(1, LAGS + 1)
    }


def said(release: Release, source: str, reader: Reader) -> set[str]:
    """Every number a sentence may say of the source: those of its places, and what was missing when."""
    found = set().union(*allowed(release, source, reader).values())
    for group in (ALL, reader.choice.group):
        choice = {"source": source, **choice_of(*group)}
        missing = release.ask("release/missing", **choice)["missing"]
        if missing.empty:
            continue
        peak, end = float(missing.max()), float(missing.iloc[-1])
        effects = release.ask("release/effects", **choice)
        net = list(effects["observed"] - effects["expected"])
        rounded = list(effects["observed"].round() - effects["expected"].round())
        regained = [peak - end, 100 * (peak - end) / peak]
        found |= _told([peak, end, *regained, *net, *rounded], reader.words)
    return found


def of_sentences(release: Release, source: str, words: Words) -> set[str]:
    """The numbers that stand in the sentences themselves, and how many groups and releases there are."""
    texts = sentences(words.language).items()
    own = {
        one for key, text in texts if key.startswith(WITH_NUMBERS) for one in NUMBER.findall(text)
    }
    newest = release.ask("release/newest_effects", source=source)
    groups = newest[newest["dimension_1"] != ""]["value_1"].nunique()
    return own | {words.number(groups), words.number(release.about.number)}


def _told(values: list[Any], words: Words, decimals: tuple[int, ...] = (0, 1)) -> set[str]:
    """The numbers as they are told: closely, whole, or with one decimal; the sign stands beside."""
    there = [float(value) for value in values if pd.notna(value)]
    texts = [words.number(abs(value), places) for value in there for places in decimals]
    return {*texts, *(told(value, words) for value in there)}
