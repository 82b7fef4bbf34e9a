"""The policy of disclosure control: numbers in a file that the owner's data-protection officer signs."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from inquiries import audit
from inquiries.actor import Actor
from inquiries.durable import write_whole
from inquiries.faults import Fault
from inquiries.home import PROJECT, Home

PROPOSAL = PROJECT / "data" / "policy" / "protection.toml"
METHODS = ("cell_key", "rounding")
WEAKEST = 5
# Less leaves one who knows a part certain of the rest more often than a few times in a hundred.
LEAST_NOISE, LEAST_VARIANCE = 3, 2.0


@dataclass(frozen=True)
class Policy:
    """What is hidden and how; docs/protection.md says why, field by field."""

    policy: str
    smallest_shown: int
    method: str
    largest_noise: int
    noise_variance: float
    never_shown: int
    exact_total_from: int
    reason: str
    source: str
    signed_by: str
    signed_on: str

    @property
    def is_signed(self) -> bool:
        return bool(self.signed_by and self.signed_on)

    def fingerprint(self) -> str:
        """The same for the same rule: what it is called, who signed and why do not change it."""
        said = {"policy", "reason", "source", "signed_by", "signed_on"}
        rule = {name: value for name, value in asdict(self).items() if name not in said}
        return hashlib.sha256(json.dumps(rule, sort_keys=True).encode()).hexdigest()


def rule_of(policy: Policy, phases: pd.DataFrame) -> str:
    """The fingerprint of all that decides which cells there are and what they show.

    A changed phase table is a changed rule: a moved phase is a new sum over the same months. What
    a phase is called on the screen does not matter, nor does the baseline, which is no cell.
    """
    spans = phases.loc[phases["role"] != "baseline", ["phase", "first_month", "last_month"]]
    listed = sorted(
        (row.phase, str(row.first_month), str(row.last_month)) for row in spans.itertuples()
    )
    return hashlib.sha256(json.dumps([policy.fingerprint(), listed]).encode()).hexdigest()


def policy_of(home: Home) -> Policy:
    """The owner's policy, or the unsigned proposal; `Fault` when it is weak or cannot be read."""
    path = home.policy if home.policy.exists() else PROPOSAL
    try:
        found = tomllib.loads(path.read_text("utf-8"))
        policy = _policy(found)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Fault("policy_unreadable", file=str(path)) from error
    return _checked(policy, path)


def _policy(found: dict[str, Any]) -> Policy:
    """The policy of a file's tables; a field that is missing, unknown or of another type is an error."""
    signed = found.pop("signed", {})
    policy = Policy(
        **found, signed_by=str(signed.get("by", "")), signed_on=str(signed.get("on", ""))
    )
    for number in (policy.smallest_shown, policy.largest_noise, policy.exact_total_from):
        if not isinstance(number, int):
            raise TypeError(type(number))
    return policy


def _checked(policy: Policy, path: Path) -> Policy:
    weak_noise = policy.method == "cell_key" and (
        policy.largest_noise < LEAST_NOISE or policy.noise_variance < LEAST_VARIANCE
    )
    if weak_noise or min(policy.smallest_shown, policy.exact_total_from) < WEAKEST:
        raise Fault("policy_weak", file=str(path), weakest=WEAKEST)
    if policy.method not in METHODS:
        raise Fault("policy_unreadable", file=str(path))
    return policy


def sign_policy(actor: Actor, home: Home, by: str, on: str) -> None:
    """Write who has decided on the policy, and when, into the owner's copy of it."""
    with audit.act(home, actor, "sign_policy"):
        audit.require(home, actor, "administrator")
        policy = policy_of(home)
        path = home.policy if home.policy.exists() else PROPOSAL
        rule, _, _ = path.read_text("utf-8").partition("[signed]")
        signed = f"[signed]\nby = {json.dumps(by, ensure_ascii=False)}\non = {json.dumps(on)}\n"
        write_whole(home.prepare().policy, (rule + signed).encode())
        assert policy.fingerprint() == policy_of(home).fingerprint()
