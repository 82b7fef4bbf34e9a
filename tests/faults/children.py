"""Works done in processes of their own, which may be limited, take another user's place, or be killed."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from typing import Any
from unittest.mock import patch

LOADED = ["tests.faults.full", "tests.faults.harm", "tests.faults.kills"]
NOBODY = 65534


@cache
def clean() -> ForkServerContext:
    """Forks from a process that has loaded the product and does nothing else.

    A child of our own process, with its many threads at work, may hang or crash.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    # Python 3.11 does not hand on where to import from, and passes over what it then cannot find.
    with patch.dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path)):
        forkserver.ensure_running()
    return context


class Child:
    """A process at a work, a function of a module; the lines it yields are told as they come."""

    def __init__(self, work: Callable[..., Iterator[str]], *arguments: Any) -> None:
        hearing, telling = clean().Pipe(duplex=False)
        self._process = clean().Process(target=_tell, args=(telling, work, arguments), daemon=True)
        self._process.start()
        telling.close()
        self._told = os.fdopen(os.dup(hearing.fileno()), encoding="utf-8")
        self.lines: list[str] = []

    def hear(self, count: int | None = None) -> None:
        """Wait for so many more lines, or for all."""
        for line in islice(self._told, count):
            self.lines.append(line.rstrip("\n"))

    def ended(self, code: int = 0) -> list[str]:
        """Wait for its end, which must be this one, and give all it told."""
        self.hear()
        self._told.close()
        self._process.join()
        found = self._process.exitcode
        assert found == code, "\n".join([f"{_named(found)}, not {_named(code)}:", *self.lines])
        return self.lines

    def killed(self) -> list[str]:
        """Kill it, which must not have ended before, and give all it told."""
        self._process.kill()
        return self.ended(-signal.SIGKILL)


def _tell(telling: Connection, work: Callable[..., Iterator[str]], arguments: Any) -> None:
    faulthandler.enable(telling.fileno())
    try:
        for line in work(*arguments):
            _write(telling, line)
    except BaseException:
        _write(telling, traceback.format_exc())
        sys.exit(1)


def _write(telling: Connection, line: str) -> None:
    os.write(telling.fileno(), f"{line}\n".encode())


def _named(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def in_child(work: Callable[..., Any], *arguments: Any) -> Any:
    """What the work answers, done in a process of its own: its limits and its user stay there."""
    return pickle.loads(bytes.fromhex(Child(_answer, work, *arguments).ended()[-1]))


def dies(work: Callable[..., Any], *arguments: Any) -> None:
    """Do the work in a process that is killed within, and by nothing else than a kill."""
    Child(_answer, work, *arguments).ended(-signal.SIGKILL)


def _answer(work: Callable[..., Any], *arguments: Any) -> Iterator[str]:
    yield pickle.dumps(work(*arguments)).hex()


# Works of works


def killed_at(step: str, work: Callable[..., Any], *arguments: Any) -> None:
    """Do the work, killed when it comes to a function of the product: "inquiries.ledger.append"."""
    with patch(step, die):
        work(*arguments)


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def as_nobody(work: Callable[..., Any], *arguments: Any) -> Any:
    """Do the work in the place of a user without rights."""
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    return work(*arguments)
