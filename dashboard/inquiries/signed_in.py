"""Our own session on top of a sign-in: how long it lasts, and what ends it before.

A provider's cookie lives for a month and a proxy's header for as long as the proxy likes; neither
knows that access was taken away. So each sign-in is judged anew at every request and every rerun.
The audit trail has one record of each that was used or refused, and one when it was signed out of.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from inquiries import audit
from inquiries.access import Grant, actor_of, grant_of
from inquiries.actor import Actor
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.identity import Identity
from inquiries.sign_in import SignIn
from inquiries.sign_in_marks import Marks

log = logging.getLogger("inquiries")

IDLE = timedelta(minutes=30)
IN_ALL = timedelta(hours=8)
# How far the clock of who signed may be ahead of ours.
AHEAD = timedelta(minutes=1)

Verdict = Literal[
    "live", "weak", "signed_out", "too_long", "idle", "no_access", "access_changed", "ended"
]
REFUSED = ("weak", "no_access")


def judged(
    signed_in_at: datetime, seen: datetime | None, now: datetime, grant: Grant | None
) -> Verdict:
    """What the times and the grant say of a sign-in; all times in UTC without a zone.

    `seen` is when it was last used, None when that is not remembered, as after a restart: then only
    a sign-in so new that it cannot have been left idle goes on. Limits: ASVS 5.0, 7.3.1 and 7.3.2.
    """
    if grant is None:
        return "no_access"
    if grant.ended_before is not None and signed_in_at <= grant.ended_before:
        return "ended"
    if grant.changed_at is not None and signed_in_at < grant.changed_at:
        return "access_changed"
    if not signed_in_at - AHEAD <= now < signed_in_at + IN_ALL:
        return "too_long"
    if now >= (seen or signed_in_at) + IDLE:
        return "idle"
    return "live"


class Sessions:
    """Every sign-in that is being used, and those that were ended."""

    def __init__(
        self,
        home: Home,
        sign_in: SignIn,
        clock: Callable[[], datetime],
        look_up: Callable[..., Grant | None] = grant_of,
    ) -> None:
        self._home = home
        self._sign_in = sign_in
        self._clock = clock
        self._look_up = look_up
        self._ended, self._recorded = Marks(home.ended), Marks(home.recorded)
        self._unrecorded: set[str] = set()
        self._seen: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def verdict(self, identity: Identity) -> Verdict:
        """Whether a sign-in goes on now; looking does not keep it alive."""
        if not self._sign_in.is_strong(identity.acr, identity.amr):
            return "weak"
        if identity.key in self._ended:
            return "signed_out"
        seen = self._seen.get(identity.key)
        return judged(identity.signed_in_at, seen, self._clock(), self._grant(identity))

    def _grant(self, identity: Identity) -> Grant | None:
        return self._look_up(self._home, identity.issuer, identity.subject, identity.claims())

    def visit(self, identity: Identity) -> Verdict:
        """The same, and a sign-in that goes on counts as used now; its first use is recorded, and its refusal."""
        verdict = self.verdict(identity)
        is_recent = self._clock() < identity.signed_in_at + IN_ALL
        if verdict == "live" or (verdict in REFUSED and is_recent):
            self._record(identity, "sign_in", "" if verdict == "live" else verdict)
        if verdict == "live":
            now = self._clock()
            with self._lock:
                self._seen = {key: at for key, at in self._seen.items() if now - at < IDLE}
                self._seen[identity.key] = now
        return verdict

    def end(self, identity: Identity) -> None:
        """End a sign-in for good: a copy of its cookie is worth nothing, after a restart too."""
        self._ended.add(identity.key, self._clock())
        self._record(identity, "sign_out")

    def _record(self, identity: Identity, act: str, refused_as: str = "") -> None:
        """Record an act once for each sign-in. That it cannot be recorded bars nobody: it is tried again and logged.

        Whoever needs a contact must reach it; what would change anything is not done unrecorded anyway.
        """
        key = f"{act} {identity.key}"
        try:
            if key in self._recorded:
                return
            with self._recorded.adding(key, self._clock()) as is_new:
                if is_new:
                    result = "refused" if refused_as else "done"
                    audit.tell(self._home, self._actor(identity), act, result, refused_as)
        except (Fault, OSError) as error:
            if key not in self._unrecorded:
                why = error.code if isinstance(error, Fault) else type(error).__name__
                log.error("audit: %s could not be recorded: %s", act, why)
            self._unrecorded.add(key)

    def _actor(self, identity: Identity) -> Actor:
        """Who the records name: as the list of grants does, or, for who is not in it, as the sign-in does."""
        grant = self._grant(identity)
        person = identity.issuer, identity.subject
        return actor_of(grant) if grant else Actor(identity.name, frozenset(), (), identity=person)
