"""Tables of a release made from monthly counts, estimated, and asked as the pages ask a release."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from inquiries import engine
from inquiries.estimates import estimate
from inquiries.facts import Ask
from inquiries.periods import COMPLETE, MISSING, periods
from inquiries.release import FORMAT
from inquiries.released_series import Tables
from inquiries.vocabulary import label_table, phases

SOURCE = "s"
TOTAL = ("", "")
# A dimension and one of its values, or two empty texts for the total.
Group = tuple[str, str]


def phase_table(**spans: tuple[str, str]) -> pd.DataFrame:
    """The baseline to the first span, and the spans as phases: name=("2020-04", "2020-06")."""
    named = phases().iloc[:1]
    first = min(pd.Timestamp(begin) for begin, _ in spans.values())
    baseline = named.assign(last_month=first - pd.DateOffset(months=1))
    rows = [
        {
            **named.iloc[0],
            "phase": name,
            "role": "lockdown",
            "first_month": pd.Timestamp(begin),
            "last_month": pd.Timestamp(end),
            "short_da": name,
            "short_en": name,
        }
        for name, (begin, end) in spans.items()
    ]
    return pd.concat([baseline, pd.DataFrame(rows)], ignore_index=True)


def given(
    counts: Mapping[Group, pd.Series],
    named: pd.DataFrame,
    *,
    hidden: Mapping[Group, Sequence[str]] = {},
    same_reporters: bool = True,
    **more: pd.DataFrame,
) -> Tables:
    """The tables that estimates are made from: every cell of the counts is shown but the hidden months."""
    every = counts[TOTAL].index
    grid = periods(every[0], every[-1], named)
    grid = grid[[_reported(row, every) for row in grid.itertuples()]]
    cells = [_cells(group, series, grid, hidden.get(group, ())) for group, series in counts.items()]
    no_rows = {"source": [], "month": pd.DatetimeIndex([])}
    return {
        "cell": pd.concat(cells, ignore_index=True),
        "coverage": grid.assign(source=SOURCE, state=COMPLETE, masked=False).drop(
            columns=["last_month", "months"]
        ),
        "phase": named,
        "period": grid.drop(columns="months"),
        "source": _source(every, same_reporters),
        "label": label_table(),
        "series_break": pd.DataFrame(no_rows),
        "excluded_month": pd.DataFrame(no_rows),
        "reporter_change": pd.DataFrame(no_rows | {"counted_from": pd.DatetimeIndex([])}),
    } | more


def asked(tables: Tables) -> Ask:
    """The release's questions, answered from these tables and what is estimated from them."""
    connection = engine.connect(":memory:")
    engine.create(connection, f"release_{FORMAT}")
    said = {"built_at": "2026-11-22", "series": "1", "number": "7", "release": "2026-11-22-7"}
    about = pd.DataFrame(said.items(), columns=["key", "value"])
    for table, frame in {"about": about, **tables, **estimate(tables)}.items():
        if not frame.empty:
            engine.fill(connection, table, frame)
    return partial(engine.ask, connection)


def changed(
    ask: Ask,
    hidden: Mapping[Group, Sequence[str]] = {},
    states: Mapping[str, Sequence[str]] = {},
) -> Ask:
    """The same answers on values and their periods with some cells hidden, or periods in another state.

    What was estimated stays as it was: quicker than a release of its own, where nothing rests on it.
    """
    gone = {(code, period) for (_, code), periods in hidden.items() for period in periods}
    of_period = {period: state for state, periods in states.items() for period in periods}

    def answer(question: str, **params: Any) -> pd.DataFrame:
        found = ask(question, **params)
        if question != "release/breakdown":
            return found
        code = "" if params["dimension"] else params["chosen_value"]
        codes = found["code"] if params["dimension"] else pd.Series(code, index=found.index)
        told = zip(found["period"], found["state"], strict=True)
        states = pd.Series([of_period.get(*own) for own in told], index=found.index)
        is_gone = pd.Series(list(zip(codes, found["period"], strict=True))).isin(gone)
        count = found["count"].mask(is_gone.to_numpy() | (states == MISSING))
        return found.assign(count=count, state=states)

    return answer


def answering(ask: Ask, question: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Ask:
    """The same answers, those to one question changed."""

    def answer(asked_for: str, **params: Any) -> pd.DataFrame:
        found = ask(asked_for, **params)
        return change(found) if asked_for == question else found

    return answer


def _reported(period: object, every: pd.DatetimeIndex) -> bool:
    months = pd.date_range(period.first_month, period.last_month, freq="MS")  # type: ignore[attr-defined]
    return bool(months.isin(every).all())


def _cells(
    group: Group, series: pd.Series, grid: pd.DataFrame, hidden: Sequence[str]
) -> pd.DataFrame:
    shown = grid[~grid["period"].isin(hidden)]
    sums = [int(series[row.first_month : row.last_month].sum()) for row in shown.itertuples()]
    key = {"dimension_1": group[0], "value_1": group[1], "dimension_2": "", "value_2": ""}
    columns = ["last_month", "months"]
    return shown.assign(source=SOURCE, **key, count=sums).drop(columns=columns)


def _source(every: pd.DatetimeIndex, same_reporters: bool) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "source": SOURCE,
                "name_da": "Kilden",
                "name_en": "The source",
                "unit": "inquiry",
                "columns": "month municipality channel theme inquirer age_band gender count",
                "synthetic": False,
                "first_month": every[0],
                "data_through": every[-1],
                "same_reporters": same_reporters,
            }
        ]
    )
