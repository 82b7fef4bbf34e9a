"""The secret behind the noise: made once, kept apart from the data, never in a log, an error or a release.

The same data under two secrets could be averaged, so a second secret over data that a first one
has protected is refused.
"""

from __future__ import annotations

import hmac
import os
import secrets
import stat
from pathlib import Path

from inquiries.faults import Fault
from inquiries.guessable import is_guessable
from inquiries.home import Home

BYTES = 32
_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def secret_of(home: Home, known_mark: str | None) -> bytes:
    """The secret, made at first use; `Fault` when it is lost, damaged, a sample, open to others or another one.

    `known_mark` is the mark of the secret that has protected this data, None before the first.
    """
    if not is_there(home):
        if known_mark is not None:
            raise Fault("secret_lost", file=str(home.secret))
        _make(home)
    secret = _read(home)
    if known_mark is not None and not hmac.compare_digest(mark(secret), known_mark):
        raise Fault("secret_other", file=str(home.secret))
    return secret


def mark(secret: bytes) -> str:
    """What a store keeps to know its secret again; tells nothing of the secret itself."""
    return hmac.digest(secret, b"inquiries: mark of this secret", "sha256").hex()[:32]


def is_there(home: Home) -> bool:
    """Whether a secret has been made; `Fault` when its folder may not be looked into."""
    try:
        return home.secret.exists()
    except OSError as error:
        raise Fault("secret_damaged", file=str(home.secret)) from error


def require_there(home: Home) -> None:
    """`Fault` when no secret has been made here: what is put back came with one, and a new one would not fit."""
    if not is_there(home):
        raise Fault("secret_lost", file=str(home.secret))


def _make(home: Home) -> None:
    home.secret.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(home.secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(_drawn() + "\n")
        file.flush()
        os.fsync(file.fileno())


def _drawn() -> str:
    """A new secret; one in millions looks like a sample, and is drawn again."""
    while is_guessable(drawn := secrets.token_hex(BYTES)):
        pass
    return drawn


def _read(home: Home) -> bytes:
    if os.name == "posix" and home.secret.stat().st_mode & _FOR_OTHERS:
        raise Fault("secret_open", file=str(home.secret))
    try:
        secret = bytes.fromhex(home.secret.read_text("ascii"))
    except (OSError, ValueError):
        secret = b""
    if len(secret) != BYTES:
        raise Fault("secret_damaged", file=str(home.secret))
    if is_guessable(secret.hex()):
        raise Fault("secret_sample", file=str(home.secret))
    return secret


def copy_secret(home: Home, target: Path) -> None:
    """Copy the secret to a file that did not exist, readable by its owner alone."""
    secret = _read(home) if is_there(home) else None
    if secret is None:
        raise Fault("secret_lost", file=str(home.secret))
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise Fault("file_unwritable", file=str(target)) from error
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret.hex() + "\n")
