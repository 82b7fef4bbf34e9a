"""What the tests of signing in share: a configured home, access given and taken, cookies and headers as they are sent."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from joserfc import jwt
from joserfc.jwk import OctKey

from inquiries.access import Access, Grant
from inquiries.access import write as write_access
from inquiries.actor import EVERYTHING, ROLES, WITHOUT_SCOPE
from inquiries.home import Home

ISSUER, ANNA = "https://login.test", "anna"
COOKIE = "_streamlit_user"
# The same in every process: they stand in the names of test cases.
COOKIE_SECRET, CLIENT_SECRET, SHARED_KEY = (
    hashlib.sha256(use.encode()).hexdigest() for use in ("cookie", "client", "shared")
)
PROXY = {
    "header": "X-Login-Assertion",
    "key": SHARED_KEY,
    "algorithms": ["HS256"],
    "issuer": ISSUER,
    "audience": "inquiries",
    "sign_out": "https://login.test/sign_out",
}


def oidc(metadata: str = f"{ISSUER}/.well-known/openid-configuration") -> dict[str, Any]:
    return {
        "server_metadata_url": metadata,
        "client_id": "inquiries",
        "client_secret": CLIENT_SECRET,
        "cookie_secret": COOKIE_SECRET,
    }


def configured(way: str, address: str, **fields: Any) -> dict[str, Any]:
    """A whole configuration that nothing is wrong with."""
    parts = {"oidc": oidc(), "proxy": PROXY}
    whole = {"mode": way, "address": address, "contact": "Digitalisering, lokal 2", **fields}
    return {way: parts[way]} | whole


def write(home: Path, fields: dict[str, Any], mode: int = 0o600) -> Path:
    """Put a configuration where the product looks for it."""
    home.mkdir(parents=True, exist_ok=True)
    file = home / "sign-in.toml"
    file.write_text("\n".join(_lines(fields)), "utf-8")
    file.chmod(mode)
    return file


def _lines(fields: dict[str, Any]) -> list[str]:
    """TOML: what has no table of its own first. JSON writes texts, numbers and lists as TOML does."""
    own = [f"{name} = {json.dumps(v)}" for name, v in fields.items() if not isinstance(v, dict)]
    for name, table in fields.items():
        if isinstance(table, dict):
            own += [f"[{name}]", *_lines(table)]
    return own


def give_access(home: Path, subject: str = ANNA, issuer: str = ISSUER, **times: datetime) -> None:
    """Let a person do everything; the times say when that was changed and before when sign-ins are ended."""
    grant = Grant(issuer, subject, subject, dict.fromkeys(ROLES - WITHOUT_SCOPE, (EVERYTHING,)))
    _write(home, {grant.key: replace(grant, **times)})


def take_access(home: Path) -> None:
    _write(home, {})


def _write(home: Path, grants: dict[tuple[str, str], Grant]) -> None:
    (home / "access").mkdir(exist_ok=True)
    write_access(Home(home), Access(grants=grants))


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def cookie(
    address: str, *, age: timedelta = timedelta(), key: str = COOKIE_SECRET, **claims: Any
) -> str:
    """The cookie of a sign-in as Streamlit signs it, `age` ago."""
    signed_at = int((now() - age).replace(tzinfo=UTC).timestamp())

    class Then(TimestampSigner):
        def get_timestamp(self) -> int:
            return signed_at

    told = {"iss": ISSUER, "sub": ANNA, "name": "Anna Ærø", "origin": address}
    whole = told | {"nonce": secrets.token_hex(8)} | claims
    signer = URLSafeTimedSerializer(key, salt=COOKIE, signer=Then)
    return f"{COOKIE}={signer.dumps(json.dumps(whole))}"


def assertion(key: str = SHARED_KEY, *, algorithm: str = "HS256", **claims: Any) -> str:
    """What a proxy sends of one who has signed in just now."""
    at = int(now().replace(tzinfo=UTC).timestamp())
    told = {"iss": ISSUER, "aud": "inquiries", "sub": ANNA, "auth_time": at, "exp": at + 300}
    whole = {name: value for name, value in (told | claims).items() if value is not None}
    return jwt.encode({"alg": algorithm}, whole, OctKey.import_key(key), algorithms=[algorithm])
