"""Who is looking: found in a request by the gate, handed to the pages in a header that only the gate can set."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import HTTPConnection
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from inquiries import signed_in
from inquiries.home import Home, home_from_environment
from inquiries.identity import Identity, from_claims, from_proxy, unpacked
from inquiries.sign_in import Oidc, Proxy, SignIn, sign_in_of
from inquiries.signed_in import Sessions
from inquiries.store import system_clock

# Under the first name the gate sends it, under the second Streamlit keeps it (.streamlit/config.toml).
HEADER = b"x-inquiries-signed-in"
KEPT_AS = "inquiries_signed_in"
# Streamlit's name for the provider; none with an underscore may be used.
PROVIDER = "broker"


@cache
def _sign_in(folder: Path) -> SignIn | None:
    return sign_in_of(Home(folder))


@cache
def _sessions(folder: Path) -> Sessions:
    sign_in = _sign_in(folder)
    assert sign_in is not None
    return Sessions(Home(folder), sign_in, system_clock)


def sign_in() -> SignIn | None:
    """How people sign in, as it was when the program started; None where nobody has to."""
    return _sign_in(home_from_environment().folder)


def sessions() -> Sessions:
    """The sign-ins in use, where there is sign-in."""
    return _sessions(home_from_environment().folder)


def streamlit_secrets(sign_in: SignIn | None) -> dict[str, Any] | None:
    """What Streamlit's own routes for OpenID Connect need to know."""
    if sign_in is None or not isinstance(sign_in.way, Oidc):
        return None
    asked = {"acr_values": " ".join(sign_in.required_acr)} if sign_in.required_acr else {}
    provider = {
        "client_id": sign_in.way.client_id,
        "client_secret": sign_in.way.client_secret,
        "server_metadata_url": sign_in.way.server_metadata_url,
        # A screen left alone must not be opened again by whoever sits down at it.
        "client_kwargs": {"scope": "openid profile", "prompt": "login"},
        "authorize_params": asked,
    }
    return {
        "auth": {
            "redirect_uri": f"{sign_in.address}/oauth2callback",
            "cookie_secret": sign_in.way.cookie_secret,
            PROVIDER: provider,
        }
    }


def identify(sign_in: SignIn, connection: HTTPConnection) -> Identity | None:
    """Who sends this request; None when nobody has signed in, or the proof is not genuine."""
    if isinstance(sign_in.way, Proxy):
        sent = connection.headers.getlist(sign_in.way.header)
        return from_proxy(sent[0], sign_in.way, system_clock()) if len(sent) == 1 else None
    return _from_cookie(sign_in.way, sign_in.address, connection.cookies)


def _from_cookie(way: Oidc, address: str, cookies: dict[str, str]) -> Identity | None:
    """Who the cookie of Streamlit's sign-in speaks of, and when it was signed: by our own clock."""
    signed: list[datetime] = []

    def read(name: str) -> bytes | None:
        if name not in cookies:
            return None
        reader = URLSafeTimedSerializer(way.cookie_secret, salt=name)
        value, at = reader.loads(cookies[name], return_timestamp=True)
        signed.append(at.astimezone(UTC).replace(tzinfo=None))
        return value.encode() if isinstance(value, str) else None

    try:
        claims = json.loads(get_cookie_with_chunks(read, USER_COOKIE_NAME) or b"null")
    except (BadData, ValueError, TypeError):
        return None
    if not isinstance(claims, dict) or claims.get("origin") != address:
        return None
    return from_claims(claims, min(signed))


def looking() -> tuple[Identity | None, signed_in.Verdict]:
    """Who looks at the page that is being made, judged anew."""
    packed = st.user.get(KEPT_AS)
    if not isinstance(packed, str):
        return None, "signed_out"
    identity = unpacked(packed)
    return identity, sessions().verdict(identity)
