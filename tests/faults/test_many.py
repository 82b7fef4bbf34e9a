"""The great numbers of each fault, with its count printed: run by make check alone."""

from __future__ import annotations

import itertools
import os
import random
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from inquiries import ledger, recovery
from inquiries.actor import LOCAL
from inquiries.backup import read_backup, write_backup
from inquiries.home import Home
from inquiries.inspection import inspect
from inquiries.locking import locked
from inquiries.restoring import put_back
from inquiries.store import Store
from tests.faults import full, harm
from tests.faults.children import Child, as_nobody, in_child
from tests.faults.kills import uploads_killed
from tests.faults.uploads import NOW, code_of, counts_of, expected, made, now, numbered, stored

pytestmark = pytest.mark.long
SEED = 20201122


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return harm.sound_home(tmp_path_factory.mktemp("whole") / "home")


def test_kills_during_uploads(tmp_path: Path) -> None:
    told = uploads_killed(tmp_path, kills=300, seed=SEED)
    print(f"\nkill -9 during uploads (seed {SEED}): {told}")
    assert told.kills == 300
    assert (told.lost, told.half, told.double) == (0, 0, 0)
    assert told.acknowledged > 200 and told.in_doubt > 0


def test_full_disks(tmp_path: Path) -> None:
    rooms = {
        "stage": (0, 4096, 65536),
        "commit": (0, 64, 1000, 4096, 12000, 20000),
        "ledger": (0, 1, 64, 500, 4096, 40000),
        "checkpoint": (-4096, 0, 64, 4096, 65536, 262144),
        "backup": (0, 64, 4096, 262144),
        "erase": (0, 64, 4096, 300000),
        "restore": (0, 64, 4096, 262144),
    }
    told: Counter[tuple[str, str]] = Counter()
    wrong = []
    for step, sizes in rooms.items():
        for room in sizes:
            place = tmp_path / f"{step}-{room}"
            code, found = in_child(full.through, place, step, room)
            told[step, code] += 1
            wrong += [(step, room, code, found)] if found or code not in full.TOLD else []
            shutil.rmtree(place)
    print(f"\nfull disks: {sum(told.values())} tried, {len(wrong)} wrong; told: {dict(told)}")
    assert wrong == []
    assert told["commit", "store_no_space"] and told["ledger", "store_no_space"]


def test_torn_logs(whole: Home, tmp_path: Path) -> None:
    draw = random.Random(SEED)
    found: Counter[tuple[str, int]] = Counter()
    for home in harm.copies(whole, tmp_path, 100):
        shutil.rmtree(home.backups)
        (log,) = recovery.logs_of(home.store)
        harm.cut(log, draw)
        seen = harm.seen(home)
        assert seen.wrong == 0
        assert seen.missing == 0 or seen.fault == "store_behind"
        found[seen.fault, seen.missing] += 1
    print(
        f"\ntorn logs: 100 cut, each opened where an act ends; fault and acts missing: {dict(found)}"
    )
    assert sum(found.values()) == 100


def older(home: Home, whole: Home, _: random.Random) -> None:
    """The store as it was before the newest acts, without its log."""
    for log in recovery.logs_of(home.store):
        log.unlink()


def cut_ledger(home: Home, _: Home, draw: random.Random) -> None:
    lines, _torn = ledger.whole_lines(home.ledger)
    kept = draw.randrange(len(lines) - 1)
    home.ledger.write_text("".join(f"{line}\n" for line in lines[:kept]))


def edited_ledger(home: Home, _: Home, draw: random.Random) -> None:
    harm.flip(home.ledger, draw)


def lost_line(home: Home, _: Home, draw: random.Random) -> None:
    lines, _torn = ledger.whole_lines(home.ledger)
    del lines[draw.randrange(len(lines) - 1)]
    home.ledger.write_text("".join(f"{line}\n" for line in lines))


def no_ledger(home: Home, _: Home, __: random.Random) -> None:
    home.ledger.unlink()


def test_removed_logs_older_files_and_edited_ledgers(whole: Home, tmp_path: Path) -> None:
    draw = random.Random(SEED)
    harms = [older, cut_ledger, edited_ledger, lost_line, no_ledger] * 4
    noticed: Counter[str] = Counter()
    for deed, home in zip(harms, harm.copies(whole, tmp_path, len(harms)), strict=True):
        deed(home, whole, draw)
        seen = harm.seen(home)
        assert seen.wrong == 0 and seen.fault, deed.__name__
        noticed[seen.fault] += 1
    print(
        f"\nlogs removed, older stores, cut and edited ledgers: {len(harms)} tried, noticed {dict(noticed)}"
    )
    assert sum(noticed.values()) == 20


def test_damaged_bytes(whole: Home, tmp_path: Path) -> None:
    draw = random.Random(SEED)
    found: Counter[tuple[str, str]] = Counter()
    slowest = 0.0
    for number, home in enumerate(harm.copies(whole, tmp_path, 160)):
        where = "file" if number < 100 else "log"
        harm.flip(home.store if where == "file" else recovery.logs_of(home.store)[0], draw)
        seen = harm.seen(home)
        assert (seen.wrong, seen.missing) == (0, 0)
        found[where, seen.fault] += 1
        started = time.monotonic()
        if seen.fault:
            (chosen,) = home.backups.glob("*/manifest.json")
            put_back(LOCAL, home, chosen.parent, at=NOW)
        slowest = max(slowest, time.monotonic() - started)
        assert code_of(lambda: Store(home, now).submit(LOCAL, numbered(99))) == ""  # noqa: B023
        assert len(stored(Store(home))) == harm.IN_FILE + harm.IN_LOG + 1
    print(
        f"\ndamaged bytes: 100 in the file, 60 in the log, 0 wrong figures, {dict(found)}, slowest restore {slowest:.1f} s"
    )


def upload_until(home: Home, stop: Path) -> Iterator[str]:
    store = Store(home, now)
    for number in itertools.takewhile(lambda _: not stop.exists(), itertools.count()):
        store.submit(LOCAL, numbered(number))
        yield str(number)


def test_backups_under_load_and_restore(tmp_path: Path) -> None:
    made(tmp_path / "home")
    home = Home(tmp_path / "home")

    child = Child(upload_until, home, tmp_path / "stop")
    listener = threading.Thread(target=child.hear)
    listener.start()
    backups = []
    for count in range(20):
        known = len(child.lines)
        with locked(home):
            backups.append((known, write_backup(home, NOW + timedelta(seconds=count))))
        time.sleep(0.3)
    (tmp_path / "stop").touch()
    listener.join()
    total = len(child.ended())
    slowest = 0.0
    for known, one in reversed(backups):
        started = time.monotonic()
        put_back(LOCAL, home, one.folder, because="a drill", at=NOW)
        slowest = max(slowest, time.monotonic() - started)
        assert known <= len(stored(Store(home))) == one.place - 1
        assert stored(Store(home)) == expected(one.place - 1)
        assert inspect(LOCAL, home).faults == []
    print(
        f"\nbackups while {total} uploads came in: 20 of 20 as the store was, slowest restore {slowest:.1f} s"
    )
    assert total > 20


def test_the_restore_drill_on_the_sample_figures(own_home: Path) -> None:
    home = Home(own_home)
    with locked(home):
        chosen = write_backup(home, NOW)
    home.store.write_bytes(b"damaged")
    started = time.monotonic()
    put_back(LOCAL, home, read_backup(chosen.folder).folder, at=NOW)
    seconds = time.monotonic() - started
    assert inspect(LOCAL, home).faults == []
    megabytes = home.store.stat().st_size / 1e6
    print(
        f"\nrestore drill: {megabytes:.0f} MB of store and {chosen.place} acts back in {seconds:.1f} s"
    )
    assert seconds <= 60


def upload(home: Home, numbers: range) -> Iterator[str]:
    for number in numbers:
        store = Store(home, now)
        yield code_of(partial(store.submit, LOCAL, numbered(number))) or "ok"


def test_eight_uploaders_on_one_month(tmp_path: Path) -> None:
    made(tmp_path)
    home = Home(tmp_path)
    each, uploaders = 25, 8

    numbers = range(0, 12 * each * uploaders, 12)
    children = [Child(upload, home, numbers[own::uploaders]) for own in range(uploaders)]
    told = Counter(line for child in children for line in child.ended())
    store = Store(home)
    in_force = store.months_in_force(LOCAL, "prove")
    state = Counter(store.submissions(LOCAL)["state"])
    print(f"\n{uploaders} uploaders x {each} on one month: {dict(told)}, {dict(state)}")
    assert set(told) <= {"ok", "store_busy"} and sum(told.values()) == each * uploaders
    assert state["in_force"] == len(in_force) == 1
    assert sum(state.values()) == told["ok"]
    assert store.submissions(LOCAL)["submission"][0] == in_force["submission"][0]
    assert inspect(LOCAL, home).faults == []


def test_a_hundred_jumps_back_and_forth(tmp_path: Path) -> None:
    store, draw = made(tmp_path), random.Random(SEED)
    numbers = [12 * turn for turn in range(10)]
    for number in numbers:
        store.submit(LOCAL, numbered(number))
    standing = set(numbers)
    recorded = {
        facts["subject"]: facts["rows"]
        for facts in map(ledger.read, ledger.whole_lines(Home(tmp_path).ledger)[0])
        if "rows" in facts
    }
    history = 0
    for _ in range(100):
        number = draw.choice(numbers)
        deed = store.withdraw if number in standing else store.restore
        standing ^= {number}
        deed(LOCAL, f"s{number}", "a jump")
        found = store.counts_by_month(LOCAL, "prove", "a")
        wanted = [sum(counts_of(max(standing)))] if standing else []
        assert list(found["count"]) == wanted
        assert len(store.submissions(LOCAL)) == len(numbers)
        length = len(ledger.whole_lines(Home(tmp_path).ledger)[0])
        assert length > history
        history = length
    assert inspect(LOCAL, Home(tmp_path)).faults == []
    print(
        f"\n100 jumps over {len(numbers)} submissions: each month as recorded, {len(recorded)} fingerprints equal, history never shorter"
    )


JUMPS = [
    NOW - timedelta(days=1),
    NOW + timedelta(days=400),
    datetime(2026, 10, 25, 2, 30),
    datetime(2026, 10, 25, 2, 30),
    datetime(2026, 3, 29, 1, 59),
    datetime(2026, 3, 29, 3, 0),
    datetime(2026, 12, 31, 23, 59, 59),
    datetime(2027, 1, 1),
    datetime(2024, 2, 29),
    datetime(1970, 1, 1),
    datetime(2099, 12, 31),
    NOW,
]


# What may not be written or read by the user who runs the program, and what he is told; nothing
# when the program can do without.
KEPT_FROM_US = [
    ("store/inquiries.duckdb", 0o444, "store_no_access"),
    ("store/inquiries.duckdb", 0o000, "store_no_access"),
    ("store", 0o555, "store_no_access"),
    ("store/inquiries.duckdb.lock", 0o000, "store_no_access"),
    ("ledger/ledger.jsonl", 0o444, "store_no_access"),
    ("ledger/ledger.jsonl", 0o000, "store_no_access"),
    ("ledger", 0o555, ""),
    ("secret/cell-key", 0o000, "secret_damaged"),
    ("secret", 0o000, "secret_damaged"),
    (".", 0o555, "home_not_writable"),
]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="takes another user's place")
def test_files_and_folders_kept_from_us() -> None:
    told = []
    folder = Path(tempfile.mkdtemp(prefix="inquiries-nobody-"))
    folder.chmod(0o755)
    for number, (place, mode, _) in enumerate(KEPT_FROM_US):
        home = harm.kept_from_us(folder / str(number), place, mode)
        store = Store(home, now)
        told.append(in_child(as_nobody, code_of, partial(store.submit, LOCAL, numbered(1))))
        harm.given_back(home, place)
        assert stored(store).items() >= expected(1).items(), place
        store.submit(LOCAL, numbered(1))
        assert stored(store) == expected(2), place
    shutil.rmtree(folder)
    print(f"\nno access: {len(told)} tried, {sum(map(bool, told))} told, lost 0, doubled 0")
    assert told == [code for _, _, code in KEPT_FROM_US]


def test_clock_jumps(tmp_path: Path) -> None:
    made(tmp_path)
    home = Home(tmp_path)
    for turn, moment in enumerate(JUMPS):
        store = Store(home, lambda: moment)  # noqa: B023
        store.submit(LOCAL, numbered(12 * turn))
        with locked(home):
            write_backup(home, moment)
        newest = [f"s{12 * one}" for one in range(turn, -1, -1)]
        assert list(store.submissions(LOCAL)["submission"]) == newest
        assert list(store.counts_by_month(LOCAL, "prove", "a")["count"]) == [
            sum(counts_of(12 * turn))
        ]
    lines = [ledger.read(line) for line in ledger.whole_lines(home.ledger)[0]]
    assert [line["sequence"] for line in lines] == list(range(1, len(JUMPS) + 2))
    assert inspect(LOCAL, home).faults == []
    home.store.unlink()
    assert len(stored(Store(home))) == len(JUMPS)
    print(f"\nclock jumps: {len(JUMPS)}, order, newest, ledger and newest backup unchanged")
