"""Indberet tal without a browser: who owes, none in one click, wrong and right files, ticks, undo, labels, breaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small_home import MONTHS, SOURCE, one_source
from streamlit.testing.v1 import AppTest

from inquiries.actor import LOCAL
from inquiries.filing import Reporter, Source
from inquiries.home import Home
from inquiries.series_notes import SeriesNotes
from inquiries.spellings import Spellings
from inquiries.store import Store
from inquiries.vocabulary import REGISTERED
from inquiries.words import words

FRAME = Path(__file__).resolve().parents[1] / "dashboard" / "frame.py"
SAY = words("da")
HEADER = "måned;antal\n"
NEXT, AFTER = "2021-07", "2021-08"
FULL = Source(
    "full", "Hotlinen", "The hotline", "inquiry", REGISTERED, reporters=(Reporter("f", "F", "F"),)
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """One real source with figures to June 2021, so that a year of months is owed."""
    monkeypatch.setenv("INQUIRIES_HOME", str(tmp_path))
    return one_source(tmp_path)


def opened() -> AppTest:
    app = AppTest.from_file(str(FRAME), default_timeout=60).run()
    app.switch_page("app_pages/submit.py").run()
    assert not app.exception
    return app


def named(found: Any, label: str) -> Any:
    return next(widget for widget in found if widget.label == label)


def drop(app: AppTest, *files: tuple[str, str]) -> AppTest:
    uploader = app.file_uploader[0]
    return uploader.set_value([(name, text.encode(), "text/csv") for name, text in files]).run()


def texts(app: AppTest) -> list[str]:
    kinds = (app.markdown, app.success, app.error, app.warning, app.info)
    return [found.value for kind in kinds for found in kind]


def submissions(home: Home) -> int:
    return len(Store(home).submissions(LOCAL))


def test_the_board_names_what_is_late_and_a_reminder_to_copy(home: Home) -> None:
    app = opened()
    assert any(SAY("owed.title_late", number=12) == found.label for found in app.expander)
    assert "juli 2021" in app.code[0].value


def test_none_is_reported_in_one_click_and_undone_in_another(home: Home) -> None:
    app = opened()
    named(app.button, SAY("submit.none_button", month="juni 2022")).click().run()
    assert SAY("submit.stored", months="juni 2022") in texts(app)
    counts = Store(home).counts_by_month(LOCAL, SOURCE, SOURCE).set_index("month")["count"]
    assert counts["2022-06-01"] == 0
    named(app.button, SAY("submit.undo")).click().run()
    assert SAY("submit.undone") in texts(app)
    assert len(Store(home).counts_by_month(LOCAL, SOURCE, SOURCE)) == len(MONTHS)


def test_a_wrong_file_is_corrected_and_dropped_again(home: Home) -> None:
    app = drop(opened(), ("juli.csv", f"{HEADER}{NEXT};halvfems\n"))
    assert SAY("submit.refused_one") in texts(app)
    problems = next(found.value for found in app.table if SAY("problem_table.line") in found.value)
    assert list(problems[SAY("problem_table.line")]) == ["2"]
    assert submissions(home) == 1
    app = drop(app, ("juli.csv", f"{HEADER}{NEXT};90\n"))
    assert SAY("submit.refused_one") not in texts(app)
    named(app.button, SAY("submit.confirm")).click().run()
    assert SAY("submit.stored", months="juli 2021") in texts(app)
    assert submissions(home) == 2


def test_a_warning_must_be_ticked_before_the_file_is_kept(home: Home) -> None:
    app = drop(opened(), ("juli.csv", f"{HEADER}{NEXT};90\nI alt;90\n"))
    assert named(app.button, SAY("submit.confirm")).disabled
    for tick in app.checkbox:
        tick.check()
    app.run()
    named(app.button, SAY("submit.confirm")).click().run()
    assert submissions(home) == 2


def test_two_files_are_kept_together_but_not_when_they_hold_the_same_month(home: Home) -> None:
    first, second = ("a.csv", f"{HEADER}{NEXT};90\n"), ("b.csv", f"{HEADER}{AFTER};91\n")
    app = drop(opened(), first, ("b.csv", first[1]))
    assert SAY("submit.same_month") in texts(app)
    app = drop(app, first, second)
    named(app.button, SAY("submit.confirm")).click().run()
    assert SAY("submit.stored", months="juli–august 2021") in texts(app)
    assert submissions(home) == 3


def test_a_name_that_may_be_a_persons_is_not_repeated(home: Home) -> None:
    app = drop(
        opened(), ("010190-1234.csv", f"{HEADER}{NEXT};90\n"), ("b.csv", f"{HEADER}{AFTER};91\n")
    )
    assert SAY("submit.refused_personal") in texts(app)
    assert not any("010190" in text for text in texts(app))


def test_a_submission_is_withdrawn_and_put_back_for_a_reason(home: Home) -> None:
    app = opened()
    named(app.button, SAY("submit.withdraw")).click().run()
    assert SAY("submit.reason_missing") in texts(app)
    named(app.text_input, SAY("submit.reason")).input("Forkert fil")
    named(app.button, SAY("submit.withdraw")).click().run()
    assert SAY("submit.own_none") in texts(app)
    named(app.text_input, SAY("submit.reason")).input("Den var rigtig")
    named(app.button, SAY("submit.restore")).click().run()
    assert len(Store(home).counts_by_month(LOCAL, SOURCE, SOURCE)) == len(MONTHS)


def test_a_file_on_the_page_is_judged_anew_when_what_it_was_compared_with_is_withdrawn(
    home: Home,
) -> None:
    app = drop(opened(), ("juni.csv", f"{HEADER}2021-06;91\n"))
    assert app.checkbox
    named(app.text_input, SAY("submit.reason")).input("Forkert fil")
    named(app.button, SAY("submit.withdraw")).click().run()
    assert not app.checkbox


def test_what_stood_when_a_submission_came_is_shown_when_asked_for(home: Home) -> None:
    app = opened()
    app.toggle[0].set_value(True).run()
    assert not app.exception
    assert any(len(found.value) == len(MONTHS) for found in app.table)


def test_a_month_with_masked_counts_is_shown_with_the_span_it_may_be(home: Home) -> None:
    app = drop(opened(), ("juli.csv", f"{HEADER}{NEXT};<5\n"))
    for tick in app.checkbox:
        tick.check()
    app.run()
    named(app.button, SAY("submit.confirm")).click().run()
    own = next(found.value for found in app.dataframe if SAY("table.observed") in found.value)
    assert own[SAY("table.observed")].iloc[0] == "2 (1–4)"
    assert SAY("submit.own_masked") in texts(app)


def test_a_label_of_the_sources_own_is_kept_shown_and_taken_back(home: Home) -> None:
    Store(home).add_source(LOCAL, FULL)
    app = opened()
    named(app.selectbox, SAY("submit.source")).select("full").run()
    named(app.selectbox, SAY("submit.column")).select("channel").run()
    named(app.text_input, SAY("labels.own")).input("Skranken")
    named(app.button, SAY("labels.add")).click().run()
    assert not app.exception
    table = next(found.value for found in app.table if SAY("labels.own") in found.value)
    assert list(table[SAY("labels.own")]) == ["skranken"]
    named(app.button, SAY("labels.take_back")).click().run()
    assert Spellings(home, FULL).kept(LOCAL).empty


def own_notes(home: Home) -> SeriesNotes:
    return SeriesNotes(home, Store(home).source(LOCAL, SOURCE))


def kept_table(app: AppTest, column: str) -> Any:
    """The table that has a column; None when nothing is kept."""
    tables = (found.value for found in app.table)
    return next((table for table in tables if SAY(column) in table), None)


def test_a_break_is_kept_shown_and_removed(home: Home) -> None:
    app = opened()
    months = named(app.selectbox, SAY("breaks.month_break"))
    assert months.options[-1] == "januar 2019"  # the source's first month
    months.select(MONTHS[14])
    named(app.text_input, SAY("breaks.left_da")).input("Kun opkald")
    named(app.text_input, SAY("breaks.right_da")).input("Også chat *nu*")
    named(app.button, SAY("breaks.add_break")).click().run()
    assert not app.exception
    shown = kept_table(app, "breaks.left_da").iloc[0]
    assert shown[SAY("table.month")] == "marts 2020"
    assert shown[SAY("breaks.left_en")] == "Kun opkald"
    assert shown[SAY("breaks.right_da")] == r"Også chat \*nu\*"  # as it was written, not in italics
    assert own_notes(home).excluded(LOCAL).empty
    assert named(app.text_input, SAY("breaks.left_da")).value == ""
    named(app.button, SAY("breaks.remove_break")).click().run()
    assert kept_table(app, "breaks.left_da") is None
    assert own_notes(home).breaks(LOCAL).empty


def test_a_month_is_left_out_for_a_reason_and_counted_again(home: Home) -> None:
    app = opened()
    named(app.selectbox, SAY("breaks.month_excluded")).select(MONTHS[0])
    named(app.text_area, SAY("breaks.reason_da")).input("Telefonen var ude af drift")
    named(app.text_area, SAY("breaks.reason_en")).input("The telephone was out of order")
    named(app.button, SAY("breaks.exclude")).click().run()
    assert not app.exception
    shown = kept_table(app, "breaks.reason_da").iloc[0]
    assert shown[SAY("table.month")] == "januar 2019"
    assert shown[SAY("breaks.reason_en")] == "The telephone was out of order"
    assert own_notes(home).breaks(LOCAL).empty
    named(app.button, SAY("breaks.include")).click().run()
    assert kept_table(app, "breaks.reason_da") is None
    assert own_notes(home).excluded(LOCAL).empty


def test_a_refused_reason_is_told_not_kept_and_stays_in_the_form_to_be_mended(home: Home) -> None:
    app = opened()
    named(app.button, SAY("breaks.exclude")).click().run()
    assert SAY("fault.note_empty") in texts(app)
    named(app.text_area, SAY("breaks.reason_da")).input("Mette Hansen var syg")
    named(app.button, SAY("breaks.exclude")).click().run()
    assert SAY("fault.note_personal") in texts(app)
    assert named(app.text_area, SAY("breaks.reason_da")).value == "Mette Hansen var syg"
    assert own_notes(home).excluded(LOCAL).empty


def test_what_was_written_for_one_source_is_not_kept_for_another(home: Home) -> None:
    Store(home).add_source(LOCAL, FULL)
    app = opened()
    named(app.selectbox, SAY("submit.source")).select("full").run()
    months = named(app.selectbox, SAY("breaks.month_excluded"))
    assert len(months.options) == 1  # a source without figures has this month alone
    named(app.text_area, SAY("breaks.reason_da")).input("Antal < 5")
    named(app.button, SAY("breaks.exclude")).click().run()
    assert SAY("fault.note_markup") in texts(app)
    assert named(app.text_area, SAY("breaks.reason_da")).value == "Antal < 5"
    named(app.selectbox, SAY("submit.source")).select(SOURCE).run()
    assert named(app.text_area, SAY("breaks.reason_da")).value == ""
