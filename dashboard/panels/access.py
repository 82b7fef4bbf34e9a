"""Who may do what: everybody and what they hold, and the forms to give, take and end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd
import streamlit as st

from inquiries import granting
from inquiries.access import FROM_CLAIMS, Grant, settings
from inquiries.actor import EVERYTHING, Actor
from inquiries.filing import Source
from inquiries.home import Home
from inquiries.store import system_clock
from inquiries.words import Words
from panels import table
from panels.fault import carried_out

WITH_SCOPE = ("analyst", "steward", "publisher")
WITHOUT_SCOPE = ("reader", "auditor", "administrator")
DONE = "access_done"
Bodies = Mapping[str, str]


def rules(home: Home, actor: Actor, words: Words) -> None:
    """What decides who may do what; and that nothing here does on a machine without sign-in."""
    if actor.identity is None:
        st.info(words("access.no_sign_in"))
    known = settings(home)
    if known.assignments_from == FROM_CLAIMS:
        st.info(words("access.from_claims"))
    if known.uploader_may_not_release:
        st.info(words("access.uploader_rule"))
    if st.session_state.pop(DONE, False):
        st.success(words("access.done"))


def bodies(sources: list[Source], words: Words) -> Bodies:
    """Every source and reporter by its id, as the page names it."""
    return {
        f"{source.source}/{one.reporter}": words(
            "access.body", source=source.name(words.language), reporter=words.of(one, "name")
        )
        for source in sources
        for one in source.reporters
    }


def everybody(people: list[Grant], known: Bodies, words: Words) -> None:
    """A row for each role that somebody holds."""
    if not people:
        st.markdown(words("access.nobody"))
        return
    rows = [row for grant in people for row in _rows(grant, known, words)]
    names = ("name", "role", "scope", "issuer", "subject", "changed")
    frame = pd.DataFrame(rows, columns=[words(f"access.{name}") for name in names])
    table.show(frame.map(table.plain), alt=words("access.title"))


def _rows(grant: Grant, known: Bodies, words: Words) -> list[tuple[str, ...]]:
    changed = f"{grant.changed_at:%Y-%m-%d %H:%M} {grant.changed_by}" if grant.changed_at else ""
    person = (grant.issuer, grant.subject, changed)
    held = grant.assignments or {"": ()}
    return [
        (
            grant.name,
            words(f"access.role_{role}") if role else words("access.no_role"),
            "; ".join(_named(body, known, words) for body in own),
            *person,
        )
        for role, own in held.items()
    ]


def _named(body: str, known: Bodies, words: Words) -> str:
    return words("access.everything") if body == EVERYTHING else known.get(body, body)


def everything(found: list[tuple[Grant, tuple[str, ...]]], words: Words) -> None:
    """Who holds a role for all, by name."""
    if found:
        st.markdown(words("access.with_everything"))
    for grant, roles in found:
        held = words.listed([words(f"access.role_{role}").lower() for role in roles])
        st.markdown(f"- {table.plain(f'{grant.name} ({grant.subject})')}: {held}")


def choose(people: list[Grant], words: Words) -> Grant | None:
    """Whom the forms below are about; None for somebody new."""
    st.subheader(words("access.change_title"), anchor=False)
    found: Grant | None = st.selectbox(
        words("access.who"),
        [None, *people],
        format_func=lambda one: f"{one.name} ({one.subject})" if one else words("access.new"),
    )
    return found


def change(chosen: Grant | None, known: Bodies, home: Home, actor: Actor, words: Words) -> None:
    """A form with all that a person holds; what is not chosen in it is taken."""
    of = chosen or Grant("", "", "", {})
    with st.form(f"access {of.key} {of.changed_at}", border=False):
        issuer = of.issuer or st.text_input(words("access.issuer"), max_chars=granting.LONGEST)
        subject = of.subject or st.text_input(words("access.subject"), max_chars=granting.LONGEST)
        name = st.text_input(words("access.name"), of.name, max_chars=granting.LONGEST)
        held = [role for role in WITHOUT_SCOPE if _ticked(role, of, words)]
        scopes = {role: _scope(role, of, known, words) for role in WITH_SCOPE}
        if not st.form_submit_button(words("access.keep")):
            return
    act = partial(
        granting.assign,
        actor,
        home,
        issuer=issuer.strip(),
        subject=subject.strip(),
        name=name,
        assignments=dict.fromkeys(held, ()) | {role: own for role, own in scopes.items() if own},
        at=system_clock(),
    )
    _act(act, words)


def _ticked(role: str, of: Grant, words: Words) -> bool:
    return st.checkbox(words(f"access.role_{role}"), role in of.assignments)


def _scope(role: str, of: Grant, known: Bodies, words: Words) -> tuple[str, ...]:
    """For whom a role is held: some bodies, or all when that is ticked."""
    own = of.assignments.get(role, ())
    st.markdown(f"**{words(f'access.role_{role}')}**")
    some = st.multiselect(
        words("access.for", role=words(f"access.role_{role}").lower()),
        list(known),
        [body for body in own if body in known],
        format_func=known.__getitem__,
    )
    role_name = words(f"access.role_{role}").lower()
    everything = st.checkbox(words("access.for_everything", role=role_name), EVERYTHING in own)
    return (EVERYTHING,) if everything else tuple(some)


def end(chosen: Grant, home: Home, actor: Actor, words: Words) -> None:
    """Signs a person out everywhere; what is held stays."""
    if st.button(words("access.end_button", name=table.plain(chosen.name))):
        at = system_clock()
        _act(partial(granting.end_sessions, actor, home, *chosen.key, at), words)


def remove(chosen: Grant, home: Home, actor: Actor, words: Words) -> None:
    """Takes everything from a person, once it is confirmed."""
    with st.form(f"access_remove {chosen.key}", border=False):
        sure = st.checkbox(words("access.remove_sure", name=table.plain(chosen.name)))
        if not st.form_submit_button(words("access.remove_button")):
            return
    if not sure:
        st.error(words("access.remove_first"))
        return
    _act(partial(granting.remove, actor, home, *chosen.key), words)


def _act(act: Callable[[], None], words: Words) -> None:
    if carried_out(act, words):
        st.session_state[DONE] = True
        st.rerun()
