"""What this installation keeps, of whom it asks what, and what protects it: for the owner's papers. No person, no path, no figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import pandas as pd

from inquiries import access, audit, backup, engine
from inquiries.actor import Actor
from inquiries.directory.hours import danish_time
from inquiries.filing import Source
from inquiries.home import Home
from inquiries.keeping import Keeping, keeping_of
from inquiries.opening import opened
from inquiries.policy import Policy, policy_of
from inquiries.sign_in import Oidc, SignIn, sign_in_of
from inquiries.store_key import store_key
from inquiries.submissions import sources

Way = Literal["none", "oidc", "proxy"]


@dataclass(frozen=True)
class Filed:
    """A source, and the first and last month that anything was filed for; None before the first."""

    source: Source
    first: pd.Timestamp | None
    last: pd.Timestamp | None


@dataclass(frozen=True)
class Installation:
    """The facts on one day: sources, who may sign in and how, and the measures in force."""

    day: date
    filed: tuple[Filed, ...]
    way: Way
    is_strong: bool
    people: int
    is_encrypted: bool
    policy: Policy
    keeping: Keeping
    backups: int


def installation(actor: Actor, home: Home, at: datetime) -> Installation:
    """This installation as it is now; `Fault` when a policy or the store cannot be read."""
    audit.require(home, actor, "administrator")
    sign_in = sign_in_of(home)
    with opened(home) as connection:
        known = sources(connection)
        spans = engine.ask(connection, "store/submission_spans")
    return Installation(
        day=danish_time(at).date(),
        filed=tuple(_filed(one, spans[spans["source"] == one.source]) for one in known),
        way=_way(sign_in),
        is_strong=sign_in is not None and bool(sign_in.required_acr or sign_in.required_amr),
        people=len(access.listed(actor, home)),
        is_encrypted=store_key(home) is not None,
        policy=policy_of(home),
        keeping=keeping_of(home),
        backups=len(backup.backups(home)),
    )


def _filed(source: Source, spans: pd.DataFrame) -> Filed:
    if spans.empty:
        return Filed(source, None, None)
    return Filed(source, spans["first_month"].min(), spans["last_month"].max())


def _way(sign_in: SignIn | None) -> Way:
    if sign_in is None:
        return "none"
    return "oidc" if isinstance(sign_in.way, Oidc) else "proxy"
