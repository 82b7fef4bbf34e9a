"""A view's choices in its address, by id: the same link opens the same view in either language.

Streamlit's own binding writes the label a reader sees, which changes with the language and with
every better wording.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st


def seed(name: str, options: Sequence[str], default: str | None) -> None:
    """Before the widget with key `name`: give it the link's choice, else what was chosen last.

    A choice that is not among the options is as if it were not there.
    """
    kept = st.session_state.get(_kept(name), default)
    asked = st.query_params.get(name)
    if asked != st.session_state.get(_written(name)) and asked in options:
        st.session_state[name] = asked
    elif st.session_state.get(name, _NOTHING) not in (*options, None):
        st.session_state[name] = kept if kept in options else default


def keep(name: str, chosen: str | None, default: str | None) -> None:
    """After the widget: write the choice into the address, the default as nothing at all."""
    st.session_state[_kept(name)] = chosen
    wanted = None if chosen == default else chosen
    st.session_state[_written(name)] = wanted
    if st.query_params.get(name) == wanted:
        return
    if wanted is None:
        del st.query_params[name]
    else:
        st.query_params[name] = wanted


_NOTHING = "\N{NULL}"


def _kept(name: str) -> str:
    return f"kept {name}"


def _written(name: str) -> str:
    return f"written {name}"
