"""The noise of the cell key method: published cut points to the bit, exact tables for any setting."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiries.cell_keys import KEY_SPACE
from inquiries.perturbation import cut_points, noise, published_cut_points, table

REFERENCE = json.loads((Path(__file__).parent / "reference" / "sdc_reference.json").read_text())
VECTORS = REFERENCE["test_vectors"]
NAMED_SETTINGS = {
    "D5_V3_js0": (5, 3.0, 0),
    "D5_V3_js2": (5, 3.0, 2),
    "D3_V2_js0": (3, 2.0, 0),
    "D2_V0.9_js0": (2, 0.9, 0),
}
# Largest noise, variance, largest count never shown: usual ones, and some at the edge of what is
# possible (hardly any noise, hardly enough variance, more variance than can be used).
SETTINGS = [
    *NAMED_SETTINGS.values(),
    (1, 0.5, 0),
    (1, 5.0, 0),
    (2, 1.05, 1),
    (4, 2.0, 0),
    (5, 1e-6, 0),
    (5, 2.0001, 2),
    (8, 100.0, 3),
    (10, 20.0, 4),
    (15, 30.0, 0),
]
# The reference's iterative solver stops this near the optimum: 37 keys of 2^32.
NEAR = 2e-8


@st.composite
def settings_of_a_table(draw: st.DrawFn) -> tuple[int, float, int]:
    never_shown = draw(st.integers(0, 4))
    largest = draw(st.integers(never_shown + 1, 9))
    above = draw(st.floats(0.01, 30))
    return largest, (never_shown + 1) ** 2 // 4 + above, never_shown


def reference_table(name: str) -> pd.DataFrame:
    rows = [
        pd.DataFrame({"i": int(i), "v": row["v"], "p": row["p"]})
        for i, row in REFERENCE["tables"][name].items()
    ]
    return pd.concat(rows, ignore_index=True)


def rows_of(probabilities: pd.DataFrame) -> list[tuple[int, np.ndarray, np.ndarray]]:
    return [
        (int(i), row["v"].to_numpy(), row["p"].to_numpy())
        for i, row in probabilities.groupby("i", sort=True)
    ]


def entropy(p: np.ndarray) -> float:
    return float(-(p * np.log(np.maximum(p, 1e-300))).sum())


def assert_keeps_its_promises(largest: int, variance: float, never_shown: int) -> None:
    for i, v, p in rows_of(table(largest, variance, never_shown)):
        shown = i + v
        assert p.sum() == pytest.approx(1, abs=1e-13)
        assert p.min() >= 0
        assert p @ v == pytest.approx(0, abs=1e-12)
        assert p @ v**2 <= variance * (1 + 1e-12)
        assert np.abs(v).max() <= largest
        assert ((shown == 0) | (shown > never_shown)).all()
        assert (np.diff(p[v <= 0]) >= 0).all()


def test_the_published_cut_points_are_those_of_the_reference() -> None:
    expected = pd.DataFrame(REFERENCE["recommended"]["thresholds"])
    pd.testing.assert_frame_equal(published_cut_points(), expected)


def test_probabilities_become_the_reference_s_cut_points() -> None:
    expected = pd.DataFrame(REFERENCE["recommended"]["thresholds"])
    found = cut_points(reference_table(REFERENCE["recommended"]["table"]))
    pd.testing.assert_frame_equal(found, expected)


def test_the_published_cut_points_are_the_exact_ones_but_for_rounding() -> None:
    exact, published = cut_points(table()), published_cut_points()
    pd.testing.assert_frame_equal(exact[["i", "v"]], published[["i", "v"]])
    assert (exact["hi"] - published["hi"]).abs().max() == 37
    width = (published["hi"] - published["lo"]) / KEY_SPACE
    assert (width - table()["p"]).abs().max() < NEAR


@pytest.mark.parametrize("vector", VECTORS["noise"], ids=lambda v: f"{v['n']}-{v['cell_key']}")
def test_the_reference_s_keys_give_its_noise(vector: dict[str, int]) -> None:
    found = int(noise(vector["n"], vector["cell_key"], published_cut_points()))
    assert (found, vector["n"] + found) == (vector["noise"], vector["protected"])


def test_noise_of_many_cells_is_that_of_each() -> None:
    counts, keys, expected = (
        [vector[name] for vector in VECTORS["noise"]] for name in ("n", "cell_key", "noise")
    )
    assert noise(counts, keys, published_cut_points()).tolist() == expected
    assert noise([], [], published_cut_points()).tolist() == []


def test_a_key_at_a_cut_point_belongs_above_it() -> None:
    cuts = published_cut_points()
    for key in ("lo", "hi"):
        at = cuts[key] if key == "lo" else cuts[key] - 1
        assert noise(cuts["i"], at, cuts).tolist() == cuts["v"].tolist()


def test_noise_without_any_keys_is_never_drawn() -> None:
    cuts = cut_points(table(5, 1e-6))
    assert (cuts["lo"] == cuts["hi"]).any()
    drawn = cuts[cuts["lo"] < cuts["hi"]]
    assert noise(drawn["i"], drawn["lo"], cuts).tolist() == drawn["v"].tolist()


@pytest.mark.parametrize(("count", "key"), [(-1, 0), (5, -1), (5, KEY_SPACE)])
def test_what_cannot_be_a_count_or_a_key_is_refused(count: int, key: int) -> None:
    with pytest.raises(ValueError, match="cell key"):
        noise([7, count], [0, key], published_cut_points())


@pytest.mark.parametrize("name", NAMED_SETTINGS)
def test_an_exact_table_agrees_with_the_reference(name: str) -> None:
    found, expected = table(*NAMED_SETTINGS[name]), reference_table(name)
    pd.testing.assert_frame_equal(found[["i", "v"]], expected[["i", "v"]])
    assert (found["p"] - expected["p"]).abs().max() < NEAR
    for (_, v, p), (_, _, q) in zip(rows_of(found), rows_of(expected), strict=True):
        assert p @ v**2 == pytest.approx(q @ v**2, abs=1e-7)
        assert entropy(p) >= entropy(q) - 1e-12


@pytest.mark.parametrize(
    ("setting", "first_row"),
    [
        ((2, 1.08, 1), [0.5133, 0.46, 0.0267]),  # printed in the vignette of ptable
        ((2, 0.9, 0), [0.3625, 0.3625, 0.1875, 0.0875]),  # all four rules bind: by hand
        ((1, 0.5, 0), [0.25, 0.5, 0.25]),  # mean and variance leave no choice
        ((1, 5.0, 0), [1 / 3, 1 / 3, 1 / 3]),  # more variance than can be used: all alike
    ],
    ids=str,
)
def test_a_small_table_is_known_by_hand(
    setting: tuple[int, float, int], first_row: list[float]
) -> None:
    found = table(*setting)
    assert found.loc[found["i"] == 1, "p"].tolist() == pytest.approx(first_row, abs=5e-5)


@pytest.mark.parametrize(
    ("setting", "variance_of_row_1"),
    [((3, 2.0, 0), 1.10728), ((2, 1.0, 0), 0.93188)],
    ids=str,
)
def test_a_count_of_1_cannot_use_all_the_variance(
    setting: tuple[int, float, int], variance_of_row_1: float
) -> None:
    _, v, p = rows_of(table(*setting))[1]
    assert p @ v**2 == pytest.approx(variance_of_row_1, abs=5e-6)


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_mean_variance_and_bounds_hold(setting: tuple[int, float, int]) -> None:
    assert_keeps_its_promises(*setting)


@settings(deadline=None, max_examples=50)
@given(settings_of_a_table())
def test_mean_variance_and_bounds_hold_for_any_setting(setting: tuple[int, float, int]) -> None:
    assert_keeps_its_promises(*setting)


@settings(deadline=None, max_examples=50)
@given(settings_of_a_table(), st.floats(0.1, 0.9))
def test_no_narrower_noise_has_a_higher_entropy(
    setting: tuple[int, float, int], share: float
) -> None:
    largest, variance, never_shown = setting
    needed = (never_shown + 1) ** 2 // 4
    narrower = table(largest, needed + share * (variance - needed), never_shown)
    for (_, _, wide), (_, _, narrow) in zip(
        rows_of(table(*setting)), rows_of(narrower), strict=True
    ):
        mixture = share * wide + (1 - share) * narrow
        assert entropy(wide) >= max(entropy(mixture), entropy(narrow)) - 1e-12


@settings(deadline=None, max_examples=50)
@given(settings_of_a_table())
def test_cut_points_share_out_every_key_once(setting: tuple[int, float, int]) -> None:
    cuts = cut_points(table(*setting))
    for _, row in cuts.groupby("i"):
        assert row["lo"].tolist() == [0, *row["hi"].tolist()[:-1]]
        assert row["hi"].tolist()[-1] == KEY_SPACE
        assert (row["lo"] <= row["hi"]).all()


def test_larger_counts_get_the_last_row() -> None:
    keys = np.arange(0, KEY_SPACE, KEY_SPACE // 997)
    cuts = published_cut_points()
    last = noise(np.full(len(keys), 5), keys, cuts)
    assert sorted(set(last.tolist())) == list(range(-5, 6))
    assert (noise(np.full(len(keys), 1_000_000), keys, cuts) == last).all()


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ((2, 3.0, 2), "largest noise"),
        ((5, 3.0, -1), "largest noise"),
        ((0, 3.0, 0), "largest noise"),
        ((5, 0.0, 0), "above 0"),
        ((5, 2.0, 2), "above 2"),
        ((5, 6.0, 4), "above 6"),
    ],
    ids=str,
)
def test_a_setting_without_a_solution_is_refused(setting: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        table(*setting)
