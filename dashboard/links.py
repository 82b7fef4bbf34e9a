"""A view's choices in its address, by id: the same link opens the same view in either language.

Streamlit's own binding writes the label a reader sees, which changes with the language and with
every better wording.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode, urlsplit, urlunsplit

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


def bring_back(name: str) -> None:
    """What the browser kept since an earlier visit (static/interface.js): chosen, and out of the address at once."""
    brought = st.query_params.get(REMEMBERED)
    if brought is not None:
        del st.query_params[REMEMBERED]
        st.session_state[REMEMBERED] = st.session_state[_kept(name)] = brought


def remembered() -> str | None:
    """What the browser keeps until the next visit, as far as is known."""
    found: str | None = st.session_state.get(REMEMBERED)
    return found


def remember(chosen: str | None) -> None:
    """Know what the browser keeps from now on; it keeps or forgets it by itself."""
    st.session_state[REMEMBERED] = chosen


REMEMBERED = "remembered"


def asked(names: Iterable[str]) -> dict[str, str]:
    """What the address asks for of these choices together: a link that was followed.

    Nothing when the address says only what was last written there, or nothing of them.
    """
    names = list(names)
    found = {name: st.query_params[name] for name in names if name in st.query_params}
    return {} if found == st.session_state.get(_written(" ".join(names))) else found


def write(names: Iterable[str], chosen: Mapping[str, str]) -> None:
    """Write these choices together into the address; those that are not chosen do not stand there."""
    names = list(names)
    st.session_state[_written(" ".join(names))] = dict(chosen)
    for name in names:
        wanted = chosen.get(name)
        if wanted is None and name in st.query_params:
            del st.query_params[name]
        elif wanted is not None and st.query_params.get(name) != wanted:
            st.query_params[name] = wanted


def seed_several(name: str, options: Sequence[str], default: Sequence[str]) -> None:
    """The same for a widget of several choices, which stand in the address in their order."""
    kept = st.session_state.get(_kept(name), SEVERAL.join(default))
    asked = st.query_params.get(name)
    if asked != st.session_state.get(_written(name)) and _are_among(asked, options):
        st.session_state[name] = str(asked).split(SEVERAL)
    elif name not in st.session_state:
        st.session_state[name] = [one for one in kept.split(SEVERAL) if one]


def keep_several(name: str, chosen: Sequence[str], default: Sequence[str]) -> None:
    """After such a widget: write the choices into the address."""
    keep(name, SEVERAL.join(chosen), SEVERAL.join(default))


def _are_among(asked: str | None, options: Sequence[str]) -> bool:
    """Whether each of the link's choices is an option, and none stands twice."""
    choices = (asked or "").split(SEVERAL)
    return set(choices) <= set(options) and len(set(choices)) == len(choices)


def pinned() -> str | None:
    """The release that the address asks for, whatever stands there, else the one that is kept; None for the newest.

    One that is kept is written into the address again, which is empty on a page that was just opened.
    """
    asked, kept = st.query_params.get(RELEASE), st.session_state.get(_kept(RELEASE))
    if asked is None and kept is not None:
        st.query_params[RELEASE] = kept
    return kept if asked is None else asked


def pin(release: str | None) -> None:
    """Keep to a release on every page that shows one; None lets go of it."""
    st.session_state[_kept(RELEASE)] = release


def unpin() -> None:
    """Go back to the newest release, before the page is made."""
    pin(None)
    st.query_params.pop(RELEASE, None)


def address(release: str, path: str, names: Iterable[str]) -> str:
    """The whole address of what is on screen: of this very release, with these choices of the page and no others."""
    chosen = ("lang", "source", *names)
    told = {name: st.query_params[name] for name in chosen if name in st.query_params}
    here = urlsplit(st.context.url or "")
    query = urlencode({RELEASE: release} | told)
    return urlunsplit((here.scheme, here.netloc, f"/{path}", query, ""))


RELEASE = "release"
SEVERAL = "."
_NOTHING = "\N{NULL}"


def _kept(name: str) -> str:
    return f"kept {name}"


def _written(name: str) -> str:
    return f"written {name}"
