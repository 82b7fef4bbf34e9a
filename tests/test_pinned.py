"""A link to a release opens that very release for ever after; one that is gone is said, and the newest is shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from later import later_release
from streamlit.testing.v1 import AppTest

from inquiries.home import Home
from inquiries.release import CHECKSUM, RECALLED, newest
from inquiries.words import words
from panels.pinned import named

FRAME = Path(__file__).resolve().parents[1] / "dashboard" / "frame.py"
SECONDS = 30
SECOND, THIRD, RECALLED_ONE = "2098-01-01-1", "2098-01-01-2", "2098-01-01-3"
SAY = words("da")


@pytest.fixture(scope="module")
def home_of_three(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The sample release, two later ones with other figures, and one that was recalled."""
    home = Home(shutil.copytree(prepared, tmp_path_factory.mktemp("three") / "home"))
    for number, identity in enumerate((SECOND, THIRD, RECALLED_ONE), start=2):
        path = later_release(home, identity, number)
    path.rename(path.with_suffix(RECALLED))
    return home


@pytest.fixture
def first(prepared: Path) -> str:
    path = newest(Home(prepared))
    assert path is not None
    return path.stem


def opened(home: Home, monkeypatch: pytest.MonkeyPatch, page: str = "", **query: str) -> AppTest:
    """A session of its own that follows a link."""
    monkeypatch.setenv("INQUIRIES_HOME", str(home.folder))
    app = AppTest.from_file(str(FRAME), default_timeout=SECONDS)
    if page:
        app.switch_page(f"app_pages/{page}.py")
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def figures(app: AppTest) -> list[str]:
    """All that is said on a page but of which release it is."""
    assert not app.exception
    said = [one.value for one in app.markdown if "Opgørelse nr." not in one.value]
    return [app.title[0].value, *(one.value for one in app.metric), *said]


def markdown(app: AppTest) -> str:
    return " ".join(one.value for one in app.markdown)


def to_newest(app: AppTest) -> AppTest:
    (button,) = (one for one in app.button if one.label == SAY("pinned.to_newest"))
    return button.click().run()


def is_said_which(app: AppTest) -> bool:
    return "Du ser opgørelse nr." in markdown(app)


@pytest.mark.parametrize("page", ["", "drop"])
def test_a_link_to_a_release_shows_its_figures_after_two_later_ones(
    home_of_three: Home, prepared: Path, monkeypatch: pytest.MonkeyPatch, first: str, page: str
) -> None:
    before = figures(opened(Home(prepared), monkeypatch, page))
    app = opened(home_of_three, monkeypatch, page, release=first)
    assert set(before) < set(figures(app))
    assert not set(before) <= set(figures(opened(home_of_three, monkeypatch, page)))
    assert "Du ser opgørelse nr. 1 af" in markdown(app)
    assert "Den nyeste er nr. 3 af" in markdown(app)


def test_the_page_on_the_figures_tells_of_the_same_release(
    home_of_three: Home, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    app = opened(home_of_three, monkeypatch, release=first)
    # As the browser does, which opens a page without what the address asked for.
    app.query_params.clear()
    app.switch_page("app_pages/about.py").run()
    assert is_said_which(app)
    assert app.query_params["release"] == first


@pytest.mark.parametrize("page", ["contacts", "submit", "own_figures"])
def test_whom_to_call_and_the_internal_pages_are_of_no_earlier_release(
    home_of_three: Home, monkeypatch: pytest.MonkeyPatch, first: str, page: str
) -> None:
    app = opened(home_of_three, monkeypatch, page, release=first)
    assert not is_said_which(app)
    assert "Opgørelse nr. 3" in markdown(app)


def test_the_newest_is_one_click_away(
    home_of_three: Home, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    app = to_newest(opened(home_of_three, monkeypatch, release=first))
    assert figures(app) == figures(opened(home_of_three, monkeypatch))
    assert not is_said_which(app)
    assert "release" not in app.query_params
    app.switch_page("app_pages/drop.py").run()
    assert not is_said_which(app)


def test_of_the_newest_nothing_is_said(
    home_of_three: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(home_of_three, monkeypatch, release=THIRD)
    assert not is_said_which(app)
    assert app.query_params["release"] == THIRD


def test_a_release_that_is_gone_is_said_and_the_newest_is_shown(
    home_of_three: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(home_of_three, monkeypatch)
    newest_figures = figures(app)
    path, file = f"../releases/{SECOND}", f"{SECOND}.duckdb"
    for asked in (RECALLED_ONE, "2020-01-01-1", "x" * 10_000, "", path, file):
        app.query_params["release"] = asked
        assert figures(app.run()) == newest_figures
        (said,) = (one.value for one in app.warning)
        assert said.startswith("Opgørelsen i linket findes ikke her eller er trukket tilbage.")
        assert "kan åbnes: 1. januar 2098 (nr. 2 den dag), 1. januar 2098 og " in said
        assert not asked or asked not in said
        # It is said as long as the link asks for it, and forgotten with it.
        assert [one.value for one in app.run().warning] == [said]
        app.query_params.clear()
        assert not app.run().warning


def test_a_release_that_is_recalled_while_it_is_read_is_said(
    home_of_three: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(shutil.copytree(home_of_three.folder, tmp_path / "home"))
    app = opened(home, monkeypatch, release=SECOND)
    assert is_said_which(app)
    path = home.releases / f"{SECOND}.duckdb"
    path.rename(path.with_suffix(RECALLED))
    assert len(app.run().warning) == 1


def test_a_damaged_release_is_said_and_the_newest_is_shown(
    home_of_three: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(shutil.copytree(home_of_three.folder, tmp_path / "home"))
    (home.releases / SECOND).with_suffix(CHECKSUM).write_text("0", "ascii")
    app = opened(home, monkeypatch, release=SECOND)
    assert figures(app) == figures(opened(home_of_three, monkeypatch))
    assert SECOND in app.error[0].value
    assert SAY("pinned.newest_instead") in app.error[0].value


def test_a_source_that_the_release_does_not_hold_is_said(
    home_of_three: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(home_of_three, monkeypatch, source="en-anden")
    assert SAY("header.source_gone") in markdown(app)
    assert set(figures(opened(home_of_three, monkeypatch))) < set(figures(app))


def test_of_many_releases_the_newest_are_named_and_the_others_counted() -> None:
    every = [f"2026-{month:02}-03-1" for month in range(1, 13)]
    assert named(every[:2], SAY) == "3. februar 2026 og 3. januar 2026"
    assert named(every, SAY) == (
        "3. december 2026, 3. november 2026, 3. oktober 2026, 3. september 2026, 3. august 2026"
        " og 7 tidligere"
    )
