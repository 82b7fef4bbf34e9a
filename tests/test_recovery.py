"""Damage, full disks, other programs and lost rights: told in one sentence, nothing lost, reading goes on."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from inquiries import engine, opening, recovery
from inquiries.actor import LOCAL
from inquiries.home import Home
from inquiries.inspection import inspect
from inquiries.locking import locked
from inquiries.starting import start
from inquiries.store import Store
from tests.faults import full, harm
from tests.faults.children import Child, as_nobody, dies, in_child, killed_at
from tests.faults.kills import uploads_killed
from tests.faults.uploads import NOW, code_of, expected, made, now, numbered, stored

root_only = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user"
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return harm.sound_home(tmp_path_factory.mktemp("whole") / "home")


@pytest.fixture
def home(whole: Home, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(whole.folder, tmp_path / "home")))


@pytest.mark.parametrize(
    ("end", "told"),
    [(os.abort, "SIGABRT"), (os.getpid, "exit code 0"), (os.getsid, "exit code 1, .*TypeError")],
)
def test_a_child_that_was_not_killed_shows_nothing_and_says_how_it_ended(
    end: Callable[[], object], told: str
) -> None:
    with pytest.raises(AssertionError, match=f"(?s){told}"):
        dies(end)


def test_kills_during_uploads_lose_nothing_and_retries_double_nothing(tmp_path: Path) -> None:
    told = uploads_killed(tmp_path, kills=5, seed=1)
    assert (told.lost, told.half, told.double) == (0, 0, 0)


def test_a_store_killed_while_it_is_first_made_is_made_again(tmp_path: Path) -> None:
    dies(killed_at, "inquiries.recovery.migrate", made, tmp_path)
    assert not Home(tmp_path).store.exists()
    assert stored(made(tmp_path, 1)) == expected(1)


def test_a_damaged_log_is_kept_and_the_newest_backup_is_read(home: Home) -> None:
    (log,) = recovery.logs_of(home.store)
    harm.flip(log, random.Random(3))
    before = {path: path.read_bytes() for path in (home.store, log)}
    assert harm.seen(home) == harm.Seen(0, 0, "store_damaged")
    assert {path: path.read_bytes() for path in before} == before
    (kept,) = home.quarantine.iterdir()
    assert {path.name for path in kept.iterdir()} == {path.name for path in before}


def test_a_damaged_block_is_found_at_the_start_and_named_by_the_start_and_verify(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made(tmp_path, 60)
    home = Home(tmp_path)
    assert start(home, NOW) is None
    content = bytearray(home.store.read_bytes())
    place = content.index(b"in_person")
    content[place] ^= 1
    home.store.write_bytes(content)
    found = start(home, NOW)
    assert found is not None and found.code == "store_damaged"
    assert [fault.code for fault in inspect(LOCAL, home).faults] == ["store_damaged"]
    assert len(stored(Store(home))) == 60
    content[place] ^= 1
    home.store.write_bytes(content)
    assert inspect(LOCAL, home).faults == []


def test_verify_trusts_a_store_again_that_it_can_read_whole(tmp_path: Path) -> None:
    store, home = made(tmp_path, 1), Home(tmp_path)
    recovery.fault_of(OSError("checksum"), home)
    assert code_of(store.require_sound) == "store_damaged"
    assert inspect(LOCAL, home).faults == []
    store.submit(LOCAL, numbered(1))
    assert stored(store) == expected(2)


@pytest.mark.parametrize("harmed", ["log removed", "log cut"])
def test_acts_that_went_with_the_log_are_missed_by_the_ledger(home: Home, harmed: str) -> None:
    (log,) = recovery.logs_of(home.store)
    if harmed == "log removed":
        log.unlink()
    else:
        log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])
    assert harm.seen(home) == harm.Seen(0, 0, "store_behind")
    shutil.rmtree(home.backups)
    assert harm.seen(home).missing > 0


def test_without_a_backup_what_cannot_be_read_is_said(home: Home) -> None:
    shutil.rmtree(home.backups)
    home.store.write_bytes(b"")
    assert code_of(lambda: Store(home).sources(LOCAL)) == "store_damaged"
    home.store.unlink()
    assert code_of(lambda: Store(home).sources(LOCAL)) == "store_missing"


# A full disk


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("stage", ""),
        ("commit", "store_no_space"),
        ("ledger", "store_no_space"),
        ("checkpoint", ""),
        ("backup", "backup_unwritable"),
        ("erase", "store_no_space"),
        ("restore", "store_no_space"),
    ],
)
def test_a_full_disk_acknowledges_nothing_and_the_same_process_goes_on_when_there_is_room(
    tmp_path: Path, step: str, told: str
) -> None:
    assert in_child(full.through, tmp_path, step, 64) == (told, "")


def test_nothing_is_taken_when_the_disk_is_nearly_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = made(tmp_path, 1)
    monkeypatch.setattr(opening, "SPARE_BYTES", shutil.disk_usage(tmp_path).total)
    assert code_of(lambda: store.submit(LOCAL, numbered(1))) == "store_no_space"
    assert stored(store) == expected(1)


# Other programs, other users


def test_a_store_in_use_is_told_after_waiting(tmp_path: Path) -> None:
    store, home = made(tmp_path, 1), Home(tmp_path)
    with locked(home):
        assert in_child(code_of, partial(opening.trouble, home, 0.2)) == "store_busy"
    assert stored(store) == expected(1)


def hold(path: Path) -> Iterator[str]:
    with engine.connect(path):
        yield "held"
        time.sleep(60)


def test_another_program_with_the_file_open_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, home = made(tmp_path, 1), Home(tmp_path)
    monkeypatch.setattr(recovery, "HELD_SECONDS", 0.2)
    other = Child(hold, home.store)
    other.hear(1)
    assert code_of(lambda: store.submit(LOCAL, numbered(1))) == "store_held"
    assert other.killed() == ["held"]
    store.submit(LOCAL, numbered(1))
    assert stored(store) == expected(2)


@root_only
@pytest.mark.parametrize(
    ("place", "mode", "code"),
    [
        ("store/inquiries.duckdb", 0o444, "store_no_access"),
        ("store/inquiries.duckdb", 0o000, "store_no_access"),
        ("secret/cell-key", 0o000, "secret_damaged"),
        ("secret", 0o000, "secret_damaged"),
    ],
)
def test_what_may_not_be_read_or_written_is_named_and_left_alone(
    place: str, mode: int, code: str
) -> None:
    folder = Path(tempfile.mkdtemp(prefix="inquiries-nobody-"))
    try:
        home = harm.kept_from_us(folder, place, mode)
        before = home.store.read_bytes()
        deed = partial(Store(home, now).submit, LOCAL, numbered(1))
        assert in_child(as_nobody, code_of, deed) == code
        assert home.store.read_bytes() == before
        assert not home.quarantine.exists()
    finally:
        shutil.rmtree(folder)


def test_a_closed_store_is_one_file_with_no_log_beside_it(tmp_path: Path) -> None:
    made(tmp_path, 3)
    kept = sorted(path.name for path in (tmp_path / "store").iterdir())
    assert kept == ["inquiries.duckdb", "inquiries.duckdb.lock"]
