"""Under a figure stand its code and link; both open the same figure in another session, after later releases too."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from later import later_release
from streamlit.testing.v1 import AppTest

from inquiries.home import Home
from inquiries.release import RECALLED, newest
from inquiries.words import words
from panels import share

FRAME = Path(__file__).resolve().parents[1] / "dashboard" / "frame.py"
SECONDS = 30
SAY = words("da")
ASKED = {"by": "channel", "period": "quarter", "form": "table", "lang": "en"}
# What tells of the subject, in a file name or on a button's page beside it.
SUBJECT = re.compile(
    r"(?i)ære|honou?r|kontrol|control|vold|violence|hotline|henvend|inquir|tema|kanal"
)


@pytest.fixture(scope="module")
def later_home(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The sample release and two later ones with other figures."""
    home = Home(shutil.copytree(prepared, tmp_path_factory.mktemp("later") / "home"))
    for number, identity in enumerate(("2098-01-01-1", "2098-02-01-1"), start=2):
        later_release(home, identity, number)
    return home


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """What makes each file that a page offers, by the file's name."""
    files: dict[str, Callable[[], bytes]] = {}

    def offer(_: str, make: Callable[[], bytes], name: str, __: str) -> None:
        files[name] = make

    monkeypatch.setattr(share, "offer", offer)
    return files


def opened(
    home: Home | Path, monkeypatch: pytest.MonkeyPatch, page: str = "explore", **query: str
) -> AppTest:
    """A session of its own that follows a link."""
    folder = home.folder if isinstance(home, Home) else home
    monkeypatch.setenv("INQUIRIES_HOME", str(folder))
    app = AppTest.from_file(str(FRAME), default_timeout=SECONDS)
    app.switch_page(f"app_pages/{page}.py")
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def code_on(app: AppTest) -> str:
    [quoted] = [one.value for one in app.markdown if SAY_CODE.search(one.value)]
    found = re.search(r"\*\*(1[0-9A-Z\\-]+)\*\*", quoted)
    assert found
    return found[1].replace("\\", "")


SAY_CODE = re.compile("Figurkode|Figure code")


def link_on(app: AppTest) -> dict[str, str]:
    """The choices of the link that can be copied."""
    address, _, query = app.code[0].value.partition("?")
    return {"page": address, **dict(pair.split("=") for pair in query.split("&"))}


def type_code(app: AppTest, code: str) -> AppTest:
    app.text_input[0].input(code)
    (button,) = (one for one in app.button if one.label == SAY("code.open"))
    return button.click().run()


def heading(app: AppTest) -> str:
    """The title over the figure, as a reader reads it: no sign in it is Markdown."""
    written: str = app.subheader[0].value
    return written.replace("\\", "")


def table_on(app: AppTest) -> str:
    return heading(app) + app.dataframe[0].value.to_csv()


def numbers_on(app: AppTest) -> list[str]:
    """The figures of the first value, without the marks, which are in words."""
    return [cell for cell in app.dataframe[0].value.iloc[:, 1] if cell.strip().isdigit()]


# The same figures, elsewhere and later


def test_a_link_and_a_code_open_the_same_figures_after_two_later_releases(
    prepared: Path, later_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = opened(prepared, monkeypatch, **ASKED)
    figures, code, link = table_on(first), code_on(first), link_on(first)
    assert link.pop("page") == "/explore"
    followed = opened(later_home, monkeypatch, **link)
    assert table_on(followed) == figures
    assert code_on(followed) == code
    typed = type_code(opened(later_home, monkeypatch), code.lower().replace("-", " "))
    assert not typed.exception
    assert typed.query_params["release"] == link["release"]
    # In the language of whoever typed it.
    assert heading(typed) == "Henvendelser pr. kvartal, fordelt på kanal"
    assert numbers_on(typed) == numbers_on(first)
    assert "Du ser opgørelse nr. 1 af" in " ".join(one.value for one in typed.markdown)
    # And without the release another one is shown.
    del link["release"]
    assert table_on(opened(later_home, monkeypatch, **link)) != figures


def test_a_code_of_another_page_opens_that_page(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped = opened(prepared, monkeypatch, "drop", phase="lockdown_2", group="channel.phone")
    app = type_code(opened(prepared, monkeypatch), code_on(dropped))
    assert app.title[0].value == dropped.title[0].value
    assert code_on(app) == code_on(dropped)
    assert link_on(app) == link_on(dropped)


def test_the_overview_has_a_code_and_a_link_of_its_own(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(prepared, monkeypatch, "overview", source="eksempel-konsulenter")
    assert link_on(app)["page"] == "/"
    assert link_on(app)["source"] == "eksempel-konsulenter"
    found = type_code(opened(prepared, monkeypatch), code_on(app))
    assert found.title[0].value == app.title[0].value


def test_the_default_view_is_opened_by_its_code_too(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = code_on(opened(prepared, monkeypatch))
    elsewhere = opened(prepared, monkeypatch, by="channel")
    assert heading(type_code(elsewhere, code)) == "Henvendelser pr. måned"


def test_a_code_that_cannot_be_opened_is_said(
    prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(shutil.copytree(prepared, tmp_path / "home"))
    app = opened(home, monkeypatch)
    code = code_on(app)
    path = newest(home)
    assert path is not None
    later_release(home, "2098-01-01-1", 2)
    path.rename(path.with_suffix(RECALLED))
    said = {
        "ABCD": SAY("fault.code_unreadable"),
        "<script>": SAY("fault.code_unreadable"),
        code: SAY("code.release_gone", releases="1. januar 2098"),
    }
    for typed, sentence in said.items():
        app = type_code(app, typed)
        assert [one.value for one in app.error] == [sentence]
        assert not app.exception


def test_a_link_of_ten_thousand_letters_opens_the_default_view(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "x" * 10_000
    app = opened(
        prepared, monkeypatch, by=long, only=long, measure=long, nonsense=long, source=long
    )
    assert heading(app) == "Henvendelser pr. måned"
    assert len(app.code[0].value) < 60


# The files


def test_a_file_is_made_when_it_is_asked_for_and_not_before(
    prepared: Path, monkeypatch: pytest.MonkeyPatch, offered: dict[str, Callable[[], bytes]]
) -> None:
    def fails(*_: object) -> bytes:
        raise AssertionError

    for module, name in ((share, "as_csv"), (share, "workbook"), (share, "as_program_csv")):
        monkeypatch.setattr(module, name, fails)
    for name in ("svg", "png"):
        monkeypatch.setattr(share.figure_picture, name, fails)
    opened(prepared, monkeypatch, by="channel").run()
    assert len(offered) == 5
    for make in offered.values():
        with pytest.raises(AssertionError):
            make()


@pytest.mark.parametrize("page", ["explore", "overview", "drop"])
def test_a_file_is_what_its_name_says_and_the_name_says_no_more_than_the_code(
    prepared: Path,
    monkeypatch: pytest.MonkeyPatch,
    offered: dict[str, Callable[[], bytes]],
    page: str,
) -> None:
    app = opened(prepared, monkeypatch, page)
    beginnings = {
        ".csv": b"\xef\xbb\xbf",
        "-data.csv": b"release,",
        ".xlsx": b"PK",
        ".png": b"\x89PNG",
        ".svg": b"<?xml",
    }
    stem = f"statistik-{code_on(app)}"
    assert {name.removeprefix(stem) for name in offered} == (
        set(beginnings) if page == "explore" else {".png", ".svg"}
    )
    assert not SUBJECT.search(" ".join(offered))
    for ending, beginning in beginnings.items() if page == "explore" else [(".svg", b"<?xml")]:
        assert offered[stem + ending]().startswith(beginning)


def test_a_table_is_offered_no_picture_of(
    prepared: Path, monkeypatch: pytest.MonkeyPatch, offered: dict[str, Callable[[], bytes]]
) -> None:
    opened(prepared, monkeypatch, form="table")
    assert [name for name in offered if name.endswith((".png", ".svg"))] == []
