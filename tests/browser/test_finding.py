"""The browser is found where it is named or usually is; without one the tests stop with a sentence."""

from __future__ import annotations

from pathlib import Path

import browser
import pytest


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a browser, where none may be installed."""
    monkeypatch.delenv(browser.CHOSEN, raising=False)
    monkeypatch.setattr(browser, "NAMES", ())
    monkeypatch.setattr(browser, "_usual_places", lambda: iter(()))
    monkeypatch.setattr(browser, "_may_install", lambda: False)


@pytest.mark.usefixtures("nowhere")
def test_a_named_browser_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    named = tmp_path / "browser"
    named.touch()
    monkeypatch.setenv(browser.CHOSEN, str(named))
    assert browser.browser() == named


@pytest.mark.usefixtures("nowhere")
def test_a_name_that_leads_nowhere_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(browser.CHOSEN, "/nowhere")
    assert browser.main() == 1
    assert "/nowhere" in capsys.readouterr().err


@pytest.mark.usefixtures("nowhere")
def test_without_a_browser_one_sentence_says_what_to_install(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert browser.main() == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "install Chromium" in err and err.count("\n") == 1


def test_the_path_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert browser.main() == 0
    assert Path(capsys.readouterr().out.strip()).is_file()
