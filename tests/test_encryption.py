"""Exact figures under a key: no byte of them readable on the disk, and a wrong key is one sentence and never damage."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import duckdb
import pytest

from inquiries import encrypting, engine, erasure, opening, originals, recovery
from inquiries.actor import LOCAL
from inquiries.backup import Backup, back_up_if_new, newest_good, write_backup
from inquiries.encrypting import encrypt, unprotected
from inquiries.faults import Fault
from inquiries.filing import Reporter
from inquiries.home import Home
from inquiries.inspection import inspect
from inquiries.locking import locked
from inquiries.restoring import put_back
from inquiries.store import Store
from inquiries.words import words
from manage import main as command_line
from tests.faults import harm
from tests.faults.children import die, dies, killed_at
from tests.faults.uploads import NOW, SOURCE, code_of, expected, now, numbered, stored
from tests.keyed import KEY, OTHER, key_file

SAY = words("da")
Filled = Callable[[Home], Store]
LATER = NOW + timedelta(hours=1)
COUNTS = [1_593_571_357 + 1_001 * place for place in range(5)]
# A reporter's name, a label and a count, as they stand in a file that is not encrypted.
NAMES = {b"Aabenraa", b"in_person"}
MARKS = NAMES | {COUNTS[2].to_bytes(4, "little")}


def made(home: Home) -> Home:
    """A store with three submissions, of a reporter whose name is a mark."""
    store = Store(home, now)
    store.add_source(LOCAL, replace(SOURCE, reporters=(Reporter("a", "Aabenraa", "Aabenraa"),)))
    store.submit(LOCAL, *map(numbered, range(3)))
    return home


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Home]:
    """Such a store with a key and one without, never written to."""
    folder = tmp_path_factory.mktemp("kept")
    keys = {True: key_file(folder / "keys"), False: None}
    return {keyed: made(Home(folder / str(keyed), key)) for keyed, key in keys.items()}


@pytest.fixture
def fill(kept: dict[bool, Home]) -> Filled:
    """Put such a store where a home has none yet."""

    def filled(home: Home) -> Store:
        shutil.copytree(kept[home.key_file is not None].folder, home.folder)
        return Store(home, now)

    return filled


def send_marked_and_die(home: Home) -> None:
    """Leaves its log beside the store."""
    marked = numbered(99)
    marked.rows["count"] = COUNTS
    with opening.opened(home):
        Store(home, now).submit(LOCAL, marked)
        die()


def files(home: Home) -> dict[Path, bytes]:
    """Every file under the home but the lock."""
    found = (path for path in home.folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {path: path.read_bytes() for path in found}


def figures(home: Home) -> dict[Path, bytes]:
    """The same without the trail, which tells of what was tried in vain, and the secret of its seals."""
    told = (home.audit, home.secret.parent)
    return {path: content for path, content in files(home).items() if path.parent not in told}


def readable(home: Home) -> set[bytes]:
    """The marks that stand in any file under the home."""
    return {mark for mark in MARKS for content in files(home).values() if mark in content}


def backed_up(home: Home, to: Path | None = None) -> Backup:
    with locked(home):
        return write_backup(home, NOW, to)


def codes(home: Home) -> list[str]:
    return [fault.code for fault in inspect(LOCAL, home).faults]


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return key_file(tmp_path / "keys")


@pytest.fixture
def other(tmp_path: Path) -> Path:
    return key_file(tmp_path / "keys", OTHER, "other-key")


@pytest.fixture
def home(tmp_path: Path, key: Path) -> Home:
    return Home(tmp_path / "home", key)


@pytest.fixture
def plain(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", None)


# What lies on the disk


@pytest.mark.long
@pytest.mark.parametrize("is_keyed", [True, False])
def test_no_name_label_or_count_can_be_read_in_store_log_backup_or_what_is_set_aside(
    fill: Filled, tmp_path: Path, key: Path, is_keyed: bool
) -> None:
    home = Home(tmp_path / "home", key if is_keyed else None)
    store = fill(home)
    dies(send_marked_and_die, home)
    assert recovery.logs_of(home.store)
    assert readable(home) == (set() if is_keyed else MARKS)
    assert stored(store)[99] == COUNTS
    chosen = backed_up(home)
    put_back(LOCAL, home, chosen.folder, at=LATER)
    assert (
        len(list(home.folder.rglob("*.duckdb"))) == 3
    )  # the store, the backup, and what was set aside
    # In a store closed in peace a count is packed with others, and is no mark any more.
    assert readable(home) & NAMES == (set() if is_keyed else NAMES)
    assert codes(home) == []


def test_the_ledger_holds_no_value_whether_encrypted_or_not(fill: Filled, plain: Home) -> None:
    fill(plain)
    dies(send_marked_and_die, plain)
    told = plain.ledger.read_bytes()
    assert not any(mark in told for mark in MARKS | {str(COUNTS[2]).encode()})


def test_the_key_is_in_no_file_error_or_answer_of_the_engine(
    fill: Filled, home: Home, other: Path
) -> None:
    fill(home)
    backed_up(home)
    assert not any(KEY.encode() in content for content in files(home).values())
    with pytest.raises(Fault) as fault:
        Store(replace(home, key_file=other)).sources(LOCAL)
    assert OTHER not in f"{fault.value!r} {fault.value.__cause__!r}"
    with pytest.raises(duckdb.Error) as error:
        engine.connect(home.folder / "no folder" / "store", key=KEY)
    assert KEY not in str(error.value)
    connection = engine.connect(home.store, key=KEY)
    for told in ("duckdb_databases()", "duckdb_settings()"):
        assert KEY not in str(connection.execute(f"from {told}").fetchall())
    connection.close()


@pytest.mark.parametrize(
    "escape",
    [
        "select * from read_csv('/etc/passwd')",
        "copy source to 'out.csv'",
        "attach 'other.duckdb'",
        "install json",
        "load 'other.duckdb_extension'",
        "set enable_external_access = true",
        "set temp_file_encryption = false",
        "select * from read_text('http://127.0.0.1:9/')",
        "select * from '/etc/passwd'",
    ],
)
def test_a_question_of_an_encrypted_store_reaches_nothing_else_either(
    fill: Filled, home: Home, escape: str
) -> None:
    fill(home)
    connection = engine.connect(home.store, key=KEY)
    with pytest.raises(duckdb.Error, match=r"disabled|locked|Permission|does not exist"):
        connection.execute(escape)
    connection.close()


def test_a_library_that_its_makers_did_not_sign_is_not_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered = tmp_path / "httpfs.duckdb_extension"
    altered.write_bytes(engine.cipher().read_bytes().replace(b"libcurl", b"libcurm", 1))
    monkeypatch.setattr(engine, "cipher", lambda: altered)
    with pytest.raises(duckdb.Error, match="signature"):
        engine.connect(tmp_path / "x", key=KEY)


# Which key


def unsafe(folder: Path, mode: int) -> Path:
    return key_file(folder / "keys", mode=mode)


UNFIT: dict[str, tuple[Callable[[Path], Path], str]] = {
    "missing": (lambda folder: folder / "keys" / "none", "store_key_unreadable"),
    "a folder": (lambda folder: folder, "store_key_unreadable"),
    "empty": (lambda folder: key_file(folder / "keys", ""), "store_key_short"),
    "31 characters": (lambda folder: key_file(folder / "keys", KEY[:31]), "store_key_short"),
    "two lines": (lambda folder: key_file(folder / "keys", f"{KEY}\n{KEY}"), "store_key_short"),
    "not text": (lambda folder: key_file(folder / "keys", f"{KEY}\x00"), "store_key_short"),
    "one character": (lambda folder: key_file(folder / "keys", "7" * 64), "store_key_sample"),
    "counted": (
        lambda folder: key_file(folder / "keys", "0123456789abcdef" * 4),
        "store_key_sample",
    ),
    "a word": (lambda folder: key_file(folder / "keys", f"change-me-{KEY}"), "store_key_sample"),
    "for the group": (lambda folder: unsafe(folder, 0o640), "store_key_open"),
    "for all": (lambda folder: unsafe(folder, 0o604), "store_key_open"),
    "in the home": (lambda folder: key_file(folder / "home"), "store_key_inside"),
    "in the store": (lambda folder: key_file(folder / "home" / "store"), "store_key_inside"),
    "in a backup": (lambda folder: key_file(folder / "home" / "backup" / "x"), "store_key_inside"),
}


@pytest.mark.parametrize(
    ("name", "is_new"),
    # A home with a backup is not new.
    [(name, new) for name in UNFIT for new in (True, False) if not new or name != "in a backup"],
)
def test_a_key_that_is_not_fit_opens_makes_and_changes_nothing(
    fill: Filled, tmp_path: Path, home: Home, name: str, is_new: bool
) -> None:
    if not is_new:
        fill(home)
    find, code = UNFIT[name]
    unfit = replace(home, key_file=find(tmp_path)).prepare()
    before = figures(unfit)
    with pytest.raises(Fault) as fault:
        Store(unfit, now).submit(LOCAL, numbered(5))
    assert fault.value.code == code
    assert KEY[:31] not in f"{fault.value!r} {SAY(f'fault.{code}', **fault.value.facts)}"
    assert figures(unfit) == before


@pytest.mark.parametrize(
    ("is_named", "code"), [(True, "store_key_other"), (False, "store_key_missing")]
)
def test_another_key_and_none_are_told_in_one_sentence_and_not_taken_for_damage(
    fill: Filled,
    home: Home,
    other: Path,
    is_named: bool,
    code: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fill(home)
    backed_up(home)
    dies(send_marked_and_die, home)
    wrong = replace(home, key_file=other if is_named else None)
    before, sentence = figures(home), SAY(f"fault.{code}", file=str(home.store))
    store = Store(wrong, now)
    for deed in (store.trouble, store.require_sound, partial(store.sources, LOCAL)):
        assert code_of(deed) == code
    monkeypatch.setenv("INQUIRIES_HOME", str(home.folder))
    monkeypatch.setenv("INQUIRIES_STORE_KEY_FILE", str(wrong.key_file or ""))
    assert command_line(["run", "--port", "0"]) == 2
    assert capsys.readouterr().err == f"{sentence}\n"
    assert command_line(["verify"]) == 1
    assert sentence in capsys.readouterr().out
    assert figures(home) == before
    assert stored(Store(home)).keys() == {0, 1, 2, 99}


def test_whether_figures_are_encrypted_is_said_in_one_line(
    fill: Filled, home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(home)
    monkeypatch.setenv("INQUIRIES_HOME", str(home.folder))
    monkeypatch.setenv("INQUIRIES_STORE_KEY_FILE", str(home.key_file))
    assert command_line(["verify"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == SAY("command.encrypted")
    assert command_line(["backup"]) == 0
    monkeypatch.delenv("INQUIRIES_STORE_KEY_FILE")
    monkeypatch.setenv("INQUIRIES_HOME", str(home.folder.parent / "another"))
    assert command_line(["verify"]) == 0
    assert SAY("command.plain") in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("seed", range(8))
def test_damage_is_told_as_damage_under_the_right_key_and_the_newest_backup_is_read(
    fill: Filled, home: Home, seed: int
) -> None:
    store = fill(home)
    backed_up(home)
    draw = random.Random(seed)
    harm.flip(home.store, draw)
    recovery.forget(home)
    try:
        found = stored(store)
    except Fault:  # what this asking found, the next one is spared
        found = stored(store)
    assert found == expected(3)
    assert store.trouble() is None or code_of(store.require_sound) == "store_damaged"


# From none to one, and from one to another


def test_a_store_is_encrypted_whole_and_what_is_left_in_the_clear_is_named(
    fill: Filled, plain: Home, home: Home
) -> None:
    store = fill(plain)
    dies(send_marked_and_die, plain)
    old = backed_up(plain)
    assert code_of(partial(Store(home).sources, LOCAL)) == "store_not_encrypted"
    told = plain.ledger.read_bytes()
    assert encrypt(LOCAL, home, None, at=LATER) == [old.folder]
    assert stored(Store(home)) == expected(3) | {99: COUNTS}
    assert home.ledger.read_bytes() == told
    assert code_of(partial(store.sources, LOCAL)) == "store_key_missing"
    assert newest_good(home) is not None and codes(home) == ["copy_unprotected"]
    shutil.rmtree(old.folder)
    assert readable(home) == set() and codes(home) == []
    Store(home, now).submit(LOCAL, numbered(3))
    assert encrypt(LOCAL, home, None, at=LATER) == []


def test_a_key_is_changed_and_the_old_one_opens_nothing_more(
    fill: Filled, home: Home, other: Path
) -> None:
    fill(home)
    old = backed_up(home)
    changed = replace(home, key_file=other)
    assert code_of(partial(encrypt, LOCAL, changed, None, at=LATER)) == "store_key_other"
    assert encrypt(LOCAL, changed, home.key_file, at=LATER) == [old.folder]
    assert stored(Store(changed)) == expected(3)
    assert code_of(partial(Store(home).sources, LOCAL)) == "store_key_other"


@pytest.mark.long
@pytest.mark.parametrize(
    "step",
    [
        "engine.rewrite",
        "encrypting._contents",
        "rewriting.flush",
        "encrypting.keep_backup",
        "encrypting.unprotected",
    ],
)
def test_encrypting_that_is_killed_leaves_a_whole_store_and_is_simply_told_again(
    fill: Filled, plain: Home, home: Home, step: str
) -> None:
    fill(plain)
    told = partial(encrypt, LOCAL, home, None, at=LATER)
    dies(killed_at, f"inquiries.{step}", told)
    state = home if engine.is_encrypted(home.store) else plain
    assert stored(Store(state)) == expected(3)
    told()
    assert stored(Store(home)) == expected(3)
    assert readable(home) == set() and codes(home) == []


def test_a_copy_that_does_not_read_as_the_store_does_not_take_its_place(
    fill: Filled, plain: Home, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(plain)
    before = plain.store.read_bytes()
    monkeypatch.setattr(encrypting, "_contents", lambda _, key: key)
    assert code_of(partial(encrypt, LOCAL, home, None, at=LATER)) == "store_copy_differs"
    assert plain.store.read_bytes() == before


def cut_ledger(home: Home) -> None:
    home.ledger.write_text("")


def cut_store(home: Home) -> None:
    home.store.write_bytes(home.store.read_bytes()[:5000])


def lose_store(home: Home) -> None:
    home.store.unlink()


@pytest.mark.parametrize(
    ("befall", "code"),
    [(cut_ledger, "ledger_cut"), (cut_store, "store_damaged"), (lose_store, "store_missing")],
)
def test_a_store_that_may_only_be_read_is_not_encrypted(
    fill: Filled, plain: Home, home: Home, befall: Callable[[Home], None], code: str
) -> None:
    fill(plain)
    befall(plain)
    assert code_of(partial(encrypt, LOCAL, home, None, at=LATER)) == code
    assert engine.is_encrypted(home.store) is not True


def test_nothing_is_encrypted_where_no_key_is_set(fill: Filled, plain: Home) -> None:
    fill(plain)
    assert code_of(partial(encrypt, LOCAL, plain, None, at=LATER)) == "store_key_none"


def test_what_a_killed_process_spilt_in_the_clear_is_removed(
    fill: Filled, plain: Home, home: Home
) -> None:
    fill(plain)
    plain.spill.mkdir()
    (plain.spill / "left.tmp").write_bytes(b"in_person")
    encrypt(LOCAL, home, None, at=LATER)
    assert readable(home) == set()


def test_the_command_encrypts_and_names_what_it_left(
    fill: Filled,
    plain: Home,
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fill(plain)
    old = backed_up(plain)
    monkeypatch.setenv("INQUIRIES_HOME", str(home.folder))
    monkeypatch.setenv("INQUIRIES_STORE_KEY_FILE", str(home.key_file))
    assert command_line(["encrypt"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == [SAY("command.now_encrypted"), SAY("command.still_plain"), str(old.folder)]


# Uploaded files that are kept

FILE = b"maaned;kommune;antal\n2026-08;Aabenraa;7\n"


def keep_files(home: Home) -> Home:
    """A store that keeps the files of its submissions, and has one."""
    made(home).keeping.write_text("original_files = true\n", "utf-8")
    digest = hashlib.sha256(FILE).hexdigest()
    Store(home, now).submit(LOCAL, replace(numbered(7), original=FILE, fingerprint=digest))
    return home


def original(home: Home) -> bytes:
    return Store(home).original(LOCAL, "s7")


def test_a_kept_file_cannot_be_read_on_the_disk_and_comes_back_as_it_was(
    home: Home, other: Path
) -> None:
    chosen = backed_up(keep_files(home))
    assert original(home) == FILE and codes(home) == []
    assert readable(home) == set()
    (path,) = home.originals.iterdir()
    path.unlink()
    put_back(LOCAL, home, chosen.folder, at=LATER)
    assert original(home) == FILE and codes(home) == []
    assert list(home.quarantine.glob("*/originals")) == []
    for wrong, code in ((other, "sealed_unreadable"), (None, "store_key_missing")):
        with pytest.raises(Fault) as fault:
            originals.read(replace(home, key_file=wrong), "s7")
        assert fault.value.code == code
    path.write_bytes(path.read_bytes()[:-1])
    assert codes(home) == ["original_altered"]


@pytest.mark.long
@pytest.mark.parametrize("step", ["rewriting.flush", "originals.write_whole", "encrypting.rmtree"])
def test_kept_files_follow_the_store_from_none_to_a_key_and_to_the_next_one_killed_or_not(
    plain: Home, home: Home, other: Path, step: str
) -> None:
    keep_files(plain)
    changed = replace(home, key_file=other)
    for target, old in ((home, None), (changed, home.key_file)):
        told = partial(encrypt, LOCAL, target, old, at=LATER)
        dies(killed_at, f"inquiries.{step}", told)
        told()
        assert original(target) == FILE
    assert readable(home) == set()
    assert code_of(partial(originals.read, home, "s7")) == "sealed_unreadable"


# Backups and erasure


def test_a_backup_of_another_key_is_told_by_restore_and_verify_and_is_not_relied_on(
    fill: Filled, home: Home, other: Path
) -> None:
    store = fill(home)
    chosen = backed_up(home)
    changed = replace(home, key_file=other)
    encrypt(LOCAL, changed, home.key_file, at=LATER)
    before = figures(changed)
    assert code_of(partial(put_back, LOCAL, changed, chosen.folder, at=LATER)) == "store_key_other"
    assert figures(changed) == before
    assert codes(changed) == ["copy_unprotected"]
    with locked(changed):
        assert newest_good(changed) != chosen and back_up_if_new(changed, LATER) is None
    assert code_of(partial(store.sources, LOCAL)) == "store_key_other"


def test_a_backup_of_an_older_key_is_put_back_under_that_key_and_brought_under_the_new(
    fill: Filled, home: Home, other: Path
) -> None:
    fill(home)
    chosen = backed_up(home)
    changed = replace(home, key_file=other)
    encrypt(LOCAL, changed, home.key_file, at=LATER)
    put_back(LOCAL, home, chosen.folder, at=LATER)
    encrypt(LOCAL, changed, home.key_file, at=LATER + timedelta(hours=1))
    assert stored(Store(changed)) == expected(3)


def test_a_backup_from_before_the_key_is_encrypted_when_it_is_put_back(
    fill: Filled, plain: Home, home: Home
) -> None:
    fill(plain)
    chosen = backed_up(plain)
    encrypt(LOCAL, home, None, at=LATER)
    put_back(LOCAL, home, chosen.folder, at=LATER)
    assert engine.is_encrypted(home.store)
    assert stored(Store(home)) == expected(3)


def test_what_is_erased_is_gone_from_an_encrypted_store_and_found_in_its_backups(
    fill: Filled,
    home: Home,
) -> None:
    fill(home)
    chosen = backed_up(home)
    erased = erasure.erase(LOCAL, home, "s1", by="The officer", because="a request", at=NOW)
    assert erased.files == [chosen.store]
    assert engine.is_encrypted(home.store) and unprotected(home) == []
    assert stored(Store(home)).keys() == {0, 2}
    assert codes(home) == []
