"""What a release says of every series: by the model and other baselines, of groups, and of the newest months."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from inquiries.effect import ENOUGH_POWER, SMALLEST_EXPECTED, power, smallest_fall
from inquiries.estimates import estimate
from inquiries.expected import Expectation, count_limits
from inquiries.released_series import Tables
from inquiries.vocabulary import phases
from tests.released import SOURCE, TOTAL, Group, given, phase_table

REFERENCE = Path(__file__).parent / "reference"
CASES = json.loads((REFERENCE / "its_reference.json").read_text())["model_cases"]
WINDOWS = [
    pytest.param(case, window, id=f"{case['id']}-{window['name']}")
    for case in CASES
    if case["offset_column"] is None
    for window in case["windows"]
    if window["result"]["expected"] >= SMALLEST_EXPECTED
]
PHONE, CHAT, EMAIL = ("channel", "phone"), ("channel", "chat"), ("channel", "email")
LEVEL = {PHONE: 60, CHAT: 40, EMAIL: 50}


def steady(level: float, first: str = "2016-01", last: str = "2026-08", seed: int = 1) -> pd.Series:
    """Counts that vary by chance alone around a level."""
    every = pd.date_range(first, last, freq="MS")
    return pd.Series(np.random.default_rng(seed).poisson(level, len(every)), every)


def grouped(**falls: float) -> dict[Group, pd.Series]:
    """Three channels and their total, each with its own fall in April to June 2020."""
    parts = {group: steady(level, seed=place) for place, (group, level) in enumerate(LEVEL.items())}
    for group, series in parts.items():
        window = series["2020-04":"2020-06"]  # type: ignore[misc]
        series[window.index] = (window * (1 - falls.get(group[1], 0))).round().astype(int)
    total = sum(parts.values(), start=pd.Series(0, parts[PHONE].index))
    return {TOTAL: total, **parts}


def effects(tables: Tables, basis: str, group: Group = TOTAL) -> dict[str, Any]:
    """The lines of one basis and group, by period."""
    found = estimate(tables)["effect"]
    if found.empty:
        return {}
    own = found[(found["basis"] == basis) & (found["value_1"] == group[1])]
    return {row.period: row for row in own.itertuples()}


@pytest.mark.parametrize(("case", "window"), WINDOWS)
def test_a_release_agrees_with_the_reference(case: dict[str, Any], window: dict[str, Any]) -> None:
    rows = pd.read_csv(REFERENCE / case["file"], parse_dates=["month"])
    counts = rows.set_index("month")[case["column"]].loc[case["baseline"][0] :]
    named = phase_table(window=(window["from"], window["to"]))
    named.loc[0, "last_month"] = pd.Timestamp(case["baseline"][1])
    found = effects(given({TOTAL: counts.astype(int)}, named), "model")["window"]
    names = {"pi_low": "low", "pi_high": "high", "p_predictive": "p"}
    for name in ("observed", "expected", "pi_low", "pi_high", "rate_ratio", "rr_low", "rr_high"):
        assert getattr(found, names.get(name, name)) == pytest.approx(
            window["result"][name], rel=1e-6
        )
    assert found.p == pytest.approx(window["result"]["p_predictive"], abs=1e-6)


@pytest.mark.parametrize(
    ("basis", "before"),
    [
        ("last_year", ["2019-04", "2019-05", "2019-06"]),
        ("two_years", ["2018-04", "2018-05", "2018-06", "2019-04", "2019-05", "2019-06"]),
        ("just_before", ["2019-12", "2020-01", "2020-02"]),
    ],
)
def test_each_other_baseline_is_of_its_own_months(basis: str, before: list[str]) -> None:
    counts = steady(100)
    found = effects(given({TOTAL: counts}, phases()), basis)["lockdown_1"]
    assert found.expected == pytest.approx(3 * counts[pd.DatetimeIndex(before)].mean())


@pytest.mark.parametrize(
    ("month", "lost"),
    [
        ("2019-05", {"last_year", "two_years", "three_years"}),
        ("2017-05", {"three_years"}),
        ("2020-01", {"just_before"}),
        ("2016-05", set()),
    ],
)
def test_a_hidden_month_takes_away_the_baselines_it_stands_in(month: str, lost: set[str]) -> None:
    counts = {TOTAL: steady(100)}
    bases = ("last_year", "two_years", "three_years", "just_before", "no_trend")
    tables = given(counts, phases(), hidden={TOTAL: [month]})
    assert {basis for basis in bases if "lockdown_1" not in effects(tables, basis)} == lost


def test_a_baseline_of_former_years_misses_where_there_is_growth_and_the_model_does_not() -> None:
    every = pd.date_range("2016-01", "2021-12", freq="MS")
    growing = pd.Series(np.round(100 * 1.1 ** (np.arange(len(every)) / 12)).astype(int), every)
    tables = given({TOTAL: growing}, phases())
    assert effects(tables, "model")["lockdown_1"].verdict != "rise"
    assert effects(tables, "three_years")["lockdown_1"].verdict == "rise"


def test_a_series_of_six_months_is_set_against_the_months_just_before() -> None:
    """The UK Forced Marriage Unit: 82 a month in January to March 2020, 44 in April to June."""
    months = pd.date_range("2020-01", periods=6, freq="MS")
    counts = pd.Series([82, 82, 82, 44, 44, 44], months)
    tables = given({TOTAL: counts}, phase_table(lockdown_1=("2020-04", "2020-06")))
    assert effects(tables, "model") == {}
    found = effects(tables, "just_before")["lockdown_1"]
    assert 100 * (1 - found.rate_ratio) == pytest.approx(46.3, abs=0.05)
    assert (found.rr_low, found.rr_high) == pytest.approx((0.430969, 0.665620), abs=1e-6)
    assert found.verdict == "fall"


def contrasts(tables: Tables) -> dict[str, Any]:
    found = estimate(tables)["contrast"]
    first = found[found["period"] == "lockdown_1"]
    return {row.value_1: row for row in first.itertuples()}


def test_only_the_group_that_fell_more_than_the_others_differs() -> None:
    found = contrasts(given(grouped(chat=0.6), phases()))
    assert found["chat"].ratio < 1 and found["chat"].p_adjusted < 0.05
    assert found["phone"].p_adjusted > 0.05 or found["phone"].ratio > 1
    assert all(row.p_adjusted >= row.p for row in found.values())


def test_groups_that_fell_alike_do_not_differ() -> None:
    found = contrasts(given(grouped(phone=0.5, chat=0.5, email=0.5), phases()))
    assert set(found) == {"phone", "chat", "email"}
    assert min(row.p_adjusted for row in found.values()) > 0.05


def test_a_group_is_compared_with_the_rest_and_not_with_a_total_that_holds_it() -> None:
    parts = grouped(chat=0.6)
    rest = {TOTAL: parts[TOTAL] - parts[CHAT]}
    alone = effects(given(rest, phases()), "model")["lockdown_1"]
    own = effects(given(parts, phases()), "model", CHAT)["lockdown_1"]
    found = contrasts(given(parts, phases()))["chat"]
    assert found.ratio == pytest.approx(own.rate_ratio / alone.rate_ratio)


# The newest months


def test_an_ordinary_month_and_quarter_are_not_unusual() -> None:
    found = effects(given({TOTAL: steady(200)}, phases()), "newest")
    assert set(found) == {"2026-08", "2026Q2"}
    assert {row.verdict for row in found.values()} == {"as_expected"}


def test_a_sudden_fall_is_unusual_and_the_lockdown_is_no_measure() -> None:
    counts = steady(200)
    counts["2020-03":"2022-02"] = 10  # type: ignore[misc]
    counts["2026-08"] = 120
    found = effects(given({TOTAL: counts}, phases()), "newest")["2026-08"]
    assert found.verdict == "fall"
    assert found.expected == pytest.approx(200, rel=0.15)


@pytest.mark.parametrize(
    ("first", "is_judged"),
    [("2024-02", True), ("2024-05", False)],
    ids=["26 months before the quarter", "23 months before the quarter"],
)
def test_two_years_are_needed_before_what_is_judged(first: str, is_judged: bool) -> None:
    counts = steady(200, first=first)
    assert bool(effects(given({TOTAL: counts}, phases()), "newest")) is is_judged


@pytest.mark.parametrize("table", ["series_break", "reporter_change"])
def test_the_newest_months_are_measured_from_the_last_change_on(table: str) -> None:
    counts = steady(100)
    counts["2023-06":] = steady(200)["2023-06":]  # type: ignore[misc]
    change = pd.Timestamp("2023-06-01")
    noted = pd.DataFrame({"source": [SOURCE], "month": [change], "counted_from": [change]})
    without = effects(given({TOTAL: counts}, phases()), "newest")["2026-08"]
    found = effects(given({TOTAL: counts}, phases(), **{table: noted}), "newest")["2026-08"]
    assert found.expected == pytest.approx(200, rel=0.1)
    assert abs(without.expected - 200) > abs(found.expected - 200)


def test_many_groups_looked_at_together_must_stand_out_further() -> None:
    found = estimate(given(grouped(), phases()))["effect"]
    own = found[(found["basis"] == "newest") & (found["value_1"] != "")]
    assert len(own) == 6
    assert (own["p_adjusted"] >= own["p"]).all() and (own["p_adjusted"] > own["p"]).any()


# What may be said


@pytest.mark.parametrize(
    ("mean", "found"), [(2000.0, 0.04), (360.0, 0.1), (60.0, 0.25), (8.0, None)]
)
def test_the_smallest_fall_is_the_first_with_enough_power(mean: float, found: float | None) -> None:
    low, high = (int(limit) for limit in count_limits(mean, mean))
    expectation = Expectation(3, mean, mean, low, high, mean, 0.0, 40)
    smallest = smallest_fall(lambda fall: power(expectation, fall))
    if found is None:
        assert smallest is None or smallest > 0.6
        return
    assert smallest == pytest.approx(found, abs=0.12)
    assert power(expectation, smallest) >= ENOUGH_POWER > power(expectation, smallest - 0.01)


def test_an_excluded_month_stands_in_no_baseline() -> None:
    counts = steady(100)
    counts["2018-05"] = 1000
    month = pd.DataFrame({"source": [SOURCE], "month": [pd.Timestamp("2018-05-01")]})
    with_it = estimate(given({TOTAL: counts}, phases()))["fit"].iloc[0]
    without = estimate(given({TOTAL: counts}, phases(), excluded_month=month))["fit"].iloc[0]
    assert (with_it["months"], without["months"]) == (50, 49)
    assert without["dispersion"] < 2 < with_it["dispersion"]


@pytest.mark.parametrize(
    ("month", "warned"), [("2018-06", True), ("2020-05", True), ("2021-01", False)]
)
def test_a_comparison_across_a_break_warns(month: str, warned: bool) -> None:
    noted = pd.DataFrame({"source": [SOURCE], "month": [pd.Timestamp(month)]})
    found = effects(given({TOTAL: steady(100)}, phases(), series_break=noted), "model")
    assert ("new_definition" in found["lockdown_1"].warnings) is warned


def test_without_the_same_reporters_nothing_is_compared_with_the_time_before() -> None:
    tables = given({TOTAL: steady(100)}, phases(), same_reporters=False)
    found = estimate(tables)
    assert list(found["fit"]["outcome"]) == ["no_same_reporters"]
    assert set(found["effect"]["basis"]) <= {"newest", "year_before"}


NOTHING_TO_COMPARE = {
    "no baseline": (steady(100, first="2020-03"), "too_short"),
    "all zeros": (steady(0), "no_counts"),
    "one month": (steady(100, first="2020-04", last="2020-04"), "too_short"),
    "few inquiries": (steady(0.3), "too_few"),
}


@pytest.mark.parametrize("name", NOTHING_TO_COMPARE)
def test_without_ground_there_is_a_reason_and_no_model(name: str) -> None:
    counts, reason = NOTHING_TO_COMPARE[name]
    found = estimate(given({TOTAL: counts}, phases()))
    assert list(found["fit"]["outcome"]) == [reason]
    assert found["expected"].empty and found["missing"].empty


def test_a_hole_in_the_baseline_is_no_zero() -> None:
    counts = steady(100)
    hole = pd.date_range("2018-03", "2018-05", freq="MS")
    found = effects(given({TOTAL: counts.drop(hole)}, phases()), "model")["lockdown_1"]
    whole = effects(given({TOTAL: counts}, phases()), "model")["lockdown_1"]
    assert found.expected == pytest.approx(whole.expected, rel=0.1)


def test_a_phase_in_the_future_has_no_effect() -> None:
    named = phase_table(lockdown_1=("2020-04", "2020-06"), later=("2030-01", "2030-03"))
    found = effects(given({TOTAL: steady(100)}, named), "model")
    assert set(found) == {"lockdown_1"}
