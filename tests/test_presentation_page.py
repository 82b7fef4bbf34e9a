"""The page of slides: what is chosen stands in the link, own words do not, and files are made in turn."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import opened

from inquiries.exports import turns
from inquiries.exports.turns import AT_A_TIME, turn
from inquiries.faults import Fault
from inquiries.slides import SLIDES
from inquiries.words import words

DA = words("da")
CPR = "010203-1234"


def titles(app: AppTest) -> list[str]:
    """As a reader reads them: no sign in them is Markdown."""
    return [header.value.replace("\\", "") for header in app.header]


def test_the_slides_of_the_link_are_shown_in_its_order(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(home, monkeypatch, "presentation", slides="call.question", phase="lockdown_2")
    assert not app.exception
    assert titles(app) == [
        DA("slides.call"),
        "Kom der færre henvendelser under 2. nedlukning, og er de kommet igen?",
    ]


@pytest.mark.parametrize("asked", ["", "findes-ikke", "call.call", "call..now", "<script>"])
def test_nonsense_in_the_link_shows_every_slide(
    asked: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(home, monkeypatch, "presentation", slides=asked)
    assert len(titles(app)) == len(SLIDES)


def test_what_is_chosen_is_written_to_the_address_and_own_words_are_not(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(home, monkeypatch, "presentation")
    app.multiselect(key="slides").set_value(["now", "fall"])
    app.text_input(key="own_text_own_line").set_value("Direktionsmøde")
    app.text_input(key="own_text_name").set_value("Mette Hansen")
    app.run()
    assert app.query_params["slides"] == "now.fall"
    assert not any(
        "Direktion" in str(one) or "Mette" in str(one) for one in app.query_params.values()
    )


def test_own_words_stand_on_the_first_slide_but_no_person_does(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(home, monkeypatch, "presentation")
    app.text_input(key="own_text_own_line").set_value("Direktionsmøde *nu*").run()
    assert "Direktionsmøde \\*nu\\*" in [one.value for one in app.markdown]
    app.text_input(key="own_text_own_line").set_value(f"Borger {CPR}").run()
    assert [one.value for one in app.error] == [DA("fault.own_text_personal")]
    assert not any(CPR in one.value for one in app.markdown)


def test_without_slides_the_page_says_what_to_do(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(home, monkeypatch, "presentation")
    app.multiselect(key="slides").set_value([]).run()
    assert [one.value for one in app.warning] == [DA("slides.none_chosen")]
    assert all(button.disabled for button in app.button if str(button.key).startswith("make_"))


def test_a_file_is_offered_when_it_is_made_and_gone_when_another_choice_is_made(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(home, monkeypatch, "presentation", slides="question")
    assert not app.get("download_button")
    app.button(key="make_pptx").click().run()
    assert not app.exception and not app.error
    assert len(app.get("download_button")) == 1
    app.multiselect(key="slides").set_value(["call"]).run()
    assert not app.get("download_button")


# Turns


def test_two_files_are_made_at_a_time_and_the_next_is_told_to_wait() -> None:
    told, order, may_end = [], [], threading.Event()

    def third() -> None:
        with turn(lambda: (told.append("wait"), may_end.set())):
            order.append("third")

    with turn(), turn():
        assert AT_A_TIME == 2
        waiting = threading.Thread(target=third)
        waiting.start()
        assert may_end.wait(10)
        order.append("others")
    waiting.join(10)
    assert (told, order) == (["wait"], ["others", "third"])


def test_whoever_has_waited_too_long_is_told_so_and_takes_no_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 0.01)
    with turn(), turn():
        with pytest.raises(Fault) as busy, turn():
            pass
        assert busy.value.code == "exports_busy"
    with turn(), turn():
        pass


def test_a_turn_is_given_back_when_the_making_fails() -> None:
    for _ in range(AT_A_TIME + 1):
        with pytest.raises(ZeroDivisionError), turn():
            _ = 1 / 0
