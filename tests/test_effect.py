"""Effects, verdicts and comparisons agree with the reference and say no more than the data do."""

import json
from dataclasses import replace
from math import exp
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from inquiries import comparison, effect, expected
from inquiries.baseline import Floats, Model, NoExpectation, Whole, fit
from inquiries.effect import Effect
from inquiries.expected import Expectation

REFERENCE = Path(__file__).parent / "reference"
CASES = json.loads((REFERENCE / "its_reference.json").read_text())
MODEL_CASES = {case["id"]: case for case in CASES["model_cases"]}
WINDOWS = [
    pytest.param(case, window, id=f"{case['id']}-{window['name']}")
    for case in MODEL_CASES.values()
    for window in case["windows"]
]

# docs/method.md 5, in per cent: (inquiries a month, months of baseline): for -30, -50, -70 %.
PUBLISHED_POWER = {
    (2, 24): (1, 2, 5),
    (5, 48): (8, 21, 53),
    (10, 24): (6, 19, 54),
    (20, 48): (32, 82, 100),
    (50, 24): (35, 90, 100),
    (50, 48): (73, 100, 100),
    (100, 24): (67, 99, 100),
}
# Easter and the summer holidays, as in a school year; mean 1.
SCHOOL_YEAR = np.array([1.03, 1.08, 1.18, 0.93, 1.08, 1.06, 0.76, 0.77, 1.03, 1.02, 1.12, 0.94])


def months(first: str, last: str) -> pd.DatetimeIndex:
    return pd.date_range(first, last, freq="MS")


def series(case: dict[str, Any]) -> pd.DataFrame:
    rows = pd.read_csv(REFERENCE / case["file"], parse_dates=["month"])
    return pd.DataFrame({"month": rows["month"], "count": rows[case["column"]]})


def fitted(case: dict[str, Any]) -> Model:
    rows = series(case)
    return fit(rows[rows["month"].between(*case["baseline"])])


def expectation(mean: float, phi: float = 1.5, parameter: float = 0.0) -> Expectation:
    variance = phi * mean + parameter
    low, high = (int(limit) for limit in expected.count_limits(mean, variance))
    return Expectation(3, mean, variance, low, high, phi * mean, parameter, 40)


@pytest.mark.parametrize(("case", "window"), WINDOWS)
def test_an_effect_agrees_with_the_reference(case: dict[str, Any], window: dict[str, Any]) -> None:
    result = window["result"]
    found = effect.effect(
        expected.expect(fitted(case), months(window["from"], window["to"])), result["observed"]
    )
    names = {"pi_low": "low", "pi_high": "high", "p_predictive": "p_value"}
    for name in result.keys() - {"months", "pred_var"}:
        value = getattr(found, names.get(name, name))
        if result[name] is None:
            assert value is None
        else:
            assert value == pytest.approx(result[name], rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("case", CASES["exact_cases"], ids=lambda case: str(case["input"]))
def test_an_exact_comparison_agrees_with_the_reference(case: dict[str, Any]) -> None:
    given_, output = case["input"], case["output"]
    found = comparison.compare(given_["O"], given_["T1"], given_["B"], given_["T0"])
    names = {"pi_low": "low", "pi_high": "high", "p_exact": "p_value"}
    for name, value in output.items():
        assert getattr(found, names.get(name, name)) == pytest.approx(value, rel=1e-6)


@pytest.mark.parametrize(("before", "year"), [(78, "2018"), (75, "2019")])
def test_the_published_fall_in_birmingham_is_reproduced(before: int, year: str) -> None:
    published = CASES["published_summaries"][2]["values"]
    found = comparison.compare(published["counts"]["2020"], 1, before, 1)
    fall = (found.fall_pct, found.fall_low_pct, found.fall_high_pct)
    assert fall == pytest.approx(published[f"reduction_vs_{year}"], abs=0.1)


def test_a_fall_has_the_limits_of_the_rate_ratio_not_of_the_prediction() -> None:
    found = effect.effect(expectation(100.0, parameter=40.0), 20)
    assert found.fall_pct == found.drop_pct == pytest.approx(80)
    assert found.rr_low is not None
    assert found.rr_high is not None
    assert found.fall_low_pct == pytest.approx(100 * (1 - found.rr_high))
    assert found.fall_high_pct == pytest.approx(100 * (1 - found.rr_low))
    assert found.drop_low_pct != pytest.approx(found.fall_low_pct)


def test_a_drop_has_no_lower_limit_when_chance_could_have_left_nothing() -> None:
    found = effect.effect(expectation(2.0), 1)
    assert found.low == 0
    assert found.drop_low_pct is None
    assert found.drop_high_pct is not None


def test_a_hidden_count_leaves_only_what_was_expected() -> None:
    expectation_ = expectation(50.0)
    found = effect.effect(expectation_, None)
    assert found == Effect(50.0, expectation_.low, expectation_.high)
    assert comparison.compare(None, 3, 50, 3).observed is None


@given(mean=st.floats(0.1, 2000), phi=st.floats(1, 8), observed=st.integers(0, 4000))
def test_an_effect_keeps_its_limits_in_order(mean: float, phi: float, observed: int) -> None:
    found = effect.effect(expectation(mean, phi), observed)
    assert found.missing_low <= found.missing_high  # type: ignore[operator]
    assert found.rr_low < found.rr_high  # type: ignore[operator]
    assert found.fall_low_pct < found.fall_high_pct  # type: ignore[operator]
    assert found.fall_high_pct < 100  # type: ignore[operator]
    assert 0 <= found.p_value <= 1  # type: ignore[operator]


def average_power(mean: int, length: int) -> Floats:
    draw = np.random.default_rng([mean, length])
    before = pd.date_range(end="2020-02", periods=length, freq="MS")
    found = []
    for _ in range(120):
        # Negative binomial with variance 1.5 times the mean.
        counts = draw.negative_binomial(2 * mean * SCHOOL_YEAR[before.month - 1], 2 / 3)
        try:
            model = fit(pd.DataFrame({"month": before, "count": counts}))
        except NoExpectation:
            continue
        ahead = expected.expect(model, months("2020-04", "2020-06"))
        found.append([effect.power(ahead, fall) for fall in (0.3, 0.5, 0.7)])
    return np.asarray(100 * np.mean(found, axis=0))


@pytest.mark.parametrize("setting", PUBLISHED_POWER, ids=str)
def test_power_agrees_with_the_published_table(setting: tuple[int, int]) -> None:
    # 5 and 7 points as the docstring says, and 2 for the 120 baselines drawn here.
    difference = np.abs(average_power(*setting) - PUBLISHED_POWER[setting])
    assert (difference <= [7, 7, 9]).all()


def test_power_grows_with_the_fall_and_shrinks_with_the_noise() -> None:
    assert effect.power(expectation(100.0), 0.5) > effect.power(expectation(100.0), 0.3)
    assert effect.power(expectation(100.0, phi=3)) < effect.power(expectation(100.0))
    assert effect.power(expectation(100.0, parameter=300)) < effect.power(expectation(100.0))


def test_no_fall_can_be_found_where_chance_could_have_left_nothing() -> None:
    assert effect.power(expectation(2.0), 0.99) == 0


def result(p_value: float, observed: float | None = 30, expected: float = 40) -> Effect:
    return Effect(expected, 28, 54, observed, p_value=p_value)


@pytest.mark.parametrize(
    ("shown", "power", "verdict"),
    [
        (result(0.001, expected=19.99), 1.0, "not_shown"),
        (result(0.001, observed=None), 1.0, "not_shown"),
        (result(0.049, expected=20, observed=8), 0.0, "fall"),
        (result(0.049), 0.0, "fall"),
        (result(0.049, observed=60), 0.0, "rise"),
        (result(0.05), 0.80, "as_expected"),
        (result(0.05), 0.79, "too_few"),
        (result(1.0), 0.0, "too_few"),
    ],
)
def test_a_verdict_keeps_its_order_at_the_edges(shown: Effect, power: float, verdict: str) -> None:
    assert effect.verdict(shown, power) == verdict


def missing_of(model: Model, observed: pd.DataFrame) -> pd.DataFrame:
    projection = expected.project(model, observed["month"])
    return effect.cumulative_missing(expected.expect_cumulative(projection), observed["count"])


def test_what_is_missing_piles_up_month_by_month() -> None:
    case = MODEL_CASES["grampian_total_62m"]
    observed = series(case)
    rows = missing_of(fitted(case), observed[observed["month"] >= "2020-04"])
    window = next(w["result"] for w in case["windows"] if w["name"] == "cumulative")
    end = rows.iloc[-1][["missing", "missing_low", "missing_high"]]
    assert list(end) == pytest.approx([window[name] for name in end.index])
    assert rows.loc[rows["missing"].idxmax(), "month"] == pd.Timestamp("2020-07-01")


def test_a_hidden_month_cannot_be_summed() -> None:
    flat = pd.DataFrame({"month": pd.date_range("2016-01", periods=48, freq="MS"), "count": 20})
    hidden = pd.DataFrame({"month": months("2020-04", "2020-06"), "count": [30, None, 32]})
    with pytest.raises(ValueError, match="missing"):
        missing_of(fit(flat), hidden)


def test_only_projected_months_can_be_summed() -> None:
    flat = pd.DataFrame({"month": pd.date_range("2016-01", periods=48, freq="MS"), "count": 20})
    projection = expected.project(fit(flat), months("2020-04", "2020-06"))
    with pytest.raises(ValueError, match="projected"):
        expected.expect_sums(projection, [months("2020-06", "2020-07")])


@given(observed=st.integers(0, 300), before=st.integers(0, 300), span=st.integers(1, 4))
def test_a_comparison_is_the_binomial_test_with_clopper_pearson_limits(
    observed: int, before: int, span: int
) -> None:
    found = comparison.compare(observed, 3, before, 3 * span)
    assert 0 <= found.low <= found.high
    if observed + before == 0:
        assert (found.p_value, found.rate_ratio, found.rr_low, found.rr_high) == (1, *[None] * 3)
        return
    test = binomtest(observed, observed + before, 1 / (1 + span))
    share = test.proportion_ci(method="exact")
    assert found.p_value == pytest.approx(test.pvalue)
    assert found.rr_low == pytest.approx(span * share.low / (1 - share.low))
    if before == 0:
        assert found.rr_high is None
        assert found.fall_pct is None
    else:
        assert found.rr_high == pytest.approx(span * share.high / (1 - share.high))


@given(observed=st.integers(0, 500), before=st.integers(1, 500), phi=st.floats(1.01, 6))
def test_a_dispersed_comparison_rejects_exactly_when_its_limits_exclude_1(
    observed: int, before: int, phi: float
) -> None:
    found = comparison.compare(observed, 1, before, 1, phi)
    excluded = not found.rr_low < 1 < found.rr_high  # type: ignore[operator]
    assert (found.p_value < 0.05) == excluded  # type: ignore[operator]


def test_dispersion_keeps_chance_from_being_called_a_fall() -> None:
    exact, dispersed = (comparison.compare(70, 1, 100, 1, phi) for phi in (1, 2))
    assert effect.verdict(exact, 0) == "fall"
    assert effect.verdict(dispersed, 0) == "too_few"
    assert dispersed.low < exact.low
    assert dispersed.high > exact.high


def test_a_little_dispersion_changes_a_large_comparison_only_a_little() -> None:
    exact, dispersed = (comparison.compare(850, 1, 1000, 1, phi) for phi in (1, 1.0001))
    assert dispersed.p_value == pytest.approx(exact.p_value, rel=0.1)
    assert dispersed.rr_low == pytest.approx(exact.rr_low, rel=0.01)


def test_a_comparison_needs_months_and_a_possible_dispersion() -> None:
    for wrong in ((5, 0, 5, 3), (5, 3, 5, 0), (5, 3, 5, 3, 0.9)):
        with pytest.raises(ValueError, match="months"):
            comparison.compare(*wrong)


@pytest.mark.parametrize(("before", "span", "phi"), [(150, 1, 1), (300, 3, 1), (250, 1, 1.5)])
def test_the_power_of_a_comparison_is_that_of_simulated_ones(
    before: int, span: int, phi: float
) -> None:
    draw = np.random.default_rng(before)

    def counts(mean: float) -> Whole:
        return draw.poisson(draw.gamma(mean / (phi - 1), phi - 1, 400) if phi > 1 else mean, 400)

    pairs = list(zip(counts(0.7 * before / span), counts(before), strict=True))
    found = [comparison.compare(int(o), 1, int(b), span, phi) for o, b in pairs]
    falls = np.mean([effect.verdict(each, 0) == "fall" for each in found])
    stated = np.mean([comparison.comparison_power(1, int(b), span, phi) for _, b in pairs])
    # 0.03 as the docstring says, and twice the standard error of 400 draws.
    assert stated == pytest.approx(falls, abs=0.03 + 0.05)


def test_groups_are_compared_by_the_ratio_of_their_ratios() -> None:
    a = effect.effect(expectation(100.0), 40)
    b = effect.effect(expectation(200.0), 160)
    found = comparison.ratio_of_ratios(a, b)
    assert found is not None
    assert found.ratio == pytest.approx(0.4 / 0.8)
    assert found.low < found.ratio < found.high < 1
    assert found.p_value < 0.05
    turned = comparison.ratio_of_ratios(b, a)
    assert turned is not None
    assert (turned.ratio, turned.p_value) == pytest.approx((1 / found.ratio, found.p_value))


def test_the_error_of_a_ratio_of_ratios_is_the_root_of_the_summed_squares() -> None:
    sides = [replace(result(1.0), rr_low=exp(-w), rr_high=exp(w)) for w in (0.3, 0.4)]
    found = comparison.ratio_of_ratios(*sides)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((exp(-0.5), exp(0.5)))
    assert found.p_value == 1


def test_a_hidden_group_is_compared_with_none() -> None:
    hidden = effect.effect(expectation(100.0), None)
    assert comparison.ratio_of_ratios(hidden, effect.effect(expectation(100.0), 90)) is None


def test_many_groups_are_judged_together_and_hidden_ones_do_not_count() -> None:
    found = comparison.benjamini_hochberg([0.01, None, 0.04, 0.03, 0.5])
    assert found == [
        pytest.approx(0.04),
        None,
        pytest.approx(0.16 / 3),
        pytest.approx(0.16 / 3),
        0.5,
    ]
    assert comparison.benjamini_hochberg([None]) == [None]
    assert comparison.benjamini_hochberg([]) == []
