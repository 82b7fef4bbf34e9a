"""What can be worked out from releases that follow on each other: by a reader, and by a reporter who knows what he changed.

Each history is filed to a real store and released two or three times; then all releases are solved
at once, for the counts and for what changed between them. The same histories, released without
care, are the proof that the attack can succeed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from attack.releases import MONTHS, Filing, begun, joined
from attack.solver import certain, propagated
from attack.system import UNRELEASED, lattice_of

from inquiries import build, same_reporters
from inquiries.actor import Actor
from inquiries.freeze import Chosen, filed_and_owed
from inquiries.home import Home
from inquiries.policy import Policy, policy_of
from inquiries.store import Store

PROPOSED = policy_of(Home(Path("nowhere")))
MONTH, MONTH_BEFORE, NEWEST = MONTHS[4], MONTHS[3], MONTHS[-1]

History = Callable[[Filing], None]


def correct_wait_correct(filing: Filing) -> None:
    filing.publish()
    filing.add("b", MONTH, 3)
    filing.publish()
    filing.add("b", MONTH, 11)
    filing.publish()


def a_reporter_is_late(filing: Filing) -> None:
    filing.withdraw("b", NEWEST)
    filing.publish()
    filing.restore("b", NEWEST)
    filing.publish()


def a_small_reporter_is_late(filing: Filing) -> None:
    """Month by month, and the quarter of the first of them is provisional still."""
    filing.add("c", MONTHS[-5], 12)
    filing.publish()
    filing.add("c", MONTHS[-4], 2)
    filing.publish()
    filing.add("c", MONTHS[-3], 1)
    filing.publish()


def a_late_reporter_leaves_the_month_provisional(filing: Filing) -> None:
    for reporter in "cd":
        filing.add(reporter, MONTHS[-2], 12)
    filing.publish()
    filing.add("c", NEWEST, 2)
    filing.publish()


def withdraw_and_restore(filing: Filing) -> None:
    filing.publish()
    filing.withdraw("b", MONTH)
    filing.publish()
    filing.restore("b", MONTH)
    filing.publish()


def withdraw_and_file_one_more(filing: Filing) -> None:
    filing.publish()
    filing.withdraw("b", MONTH)
    filing.publish()
    filing.add("b", MONTH, 1)
    filing.publish()


def one_corrects_much_and_the_other_little(filing: Filing) -> None:
    filing.publish()
    filing.add("a", MONTH, 12)
    filing.add("b", MONTH, 1)
    filing.publish()


def a_new_reporter_files_backwards(filing: Filing) -> None:
    filing.publish()
    filing.add("d", MONTH_BEFORE, 12)
    filing.publish()
    filing.add("d", MONTH, 2)
    filing.publish()


# Each history, and whether nothing was taken away in it, which the attacker is told.
HISTORIES: list[tuple[History, bool]] = [
    (correct_wait_correct, True),
    (a_reporter_is_late, True),
    (a_small_reporter_is_late, True),
    (a_late_reporter_leaves_the_month_provisional, True),
    (withdraw_and_restore, False),
    (withdraw_and_file_one_more, False),
    (one_corrects_much_and_the_other_little, True),
    (a_new_reporter_files_backwards, True),
]


def careless(actor: Actor, store: Store, source: str, *_: object) -> Chosen:
    """All that is in force, at once, and every total exact that may be."""
    months = store.months_in_force(actor, source)
    changes = same_reporters.changes(months, months)
    return Chosen(months, filed_and_owed(months), frozenset(), False, changes, same_reporters=False)


def recovered(
    history: History, only_more: bool, folder: Path, policy: Policy = PROPOSED
) -> dict[str, tuple[int, int]]:
    """How many small counts and small changes each attacker tried, and how many are certain."""
    filing = begun(folder, policy)
    history(filing)
    found = {}
    for who in ("reader", *"ab"):
        reporter = None if who == "reader" else who
        system, truth = joined(filing, only_more=only_more, reporter=reporter)
        small = (np.abs(truth) >= 1) & (np.abs(truth) <= 4) & (system.state != UNRELEASED)
        found[who] = int(small.sum()), len(certain(*propagated(system), truth, small))
    print(f"{policy.method}, {history.__name__}, (tried, recovered): {found}")
    return found


IN_EVERY_RUN = a_new_reporter_files_backwards
CASES = [
    pytest.param(
        history,
        only_more,
        id=history.__name__,
        marks=[] if history is IN_EVERY_RUN else pytest.mark.long,
    )
    for history, only_more in HISTORIES
]


@pytest.mark.parametrize(("history", "only_more"), CASES)
def test_releases_that_follow_on_each_other_give_nobody_a_small_count_or_change(
    tmp_path: Path, history: History, only_more: bool
) -> None:
    found = recovered(history, only_more, tmp_path)
    assert {who: certain for who, (_, certain) in found.items()} == dict.fromkeys(found, 0)


@pytest.mark.parametrize(
    ("history", "only_more", "who"),
    [
        pytest.param(IN_EVERY_RUN, True, "reader", marks=pytest.mark.long),
        pytest.param(correct_wait_correct, True, "reader", marks=pytest.mark.long),
        pytest.param(withdraw_and_file_one_more, False, "reader", marks=pytest.mark.long),
        pytest.param(one_corrects_much_and_the_other_little, True, "a", marks=pytest.mark.long),
    ],
)
def test_the_same_attack_breaks_releases_that_take_whatever_is_in_force(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    history: History,
    only_more: bool,
    who: str,
) -> None:
    monkeypatch.setattr(build, "choose", careless)
    assert recovered(history, only_more, tmp_path)[who][1] > 0


@pytest.mark.long
@pytest.mark.parametrize(
    ("history", "only_more"),
    [(correct_wait_correct, True), (withdraw_and_file_one_more, False)],
)
def test_rounded_releases_that_follow_on_each_other_give_a_reader_no_small_count_or_change(
    tmp_path: Path, history: History, only_more: bool
) -> None:
    rounding = replace(PROPOSED, method="rounding")
    assert recovered(history, only_more, tmp_path, rounding)["reader"][1] == 0


def test_a_late_reporter_who_completes_a_month_has_every_cell_of_its_quarter_drawn_anew(
    tmp_path: Path,
) -> None:
    """Were only those drawn anew that he touched, they would tell what his inquiries are about."""
    filing = begun(tmp_path, PROPOSED)
    a_small_reporter_is_late(filing)
    lattice = lattice_of(filing.published[-1].world)
    truth = [lattice.truth(own.world) for own in filing.published[:2]]
    shown = [lattice.counts(own.cells) for own in filing.published[:2]]
    quarter = lattice.index.get_level_values("period") == "2021Q1"
    untouched = quarter & (truth[0] == truth[1]) & (shown[0] > 0) & (shown[1] > 0)
    touched = int((quarter & (truth[0] != truth[1])).sum())
    alike = int((shown[0] == shown[1])[untouched].sum())
    print(f"{touched} cells touched; of {untouched.sum()} others shown, {alike} by chance alike")
    assert 0 < touched < untouched.sum()
    assert alike < 0.4 * untouched.sum()
