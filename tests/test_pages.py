"""Every page opens without a browser too, in both languages, with and without a release, and after nonsense in its link."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

FRAME = Path(__file__).resolve().parents[1] / "dashboard" / "frame.py"
PAGES = ("overview", "contacts", "submit", "release", "about")
TITLES = {
    ("contacts", "da"): "Råd og kontakter",
    ("submit", "da"): "Indberet tal",
    ("about", "da"): "Om tallene",
}
SECONDS = 30


def opened(
    home: Path, monkeypatch: pytest.MonkeyPatch, page: str = "overview", **query: str
) -> AppTest:
    monkeypatch.setenv("INQUIRIES_HOME", str(home))
    app = AppTest.from_file(str(FRAME), default_timeout=SECONDS)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    if page != "overview":
        app.switch_page(f"app_pages/{page}.py").run()
    return app


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens(
    home: Path, monkeypatch: pytest.MonkeyPatch, page: str, language: str
) -> None:
    app = opened(home, monkeypatch, page, lang=language)
    assert not app.exception
    assert not app.error
    if (page, language) in TITLES:
        assert app.title[0].value == TITLES[page, language]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_before_the_first_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    app = opened(tmp_path, monkeypatch, page)
    assert not app.exception
    if page == "overview":
        assert app.title[0].value == "Der er ingen opgørelse at vise"


@pytest.mark.parametrize(
    "query",
    [
        {"source": "findes-ikke"},
        {"lang": "xx"},
        {"region": "<script>alert(1)</script>"},
        {"source": "' or 1=1 --", "region": "\N{NULL}", "nonsense": "1"},
    ],
)
def test_nonsense_in_the_link_gives_the_default_view(
    home: Path, monkeypatch: pytest.MonkeyPatch, query: dict[str, str]
) -> None:
    plain = opened(home, monkeypatch).title[0].value
    app = opened(home, monkeypatch, **query)
    assert not app.exception
    assert app.title[0].value == plain


def test_the_source_in_the_link_is_the_one_shown(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(home, monkeypatch, source="eksempel-konsulenter")
    assert "sager" in app.title[0].value


def test_the_region_changes_whom_to_call_and_not_the_figures(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = opened(home, monkeypatch)
    north = opened(home, monkeypatch, region="nordjylland")
    texts = [{found.value for found in app.markdown} for app in (whole, north)]
    assert whole.title[0].value == north.title[0].value
    assert [tile.value for tile in whole.metric] == [tile.value for tile in north.metric]
    assert any("Aalborg" in text for text in texts[1] - texts[0])


def test_sample_figures_are_marked_on_the_page(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(home, monkeypatch)
    assert sum("Eksempeldata" in found.value for found in app.markdown) >= 2
