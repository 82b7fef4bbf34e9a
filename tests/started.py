"""The product started as an operator starts it: a process of its own, on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
MANAGE = PROJECT / "dashboard" / "manage.py"
SECONDS_TO_START = 60


@contextmanager
def running(
    home: Path, log: Path, *options: str, port: int = 0, host: str = "", program: Path = MANAGE
) -> Iterator[str]:
    """The product as an operator starts it, on a free port: its address, until the test is over.

    `host` is what a request must name where the product is known by another address.
    """
    port = port or free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, program, "run", "--port", str(port), *options],
            cwd=PROJECT,
            env=os.environ | {"INQUIRIES_HOME": str(home)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        asked = urllib.request.Request(f"{url}/healthz", headers={"Host": host} if host else {})
        _wait_for(asked, process, log)
        yield url
    finally:
        process.terminate()
        process.wait(SECONDS_TO_START)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(asked: urllib.request.Request, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(asked, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start: {log.read_text('utf-8')}")
