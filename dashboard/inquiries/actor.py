"""Who is asking: a person or routine with roles, and for each role the bodies it may act for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from inquiries.faults import Forbidden, NotWhole
from inquiries.filing import Source

ROLES = frozenset({"reader", "analyst", "steward", "publisher", "auditor", "administrator"})
# What these may do concerns no single body, so they are given without a list of them.
WITHOUT_SCOPE = frozenset({"reader", "auditor", "administrator"})
EVERYTHING = "*"


@dataclass(frozen=True)
class Actor:
    """One person or routine, the roles it holds and the bodies it may act for in each.

    `scopes` holds for each role its "source/reporter" pairs; `"*"` stands for all of them. `scope`
    is that of the roles `scopes` does not name. An actor made from assignments has an empty one,
    so that whoever forgets which role is asked for gets nothing. `identity` is the issuer and
    subject of one who has signed in.
    """

    name: str
    roles: frozenset[str]
    scope: tuple[str, ...] = ()
    scopes: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    identity: tuple[str, str] | None = None

    def may(self, role: str) -> bool:
        return role in self.roles

    def scope_of(self, role: str) -> tuple[str, ...]:
        """The bodies the actor may act for in a role; none in a role it does not hold."""
        return self.scopes.get(role, self.scope) if self.may(role) else ()

    def covers(self, role: str, source: str, reporter: str) -> bool:
        """Whether the actor holds the role for this reporter of this source."""
        scope = self.scope_of(role)
        return EVERYTHING in scope or f"{source}/{reporter}" in scope


# Whoever looks at the reader edition: released figures and nothing else.
READER = Actor(name="reader", roles=frozenset({"reader"}), scope=())

# On a machine of one's own there is one actor, who has everything.
LOCAL = Actor(name="local", roles=ROLES, scope=(EVERYTHING,))


def require(actor: Actor, *roles: str) -> None:
    """Raise `Forbidden` unless the actor holds one of the roles."""
    if not any(map(actor.may, roles)):
        raise Forbidden(roles[0])


def require_body(actor: Actor, role: str, source: str, reporter: str) -> None:
    """Raise `Forbidden` unless the actor holds the role for this reporter of this source."""
    if not actor.covers(role, source, reporter):
        raise Forbidden(role)


def require_everywhere(actor: Actor, role: str) -> None:
    """Raise `Forbidden` unless the actor holds the role for every body there is or will be."""
    if EVERYTHING not in actor.scope_of(role):
        raise Forbidden(role)


def require_whole(actor: Actor, sources: list[Source]) -> None:
    """Raise `NotWhole` unless the actor publishes for every reporter of these sources, or of the real among them.

    A release holds all that is filed. One without somebody's figures, held beside one with them,
    would tell what that one filed.
    """
    require(actor, "publisher")
    released = [source for source in sources if not source.synthetic] or sources
    lacking = [one.source for one in released if not covers_all(actor, "publisher", one)]
    if lacking:
        raise NotWhole(", ".join(lacking))


def require_some(actor: Actor, role: str, source: Source) -> None:
    """Raise `Forbidden` unless the actor holds the role for any reporter of a source."""
    if not covers_some(actor, role, source):
        raise Forbidden(role)


def require_all(actor: Actor, role: str, source: Source) -> None:
    """Raise `Forbidden` unless the actor holds the role for every reporter of a source."""
    if not covers_all(actor, role, source):
        raise Forbidden(role)


def covers_some(actor: Actor, role: str, source: Source) -> bool:
    """Whether the actor holds the role for any reporter of a source."""
    return EVERYTHING in actor.scope_of(role) or any(
        actor.covers(role, source.source, one.reporter) for one in source.reporters
    )


def covers_all(actor: Actor, role: str, source: Source) -> bool:
    """Whether the actor holds the role for every reporter of a source; of one without any, for everything."""
    bodies = [one.reporter for one in source.reporters] or [EVERYTHING]
    return all(actor.covers(role, source.source, body) for body in bodies)
