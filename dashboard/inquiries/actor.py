"""Who is asking: every function that touches exact figures takes an actor and obeys its role and scope."""

from __future__ import annotations

from dataclasses import dataclass

from inquiries.faults import Forbidden

ROLES = frozenset({"reader", "analyst", "steward", "publisher", "auditor", "administrator"})
EVERYTHING = "*"


@dataclass(frozen=True)
class Actor:
    """One person or routine, the roles it holds and the bodies it may act for.

    `scope` holds "source/reporter" pairs; `"*"` stands for all of them.
    """

    name: str
    roles: frozenset[str]
    scope: tuple[str, ...]

    def may(self, role: str) -> bool:
        return role in self.roles

    def covers(self, source: str, reporter: str) -> bool:
        return EVERYTHING in self.scope or f"{source}/{reporter}" in self.scope


# Whoever looks at the reader edition: released figures and nothing else.
READER = Actor(name="reader", roles=frozenset({"reader"}), scope=())

# On a machine of one's own there is one actor, who has everything.
LOCAL = Actor(name="local", roles=ROLES, scope=(EVERYTHING,))


def require(actor: Actor, role: str) -> None:
    """Raise `Forbidden` unless the actor holds the role."""
    if not actor.may(role):
        raise Forbidden(role)


def require_body(actor: Actor, role: str, source: str, reporter: str) -> None:
    """Raise `Forbidden` unless the actor holds the role and may act for this reporter of this source."""
    require(actor, role)
    if not actor.covers(source, reporter):
        raise Forbidden(role)
