"""Everything a release holds besides its cells follows from its cells, so it can tell nothing they do not."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from inquiries import engine
from inquiries.estimates import ESTIMATED, estimate
from inquiries.home import Home
from inquiries.limits import READING
from inquiries.periods import COMPLETE, periods
from inquiries.release import newest
from inquiries.vocabulary import events, label_table, phases

PROTECTED = ("cell",)
# Who has filed which month, and what the sources are called: no counts.
GIVEN = ("coverage", "source", "series_break", "excluded_month", "reporter_change")
REFERENCE = ("label", "phase", "event", "period")

Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def tables(home: Path) -> Tables:
    """Every table of the sample release, as the file holds it."""
    path = newest(Home(home))
    assert path is not None
    with engine.connect(path, read_only=True, limit=READING) as connection:
        names = [name for (name,) in connection.execute("show tables").fetchall()]
        return {name: connection.table(name).df() for name in names}


def test_a_release_holds_no_other_table(tables: Tables) -> None:
    assert set(tables) == {*ESTIMATED, *PROTECTED, *GIVEN, *REFERENCE, "about"}


@pytest.fixture(scope="module")
def derived(tables: Tables) -> Tables:
    """The estimates, worked out by one who has nothing but the file."""
    return estimate(tables)


@pytest.mark.parametrize("name", ESTIMATED)
def test_the_estimates_are_those_of_the_released_cells(
    tables: Tables, derived: Tables, name: str
) -> None:
    assert len(tables[name]) > 100
    assert_same(tables[name], derived[name])


def test_a_hidden_cell_would_have_changed_them(tables: Tables) -> None:
    """So the comparison can fail: one hidden month of one series, taken as known."""
    series = ["source", "dimension_1", "value_1", "dimension_2", "value_2"]
    fitted = tables["fit"]
    hidden = fitted[(fitted["outcome"] == "model") & (fitted["hidden_months"] > 0)].iloc[:1]
    own = tables["cell"].merge(hidden[series])
    covered = tables["coverage"]
    months = covered[(covered["period_kind"] == "month") & (covered["state"] == COMPLETE)]
    there = months[months["source"] == hidden["source"].iloc[0]]
    absent = there[~there["period"].isin(own["period"])].sort_values("first_month").iloc[:1]
    leaked = absent.drop(columns="state").assign(**hidden[series].iloc[0], count=4)
    cells = pd.concat([own, leaked], ignore_index=True)
    found = estimate(tables | {"cell": cells})
    with pytest.raises(AssertionError):
        assert_same(tables["expected"].merge(hidden[series]), found["expected"])


@pytest.mark.parametrize(
    ("name", "reference"), [("label", label_table), ("phase", phases), ("event", events)]
)
def test_what_is_reference_data_is_the_same_in_every_release(
    tables: Tables, name: str, reference: object
) -> None:
    assert_same(tables[name], reference())  # type: ignore[operator]


def test_the_periods_are_those_between_the_first_and_the_newest_month(tables: Tables) -> None:
    months = tables["coverage"].query("period_kind == 'month'")["first_month"]
    expected = periods(months.min(), months.max(), phases()).drop(columns="months")
    assert_same(tables["period"], expected)


def test_what_a_release_says_of_itself_is_no_count(tables: Tables) -> None:
    about = tables["about"].set_index("key")["value"]
    assert set(about.index) == {
        *("release", "number", "format", "built_at", "data_through", "synthetic", "policy"),
        *("policy_signed_by", "policy_signed_on", "method", "corrections_wait", "fingerprint"),
        *("series", "series_since"),
    }
    assert set(tables["source"]) == {
        *("source", "name_da", "name_en", "unit", "columns", "synthetic"),
        *("first_month", "data_through", "same_reporters"),
    }
    period = {"source", "period_kind", "period", "first_month"}
    assert set(tables["coverage"]) == period | {"state", "masked"}


def assert_same(stored: pd.DataFrame, expected: pd.DataFrame) -> None:
    """The same rows and columns, to the last digit, in any order."""
    columns = sorted(stored)
    assert columns == sorted(set(expected) | set(stored)), "a column has another source"
    both = [
        frame.reindex(columns=columns).sort_values(columns, ignore_index=True)
        for frame in (stored, expected)
    ]
    pd.testing.assert_frame_equal(*both, check_dtype=False, check_exact=True)
