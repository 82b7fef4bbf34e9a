"""Who is looking: the name and the way out, or that this machine asks nobody who they are."""

from __future__ import annotations

import streamlit as st

import session
from inquiries.actor import LOCAL, Actor
from inquiries.faults import Fault
from inquiries.identity import Identity
from inquiries.words import Words


def require_somebody(words: Words) -> Identity | None:
    """Who has signed in, None where nobody has to; whoever may not look any more sees one sentence and the way in."""
    try:
        return session.identity()
    except Fault as fault:
        if fault.code != "signed_out":
            raise
        st.error(words("fault.signed_out"))
        st.markdown(f"[{words('sign_in.begin')}](/sign-in)")
        st.stop()


def who(identity: Identity | None, actor: Actor, words: Words) -> None:
    """The person and the button to sign out, or the line that everybody at this machine may do everything."""
    if identity is not None:
        st.sidebar.text(identity.name or words("who.unnamed"))
        if st.sidebar.button(words("who.sign_out"), key="sign_out"):
            st.logout()
    elif actor is LOCAL:
        st.sidebar.caption(words("who.local"))
