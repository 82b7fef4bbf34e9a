"""Whose figures, and the three ways to file them: a file, a small form, or a report of none."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

import session
from inquiries.actor import Actor
from inquiries.exports.monthly_file import filled
from inquiries.exports.template import template, template_workbook
from inquiries.filing import Source, Submission
from inquiries.intake import Verdict, examine
from inquiries.intake.sentences import column_name
from inquiries.keeping import keeping_of
from inquiries.owed import newest_ended, this_month
from inquiries.spellings import Spellings, by_label
from inquiries.store import Store
from inquiries.vocabulary import REGISTERED, vocabulary
from inquiries.words import Words
from panels.download import offer
from panels.table import plain

ROWS_IN_FORM = 3
MONTHS_IN_FORM = 24
MEDIA = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Filing:
    """For whom files are judged, and what stands.

    `standing` is the reporter's rows in force, `months` its counts by month, `labels` what the
    source calls otherwise.
    """

    source: Source
    reporter: str
    standing: pd.DataFrame
    months: pd.DataFrame
    labels: pd.DataFrame


@dataclass(frozen=True)
class Judged:
    """One file: a key of its own, its name as it came, its verdict, and the submission it would be."""

    key: str
    name: str
    verdict: Verdict
    submission: Submission | None


def choose_source(known: list[Source], words: Words) -> Source | None:
    """Among all sources of the store, also those no release holds yet; None before the first.

    A source that was just added is chosen at once, and said to be there.
    """
    sources = {source.source: source for source in known}
    if not sources:
        st.info(words("submit.no_source"))
        return None
    added = st.session_state.pop("added_source", None)
    if added in sources:
        st.session_state["submit_source"] = added
        st.success(words("submit.added", source=plain(sources[added].name(words.language))))
    chosen = st.selectbox(
        words("submit.source"),
        list(sources),
        format_func=lambda source: sources[source].name(words.language),
        key="submit_source",
    )
    return sources[chosen]


def choose_reporter(source: Source, actor: Actor, words: Words) -> str:
    """For whom the actor files; not asked when there is one alone."""
    own = [one for one in source.reporters if actor.covers("steward", source.source, one.reporter)]
    if len(own) == 1:
        return own[0].reporter
    chosen = st.selectbox(
        words("submit.reporter"),
        own,
        format_func=lambda reporter: words.of(reporter, "name"),
        key=f"reporter_{source.source}",
    )
    return chosen.reporter


def filing(
    store: Store, actor: Actor, source: Source, reporter: str, spellings: Spellings
) -> Filing:
    """For whom the files on this page are judged."""
    return Filing(
        source,
        reporter,
        store.rows_in_force(actor, source.source, reporter),
        store.counts_by_month(actor, source.source, reporter),
        spellings.kept(actor),
    )


def offer_template(source: Source, words: Words) -> None:
    with st.expander(words("submit.help_title")):
        columns = ", ".join(column_name(column, words) for column in source.columns)
        st.markdown(f"{words('submit.help_lead')} {columns}.")
    with st.container(horizontal=True):
        for key, kind, make in (
            ("submit.template", "csv", template),
            ("submit.template_workbook", "xlsx", template_workbook),
        ):
            offer(
                words(key),
                partial(make, source, this_month(session.today()), words),
                file_name=f"{source.source}-{words.language}.{kind}",
                mime=MEDIA[kind],
            )


def by_file(filing: Filing, words: Words) -> list[Judged]:
    """The files dropped, each judged once and not on every rerun."""
    turn = st.session_state.setdefault("uploads", 0)
    files = st.file_uploader(words("submit.drop"), accept_multiple_files=True, key=f"file_{turn}")
    if keeping_of(session.home()).original_files:
        st.markdown(words("submit.original_kept"))
    if not files:
        st.markdown(words("submit.nothing_chosen"))
        return []
    newest = {file.name: file for file in files}  # dropped again, it takes the place of the first
    found: list[Judged] = []
    with st.spinner(words("submit.judging")):
        for name in sorted(newest):
            file = newest[name]
            found.append(_judged(file.file_id, file.getvalue(), name, filing, found))
    return found


def by_form(filing: Filing, words: Words) -> list[Judged]:
    """A handful of inquiries typed in, and judged as the file they would be."""
    source, body = filing.source, (filing.source.source, filing.reporter)
    with st.form(f"form_{'_'.join(body)}", border=False):
        month = st.selectbox(words("submit.form_month"), _recent_months(), format_func=words.month)
        empty = pd.DataFrame(
            index=range(ROWS_IN_FORM), columns=list(source.columns[1:]), dtype="object"
        )
        typed = st.data_editor(
            empty,
            num_rows="dynamic",
            hide_index=True,
            placeholder="",
            column_config={column: _cell(column, words) for column in empty},
        )
        if st.form_submit_button(words("submit.form_button")):
            data = filled(source, month, typed.dropna(how="all"), words)
            st.session_state["typed"] = (body, data)
    kept_body, data = st.session_state.get("typed", (None, b""))
    if kept_body != body:
        return []
    return [_judged(hashlib.sha256(data).hexdigest(), data, "", filing, [])]


def by_none(owed: list[pd.Timestamp], filing: Filing, words: Words) -> Submission | None:
    """A report that nobody asked for help in a month that is still owed: one click."""
    if not owed:
        st.markdown(words("submit.none_owed"))
        return None
    st.markdown(words("submit.none_note"))
    month = st.selectbox(words("submit.form_month"), owed, format_func=words.month)
    if not st.button(words("submit.none_button", month=words.month(month))):
        return None
    source, reporter = filing.source.source, filing.reporter
    return Submission(source, reporter, (month,), pd.DataFrame(columns=[*REGISTERED, "masked"]), "")


def _cell(column: str, words: Words) -> Any:
    """How a column of the form is filled in: a number, or one of its list."""
    name = column_name(column, words)
    if column == "count":
        return st.column_config.NumberColumn(name, min_value=1, step=1)
    labels = [label.text(words.language) for label in vocabulary().accepted(column)]
    return st.column_config.SelectboxColumn(name, options=labels)


def _recent_months() -> list[pd.Timestamp]:
    """The months that have ended, newest first."""
    newest = newest_ended(session.today())
    return list(pd.date_range(end=newest, periods=MONTHS_IN_FORM, freq="MS")[::-1])


def _judged(key: str, data: bytes, name: str, filing: Filing, before: list[Judged]) -> Judged:
    """A file's verdict, kept for the next rerun; its submission has its id before anything is stored.

    It is compared with what stands and with the files before it, which would stand by then.
    """
    kept: dict[tuple[str, ...], Judged] = st.session_state.setdefault("judged", {})
    place = (key, filing.source.source, filing.reporter, *(file.key for file in before))
    if place not in kept:
        earlier = [file.verdict.rows for file in before if file.verdict.is_accepted]
        verdict = examine(
            data,
            filing.source,
            this_month(session.today()),
            name=name,
            standing=pd.concat([filing.standing, *earlier], ignore_index=True),
            spellings=by_label(filing.labels),
        )
        original = data if name else None  # what was typed in is no file, and has no name
        kept[place] = Judged(key, name, verdict, _submission(verdict, filing, original))
    return kept[place]


def judge_anew() -> None:
    """What stands or how files are read has changed: those on the page are judged again."""
    st.session_state.pop("judged", None)


def _submission(verdict: Verdict, filing: Filing, original: bytes | None) -> Submission | None:
    if not verdict.is_accepted:
        return None
    return Submission(
        filing.source.source,
        filing.reporter,
        verdict.months,
        verdict.rows,
        verdict.fingerprint,
        original=original,
    )
