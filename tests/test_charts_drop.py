"""The charts of the fall: groups and baselines side by side, what is still missing, small multiples, and how the model fits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from drawn import domains, marks, of_type, rows, with_field, written

from inquiries import vocabulary
from inquiries.charts import theme
from inquiries.charts.diagnostics import autocorrelation, residuals
from inquiries.charts.intervals import intervals
from inquiries.charts.small_multiples import small_multiples
from inquiries.charts.still_missing import HEIGHT, still_missing
from inquiries.words import Words, words

Spec = dict[str, Any]

DANISH, ENGLISH = words("da"), words("en")
PHASES = vocabulary.phases()
LONG = "Genopdragelsesrejse eller ufrivilligt udlandsophold"
PALETTE = {
    value for name, value in vars(theme).items() if name.isupper() and str(value).startswith("#")
}


def groups(*listed: tuple[Any, ...]) -> pd.DataFrame:
    columns = ["label", "change", "low", "high", "standing", "note"]
    return pd.DataFrame(listed, columns=columns)


GROUPS = groups(
    ("Telefon", -52.1, -61.0, -41.0, "differs", ""),
    ("Fremmøde (personligt)", -37.3, -47.0, -25.0, "plain", ""),
    (LONG, 22.0, -55.0, 240.0, "unsure", "for lille datagrundlag"),
)


def one(low: float, change: float, high: float, standing: str = "plain") -> pd.DataFrame:
    return groups(("Chat", change, low, high, standing, ""))


def compared(frame: pd.DataFrame, speech: Words = DANISH, **choices: Any) -> Spec:
    return intervals(frame, speech, axis_title="Ændring i pct.", **choices).to_dict()


def missing(values: list[float], width: float = 30.0) -> pd.DataFrame:
    months = pd.date_range("2020-03-01", periods=len(values), freq="MS")
    frame = pd.DataFrame({"month": months, "missing": values})
    return frame.assign(low=frame["missing"] - width, high=frame["missing"] + width)


PEAKED = missing([40, 180, 260, 312, 250, 180, 120, 41], 220)


def summed(frame: pd.DataFrame, speech: Words = DANISH, **choices: Any) -> Spec:
    return still_missing(frame, PHASES, speech, **choices).to_dict()


MONTHS = pd.date_range("2018-01-01", "2022-02-01", freq="MS")


def group(name: str, level: float) -> pd.DataFrame:
    frame = pd.DataFrame({"group": name, "month": MONTHS, "count": level, "state": "complete"})
    expected = frame["count"].where(frame["month"] >= "2020-03-01")
    return frame.assign(expected=expected, low=expected * 0.8, high=expected * 1.2)


def hidden(name: str, *months: int) -> pd.DataFrame:
    frame = group(name, 5.0)
    frame.loc[list(months) or frame.index, "count"] = np.nan
    return frame


TWO = pd.concat([group("Telefon", 60.0), group(LONG, 6.0)], ignore_index=True)


def small(frame: pd.DataFrame, speech: Words = DANISH, **choices: Any) -> list[Spec]:
    return [panel.to_dict() for panel in small_multiples(frame, PHASES, speech, **choices)]


def left_over(*values: float) -> pd.DataFrame:
    months = pd.date_range("2019-01-01", periods=len(values), freq="MS")
    return pd.DataFrame({"month": months, "residual": values})


LAGS = pd.DataFrame({"lag": range(1, 13), "value": [0.1, -0.2] * 6})

CHARTS: dict[str, Callable[..., list[Spec]]] = {
    "intervals": lambda **said: [compared(GROUPS, reference=-37.3, **said)],
    "still missing": lambda **said: [summed(PEAKED, **said)],
    "small multiples": lambda **said: small(TWO, **said),
    "residuals": lambda **said: [residuals(left_over(1.0, -2.5), DANISH, **said).to_dict()],
    "autocorrelation": lambda **said: [autocorrelation(LAGS, 0.3, DANISH, **said).to_dict()],
}
NO_ROWS = {
    "intervals": lambda: compared(GROUPS.head(0)),
    "still missing": lambda: summed(PEAKED.head(0)),
    "small multiples": lambda: small(TWO.head(0)),
    "residuals": lambda: residuals(left_over(), DANISH),
    "autocorrelation": lambda: autocorrelation(LAGS.head(0), 0.3, DANISH),
}


# Every one of them


@pytest.mark.parametrize("name", CHARTS)
def test_a_picture_of_sample_data_says_so_itself_and_another_does_not(name: str) -> None:
    for is_sample in (True, False):
        for drawn in CHARTS[name](is_sample=is_sample):
            said = written(drawn) | set(drawn.get("title", {}).get("subtitle", []))
            assert ("Eksempeldata" in said) == is_sample


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_the_colours_of_the_theme_and_no_other(name: str) -> None:
    for drawn in CHARTS[name]():
        used = {
            mark["mark"][part]
            for mark in marks(drawn)
            for part in ("color", "fill", "stroke")
            if part in mark["mark"]
        }
        assert used and used <= PALETTE | {"white"}


@pytest.mark.parametrize("name", CHARTS)
def test_a_mark_is_silent_or_says_a_sentence(name: str) -> None:
    for drawn in CHARTS[name]():
        for mark in marks(drawn):
            assert (mark["mark"].get("aria") is False) != ("description" in mark["encoding"])


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_fills_the_width_it_is_given_and_speaks_danish(name: str) -> None:
    for drawn in CHARTS[name]():
        assert drawn["width"] == "container"
        assert drawn["config"]["locale"]["number"]["decimal"] == ","
        assert drawn["config"]["locale"]["time"]["shortMonths"][4] == "maj"


@pytest.mark.parametrize("name", NO_ROWS)
def test_a_chart_of_no_rows_is_never_asked_for(name: str) -> None:
    with pytest.raises(AssertionError):
        NO_ROWS[name]()


# Side by side


@pytest.mark.parametrize(
    ("standing", "ink", "fill"),
    [
        ("differs", theme.FALL, theme.FALL),
        ("plain", theme.OBSERVED, theme.OBSERVED),
        ("unsure", theme.EXPECTED, "white"),
    ],
)
def test_what_differs_is_filled_in_the_accent_and_what_is_unsure_is_hollow(
    standing: str, ink: str, fill: str
) -> None:
    drawn = compared(one(-40, -30, -20, standing))
    (dots,) = with_field(drawn, "fill", "fill")
    assert [(row["ink"], row["fill"]) for row in rows(drawn, dots)] == [(ink, fill)]


def test_the_label_of_what_differs_is_bold() -> None:
    labels = with_field(compared(GROUPS), "y", "head")
    weights = [
        mark["mark"]["fontWeight"]["expr"] for mark in labels if "fontWeight" in mark["mark"]
    ]
    assert set(weights) == {"datum.standing == 'differs' ? 'bold' : 'normal'"}


def test_rows_stand_in_the_order_given_each_interval_under_its_own_label() -> None:
    drawn = compared(GROUPS)
    label = next(mark for mark in with_field(drawn, "y", "head") if "fontWeight" in mark["mark"])
    (dots,) = with_field(drawn, "fill", "fill")
    heads = [row["head"] for row in rows(drawn, label)]
    dotted = [row["at"] for row in rows(drawn, dots)]
    assert [row["label"] for row in rows(drawn, label)] == list(GROUPS["label"])
    in_turn = [height for pair in zip(heads, dotted, strict=True) for height in pair]
    assert in_turn == sorted(set(in_turn))
    assert in_turn[-1] < drawn["height"]


@pytest.mark.parametrize(
    ("limits", "reference", "ends"),
    [
        ((-47, -37.3, -25), None, [-50, 10]),
        ((-50, -40, -30), None, [-50, 10]),
        ((-50.1, -40, -30), None, [-60, 10]),
        ((20, 30, 40), None, [0, 40]),
        ((-3, 1, 4), None, [-10, 10]),
        ((-3, 1, 4), -37.3, [-40, 10]),
        ((-100, -80, 20), None, [-100, 20]),
        ((-60, 20, 150), None, [-60, 150]),
        ((-60, 20, 240), None, [-60, 150]),
    ],
)
def test_the_axis_holds_no_change_the_total_and_the_intervals_up_to_its_limits(
    limits: tuple[float, float, float], reference: float | None, ends: list[int]
) -> None:
    asked = domains(compared(one(*limits), reference=reference), "x")
    assert asked
    assert [domain for domain in asked if domain != ends] == []


@pytest.mark.parametrize(("high", "goes_on"), [(149.0, False), (150.0, False), (150.1, True)])
def test_an_interval_that_goes_on_beyond_the_edge_ends_there_in_an_arrow(
    high: float, goes_on: bool
) -> None:
    drawn = compared(one(-60, 20, high))
    (span,) = with_field(drawn, "x", "start")
    assert rows(drawn, span)[0]["end"] == min(high, 150)
    arrows = [mark["mark"]["shape"] for mark in with_field(drawn, "x", "edge")]
    assert arrows == (["triangle-right"] if goes_on else [])


def test_a_change_beyond_the_edge_has_an_arrow_and_no_dot() -> None:
    drawn = compared(one(90, 180, 400))
    (dots,) = with_field(drawn, "fill", "fill")
    assert rows(drawn, dots) == []
    assert with_field(drawn, "x", "edge")


def test_a_row_without_a_change_has_its_label_and_its_note_alone() -> None:
    drawn = compared(groups(("Chat", np.nan, np.nan, np.nan, "unsure", "kan ikke vises")))
    assert not with_field(drawn, "x", "start") and not with_field(drawn, "fill", "fill")
    assert "kan ikke vises" in written(drawn)


@pytest.mark.parametrize(
    ("speech", "said", "unchanged"),
    [
        (DANISH, "Telefon: −52 pct. (−61 til −41)", "uændret"),
        (ENGLISH, "Telefon: −52 per cent (−61 to −41)", "no change"),
    ],
)
def test_a_row_says_its_change_and_its_limits_in_the_language(
    speech: Words, said: str, unchanged: str
) -> None:
    drawn = compared(GROUPS, speech)
    (dots,) = with_field(drawn, "description", "tip")
    assert rows(drawn, dots)[0]["tip"] == said
    assert unchanged in written(drawn)


def test_the_total_is_a_named_line_where_it_is_given_and_nowhere_else() -> None:
    assert "Alle: −37 pct." in written(
        compared(GROUPS, reference=-37.3, reference_label="Alle: −37 pct.")
    )
    lines = [len(of_type(compared(GROUPS, reference=value), "rule")) for value in (None, -37.3)]
    assert lines == [2, 3]


def test_a_long_label_is_folded_where_the_chart_is_narrow() -> None:
    drawn = compared(GROUPS)
    label = next(mark for mark in with_field(drawn, "y", "head") if "fontWeight" in mark["mark"])
    folded = [row["folded"].split("\n") for row in rows(drawn, label)]
    assert [" ".join(lines) for lines in folded] == list(GROUPS["label"])
    assert [len(lines) for lines in folded] == [1, 1, 2]
    assert label["encoding"]["text"]["value"]["expr"].startswith("width < 560 ? datum.folded")


# What is still missing


def test_the_peak_and_the_end_are_written_beside_their_points() -> None:
    assert {"størst i juni 2020: 312", "oktober 2020: 41 (−179 til 261)"} <= written(summed(PEAKED))


@pytest.mark.parametrize(
    "values", [[-5, -20, -60], [0.4, -3, -5], [10, 40, 90]], ids=["none", "under one", "at the end"]
)
def test_there_is_no_peak_where_nothing_is_missing_or_the_end_is_the_peak(
    values: list[float],
) -> None:
    said = written(summed(missing(values)))
    assert [text for text in said if "størst" in text] == []
    assert [text for text in said if text.startswith("maj 2020")] != []


@pytest.mark.parametrize(
    "values", [[10, 40, 90], [-5, -20, -60], [40, 312, 41], [0, 0, 0]], ids=str
)
def test_zero_is_on_the_axis_with_room_on_both_sides_and_every_layer_shares_it(
    values: list[float],
) -> None:
    frame = missing(values)
    asked = domains(summed(frame), "y")
    low, high = asked[0]
    assert asked == [[low, high]] * len(asked)
    assert low < min(0, frame["low"].min()) and max(0, frame["high"].max()) < high


def test_zero_is_named_and_both_its_sides_are_explained() -> None:
    assert {
        "0: som forventet",
        "Over 0: mangler stadig. Under 0: flere end forventet.",
    } <= written(summed(PEAKED))


def beneath_end(values: list[float]) -> tuple[float, float]:
    """How far under the last point its text stands, and how far under it zero lies, in pixels."""
    drawn = summed(missing(values))
    low, high = domains(drawn, "y")[0]
    last = next(mark for mark in of_type(drawn, "text") if mark["mark"].get("align") == "right")
    return last["mark"]["dy"], values[-1] * HEIGHT / (high - low)


@pytest.mark.parametrize(
    ("values", "under"),
    [([40, 312, 200], True), ([40, 120, 200], False), ([200, 200], True), ([-9, -80], True)],
    ids=["falling", "rising", "level", "below zero"],
)
def test_the_last_figure_is_written_where_the_line_does_not_come_from(
    values: list[float], under: bool
) -> None:
    text, _ = beneath_end(values)
    assert (text > 0) == under


@pytest.mark.parametrize("values", [[10, 20, 60, 312, 200, 300], [9, 9, 90, 10, 41, 42]], ids=str)
def test_the_last_figure_keeps_clear_of_the_greatest_that_is_written_near_by(
    values: list[float],
) -> None:
    text, _ = beneath_end(values)
    near = values.index(max(values)) >= len(values) / 2
    assert (text > 0) == near


@pytest.mark.parametrize("last", [0, 5, 20, 41, 80, -5, -41])
@pytest.mark.parametrize("before", [312, -312])
def test_the_last_figure_is_never_struck_through_by_the_line_of_zero(
    before: float, last: float
) -> None:
    text, zero = beneath_end([before, last])
    assert abs(text - zero) >= 15.99


# Small multiples


def test_every_group_is_drawn_from_zero_to_the_same_height() -> None:
    asked = [domain for panel in small(TWO) for domain in domains(panel, "y")]
    assert asked
    assert [domain for domain in asked if domain != [0, 72.0]] == []


def test_groups_stand_in_the_order_they_come_with_names_of_as_many_lines() -> None:
    names = [panel["title"]["text"] for panel in small(TWO)]
    assert names == [
        ["", "Telefon"],
        ["Genopdragelsesrejse eller", "ufrivilligt udlandsophold"],
    ]


@pytest.mark.parametrize(
    ("holes", "alone"),
    [((5,), []), ((5, 7), [6]), ((1,), [0]), ((48,), [49]), ((5, 8), [])],
    ids=["one hole", "between two", "first", "last", "two between"],
)
def test_a_hidden_month_breaks_the_line_and_one_that_no_line_reaches_is_a_dot(
    holes: tuple[int, ...], alone: list[int]
) -> None:
    (panel,) = small(hidden("Chat", *holes))
    (line,) = with_field(panel, "y", "count")[:1]
    counts = [row["count"] for row in rows(panel, line)]
    assert [place for place, count in enumerate(counts) if count is None] == list(holes)
    dots = [row["month"][:10] for mark in of_type(panel, "circle") for row in rows(panel, mark)]
    assert dots == [str(MONTHS[place].date()) for place in alone]


def test_a_group_with_nothing_shown_says_that_it_is_hidden() -> None:
    assert ["skjult" in written(panel) for panel in small(pd.concat([TWO, hidden("Chat")]))] == [
        False,
        False,
        True,
    ]


# How the model fits


@pytest.mark.parametrize(("most", "end"), [(1.0, 3.0), (-1.0, 3.0), (4.0, 4.4), (-4.0, 4.4)])
def test_residuals_have_one_axis_round_zero_that_holds_them_and_the_guides(
    most: float, end: float
) -> None:
    drawn = residuals(left_over(0.5, most), DANISH).to_dict()
    assert [domain for domain in domains(drawn, "y") if domain != pytest.approx([-end, end])] == []
    guides = [row["guide"] for mark in with_field(drawn, "y", "guide") for row in rows(drawn, mark)]
    assert guides == [0.0, -2.0, 2.0]


@pytest.mark.parametrize(
    ("limit", "value", "end"), [(0.2, 0.1, 0.5), (0.5, 0.1, 0.6), (0.2, -0.7, 0.84), (0.3, 0.95, 1)]
)
def test_autocorrelations_have_bars_and_guides_at_the_limit_on_one_axis(
    limit: float, value: float, end: float
) -> None:
    drawn = autocorrelation(LAGS.assign(value=value), limit, DANISH).to_dict()
    assert [domain for domain in domains(drawn, "y") if domain != pytest.approx([-end, end])] == []
    guides = [row["guide"] for mark in with_field(drawn, "y", "guide") for row in rows(drawn, mark)]
    assert guides == [0.0, -limit, limit]
    (bars,) = of_type(drawn, "bar")
    assert [row["lag"] for row in rows(drawn, bars)] == list(range(1, 13))
