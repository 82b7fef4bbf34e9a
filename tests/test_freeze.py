"""When corrections come out: what a release takes for a month that an earlier release has shown."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from inquiries.actor import LOCAL
from inquiries.build import build, gather
from inquiries.filing import Reporter, Source, Submission
from inquiries.freeze import Chosen, choose
from inquiries.home import Home
from inquiries.policy import policy_of
from inquiries.released_series import spans_of
from inquiries.store import Store
from inquiries.vocabulary import REGISTERED, phases

PROPOSED = policy_of(Home(Path("nowhere")))
MONTHS = pd.date_range("2025-01-01", "2026-10-01", freq="MS")
NOVEMBER = datetime(2026, 11, 22)


def rows(counts: dict[pd.Timestamp, int]) -> pd.DataFrame:
    found = [{"month": month, "count": count} for month, count in counts.items()]
    return pd.DataFrame([dict.fromkeys(REGISTERED, "") | row for row in found])


def file(store: Store, counts: dict[pd.Timestamp, int], reporter: str = "a") -> str:
    submission = Submission("s", reporter, tuple(counts), rows(counts), "fingerprint")
    store.submit(LOCAL, submission)
    return submission.submission


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source with three reporters, two of which have filed all months, released once."""
    made = Home(tmp_path_factory.mktemp("released") / "home")
    store = Store(made, lambda: NOVEMBER)
    bodies = tuple(Reporter(name, name, name) for name in "abc")
    store.add_source(LOCAL, Source("s", "s", "s", "inquiry", ("month", "count"), True, bodies))
    for reporter in "ab":
        file(store, dict.fromkeys(MONTHS, 40), reporter)
    file(store, dict.fromkeys(MONTHS[:-4], 40), "c")
    build(LOCAL, made, clock=lambda: NOVEMBER)
    return made.folder


@pytest.fixture
def home(released: Path, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(released, tmp_path / "home")))


def choice(home: Home) -> Chosen:
    return choose(LOCAL, Store(home), "s", spans_of(phases()))


def chosen(home: Home) -> dict[tuple[str, pd.Timestamp], str]:
    months = choice(home).months
    return months.set_index(["reporter", "month"])["submission"].to_dict()


@pytest.mark.parametrize(
    ("more", "goes_in"), [(1, False), (9, False), (10, True), (-9, False), (-10, True)]
)
def test_a_correction_waits_until_10_have_changed(home: Home, more: int, goes_in: bool) -> None:
    correction = file(Store(home), {MONTHS[3]: 40 + more})
    assert (chosen(home)["a", MONTHS[3]] == correction) == goes_in
    assert choice(home).corrections_wait != goes_in


def test_a_reporter_that_joins_a_released_month_waits_like_a_correction(home: Home) -> None:
    store = Store(home)
    store.submit(LOCAL, Submission("s", "d", (MONTHS[3],), rows({MONTHS[3]: 9}), "fingerprint"))
    assert ("d", MONTHS[3]) not in chosen(home)
    store.submit(LOCAL, Submission("s", "d", (MONTHS[3],), rows({MONTHS[3]: 12}), "fingerprint"))
    assert ("d", MONTHS[3]) in chosen(home)


def test_a_new_month_goes_in_at_once_and_leaves_the_old_ones(home: Home) -> None:
    before = chosen(home)
    new = file(Store(home), {pd.Timestamp("2026-11-01"): 3})
    after = chosen(home)
    assert after.pop(("a", pd.Timestamp("2026-11-01"))) == new
    assert after == before


def test_a_withdrawn_month_waits_like_any_small_correction(home: Home) -> None:
    store = Store(home)
    month = MONTHS[3]
    raised = file(store, {month: 47})
    store.withdraw(LOCAL, raised, "a mistake")
    assert chosen(home)["a", month] != raised


MONTH, EARLIER = MONTHS[5], MONTHS[4]


@pytest.mark.parametrize(
    ("more", "go_in"),
    [
        ({"a": 12, "b": 1}, "a"),
        ({"a": 12, "b": 10}, "ab"),
        ({"a": 5, "b": 5}, ""),
        ({"a": 9, "b": 9}, ""),
        ({"a": 5, "b": 5, "c": 5}, "abc"),
        ({"a": 5, "b": 5, "c": 4}, ""),
        ({"a": 12, "b": 5, "c": 4}, "a"),
        ({"a": 12, "b": 12, "c": 1}, "abc"),
    ],
)
def test_corrections_hide_each_other_also_from_one_who_made_some_of_them(
    home: Home, more: dict[str, int], go_in: str
) -> None:
    """Without any one reporter's own, either none or at least 10 have changed."""
    filed = {name: file(Store(home), {MONTH: 40 + own}, name) for name, own in more.items()}
    taken = chosen(home)
    assert "".join(name for name, own in filed.items() if taken[name, MONTH] == own) == go_in
    assert choice(home).corrections_wait == (go_in != "".join(more))


def test_the_same_figures_filed_again_are_no_correction(home: Home) -> None:
    before = chosen(home)
    file(Store(home), dict.fromkeys(MONTHS, 40))
    assert chosen(home) == before
    assert not choice(home).corrections_wait
    assert choice(home).corrected == set()


def test_a_month_withdrawn_and_filed_with_one_more_is_not_told_from_the_first_release(
    home: Home,
) -> None:
    store, first = Store(home), chosen(home)["a", MONTH]
    again = file(store, {month: 40 for month in MONTHS if month != MONTH})
    store.withdraw(LOCAL, first, "a mistake")
    build(LOCAL, home, clock=lambda: NOVEMBER)
    assert ("a", MONTH) not in chosen(home)
    file(store, {MONTH: 41})
    assert chosen(home)["a", MONTH] == first
    assert chosen(home)["a", EARLIER] in (first, again)
    assert choice(home).corrections_wait


def test_a_new_reporter_is_not_told_from_the_release_before_he_came(home: Home) -> None:
    """His first month makes him owe the next, which an earlier release has shown complete without him."""
    file(Store(home), {EARLIER: 12}, "d")
    build(LOCAL, home, clock=lambda: NOVEMBER)
    small = file(Store(home), {MONTH: 2}, "d")
    assert small not in chosen(home).values()
    filed = choice(home).filed.set_index("month")
    assert tuple(filed.loc[MONTH]) == (3, 4)


def test_the_total_of_a_corrected_month_is_not_exact_a_second_time(home: Home) -> None:
    assert choice(home).corrected == set()
    file(Store(home), {MONTH: 60})
    assert choice(home).corrected == {MONTH}
    build(LOCAL, home, clock=lambda: NOVEMBER)
    assert choice(home).corrected == {MONTH}


def test_a_late_reporter_waits_while_the_month_is_still_owed_by_another(home: Home) -> None:
    """Only cells he touched would be drawn anew."""
    store, newest = Store(home), MONTHS[-1]
    file(store, {MONTHS[-5]: 40}, "d")
    build(LOCAL, home, clock=lambda: NOVEMBER)
    small = file(store, {newest: 3}, "c")
    assert small not in chosen(home).values()
    last = file(store, {newest: 2}, "d")
    assert {small, last} <= set(chosen(home).values())


def totals(home: Home) -> pd.Series:
    cells = gather(LOCAL, Store(home), PROPOSED).tables["cell"]
    return cells[cells["period_kind"] == "month"].set_index("first_month")["count"]


def test_one_late_inquiry_moves_nothing_in_the_next_release(home: Home) -> None:
    before = totals(home)
    file(Store(home), {MONTHS[3]: 41})
    pd.testing.assert_series_equal(totals(home), before)


def test_late_inquiries_are_not_read_off_one_by_one(home: Home) -> None:
    """Two exact totals that differ by 1 say that one inquiry came late, and of which month."""
    late = dict(zip(MONTHS[:6], (1, 2, 3, 4, 1, 2), strict=True))
    before = totals(home)
    file(Store(home), {month: 40 + more for month, more in late.items()})
    subtracted = totals(home) - before
    assert_not_read_off(subtracted, late, "late inquiries")


def test_a_late_reporter_is_not_read_off_from_two_releases(home: Home) -> None:
    """A month still owed by one reporter has a total without it, and the next release one with it."""
    late = dict(zip(MONTHS[-4:], (1, 2, 3, 4), strict=True))
    before = totals(home)
    file(Store(home), late, "c")
    subtracted = totals(home) - before
    assert_not_read_off(subtracted, late, "small months of a late reporter")


def assert_not_read_off(subtracted: pd.Series, late: dict[pd.Timestamp, int], what: str) -> None:
    found = [month for month, more in late.items() if subtracted.get(month) == more]
    print(f"{what}: {len(late)} tried, {len(found)} recovered by subtraction")
    assert len(found) < len(late)
