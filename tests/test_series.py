"""A series is a run of releases under one rule: a changed policy or phase table needs a reason and begins a new one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from small_home import change_policy, one_source

from inquiries import build as building
from inquiries import vocabulary
from inquiries.actor import LOCAL
from inquiries.build import build, recall_release
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.overview import overview
from inquiries.policy import PROPOSAL, policy_of, rule_of, sign_policy
from inquiries.release import About, open_newest, release_paths
from inquiries.series import Series, series_of
from inquiries.store import Store
from inquiries.words import words

FIRST, SECOND, THIRD = datetime(2026, 9, 22), datetime(2026, 10, 22), datetime(2026, 11, 22)


def made(*rules: str, synthetic: bool = False, recalled: str = "") -> pd.DataFrame:
    """Releases under these rules, one a month, newest first as the store answers."""
    rows = [
        {
            "release": f"2026-0{number}-01-1",
            "number": number,
            "released_at": pd.Timestamp(f"2026-0{number}-01"),
            "synthetic": synthetic,
            "policy": rule,
            "recalled_because": recalled,
        }
        for number, rule in enumerate(rules, 1)
    ]
    columns = ["release", "number", "released_at", "synthetic", "policy", "recalled_because"]
    return pd.DataFrame(rows[::-1], columns=columns)


def began(number: int) -> datetime:
    return datetime(2026, number, 1)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ((), Series(1, THIRD)),
        (("a",), Series(1, began(1))),
        (("a", "a"), Series(1, began(1))),
        (("b",), Series(2, THIRD, breaks_with="2026-01-01-1")),
        (("b", "a"), Series(2, began(2))),
        (("b", "a", "a"), Series(2, began(2))),
        (("a", "b"), Series(3, THIRD, breaks_with="2026-02-01-1")),
        (("a", "b", "a"), Series(3, began(3))),
    ],
    ids=[
        "none before",
        "the same",
        "the same twice",
        "another",
        "since",
        "on",
        "back",
        "since back",
    ],
)
def test_a_release_belongs_to_the_run_of_its_rule(rules: tuple[str, ...], expected: Series) -> None:
    assert series_of(made(*rules), "a", THIRD, synthetic=False) == expected


def test_samples_and_real_figures_have_each_their_own_series() -> None:
    assert series_of(made("b", "c", synthetic=True), "a", THIRD, synthetic=False).number == 1


def test_a_recalled_release_has_been_out_and_counts() -> None:
    found = series_of(made("b", recalled="a mistake"), "a", THIRD, synthetic=False)
    assert (found.number, found.breaks_with) == (2, "2026-01-01-1")


# The rule


@pytest.mark.parametrize(
    ("column", "value", "changes"),
    [
        ("first_month", pd.Timestamp("2020-03-01"), True),
        ("last_month", pd.Timestamp("2020-07-01"), True),
        ("phase", "renamed", True),
        ("label_da", "Foråret 2020", False),
        ("shaded", False, False),
        ("role", "baseline", True),
    ],
)
def test_a_moved_phase_is_another_rule_and_a_better_name_is_not(
    column: str, value: object, changes: bool
) -> None:
    policy, phases = policy_of(Home(Path("nowhere"))), vocabulary.phases()
    other = phases.copy()
    other.loc[other["phase"] == "lockdown_1", column] = value
    assert (rule_of(policy, other) != rule_of(policy, phases)) is changes


def test_the_order_of_the_phases_and_the_reach_of_the_baseline_are_no_part_of_the_rule() -> None:
    policy, phases = policy_of(Home(Path("nowhere"))), vocabulary.phases()
    other = phases.iloc[::-1].copy()
    other.loc[other["role"] == "baseline", "first_month"] = pd.Timestamp("2015-01-01")
    assert rule_of(policy, other) == rule_of(policy, phases)


# Releases


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with one real source, released once."""
    made = one_source(tmp_path)
    build(LOCAL, made, clock=lambda: FIRST)
    return made


def change_phases(monkeypatch: pytest.MonkeyPatch) -> None:
    phases = vocabulary.phases()
    phases.loc[phases["phase"] == "lockdown_1", "last_month"] = pd.Timestamp("2020-05-01")
    phases.loc[phases["phase"] == "reopening", "first_month"] = pd.Timestamp("2020-06-01")
    monkeypatch.setattr(building.vocabulary, "phases", lambda: phases)


def about(home: Home) -> About:
    found = open_newest(home)
    assert found is not None
    found.close()
    return found.about


def caption(home: Home) -> str:
    found = open_newest(home)
    assert found is not None
    said = overview(found.ask, "s", words("da")).caption
    found.close()
    return said


def test_a_changed_policy_is_refused_without_a_reason_and_begins_a_new_series_with_one(
    home: Home,
) -> None:
    assert "serie" not in caption(home)
    change_policy(home)
    with pytest.raises(Fault) as fault:
        build(LOCAL, home, clock=lambda: SECOND)
    assert (fault.value.code, fault.value.facts) == ("policy_changed", {"release": "2026-09-22-1"})
    assert len(release_paths(home)) == 1
    build(LOCAL, home, clock=lambda: SECOND, new_series_because="the officer asked for 8")
    assert (about(home).series, about(home).series_since) == (2, pd.Timestamp(SECOND))
    assert list(Store(home).releases(LOCAL)["forced_because"]) == ["the officer asked for 8", ""]
    assert "Ny serie fra 22. oktober 2026" in caption(home)
    build(LOCAL, home, clock=lambda: THIRD)
    assert (about(home).series, about(home).series_since) == (2, pd.Timestamp(SECOND))


def test_a_changed_phase_table_is_refused_like_a_changed_policy(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_phases(monkeypatch)
    with pytest.raises(Fault) as fault:
        build(LOCAL, home, clock=lambda: SECOND)
    assert fault.value.code == "policy_changed"
    build(LOCAL, home, clock=lambda: SECOND, new_series_because="the phases were redrawn")
    assert about(home).series == 2


def test_a_reason_for_another_release_this_month_is_none_for_a_new_series(home: Home) -> None:
    change_policy(home)
    with pytest.raises(Fault) as fault:
        build(LOCAL, home, clock=lambda: FIRST, forced_because="a wrong file")
    assert fault.value.code == "policy_changed"
    with pytest.raises(Fault) as fault:
        build(LOCAL, home, clock=lambda: FIRST, new_series_because="the officer asked")
    assert fault.value.code == "release_too_soon"


def test_going_back_to_the_old_rule_after_a_recall_needs_a_reason_too(home: Home) -> None:
    change_policy(home)
    second = build(LOCAL, home, clock=lambda: SECOND, new_series_because="a test")
    recall_release(LOCAL, home, second, "a mistake")
    home.policy.write_text(PROPOSAL.read_text("utf-8"), "utf-8")
    sign_policy(LOCAL, home, "the officer", "2026-11-01")
    with pytest.raises(Fault) as fault:
        build(LOCAL, home, clock=lambda: THIRD)
    assert fault.value.code == "policy_changed"


def test_a_policy_signed_again_stays_in_its_series(home: Home) -> None:
    sign_policy(LOCAL, home, "another officer", "2026-10-01")
    build(LOCAL, home, clock=lambda: SECOND)
    assert about(home).series == 1
