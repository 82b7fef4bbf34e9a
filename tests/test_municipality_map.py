"""The map of tiles: every municipality once, roughly where it lies; a colour a class, a pattern a mark; nothing of what is hidden."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
from drawn import marks, of_type, rows, with_field, written
from released import TOTAL, asked, given

from inquiries.among import among
from inquiries.charts import theme
from inquiries.charts.map_classes import Classes, classes_of_changes, classes_of_counts
from inquiries.charts.municipality_map import INK, municipality_map
from inquiries.facts import facts_of
from inquiries.tiles import marked, placed, tiles, told
from inquiries.vocabulary import phases, read_table
from inquiries.words import words

DA, EN = words("da"), words("en")
NOW, MERGED = pd.Timestamp("2025-01-01"), pd.Timestamp("2027-01-01")
CODES = [row["code"] for row in read_table("municipalities")]
AALBORG, AARHUS, KOBENHAVN, LAESOE = "851", "751", "101", "825"


def of_municipalities(**values: float | str) -> pd.DataFrame:
    """Aarhus=12, Aalborg="missing": a number is a value, a word a mark; the others are hidden."""
    found = [
        {"code": code, "value": None, "mark": value}
        if isinstance(value, str)
        else {"code": code, "value": float(value), "mark": ""}
        for code, value in ((name[1:], value) for name, value in values.items())
    ]
    frame = pd.DataFrame(found, columns=["code", "value", "mark"]).astype({"value": "float64"})
    return placed(frame, "municipality", NOW, DA)


def drawn(on_map: pd.DataFrame, classes: Classes | None = None, **how: Any) -> dict[str, Any]:
    counts = classes or classes_of_counts(on_map["value"], "henvendelser", DA)
    spec: dict[str, Any] = municipality_map(on_map, counts, DA, title="Titel", **how).to_dict()
    return spec


def squares(spec: dict[str, Any]) -> list[dict[str, Any]]:
    (mark,) = with_field(spec, "tooltip", "tip")
    return rows(spec, mark)


# Where the tiles are


def test_every_municipality_has_a_tile_and_a_name_of_its_own() -> None:
    found = tiles()
    assert sorted(found["municipality"]) == sorted(CODES)
    assert not found.duplicated(["column", "row"]).any()
    assert found["short"].is_unique and set(found["short"].str.len()) == {3}


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [
        ("860", "851", "row"),  # Hjørring is north of Aalborg
        ("851", "751", "row"),
        ("751", "510", "row"),
        ("217", "101", "row"),
        ("101", "376", "row"),
        ("561", "621", "column"),  # Esbjerg is west of Kolding
        ("621", "461", "column"),
        ("461", "330", "column"),
        ("330", "265", "column"),
        ("265", "101", "column"),
        ("157", "400", "column"),
    ],
)
def test_a_tile_lies_north_or_west_of_another_as_its_municipality_does(
    first: str, second: str, field: str
) -> None:
    place = tiles().set_index("municipality")[field]
    assert place[first] < place[second]


@pytest.mark.parametrize("month", [NOW, MERGED])
def test_a_regions_value_stands_on_each_of_the_municipalities_it_has_that_month(
    month: pd.Timestamp,
) -> None:
    values = pd.DataFrame(
        {
            "code": ["nordjylland", "hovedstaden", "oestdanmark"],
            "value": [1.0, 2.0, 3.0],
            "mark": "",
        }
    )
    found = placed(values, "region", month, DA)
    assert len(found) == 98
    counted = found.groupby("value").size().to_dict()
    assert counted == ({1: 11, 2: 29} if month == NOW else {1: 11, 3: 46})
    assert set(found.loc[found["value"].isna(), "mark"]) == {"hidden"}
    assert set(found.loc[found["value"] == 1, "place"]) == {"Region Nordjylland"}


def test_each_state_of_a_released_count_has_its_mark() -> None:
    counts = pd.DataFrame(
        {
            "code": list("abcde"),
            "state": ["complete", "complete", "provisional", "provisional", "missing"],
            "count": [7, None, 8, None, None],
        }
    )
    found = marked(counts)
    assert list(found["mark"]) == ["", "hidden", "provisional", "hidden", "missing"]
    assert list(found["value"].fillna(0)) == [7, 0, 8, 0, 0]


# Classes


@pytest.mark.parametrize(
    ("value", "place"), [(5, 0), (9, 0), (10, 1), (19, 1), (20, 2), (50, 3), (99, 3), (100, 4)]
)
def test_a_count_is_in_the_class_that_its_label_names(value: float, place: int) -> None:
    classes = classes_of_counts(pd.Series([5.0, 120.0]), "henvendelser", DA)
    assert classes.labels == ("under 10", "10–19", "20–49", "50–99", "100 og derover")
    assert classes.colour(value) == theme.FEW_TO_MANY[place]


@pytest.mark.parametrize(
    ("values", "first"),
    [
        ([], "under 10"),
        ([None], "under 10"),
        ([250.0], "under 10"),
        ([251.0], "under 100"),
        ([9000.0], "under 1.000"),
    ],
    ids=str,
)
def test_the_classes_reach_the_highest_count(values: list[float], first: str) -> None:
    counted = pd.Series(values, dtype="float64")
    assert classes_of_counts(counted, "henvendelser", DA).labels[0] == first


@pytest.mark.parametrize(
    ("value", "place"), [(-80, 0), (-50, 1), (-25, 2), (-0.1, 2), (0.1, 3), (25, 4)]
)
def test_a_fall_is_never_in_the_colours_of_a_rise(value: float, place: int) -> None:
    assert classes_of_changes(DA).colour(value) == theme.FALL_TO_RISE[place]


# The picture


def test_every_municipality_is_drawn_once_and_says_its_count_or_its_mark() -> None:
    found = squares(drawn(of_municipalities(c851=28, c751="missing")))
    tips = {row["tip"] for row in found}
    assert len(found) == len(tips) == 98
    assert {"Aalborg: 28 henvendelser", "Aarhus: ikke indberettet", "Læsø: skjult"} <= tips


def test_nothing_of_a_hidden_figure_stands_in_the_picture() -> None:
    values = pd.DataFrame({"code": [AALBORG], "value": [28.0], "mark": [""]})
    spec = drawn(placed(values, "municipality", NOW, DA))
    assert set(map(frozenset, (row.keys() for row in squares(spec)))) == {
        frozenset({"column", "row", "fill", "tip"})
    }
    assert json.dumps(spec).count("henvendelser") == 1


@pytest.mark.parametrize(
    ("mark", "shapes"),
    [("hidden", 1), ("not_shown", 1), ("missing", 1), ("as_expected", 0), ("too_few", 0)],
)
def test_each_mark_has_its_own_look_and_stands_in_the_legend(mark: str, shapes: int) -> None:
    everywhere = of_municipalities(**{f"c{code}": mark for code in CODES})
    spec = drawn(everywhere)
    assert {row["fill"] for row in squares(spec)} == {INK[mark]}
    patterned = [one for one in of_type(spec, "point") if len(rows(spec, one)) == 98]
    assert len(patterned) == 1 + shapes
    assert DA(f"map.mark_{mark}") in written(spec)
    others = {DA(f"map.mark_{other}") for other in INK if other != mark}
    assert others & written(spec) == set()


def test_a_provisional_count_has_its_colour_and_dashes() -> None:
    values = pd.DataFrame({"code": [AALBORG], "value": [28.0], "mark": ["provisional"]})
    spec = drawn(placed(values, "municipality", NOW, DA))
    own = next(row for row in squares(spec) if row["tip"].startswith("Aalborg"))
    assert own["fill"] == theme.FEW_TO_MANY[2]
    assert own["tip"] == "Aalborg: 28 henvendelser (foreløbig)"
    dashed = [one for one in marks(spec) if one["mark"].get("strokeDash")]
    assert [len(rows(spec, one)) for one in dashed] == [
        1,
        1,
    ]  # the tile, and its line in the legend


def test_regions_are_parted_by_lines_and_the_chosen_municipality_stands_out() -> None:
    on_map = of_municipalities(c851=28)
    spec = drawn(on_map, chosen=AALBORG)
    (lines,) = of_type(spec, "rule")
    assert len(rows(spec, lines)) > 10
    (outline,) = [one for one in marks(spec) if one["mark"].get("strokeWidth") == 3]
    (own,) = rows(spec, outline)
    tile = on_map.set_index("municipality").loc[AALBORG]
    assert (own["column"], own["row"]) == (tile["column"], tile["row"])
    assert not [one for one in marks(drawn(on_map)) if one["mark"].get("strokeWidth") == 3]


def test_made_up_figures_are_marked_in_the_picture_itself() -> None:
    on_map = of_municipalities(c851=28)
    assert DA("header.sample") in written(drawn(on_map, is_sample=True))
    assert DA("header.sample") not in written(drawn(on_map))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by WCAG 2.1."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    colour = {"white": "#ffffff"}.get(colour, colour)
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("fill", sorted({*theme.FEW_TO_MANY, *theme.FALL_TO_RISE, *INK.values()}))
def test_letters_can_be_read_on_every_fill_and_every_tile_is_told_from_the_page(fill: str) -> None:
    ink = "white" if fill in theme.DARK else theme.TEXT
    assert contrast(ink, fill) >= 4.5
    assert max(contrast(fill, "white"), contrast(theme.OUTLINE, "white")) >= 3


# In words


def test_the_map_is_told_with_where_there_were_most() -> None:
    on_map = of_municipalities(c851=28, c751=53, c101=99, c461=37)
    assert told(on_map, DA) == (
        "Flest: København (99), Aarhus (53) og Odense (37). 4 har et tal, der kan vises, og 94 har ikke."
    )
    assert told(of_municipalities(), EN) == "No numbers can be shown."


# Among the others


def test_a_municipality_stands_among_all_others_in_the_newest_whole_year() -> None:
    months = pd.date_range("2017-01-01", "2022-09-01", freq="MS")
    counts = {
        TOTAL: pd.Series(200, index=months),
        ("municipality", AALBORG): pd.Series(4, index=months),
        ("municipality", AARHUS): pd.Series(10, index=months),
    }
    ask = asked(given(counts, phases(), hidden={("municipality", AARHUS): ("2021",)}))
    found = among(ask, facts_of(ask, "s"), AALBORG, DA)
    assert found is not None
    assert found.title == "Henvendelser pr. kommune, 2021"
    assert found.sentence.startswith("Flest: Aalborg (48). 1 har et tal")
    table = found.table.set_index("Kommune")["2021"]
    assert len(table) == 98
    assert (table["Aalborg"], table["Aarhus"], table["Læsø"]) == ("48", "skjult", "skjult")
    empty = facts_of(ask, "s")
    none = empty.years.assign(state="missing")
    assert among(ask, type(empty)(**{**vars(empty), "years": none}), AALBORG, DA) is None
