"""Who owes which month: whoever filed is expected for a year, a zero report counts, and scope is obeyed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from inquiries.actor import LOCAL, READER, Actor
from inquiries.faults import Forbidden
from inquiries.filing import Reporter, Source, Submission
from inquiries.home import Home
from inquiries.owed import board, due, newest_ended, reminder
from inquiries.store import Store
from inquiries.vocabulary import REGISTERED
from inquiries.words import words

NOON = datetime(2021, 6, 22, 12, 0)
REPORTERS = tuple(Reporter(name, name.upper(), name.upper()) for name in "ab")
TWO = Source("two", "To kilder", "Two sources", "inquiry", ("month", "count"), True, REPORTERS)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(Home(tmp_path), clock=lambda: NOON)
    made.add_source(LOCAL, TWO)
    return made


def file(store: Store, reporter: str, *months: str, count: int | None = 7) -> None:
    spoken = tuple(pd.Timestamp(month) for month in months)
    rows = [{**dict.fromkeys(REGISTERED, ""), "month": month, "count": count} for month in spoken]
    frame = pd.DataFrame(rows if count else [], columns=list(REGISTERED))
    store.submit(LOCAL, Submission("two", reporter, spoken, frame, "fingerprint"))


def owed(store: Store, newest: str, actor: Actor = LOCAL) -> list[tuple[str, str]]:
    found = store.owed(actor, pd.Timestamp(newest))
    return list(zip(found["reporter"], found["month"].dt.strftime("%Y-%m"), strict=True))


def test_nothing_is_owed_before_anybody_has_filed(store: Store) -> None:
    assert owed(store, "2021-05") == []


def test_whoever_filed_owes_the_months_that_follow(store: Store) -> None:
    file(store, "a", "2021-01", "2021-02")
    file(store, "b", "2021-01")
    assert owed(store, "2021-03") == [("b", "2021-02"), ("a", "2021-03"), ("b", "2021-03")]


def test_a_report_of_no_inquiries_is_a_report(store: Store) -> None:
    file(store, "a", "2021-01")
    file(store, "a", "2021-02", count=None)
    assert owed(store, "2021-02") == []


def test_a_withdrawn_month_is_owed_again(store: Store) -> None:
    file(store, "a", "2021-01")
    file(store, "a", "2021-02")
    store.withdraw(LOCAL, store.submissions(LOCAL)["submission"].iloc[0], "wrong file")
    assert owed(store, "2021-02") == [("a", "2021-02")]


def test_after_a_year_of_silence_nothing_is_expected_any_more(store: Store) -> None:
    file(store, "a", "2019-01")
    file(store, "b", *(f"2019-{month:02d}" for month in range(1, 13)), "2020-01", "2020-02")
    of_a = [month for reporter, month in owed(store, "2020-02") if reporter == "a"]
    assert of_a[0] == "2019-02" and of_a[-1] == "2020-01" and len(of_a) == 12


def test_a_steward_sees_what_is_owed_in_the_own_scope_alone(store: Store) -> None:
    file(store, "a", "2021-01")
    file(store, "b", "2021-01")
    steward = Actor("anna", frozenset({"steward"}), ("two/b",))
    assert owed(store, "2021-02", steward) == [("b", "2021-02")]
    with pytest.raises(Forbidden):
        owed(store, "2021-02", READER)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2021, 6, 1), "2021-05"),
        (date(2021, 6, 30), "2021-05"),
        (date(2021, 1, 1), "2020-12"),
        (date(2024, 2, 29), "2024-01"),
    ],
)
def test_the_newest_month_to_file_is_the_one_that_is_over(today: date, expected: str) -> None:
    assert newest_ended(today) == pd.Timestamp(expected)


def test_a_month_is_due_on_the_tenth_of_the_next() -> None:
    assert due(pd.Timestamp("2020-12")) == date(2021, 1, 10)


def test_what_is_latest_stands_first_on_the_board() -> None:
    found = pd.DataFrame(
        {
            "source": "two",
            "reporter": ["a", "b"],
            "month": pd.to_datetime(["2021-05-01", "2021-03-01"]),
        }
    )
    rows = board(found, date(2021, 6, 9))
    assert list(rows["reporter"]) == ["b", "a"]
    assert list(rows["days_late"]) == [60, -1]


@pytest.mark.parametrize(("language", "expected"), [("da", "marts og april 2021"), ("en", "March")])
def test_a_reminder_names_the_months_and_the_day(language: str, expected: str) -> None:
    months = [pd.Timestamp("2021-03-01"), pd.Timestamp("2021-04-01")]
    text = reminder(TWO, months, date(2021, 5, 10), words(language))
    assert "marts 2021 og april 2021" in text if language == "da" else expected in text
    assert words(language).date(date(2021, 5, 10)) in text
