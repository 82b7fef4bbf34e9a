"""Every page opens without a browser too, in both languages, with and without a release, and after nonsense in its link."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

FRAME = Path(__file__).resolve().parents[1] / "dashboard" / "frame.py"
PAGES = (
    "overview",
    "drop",
    "explore",
    "municipality",
    "contacts",
    "presentation",
    "submit",
    "release",
    "own_figures",
    "access",
    "audit",
    "about",
)
WITH_CHARTS = (
    "overview",
    "drop",
    "explore",
    "municipality",
    "presentation",
    "submit",
    "about",
    "own_figures",
)
TITLES = {
    ("municipality", "da"): "Min kommune",
    ("explore", "da"): "Udforsk tallene",
    ("contacts", "da"): "Råd og kontakter",
    ("submit", "da"): "Indberet tal",
    ("own_figures", "da"): "Egne tal (internt)",
    ("about", "da"): "Om tallene",
    ("audit", "en"): "Audit trail",
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
        {"phase": "findes-ikke", "group": "channel.findes-ikke", "by": "municipality"},
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


def test_the_place_changes_whom_to_call_and_not_the_figures_and_stays_out_of_the_link(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(home, monkeypatch)
    whole = {found.value for found in app.markdown}
    title, tiles = app.title[0].value, [tile.value for tile in app.metric]
    app.selectbox(key="contact_place").select("nordjylland").run()
    assert app.title[0].value == title
    assert [tile.value for tile in app.metric] == tiles
    assert any("Aalborg" in text for text in {found.value for found in app.markdown} - whole)
    assert dict(app.query_params) == {}


def test_what_is_chosen_among_the_contacts_is_kept_from_page_to_page_and_never_in_the_link(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(home, monkeypatch, "contacts")
    app.selectbox(key="contact_place").select("851").run()
    app.selectbox(key="contact_asker").select("professional").run()
    app.checkbox(key="contact_acute").check().run()
    app.text_input(key="contact_search").input("red").run()
    assert not app.exception
    assert dict(app.query_params) == {}
    app.switch_page("app_pages/overview.py").run()
    assert app.selectbox(key="contact_place").value == "851"
    app.switch_page("app_pages/contacts.py").run()
    assert app.selectbox(key="contact_asker").value == "professional"
    assert app.checkbox(key="contact_acute").value
    assert dict(app.query_params) == {}


@pytest.mark.parametrize("task", ["calls", "confirm", "correct", "add", "history"])
def test_a_steward_has_a_form_for_each_task(
    home: Path, monkeypatch: pytest.MonkeyPatch, task: str
) -> None:
    app = opened(home, monkeypatch, "contacts")
    app.session_state["contact_desk_task"] = task
    app.run()
    assert not app.exception and not app.error


def test_what_a_steward_confirms_in_the_page_is_before_the_readers_at_once(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(own_home, monkeypatch, "contacts")
    app.session_state["contact_desk_task"] = "confirm"
    app.run()
    which = next(one for one in app.selectbox if one.label == "Hvad er kontrolleret?")
    which.select(("red-raadgivning", "70 27 76 66"))
    unit = next(one for one in app.text_input if one.label.startswith("Enhed"))
    unit.input("Center for Rådgivning")
    next(one for one in app.button if one.label == "Bekræft").click()
    app.run()
    assert not app.exception and not app.error
    assert any("Bekræftet af Center for Rådgivning" in found.value for found in app.markdown)


def test_sample_figures_are_marked_on_the_page(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(home, monkeypatch)
    assert sum("Eksempeldata" in found.value for found in app.markdown) >= 2


@pytest.mark.parametrize("page", WITH_CHARTS)
def test_every_page_with_a_chart_says_whom_to_call(
    home: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    app = opened(home, monkeypatch, page)
    texts = [element.value for element in (*app.subheader, *app.markdown)]
    assert "Hvem kan man ringe til?" in texts
    assert any("Alarm 112" in text for text in texts)


def test_a_page_is_on_the_list_of_those_with_a_chart_when_it_draws_one(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apps = {page: opened(home, monkeypatch, page) for page in PAGES}
    drawn = {
        page
        for page, app in apps.items()
        if app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")
    }
    assert drawn <= set(WITH_CHARTS) and "drop" in drawn
