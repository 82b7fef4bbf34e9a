"""Cell keys: the reference's vectors to the bit, the same under any order, new with each inquiry."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiries.cell_keys import (
    KEY_SPACE,
    UNITS_ONE_BY_ONE,
    cell_key,
    natural_keys,
    row_key,
    row_keys,
    unit_key,
)
from inquiries.perturbation import noise, published_cut_points, table

VECTORS = json.loads((Path(__file__).parent / "reference" / "sdc_reference.json").read_text())[
    "test_vectors"
]
SALT = VECTORS["salt"].encode()

secrets = st.binary(min_size=1, max_size=200)


def rows(counts: list[int], **codes: Any) -> pd.DataFrame:
    """Made-up rows, one a municipality, with these counts."""
    frame = pd.DataFrame({"municipality": [str(101 + place) for place in range(len(counts))]})
    fixed = {
        "source": "eksempel-hotline",
        "month": pd.Timestamp("2020-04-01"),
        "region": "1084",
        "channel": "phone",
        "theme": "threats",
        "inquirer": "self",
        "age_band": "age_18_24",
        "gender": "woman",
    }
    return frame.assign(**{**fixed, **codes}, count=pd.Series(counts, dtype="int64"))


@pytest.mark.parametrize("vector", VECTORS["record_keys"], ids=lambda v: str(v["unit"]))
def test_a_unit_key_is_the_reference_s(vector: dict[str, Any]) -> None:
    assert unit_key(SALT, vector["key"], vector["unit"]) == vector["u32"]


def test_the_worked_example_comes_out() -> None:
    example = VECTORS["worked_example"]
    keys = [row_key(SALT, row["key"], row["n"]) for row in example["rows"]]
    assert keys == example["row_keys"]
    assert cell_key(keys) == example["cell_key"]
    n = sum(row["n"] for row in example["rows"])
    moved = int(noise(n, cell_key(keys), published_cut_points()))
    assert (n, moved, n + moved) == (example["cell_n"], example["noise"], example["protected"])


def test_a_natural_key_is_codes_in_a_fixed_order() -> None:
    shuffled = rows([3])[sorted(rows([3]).columns)]
    assert list(natural_keys(shuffled)) == [
        "v1|eksempel-hotline|2020-04|1084|101|phone|threats|self|age_18_24|woman"
    ]


def test_a_column_the_source_does_not_register_is_empty_in_the_key() -> None:
    assert list(natural_keys(rows([3], gender="", inquirer=""))) == [
        "v1|eksempel-hotline|2020-04|1084|101|phone|threats||age_18_24|"
    ]


@pytest.mark.parametrize(
    ("count", "units"),
    [
        (0, []),
        (1, [1]),
        (2, [1, 2]),
        (UNITS_ONE_BY_ONE, range(1, 33)),
        (UNITS_ONE_BY_ONE + 1, range(1, 34)),
        (UNITS_ONE_BY_ONE + 2, [*range(1, 33), 34]),
        (5000, [*range(1, 33), 5000]),
    ],
)
def test_a_large_row_has_one_key_for_what_is_above_32(count: int, units: Any) -> None:
    expected = sum(unit_key(SALT, "s", unit) for unit in units) % KEY_SPACE
    assert row_key(SALT, "s", count) == expected


@settings(deadline=None, max_examples=50)
@given(secrets, st.lists(st.integers(0, 70), max_size=5))
def test_many_rows_have_the_keys_of_each(secret: bytes, counts: list[int]) -> None:
    frame = rows(counts)
    each = [row_key(secret, key, n) for key, n in zip(natural_keys(frame), counts, strict=True)]
    assert row_keys(secret, frame).tolist() == each


@pytest.mark.parametrize("length", [1, 32, 63, 64, 65, 200])
def test_a_secret_of_any_length_gives_the_same_keys_both_ways(length: int) -> None:
    secret, frame = b"s" * length, rows([2])
    assert row_keys(secret, frame).tolist() == [row_key(secret, next(natural_keys(frame)), 2)]


def test_keys_stand_in_the_order_of_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = rows([4, 0, 7, 1, 33])
    expected = row_keys(SALT, frame)
    backwards = row_keys(SALT, frame.iloc[::-1])
    assert backwards.tolist() == expected[::-1].tolist()
    monkeypatch.setattr("inquiries.cell_keys._ROWS_AT_ONCE", 2)
    assert row_keys(SALT, frame).tolist() == expected.tolist()


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_order_and_grouping_never_change_a_cell(counts: list[int], chance: Any) -> None:
    frame = rows(counts).assign(key=lambda frame: row_keys(SALT, frame))
    order = chance.sample(range(len(frame)), len(frame))
    shuffled = frame.iloc[order]
    half = len(counts) // 2
    parts = [cell_key(shuffled["key"].iloc[:half]), cell_key(shuffled["key"].iloc[half:])]
    assert cell_key(shuffled["key"]) == cell_key(frame["key"]) == cell_key(parts)
    assert (row_keys(SALT, shuffled) == shuffled["key"].to_numpy()).all()


def test_a_sum_beyond_64_bits_is_still_right() -> None:
    keys = np.full(3, 2**64 - 1, np.uint64)
    assert cell_key(keys) == 3 * (2**64 - 1) % KEY_SPACE
    assert cell_key([]) == 0


def test_secret_version_and_every_code_change_the_key() -> None:
    plain = rows([3])
    others = [
        plain.assign(**{name: "other"})
        for name in plain.columns.difference(["month", "municipality", "count"])
    ]
    others += [plain.assign(municipality="999"), plain.assign(month=pd.Timestamp("2020-05-01"))]
    keys = [int(row_keys(SALT, frame)[0]) for frame in (plain, *others)]
    keys.append(int(row_keys(b"another secret", plain)[0]))
    assert len(set(keys)) == len(keys) == 11


def test_rows_of_the_same_natural_key_are_refused() -> None:
    with pytest.raises(ValueError, match="must be added"):
        row_keys(SALT, pd.concat([rows([3]), rows([4])]))


@pytest.mark.parametrize("count", [-1, pd.NA])
def test_a_row_without_a_count_is_refused(count: Any) -> None:
    with pytest.raises(ValueError, match="count of at least 0"):
        row_keys(SALT, rows([3]).assign(count=pd.array([count], dtype="Int64")))


def test_a_missing_code_is_refused() -> None:
    with pytest.raises(TypeError):
        row_keys(SALT, rows([3], theme=None))


@pytest.fixture(scope="module")
def shown() -> Callable[[int], np.ndarray]:
    """What is shown of many cells that each hold one row of so many inquiries."""

    def figures(count: int) -> np.ndarray:
        keys = row_keys(SALT, rows([count] * 4000))
        return count + noise(np.full(len(keys), count), keys, published_cut_points())

    return figures


@pytest.mark.parametrize("count", [12, 31, 32, 33, 60])
def test_one_more_inquiry_draws_the_noise_anew(
    count: int, shown: Callable[[int], np.ndarray]
) -> None:
    moved = shown(count + 1) - shown(count)
    last = table().query("i == 5")["p"].to_numpy()
    by_1, by_0 = (last**2).sum(), (last[1:] * last[:-1]).sum()
    assert (round(by_1, 2), round(by_0, 2)) == (0.16, 0.15)
    assert (moved == 1).mean() == pytest.approx(by_1, abs=0.02)
    assert (moved == 0).mean() == pytest.approx(by_0, abs=0.02)


def test_noise_has_the_mean_and_variance_of_the_table(shown: Callable[[int], np.ndarray]) -> None:
    moved = shown(7) - 7
    assert moved.mean() == pytest.approx(0, abs=0.1)
    assert moved.var() == pytest.approx(3, abs=0.2)
    assert np.abs(moved).max() <= 5


def test_the_same_inquiries_are_moved_alike_every_time(
    shown: Callable[[int], np.ndarray],
) -> None:
    assert (shown(12) == shown(12)).all()
