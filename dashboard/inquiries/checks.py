"""What a publisher should know before a release, and what stops one: each found in the figures, none typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from inquiries.actor import Actor
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.periods import MISSING, PROVISIONAL
from inquiries.policy import Policy, rule_of
from inquiries.protect import smallest_shown
from inquiries.release import newest, open_release
from inquiries.series import Series, series_of
from inquiries.store import Store

if TYPE_CHECKING:
    from inquiries.build import Contents


@dataclass(frozen=True)
class Check:
    """One check with its outcome: `check.<code>` says it, or the fault when there is one; one that `stops` prevents the release."""

    code: str
    passed: bool
    facts: dict[str, Any] = field(default_factory=dict)
    fault: Fault | None = None
    stops: bool = False


@dataclass(frozen=True)
class Standing:
    """What the next release is judged against besides its contents.

    `made` is every release there was, `known` the sources among them; `secret` and `last` are what
    is wrong with the secret and with the newest release file, None when nothing is.
    """

    now: datetime
    made: pd.DataFrame
    known: frozenset[str]
    secret: Fault | None
    last: Fault | None


def standing(actor: Actor, store: Store, home: Home, now: datetime) -> Standing:
    """What the next release of this home is judged against."""
    with store.together():
        released = {
            source.source
            for source in store.sources(actor)
            if not store.versions_released(actor, source.source).empty
        }
        made = store.releases(actor)
    return Standing(
        now=now,
        made=made,
        known=frozenset(released),
        secret=_fault_of_secret(actor, store),
        last=_fault_of_newest(home),
    )


def _fault_of_secret(actor: Actor, store: Store) -> Fault | None:
    try:
        store.secret(actor)
    except Fault as fault:
        return fault
    return None


def _fault_of_newest(home: Home) -> Fault | None:
    path = newest(home)
    try:
        if path is not None:
            open_release(path).close()
    except Fault as fault:
        return fault
    return None


def checks(
    contents: Contents,
    standing: Standing,
    *,
    forced_because: str = "",
    new_series_because: str = "",
) -> list[Check]:
    """Every check of the next release, in the order they are read."""
    return [
        _signed(contents.policy, synthetic=contents.synthetic),
        _stopping("secret", standing.secret),
        *_months(contents.tables["coverage"], contents.tables["source"]),
        _least(contents.tables["cell"]["count"], contents.policy),
        _corrections(wait=contents.corrections_wait),
        _monthly(contents, standing, forced_because),
        _series(series(contents, standing), new_series_because),
        *([] if standing.made.empty else [_noting("last", standing.last)]),
    ]


def require(found: list[Check]) -> None:
    """Raise the fault of the first check that stops the release."""
    for check in found:
        if check.stops and check.fault is not None:
            raise check.fault


def _stopping(code: str, fault: Fault | None, **facts: Any) -> Check:
    return Check(code, passed=fault is None, facts=facts, fault=fault, stops=fault is not None)


def _noting(code: str, fault: Fault | None) -> Check:
    return Check(code, passed=fault is None, fault=fault)


def _signed(policy: Policy, *, synthetic: bool) -> Check:
    if synthetic and not policy.is_signed:
        return Check("signed_sample", passed=True)
    fault = None if policy.is_signed else Fault("policy_unsigned")
    return _stopping("signed", fault, by=policy.signed_by, on=policy.signed_on)


def _months(coverage: pd.DataFrame, sources: pd.DataFrame) -> Iterator[Check]:
    """For each source how far its months go, or which of them somebody still owes."""
    months = coverage[(coverage["period_kind"] == "month") & (coverage["state"] != MISSING)]
    for source in sources.itertuples():
        own = months[months["source"] == source.source]
        owed = own.loc[own["state"] == PROVISIONAL, "first_month"]
        if owed.empty:
            facts = {"source": source, "month": own["first_month"].max()}
            yield Check("months", passed=True, facts=facts)
        else:
            facts = {"source": source, "months": tuple(owed)}
            yield Check("months_provisional", passed=False, facts=facts)


def _least(counts: pd.Series, policy: Policy) -> Check:
    least = smallest_shown(policy)
    fault = Fault("count_small", least=least) if (counts < least).any() else None
    return _stopping("least", fault, least=least, number=len(counts))


def _corrections(*, wait: bool) -> Check:
    return Check("corrections_wait" if wait else "corrections", passed=not wait)


def already_this_month(contents: Contents, standing: Standing) -> str | None:
    """The release of this month that forbids another; samples and the first of a new source do not count."""
    made = standing.made
    counting = made[~made["synthetic"].astype(bool) & (made["recalled_because"] == "")]
    same_month = counting["released_at"].dt.to_period("M") == pd.Period(standing.now, "M")
    brings_new_source = not set(contents.months["source"]) <= standing.known
    if contents.synthetic or brings_new_source or not same_month.any():
        return None
    return str(counting["release"].iloc[0])


def _monthly(contents: Contents, standing: Standing, forced_because: str) -> Check:
    before = already_this_month(contents, standing)
    if before is None:
        return Check("monthly", passed=True)
    if forced_because:
        return Check("monthly_forced", passed=False)
    return _stopping("monthly", Fault("release_too_soon", release=before))


def series(contents: Contents, standing: Standing) -> Series:
    """The series the next release belongs to, or begins."""
    rule = rule_of(contents.policy, contents.tables["phase"])
    return series_of(standing.made, rule, standing.now, synthetic=contents.synthetic)


def _series(found: Series, because: str) -> Check:
    if not found.breaks_with:
        return Check("series", passed=True, facts={"number": found.number})
    if because:
        return Check("series_new", passed=False, facts={"number": found.number})
    return _stopping("series", Fault("policy_changed", release=found.breaks_with))
