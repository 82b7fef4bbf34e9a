"""The key of the exact figures, where one is set: in a file outside all that it protects, never repeated.

INQUIRIES_STORE_KEY_FILE names the file; without it the exact figures are not encrypted.
"""

from __future__ import annotations

import os
import stat
from importlib.util import find_spec
from pathlib import Path

from inquiries import engine
from inquiries.faults import Fault
from inquiries.guessable import is_guessable
from inquiries.home import Home

LEAST = 32
_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def store_key(home: Home) -> str | None:
    """The key in force, None when none is set; `Fault` when it is missing, weak, open to others or kept with the data."""
    return None if home.key_file is None else read_key(home, home.key_file)


def read_key(home: Home, file: Path) -> str:
    """The key that a file holds; the `Fault` of one that is not fit names the file alone."""
    if file.resolve().is_relative_to(home.folder.resolve()):
        raise Fault("store_key_inside", file=str(file), folder=str(home.folder))
    try:
        if os.name == "posix" and file.stat().st_mode & _FOR_OTHERS:
            raise Fault("store_key_open", file=str(file))
        key = file.read_text("ascii").strip()
    except (OSError, ValueError) as error:
        raise Fault("store_key_unreadable", file=str(file)) from error
    if len(key) < LEAST or not key.isprintable():
        raise Fault("store_key_short", file=str(file), least=LEAST)
    if is_guessable(key):
        raise Fault("store_key_sample", file=str(file))
    if find_spec(engine.CIPHER) is None:
        raise Fault("store_cipher_missing", package=engine.CIPHER.replace("_", "-"))
    return key
