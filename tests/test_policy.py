"""The policy of disclosure control: readable, never weak, and signed before real figures leave."""

from __future__ import annotations

from pathlib import Path

import pytest

from inquiries.actor import LOCAL, READER
from inquiries.faults import Fault, Forbidden
from inquiries.home import Home
from inquiries.policy import PROPOSAL, policy_of, sign_policy


def own_policy(tmp_path: Path, old: str, new: str) -> Home:
    """A home whose policy is the proposal with one thing changed."""
    home = Home(tmp_path).prepare()
    text = PROPOSAL.read_text("utf-8")
    assert old in text
    home.policy.write_text(text.replace(old, new), "utf-8")
    return home


def test_the_proposal_is_in_force_until_the_owner_has_a_policy_and_nobody_has_signed_it(
    tmp_path: Path,
) -> None:
    policy = policy_of(Home(tmp_path))
    assert (policy.smallest_shown, policy.method) == (5, "cell_key")
    assert (policy.largest_noise, policy.noise_variance, policy.never_shown) == (8, 3.0, 0)
    assert policy.exact_total_from == 20
    assert policy.reason
    assert not policy.is_signed


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("smallest_shown = 5", "smallest_shown = 4", "policy_weak"),
        ("smallest_shown = 5", "smallest_shown = 0", "policy_weak"),
        ("exact_total_from = 20", "exact_total_from = 3", "policy_weak"),
        ('method = "cell_key"', 'method = "none"', "policy_unreadable"),
        ("smallest_shown = 5", "smallest_shown =", "policy_unreadable"),
        ("smallest_shown = 5\n", "", "policy_unreadable"),
        ("smallest_shown = 5", 'smallest_shown = "five"', "policy_unreadable"),
        ("noise_variance = 3.0", "noise_variance = 0.5", "policy_weak"),
        ("largest_noise = 8", "largest_noise = 1", "policy_weak"),
    ],
)
def test_a_weak_or_broken_policy_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    with pytest.raises(Fault) as fault:
        policy_of(own_policy(tmp_path, old, new))
    assert fault.value.code == code


def test_signing_changes_who_and_when_and_not_the_rule(tmp_path: Path) -> None:
    home = Home(tmp_path)
    before = policy_of(home)
    sign_policy(LOCAL, home, 'Databeskyttelsesrådgiveren "DPO"', "2026-12-01")
    after = policy_of(home)
    assert after.is_signed
    assert after.signed_by == 'Databeskyttelsesrådgiveren "DPO"'
    assert after.fingerprint() == before.fingerprint()


def test_only_an_administrator_signs(tmp_path: Path) -> None:
    with pytest.raises(Forbidden):
        sign_policy(READER, Home(tmp_path), "me", "2026-12-01")


def test_another_threshold_is_another_rule(tmp_path: Path) -> None:
    other = policy_of(own_policy(tmp_path, "smallest_shown = 5", "smallest_shown = 8"))
    assert other.fingerprint() != policy_of(Home(tmp_path / "elsewhere")).fingerprint()
