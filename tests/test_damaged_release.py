"""A release file that is not the one released is said in one sentence, and the newest whole one is shown instead."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from small_home import one_source
from streamlit.testing.v1 import AppTest

from inquiries import directory
from inquiries.actor import LOCAL
from inquiries.build import build, recall_release
from inquiries.home import Home
from inquiries.release import CHECKSUM, checksum, newest_whole, open_release, release_paths
from inquiries.words import words

DASHBOARD = Path(__file__).resolve().parents[1] / "dashboard"
SAY = words("da")


@pytest.fixture(scope="module")
def released_twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two releases and the directory; never written to."""
    made = one_source(tmp_path_factory.mktemp("home") / "made")
    directory.publish(made)
    build(LOCAL, made, clock=lambda: datetime(2026, 10, 22))
    build(LOCAL, made, clock=lambda: datetime(2026, 11, 22))
    return made.folder


@pytest.fixture
def home(released_twice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The same, of the test's own."""
    folder = shutil.copytree(released_twice, tmp_path / "home")
    monkeypatch.setenv("INQUIRIES_HOME", str(folder))
    return Home(Path(folder))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def alter(path: Path) -> None:
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])


def lose_checksum(path: Path) -> None:
    path.with_suffix(CHECKSUM).unlink()


def come_from_another_version(path: Path) -> None:
    with duckdb.connect(str(path)) as release:
        release.execute("update about set value = '99' where key = 'format'")
    path.with_suffix(CHECKSUM).write_text(checksum(path))


def be_no_database(path: Path) -> None:
    path.write_bytes(b"not a release")
    path.with_suffix(CHECKSUM).write_text(checksum(path))


HARM = pytest.mark.parametrize(
    ("harm", "fault"),
    [
        (cut, "release_altered"),
        (empty, "release_altered"),
        (alter, "release_altered"),
        (lose_checksum, "release_unreadable"),
        (be_no_database, "release_unreadable"),
        (come_from_another_version, "release_format"),
    ],
    ids=lambda case: getattr(case, "__name__", None),
)
Harm = Callable[[Path], None]


def overview_page() -> AppTest:
    app = AppTest.from_file(str(DASHBOARD / "frame.py"), default_timeout=60).run()
    assert not app.exception
    return app


@HARM
@pytest.mark.parametrize("edition", ["reader", "full"])
def test_the_newest_whole_release_is_shown_and_the_page_says_so(
    home: Home, monkeypatch: pytest.MonkeyPatch, harm: Harm, fault: str, edition: str
) -> None:
    monkeypatch.setenv("INQUIRIES_EDITION", edition)
    older, newer = release_paths(home)
    harm(newer)
    app = overview_page()
    (told,) = app.error
    assert SAY(f"fault.{fault}", release=newer.stem) in told.value
    assert SAY("header.shown_instead", release=older.stem) in told.value
    assert len(app.metric) == 4
    line = SAY("header.release", number=1, month="juni 2021")
    assert line in [found.value for found in app.markdown]


@HARM
def test_without_a_whole_release_no_figure_is_shown_but_whom_to_call(
    home: Home, monkeypatch: pytest.MonkeyPatch, harm: Harm, fault: str
) -> None:
    monkeypatch.setenv("INQUIRIES_EDITION", "reader")
    for path in release_paths(home):
        harm(path)
    app = overview_page()
    (told,) = app.error
    assert SAY(f"fault.{fault}", release=release_paths(home)[-1].stem) in told.value
    assert not app.metric
    assert app.title[0].value == SAY("empty.title")
    assert SAY("empty.submit_first") not in [found.value for found in app.markdown]
    app.switch_page("app_pages/contacts.py").run()
    assert any("112" in found.value for found in app.markdown)


def test_a_file_altered_while_it_is_shown_is_noticed(home: Home) -> None:
    app = overview_page()
    assert not app.error
    newer = release_paths(home)[-1]
    alter(newer)
    app.run()
    assert SAY("fault.release_altered", release=newer.stem) in app.error[0].value


def test_a_file_put_back_from_a_backup_is_shown_again(home: Home) -> None:
    newer = release_paths(home)[-1]
    whole = newer.read_bytes()
    cut(newer)
    app = overview_page()
    assert len(app.error) == 1
    newer.write_bytes(whole)
    app.run()
    assert not app.error


def test_a_damaged_release_can_be_recalled(home: Home) -> None:
    older, newer = release_paths(home)
    cut(newer)
    recall_release(LOCAL, home, newer.stem, "damaged")
    found, damage = newest_whole(home, open_release)
    assert damage is None
    assert found is not None
    assert found.about.release == older.stem


def test_the_operator_is_told_at_the_start_and_the_pages_are_served(home: Home) -> None:
    newer = release_paths(home)[-1]
    cut(newer)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            sys.executable,
            DASHBOARD / "manage.py",
            "run",
            "--edition",
            "reader",
            "--port",
            str(port),
        ],
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert process.stderr is not None
        assert process.stdout is not None
        told = SAY("fault.release_altered", release=newer.stem)
        assert process.stderr.readline() == told + "\n"
        served = SAY("command.serving", address=f"http://127.0.0.1:{port}")
        assert process.stdout.readline() == served + "\n"
    finally:
        process.terminate()
        process.communicate()
