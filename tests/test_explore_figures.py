"""The figures of the sample release by every measure, dimension and period, against its cells added up another way."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from released import SOURCE, TOTAL, asked, changed, given, phase_table

from inquiries import effect
from inquiries.explore import measures
from inquiries.explore.choices import measures_for, view_of
from inquiries.explore.figures import COLUMNS, Figures, figures
from inquiries.explore.offered import Offered, offered_of
from inquiries.explore.view import PERIODS, View
from inquiries.facts import Ask
from inquiries.home import Home
from inquiries.release import Release, open_newest
from inquiries.words import words

HOTLINE, CONSULTANTS = "eksempel-hotline", "eksempel-konsulenter"
DANISH, ENGLISH = words("da"), words("en")
NO_BREAKS = pd.DatetimeIndex([])
# The months before the first closing, and its months, as data/reference/phases.csv has them.
BEFORE_CLOSING, AFFECTED = "2020-02", ("2020-03", "2022-02")
WHOLE_YEARS = ["2016", "2017", "2018", "2019"]
# The order of two dimensions in a cell.
KEPT = ("region", "channel", "theme", "inquirer", "age_band", "gender", "municipality")
PHASE_MONTHS = {"transition": 1, "lockdown_1": 3, "reopening": 5, "lockdown_2": 5, "after": 10}
ASKED = [
    {"by": ""},
    {"by": "region"},
    {"by": "municipality.nordjylland"},
    {"by": "theme"},
    {"by": "inquirer.professional"},
    {"by": "", "only": "channel.phone"},
    {"by": "age_band", "only": "channel.phone"},
    {"by": "channel", "only": "theme.threats"},
]


@pytest.fixture(scope="module")
def release(home: Path) -> Iterator[Release]:
    found = open_newest(Home(home))
    assert found is not None
    yield found
    found.close()


@pytest.fixture(scope="module")
def offered(release: Release) -> dict[str, Offered]:
    return {source: offered_of(release.ask, source) for source in release.sources}


@pytest.fixture(scope="module")
def cells(release: Release) -> Cells:
    return Cells(release)


class Cells:
    """Every cell of a release by its key, in either order of its dimensions; and what is said of its periods."""

    def __init__(self, release: Release) -> None:
        self._counts: dict[tuple[str, ...], float] = {}
        for row in release.ask("publish/shown_cells").itertuples():
            one, other = (row.dimension_1, row.value_1), (row.dimension_2, row.value_2)
            for pair in ((*one, *other), (*other, *one)):
                self._counts[row.source, *pair, row.period_kind, row.period] = float(row.count)
        self.states = {
            (source, kind): self._states(release, source, kind)
            for source in release.sources
            for kind in PERIODS
        }

    def count(self, source: str, pair: tuple[str, ...], kind: str, period: str) -> float:
        """The count of a cell; not a number when it is not shown."""
        return self._counts.get((source, *pair, kind, period), np.nan)

    def before(self, source: str, pair: tuple[str, ...], kind: str) -> list[float]:
        """The counts of the periods of one kind that lie whole before the first closing."""
        last = {"month": BEFORE_CLOSING, "quarter": "2019Q4", "year": "2019"}[kind]
        return [
            self.count(source, pair, kind, period)
            for period, state in self.states[source, kind].items()
            if period <= last and state == "complete"
        ]

    @staticmethod
    def _states(release: Release, source: str, kind: str) -> dict[str, str]:
        total = dict.fromkeys(("dimension_1", "value_1", "dimension_2", "value_2"), "")
        found = release.ask("release/periods", source=source, period_kind=kind, **total)
        return dict(zip(found["period"], found["state"], strict=True))


def figured(release: Release, offered: dict[str, Offered], source: str, **params: str) -> Figures:
    view, _ = view_of(params, offered[source])
    return figures(release.ask, view, DANISH)


def worked_out(
    view: View, code: str, period: str, cells: Cells, expected: dict[tuple[str, str], float]
) -> float:
    """The value of a measure from the cells alone, unrounded; not a number where it is undefined."""
    source, kind = view.source, view.period
    pair = (view.dimension, code, *view.chosen) if view.by else (*view.chosen, "", "")
    whole = (*view.chosen, "", "") if view.by else ("", "", "", "")

    def rate(own: tuple[str, ...]) -> float:
        if period == "baseline":
            return sum(cells.before(source, own, "year")) / (12 * len(WHOLE_YEARS))
        count = cells.count(source, own, kind, period)
        return count / PHASE_MONTHS[period] if kind == "phase" else count

    if view.measure == "count":
        return rate(pair)
    if view.measure == "share":
        return min(100 * rate(pair) / rate(whole), 100)
    if view.measure == "index":
        base = cells.before(source, pair, "year" if kind == "phase" else kind)
        months = 12 if kind == "phase" else 1
        return 100 * rate(pair) / (sum(base) / len(base) / months)
    count, awaited = cells.count(source, pair, kind, period), expected.get((code, period), np.nan)
    return 100 * count / awaited if awaited >= 20 else np.nan


@cache
def expectations(
    release: Release, dimension: str, chosen: tuple[str, str]
) -> dict[tuple[str, str], float]:
    """What the release expects of each value and period: of a phase its effect's, else the sum over its months."""
    found: dict[tuple[str, str], float] = {}
    labels = release.ask("release/labels", dimension=dimension)
    for code in labels["code"] if dimension else [""]:
        choice = choice_of((dimension, code), chosen)
        for row in release.ask("release/effects", source=HOTLINE, **choice).itertuples():
            if row.basis in ("model", "same_months"):
                found[code, row.period] = row.expected
        months = release.ask("release/months", source=HOTLINE, **choice).set_index("month")
        for kind, length in (("M", 1), ("Q", 3), ("Y", 12)):
            sums = (
                months["expected"].dropna().groupby(lambda month, kind=kind: month.to_period(kind))
            )
            found |= {(code, str(period)): own.sum() for period, own in sums if len(own) == length}
    return found


def choice_of(*pairs: tuple[str, str]) -> dict[str, str]:
    """A pair of choices in the order in which a release keeps them, as its questions take them."""
    chosen = sorted((pair for pair in pairs if all(pair)), key=lambda pair: KEPT.index(pair[0]))
    (one, value), (other, second) = [*chosen, ("", ""), ("", "")][:2]
    return {"dimension_1": one, "value_1": value, "dimension_2": other, "value_2": second}


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize(
    "choice", ASKED, ids=lambda choice: " ".join(filter(None, choice.values())) or "all"
)
def test_every_value_is_that_of_its_cells(
    choice: dict[str, str],
    period: str,
    release: Release,
    offered: dict[str, Offered],
    cells: Cells,
) -> None:
    asked_for, _ = view_of({**choice, "period": period}, offered[HOTLINE])
    expected = expectations(release, asked_for.dimension, asked_for.chosen)
    for measure in measures_for(asked_for):
        found = figured(release, offered, HOTLINE, **choice, period=period, measure=measure)
        decimals = 1 if (measure, found.view.period) == ("count", "phase") else 0
        assert len(found.rows) or measure == "expected"
        for row in found.rows.itertuples():
            value = worked_out(found.view, row.code, row.period, cells, expected)
            # Half-way between two the order of the sums decides which of them it is.
            half = 0.5 / 10**decimals + 1e-9
            assert row.value == pytest.approx(value, rel=0, abs=half, nan_ok=True), row
            assert row.value == pytest.approx(round(row.value, decimals), nan_ok=True)
            assert (row.text == DANISH.number(row.value, decimals)) == (row.mark == "")


# Marks


@pytest.mark.parametrize("source", [HOTLINE, CONSULTANTS])
def test_every_cell_has_a_figure_or_the_mark_that_says_why_not(
    source: str, release: Release, offered: dict[str, Offered], cells: Cells
) -> None:
    found = figured(release, offered, source, by="theme")
    assert list(found.rows.columns) == COLUMNS
    assert len(found.rows) == len(found.rows.drop_duplicates(["code", "period"]))
    for row in found.rows.itertuples():
        state = cells.states[source, "month"][row.period]
        count = cells.count(source, ("theme", row.code, "", ""), "month", row.period)
        wanted = "missing" if state == "missing" else "hidden" if np.isnan(count) else ""
        assert row.mark == (wanted or ("provisional" if state == "provisional" else ""))
        assert (
            row.text
            == {
                "": DANISH.number(count),
                "provisional": f"{DANISH.number(count)} (foreløbig)",
                "hidden": "skjult",
                "missing": "ikke indberettet",
            }[row.mark]
        )


def counted() -> dict[tuple[str, str], pd.Series]:
    """A total of 60 and one channel of 40 a month, 2017 to 2020; in the first closing 30 and 10."""
    months = pd.date_range("2017-01-01", "2020-12-01", freq="MS")
    closed = (months >= "2020-04-01") & (months <= "2020-06-01")
    return {
        TOTAL: pd.Series(np.where(closed, 30, 60), months),
        ("channel", "phone"): pd.Series(np.where(closed, 10, 40), months),
    }


PHASES = phase_table(lockdown_1=("2020-04", "2020-06"))
PHONE = ("channel", "phone")


@cache
def released() -> Ask:
    return asked(given(counted(), PHASES))


def told(ask: Ask | None = None, **params: str) -> Figures:
    asked_of = ask or released()
    view, _ = view_of(params, offered_of(asked_of, SOURCE))
    return figures(asked_of, view, DANISH)


def at(found: Figures, code: str, period: str) -> pd.Series:
    rows = found.rows[(found.rows["code"] == code) & (found.rows["period"] == period)]
    return rows.iloc[0]


@pytest.mark.parametrize(
    ("hidden", "params", "period", "text"),
    [
        # a share is undefined where its whole is hidden, an index where a month of its base is
        ({}, {"measure": "share"}, "2018-03", "67"),
        ({TOTAL: ["2018-03"]}, {"measure": "share"}, "2018-03", "kan ikke vises"),
        ({TOTAL: ["2018-03"]}, {"measure": "share"}, "2018-04", "67"),
        ({}, {"measure": "index"}, "2020-05", "25"),
        ({PHONE: ["2019-12"]}, {"measure": "index"}, "2020-05", "kan ikke vises"),
        ({PHONE: ["2019-12"]}, {"measure": "index", "period": "quarter"}, "2020Q2", "25"),
        (
            {PHONE: ["2019Q4"]},
            {"measure": "index", "period": "quarter"},
            "2020Q2",
            "kan ikke vises",
        ),
        ({PHONE: ["2020-07"]}, {"measure": "index"}, "2020-05", "25"),
        ({PHONE: ["2020-07"]}, {"measure": "index"}, "2020-07", "skjult"),
        # a phase is counted per month, and its base is whole years
        ({}, {"period": "phase"}, "lockdown_1", "10,0"),
        ({}, {"period": "phase"}, "baseline", "40,0"),
        ({PHONE: ["2019"]}, {"period": "phase"}, "baseline", "skjult"),
        (
            {PHONE: ["2019"]},
            {"period": "phase", "measure": "index"},
            "lockdown_1",
            "kan ikke vises",
        ),
        ({PHONE: ["2019-12"]}, {"period": "phase", "measure": "index"}, "lockdown_1", "25"),
    ],
)
def test_what_is_measured_by_something_hidden_is_not_shown(
    hidden: dict[tuple[str, str], list[str]], params: dict[str, str], period: str, text: str
) -> None:
    found = told(changed(released(), hidden), by="channel", **params)
    assert at(found, "phone", period)["text"] == text


def test_a_hidden_count_is_no_number_anywhere_in_its_row() -> None:
    found = told(changed(released(), {PHONE: ["2018-03"]}), by="channel")
    row = at(found, "phone", "2018-03")
    assert row[["count", "value"]].isna().all() and row["mark"] == "hidden"


@pytest.mark.parametrize(("whole", "text"), [(19.9, "kan ikke vises"), (20.0, "50")])
def test_nothing_is_measured_by_fewer_expected_than_may_be_compared(
    whole: float, text: str
) -> None:
    assert measures.SMALLEST_EXPECTED == effect.SMALLEST_EXPECTED
    ask = released()

    def asked_of(name: str, **params: str) -> pd.DataFrame:
        found = ask(name, **params)
        return found.assign(expected=whole) if name == "release/breakdown_expected" else found

    view, _ = view_of({"by": "channel", "measure": "expected"}, offered_of(ask, SOURCE))
    found = figures(asked_of, view, DANISH)
    assert at(found, "phone", "2020-05")["text"] == text


def test_without_reporters_that_filed_throughout_there_is_no_index() -> None:
    found = told(asked(given(counted(), PHASES, same_reporters=False)), measure="index")
    assert set(found.rows["text"]) == {"kan ikke vises"}


def test_an_excluded_month_stands_in_no_base() -> None:
    tables = given(counted(), PHASES)
    tables["excluded_month"] = pd.DataFrame(
        {
            "source": [SOURCE],
            "month": [pd.Timestamp("2018-03-01")],
            "reason_da": ["r"],
            "reason_en": ["r"],
        }
    )
    tables["cell"].loc[tables["cell"]["period"] == "2018-03", "count"] = 5000
    assert at(told(asked(tables), measure="index"), "", "2020-05")["text"] == "50"


def test_a_region_that_was_not_yet_is_not_registered_and_not_hidden() -> None:
    months = pd.date_range("2024-01-01", "2027-06-01", freq="MS")
    tables = given({TOTAL: pd.Series(60, months)}, PHASES)
    found = told(asked(tables), by="region", period="quarter")
    east, zealand = (at(found, code, "2026Q4") for code in ("oestdanmark", "sjaelland"))
    assert (east["text"], zealand["text"]) == ("registreres ikke", "skjult")
    assert at(found, "sjaelland", "2027Q1")["text"] == "registreres ikke"
    assert at(found, "oestdanmark", "2027Q1")["text"] == "skjult"


@pytest.mark.parametrize(("by", "text"), [("", "ca. 60"), ("channel", "40")])
def test_a_total_that_a_reporter_masked_a_part_of_is_only_about_right(by: str, text: str) -> None:
    tables = given(counted(), PHASES)
    tables["coverage"]["masked"] = tables["coverage"]["period"] == "2018-03"
    found = told(asked(tables), by=by)
    assert at(found, "phone" if by else "", "2018-03")["text"] == text
    assert at(found, "phone" if by else "", "2018-04")["mark"] == ""
