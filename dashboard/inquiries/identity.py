"""Who has signed in, and when, as the provider or the proxy said it: nothing here says what they may do."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError

from inquiries.sign_in import Proxy
from inquiries.sign_in_fields import verifying_key

LONGEST_NAME = 80
# A subject has at most 255 letters (OpenID Connect Core 1.0, section 2).
LONGEST_SUBJECT = 255
# How far another machine's clock may be off.
LEEWAY_SECONDS = 30


@dataclass(frozen=True)
class Identity:
    """A person by issuer and subject, the name they are greeted by, and the sign-in itself.

    `signed_in_at` is in UTC without a zone; `acr` and `amr` say how strong the login was; `nonce`,
    where the provider gives it back, tells two sign-ins of the same second apart; `roles` are the
    claim's entries, which count only where the owner lets claims decide (access.py).
    """

    issuer: str
    subject: str
    name: str
    signed_in_at: datetime
    acr: str = ""
    amr: tuple[str, ...] = ()
    nonce: str = ""
    roles: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What one sign-in is remembered by; tells nothing of the person."""
        parts = json.dumps([self.issuer, self.subject, self.signed_in_at.isoformat(), self.nonce])
        return hashlib.sha256(parts.encode()).hexdigest()[:32]

    def claims(self) -> dict[str, Any]:
        """What the sign-in says of the person's rights."""
        return {"name": self.name, "roles": list(self.roles)}

    def packed(self) -> str:
        """As the value of a header."""
        whole = asdict(self) | {"signed_in_at": self.signed_in_at.isoformat()}
        return base64.urlsafe_b64encode(json.dumps(whole).encode()).decode("ascii")


def unpacked(packed: str) -> Identity:
    """What `packed` was made of."""
    whole = json.loads(base64.urlsafe_b64decode(packed))
    signed_in_at = datetime.fromisoformat(whole.pop("signed_in_at"))
    return Identity(
        **whole
        | {"signed_in_at": signed_in_at, "amr": tuple(whole["amr"]), "roles": tuple(whole["roles"])}
    )


def from_claims(claims: Mapping[str, Any], signed_in_at: datetime) -> Identity | None:
    """Who the claims speak of; None when they name no issuer and subject."""
    issuer, subject = claims.get("iss"), claims.get("sub")
    if not (isinstance(issuer, str) and isinstance(subject, str) and issuer and subject):
        return None
    if len(subject) > LONGEST_SUBJECT:
        return None
    name = claims.get("name") or claims.get("preferred_username") or ""
    greeted = "".join(filter(str.isprintable, str(name)))[:LONGEST_NAME]
    acr = claims.get("acr")
    return Identity(
        issuer=issuer,
        subject=subject,
        name=greeted,
        signed_in_at=signed_in_at,
        acr=str(acr or ""),
        amr=_texts(claims.get("amr")),
        nonce=str(claims.get("nonce") or ""),
        roles=_texts(claims.get("roles")),
    )


def _texts(claim: Any) -> tuple[str, ...]:
    """A claim that may be one text or a list of them."""
    several = [claim] if isinstance(claim, str) else claim if isinstance(claim, list) else []
    return tuple(map(str, several))


def from_proxy(token: str, proxy: Proxy, now: datetime) -> Identity | None:
    """Who a proxy's header speaks of; None unless signature, issuer, audience and times all hold.

    The proxy must say when the person signed in (`auth_time`): the time of the token itself begins
    anew with each request, and eight hours in all would never be over.
    """
    at = int(now.replace(tzinfo=UTC).timestamp())
    rules = jwt.JWTClaimsRegistry(
        now=at,
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": proxy.issuer},
        aud={"essential": True, "value": proxy.audience},
        sub={"essential": True},
        exp={"essential": True},
    )
    try:
        claims = jwt.decode(token, verifying_key(proxy.key), algorithms=proxy.algorithms).claims
        rules.validate(claims)
    except (JoseError, ValueError, TypeError):
        return None
    signed_in = claims.get("auth_time")
    if isinstance(signed_in, bool) or not isinstance(signed_in, int) or signed_in <= 0:
        return None
    return from_claims(claims, _utc(signed_in)) if signed_in <= at + LEEWAY_SECONDS else None


def _utc(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
