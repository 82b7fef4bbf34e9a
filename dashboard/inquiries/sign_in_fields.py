"""The fields of `sign-in.toml`, each checked as it is read: which field, what is expected, never its value."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OctKey, RSAKey

from inquiries.faults import Fault
from inquiries.guessable import is_guessable

SHARED = ("HS256", "HS384", "HS512")
# By the kind of public key: an algorithm that does not fit its key is the oldest way round a signature.
PUBLIC: dict[type, tuple[str, ...]] = {
    RSAKey: ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    ECKey: ("ES256", "ES384", "ES512"),
}
LEAST_SHARED = 32
LONGEST = 8000
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{2,60}")
_LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}


class Fields:
    """What a file holds, asked for by name ("oidc.client_id"); a name never asked for is refused at the end."""

    def __init__(self, file: str, content: dict[str, Any]) -> None:
        self._file = file
        self._content = content
        self._asked: set[str] = set()

    def text(self, name: str) -> str:
        """A text on one line."""
        found = self._found(name)
        self._require(isinstance(found, str) and found.strip() == found != "", "sign_in_text", name)
        self._require(len(found) <= LONGEST and found.isprintable(), "sign_in_text", name)
        return str(found)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty when the field is left out."""
        found = self._look(name) or []
        is_list = isinstance(found, list) and all(isinstance(one, str) and one for one in found)
        self._require(is_list, "sign_in_texts", name)
        return tuple(found)

    def choice(self, name: str, known: tuple[str, ...]) -> str:
        """One of a few words."""
        found = self._found(name)
        if found not in known:
            raise Fault("sign_in_choice", file=self._file, field=name, known=", ".join(known))
        return str(found)

    def web(self, name: str) -> str:
        """An address on the web: https, or http on this machine itself."""
        found = self.text(name)
        self._require(_is_web(found), "sign_in_web", name)
        return found

    def address(self, name: str) -> str:
        """The product's own address: a web address of a host alone, in lower case."""
        found = self.web(name).rstrip("/")
        parts = urlsplit(found)
        whole = f"{parts.scheme}://{parts.netloc}" == found == found.lower()
        self._require(whole and "@" not in found, "sign_in_address", name)
        return found

    def header(self, name: str) -> str:
        """The name of a header, in lower case as servers give it."""
        found = self.text(name)
        self._require(bool(_HEADER.fullmatch(found)), "sign_in_header", name)
        return found.lower()

    def secret(self, name: str, least: int) -> str:
        """A text nobody can guess: long enough, and not what stands in an example."""
        found = self.text(name)
        if len(found) < least:
            raise Fault("sign_in_short", file=self._file, field=name, least=least)
        if is_guessable(found):
            raise Fault("sign_in_sample", file=self._file, field=name)
        return found

    def key(self, name: str, algorithms: str) -> tuple[str, tuple[str, ...]]:
        """A public key or a shared secret, and algorithms that fit it."""
        found = self._found(name)
        self._require(isinstance(found, str) and 0 < len(found) <= LONGEST, "sign_in_key", name)
        if "-----" in found:
            fitting = self._fitting(name, found)
        else:
            fitting, found = SHARED, self.secret(name, LEAST_SHARED)
        chosen = self.texts(algorithms)
        if not chosen or not set(chosen) <= set(fitting):
            known = ", ".join(fitting)
            raise Fault("sign_in_choice", file=self._file, field=algorithms, known=known)
        return found, chosen

    def require_all_known(self) -> None:
        """`Fault` for a field that nothing asks for: a slip of the pen must not pass for a rule."""
        for name in _names(self._content):
            if name not in self._asked:
                raise Fault("sign_in_unknown", file=self._file, field=name)

    def _fitting(self, name: str, pem: str) -> tuple[str, ...]:
        key = public_key(pem)
        if key is None or key.is_private:
            raise Fault("sign_in_key", file=self._file, field=name)
        return PUBLIC[type(key)]

    def _look(self, name: str) -> Any:
        self._asked.add(name)
        found: Any = self._content
        for part in name.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        return found

    def _found(self, name: str) -> Any:
        found = self._look(name)
        if found is None or found == "":
            raise Fault("sign_in_missing", file=self._file, field=name)
        return found

    def _require(self, fits: bool, code: str, name: str) -> None:
        if not fits:
            raise Fault(code, file=self._file, field=name)


def public_key(pem: str) -> RSAKey | ECKey | None:
    """The key in a PEM text, None when it holds none that is known."""
    for kind in (RSAKey, ECKey):
        try:
            return kind.import_key(pem)
        except (JoseError, ValueError, TypeError):
            continue
    return None


def verifying_key(key: str) -> RSAKey | ECKey | OctKey:
    """What a signature is checked with, from a field that has been read."""
    return public_key(key) or OctKey.import_key(key)


def _is_web(found: str) -> bool:
    try:
        parts = urlsplit(found)
        _ = parts.port
    except ValueError:
        return False
    if not parts.hostname or "\\" in found or " " in found:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL_HOSTS)


def _names(content: dict[str, Any], before: str = "") -> list[str]:
    """Every field of a file by its whole name."""
    names = []
    for name, value in content.items():
        names += _names(value, f"{name}.") if isinstance(value, dict) else [f"{before}{name}"]
    return names
