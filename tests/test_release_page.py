"""Frigiv opgørelse: each check stands with its outcome before the button, and what is in the way disables it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from small_home import change_policy, one_source
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from inquiries.actor import LOCAL
from inquiries.build import build
from inquiries.home import Home
from inquiries.release import newest, open_newest
from inquiries.words import words

FRAME = Path(__file__).resolve().parents[1] / "dashboard" / "frame.py"
SAY = words("da")
PASSED, NOTED, FAILED = (SAY(f"check_outcome.{code}") for code in ("passed", "noted", "failed"))
LONG_AGO = datetime(2026, 1, 22)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with one real source, released some months ago."""
    made = one_source(tmp_path)
    build(LOCAL, made, clock=lambda: LONG_AGO)
    monkeypatch.setenv("INQUIRIES_HOME", str(tmp_path))
    return made


def looked() -> AppTest:
    """The page after a look at what would change."""
    app = AppTest.from_file(str(FRAME), default_timeout=60).run()
    app.switch_page("app_pages/release.py").run()
    app.button[0].click().run()
    assert not app.exception
    return app


def outcomes(app: AppTest) -> dict[str, str]:
    """The table of checks: each sentence as it is read, with its outcome."""
    name = SAY("release.column_check")
    table = next(found.value for found in app.table if name in found.value)
    read = table.map(lambda cell: cell.replace("\\", ""))
    return dict(read.itertuples(index=False, name=None))


def release_button(app: AppTest) -> Button:
    return next(found for found in app.button if found.label == SAY("release.button"))


def test_a_release_with_nothing_in_the_way_can_be_made(home: Home) -> None:
    app = looked()
    assert set(outcomes(app).values()) == {PASSED}
    assert SAY("check.months", source="Kilden", month="juni 2021") in outcomes(app)
    button = release_button(app)
    assert not button.disabled
    button.click().run()
    assert not app.error
    assert len(app.success) == 1


def test_before_the_look_there_is_no_check_and_no_release(home: Home) -> None:
    app = AppTest.from_file(str(FRAME), default_timeout=60).run()
    app.switch_page("app_pages/release.py").run()
    assert release_button(app).disabled
    assert not any(SAY("release.column_check") in found.value for found in app.table)


def test_a_new_series_is_told_and_needs_a_reason_before_the_button_works(home: Home) -> None:
    change_policy(home)
    app = looked()
    told = SAY("release.new_series", release="2026-01-22-1", number=2)
    assert told in [found.value for found in app.warning]
    assert outcomes(app)[SAY("fault.policy_changed", release="2026-01-22-1")] == FAILED
    assert release_button(app).disabled
    because = SAY("release.new_series_because")
    reason = next(found for found in app.text_input if found.label == because)
    reason.input("the officer asked for 8").run()
    assert outcomes(app)[SAY("check.series_new", number=2)] == NOTED
    release_button(app).click().run()
    assert not app.error
    found = open_newest(home)
    assert found is not None
    assert found.about.series == 2
    app.switch_page("app_pages/about.py").run()
    day = SAY.date(found.about.series_since)
    assert SAY("about.new_series", day=day) in [said.value for said in app.markdown]


def test_a_second_release_this_month_asks_why(home: Home) -> None:
    made = build(LOCAL, home)
    app = looked()
    assert outcomes(app)[SAY("fault.release_too_soon", release=made)] == FAILED
    assert release_button(app).disabled
    label = SAY("release.forced", release=made)
    reason = next(found for found in app.text_input if found.label == label)
    reason.input("a wrong file").run()
    assert outcomes(app)[SAY("check.monthly_forced")] == NOTED
    assert not release_button(app).disabled


def test_a_damaged_last_release_is_noted_and_can_be_followed_by_another(home: Home) -> None:
    path = newest(home)
    assert path is not None
    path.write_bytes(path.read_bytes()[:-1])
    app = looked()
    assert outcomes(app)[SAY("fault.release_altered", release=path.stem)] == NOTED
    assert not release_button(app).disabled


def test_the_rule_changed_after_the_look_must_be_looked_at_again(home: Home) -> None:
    app = looked()
    change_policy(home)
    app.run()
    assert release_button(app).disabled
    assert SAY("release.look_first") in [found.value for found in app.markdown]
