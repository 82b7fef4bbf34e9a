"""The charts and the table of every form, dimension and period of the sample: marks, gaps, zero, names and the figures themselves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import vl_convert
from drawn import domains, marks, of_type, rows, with_field, written

from inquiries import vocabulary
from inquiries.charts import theme
from inquiries.charts.heat_map import heat_map
from inquiries.charts.lines import lines, phase_lines
from inquiries.charts.same_months import same_months
from inquiries.charts.slope import slope
from inquiries.charts.writing import spread
from inquiries.explore import Explored, explored
from inquiries.explore.choices import forms_for, view_of
from inquiries.explore.offered import Offered, offered_of
from inquiries.explore.table import sortable
from inquiries.explore.view import PERIODS
from inquiries.home import Home
from inquiries.periods import COMPLETE, PROVISIONAL
from inquiries.release import Release, open_newest
from inquiries.words import Words, words

Spec = dict[str, Any]

HOTLINE, CONSULTANTS = "eksempel-hotline", "eksempel-konsulenter"
DANISH, ENGLISH = words("da"), words("en")
PHASES = vocabulary.phases()
PALETTE = {
    value
    for name, value in vars(theme).items()
    if name.isupper() and isinstance(value, str) and value.startswith("#")
} | {"white", "transparent"}
BROKEN_DOWN = ("", "region", "inquirer.professional")


@pytest.fixture(scope="module")
def release(home: Path) -> Iterator[Release]:
    found = open_newest(Home(home))
    assert found is not None
    yield found
    found.close()


@pytest.fixture(scope="module")
def offered(release: Release) -> dict[str, Offered]:
    return {source: offered_of(release.ask, source) for source in release.sources}


def looked_at(
    release: Release,
    offered: dict[str, Offered],
    source: str = HOTLINE,
    language: str = "da",
    **params: str,
) -> Explored:
    view, _ = view_of(params, offered[source])
    return explored(release.ask, view, offered[source], words(language))


# Every form of the sample


@pytest.mark.parametrize(
    ("by", "period"), list(product(BROKEN_DOWN, PERIODS)), ids=lambda part: part or "all"
)
def test_every_form_draws_the_figures_and_no_others(
    by: str, period: str, release: Release, offered: dict[str, Offered]
) -> None:
    default, _ = view_of({"by": by, "period": period}, offered[HOTLINE])
    for form in forms_for(default, offered[HOTLINE]):
        found = looked_at(release, offered, by=by, period=period, form=form)
        figures = found.figures.rows
        assert found.figures.view.form == form
        assert bool(found.charts) == (form != "table")
        told = {row.said for row in figures.itertuples()}
        for chart in found.charts:
            for mark in with_field(chart, "description", "tip"):
                tips = [row["tip"] for row in rows(chart, mark)]
                assert form == "slope" or {tip.rsplit(": ", 1)[1] for tip in tips} <= told
            drawn = [
                row[field]
                for mark in marks(chart)
                if "data" in mark
                for row in rows(chart, mark)
                for field in ("value", "count")
                if row.get(field) is not None
            ]
            assert set(drawn) <= set(figures["value"].dropna())
            ends = domains(chart, "y")
            assert all(end[0] == 0 for end in ends) and (ends or form in ("heat", "slope"))
        check_table(found)


def check_table(found: Explored) -> None:
    """Every cell is the text of a figure, each as often as there are figures of it."""
    figures, table = found.figures, found.table
    cells = [str(cell).strip() for cell in table.iloc[:, 1:].to_numpy().ravel()]
    if not (figures.view.by or figures.view.period != "phase"):
        cells = [str(cell).strip() for cell in table.iloc[:, -1]]
    assert sorted(cells) == sorted(figures.rows["text"])


@pytest.mark.parametrize(
    "params",
    [
        {"source": CONSULTANTS},
        {"by": "theme"},
        {"by": "channel", "measure": "index", "period": "phase"},
        {"by": "channel", "measure": "expected"},
        {"form": "same"},
        {"form": "heat"},
        {"by": "channel", "form": "heat"},
        {"by": "channel", "form": "small", "period": "quarter"},
        {"by": "inquirer", "form": "slope"},
    ],
    ids=lambda params: " ".join(params.values()),
)
def test_a_chart_is_drawn_silent_but_for_sentences_in_the_themes_colours_and_says_that_it_is_sample_data(
    params: dict[str, str], release: Release, offered: dict[str, Offered]
) -> None:
    found = looked_at(release, offered, **params)
    assert found.charts
    for chart in found.charts:
        assert "<svg" in vl_convert.vegalite_to_svg({**chart, "width": 600})
        for mark in marks(chart):
            assert (mark["mark"].get("aria") is False) != ("description" in mark["encoding"])
            colours = {mark["mark"].get(part) for part in ("color", "fill", "stroke")}
            assert colours - {None} <= PALETTE
        said = written(chart) | set(chart.get("title", {}).get("subtitle", []))
        assert "Eksempeldata" in said
        assert chart["width"] == "container"
        assert chart["config"]["locale"]["number"]["decimal"] == ","


def test_a_missing_month_is_a_gap_and_never_a_point(
    release: Release, offered: dict[str, Offered]
) -> None:
    for params in ({}, {"form": "same"}, {"by": "gender", "form": "small"}):
        for chart in looked_at(release, offered, **params).charts:
            for mark in of_type(chart, "line"):
                gone = [row for row in rows(chart, mark) if "2024-07" in str(row.get("month"))]
                assert all(row.get("value", row.get("count")) is None for row in gone)
    heat = looked_at(release, offered, form="heat").charts[0]
    framed = [mark for mark in of_type(heat, "rect") if mark["mark"].get("fill") == "white"]
    assert [row["tip"] for mark in framed for row in rows(heat, mark)] == [
        "juli 2024: ikke indberettet"
    ]


@pytest.mark.parametrize("form", ["lines", "same"])
def test_a_provisional_month_is_dashed_and_hollow_and_in_no_whole_line(
    form: str, release: Release, offered: dict[str, Offered]
) -> None:
    found = looked_at(release, offered, CONSULTANTS, form=form)
    chart = found.charts[0]
    awaited = found.figures.rows[found.figures.rows["mark"] == "provisional"]
    assert list(awaited["period"]) == ["2026-10"]
    dashed = [mark for mark in of_type(chart, "line") if "strokeDash" in mark["mark"]]
    (hollow,) = (mark for mark in of_type(chart, "point") if mark["mark"]["fill"] == "white")
    assert len(dashed) == 1 and [row["value"] for row in rows(chart, hollow)] == list(
        awaited["value"]
    )
    for mark in of_type(chart, "line"):
        if mark not in dashed:
            newest = [
                row
                for row in rows(chart, mark)
                if str(row.get("month", "")).startswith("2026-10")
                or (row.get("year"), row.get("at")) == (2026, 10)
            ]
            assert all(row["value"] is None for row in newest)
    assert any(
        "(foreløbig)" in row["tip"]
        for row in rows(chart, with_field(chart, "description", "tip")[0])
    )


@pytest.mark.parametrize(("by", "named"), [("gender", 3), ("channel", 4), ("theme", 4)])
def test_at_most_four_lines_have_an_ink_and_a_name(
    by: str, named: int, release: Release, offered: dict[str, Offered]
) -> None:
    found = looked_at(release, offered, by=by)
    chart = found.charts[0]
    (names,) = (mark for mark in of_type(chart, "text") if "ink" in str(mark["encoding"]))
    assert len(rows(chart, names)) == named
    assert any(one.view.form == "small" for one in found.suggestions) == (by != "gender")


def test_the_named_lines_are_the_greatest_and_never_what_is_not_stated(
    release: Release, offered: dict[str, Offered]
) -> None:
    found = looked_at(release, offered, by="theme", period="year")
    sums = found.figures.rows.groupby("label")["count"].sum().drop("Uoplyst").nlargest(4)
    names = {text.replace("\n", " ") for text in written(found.charts[0])}
    assert set(sums.index) <= names and "Uoplyst" not in names


def test_where_the_place_is_not_stated_is_in_the_table_and_not_in_the_chart(
    release: Release, offered: dict[str, Offered]
) -> None:
    found = looked_at(release, offered, by="region", period="year")
    assert "Uoplyst" in found.table.iloc[:, 0].to_list()
    drawn = with_field(found.charts[0], "description", "tip")
    assert not any("Uoplyst" in row["tip"] for row in rows(found.charts[0], drawn[0]))
    assert "Kun i tabellen: Uoplyst." in found.warnings


# Lines


def line(
    code: str, values: list[float | None], place: int = 0, state: str = COMPLETE
) -> pd.DataFrame:
    months = pd.date_range("2020-01-01", periods=len(values), freq="MS")
    frame = pd.DataFrame({"code": code, "label": code, "place": place, "month": months})
    return frame.assign(value=pd.Series(values, dtype="float64"), state=state, tip=f"{code}: x")


def drawn_lines(frame: pd.DataFrame, speech: Words = DANISH, **choices: Any) -> Spec:
    return lines(frame, PHASES, speech, **choices).to_dict()


def test_a_line_breaks_at_a_gap_and_a_month_alone_is_a_point() -> None:
    chart = drawn_lines(line("a", [5, 6, None, 7, None, 8]))
    (whole_line,) = (mark for mark in of_type(chart, "line"))
    assert [row["value"] for row in rows(chart, whole_line)] == [5, 6, None, 7, None, 8]
    dots = [mark for mark in of_type(chart, "circle") if mark["mark"]["opacity"] == 1]
    assert [[row["value"] for row in rows(chart, mark)] for mark in dots] == [[7, 8]]


def test_the_end_of_one_line_is_not_beside_the_beginning_of_the_next() -> None:
    chart = drawn_lines(
        pd.concat([line("a", [5, None, 6]), line("b", [7, 8, 9], 1)], ignore_index=True)
    )
    dots = [mark for mark in of_type(chart, "circle") if mark["mark"]["opacity"] == 1]
    assert [row["value"] for mark in dots for row in rows(chart, mark)] == [5, 6]


@pytest.mark.parametrize(("reference", "drawn"), [("", False), ("100: som forventet", True)])
def test_a_hundred_is_a_named_line_where_something_is_measured_by_it(
    reference: str, drawn: bool
) -> None:
    chart = drawn_lines(line("a", [50, 150]), reference=reference)
    assert bool(with_field(chart, "y", "guide")) == drawn
    assert (reference in written(chart)) == drawn or not reference


def test_a_break_is_drawn_where_it_is_given_and_nowhere_else() -> None:
    one = pd.DataFrame({"month": [pd.Timestamp("2020-03-01")], "left": ["gammel"], "right": ["ny"]})
    frame = line("a", [5, 6, 7, 8])
    assert {"gammel", "ny"} <= written(drawn_lines(frame, breaks=one))
    assert "gammel" not in written(drawn_lines(frame, breaks=one.head(0)))


def test_a_click_gives_the_value_of_the_line() -> None:
    chart = drawn_lines(line("a", [5, 6]))
    (param,) = chart["params"]
    assert param["name"] == "chosen" and param["select"]["fields"] == ["code"]


def test_the_phases_stand_in_their_order_each_with_a_point() -> None:
    frame = line("a", [5, 6, None]).assign(month=["Før", "1. nedlukning", "Efter"])
    chart = phase_lines(frame, ["Før", "1. nedlukning", "Efter"], DANISH).to_dict()
    across = of_type(chart, "line")[0]["encoding"]["x"]
    assert across["sort"] == ["Før", "1.\nnedlukning", "Efter"]
    assert r"'\n'" in across["axis"]["labelExpr"]
    dots = [mark for mark in of_type(chart, "circle") if mark["mark"]["opacity"] == 1]
    assert [row["value"] for mark in dots for row in rows(chart, mark)] == [5, 6]


# Names that do not meet


@pytest.mark.parametrize(
    ("heights", "apart"),
    [
        ([50.0], [50]),
        ([50.0, 52.0], [50, 66]),
        ([52.0, 50.0], [66, 50]),
        ([2.0, 3.0], [8, 24]),
        ([99.0, 98.0], [92, 76]),
        ([10.0, 90.0], [10, 90]),
    ],
)
def test_texts_are_pushed_apart_and_stay_within(heights: list[float], apart: list[float]) -> None:
    assert spread(heights, [16] * len(heights), 100) == apart


@pytest.mark.parametrize(
    ("highest", "top"),
    [
        (0.4, 0.4),
        (5, 5),
        (6, 6),
        (7, 8),
        (61, 80),
        (100, 100),
        (101, 120),
        (191, 200),
        (1750, 2000),
    ],
)
def test_an_axis_ends_at_a_round_number_that_holds_what_is_drawn(
    highest: float, top: float
) -> None:
    assert theme.top_of(highest) == pytest.approx(top)
    scale = theme.from_zero("value", theme.top_of(highest)).to_dict()
    values = scale["axis"]["values"]
    assert values[0] == 0 and values[-1] == pytest.approx(top) and len(values) <= 7


@pytest.mark.parametrize("nothing", [0.0, float("nan")])
def test_an_axis_of_nothing_is_an_axis_all_the_same(nothing: float) -> None:
    assert theme.top_of(nothing) == 1.0


# The same months year by year


def years(first: int, last: int) -> pd.DataFrame:
    listed = [
        {
            "year": year,
            "at": month,
            "name": str(month),
            "value": 10.0,
            "state": COMPLETE,
            "tip": "x: 1",
        }
        for year in range(first, last + 1)
        for month in (1, 2, 3)
    ]
    return pd.DataFrame(listed)


@pytest.mark.parametrize(
    ("accent", "inks"),
    [
        (2020, {2020: theme.FALL, 2022: theme.THIRD, 2023: theme.OBSERVED}),
        (2022, {2022: theme.FALL, 2023: theme.OBSERVED}),
        (2023, {2022: theme.THIRD, 2023: theme.FALL}),
        (0, {2022: theme.THIRD, 2023: theme.OBSERVED}),
    ],
)
def test_the_closed_year_is_in_the_accent_and_the_newest_two_have_inks(
    accent: int, inks: dict[int, str]
) -> None:
    chart = same_months(years(2018, 2023), accent, DANISH).to_dict()
    found = {
        row["year"]: row["ink"] for mark in of_type(chart, "line") for row in rows(chart, mark)
    }
    assert {year: ink for year, ink in found.items() if ink != theme.REST} == inks
    assert {str(year) for year in inks} <= written(chart)
    assert len(found) == 6


# The heat map


def cells(*listed: tuple[str, str, float | None, str]) -> pd.DataFrame:
    frame = pd.DataFrame(listed, columns=["down", "across", "value", "mark"])
    return frame.assign(code=frame["down"], number=frame["value"].astype(str), tip="x: 1")


HEAT = cells(
    ("Telefon", "2019", 10.0, ""),
    ("Telefon", "2020", None, "hidden"),
    ("Telefon", "2021", None, "not_shown"),
    ("Telefon", "2022", None, "missing"),
    ("Chat", "2019", None, "not_registered"),
    ("Chat", "2020", 8.0, "provisional"),
)


def test_each_mark_has_a_look_of_its_own_in_a_heat_map() -> None:
    chart = heat_map(HEAT, DANISH).to_dict()
    looks = {
        row["mark"]: (
            mark["mark"].get("color"),
            mark["mark"].get("fill"),
            bool(mark["mark"].get("strokeDash")),
        )
        for mark in of_type(chart, "rect")
        for row in rows(chart, mark)
        if "mark" in row
    }
    assert looks["hidden"] == looks["not_shown"] == (theme.NO_FIGURE, None, False)
    assert looks["missing"] == looks["not_registered"] == (None, "white", False)
    assert looks["provisional"] == (None, "transparent", True)
    assert "" not in looks and theme.NO_FIGURE not in theme.HEAT


def test_the_palest_of_a_heat_map_is_nothing_and_the_darkest_the_most() -> None:
    chart = heat_map(HEAT, DANISH).to_dict()
    (shown,) = with_field(chart, "color", "value")
    scale = shown["encoding"]["color"]["scale"]
    assert scale["domain"][0] == 0 and scale["domain"][-1] == 10
    assert scale["range"] == list(theme.HEAT)


@pytest.mark.parametrize(("columns", "is_written"), [(14, True), (15, False)])
def test_the_figures_are_written_in_the_cells_where_there_is_room(
    columns: int, is_written: bool
) -> None:
    frame = cells(*[("a", str(2000 + at), 9.0, "") for at in range(columns)])
    assert bool(with_field(heat_map(frame, DANISH).to_dict(), "text", "number")) == is_written


# The slope


def sloped(*listed: tuple[str, float, float, bool]) -> Spec:
    frame = pd.DataFrame(listed, columns=["label", "before", "after", "falls"])
    texts = {f"{end}_text": frame[end].astype(str) for end in ("before", "after")}
    ends = (("Før", "2016–2019"), ("1. nedlukning", "april–juni 2020"))
    return slope(frame.assign(code=frame["label"], tip="x: 1", **texts), ends, DANISH).to_dict()


def test_only_what_the_release_judges_to_have_fallen_is_in_the_accent() -> None:
    chart = sloped(("Telefon", 60, 20, True), ("Chat", 30, 20, False), ("E-mail", 10, 12, False))
    (dots,) = with_field(chart, "description", "tip")
    assert [row["ink"] for row in rows(chart, dots)] == [theme.FALL, theme.OBSERVED, theme.OBSERVED]


def test_a_slope_is_drawn_from_zero_on_one_scale_with_its_ends_named() -> None:
    chart = sloped(("Telefon", 100, 50, False), ("Chat", 0, 25, False))
    (dots,) = with_field(chart, "description", "tip")
    height = chart["height"]
    ends = [(row["start"], row["end"]) for row in rows(chart, dots)]
    assert ends == [(0, height / 2), (height, height * 3 / 4)]
    assert {"Før\n2016–2019", "1. nedlukning\napril–juni 2020"} <= written(chart)


def test_values_that_begin_at_one_height_are_written_once() -> None:
    chart = sloped(("Telefon", 100, 50, False), ("Chat", 100, 25, False))
    texts = [row["said"] for mark in with_field(chart, "text", "said") for row in rows(chart, mark)]
    assert texts.count("100") == 1


# The table


def test_texts_sort_as_their_numbers_do_with_marks_after_them() -> None:
    texts = ["98", "1.234", "skjult", "7 (foreløbig)", "105"]
    padded = sortable(texts)
    assert [text.strip() for text in sorted(padded)] == [
        "7 (foreløbig)",
        "98",
        "105",
        "1.234",
        "skjult",
    ]
    assert [text.strip() for text in padded] == texts


@pytest.mark.parametrize(
    ("params", "columns", "first"),
    [
        ({}, ["Måned", "Antal"], "Oktober 2026"),
        ({"period": "quarter"}, ["Kvartal", "Antal"], "Juli–september 2026"),
        ({"period": "phase"}, ["Fase", "Antal", "Pr. måned"], "2016–2019 (Før)"),
        ({"by": "gender"}, ["Måned", "Kvinde", "Mand", "Andet eller uoplyst"], "Oktober 2026"),
        ({"by": "gender", "period": "year"}, ["Køn", *map(str, range(2016, 2026))], "Kvinde"),
        ({"measure": "index"}, ["Måned", "Indeks"], "Oktober 2026"),
        (
            {"by": "gender", "measure": "share"},
            ["Måned", "Kvinde", "Mand", "Andet eller uoplyst"],
            "Oktober 2026",
        ),
    ],
    ids=lambda part: " ".join(part.values()) if isinstance(part, dict) else "",
)
def test_the_table_has_its_periods_newest_first_and_its_columns_named(
    params: dict[str, str],
    columns: list[str],
    first: str,
    release: Release,
    offered: dict[str, Offered],
) -> None:
    table = looked_at(release, offered, form="table", **params).table
    assert list(table.columns) == columns
    assert table.iloc[0, 0] == first


def test_the_index_of_the_table_sorts_the_periods_by_time(
    release: Release, offered: dict[str, Offered]
) -> None:
    for period in ("month", "quarter"):
        index = looked_at(release, offered, form="table", period=period).table.index
        assert list(index) == sorted(index, reverse=True)


def test_in_english_the_table_and_the_chart_are_english(
    release: Release, offered: dict[str, Offered]
) -> None:
    found = looked_at(release, offered, language="en", by="channel", form="table")
    assert list(found.table.columns)[:2] == ["Month", "Phone"]
    assert "hidden" in set(found.table.to_numpy().ravel())
    chart = looked_at(release, offered, language="en").charts[0]
    assert chart["config"]["locale"]["number"]["decimal"] == "."
    assert "Sample data" in written(chart)


@pytest.mark.parametrize("name", ["lines", "phases", "same", "heat", "slope"])
def test_a_chart_of_no_rows_is_never_asked_for(name: str) -> None:
    empty = line("a", [5]).head(0)
    ends = (("a", "b"), ("c", "d"))
    asked = {
        "lines": lambda: lines(empty, PHASES, DANISH),
        "phases": lambda: phase_lines(empty, [], DANISH),
        "same": lambda: same_months(years(2020, 2020).head(0), 2020, DANISH),
        "heat": lambda: heat_map(HEAT.head(0), DANISH),
        "slope": lambda: slope(HEAT.head(0), ends, DANISH),
    }
    with pytest.raises(AssertionError):
        asked[name]()


def test_provisional_is_the_state_that_is_drawn_dashed() -> None:
    frame = pd.concat([line("a", [5, 6]), line("a", [7], state=PROVISIONAL)], ignore_index=True)
    frame["month"] = pd.date_range("2020-01-01", periods=3, freq="MS")
    chart = drawn_lines(frame)
    (dashed,) = (mark for mark in of_type(chart, "line") if "strokeDash" in mark["mark"])
    assert [row["value"] for row in rows(chart, dashed)] == [6, 7]
