"""Figures of others: as their sources have them, drawn from zero with gaps for missing years, and differing ones side by side."""

from __future__ import annotations

import pytest

from inquiries.charts.few_years import few_years
from inquiries.published_figures import (
    FEWEST_DRAWN,
    Figure,
    by_year,
    disagreements,
    drawable,
    figures,
)
from inquiries.words import words

FOUND = figures()


def figure(period: str, series: str = "a", count: int = 1) -> Figure:
    return Figure("body", series, series, "inquiry", period, count, "https://x.dk", "", "", "")


@pytest.mark.parametrize(
    ("body", "series", "period", "count"),
    [
        ("RED Rådgivning (tidligere Etnisk Ung)", "Henvendelser", "2017", 1258),
        ("RED Rådgivning (tidligere Etnisk Ung)", "Henvendelser", "2020", 1517),
        ("RED Safehouse", "Henvendelser", "2017", 307),
        ("Sikkerhedskonsulenterne", "Registrerede sager", "2018-04/2019-08", 333),
        ("Rigspolitiet", None, "2016", 156),
        ("Danmarks Statistik", "Underretninger fra skoler", "2020", 27000),
        ("Danmarks Statistik", "Børn, der er underrettet om", "2021", 78200),
        ("Lev Uden Vold", None, "2023", 7755),
        ("VISO", "Henvendelser", "2020", 8631),
    ],
)
def test_a_published_count_is_as_its_source_has_it(
    body: str, series: str | None, period: str, count: int
) -> None:
    same = [
        one.count
        for one in FOUND
        if (one.body, one.period) == (body, period) and series in (None, one.series_da)
    ]
    assert same == [count]


def test_a_count_is_published_once() -> None:
    keys = [(one.body, one.series_da, one.unit, one.period) for one in FOUND]
    assert len(set(keys)) == len(keys)


def test_only_a_series_of_three_whole_years_or_more_is_drawn() -> None:
    years = ["2011", "2013", "2014"]
    assert FEWEST_DRAWN == 3
    assert drawable([figure(year) for year in years[:2]]) == []
    assert drawable([figure(year) for year in (*years[:2], "2014-05", "2015/2017")]) == []
    drawn = drawable([figure(year) for year in reversed(years)])
    assert [[one.period for one in series] for series in drawn] == [years]


def test_two_series_or_units_are_never_drawn_as_one() -> None:
    mixed = [figure(str(year), series) for year in range(2010, 2014) for series in "ba"]
    assert [[one.series_da for one in series] for series in drawable(mixed)] == [
        ["b"] * 4,
        ["a"] * 4,
    ]


def test_the_series_drawn_are_those_of_the_file() -> None:
    titles = [(series[0].body, len(series)) for series in drawable(FOUND)]
    assert titles[:3] == [
        ("RED Rådgivning (tidligere Etnisk Ung)", 5),
        ("RED Safehouse", 5),
        ("Rigspolitiet", 4),
    ]


def test_bars_stand_on_zero_at_their_own_years_and_bear_their_numbers() -> None:
    series = by_year(
        [figure("2008", count=397), figure("2017", count=1258), figure("2020", count=9)]
    )
    chart = few_years(series, words("da")).to_dict()
    bars, counts = chart["layer"]
    assert bars["encoding"]["y"]["scale"]["domain"][0] == 0
    assert bars["encoding"]["x"]["type"] == "quantitative"
    assert bars["encoding"]["x"]["axis"]["values"] == [2008, 2017, 2020]
    rows = next(iter(chart["datasets"].values()))
    assert [row["said"] for row in rows] == ["397", "1.258", "9"]
    assert counts["encoding"]["text"]["field"] == "said"


def test_where_sources_differ_each_question_has_two_claims_or_more_from_different_bodies() -> None:
    found = disagreements()
    assert len(found) >= 4
    for question in found:
        bodies = [claim.body for claim in question.claims]
        assert len(set(bodies)) == len(bodies) >= 2, question.question_da
        for claim in question.claims:
            assert claim.says_da and claim.says_en and "://" in claim.source_url


def test_the_fall_and_the_rise_of_spring_2020_stand_side_by_side() -> None:
    said = [claim.says_da for claim in disagreements()[0].claims]
    assert any("tavs" in text for text in said) and any("tre gange" in text for text in said)
