"""The exact store: what is in force follows from submissions and decisions, each kept; actors are obeyed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from inquiries import engine
from inquiries.actor import LOCAL, Actor
from inquiries.faults import Fault, Forbidden
from inquiries.filing import MASKED_COUNT, Reporter, Source, Submission
from inquiries.freeze import filed_and_owed
from inquiries.home import Home
from inquiries.store import Store
from inquiries.vocabulary import REGISTERED

NOW = datetime(2026, 11, 22, 12, 0)
MARCH, APRIL = pd.Timestamp("2020-03-01"), pd.Timestamp("2020-04-01")
TWO = Source(
    "two",
    "To",
    "Two",
    "inquiry",
    ("month", "count"),
    True,
    (Reporter("a", "A", "A"), Reporter("b", "B", "B")),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(Home(tmp_path), clock=lambda: NOW)
    made.add_source(LOCAL, TWO)
    return made


def submission(counts: dict[pd.Timestamp, int], reporter: str = "a") -> Submission:
    rows = pd.DataFrame(
        [
            {**dict.fromkeys(REGISTERED, ""), "month": month, "count": count}
            for month, count in counts.items()
        ]
    )
    return Submission("two", reporter, tuple(counts), rows, "fingerprint")


def standing(store: Store, reporter: str = "a") -> dict[pd.Timestamp, int]:
    found = store.counts_by_month(LOCAL, "two", reporter)
    return dict(zip(found["month"], found["count"], strict=True))


def test_the_newest_submission_of_a_month_is_in_force_and_the_other_months_stay(
    store: Store,
) -> None:
    store.submit(LOCAL, submission({MARCH: 5, APRIL: 7}))
    store.submit(LOCAL, submission({APRIL: 9}))
    assert standing(store) == {MARCH: 5, APRIL: 9}
    assert len(store.submissions(LOCAL)) == 2


def test_the_same_submission_sent_twice_is_stored_once(store: Store) -> None:
    once = submission({MARCH: 5})
    store.submit(LOCAL, once)
    store.submit(LOCAL, once)
    assert standing(store) == {MARCH: 5}
    assert len(store.submissions(LOCAL)) == 1


def test_withdrawing_puts_back_what_stood_before_and_restoring_undoes_it(store: Store) -> None:
    first, second = submission({MARCH: 5}), submission({MARCH: 6})
    store.submit(LOCAL, first, second)
    store.withdraw(LOCAL, second.submission, "wrong file")
    assert standing(store) == {MARCH: 5}
    store.withdraw(LOCAL, first.submission, "wrong file too")
    assert standing(store) == {}
    store.restore(LOCAL, second.submission, "it was right")
    assert standing(store) == {MARCH: 6}


def test_order_comes_from_a_sequence_and_never_from_the_clock(tmp_path: Path) -> None:
    times = iter([NOW, datetime(2026, 5, 1), datetime(2026, 4, 1)])
    store = Store(Home(tmp_path), clock=lambda: next(times))
    store.add_source(LOCAL, TWO)
    store.submit(LOCAL, submission({MARCH: 5}))
    store.submit(LOCAL, submission({MARCH: 6}))
    assert standing(store) == {MARCH: 6}


def test_a_month_without_rows_is_a_reported_zero(store: Store) -> None:
    nothing = submission({MARCH: 1})
    zero = Submission("two", "a", (MARCH,), nothing.rows.iloc[:0], "fingerprint")
    store.submit(LOCAL, zero)
    assert standing(store) == {MARCH: 0}


def test_a_submission_is_whole_or_absent(store: Store) -> None:
    broken = submission({MARCH: 5})
    broken.rows.loc[0, "count"] = -1
    with pytest.raises(Exception, match="CHECK"):
        store.submit(LOCAL, broken)
    assert standing(store) == {}
    assert store.submissions(LOCAL).empty


def test_a_reporter_owes_the_months_after_it_has_filed(store: Store) -> None:
    store.submit(LOCAL, submission({MARCH: 5, APRIL: 6}), submission({MARCH: 1}, reporter="b"))
    filed = filed_and_owed(store.months_in_force(LOCAL, "two")).set_index("month")
    assert filed.loc[MARCH].to_dict() == {"filed": 2, "owed": 2}
    assert filed.loc[APRIL].to_dict() == {"filed": 1, "owed": 2}


READER = Actor("reader", frozenset({"reader"}), ("two/a",))
STEWARD_OF_A = Actor("anna", frozenset({"reader", "steward"}), ("two/a",))


@pytest.mark.parametrize(
    ("actor", "deed"),
    [
        (READER, lambda store, actor: store.submit(actor, submission({MARCH: 5}))),
        (READER, lambda store, actor: store.counts_by_month(actor, "two", "a")),
        (READER, lambda store, actor: store.submissions(actor)),
        (READER, lambda store, actor: store.add_source(actor, TWO)),
        (
            STEWARD_OF_A,
            lambda store, actor: store.submit(actor, submission({MARCH: 5}, reporter="b")),
        ),
        (STEWARD_OF_A, lambda store, actor: store.counts_by_month(actor, "two", "b")),
        (STEWARD_OF_A, lambda store, actor: store.months_in_force(actor, "two")),
        (STEWARD_OF_A, lambda store, actor: store.rows(actor, "two", [])),
    ],
)
def test_role_and_scope_are_enforced_below_the_page(
    store: Store, actor: Actor, deed: object
) -> None:
    with pytest.raises(Forbidden):
        deed(store, actor)  # type: ignore[operator]


def test_a_steward_sees_the_submissions_of_its_own_bodies_alone(store: Store) -> None:
    store.submit(LOCAL, submission({MARCH: 5}), submission({MARCH: 1}, reporter="b"))
    assert list(store.submissions(STEWARD_OF_A)["reporter"]) == ["a"]


def test_another_bodys_submission_cannot_be_withdrawn(store: Store) -> None:
    theirs = submission({MARCH: 1}, reporter="b")
    store.submit(LOCAL, theirs)
    with pytest.raises(Forbidden):
        store.withdraw(STEWARD_OF_A, theirs.submission, "not mine")
    assert standing(store, "b") == {MARCH: 1}


def test_a_source_is_added_once(store: Store) -> None:
    with pytest.raises(Fault) as fault:
        store.add_source(LOCAL, TWO)
    assert fault.value.code == "source_taken"


def test_a_store_from_a_newer_version_is_left_alone(store: Store, tmp_path: Path) -> None:
    connection = engine.connect(Home(tmp_path).store)
    connection.execute("insert into store_version values (99)")
    connection.close()
    with pytest.raises(Fault) as fault:
        store.sources(LOCAL)
    assert fault.value.code == "store_newer"


def test_a_file_that_is_no_store_is_not_written_over(tmp_path: Path) -> None:
    home = Home(tmp_path).prepare()
    home.store.write_bytes(b"something else entirely" * 1000)
    with pytest.raises(Fault) as fault:
        Store(home).sources(LOCAL)
    assert fault.value.code == "store_damaged"
    assert home.store.read_bytes().startswith(b"something else")


@pytest.mark.parametrize(
    "escape",
    [
        "select * from read_csv('/etc/passwd')",
        "copy source to 'out.csv'",
        "attach 'other.duckdb'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "select * from '/etc/passwd'",
    ],
)
def test_a_question_cannot_reach_another_file_or_the_settings(
    store: Store, tmp_path: Path, escape: str
) -> None:
    store.sources(LOCAL)
    connection = engine.connect(Home(tmp_path).store)
    with pytest.raises(Exception, match=r"disabled|locked|Permission|Cannot|does not exist"):
        connection.execute(escape)
    connection.close()


def test_a_masked_count_is_kept_as_masked(store: Store) -> None:
    """It stands as 2 in sums, and the sum says how many rows are known as 1 to 4 alone."""
    found = submission({MARCH: 38, APRIL: 7}).rows.assign(masked=False)
    masked = submission({MARCH: MASKED_COUNT}).rows.assign(masked=True, channel="phone")
    both = pd.concat([found, masked])
    store.submit(LOCAL, Submission("two", "a", (MARCH, APRIL), both, "fingerprint"))
    own = store.counts_by_month(LOCAL, "two", "a").set_index("month")
    assert own.loc[MARCH].to_list() == [40, 1]
    assert own.loc[APRIL].to_list() == [7, 0]


def test_a_store_of_the_first_version_is_brought_up_and_keeps_its_counts(tmp_path: Path) -> None:
    home = Home(tmp_path).prepare()
    old = engine.connect(home.store)
    engine.create(old, "store_1")
    head = {"submission": "first", "sequence": 1, "source": "two", "reporter": "a"}
    told = {"received_at": NOW, "actor": "local", "fingerprint": "", "row_count": 1, "total": 5}
    rows = submission({MARCH: 5}).rows.assign(submission="first")
    engine.fill(old, "submission", pd.DataFrame([head | told]))
    engine.fill(old, "submission_month", pd.DataFrame({"submission": ["first"], "month": [MARCH]}))
    engine.fill(old, "inquiry_count", rows)
    old.close()
    made = Store(home, clock=lambda: NOW)
    assert standing(made) == {MARCH: 5}
    assert made.counts_by_month(LOCAL, "two", "a")["masked"].to_list() == [0]
