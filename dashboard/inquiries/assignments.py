"""What a person may be given: roles, each with its bodies, and how they are written as entries of text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from inquiries.actor import EVERYTHING, ROLES, WITHOUT_SCOPE

# Each role with its "source/reporter" pairs, or "*" alone; none for a role without scope.
Assignments = Mapping[str, tuple[str, ...]]


def assignments_from_claims(claims: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The assignments a `roles` claim tells: entries as "reader", "steward:source/reporter", "analyst:*".

    An entry that is unknown or has another form gives nothing, a missing claim nothing at all.
    """
    entries = claims.get("roles", ())
    if isinstance(entries, str):
        entries = [entries]
    if not isinstance(entries, list | tuple):
        return {}
    read = [assignment(entry) for entry in entries if isinstance(entry, str)]
    return gathered(one for one in read if one is not None)


def assignment(entry: str) -> tuple[str, str] | None:
    """The role and the body, empty for a role without scope, that one entry names; None when it names none."""
    role, colon, body = entry.partition(":")
    if role in WITHOUT_SCOPE and not colon:
        return role, ""
    return (role, body) if role in ROLES - WITHOUT_SCOPE and _is_body(body) else None


def gathered(entries: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Roles and bodies one by one, as assignments; a role for everything needs no other body."""
    found: dict[str, set[str]] = {}
    for role, body in entries:
        found.setdefault(role, set()).update({body} - {""})
    return {
        role: (EVERYTHING,) if EVERYTHING in bodies else tuple(sorted(bodies))
        for role, bodies in found.items()
    }


def _is_body(text: str) -> bool:
    source, slash, reporter = text.partition("/")
    return text == EVERYTHING or bool(source and slash and reporter and "/" not in reporter)
