"""Slides made from the command line, as a monthly routine: from one release alone, and each fault in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

import export_command
from inquiries.exports.slide_files import KINDS
from inquiries.home import Home
from inquiries.release import newest
from inquiries.words import words
from manage import main

DONE, STOPPED = 0, 2
SAY = words("da")
BEGINNINGS = {"pptx": b"PK", "pdf": b"%PDF", "report": b"%PDF", "html": b"<!doctype html>"}


@pytest.fixture(autouse=True)
def _at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INQUIRIES_HOME", str(home))


def newest_id(home: Path) -> str:
    path = newest(Home(home))
    assert path
    return path.stem


def test_the_kinds_of_the_command_are_those_that_can_be_made() -> None:
    assert set(export_command.KINDS) == set(KINDS)


@pytest.mark.parametrize("kind", ["pptx", "pdf", "html"])
def test_a_file_is_made_of_the_slides_of_one_source(kind: str, home: Path, tmp_path: Path) -> None:
    named = ["--release", newest_id(home), "--source", "eksempel-hotline"]
    slides = ["--slides", "call", "question"]
    assert main(["export", "--kind", kind, *named, *slides, "--folder", str(tmp_path)]) == DONE
    (made,) = tmp_path.iterdir()
    assert made.name == f"praesentation-{newest_id(home)}-eksempel-hotline.{kind}"
    assert made.read_bytes().startswith(BEGINNINGS[kind])


def test_without_a_source_each_has_a_file_of_its_own(tmp_path: Path) -> None:
    told = ["export", "--kind", "pdf", "--slides", "call", "--folder", str(tmp_path)]
    assert main(told) == DONE
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    ("told", "code", "facts"),
    [
        (["--release", "2020-01-01-1"], "export_release", {"release": "2020-01-01-1"}),
        (["--release", "../x"], "export_release", {"release": "../x"}),
        (["--source", "findes-ikke"], "export_source", {"source": "findes-ikke"}),
        (["--phase", "baseline"], "export_phase", {"phase": "baseline"}),
    ],
    ids=["release", "path", "source", "phase"],
)
def test_what_there_is_not_is_said_in_one_sentence(
    told: list[str],
    code: str,
    facts: dict[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["export", "--kind", "pdf", *told, "--folder", str(tmp_path)]) == STOPPED
    assert capsys.readouterr().err.strip() == SAY(f"fault.{code}", **facts)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_and_a_home_without_a_release_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = tmp_path / "gone"
    told = ["export", "--kind", "pdf", "--slides", "call", "--source", "eksempel-hotline"]
    assert main([*told, "--folder", str(gone)]) == STOPPED
    assert str(gone) in capsys.readouterr().err
    monkeypatch.setenv("INQUIRIES_HOME", str(tmp_path))
    assert main(told) == STOPPED
    assert capsys.readouterr().err.strip() == SAY("fault.export_before_release")
