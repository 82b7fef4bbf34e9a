"""What several tests stand on: a prepared home, a server of its own, and clean caches."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from started import running
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from inquiries.home import Home
from inquiries.seed import prepare

BROWSER_TESTS = "tests/browser/"


class OneWorkerDrivesTheBrowser(LoadScopeScheduling):
    """Spreads the tests over the workers, but gives all that use a browser to the same one.

    The marks that xdist has for this do nothing under pytest 9.2 (pytest-xdist issue 1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER_TESTS if nodeid.startswith(BROWSER_TESTS) else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    return OneWorkerDrivesTheBrowser(config, log)


@pytest.fixture(autouse=True)
def _forget_cached_answers() -> None:
    """What one test had Streamlit keep must not answer the next."""
    if "streamlit" in sys.modules:
        import streamlit as st

        st.cache_data.clear()
        st.cache_resource.clear()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A home with the sample figures and the first release, made once for all workers; never written to."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    made = shared / "prepared"
    with FileLock(f"{made}.lock"):
        if not made.exists():
            part = shared / "prepared.part"
            shutil.rmtree(part, ignore_errors=True)
            prepare(Home(part))
            part.rename(made)
    return made


@pytest.fixture(scope="session")
def home(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared home for the tests that only read."""
    return Path(shutil.copytree(prepared, tmp_path_factory.mktemp("home") / "home"))


@pytest.fixture
def own_home(prepared: Path, tmp_path: Path) -> Path:
    """A prepared home of the test's own, to write in."""
    return Path(shutil.copytree(prepared, tmp_path / "home"))


@pytest.fixture(scope="session")
def server(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running product, on `home`, for the tests that only read."""
    with running(home, tmp_path_factory.mktemp("server") / "log") as url:
        yield url


@pytest.fixture
def own_server(own_home: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a running product of the test's own, on `own_home`."""
    with running(own_home, tmp_path / "log") as url:
        yield url


@pytest.fixture(scope="module")
def reader_server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the reader edition, on what the module's `published` has published."""
    home: Home = request.getfixturevalue("published")
    log = tmp_path_factory.mktemp("reader") / "log"
    with running(home.folder, log, "--edition", "reader") as url:
        yield url
