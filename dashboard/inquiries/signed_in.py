"""Our own session on top of a sign-in: how long it lasts, and what ends it before.

A provider's cookie lives for a month and a proxy's header for as long as the proxy likes; neither
knows that access was taken away. So each sign-in is judged anew at every request and every rerun.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from inquiries.access import Grant, grant_of
from inquiries.ended import Ended
from inquiries.home import Home
from inquiries.identity import Identity
from inquiries.sign_in import SignIn

IDLE = timedelta(minutes=30)
IN_ALL = timedelta(hours=8)
# How far the clock of who signed may be ahead of ours.
AHEAD = timedelta(minutes=1)

Verdict = Literal[
    "live", "weak", "signed_out", "too_long", "idle", "no_access", "access_changed", "ended"
]


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
        self._ended = Ended(home)
        self._seen: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def verdict(self, identity: Identity) -> Verdict:
        """Whether a sign-in goes on now; looking does not keep it alive."""
        if not self._sign_in.is_strong(identity.acr, identity.amr):
            return "weak"
        if identity.key in self._ended:
            return "signed_out"
        grant = self._look_up(self._home, identity.issuer, identity.subject, identity.claims())
        seen = self._seen.get(identity.key)
        return judged(identity.signed_in_at, seen, self._clock(), grant)

    def visit(self, identity: Identity) -> Verdict:
        """The same, and a sign-in that goes on counts as used now."""
        verdict = self.verdict(identity)
        if verdict == "live":
            now = self._clock()
            with self._lock:
                self._seen = {key: at for key, at in self._seen.items() if now - at < IDLE}
                self._seen[identity.key] = now
        return verdict

    def end(self, identity: Identity) -> None:
        """End a sign-in for good: a copy of its cookie is worth nothing, after a restart too."""
        self._ended.add(identity.key, self._clock())
