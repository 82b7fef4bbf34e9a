"""Who may do what: the assignments of each person, in one file that the administrator edits in the page.

It is read anew at every rerun, so a change holds at once. A person it does not name has no access;
when it cannot be read, nobody has.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from inquiries import audit
from inquiries.actor import EVERYTHING, LOCAL, Actor
from inquiries.assignments import Assignments, assignment, assignments_from_claims, gathered
from inquiries.durable import write_whole
from inquiries.faults import Fault
from inquiries.filing import Source
from inquiries.home import Home

FROM_FILE, FROM_CLAIMS = "file", "claims"
Key = tuple[str, str]


@dataclass(frozen=True)
class Grant:
    """What one person holds: each role with its "source/reporter" pairs, `("*",)` for all of them.

    A person is known by the issuer and subject of the sign-in, never by the name. A session that
    began before `ended_before` has ended. Times are UTC without a zone.
    """

    issuer: str
    subject: str
    name: str
    assignments: Assignments
    changed_at: datetime | None = None
    changed_by: str = ""
    ended_before: datetime | None = None

    @property
    def key(self) -> Key:
        return self.issuer, self.subject


@dataclass(frozen=True)
class Settings:
    """The rules of the file: whether a steward may not release, and whether it or the claims decide."""

    uploader_may_not_release: bool = False
    assignments_from: str = FROM_FILE


@dataclass(frozen=True)
class Access:
    """The file as a whole."""

    settings: Settings = field(default_factory=Settings)
    grants: Mapping[Key, Grant] = field(default_factory=dict)


def grants(home: Home) -> dict[Key, Grant]:
    """Every person's assignments by issuer and subject; `Fault` when the file cannot be trusted whole."""
    return dict(read(home).grants)


def settings(home: Home) -> Settings:
    """The rules of the file, or the usual ones where there is none; `Fault` as `grants`."""
    return read(home).settings


def grant_of(
    home: Home, issuer: str, subject: str, claims: Mapping[str, Any] | None = None
) -> Grant | None:
    """What a person who has signed in holds now; None for nothing, `Fault` when that cannot be told.

    Where the settings let the claims decide, the file tells of ended sessions alone, and a person
    without a usable claim holds nothing.
    """
    access = read(home)
    known = access.grants.get((issuer, subject))
    if access.settings.assignments_from == FROM_CLAIMS:
        name = str((claims or {}).get("name") or subject)
        known = known or Grant(issuer, subject, name, {})
        known = replace(known, name=name, assignments=assignments_from_claims(claims or {}))
    return known if known and known.assignments else None


def actor_of(grant: Grant) -> Actor:
    """The actor a person is: each role with its own scope, and the reader's whoever holds any role.

    What an administrator may do to a body, which is to erase on somebody's authority, concerns all.
    """
    scopes = dict(grant.assignments)
    if "administrator" in scopes:
        scopes["administrator"] = (EVERYTHING,)
    roles = frozenset(scopes) | ({"reader"} if scopes else set())
    return Actor(grant.name, roles, scopes=scopes, identity=grant.key)


def listed(actor: Actor, home: Home) -> list[Grant]:
    """Every person and what they hold, by name, for the administrator and the auditor."""
    audit.require(home, actor, "administrator", "auditor")
    return sorted(grants(home).values(), key=lambda grant: (grant.name.casefold(), grant.key))


def with_everything(actor: Actor, home: Home) -> list[tuple[Grant, tuple[str, ...]]]:
    """Who holds a role for every body there is or will be, and which roles."""
    found = [
        (grant, tuple(role for role, own in grant.assignments.items() if EVERYTHING in own))
        for grant in listed(actor, home)
    ]
    return [(grant, roles) for grant, roles in found if roles]


def require_no_uploader(actor: Actor, home: Home, sources: Iterable[Source]) -> None:
    """`Fault` when the settings forbid it and the actor is both steward and publisher of one of the sources.

    The operator at the machine itself is nobody's steward.
    """
    if actor == LOCAL or not settings(home).uploader_may_not_release:
        return
    both = ("steward", "publisher")
    own = [
        source.source
        for source in sources
        for body in source.reporters
        if all(actor.covers(role, source.source, body.reporter) for role in both)
    ]
    if own:
        raise Fault("uploader_releases", sources=", ".join(sorted(set(own))))


def write(home: Home, access: Access) -> None:
    people = [asdict(grant) for _, grant in sorted(access.grants.items())]
    content = {"settings": asdict(access.settings), "people": people}
    text = json.dumps(content, ensure_ascii=False, indent=1, default=datetime.isoformat)
    try:
        write_whole(home.access, text.encode(), 0o600)
    except OSError as error:
        raise Fault("access_unwritable", file=str(home.access)) from error


def read(home: Home) -> Access:
    """The whole file; what has another form than we write is trusted in no part."""
    try:
        found = json.loads(home.access.read_text("utf-8"))
        people = [_grant(**facts) for facts in found["people"]]
        access = Access(_settings(**found["settings"]), {one.key: one for one in people})
        if len(access.grants) != len(people) or set(found) != {"settings", "people"}:
            raise ValueError("a person twice, or a part too many")
    except FileNotFoundError:
        return Access()
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Fault("access_unreadable", file=str(home.access)) from error
    return access


def _settings(*, uploader_may_not_release: bool, assignments_from: str) -> Settings:
    if not isinstance(uploader_may_not_release, bool):
        raise TypeError(type(uploader_may_not_release))
    if assignments_from not in (FROM_FILE, FROM_CLAIMS):
        raise ValueError(assignments_from)
    return Settings(uploader_may_not_release, assignments_from)


def _grant(
    *,
    issuer: str,
    subject: str,
    name: str,
    assignments: dict[str, list[str]],
    changed_at: str | None,
    changed_by: str,
    ended_before: str | None,
) -> Grant:
    entries = [
        assignment(f"{role}:{body}" if body else role)
        for role, bodies in assignments.items()
        for body in bodies or [""]
    ]
    known = [entry for entry in entries if entry is not None]
    texts = (issuer, subject, name, changed_by)
    if len(known) != len(entries) or not all(isinstance(text, str) for text in texts):
        raise ValueError("a role or body that is none, or a text that is none")
    if not all(isinstance(bodies, list) for bodies in assignments.values()):
        raise TypeError("bodies that are no list")
    held, at, ended = gathered(known), _moment(changed_at), _moment(ended_before)
    return Grant(issuer, subject, name, held, at, changed_by, ended)


def _moment(text: str | None) -> datetime | None:
    moment = datetime.fromisoformat(text) if text is not None else None
    if moment and moment.tzinfo:
        raise ValueError("a time with a zone")
    return moment
