"""What a page says when the program cannot go on: one sentence, and an id that the log has too."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from inquiries.faults import Fault
from inquiries.words import Words

log = logging.getLogger("inquiries")


def say(fault: Fault, words: Words) -> None:
    """Show a fault in the reader's words and log it under the same id."""
    identity = secrets.token_hex(4)
    log.error("fault %s %s", identity, fault)
    st.error(words(f"fault.{fault.code}", **fault.facts) + " " + words("fault_id", id=identity))
