"""Where a figure is hidden, the page says why and offers the nearest that can be shown: quarter, year, larger group, all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from small_home import MONTHS, one_source
from streamlit.testing.v1 import AppTest

from inquiries.actor import LOCAL
from inquiries.build import build
from inquiries.coarser import LONGER, Alternative, coarser
from inquiries.hidden import Hidden
from inquiries.home import Home
from inquiries.overview import overview
from inquiries.release import Release, open_newest
from inquiries.vocabulary import label_table
from inquiries.words import words
from panels.table import as_markdown

FRAME = Path(__file__).resolve().parents[1] / "dashboard" / "frame.py"
SAY = words("da")
MAY = pd.Timestamp("2020-05-01")
APRIL, JANUARY = pd.Timestamp("2020-04-01"), pd.Timestamp("2020-01-01")
LABELS = label_table()

Cell = tuple[str, pd.Timestamp, str, str]
MAY_CELLS: dict[str, Cell] = {
    "quarter": ("quarter", APRIL, "inquirer", "parent"),
    "year": ("year", JANUARY, "inquirer", "parent"),
    "group": ("month", MAY, "inquirer", "relative"),
    "group's quarter": ("quarter", APRIL, "inquirer", "relative"),
    "group's year": ("year", JANUARY, "inquirer", "relative"),
    "all": ("month", MAY, "", ""),
    "all's quarter": ("quarter", APRIL, "", ""),
    "all's year": ("year", JANUARY, "", ""),
}


class Made:
    """A made-up release that shows some cells, each with its place in the list as its count."""

    def __init__(self, *shown: Cell) -> None:
        self.shown = list(shown)

    def __call__(self, question: str, **asked: Any) -> pd.DataFrame:
        if question == "release/labels":
            return LABELS[LABELS["dimension"] == asked["dimension"]]
        kind = {"release/months": "month", "release/periods": asked.get("period_kind", "")}[
            question
        ]
        chosen = (kind, asked["dimension_1"], asked["value_1"])
        firsts = {"month": MAY, "quarter": APRIL, "year": JANUARY}
        cell = (chosen[0], firsts[chosen[0]], *chosen[1:])
        count = self.shown.index(cell) + 5 if cell in self.shown else None
        return pd.DataFrame({"month": [cell[1]], "state": "complete", "count": [count]})


@pytest.mark.parametrize("nearest", range(len(MAY_CELLS)), ids=list(MAY_CELLS))
def test_the_nearest_shown_is_the_first_of_quarter_year_group_and_all(nearest: int) -> None:
    cells = list(MAY_CELLS.values())[nearest:]
    found = coarser(Made(*cells), "s", MAY, dimension="inquirer", value="parent")
    assert found == Alternative(*cells[0], count=5)


def test_where_nothing_is_shown_there_is_no_alternative() -> None:
    assert coarser(Made(), "s", MAY, dimension="inquirer", value="parent") is None


def test_a_hidden_quarter_is_not_answered_with_one_of_its_months() -> None:
    ask = Made(MAY_CELLS["group"], MAY_CELLS["group's year"])
    chosen = {"dimension": "inquirer", "value": "parent"}
    found = coarser(ask, "s", MAY, period_kind="quarter", **chosen)
    assert found == Alternative(*MAY_CELLS["group's year"], count=6)


def test_a_hidden_municipality_is_answered_with_its_region_before_the_whole_country() -> None:
    region: Cell = ("year", JANUARY, "region", "nordjylland")
    ask = Made(region, MAY_CELLS["all"])
    found = coarser(ask, "s", MAY, dimension="municipality", value="851")
    assert found == Alternative(*region, count=5)


def test_a_municipality_is_in_the_region_it_lay_in_that_month() -> None:
    later = pd.Timestamp("2027-05-01")
    asked: list[str] = []

    def ask(question: str, **given: Any) -> pd.DataFrame:
        if question == "release/labels":
            return LABELS[LABELS["dimension"] == given["dimension"]]
        asked.append(given["value_1"])
        return pd.DataFrame({"month": [], "state": [], "count": []})

    assert coarser(ask, "s", later, dimension="municipality", value="101") is None
    assert dict.fromkeys(asked) == {"101": None, "oestdanmark": None, "": None}


def test_in_the_sample_release_every_alternative_is_shown_and_holds_the_hidden_month(
    home: Path,
) -> None:
    release = open_newest(Home(home))
    assert release is not None
    cells = release.ask("publish/shown_cells")
    own = cells[(cells["source"] == "eksempel-konsulenter") & (cells["dimension_2"] == "")]
    shown = own.set_index(["period_kind", "first_month", "dimension_1", "value_1"])["count"]
    values = [("theme", "forced_marriage"), ("inquirer", "parent"), ("municipality", "851")]
    hidden = 0
    for dimension, value in values:
        for month in pd.date_range("2019-01-01", "2019-12-01", freq="MS"):
            if ("month", month, dimension, value) in shown.index:
                continue
            chosen = {"dimension": dimension, "value": value}
            found = coarser(release.ask, "eksempel-konsulenter", month, **chosen)
            assert found is not None
            key = (found.period_kind, found.first_month, found.dimension, found.value)
            assert shown[key] == found.count
            assert found.first_month == month.to_period(LONGER[found.period_kind]).start_time
            hidden += 1
    release.close()
    assert hidden > 12


# On the page


def released(folder: Path, counts: list[int]) -> Release:
    build(LOCAL, one_source(folder, counts))
    found = open_newest(Home(folder))
    assert found is not None
    return found


def few(hidden_months: int, shown: int = 40) -> list[int]:
    """Counts of which the months up to and with June 2020 are none."""
    counts = [shown] * len(MONTHS)
    last = list(MONTHS).index(pd.Timestamp("2020-06-01"))
    counts[last - hidden_months + 1 : last + 1] = [0] * hidden_months
    return counts


def hidden_in(folder: Path, counts: list[int]) -> Hidden:
    release = released(folder, counts)
    found = overview(release.ask, "s", SAY).hidden
    release.close()
    return found


def test_nothing_hidden_offers_nothing(tmp_path: Path) -> None:
    assert hidden_in(tmp_path, few(0)) == Hidden()


def test_a_hidden_month_is_offered_its_quarter(tmp_path: Path) -> None:
    found = hidden_in(tmp_path, few(1))
    assert found.quarters is not None
    count = found.quarters.set_index(SAY("table.quarter")).loc["april–juni 2020"].item()
    assert found.nearest == (
        f"Det nærmeste juni 2020, der kan vises, er april–juni 2020: {count} henvendelser."
    )
    assert found.years is None


def test_a_hidden_quarter_is_offered_its_year_and_its_phase_is_marked(tmp_path: Path) -> None:
    release = released(tmp_path, few(3))
    story = overview(release.ask, "s", SAY)
    release.close()
    assert story.hidden.years is not None
    year, count = story.hidden.years.iloc[0]
    assert year == "2020"
    assert f"juni 2020, der kan vises, er 2020: {count} henvendelser" in story.hidden.nearest
    assert story.hidden.phases
    lockdown = story.phases[story.phases.iloc[:, 0].str.startswith("1. nedlukning")].iloc[0]
    assert lockdown.tolist()[1:] == ["skjult", "–", "–", "kan ikke vises"]


def test_when_even_the_year_is_hidden_the_page_says_so(tmp_path: Path) -> None:
    found = hidden_in(tmp_path, [0] * len(MONTHS))
    assert found.nearest == "For juni 2021 kan heller ikke kvartalet eller året vises."


@pytest.mark.parametrize(("hidden_months", "buttons"), [(0, 0), (1, 1), (3, 2)])
def test_why_hidden_stands_at_the_tables_that_have_a_hidden_cell_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hidden_months: int, buttons: int
) -> None:
    released(tmp_path, few(hidden_months)).close()
    monkeypatch.setenv("INQUIRIES_HOME", str(tmp_path))
    app = AppTest.from_file(str(FRAME), default_timeout=60).run()
    assert not app.exception
    labels = [
        found.proto.popover.label for found in app.main if getattr(found, "type", "") == "popover"
    ]
    assert labels.count(SAY("hidden.why")) == buttons


# How a table is written


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("364 (310–420)", "364 (310\u2060–\u2060420)"),
        ("5,5 (−13,0 til 2,0)", "5,5 (−13,0\u00a0til\u00a02,0)"),
        ("1. nedlukning (april–juni 2020)", "1\\. nedlukning (april–juni 2020)"),
        ("skjult", "skjult"),
    ],
)
def test_an_interval_is_kept_on_one_line_and_a_name_may_break(cell: str, written: str) -> None:
    assert as_markdown(pd.DataFrame({"a": [cell]}))["a"][0] == written
