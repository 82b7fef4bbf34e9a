"""Next month's file on the screen: choose, upload, see what it would change, confirm, release."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from inquiries.actor import Actor
from inquiries.changes import change_table, changes
from inquiries.exports.template import template, template_workbook
from inquiries.faults import Fault
from inquiries.filing import Reporter, Source, Submission
from inquiries.intake import REFUSE_PERSONAL, Verdict, examine
from inquiries.intake.problem import NOTE, WARNING, Problem
from inquiries.intake.sentences import column_name, sentence
from inquiries.store import Store, system_clock
from inquiries.vocabulary import REGISTERED
from inquiries.words import Words
from panels import table

MOST_PROBLEMS_SHOWN = 100
MANY_MONTHS, CHANGES_HEIGHT = 12, 420
PROFILES = {"totals": ("month", "count"), "full": REGISTERED}


def newest_month(now: datetime) -> pd.Timestamp:
    """The month we are in: nothing later can have been counted."""
    return pd.Timestamp(now.year, now.month, 1)


def choose_source(store: Store, actor: Actor, words: Words) -> Source | None:
    """Among all sources of the store, also those no release holds yet; None before the first.

    A source that was just added is chosen at once, and said to be there.
    """
    sources = {source.source: source for source in store.sources(actor)}
    if not sources:
        st.info(words("submit.no_source"))
        return None
    added = st.session_state.pop("added_source", None)
    if added in sources:
        st.session_state["submit_source"] = added
        st.success(words("submit.added", source=sources[added].name(words.language)))
    chosen = st.selectbox(
        words("submit.source"),
        list(sources),
        format_func=lambda source: sources[source].name(words.language),
        key="submit_source",
    )
    return sources[chosen]


def choose_reporter(source: Source, words: Words) -> str:
    """Who files; not asked when there is one alone."""
    if len(source.reporters) == 1:
        return source.reporters[0].reporter
    chosen = st.selectbox(
        words("submit.reporter"),
        source.reporters,
        format_func=lambda reporter: words.of(reporter, "name"),
        key=f"reporter_{source.source}",
    )
    return chosen.reporter


def offer_template(source: Source, words: Words) -> None:
    with st.expander(words("submit.help_title")):
        columns = ", ".join(column_name(column, words) for column in source.columns)
        st.markdown(f"{words('submit.help_lead')} {columns}.")
    month = newest_month(system_clock())
    st.download_button(
        words("submit.template_workbook"),
        template_workbook(source, month, words),
        file_name=f"{source.source}-{words.language}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        on_click="ignore",
    )
    st.download_button(
        words("submit.template"),
        template(source, month, words),
        file_name=f"{source.source}-{words.language}.csv",
        mime="text/csv",
        on_click="ignore",
    )


def upload(
    source: Source, reporter: str, store: Store, actor: Actor, words: Words
) -> tuple[Verdict, Submission | None] | None:
    """The file's verdict, and the submission it would be; judged once, not on every rerun."""
    file = st.file_uploader(words("submit.drop"), type=["csv", "xlsx"], key="file")
    if file is None:
        st.markdown(words("submit.nothing_chosen"))
        return None
    key = (file.file_id, source.source, reporter)
    if st.session_state.get("judged_key") != key:
        standing = store.rows_in_force(actor, source.source, reporter)
        newest = newest_month(system_clock())
        verdict = examine(file.getvalue(), source, newest, name=file.name, standing=standing)
        st.session_state["judged_key"] = key
        st.session_state["judged"] = (verdict, _submission(verdict, source, reporter))
    judged: tuple[Verdict, Submission | None] = st.session_state["judged"]
    return judged


def _submission(verdict: Verdict, source: Source, reporter: str) -> Submission | None:
    """Made with its id before anything is stored: confirming twice stores once."""
    if not verdict.is_accepted:
        return None
    return Submission(source.source, reporter, verdict.months, verdict.rows, verdict.fingerprint)


def show_verdict(verdict: Verdict, source: Source, words: Words) -> None:
    if verdict.is_accepted:
        st.success(
            words(
                "submit.accepted",
                rows=words.number(len(verdict.rows)),
                total=words.number(verdict.total),
                unit=words(f"unit.{source.unit}"),
                months=words.months(verdict.months[0], verdict.months[-1]),
            )
        )
        if notes := tuple(one for one in verdict.problems if one.severity == NOTE):
            _show_problems(notes, words)
        return
    if verdict.outcome == REFUSE_PERSONAL:
        st.error(words("submit.refused_personal"))
    elif len(verdict.problems) == 1:
        st.error(words("submit.refused_one"))
    else:
        st.error(words("submit.refused", number=words.number(len(verdict.problems))))
    _show_problems(verdict.problems, words)


def _show_problems(problems: tuple[Problem, ...], words: Words) -> None:
    shown = problems[:MOST_PROBLEMS_SHOWN]
    st.code(
        "\n".join(sentence(problem, words) for problem in shown), language=None, wrap_lines=True
    )
    if len(problems) > len(shown):
        shown_of = {"shown": words.number(len(shown)), "number": words.number(len(problems))}
        st.markdown(words("submit.first_of", **shown_of))


def _warnings_confirmed(verdict: Verdict, submission: Submission, words: Words) -> bool:
    """One box to tick for each kind of warning, below what it says."""
    warnings = [one for one in verdict.problems if one.severity == WARNING]
    kinds = list(dict.fromkeys(one.code for one in warnings))
    ticked = []
    for place, code in enumerate(kinds, start=1):
        _show_problems(tuple(one for one in warnings if one.code == code), words)
        label = words("submit.tick", place=place, number=len(kinds))
        ticked.append(st.checkbox(label, key=f"tick_{submission.submission}_{code}"))
    return all(ticked)


def confirm(
    verdict: Verdict,
    submission: Submission,
    source: Source,
    store: Store,
    actor: Actor,
    words: Words,
) -> None:
    """Old against new, and only then the button that stores."""
    stored = st.session_state.setdefault("stored", set())
    if submission.submission not in stored:
        st.subheader(words("submit.change_title"), anchor=False)
        standing = store.counts_by_month(actor, submission.source, submission.reporter)
        changed = change_table(changes(verdict, standing), words)
        with st.container(height=CHANGES_HEIGHT if len(changed) > MANY_MONTHS else "content"):
            table.show(changed)
        confirmed = _warnings_confirmed(verdict, submission, words)
        if not st.button(words("submit.confirm"), type="primary", disabled=not confirmed):
            return
        store.submit(actor, submission)
        stored.add(submission.submission)
        st.rerun()
    span = words.months(verdict.months[0], verdict.months[-1])
    st.success(words("submit.stored", months=span, source=source.name(words.language)))


def own_figures(source: Source, reporter: str, store: Store, actor: Actor, words: Words) -> None:
    """The reporter's own exact figures, at once."""
    st.subheader(words("submit.own_title"), anchor=False)
    standing = store.counts_by_month(actor, source.source, reporter)
    if standing.empty:
        st.markdown(words("submit.own_none"))
        return
    st.markdown(words("submit.own_note"))
    own = pd.DataFrame(
        {
            words("table.month"): [words.month(month) for month in standing["month"]],
            words("table.observed"): [words.number(count) for count in standing["count"]],
        }
    )
    st.dataframe(own.iloc[::-1], hide_index=True, height=240, alt=words("submit.own_title"))


def history(store: Store, actor: Actor, words: Words) -> None:
    """Every submission, newest first."""
    with st.expander(words("submit.history_title")):
        found = store.submissions(actor)
        rows = [
            (
                row.received_at.strftime("%Y-%m-%d %H:%M"),
                row.source,
                row.reporter,
                words.months(row.first_month, row.last_month),
                words.number(row.row_count),
                words.number(row.total),
                words("submit.stands" if row.stands else "submit.withdrawn"),
            )
            for row in found.itertuples()
        ]
        names = ("received", "source", "reporter", "months", "rows", "total", "state")
        columns = [
            words("header.source" if name == "source" else f"submit.{name}") for name in names
        ]
        received = pd.DataFrame(rows, columns=columns)
        st.dataframe(received, hide_index=True, alt=words("submit.history_title"))


def add_source(store: Store, actor: Actor, words: Words) -> None:
    """A form for a source of one reporter, itself."""
    with (
        st.expander(words("submit.add_title")),
        st.form("add_source", border=False),
    ):
        name_da = st.text_input(words("submit.add_name"))
        name_en = st.text_input(words("submit.add_name_en"))
        source_id = st.text_input(words("submit.add_id"))
        unit = st.selectbox(
            words("submit.add_unit"), ["inquiry", "case"], format_func=lambda u: words(f"unit.{u}")
        )
        profile = st.selectbox(
            words("submit.add_profile"),
            list(PROFILES),
            format_func=lambda name: words(f"submit.profile_{name}"),
        )
        if not st.form_submit_button(words("submit.add_button")):
            return
        try:
            _add(store, actor, source_id, (name_da, name_en), unit, profile)
        except Fault as fault:
            st.error(words(f"fault.{fault.code}", **fault.facts))
            return
        st.session_state["added_source"] = source_id
    st.rerun()


def _add(
    store: Store, actor: Actor, source_id: str, names: tuple[str, str], unit: str, profile: str
) -> None:
    name_da, name_en = names[0] or source_id, names[1] or names[0] or source_id
    reporter = Reporter(source_id, name_da, name_en)
    store.add_source(
        actor, Source(source_id, name_da, name_en, unit, PROFILES[profile], False, (reporter,))
    )
