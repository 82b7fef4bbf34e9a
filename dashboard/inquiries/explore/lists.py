"""What each choice is called in the lists of the page, made once for each source and language."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from inquiries.explore.offered import Offered
from inquiries.facts import Ask
from inquiries.words import Words


@dataclass(frozen=True)
class Lists:
    """The names by the ids that stand in an address, in the order of the lists; the empty id is of no choice."""

    by: dict[str, str]
    only: dict[str, str]
    months: dict[str, str]
    phases: dict[str, str]


def lists_of(ask: Ask, offered: Offered, words: Words) -> Lists:
    """The names of what a release offers of a source."""
    phases = {row.phase: words.of(row, "short") for row in ask("release/phases").itertuples()}
    return Lists(
        by={"": words("explore.not_divided")}
        | {by: _breakdown(by, offered, words) for by in offered.breakdowns},
        only={"": words("explore.everyone")}
        | {one: _choice(one, offered, words) for one in offered.choices},
        months={month: words.month(pd.Timestamp(month)) for month in offered.months},
        phases={phase: phases[phase] for phase in offered.phases},
    )


def _breakdown(by: str, offered: Offered, words: Words) -> str:
    """Kanal, or Henvendelse fra: Fagperson, delt op."""
    dimension, _, group = by.partition(".")
    name = words(f"dimension.{dimension}")
    if not group:
        return name
    labels = offered.labels["region" if dimension == "municipality" else dimension]
    return words("explore.divided", dimension=name, group=words.of(labels[group], "label"))


def _choice(only: str, offered: Offered, words: Words) -> str:
    dimension, _, code = only.partition(".")
    label = words.of(offered.labels[dimension][code], "label")
    return words("drop.in_group", dimension=words(f"dimension.{dimension}"), group=label)
