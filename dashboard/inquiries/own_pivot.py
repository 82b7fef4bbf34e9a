"""The table of exact figures: rows by one or two dimensions, columns of months, quarters or years, and their sums.

A figure is the part that is known and how many rows more are masked: 40 (37-46). A month that
nobody filed is no 0, and a sum in which one is missing says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import pandas as pd

from inquiries.filing import span
from inquiries.periods import MISSING, PROVISIONAL
from inquiries.vocabulary import vocabulary
from inquiries.words import Words

PERIODS = {"month": "M", "quarter": "Q", "year": "Y"}
# The code of a row that sums up all of a dimension.
ALL = ""
KEYS = ["row_1", "row_2"]
MOST_ROWS = 2
# Most municipalities lie in one region all the time, so their products are nonsense.
PLACES = {"region", "municipality"}

Line = tuple[str, str]


@dataclass(frozen=True)
class Column:
    """A month, a quarter or a year, as much of it as was chosen, and whether it was filed.

    It is missing when nobody filed any of its months, and provisional when some of them are not, or
    not in full.
    """

    first: pd.Timestamp
    last: pd.Timestamp
    state: str


@dataclass(frozen=True)
class Pivot:
    """The figures, line by line: `exact` and `masked` have a column for each of `columns`.

    The lines are pairs of codes; an empty one stands for all of its dimension. The last column is
    the sum of those before it, and the last line is that of all.
    """

    rows: tuple[str, ...]
    columns: tuple[Column, ...]
    exact: pd.DataFrame
    masked: pd.DataFrame

    @property
    def lines(self) -> list[Line]:
        return list(self.exact.index)


def pivot(
    counts: pd.DataFrame,
    rows: tuple[str, ...],
    states: pd.Series,
    period: str,
    wanted: Mapping[str, Sequence[str]],
) -> Pivot:
    """The table of `counts` (month, the dimensions of `rows`, exact, masked).

    `states` says of each month that was chosen whether it was filed. `wanted` are the codes of each
    dimension that were asked for: they have a row though nothing was registered.
    """
    if len(rows) > MOST_ROWS:
        raise ValueError(rows)
    spans = states.index.to_series().groupby(states.index.to_period(PERIODS[period]))
    columns = [_column(months.index, states) for _, months in spans]
    place = {month: at for at, (_, months) in enumerate(spans) for month in months.index}
    blank = dict.fromkeys(KEYS[len(rows) :], ALL)
    keyed = counts.rename(columns=dict(zip(rows, KEYS, strict=False))).assign(
        place=counts["month"].map(place), **blank
    )
    summed = _summed(keyed, len(rows))
    lines = pd.MultiIndex.from_tuples(_lines(keyed, rows, wanted), names=KEYS)
    parts = {name: _wide(summed[name], lines, len(columns)) for name in ("exact", "masked")}
    return Pivot(rows, (*columns, _column(states.index, states)), **parts)


def figure(exact: int, masked: int, words: Words) -> str:
    """40, or 40 (37-46) where some of it is known as 1 to 4 alone."""
    low, stands, high = span(exact, masked)
    count = words.number(stands)
    return f"{count} ({words.interval(low, high)})" if masked else count


def shown(found: Pivot, words: Words) -> pd.DataFrame:
    """The table in words: figure or mark, a line and a column for each sum."""
    names = [words(f"dimension.{name}") for name in found.rows] or [
        words("own_figures.column_what")
    ]
    table = pd.DataFrame(
        [_line_name(line, found.rows, words)[: len(names)] for line in found.lines], columns=names
    )
    for place, column in enumerate(found.columns):
        table[column_name(found, place, words)] = _cells(found, place, column, words)
    return table


def tidy(found: Pivot, words: Words) -> pd.DataFrame:
    """The same with a row for each figure, for a file: numbers are whole and stand alone."""
    said = ("first_month", "last_month", "count", "low", "high", "state")
    names = [words(f"dimension.{name}") for name in found.rows] or [
        words("own_figures.column_what")
    ]
    rows = [
        (
            *_line_name(line, found.rows, words)[: len(names)],
            column.first.strftime("%Y-%m"),
            column.last.strftime("%Y-%m"),
            *_numbers(found, line, place),
            words(f"own_figures.state_{column.state}"),
        )
        for line in found.lines
        for place, column in enumerate(found.columns)
    ]
    return pd.DataFrame(
        rows, columns=[*names, *(words(f"own_figures.column_{name}") for name in said)]
    )


def value_name(dimension: str, code: str, words: Words) -> str:
    """The label of a code; a group that has parts stands for what was not said more closely."""
    label = vocabulary().text(dimension, code, words.language)
    has_parts = any(part.group == code for part in vocabulary().of(dimension))
    return words("own_figures.not_specified", group=label) if has_parts else label


def column_name(found: Pivot, place: int, words: Words) -> str:
    """The months of a column, "i alt" for the last; and whether some of it is missing."""
    column = found.columns[place]
    name = words.months(column.first, column.last)
    if place == len(found.columns) - 1:
        name = words("own_figures.total_of", months=name)
    return words("mark.provisional", number=name) if column.state == PROVISIONAL else name


def _column(months: pd.DatetimeIndex, states: pd.Series) -> Column:
    known = set(states[months])
    state = next(iter(known)) if len(known) == 1 else PROVISIONAL
    return Column(months[0], months[-1], state)


def _summed(keyed: pd.DataFrame, depth: int) -> pd.DataFrame:
    """The sums of every line: of each pair, of each first code, and of all."""
    parts = [
        keyed.assign(**dict.fromkeys(KEYS[kept:], ALL)) if kept < depth else keyed
        for kept in range(depth + 1)
    ]
    return pd.concat(parts).groupby([*KEYS, "place"])[["exact", "masked"]].sum()


def _lines(
    keyed: pd.DataFrame, rows: tuple[str, ...], wanted: Mapping[str, Sequence[str]]
) -> list[Line]:
    """Every line in the order of the lists: the pairs of a code, their sum, and the sum of all last."""
    values = [
        _ordered(name, {*keyed[key], *wanted.get(name, ())})
        for name, key in zip(rows, KEYS, strict=False)
    ]
    if not values:
        return [(ALL, ALL)]
    if len(values) == 1:
        return [*((code, ALL) for code in values[0]), (ALL, ALL)]
    pairs = set(product(*values))
    if set(rows) == PLACES:
        pairs = set(zip(keyed[KEYS[0]], keyed[KEYS[1]], strict=True))
    lines = []
    for first in values[0]:
        lines += [(first, second) for second in values[1] if (first, second) in pairs]
        lines.append((first, ALL))
    return [*lines, (ALL, ALL)]


def _ordered(dimension: str, codes: set[str]) -> list[str]:
    return [label.code for label in vocabulary().of(dimension) if label.code in codes]


def _wide(sums: pd.Series, lines: pd.MultiIndex, width: int) -> pd.DataFrame:
    """A line for each of `lines`, a column for each place, and their sum last."""
    wide = sums.unstack("place").reindex(index=lines, columns=range(width)).fillna(0)
    wide[width] = wide.sum(axis=1)
    return wide.astype("int64")


def _line_name(line: Line, rows: tuple[str, ...], words: Words) -> list[str]:
    """What a line is of, in a text for each dimension."""
    total = words("own_figures.total")
    if line == (ALL, ALL):
        return [total, ALL]
    named = [
        value_name(name, code, words) if code else total
        for name, code in zip(rows, line, strict=False)
    ]
    return [*named, ALL][:MOST_ROWS]


def _cells(found: Pivot, place: int, column: Column, words: Words) -> list[str]:
    if column.state == MISSING:
        return [words("mark.missing")] * len(found.lines)
    return [
        figure(int(exact), int(masked), words)
        for exact, masked in zip(found.exact[place], found.masked[place], strict=True)
    ]


def _numbers(found: Pivot, line: Line, place: int) -> tuple[int | str, int | str, int | str]:
    """Count, least and most of one figure; nothing where nobody filed."""
    if found.columns[place].state == MISSING:
        return "", "", ""
    low, stands, high = span(int(found.exact.at[line, place]), int(found.masked.at[line, place]))
    return stands, low, high
