"""Releasing as an act: what would change, whether all is in order, the policy's signature, release and recall."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

import session
from inquiries.actor import Actor
from inquiries.build import Contents, build, gather, recall_release
from inquiries.checks import Check, Standing, already_this_month, checks, series, standing
from inquiries.faults import Fault
from inquiries.next_release import Difference, difference
from inquiries.policy import Policy, policy_of, sign_policy
from inquiries.protect import smallest_shown
from inquiries.store import Store, system_clock
from inquiries.words import Words
from panels import table
from panels.fault import say, sentence

MOST_TOTALS_SHOWN = 60


def prospect(store: Store, actor: Actor, words: Words) -> Contents | None:
    """What the next release would hold, worked out when asked for and kept until it is made."""
    st.subheader(words("release.change_title"), anchor=False)
    if st.button(words("release.look")):
        with st.spinner(words("release.looking")):
            policy = policy_of(session.home())
            contents = gather(actor, store, policy)
            last, _ = session.newest_release()
            st.session_state["prospect"] = contents, difference(contents, last)
    if "prospect" not in st.session_state:
        st.markdown(words("release.look_first"))
        return None
    contents, changed = st.session_state["prospect"]
    if contents.policy.fingerprint() != policy_of(session.home()).fingerprint():
        del st.session_state["prospect"]  # it was worked out under another rule
        st.rerun()
    _show(changed, words)
    return contents


def _show(changed: Difference, words: Words) -> None:
    counts = {
        name: words.number(getattr(changed, name)) for name in ("appear", "disappear", "change")
    }
    st.markdown(words("release.cells", **counts))
    if changed.totals.empty:
        st.markdown(words("release.no_totals"))
        return
    rows = [
        (row.source, words.month(row.month), _figure(row.old, words), _figure(row.new, words))
        for row in changed.totals.head(MOST_TOTALS_SHOWN).itertuples()
    ]
    names = ("header.source", "table.month", "submit.old", "submit.new")
    with st.container(height=360):
        table.show(pd.DataFrame(rows, columns=[words(name) for name in names]).map(table.plain))


def _figure(count: float, words: Words) -> str:
    return words("release.not_shown") if pd.isna(count) else words.number(count)


def sign(actor: Actor, words: Words) -> Policy:
    """The policy in force, and the place to sign it while nobody has."""
    policy = policy_of(session.home())
    st.subheader(words("release.policy_title"), anchor=False)
    st.markdown(
        words(
            "release.policy", least=smallest_shown(policy), method=words(f"method.{policy.method}")
        )
    )
    if policy.is_signed:
        st.markdown(words("release.signed", by=table.plain(policy.signed_by), on=policy.signed_on))
        return policy
    st.warning(words("release.unsigned"))
    with st.form("sign"):
        by = st.text_input(words("release.sign_by"))
        if st.form_submit_button(words("release.sign_button")) and by.strip():
            sign_policy(actor, session.home(), by.strip(), system_clock().strftime("%Y-%m-%d"))
            st.rerun()
    return policy


def act(
    contents: Contents | None, store: Store, policy: Policy, actor: Actor, words: Words
) -> None:
    """The checks, the reasons that are needed, and the button that freezes the figures for every reader."""
    st.subheader(words("release.title_act"), anchor=False)
    may = False
    reasons: dict[str, str] = {}
    if contents is not None:
        contents = replace(contents, policy=policy)
        judged = standing(actor, store, session.home(), system_clock())
        reasons = _reasons(contents, judged, words)
        found = checks(contents, judged, **reasons)
        _show_checks(found, words)
        may = not any(check.stops for check in found)
    note = st.text_input(words("release.note"))
    if st.button(words("release.button"), type="primary", disabled=not may):
        _release(actor, note, reasons, words)
    if "released" in st.session_state:
        st.success(words("release.released", release=st.session_state["released"]))
        st.page_link("app_pages/overview.py", label=words("page.overview"))


def _reasons(contents: Contents, judged: Standing, words: Words) -> dict[str, str]:
    """The reasons this release needs, asked for only then."""
    reasons = {}
    if before := already_this_month(contents, judged):
        reasons["forced_because"] = st.text_input(words("release.forced", release=before)).strip()
    begun = series(contents, judged)
    if begun.breaks_with:
        facts = {"release": begun.breaks_with, "number": begun.number}
        st.warning(words("release.new_series", **facts))
        because = st.text_input(words("release.new_series_because"))
        reasons["new_series_because"] = because.strip()
    return reasons


def _show_checks(found: list[Check], words: Words) -> None:
    """Each check with its outcome in words: passed, worth a note, or in the way."""
    st.markdown(f"**{words('release.checks_title')}**")
    rows = [(_sentence(check, words), words(f"check_outcome.{_outcome(check)}")) for check in found]
    names = ("check", "outcome")
    said = pd.DataFrame(rows, columns=[words(f"release.column_{name}") for name in names])
    table.show(said.map(table.plain))


def _outcome(check: Check) -> str:
    if check.passed:
        return "passed"
    return "failed" if check.stops else "noted"


def _sentence(check: Check, words: Words) -> str:
    if check.fault is not None:
        return sentence(check.fault, words)
    facts = {name: _said(fact, words) for name, fact in check.facts.items()}
    return words(f"check.{check.code}", **facts)


def _said(fact: Any, words: Words) -> str:
    """A fact of a check as the reader writes it: a source, a month or several, a number."""
    if isinstance(fact, tuple) and all(isinstance(month, pd.Timestamp) for month in fact):
        return ", ".join(words.month(month) for month in fact)
    if isinstance(fact, pd.Timestamp):
        return words.month(fact)
    if isinstance(fact, int):
        return words.number(fact)
    return fact if isinstance(fact, str) else words.of(fact, "name")


def _release(actor: Actor, note: str, reasons: dict[str, str], words: Words) -> None:
    try:
        with st.spinner(words("release.building")):
            made = build(
                actor,
                session.home(),
                note=note,
                forced_because=reasons.get("forced_because", ""),
                new_series_because=reasons.get("new_series_because", ""),
            )
    except Fault as fault:
        say(fault, words)
        return
    del st.session_state["prospect"]
    st.session_state["released"] = made
    st.rerun()


def history(store: Store, actor: Actor, words: Words) -> None:
    """Every release made, and the way to take one back."""
    st.subheader(words("release.history_title"), anchor=False)
    made = store.releases(actor)
    rows = [
        (
            row.release,
            words.number(row.number),
            row.actor,
            row.note,
            row.forced_because,
            row.recalled_because,
        )
        for row in made.itertuples()
    ]
    names = ("id", "number", "who", "note", "forced", "recalled")
    found = pd.DataFrame(rows, columns=[words(f"release.column_{name}") for name in names])
    table.show(found.map(table.plain))
    with st.expander(words("release.recall_title")):
        _recall(list(made.loc[made["recalled_because"] == "", "release"]), actor, words)


def _recall(releases: list[str], actor: Actor, words: Words) -> None:
    st.markdown(words("release.recall_note"))
    with st.form("recall", clear_on_submit=True):
        chosen = st.selectbox(words("release.recall_which"), releases)
        because = st.text_input(words("release.recall_because"))
        if st.form_submit_button(words("release.recall_button")) and chosen and because.strip():
            recall_release(actor, session.home(), chosen, because.strip())
            st.rerun()
