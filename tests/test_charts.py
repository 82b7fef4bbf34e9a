"""Every chart is a function of a frame: from zero, breaking at holes, without a false fall, in the reader's language."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
from drawn import domains, marks, of_type, rows, with_field

from inquiries import vocabulary
from inquiries.charts import theme
from inquiries.charts.breaks import breaks
from inquiries.charts.observed_expected import Accent, observed_expected
from inquiries.charts.timeline import NAMES_END, month_axis, shades
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


BREAKS = pd.DataFrame(
    {
        "month": pd.to_datetime(["2019-06-01", "2021-07-01"]),
        "left": ["kun telefon", "ét skema for hvert opkald"],
        "right": ["telefon og chat", "ét skema for hver person"],
    }
)


def over(found: pd.DataFrame | None) -> dict[str, Any]:
    chart = observed_expected(series(), PHASES, None, "henvendelser", words("da"), breaks=found)
    return chart.to_dict()


def spec(frame: pd.DataFrame, accent: Accent | None, language: str = "da") -> dict[str, Any]:
    return observed_expected(frame, PHASES, accent, "henvendelser", words(language)).to_dict()


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


@pytest.mark.parametrize(
    ("holes", "alone"),
    [((5, 7), ["2019-07-01"]), ((5,), []), ((1,), ["2019-01-01"]), ((5, 8), [])],
    ids=["between two", "one hole", "first", "two between"],
)
def test_a_month_that_no_line_reaches_is_a_dot(holes: tuple[int, ...], alone: list[str]) -> None:
    frame = series()
    frame.loc[list(holes), "count"] = None
    drawn = spec(frame, None)
    dots = [mark for mark in of_type(drawn, "circle") if mark["mark"]["opacity"] == 1]
    assert [row["month"][:10] for mark in dots for row in rows(drawn, mark)] == alone


def test_a_phase_is_shaded_no_further_than_the_months_go() -> None:
    months = pd.Series(pd.date_range("2020-03-01", "2020-05-01", freq="MS"))
    drawn = shades(PHASES, months, month_axis()).to_dict()
    (shaded,) = drawn["datasets"].values()
    assert [(row["month"][:10], row["end"][:10]) for row in shaded] == [
        ("2020-04-01", "2020-06-01")
    ]


# Breaks


def beside(drawn: dict[str, Any], align: str) -> list[dict[str, Any]]:
    """What is written to one side of the breaks, its white edge aside."""
    found = [mark for mark in with_field(drawn, "text", "said") if mark["mark"]["align"] == align]
    return rows(drawn, found[-1])


def test_what_was_before_a_break_stands_left_of_it_and_what_came_after_right() -> None:
    drawn = breaks(BREAKS, words("da")).to_dict()
    for align, column in (("right", "left"), ("left", "right")):
        said = [row["said"].replace("\n", " ") for row in beside(drawn, align)]
        assert said == list(BREAKS[column])


def test_the_texts_of_breaks_stand_under_the_names_of_phases_and_under_each_other() -> None:
    heights = [row["height"] for row in beside(breaks(BREAKS, words("da")).to_dict(), "left")]
    assert heights == [NAMES_END, NAMES_END + 14]
    named = with_field(over(BREAKS), "text", "label")
    lowest = max(row["height"] for mark in named for row in rows(over(BREAKS), mark))
    assert lowest + 12 < NAMES_END


def test_a_break_is_a_dashed_line_at_its_month_that_says_itself() -> None:
    drawn = breaks(BREAKS, words("da")).to_dict()
    (line,) = of_type(drawn, "rule")
    assert line["mark"]["strokeDash"]
    assert rows(drawn, line)[0] == {
        "month": "2019-06-01T00:00:00",
        "tip": "Brud i tidsserien, juni 2019. Før: kun telefon. Derefter: telefon og chat",
    }


@pytest.mark.parametrize(
    ("found", "months"),
    [
        (None, []),
        (BREAKS.head(0), []),
        (BREAKS.assign(month=pd.to_datetime(["2018-12-01", "2022-01-01"])), []),
        (BREAKS.assign(month=pd.to_datetime(["2018-12-01", "2021-12-01"])), ["2021-12-01"]),
        (BREAKS, ["2019-06-01", "2021-07-01"]),
    ],
    ids=["none", "empty", "outside", "one outside", "both within"],
)
def test_the_main_chart_has_the_breaks_within_its_months_and_room_for_them(
    found: pd.DataFrame | None, months: list[str]
) -> None:
    drawn = over(found)
    lines = of_type(drawn, "rule")
    assert [row["month"][:10] for mark in lines for row in rows(drawn, mark)] == months
    plain = domains(over(None), "y")[0][1]
    assert (domains(drawn, "y")[0][1] > plain) == bool(months)


def test_breaks_are_never_drawn_of_no_rows() -> None:
    with pytest.raises(AssertionError):
        breaks(BREAKS.head(0), words("da"))
