"""What may be shown: the threshold and its neighbours, exact totals, both methods, and what must never move."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiries import lattice
from inquiries.cell_keys import KEY_SPACE
from inquiries.home import Home
from inquiries.periods import periods
from inquiries.perturbation import noise, published_cut_points
from inquiries.policy import policy_of
from inquiries.protect import exact_totals, protect
from inquiries.vocabulary import phases

# The rule with the table whose cut points others have checked.
PROPOSED = replace(policy_of(Home(Path("nowhere"))), largest_noise=5)
ROUNDING = replace(PROPOSED, method="rounding")
SECRET = bytes(range(32))
JANUARY = pd.Timestamp("2020-01-01")
NONE_EXACT = pd.DataFrame({"period_kind": [], "period": []}, dtype="str")
CELL = ["period_kind", "period", "dimension_1", "value_1", "dimension_2", "value_2"]
ONE_MORE_AT_MOST = 0.16


@cache
def key_for(count: int, moved_by: int) -> int:
    """A cell key under which this count is moved by so much."""
    cuts = published_cut_points()
    own = cuts[(cuts["i"] == min(count, 5)) & (cuts["v"] == moved_by)]
    return int(own["lo"].iloc[0])


def one_cell(count: int, moved_by: int = 0, dimension: str = "gender") -> pd.DataFrame:
    value = "woman" if dimension else ""
    cell = ("month", "2020-01", JANUARY, dimension, value, "", "", count, key_for(count, moved_by))
    return pd.DataFrame([cell], columns=[*CELL[:2], "first_month", *CELL[2:], "count", "cell_key"])


def shown(
    cells: pd.DataFrame, policy: object = PROPOSED, exact: pd.DataFrame = NONE_EXACT
) -> list[int]:
    return list(protect(cells, exact, policy)["count"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("count", "moved_by", "expected"),
    [
        (0, 0, []),
        (1, 4, []),
        (4, 0, []),
        (4, 1, []),
        (4, 5, []),
        (5, 0, [5]),
        (5, -1, []),
        (5, -5, []),
        (6, -2, []),
        (6, -1, [5]),
        (9, -5, []),
        (10, -5, [5]),
        (5, 5, [10]),
        (100, 3, [103]),
    ],
)
def test_a_count_is_shown_when_it_and_what_is_shown_for_it_are_5_or_more(
    count: int, moved_by: int, expected: list[int]
) -> None:
    assert shown(one_cell(count, moved_by)) == expected


def test_a_true_0_is_as_absent_as_a_small_count() -> None:
    nothing, few = (protect(one_cell(count), NONE_EXACT, PROPOSED) for count in (0, 3))
    pd.testing.assert_frame_equal(nothing, few)


def test_a_key_leaves_with_no_cell() -> None:
    assert "cell_key" not in protect(one_cell(20), NONE_EXACT, PROPOSED).columns


def test_only_the_total_of_an_exact_period_is_shown_as_it_is() -> None:
    exact = pd.DataFrame({"period_kind": ["month"], "period": ["2020-01"]})
    assert shown(one_cell(30, 2, dimension=""), exact=exact) == [30]
    assert shown(one_cell(30, 2, dimension="")) == [32]
    assert shown(one_cell(30, 2), exact=exact) == [32]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, []),
        (4, []),
        (5, []),
        (9, []),
        (10, [10]),
        (14, [10]),
        (15, [20]),
        (24, [20]),
        (25, [30]),
    ],
)
def test_rounding_shows_the_nearest_10_and_hides_what_is_below(
    count: int, expected: list[int]
) -> None:
    assert shown(one_cell(count), ROUNDING) == expected


GRID = periods(JANUARY, pd.Timestamp("2020-12-01"), phases())


def exact_periods(*counts: dict[str, int]) -> set[str]:
    """The exact periods of a year whose months have these counts by reporter, the last one repeated."""
    months = pd.date_range(JANUARY, periods=12, freq="MS")
    padded = [*counts, *[counts[-1]] * (12 - len(counts))]
    by_reporter = pd.DataFrame(
        [
            {"month": month, "reporter": reporter, "count": count}
            for month, own in zip(months, padded, strict=True)
            for reporter, count in own.items()
        ]
    )
    return set(exact_totals(by_reporter, GRID, PROPOSED)["period"])


@pytest.mark.parametrize(("count", "is_exact"), [(19, False), (20, True)])
def test_a_month_of_20_is_exact_and_one_of_19_is_not(count: int, is_exact: bool) -> None:
    assert ("2020-01" in exact_periods({"a": count}, {"a": 20})) == is_exact


@pytest.mark.parametrize(("rest", "is_exact"), [(0, True), (1, False), (19, False), (20, True)])
def test_what_is_left_without_a_reporter_is_nothing_or_20(rest: int, is_exact: bool) -> None:
    assert ("2020-01" in exact_periods({"a": 40, "b": rest}, {"a": 20})) == is_exact


def test_a_period_with_one_weak_month_is_not_exact() -> None:
    found = exact_periods({"a": 90}, {"a": 19}, {"a": 90})
    assert not found & {"2020-02", "2020Q1", "2020"}
    assert {"2020-01", "2020-03", "2020Q2"} <= found


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=12, max_size=12))
def test_exact_totals_stay_large_when_subtracted_and_without_a_reporter(
    counts: list[tuple[int, int]],
) -> None:
    """Any whole number of months left over is 0 or 20 and more, for each reporter's others too."""
    found = exact_periods(*({"a": a, "b": b} for a, b in counts))
    months = dict(
        zip(GRID["period"], zip(GRID["first_month"], GRID["last_month"], strict=True), strict=True)
    )
    covered = [set(pd.date_range(*months[period], freq="MS").month) for period in found]
    for left in (one - other for one in covered for other in [*covered, set()]):
        own = np.array([counts[month - 1] for month in left]).reshape(-1, 2).sum(0)
        assert all(rest == 0 or rest >= 20 for rest in (*own, own.sum()))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, KEY_SPACE - 1)), min_size=1, max_size=40)
)
def test_the_cell_key_method_moves_as_the_table_says(found: list[tuple[int, int]]) -> None:
    cells = pd.concat([one_cell(1)] * len(found), ignore_index=True)
    cells = cells.assign(count=[n for n, _ in found], cell_key=[key for _, key in found])
    moved = cells["count"] + noise(cells["count"], cells["cell_key"], published_cut_points())
    expected = moved[(cells["count"] >= 5) & (moved >= 5)]
    assert shown(cells) == list(expected)


CODES = {
    "municipality": ["101", "461", "851"],
    "channel": ["phone", "chat"],
    "theme": ["threats", "other"],
    "inquirer": ["parent", "other_relative", "self"],
    "age_band": ["under_15", "age_15_17", "age_18_24"],
    "gender": ["woman", "man", "unknown"],
}
MONTHS = list(pd.date_range(JANUARY, periods=4, freq="MS"))
combination = st.tuples(st.sampled_from(MONTHS), *(st.sampled_from(own) for own in CODES.values()))
cubes = st.dictionaries(combination, st.integers(1, 40), min_size=1, max_size=30).map(
    lambda cube: pd.DataFrame(
        [(*key, count) for key, count in cube.items()], columns=["month", *CODES, "count"]
    )
)


def cells_of(rows: pd.DataFrame, last: pd.Timestamp = MONTHS[-1]) -> pd.DataFrame:
    return lattice.cells("made-up", [rows], periods(JANUARY, last, phases()), SECRET)


def released(rows: pd.DataFrame, policy: object = PROPOSED) -> pd.DataFrame:
    return protect(cells_of(rows), NONE_EXACT, policy).set_index([*CELL])["count"]  # type: ignore[arg-type]


@settings(max_examples=12, deadline=None)
@given(cubes, st.sampled_from([PROPOSED, ROUNDING]))
def test_nothing_in_a_release_is_small_or_stands_for_something_small(
    rows: pd.DataFrame, policy: object
) -> None:
    true = cells_of(rows).set_index(CELL)["count"]
    found = released(rows, policy)
    assert (found >= 5).all()
    assert (true.reindex(found.index) >= 5).all()


@settings(max_examples=10, deadline=None)
@given(cubes, st.randoms())
def test_the_order_of_rows_never_matters(rows: pd.DataFrame, random: object) -> None:
    mixed = rows.sample(frac=1, random_state=random.randrange(2**32))  # type: ignore[attr-defined]
    pd.testing.assert_frame_equal(cells_of(rows), cells_of(mixed))


@settings(max_examples=10, deadline=None)
@given(cubes)
def test_a_month_keeps_its_figures_when_another_is_added(rows: pd.DataFrame) -> None:
    first = rows[rows["month"] < MONTHS[-1]]
    if first.empty:
        return
    before, after = released(first), released(rows)
    kept = after[after.index.get_level_values("period") < "2020-04"]
    kept = kept[kept.index.get_level_values("period_kind") == "month"]
    months = before[before.index.get_level_values("period_kind") == "month"]
    pd.testing.assert_series_equal(kept, months)


@pytest.mark.parametrize("start", [5, 20, 60])
def test_one_late_inquiry_seldom_shows_as_one_more(start: int) -> None:
    """Noise drawn for a row as such would give exactly one more every time."""
    months = pd.date_range("1900-01-01", periods=1500, freq="MS")
    codes = {column: values[0] for column, values in CODES.items()}
    rows = pd.DataFrame({"month": months, **codes, "count": start})
    grid = periods(months[0], months[-1], phases())
    before, after = (
        lattice.cells("made-up", [rows.assign(count=count)], grid, SECRET)
        for count in (start, start + 1)
    )
    totals = [
        cells[(cells["dimension_1"] == "") & (cells["period_kind"] == "month")]
        for cells in (before, after)
    ]
    moved = [
        own["count"] + noise(own["count"], own["cell_key"], published_cut_points())
        for own in totals
    ]
    share = float((moved[1].to_numpy() - moved[0].to_numpy() == 1).mean())
    error = (ONE_MORE_AT_MOST * (1 - ONE_MORE_AT_MOST) / len(months)) ** 0.5
    assert share <= ONE_MORE_AT_MOST + 3 * error
