"""What a page says when the program cannot go on: one sentence, and an id that the log has too."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

import streamlit as st

from inquiries.faults import Fault
from inquiries.release import Release
from inquiries.words import Words

log = logging.getLogger("inquiries")


def say(fault: Fault, words: Words, also: str = "") -> None:
    """Show a fault in the reader's words, and what follows from it, and log it under the same id."""
    identity = secrets.token_hex(4)
    log.error("fault %s %s", identity, fault)
    sentences = (_sentence(fault, words), also, words("fault_id", id=identity))
    st.error(" ".join(filter(None, sentences)))


def refuse(fault: Fault, words: Words) -> None:
    """Say why what was asked for was not done; the one who asked can mend it, so it is not logged."""
    st.error(_sentence(fault, words))


def carried_out(act: Callable[[], None], words: Words) -> bool:
    """Whether what was asked for is done; when it is not, the page says why and keeps what was written."""
    try:
        act()
    except Fault as fault:
        refuse(fault, words)
        return False
    return True


def _sentence(fault: Fault, words: Words) -> str:
    facts = fault.facts
    if "role" in facts:
        facts = facts | {"role": words(f"access.role_{facts['role']}").lower()}
    return words(f"fault.{fault.code}", **facts)


def say_damaged(fault: Fault, shown: Release | None, words: Words) -> None:
    """Say that the newest release cannot be shown, and which one is shown instead, if any is whole."""
    also = words("header.shown_instead", release=shown.about.release) if shown else ""
    say(fault, words, also)
