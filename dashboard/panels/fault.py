"""What a page says when the program cannot go on: one sentence without a path, and an id that the log has too."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import streamlit as st

from inquiries.faults import Fault
from inquiries.release import Release
from inquiries.words import DEFAULT_LANGUAGE, Words, words
from unexpected import logged

log = logging.getLogger("inquiries")


@contextmanager
def told() -> Iterator[None]:
    """Say what goes wrong within, whatever it is, in the language chosen last; nothing but that reaches the reader."""
    try:
        yield
    except Fault as fault:
        say(fault, _spoken())
    except Exception as error:
        say_unexpected(error)


def say_unexpected(error: Exception) -> bool:
    """Show that something went wrong, and log what; True, for there is nothing more to be shown of it."""
    spoken = _spoken()
    st.error(f"{spoken('fault_unexpected')} {spoken('fault_id', id=logged(error))}")
    return True


def _spoken() -> Words:
    return words(st.session_state.get("lang") or DEFAULT_LANGUAGE)


def say(fault: Fault, words: Words, also: str = "") -> None:
    """Show a fault in the reader's words, and what follows from it, and log it under the same id."""
    identity = secrets.token_hex(4)
    log.error("fault %s %s", identity, fault)
    sentences = (sentence(fault, words), also, words("fault_id", id=identity))
    st.error(" ".join(filter(None, sentences)))


def refuse(fault: Fault, words: Words) -> None:
    """Say why what was asked for was not done; the one who asked can mend it, so it is not logged."""
    st.error(sentence(fault, words))


def carried_out(act: Callable[[], None], words: Words) -> bool:
    """Whether what was asked for is done; when it is not, the page says why and keeps what was written."""
    try:
        act()
    except Fault as fault:
        refuse(fault, words)
        return False
    return True


def sentence(fault: Fault, words: Words) -> str:
    """A fault in the reader's words; a file or folder by its own name alone: where it lies stands in the log."""
    facts = {name: _without_folders(fact) for name, fact in fault.facts.items()}
    if "role" in facts:
        facts["role"] = words(f"access.role_{facts['role']}").lower()
    return words(f"fault.{fault.code}", **facts)


def say_damaged(fault: Fault, shown: Release | None, words: Words) -> None:
    """Say that the newest release cannot be shown, and which one is shown instead, if any is whole."""
    also = words("header.shown_instead", release=shown.about.release) if shown else ""
    say(fault, words, also)


def _without_folders(fact: Any) -> Any:
    is_path = isinstance(fact, str) and Path(fact).is_absolute()
    return Path(fact).name if is_path else fact
