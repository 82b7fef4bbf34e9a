"""How people sign in: `sign-in.toml` in INQUIRIES_HOME, read once at the start and refused when it is weak.

Either an OpenID Connect provider, or a proxy in front that has signed people in (as for brokers
that speak SAML alone) and says so in a signed header. Without the file there is no sign-in, and the
product serves the machine it runs on and nobody else. No value of the file is ever repeated.
"""

from __future__ import annotations

import ipaddress
import stat
import tomllib
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.sign_in_fields import Fields

_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class Oidc:
    """An OpenID Connect provider, and what it knows us by."""

    server_metadata_url: str
    client_id: str
    client_secret: str = field(repr=False)
    cookie_secret: str = field(repr=False)


@dataclass(frozen=True)
class Proxy:
    """A proxy that signs people in: the header it sends, and how that is known to be from it."""

    header: str
    key: str = field(repr=False)
    algorithms: tuple[str, ...]
    issuer: str
    audience: str
    sign_out: str


@dataclass(frozen=True)
class SignIn:
    """The one public address, whom people without access turn to, how strong a login must be, and by which way."""

    address: str
    contact: str
    required_acr: tuple[str, ...]
    required_amr: tuple[str, ...]
    way: Oidc | Proxy

    @property
    def host(self) -> str:
        """What a request must name as its host."""
        return urlsplit(self.address).netloc

    @property
    def is_secure(self) -> bool:
        return self.address.startswith("https://")

    def is_strong(self, acr: str, amr: tuple[str, ...]) -> bool:
        """Whether a login was of a required class (one of `required_acr`) and used each required method."""
        known_class = not self.required_acr or acr in self.required_acr
        return known_class and set(self.required_amr) <= set(amr)


def sign_in_of(home: Home) -> SignIn | None:
    """What the file says, None when there is none; `Fault` names the first field that is not fit."""
    try:
        if not home.sign_in.exists():
            return None
        if home.sign_in.stat().st_mode & _FOR_OTHERS:
            raise Fault("sign_in_open", file=str(home.sign_in))
        content = tomllib.loads(home.sign_in.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Fault("sign_in_unreadable", file=str(home.sign_in)) from error
    return _sign_in(Fields(str(home.sign_in), content))


def _sign_in(fields: Fields) -> SignIn:
    mode = fields.choice("mode", ("oidc", "proxy"))
    address = fields.address("address")
    contact = fields.text("contact")
    acr, amr = fields.texts("required_acr"), fields.texts("required_amr")
    way = _oidc(fields) if mode == "oidc" else _proxy(fields)
    fields.require_all_known()
    return SignIn(address, contact, acr, amr, way)


def _oidc(fields: Fields) -> Oidc:
    return Oidc(
        server_metadata_url=fields.web("oidc.server_metadata_url"),
        client_id=fields.text("oidc.client_id"),
        client_secret=fields.secret("oidc.client_secret", least=16),
        cookie_secret=fields.secret("oidc.cookie_secret", least=32),
    )


def _proxy(fields: Fields) -> Proxy:
    key, algorithms = fields.key("proxy.key", "proxy.algorithms")
    return Proxy(
        header=fields.header("proxy.header"),
        key=key,
        algorithms=algorithms,
        issuer=fields.text("proxy.issuer"),
        audience=fields.text("proxy.audience"),
        sign_out=fields.web("proxy.sign_out"),
    )


def require_sign_in(sign_in: SignIn | None, address: str, home: Home) -> None:
    """`Fault` when the server would be reached from elsewhere and nobody would have to sign in."""
    if sign_in is None and not is_loopback(address):
        raise Fault("sign_in_required", address=address, file=str(home.sign_in))


def is_loopback(address: Any) -> bool:
    """Whether an address, or a host without its port, is this machine itself and no other can reach it."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(str(address).strip("[]")).is_loopback
    except ValueError:
        return False
