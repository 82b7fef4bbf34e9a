"""Starts the product as an operator does, and waits until it says that it is healthy."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

PROJECT = Path(__file__).resolve().parents[1]
ADDRESS = "127.0.0.1"
PATIENCE = 120.0
MIB = 2**20


@dataclass(frozen=True)
class Server:
    """One running server and how long it took from the start of its process to a healthy answer."""

    port: int
    pid: int
    started_in: float

    @property
    def url(self) -> str:
        return f"http://{ADDRESS}:{self.port}"

    def memory(self) -> float:
        """Resident memory now, in MiB."""
        return float(psutil.Process(self.pid).memory_info().rss) / MIB

    def processor_time(self) -> float:
        """Seconds of processor time the server has used; other programs' load adds nothing to it."""
        used = psutil.Process(self.pid).cpu_times()
        return float(used.user + used.system)


@contextmanager
def serving(home: Path) -> Iterator[Server]:
    """A server over the figures of a folder, ended when the block is left."""
    port = _free_port()
    command = [sys.executable, "dashboard/manage.py", "run", "--port", str(port)]
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        env=os.environ | {"INQUIRIES_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(process, port)
        yield Server(port, process.pid, time.perf_counter() - started)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    latest = time.monotonic() + PATIENCE
    while not _healthy(port):
        if process.poll() is not None or time.monotonic() > latest:
            raise RuntimeError("the server did not become healthy")
        time.sleep(0.01)


def _healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{ADDRESS}:{port}/healthz", timeout=5) as answer:
            return bool(answer.read() == b"ok")
    except (urllib.error.URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port: int = probe.getsockname()[1]
        return port
