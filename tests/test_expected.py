"""The expected counts agree with the reference, and refuse what they cannot know."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from inquiries import baseline, expected
from inquiries.baseline import Model, NoExpectation, fit

REFERENCE = Path(__file__).parent / "reference"
CASES = json.loads((REFERENCE / "its_reference.json").read_text())
MODEL_CASES = CASES["model_cases"]
WINDOWS = [
    pytest.param(case, window, id=f"{case['id']}-{window['name']}")
    for case in MODEL_CASES
    for window in case["windows"]
]

means = st.floats(0.01, 1e5)
dispersions = st.floats(1, 20)


def months(first: str, last: str) -> pd.DatetimeIndex:
    return pd.date_range(first, last, freq="MS")


def frame(counts: Any, first: str = "2016-01") -> pd.DataFrame:
    index = pd.date_range(first, periods=len(counts), freq="MS")
    return pd.DataFrame({"month": index, "count": counts})


def reference_baseline(case: dict[str, Any]) -> pd.DataFrame:
    rows = pd.read_csv(REFERENCE / case["file"], parse_dates=["month"])
    rows = rows[rows["month"].between(*case["baseline"])]
    return pd.DataFrame({"month": rows["month"], "count": rows[case["column"]]})


def total() -> pd.DataFrame:
    return reference_baseline(next(c for c in MODEL_CASES if c["id"] == "synthetic_total_50m"))


@pytest.fixture(scope="module")
def model() -> Model:
    return fit(total())


@pytest.mark.parametrize("case", CASES["tier_cases"], ids=str)
def test_the_tier_follows_months_and_inquiries(case: dict[str, Any]) -> None:
    given_ = case["input"]
    assert baseline.tier(given_["n_months"], given_["baseline_total"]) == case["tier"]


@pytest.mark.parametrize("case", MODEL_CASES, ids=lambda case: case["id"])
def test_the_fit_agrees_with_the_reference(case: dict[str, Any]) -> None:
    rows = reference_baseline(case)
    assert rows["count"].sum() == case["baseline_total"]
    fitted = fit(rows)
    for name, value in case["diagnostics"].items():
        found = getattr(fitted, name)
        assert found == (value if name == "season" else pytest.approx(value, rel=1e-6, abs=1e-8))


@pytest.mark.parametrize(("case", "window"), WINDOWS)
def test_a_window_agrees_with_the_reference(case: dict[str, Any], window: dict[str, Any]) -> None:
    result = window["result"]
    found = expected.expect(fit(reference_baseline(case)), months(window["from"], window["to"]))
    assert found.months == result["months"]
    assert found.expected == pytest.approx(result["expected"], rel=1e-6)
    assert found.variance == pytest.approx(result["pred_var"], rel=1e-6)
    assert (found.low, found.high) == (result["pi_low"], result["pi_high"])


def test_each_month_and_each_sum_agree_with_a_window_of_their_own(model: Model) -> None:
    window = months("2020-03", "2021-12")
    each = expected.expect_each(expected.project(model, window))
    sums = expected.expect_cumulative(expected.project(model, window))
    for i, month in enumerate(window):
        one = expected.expect(model, window[i : i + 1])
        up_to = expected.expect(model, window[: i + 1])
        assert each["month"][i] == sums["month"][i] == month
        for row, whole in ((each.iloc[i], one), (sums.iloc[i], up_to)):
            assert row["expected"] == pytest.approx(whole.expected)
            assert (row["low"], row["high"]) == (whole.low, whole.high)


def test_a_sum_has_an_interval_narrower_than_monthly_limits_added_up(model: Model) -> None:
    window = months("2020-03", "2022-02")
    each = expected.expect_each(expected.project(model, window))
    whole = expected.expect(model, window)
    assert whole.low > each["low"].sum()
    assert whole.high < each["high"].sum()


def test_neighbouring_months_that_move_together_widen_the_interval_of_their_sum() -> None:
    case = next(c for c in MODEL_CASES if c["id"] == "grampian_girls_accepted")
    fitted = fit(reference_baseline(case))
    assert fitted.rho > 0
    whole = expected.expect(fitted, months("2020-04", "2020-06"))
    assert whole.noise_variance > fitted.phi * whole.expected


def test_the_order_of_rows_does_not_matter() -> None:
    shuffled = total().sample(frac=1, random_state=1)
    assert np.array_equal(fit(shuffled).beta, fit(total()).beta)


def test_a_gap_leaves_out_its_months_and_moves_the_others_apart() -> None:
    rows = total().drop(index=range(20, 26))
    fitted = fit(rows)
    assert fitted.n == 44
    assert fitted.months[0] == pd.Timestamp("2016-01-01")
    apart = baseline.correlation(baseline.month_numbers(fitted.months), 0.5)
    assert apart[18, 19] == 0.5
    assert apart[19, 20] == 0.5**7


def test_months_on_either_side_of_a_gap_are_no_neighbours() -> None:
    drifting = 40 + 20 * np.sin(np.arange(36) / 4)
    assert fit(frame(drifting)).r1 > 0.5
    every_other = frame(drifting).assign(month=pd.date_range("2014-01", periods=36, freq="2MS"))
    assert (fit(every_other).r1, fit(every_other).r1_null) == (0, 0)


def test_gaps_do_not_pull_the_correlation_of_neighbours_towards_0() -> None:
    drifting = frame(40 + 20 * np.sin(np.arange(96) / 6))
    gappy = drifting.drop(index=range(0, 96, 5))
    assert fit(gappy).r1 == pytest.approx(fit(drifting).r1, rel=0.05)


def test_a_gap_does_not_move_an_expectation_that_has_no_noise() -> None:
    growing = 50 * 1.1 ** (np.arange(48) / 12)
    window = months("2020-04", "2020-06")
    whole = expected.expect(fit(frame(growing)), window)
    gappy = expected.expect(fit(frame(growing).drop(index=[5, 6, 7, 30])), window)
    assert gappy.expected == pytest.approx(whole.expected)
    assert gappy.variance > whole.variance


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ([], "too_short"),
        ([12], "too_short"),
        ([12] * 23, "too_short"),
        ([0] * 36, "no_counts"),
        ([1] * 29 + [0] * 7, "too_few"),
        ([0] * 23 + [400], "did_not_converge"),
        ([0] * 19 + [22] + [0] * 10 + [4, 0, 5, 0, 0, 0, 0], "did_not_converge"),
    ],
)
def test_a_baseline_that_tells_nothing_is_refused(counts: list[int], reason: str) -> None:
    with pytest.raises(NoExpectation) as refusal:
        fit(frame(counts))
    assert refusal.value.reason == reason


def test_a_baseline_of_januaries_cannot_tell_trend_from_season() -> None:
    januaries = pd.date_range("1990-01", periods=24, freq="YS")
    with pytest.raises(NoExpectation) as refusal:
        fit(pd.DataFrame({"month": januaries, "count": range(20, 44)}))
    assert refusal.value.reason == "singular"


@pytest.mark.filterwarnings("error")
def test_a_baseline_that_never_varies_is_a_poisson_and_fits_without_a_warning() -> None:
    fitted = fit(frame([20] * 36))
    assert (fitted.phi, fitted.r1) == (1, 0)
    assert expected.expect(fitted, months("2019-03", "2019-03")).expected == pytest.approx(20)


@pytest.mark.parametrize("scale", [1, 1_000, 100_000])
def test_the_fit_converges_whatever_the_size_of_the_counts(scale: int) -> None:
    assert fit(frame(total()["count"] * scale)).beta[1] == pytest.approx(fit(total()).beta[1])


def test_month_factors_need_240_inquiries_and_no_empty_calendar_month() -> None:
    assert fit(frame([10] * 24)).season == "month"
    assert fit(frame([10] * 23 + [9])).season == "harmonic1"
    assert fit(frame(([12] * 6 + [0] + [12] * 5) * 2)).season == "harmonic1"


def test_exposure_scales_what_is_expected() -> None:
    rows = total()
    window = months("2020-04", "2020-06")
    plain = expected.expect(fit(rows), window)
    exposed = fit(rows.assign(exposure=100.0))
    assert expected.expect(exposed, window, [100] * 3).expected == pytest.approx(plain.expected)
    assert expected.expect(exposed, window, [50] * 3).expected == pytest.approx(plain.expected / 2)
    with pytest.raises(ValueError, match="exactly when the baseline has it"):
        expected.expect(exposed, window)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"count": [-1.0] * 50}, "below 0"),
        ({"count": [None] + [5.0] * 49}, "missing"),
        ({"month": [pd.Timestamp("2016-01-01")] * 50}, "distinct"),
        ({"month": pd.date_range("2016-01-02", periods=50, freq="D")}, "firsts of the month"),
        ({"exposure": 0}, "exposure"),
    ],
)
def test_a_wrong_frame_is_our_own_mistake(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message) as mistake:
        fit(total().assign(**change))
    assert not isinstance(mistake.value, NoExpectation)


def test_months_to_expect_must_be_distinct_and_in_order(model: Model) -> None:
    with pytest.raises(ValueError, match="calendar order"):
        expected.expect(model, months("2020-04", "2020-06")[::-1])


def test_a_nullable_count_fits_like_any_other() -> None:
    assert np.array_equal(fit(total().astype({"count": "Int64"})).beta, fit(total()).beta)


@given(mean=means, phi=dispersions)
def test_limits_are_the_smallest_whole_numbers_that_reach_their_share(
    mean: float, phi: float
) -> None:
    low, high = (int(limit) for limit in expected.count_limits(mean, phi * mean))
    assert 0 <= low <= high
    for limit, share in ((low, 0.025), (high, 0.975)):
        assert expected.count_tails(limit, mean, phi * mean)[0] >= share
        assert limit == 0 or expected.count_tails(limit - 1, mean, phi * mean)[0] < share


@given(mean=st.floats(5, 1e5), phi=dispersions, more=st.floats(1, 3))
def test_more_dispersion_never_narrows_the_interval(mean: float, phi: float, more: float) -> None:
    low, high = expected.count_limits(mean, phi * mean)
    wider_low, wider_high = expected.count_limits(mean, more * phi * mean)
    assert wider_low <= low
    assert wider_high >= high


@given(mean=means, phi=dispersions, observed=st.integers(0, 200_000))
def test_a_count_is_unlikely_exactly_when_it_is_outside_the_limits(
    mean: float, phi: float, observed: int
) -> None:
    low, high = expected.count_limits(mean, phi * mean)
    tails = expected.count_tails(observed, mean, phi * mean)
    assert (2 * min(tails) < 0.05) == (not low <= observed <= high)


def test_a_variance_not_above_the_mean_is_a_poisson_and_a_mean_of_0_stays_0() -> None:
    low, high = expected.count_limits([5, 5, 5, 0], [5, 1, 5 + 1e-9, 0])
    assert low.tolist() == [1, 1, 1, 0]
    assert high.tolist() == [10, 10, 10, 0]
    assert expected.count_tails(5, 5, 5) == pytest.approx((poisson.cdf(5, 5), poisson.sf(4, 5)))


@given(mean=means, phi=st.floats(1.01, 20), observed=st.integers(0, 1000))
def test_tails_are_those_of_the_negative_binomial(mean: float, phi: float, observed: int) -> None:
    count = mean / (phi - 1), 1 / phi
    tails = nbinom.cdf(observed, *count), nbinom.sf(observed - 1, *count)
    assert expected.count_tails(observed, mean, phi * mean) == pytest.approx(tails, rel=1e-6)


@given(counts=st.lists(st.integers(0, 60), min_size=24, max_size=40))
def test_whatever_the_baseline_the_interval_is_whole_ordered_and_not_negative(
    counts: list[int],
) -> None:
    try:
        fitted = fit(frame(counts))
    except NoExpectation:
        return
    rows = expected.expect_cumulative(expected.project(fitted, months("2019-06", "2019-12")))
    assert rows["low"].dtype == rows["high"].dtype == np.int64
    assert (rows["low"] >= 0).all()
    assert (rows["low"] <= rows["high"]).all()
    assert rows["expected"].is_monotonic_increasing


def changed(model: Model, **change: Any) -> Model:
    return replace(model, **change)


def trend(pct: float) -> np.ndarray[Any, Any]:
    return np.array([3.0, np.log1p(pct / 100), 0.0, 0.0])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"phi_raw": 5.01}, "overdispersed"),
        ({"phi_raw": 5.0}, None),
        ({"rho": 0.4}, "autocorrelated"),
        ({"rho": 0.399}, None),
        ({"beta": trend(25.1)}, "steep_trend"),
        ({"beta": trend(-25.1)}, "steep_trend"),
        ({"beta": trend(24.9)}, None),
        ({"residuals": np.array([0, 3.51])}, "outlier"),
        ({"residuals": np.array([0, -3.51])}, "outlier"),
        ({"residuals": np.array([0, 3.5])}, None),
        ({"counts": np.repeat([10.0, 15.1], 12)}, "baseline_break"),
        ({"counts": np.repeat([10.0, 4.9], 12)}, "baseline_break"),
        ({"counts": np.repeat([0.0, 4.9], 12)}, "baseline_break"),
        ({"counts": np.repeat([10.0, 15.0], 12)}, None),
    ],
)
def test_a_warning_about_the_baseline_begins_at_its_threshold(
    change: dict[str, Any], code: str | None
) -> None:
    calm = fit(frame([10] * 24))
    window = months("2018-04", "2018-06")
    assert expected.warnings(calm, window) == []
    assert expected.warnings(changed(calm, **change), window) == ([code] if code else [])


def test_a_warning_about_the_window_begins_at_its_threshold() -> None:
    calm = fit(frame([10] * 24))
    near, far = months("2018-02", "2019-06"), months("2018-02", "2019-07")
    assert expected.warnings(calm, near, [pd.Timestamp("2019-07-01")], hidden_share=0.1) == []
    assert expected.warnings(calm, far) == ["far_ahead"]
    assert expected.warnings(calm, near, [near[-1]]) == ["provisional"]
    assert expected.warnings(calm, near, hidden_share=0.101) == ["hidden_cells"]


def test_a_year_is_compared_only_over_calendar_months_reported_in_both() -> None:
    # The first spring was not reported: the second year is not larger for having one.
    rows = frame([10, 10, 40, 40, 40, 10, 10, 10, 10, 10, 10, 10] * 2).drop(index=[2, 3, 4])
    rows = pd.concat([rows, frame([10, 10, 40, 40, 40], first="2018-01")])
    assert expected.largest_year_change(fit(rows)) == 0


@pytest.mark.parametrize(("shared", "change"), [(5, 0), (6, 2)])
def test_years_are_compared_from_half_a_year_in_common(shared: int, change: float) -> None:
    rows = frame([10] * shared + [0] * (12 - shared) + [30] * 24)
    reported = rows[rows["count"] > 0]
    assert expected.largest_year_change(fit(reported)) == pytest.approx(change)
