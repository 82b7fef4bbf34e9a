"""One municipality in a release: its quarters and years, what is hidden, and the drop in its region and the country."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from inquiries import effect_words
from inquiries.among import DIMENSION, Among, among
from inquiries.coarser import coarser
from inquiries.drop.likeness import to_mind
from inquiries.facts import MAIN_PHASE, Ask, Facts, choice_of, facts_of
from inquiries.series import new_series_since
from inquiries.tables import NOTHING, is_hidden, quarter_name, year_grid, year_name
from inquiries.vocabulary import UNKNOWN, municipality_regions, vocabulary
from inquiries.words import Words


@dataclass(frozen=True)
class Drop:
    """The change in one place in the first lockdown: where, how much, in a sentence, and what to mind."""

    place: str
    change: str
    lead: str
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """A row a year, none when all are hidden; how many are, what can be shown instead of the newest, and what to know."""

    grid: pd.DataFrame | None
    hidden: str
    nearest: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Municipality:
    """All that is told of a municipality, in the reader's words.

    `figures` is None for a source that does not register municipalities.
    """

    code: str
    name: str
    figures: Figures | None
    among: Among | None
    drops: tuple[Drop, ...]
    guards: tuple[str, ...]
    is_sample: bool
    caption: str


def municipality(ask: Ask, source: str, code: str, words: Words) -> Municipality:
    """What one release tells of a source's inquiries in a municipality."""
    country = facts_of(ask, source)
    is_registered = DIMENSION in country.source.columns.split()
    places = [country]
    if is_registered:
        places.insert(0, facts_of(ask, source, "region", _region_of(code, country)))
    return Municipality(
        code=code,
        name=vocabulary().text(DIMENSION, code, words.language),
        figures=_figures(ask, country, code, words) if is_registered else None,
        among=among(ask, country, code, words) if is_registered else None,
        drops=tuple(_drop(ask, facts, words) for facts in places),
        guards=_guards(places, words),
        is_sample=bool(country.source.synthetic),
        caption=effect_words.caption(country.source, new_series_since(ask), words),
    )


def _region_of(code: str, country: Facts) -> str:
    """The region a municipality lay in when the lockdown began, which its drop is told of."""
    seats = municipality_regions()
    then = country.phase(MAIN_PHASE).first_month
    own = seats[(seats["municipality"] == code) & (seats["first_month"] <= then)]
    return str(own.loc[then <= own["last_month"], "region"].item())


def _figures(ask: Ask, country: Facts, code: str, words: Words) -> Figures:
    source = country.source.source
    quarters, years = (_periods(ask, source, code, kind) for kind in ("quarter", "year"))
    is_shown = not is_hidden(pd.concat([quarters, years])).all()
    exactness = [words("municipality.small", unit=effect_words.unit_of(country, words))]
    return Figures(
        grid=year_grid(quarters, years, words) if is_shown else None,
        hidden=_hidden(quarters, years, words),
        nearest=_nearest(ask, country, code, quarters, words),
        notes=(*exactness * is_shown, *_not_stated(ask, country, words)),
    )


def _periods(ask: Ask, source: str, code: str, kind: str) -> pd.DataFrame:
    return ask("release/periods", source=source, period_kind=kind, **choice_of(DIMENSION, code))


def _drop(ask: Ask, facts: Facts, words: Words) -> Drop:
    effect = effect_words.judged(facts, MAIN_PHASE)
    return Drop(
        place=words("municipality.country")
        if facts.group is None
        else words.of(facts.group, "label"),
        change=_change(effect, words),
        lead=effect_words.lead(facts, facts.phase(MAIN_PHASE), effect, words),
        warnings=to_mind(ask, facts, effect, words),
    )


def _change(effect: Any | None, words: Words) -> str:
    """The change in per cent with its sign, but only of a fall or a rise."""
    if effect_words.verdict_of(effect) not in ("fall", "rise"):
        return NOTHING
    assert effect is not None
    change = effect_words.changed(effect)["change"]
    return words("format.percent", number=words.signed(change))


def _guards(places: list[Facts], words: Words) -> tuple[str, ...]:
    """That fewer inquiries are not fewer conflicts, always; and its twin where there was a rise."""
    effects = [None, *(effect_words.judged(facts, MAIN_PHASE) for facts in places)]
    return tuple(dict.fromkeys(effect_words.guard(effect, words) for effect in effects))


def _not_stated(ask: Ask, country: Facts, words: Words) -> list[str]:
    """How many inquiries of the newest year shown are of no known municipality."""
    years = _periods(ask, country.source.source, UNKNOWN, "year").dropna(subset=["count"])
    return [
        words(
            "municipality.unknown",
            year=year_name(row.month),
            number=words.number(row.count),
            unit=effect_words.unit_of(country, words),
        )
        for row in years.tail(1).itertuples()
    ]


def _hidden(quarters: pd.DataFrame, years: pd.DataFrame, words: Words) -> str:
    """How many figures are hidden, and why; nothing when none is."""
    hidden = {"quarters": is_hidden(quarters), "years": is_hidden(years)}
    if not any(found.any() for found in hidden.values()):
        return ""
    counted = {name: words.number(found.sum()) for name, found in hidden.items()}
    all_of = {f"all_{name}": words.number(len(found)) for name, found in hidden.items()}
    return words("municipality.hidden", **counted, **all_of)


def _nearest(ask: Ask, country: Facts, code: str, quarters: pd.DataFrame, words: Words) -> str:
    """What can be shown instead of the newest hidden quarter: the year, the region, or the country."""
    hidden = quarters.loc[is_hidden(quarters), "month"]
    if hidden.empty:
        return ""
    asked = {"period_kind": "quarter", "dimension": DIMENSION, "value": code}
    found = coarser(ask, country.source.source, hidden.max(), **asked)
    name = quarter_name(hidden.max(), words)
    if found is None:
        return words("municipality.nothing_near", quarter=name)
    period = quarter_name(found.first_month, words)
    return words(
        "municipality.nearest",
        quarter=name,
        place=_place(found.dimension, found.value, words),
        period=period if found.period_kind == "quarter" else year_name(found.first_month),
        number=words.number(found.count),
        unit=effect_words.unit_of(country, words),
    )


def _place(dimension: str, value: str, words: Words) -> str:
    if dimension == "":
        return words("municipality.country")
    return vocabulary().text(dimension, value, words.language)
