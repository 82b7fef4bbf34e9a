"""A disk that is full at one step of an act, made by a limit on how long a file may grow, and then is not."""

from __future__ import annotations

import resource
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from inquiries import erasure, ledger, opening, recovery
from inquiries.actor import LOCAL
from inquiries.backup import write_backup
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.inspection import inspect
from inquiries.locking import locked
from inquiries.restoring import put_back
from inquiries.store import Store
from tests.faults.uploads import NOW, expected, made, now, numbered, stored

KEPT, SENT = 12, 200
UPLOADS = ("stage", "commit", "ledger", "checkpoint")
TOLD = {"", "store_no_space", "backup_unwritable"}


def fill_disk(size: int) -> None:
    """Every write beyond this place in a file fails; Python ignores the signal that comes of it."""
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))


def make_room() -> None:
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def during(
    owner: Any, name: str, first: Callable[[], None], last: Callable[[], None] = lambda: None
) -> AbstractContextManager[None]:
    """Do something just before and just after a function of the product."""
    own = getattr(owner, name)

    def both(*arguments: Any, **named: Any) -> Any:
        first()
        answer = own(*arguments, **named)
        last()
        return answer

    return patch.object(owner, name, both)


def nothing() -> None:
    pass


def send(home: Home) -> None:
    Store(home, now).submit(LOCAL, *map(numbered, range(KEPT, KEPT + SENT)))


Hooks = list[AbstractContextManager[None]]


def stage(_: Home, room: int) -> Hooks:
    return [
        during(opening, "secret_in", lambda: fill_disk(room)),
        during(opening, "record", make_room),
    ]


def commit(_: Home, room: int) -> Hooks:
    return [
        during(opening, "record", nothing, lambda: fill_disk(room)),
        during(ledger, "append", make_room),
    ]


def ledger_line(home: Home, room: int) -> Hooks:
    limit = size(home.ledger) + room
    return [during(ledger, "append", lambda: fill_disk(limit), make_room)]


def checkpoint(home: Home, room: int) -> Hooks:
    limit = size(home.store) + room
    return [during(recovery, "remember", nothing, lambda: fill_disk(limit))]


def upload(home: Home, hooks: Hooks) -> None:
    with ExitStack() as stack:
        for hook in hooks:
            stack.enter_context(hook)
        send(home)


def backup(home: Home, room: int) -> None:
    with locked(home):
        fill_disk(room)
        write_backup(home, NOW)


def erase(home: Home, room: int) -> None:
    with during(erasure, "write_anew", lambda: fill_disk(room)):
        erasure.erase(LOCAL, home, "gone", by="x", because="y", at=NOW)


def restore(home: Home, room: int) -> None:
    with locked(home):
        chosen = write_backup(home, NOW, home.folder.parent / "elsewhere")
    fill_disk(room)
    put_back(LOCAL, home, chosen.folder, at=NOW)


STEPS: dict[str, Callable[[Home, int], None]] = {
    "stage": lambda home, room: upload(home, stage(home, room)),
    "commit": lambda home, room: upload(home, commit(home, room)),
    "ledger": lambda home, room: upload(home, ledger_line(home, room)),
    "checkpoint": lambda home, room: upload(home, checkpoint(home, room)),
    "backup": backup,
    "erase": erase,
    "restore": restore,
}


def through(folder: Path, step: str, room: int) -> tuple[str, str]:
    """An act with the disk full at one step; then, in the same process, all again with room for it.

    The fault that was told, and what was wrong, "" when nothing was: no acknowledged upload is gone,
    and the same sent again is there once.
    """
    store, home = made(folder / "home", KEPT), Home(folder / "home")
    extra = numbered(999)
    store.submit(LOCAL, type(extra)(**{**extra.__dict__, "submission": "gone"}))
    code = _told(lambda: STEPS[step](home, room))
    return code, _wrong(store, home, acknowledged=not code and step in UPLOADS)


def _wrong(store: Store, home: Home, *, acknowledged: bool) -> str:
    erasure.erase(LOCAL, home, "gone", by="x", because="y", at=NOW)
    found = stored(store)
    if not expected(KEPT).items() <= found.items():
        return "an acknowledged upload is gone"
    if acknowledged and len(found) < KEPT + SENT:
        return "acknowledged and not stored"
    send(home)
    backup(home, _unlimited())
    if stored(store) != expected(KEPT + SENT):
        return "sent again, it is not there once"
    return " ".join(fault.code for fault in inspect(LOCAL, home).faults)


def _unlimited() -> int:
    return resource.getrlimit(resource.RLIMIT_FSIZE)[1]


def _told(act: Callable[[], None]) -> str:
    try:
        act()
    except Fault as fault:
        return fault.code
    finally:
        make_room()
    return ""
