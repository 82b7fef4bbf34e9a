"""Every chart is a function of a frame: from zero, breaking at holes, without a false fall, in the reader's language."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from inquiries import vocabulary
from inquiries.charts import theme
from inquiries.charts.observed_expected import Accent, observed_expected
from inquiries.words import words

PHASES = vocabulary.phases()
MONTHS = pd.date_range("2019-01-01", "2021-12-01", freq="MS")


def series(**columns: Any) -> pd.DataFrame:
    plain = {"count": 40.0, "state": "complete", "expected": None, "low": None, "high": None}
    frame = pd.DataFrame({"month": MONTHS, **plain, **columns})
    return frame.astype({"expected": "float64", "low": "float64", "high": "float64"})


def with_band() -> pd.DataFrame:
    frame = series()
    after = frame["month"] >= "2020-03-01"
    return frame.assign(
        expected=frame["count"].where(after),
        low=after.map({True: 30.0}),
        high=after.map({True: 50.0}),
    )


EMPTY = series().iloc[:0]
HIDDEN = series(count=None).astype({"count": "float64"})
PROVISIONAL = series(state=["complete"] * 35 + ["provisional"])
ACCENT = Accent(pd.Timestamp("2020-04-01"), pd.Timestamp("2020-06-01"), ("one", "two"))

FRAMES = {
    "plain": (series(), None),
    "with a band": (with_band(), None),
    "with a fall": (with_band(), ACCENT),
    "provisional": (PROVISIONAL, None),
    "all hidden": (HIDDEN, None),
}


def spec(frame: pd.DataFrame, accent: Accent | None, language: str = "da") -> dict[str, Any]:
    return observed_expected(frame, PHASES, accent, "henvendelser", words(language)).to_dict()


def marks(drawn: dict[str, Any]) -> list[dict[str, Any]]:
    """Every mark of a chart with its encoding, however deep the layers."""
    if "mark" in drawn:
        return [drawn]
    return [mark for layer in drawn.get("layer", []) for mark in marks(layer)]


def colours(drawn: dict[str, Any]) -> set[str]:
    return {mark["mark"].get("color", "") for mark in marks(drawn)}


@pytest.mark.parametrize("name", FRAMES)
def test_every_count_axis_starts_at_zero(name: str) -> None:
    drawn = spec(*FRAMES[name])
    scales = [
        mark["encoding"]["y"]["scale"]
        for mark in marks(drawn)
        if "field" in mark["encoding"].get("y", {}) and mark["encoding"]["y"].get("scale")
    ]
    assert scales
    assert {scale["domain"][0] for scale in scales} == {0}


@pytest.mark.parametrize("name", FRAMES)
def test_every_layer_shares_one_count_axis(name: str) -> None:
    tops = {
        mark["encoding"]["y"]["scale"]["domain"][1]
        for mark in marks(spec(*FRAMES[name]))
        if "field" in mark["encoding"].get("y", {}) and mark["encoding"]["y"].get("scale")
    }
    assert len(tops) == 1


@pytest.mark.parametrize(
    ("name", "drawn_as_fall"), [(name, name == "with a fall") for name in FRAMES]
)
def test_the_accent_is_used_for_a_fall_that_was_found_and_for_nothing_else(
    name: str, drawn_as_fall: bool
) -> None:
    assert (theme.FALL in colours(spec(*FRAMES[name]))) == drawn_as_fall


def test_a_hidden_month_has_no_value_and_the_line_breaks_there() -> None:
    frame = series()
    frame.loc[5, "count"] = None
    drawn = json.dumps(spec(frame, None))
    assert '"count": null' in drawn
    assert '"count": 0' not in drawn


def test_a_provisional_month_is_dashed_and_not_part_of_the_line() -> None:
    drawn = spec(PROVISIONAL, None)
    dashed = [mark for mark in marks(drawn) if mark["mark"].get("strokeDash") == [3, 3]]
    assert len(dashed) == 1
    line = next(rows for rows in drawn["datasets"].values() if "tip" in rows[0])
    assert line[-1]["count"] is None


def test_an_empty_series_is_drawn_without_lines_rather_than_failing() -> None:
    assert spec(EMPTY, None)["layer"]


@pytest.mark.parametrize(("language", "decimal", "may"), [("da", ",", "maj"), ("en", ".", "May")])
def test_numbers_and_months_follow_the_language(language: str, decimal: str, may: str) -> None:
    locale = spec(series(), None, language)["config"]["locale"]
    assert locale["number"]["decimal"] == decimal
    assert locale["time"]["shortMonths"][4] == may
    assert locale["time"]["days"][0] in ("søndag", "Sunday")


def test_nothing_but_the_shown_figures_is_in_the_specification() -> None:
    fields = {
        field
        for rows in spec(with_band(), ACCENT)["datasets"].values()
        for row in rows
        for field in row
    }
    assert fields <= {
        "month", "end", "label", "height", "count", "expected", "low", "high", "tip",
    }  # fmt: skip
