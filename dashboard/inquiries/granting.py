"""The administrator gives and takes roles and ends sessions; each change holds from the next rerun on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from inquiries import audit, submissions
from inquiries.access import FROM_CLAIMS, Grant, Key, read, write
from inquiries.actor import EVERYTHING, ROLES, WITHOUT_SCOPE, Actor, require
from inquiries.assignments import Assignments, gathered
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.locking import locked
from inquiries.opening import opened

LONGEST = 200


def assign(
    actor: Actor,
    home: Home,
    *,
    issuer: str,
    subject: str,
    name: str,
    assignments: Assignments,
    at: datetime,
) -> None:
    """Let a person hold these roles and no others, from now on.

    `Fault` when the person is not fully named, a role or body is unknown or a scope is missing or
    too much, or when nobody, or not the one who asks, would be administrator any more.
    """
    with audit.act(home, actor, "assign"):
        require(actor, "administrator")
        _require_person(issuer, subject, name)
        _require_known(assignments, _bodies(home, assignments))
        entries = [(role, one) for role, own in assignments.items() for one in own or ("",)]
        new = Grant(issuer, subject, " ".join(name.split()), gathered(entries), at, actor.name)
        audit.about(subject, *map(_recorded, entries))

        def change(known: dict[Key, Grant]) -> None:
            before = known.get(new.key)
            known[new.key] = replace(new, ended_before=before.ended_before if before else None)

        _change(actor, home, change)


def remove(actor: Actor, home: Home, issuer: str, subject: str) -> None:
    """Take everything from a person; `Fault` when unknown, oneself, or the last administrator."""

    def change(known: dict[Key, Grant]) -> None:
        if known.pop((issuer, subject), None) is None:
            raise Fault("access_person_unknown")
        audit.about(subject)

    with audit.act(home, actor, "remove_person"):
        require(actor, "administrator")
        _change(actor, home, change)


def end_sessions(actor: Actor, home: Home, issuer: str, subject: str, at: datetime) -> None:
    """End every session of a person that began before `at`; what the person holds stays."""

    def change(known: dict[Key, Grant]) -> None:
        key = issuer, subject
        if key not in known and read(home).settings.assignments_from != FROM_CLAIMS:
            raise Fault("access_person_unknown")
        audit.about(subject)
        before = known.get(key, Grant(issuer, subject, subject, {}, at, actor.name))
        known[key] = replace(before, ended_before=at)

    with audit.act(home, actor, "end_sessions"):
        require(actor, "administrator")
        _change(actor, home, change)


def _recorded(entry: tuple[str, str]) -> str:
    """What was given as the audit trail names it: the role alone, or with a body, or with all of them."""
    role, body = entry
    return f"{role}/{'all' if body == EVERYTHING else body}" if body else role


def _require_person(issuer: str, subject: str, name: str) -> None:
    for text in (issuer, subject, name):
        if not text.strip() or len(text) > LONGEST or not text.isprintable():
            raise Fault("access_person", most=LONGEST)


def _bodies(home: Home, assignments: Assignments) -> set[str]:
    """Every body of the store; not asked for when none is named, so that it works on a new machine."""
    if all(body == EVERYTHING for bodies in assignments.values() for body in bodies):
        return {EVERYTHING}
    with opened(home) as connection:
        known = submissions.sources(connection)
    return {EVERYTHING} | {f"{one.source}/{own.reporter}" for one in known for own in one.reporters}


def _require_known(assignments: Assignments, bodies: set[str]) -> None:
    if not assignments:
        raise Fault("access_nothing")
    for role, own in assignments.items():
        if role not in ROLES:
            raise Fault("access_role", known=", ".join(sorted(ROLES)))
        if bool(own) == (role in WITHOUT_SCOPE):
            raise Fault("access_scope", role=role)
        if set(own) - bodies:
            raise Fault("access_body", role=role)


def _change(actor: Actor, home: Home, change: Callable[[dict[Key, Grant]], None]) -> None:
    """Change the file as a whole, one at a time, or not at all."""
    with locked(home):
        access = read(home)
        known = dict(access.grants)
        change(known)
        _require_administrators(actor, access.grants, known)
        write(home, replace(access, grants=known))


def _require_administrators(
    actor: Actor, before: Mapping[Key, Grant], after: Mapping[Key, Grant]
) -> None:
    were, are = _administrators(before), _administrators(after)
    if actor.identity in were - are:
        raise Fault("access_own")
    if were and not are:
        raise Fault("access_last")


def _administrators(known: Mapping[Key, Grant]) -> set[Key | None]:
    return {key for key, grant in known.items() if "administrator" in grant.assignments}
