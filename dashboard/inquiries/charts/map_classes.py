"""The classes that the figures of a map are drawn in: where each ends, its colour, and what it is called."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
import pandas as pd

from inquiries.charts import theme
from inquiries.words import Words

STEPS, FULLEST = (10, 20, 50, 100), 250


@dataclass(frozen=True)
class Classes:
    """Where one class ends and the next begins, its colour, what it is called, and how a value is said."""

    edges: tuple[float, ...]
    colours: tuple[str, ...]
    labels: tuple[str, ...]
    said: Callable[[float], str]

    def colour(self, value: float) -> str:
        return self.colours[int(np.searchsorted(self.edges, value, side="right"))]


def classes_of_counts(values: pd.Series, unit: str, words: Words) -> Classes:
    """Five classes from few to many, their ends on round numbers that reach the highest value."""
    highest = float(values.max()) if values.notna().any() else 0.0
    power = math.ceil(math.log10(highest / FULLEST)) if highest > FULLEST else 0
    edges = tuple(float(step * 10**power) for step in STEPS)
    said = partial(_counted, unit=unit, words=words)
    return Classes(edges, theme.FEW_TO_MANY, _labels(edges, 1, words), said)


def classes_of_changes(words: Words) -> Classes:
    """Five classes of a change in per cent, from a deep fall to a rise.

    A change that may be chance has no value here: it is a mark, as_expected or too_few.
    """
    edges = (-50.0, -25.0, 0.0, 25.0)
    return Classes(
        edges, theme.FALL_TO_RISE, _labels(edges, 0, words), partial(_changed, words=words)
    )


def _labels(edges: tuple[float, ...], step: int, words: Words) -> tuple[str, ...]:
    between = [words.interval(low, high - step) for low, high in pairwise(edges)]
    lowest, highest = words.number(edges[0]), words.number(edges[-1])
    return (words("map.under", number=lowest), *between, words("map.from", number=highest))


def _counted(value: float, unit: str, words: Words) -> str:
    return f"{words.number(value)} {unit}"


def _changed(value: float, words: Words) -> str:
    return words("format.percent", number=words.signed(value))
