"""Up to the end of the restrictions only those that reported throughout are counted, and the others are named."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from inquiries.actor import LOCAL
from inquiries.build import build
from inquiries.facts import facts_of
from inquiries.filing import Reporter, Source, Submission
from inquiries.home import Home
from inquiries.policy import sign_policy
from inquiries.release import open_newest
from inquiries.released_series import spans_of
from inquiries.same_reporters import changes, counted, reported_throughout
from inquiries.store import Store
from inquiries.vocabulary import REGISTERED, phases

SPANS = spans_of(phases())
NONE = pd.DatetimeIndex([])
FIRST, NEWEST = "2017-01", "2023-12"


def filed(**spans: str | list[str]) -> pd.DataFrame:
    """Who filed which months: a="2017-01/2023-12", or several such spans."""
    parts = []
    for reporter, given in spans.items():
        for span in [given] if isinstance(given, str) else given:
            months = pd.date_range(*span.split("/"), freq="MS")
            parts.append(pd.DataFrame({"reporter": reporter, "month": months}))
    return pd.concat(parts, ignore_index=True)


def of(months: pd.DataFrame, reporter: str) -> pd.Series:
    return months.loc[months["reporter"] == reporter, "month"]


ALWAYS = "2017-01/2023-12"
THROUGHOUT = {
    "one that joins during the lockdown": ("2020-07/2023-12", False),
    "one that joins during the baseline": ("2018-01/2023-12", False),
    "one that joins a month after the first": ("2017-02/2023-12", False),
    "one that stops during the lockdown": ("2017-01/2020-08", False),
    "one that stops after the restrictions": ("2017-01/2022-02", True),
    "one that stops later": ("2017-01/2022-12", True),
    "one that owes the newest months": ("2017-01/2023-09", True),
    "one that forgot a month": (["2017-01/2018-04", "2018-06/2023-12"], True),
    "one that was silent for a year": (["2017-01/2018-04", "2019-05/2023-12"], True),
    "one that was silent for longer": (["2017-01/2018-04", "2019-06/2023-12"], False),
}


@pytest.mark.parametrize("name", THROUGHOUT)
def test_who_reported_throughout(name: str) -> None:
    span, is_counted = THROUGHOUT[name]
    months = filed(a=ALWAYS, b=span)
    expected = {"a", "b"} if is_counted else {"a"}
    assert reported_throughout(months, SPANS, NONE) == expected


def test_a_reporter_that_joins_is_counted_from_the_first_month_that_is_not_compared() -> None:
    months = filed(a=ALWAYS, b="2020-07/2023-12")
    found = counted(months, SPANS, NONE)
    assert of(found, "b").min() == pd.Timestamp("2022-03-01")
    assert list(of(found, "a")) == list(of(months, "a"))


def test_a_source_whose_excluded_months_are_left_out_begins_later() -> None:
    months = filed(a=ALWAYS, b="2018-01/2023-12")
    early = pd.date_range("2017-01", "2017-12", freq="MS")
    assert reported_throughout(months, SPANS, early) == {"a", "b"}


@pytest.mark.parametrize(
    "months",
    [
        filed(a="2020-05/2023-12", b="2020-09/2023-12"),
        filed(a="2017-01/2019-12", b="2018-01/2023-12"),
    ],
    ids=["no month before the lockdown", "nobody throughout"],
)
def test_all_are_counted_where_nothing_can_be_compared(months: pd.DataFrame) -> None:
    assert reported_throughout(months, SPANS, NONE) == frozenset()
    pd.testing.assert_frame_equal(counted(months, SPANS, NONE), months)


def test_who_joined_and_who_stopped_is_told_with_when_the_figures_change() -> None:
    months = filed(a=ALWAYS, b="2020-07/2023-12", c="2017-01/2020-08", d="2017-01/2022-10")
    found = changes(months, counted(months, SPANS, NONE))
    told = [
        (row.reporter, row.kind, f"{row.month:%Y-%m}", str(row.counted_from)[:7])
        for row in found.itertuples()
    ]
    assert told == [
        ("b", "joined", "2020-07", "2022-03"),
        ("c", "left", "2020-09", "NaT"),
        ("d", "left", "2022-11", "2022-11"),
    ]


def test_where_all_reported_throughout_nothing_changes() -> None:
    months = filed(a=ALWAYS, b=ALWAYS)
    assert changes(months, counted(months, SPANS, NONE)).empty


# In a release


def released(folder: Path, **spans: str) -> Home:
    """A release of a source of reporters that filed so many inquiries a month each: a fall of 60 of 100."""
    home = Home(folder)
    store = Store(home)
    bodies = tuple(Reporter(name, f"Team {name}", f"Team {name}") for name in spans)
    store.add_source(LOCAL, Source("s", "s", "s", "inquiry", ("month", "count"), False, bodies))
    for reporter, span in spans.items():
        months = tuple(pd.date_range(*span.split("/"), freq="MS"))
        fallen = pd.date_range("2020-04", "2020-06", freq="MS")
        rows = [
            {
                **dict.fromkeys(REGISTERED, ""),
                "month": month,
                "count": 40 if month in fallen else 100,
            }
            for month in months
        ]
        sent = Submission("s", reporter, months, pd.DataFrame(rows), reporter)
        store.submit(LOCAL, sent)
    sign_policy(LOCAL, home, "the officer", "2026-09-01")
    build(LOCAL, home)
    return home


def main_effect(home: Home) -> tuple[object, ...]:
    release = open_newest(home)
    assert release is not None
    found = facts_of(release.ask, "s").effect("model", "lockdown_1")
    release.close()
    assert found is not None
    return found.observed, found.expected, found.verdict


def test_a_reporter_that_joins_in_2020_changes_no_verdict(tmp_path: Path) -> None:
    alone = main_effect(released(tmp_path / "alone", a=ALWAYS))
    joined = main_effect(released(tmp_path / "joined", a=ALWAYS, b="2020-04/2023-12"))
    assert joined == alone
    assert alone[2] == "fall"


def test_one_that_stops_is_named_and_makes_no_fall(tmp_path: Path) -> None:
    home = released(tmp_path, a=ALWAYS, b="2017-01/2020-03")
    release = open_newest(home)
    assert release is not None
    named = release.ask("release/reporter_changes", source="s")
    months = release.ask("publish/shown_cells")
    release.close()
    assert named[["kind", "name_da"]].to_numpy().tolist() == [["left", "Team b"]]
    before = months[(months["period"] == "2019-05") & (months["dimension_1"] == "")]
    assert list(before["count"]) == [100]
