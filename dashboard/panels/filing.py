"""What came of the files: verdict and problems, what they would change, and only then the button that stores."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from inquiries.actor import Actor
from inquiries.changes import (
    by_month,
    by_value,
    month_changes,
    named,
    new_values,
    value_changes,
)
from inquiries.charts.own_months import own_months
from inquiries.charts.theme import specification
from inquiries.exports.table import as_csv
from inquiries.filing import Source, Submission
from inquiries.intake import REFUSE_PERSONAL, Verdict
from inquiries.intake.problem import ERROR, NOTE, WARNING, Problem
from inquiries.intake.report import problem_table
from inquiries.intake.sentences import sentence
from inquiries.labelled import labelled
from inquiries.store import Store
from inquiries.words import Words
from panels import table
from panels.download import offer
from panels.submit import Filing, Judged, judge_anew

MOST_PROBLEMS_SHOWN = 100
FIRST_ROWS = 8
MANY_MONTHS, CHANGES_HEIGHT = 12, 420


def judge(
    way: str, judged: list[Judged], filing: Filing, store: Store, actor: Actor, words: Words
) -> None:
    """Each file's verdict, what the accepted ones would change, and the button that stores them.

    `way` names how they came, for the same parts may stand on the page twice.
    """
    ready = _verdicts(way, judged, filing, words)
    accepted = [file.submission for file in judged if file.submission]
    if not accepted:
        return
    if _overlap(accepted):
        st.error(words("submit.same_month"))
        return
    st.subheader(words("submit.change_title"), anchor=False)
    _changes(accepted, filing, words)
    if not ready:
        st.markdown(words("submit.tick_first"))
    if st.button(words("submit.confirm"), type="primary", disabled=not ready, key=f"confirm_{way}"):
        keep(accepted, store, actor)


def _verdicts(way: str, judged: list[Judged], filing: Filing, words: Words) -> bool:
    """Each file's verdict; whether every warning has been ticked."""
    ready = True
    for number, file in enumerate(judged, start=1):
        if len(judged) > 1:
            st.markdown(f"**{_name(file, number, words)}**")
        place = f"{way}_{number}"
        _verdict(file.verdict, filing.source, place, words)
        ready &= _warnings(file.verdict, place, words)
        if file.verdict.is_accepted:
            _understood(file.verdict, filing.source, words)
    return ready


def _name(file: Judged, number: int, words: Words) -> str:
    """The file's place and name; a name that may be a person's is not repeated."""
    unsafe = file.verdict.outcome == REFUSE_PERSONAL
    return words("submit.file", number=number, name="" if unsafe else table.plain(file.name))


def _verdict(verdict: Verdict, source: Source, place: str, words: Words) -> None:
    if not verdict.is_accepted:
        _refused(verdict, place, words)
        return
    facts = {
        "rows": words.number(len(verdict.rows)),
        "total": words.number(verdict.total),
        "unit": words(f"unit.{source.unit}"),
        "months": words.months(verdict.months[0], verdict.months[-1]),
    }
    masked = words("submit.masked", number=words.number(verdict.masked)) if verdict.masked else ""
    st.success(f"{words('submit.accepted', **facts)} {masked}".strip())
    notes = [problem for problem in verdict.problems if problem.severity == NOTE]
    if notes:
        with st.expander(words("submit.normalised", number=words.number(len(notes)))):
            _problems(notes, place, words)


def _refused(verdict: Verdict, place: str, words: Words) -> None:
    errors = [problem for problem in verdict.problems if problem.severity == ERROR]
    if verdict.outcome == REFUSE_PERSONAL:
        st.error(words("submit.refused_personal"))
    elif len(errors) == 1:
        st.error(words("submit.refused_one"))
    else:
        st.error(words("submit.refused", number=words.number(len(errors))))
    _problems(errors, place, words)


def _problems(problems: list[Problem], place: str, words: Words) -> None:
    found = problem_table(problems[:MOST_PROBLEMS_SHOWN], words)
    table.show(found.map(table.plain))
    if len(problems) > MOST_PROBLEMS_SHOWN:
        shown = {"shown": words.number(MOST_PROBLEMS_SHOWN), "number": words.number(len(problems))}
        st.markdown(words("submit.first_of", **shown))
    offer(
        words("submit.problems_download"),
        lambda: as_csv(problem_table(problems, words), words("submit.problems_caption")),
        file_name=words("submit.problems_file"),
        mime="text/csv",
        type="tertiary",
        key=f"problems_{place}",
    )


def _warnings(verdict: Verdict, place: str, words: Words) -> bool:
    """A tick for each warning; True when all are ticked."""
    warnings = [problem for problem in verdict.problems if problem.severity == WARNING]
    if not warnings or not verdict.is_accepted:
        return True
    st.warning(words("submit.warnings", number=words.number(len(warnings))))
    ticked = [
        st.checkbox(
            table.plain(words.sentence_case(sentence(problem, words))),
            key=f"tick_{place}_{verdict.fingerprint}_{at}",
        )
        for at, problem in enumerate(warnings)
    ]
    return all(ticked)


def _understood(verdict: Verdict, source: Source, words: Words) -> None:
    with st.expander(words("submit.understood")):
        if verdict.rows.empty:
            st.markdown(words("submit.understood_none"))
        else:
            table.show(labelled(verdict.rows.head(FIRST_ROWS), source.columns, words))


def keep(submissions: list[Submission], store: Store, actor: Actor) -> None:
    """Store them, tell so on the page, and make room for the next file."""
    store.submit(actor, *submissions)
    # The session has no more use for the files themselves.
    st.session_state["filed"] = [replace(one, original=None) for one in submissions]
    st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1
    st.session_state.pop("typed", None)
    judge_anew()
    st.rerun()


def _overlap(submissions: list[Submission]) -> bool:
    months = [month for submission in submissions for month in submission.months]
    return len(months) != len(set(months))


def _changes(submissions: list[Submission], filing: Filing, words: Words) -> None:
    rows = pd.concat([submission.rows for submission in submissions])
    months = tuple(sorted(month for submission in submissions for month in submission.months))
    standing = filing.months
    found = by_month(rows, months, standing)
    st.vega_lite_chart(
        spec=specification(own_months(standing, found, words)),
        alt=words("submit.change_title"),
        theme=None,
    )
    with st.container(height=CHANGES_HEIGHT if len(found) > MANY_MONTHS else "content"):
        table.show(month_changes(found, words))
    if new := new_values(rows, filing.standing):
        st.markdown(words("submit.values_new", values=named(new, words)))
    values = by_value(rows, filing.standing)
    if not values.empty:
        with st.expander(words("submit.values_title")):
            table.show(value_changes(values, words))


def stored(store: Store, actor: Actor, words: Words) -> None:
    """What was just stored, and the way to undo it at once."""
    if st.session_state.pop("undone", False):
        st.info(words("submit.undone"))
    filed: list[Submission] = st.session_state.get("filed", [])
    if not filed:
        return
    months = sorted(month for submission in filed for month in submission.months)
    st.success(words("submit.stored", months=words.months(months[0], months[-1])))
    if st.button(words("submit.undo")):
        for submission in filed:
            store.withdraw(actor, submission.submission, words("submit.undo_reason"))
        judge_anew()
        del st.session_state["filed"]
        st.session_state["undone"] = True
        st.rerun()
