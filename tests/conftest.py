"""What several tests stand on: a prepared home, a server of its own, and clean caches."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from inquiries.home import Home
from inquiries.seed import prepare

PROJECT = Path(__file__).resolve().parents[1]
BROWSER_TESTS = "tests/browser/"
MANAGE = PROJECT / "dashboard" / "manage.py"
SECONDS_TO_START = 60


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


@contextmanager
def running(home: Path, log: Path, *options: str) -> Iterator[str]:
    """The product as an operator starts it, on a free port: its address, until the test is over."""
    port = _free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, MANAGE, "run", "--port", str(port), *options],
            cwd=PROJECT,
            env=os.environ | {"INQUIRIES_HOME": str(home)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url, process, log)
        yield url
    finally:
        process.terminate()
        process.wait(SECONDS_TO_START)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start: {log.read_text('utf-8')}")
