"""The reader edition: every reader page from published/ alone, also as a user who may read nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

PROJECT = Path(__file__).resolve().parents[1]
FRAME = PROJECT / "dashboard" / "frame.py"
READER_PAGES = ("overview", "drop", "municipality", "contacts", "presentation", "about")

# A reader process: what the program itself needs is loaded, then it becomes another user, and from
# then on opens nothing but what that user may.
READ = """
import os, sys
sys.path.insert(0, sys.argv[1])
from inquiries import directory
from inquiries.home import home_from_environment
from inquiries.overview import overview
from inquiries.release import open_newest
from inquiries.words import words
home = home_from_environment()

def told():
    release = open_newest(home)
    leads = [overview(release.ask, source, words("da")).lead for source in release.ask("release/sources")["source"]]
    release.close()
    return leads, len(directory.read_published(home.directory))

told()
os.setgid(65534)
os.setuid(65534)
leads, contacts = told()
print(*leads, contacts, sep="\\n")
for kept in (home.store, home.secret):
    try:
        kept.read_bytes()
    except PermissionError:
        print("kept from me")
"""


@pytest.fixture
def published(home: Path, tmp_path: Path) -> Path:
    """A home with nothing in it but published/."""
    shutil.copytree(home / "published", tmp_path / "published")
    return tmp_path


@pytest.mark.parametrize("page", READER_PAGES)
def test_a_reader_page_needs_nothing_but_what_is_published(
    published: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("INQUIRIES_HOME", str(published))
    monkeypatch.setenv("INQUIRIES_EDITION", "reader")
    app = AppTest.from_file(str(FRAME), default_timeout=30).run()
    if page != "overview":
        app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception
    assert not app.error
    assert app.title
    assert sorted(found.name for found in published.iterdir()) == ["published"]


@pytest.mark.parametrize("page", ["submit", "release", "own_figures"])
def test_the_reader_edition_has_no_page_that_files_or_releases_or_shows_exact_figures(
    published: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("INQUIRIES_HOME", str(published))
    monkeypatch.setenv("INQUIRIES_EDITION", "reader")
    app = AppTest.from_file(str(FRAME), default_timeout=30).run()
    with pytest.raises(ValueError, match="page"):
        app.switch_page(f"app_pages/{page}.py").run()


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="only root can become another user; elsewhere the test above stands for it",
)
def test_another_user_reads_the_releases_and_cannot_read_store_or_secret(
    home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shared = Path("/tmp") / f"inquiries-reader-{os.getpid()}"
    shutil.copytree(home, shared)
    try:
        shared.chmod(0o755)
        for path in (shared / "published", shared / "published" / "releases"):
            path.chmod(0o755)
        done = subprocess.run(
            [sys.executable, "-c", READ, str(PROJECT / "dashboard")],
            env={"INQUIRIES_HOME": str(shared), "PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        shutil.rmtree(shared)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("forventet") == 2
    assert done.stdout.count("kept from me") == 2
