"""Encrypts a whole small file with the key of the exact figures (AES-256-GCM), and gives it back only as it was."""

from __future__ import annotations

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from inquiries.faults import Fault

# What a sealed file begins with, and no file of counts does.
_MARK = b"\x00inquiries sealed 1\n"
_NONCE_BYTES = 12


def seal(content: bytes, name: str, key: str | None) -> bytes:
    """What is stored under a name: encrypted, so that it opens under that name alone; as it is without a key."""
    if key is None:
        return content
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _MARK + nonce + _cipher(key).encrypt(nonce, content, name.encode())


def unseal(stored: bytes, name: str, key: str | None) -> bytes:
    """What was sealed; `Fault` when it takes a key and none is set, or not this one, or is damaged."""
    if not is_sealed(stored):
        return stored
    if key is None:
        raise Fault("store_key_missing", file=name)
    nonce, sealed = stored[len(_MARK) :][:_NONCE_BYTES], stored[len(_MARK) + _NONCE_BYTES :]
    try:
        return _cipher(key).decrypt(nonce, sealed, name.encode())
    except (InvalidTag, ValueError) as error:
        raise Fault("sealed_unreadable", file=name) from error


def is_sealed(stored: bytes) -> bool:
    """Whether this is a file that was sealed, with whatever key."""
    return stored.startswith(_MARK)


def _cipher(key: str) -> AESGCM:
    return AESGCM(hmac.digest(key.encode(), b"inquiries: uploaded files", "sha256"))
