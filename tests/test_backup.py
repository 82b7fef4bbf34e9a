"""Backups: whole, proven, without the secret; and put back with nothing deleted and nothing undone unsaid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from inquiries import ledger, recovery
from inquiries.actor import LOCAL, Actor
from inquiries.backup import LEDGER, STORE, Backup, back_up_if_new, backups, problems, write_backup
from inquiries.faults import Fault, Forbidden
from inquiries.home import Home
from inquiries.inspection import inspect
from inquiries.locking import locked
from inquiries.restoring import put_back
from inquiries.store import Store
from inquiries.words import words
from manage import main as command_line
from tests.faults.children import dies, killed_at
from tests.faults.uploads import NOW, code_of, expected, made, numbered, stored

SAY = words("da")
LATER = NOW + timedelta(hours=1)


def backed_up(home: Home, to: Path | None = None) -> Backup:
    with locked(home):
        return write_backup(home, NOW, to)


def codes(home: Home) -> list[str]:
    return [fault.code for fault in inspect(LOCAL, home).faults]


def kinds(home: Home) -> list[str]:
    return [ledger.read(line)["kind"] for line in ledger.whole_lines(home.ledger)[0]]


def test_a_backup_holds_store_ledger_releases_and_policy_and_never_the_secret(
    own_home: Path, tmp_path: Path
) -> None:
    home = Home(own_home)
    home.policy.write_text("policy = 'a test'\n")
    made_one = backed_up(home, tmp_path / "elsewhere")
    names = set(made_one.files)
    assert {STORE, LEDGER, "policy.toml", "published/directory.json"} <= names
    assert sum(name.startswith("published/releases/") for name in names) == 2
    secret = home.secret.read_text().strip()
    for path in filter(Path.is_file, made_one.folder.rglob("*")):
        content = path.read_bytes()
        assert secret.encode() not in content and bytes.fromhex(secret) not in content
    assert made_one in backups(home)


def test_a_backup_is_made_only_when_there_is_something_new(tmp_path: Path) -> None:
    store, home = made(tmp_path, 1), Home(tmp_path)
    with locked(home):
        assert back_up_if_new(home, NOW) is not None
        assert back_up_if_new(home, LATER) is None
    store.submit(LOCAL, numbered(1))
    with locked(home):
        newest = back_up_if_new(home, LATER)
    assert newest is not None and newest == backups(home)[-1]


@pytest.mark.parametrize(
    "kept",
    [lambda home: home.contact_changes, lambda home: home.access],
    ids=["contacts", "access"],
)
def test_what_no_line_of_the_ledger_tells_of_comes_along_and_back(
    tmp_path: Path, kept: Callable[[Home], Path]
) -> None:
    made(tmp_path / "old", 1)
    home, other = Home(tmp_path / "old"), Home(tmp_path / "new")
    with locked(home):
        back_up_if_new(home, NOW)
        kept(home).parent.mkdir()
        kept(home).write_text('{"number": 1}\n')
        newest = back_up_if_new(home, LATER)
        assert newest is not None and back_up_if_new(home, LATER) is None
    other.secret.parent.mkdir(parents=True)
    other.secret.write_bytes(home.secret.read_bytes())
    other.secret.chmod(0o600)
    put_back(LOCAL, other, newest.folder, at=LATER)
    assert kept(other).read_bytes() == kept(home).read_bytes()
    assert stored(Store(other)) == expected(1)
    assert kinds(other)[-1] == "put_back"


def test_nothing_is_made_of_a_store_that_is_not_there(tmp_path: Path) -> None:
    home = Home(tmp_path).prepare()
    assert code_of(lambda: backed_up(home)) == "store_missing"
    assert not home.store.exists()


@pytest.mark.parametrize("name", [STORE, LEDGER])
@pytest.mark.parametrize("harm", ["gone", "altered"])
def test_a_damaged_backup_is_found_and_not_put_back(tmp_path: Path, name: str, harm: str) -> None:
    store, home = made(tmp_path, 1), Home(tmp_path)
    chosen = backed_up(home)
    path = chosen.folder / name
    path.unlink() if harm == "gone" else path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert problems(chosen) == [name]
    assert codes(home) == ["backup_damaged"]
    assert code_of(lambda: put_back(LOCAL, home, chosen.folder, at=LATER)) == "backup_damaged"
    assert stored(store) == expected(1)


def test_a_folder_without_a_backup_is_told(tmp_path: Path) -> None:
    made(tmp_path)
    assert code_of(lambda: put_back(LOCAL, Home(tmp_path), tmp_path, at=LATER)) == (
        "backup_unreadable"
    )


def test_an_older_backup_is_put_back_only_for_a_reason_and_the_ledger_goes_on(
    tmp_path: Path,
) -> None:
    store, home = made(tmp_path, 2), Home(tmp_path)
    chosen = backed_up(home)
    store.submit(LOCAL, numbered(2))
    store.submit(LOCAL, numbered(3))
    assert code_of(lambda: put_back(LOCAL, home, chosen.folder, at=LATER)) == "backup_older"
    assert stored(store) == expected(4)
    done = put_back(LOCAL, home, chosen.folder, because="the newer were wrong", at=LATER)
    assert [ledger.read(line)["subject"] for line in done.undone] == ["s2", "s3"]
    assert (done.aside / home.store.name).exists() and (done.aside / home.ledger.name).exists()
    assert stored(store) == expected(2)
    assert kinds(home) == ["source_added", *["submitted"] * 4, "put_back"]
    store.submit(LOCAL, numbered(2))
    assert stored(store) == expected(3)
    assert codes(home) == []


def damaged(home: Home) -> None:
    home.store.write_bytes(home.store.read_bytes()[:5000])


def gone(home: Home) -> None:
    home.store.unlink()


def cut_ledger(home: Home) -> None:
    lines, _ = ledger.whole_lines(home.ledger)
    home.ledger.write_text("".join(f"{line}\n" for line in lines[:1]))


def scrambled_ledger(home: Home) -> None:
    home.ledger.write_bytes(home.ledger.read_bytes().replace(b'"s1"', b'"s9"'))


@pytest.mark.parametrize("harm", [damaged, gone, cut_ledger, scrambled_ledger])
def test_from_each_state_the_newest_backup_brings_everything_back(
    tmp_path: Path, harm: Callable[[Home], None]
) -> None:
    store, home = made(tmp_path, 1), Home(tmp_path)
    store.submit(LOCAL, numbered(1))
    store.submit(LOCAL, numbered(2))
    chosen = backed_up(home)
    harm(home)
    assert stored(store) == expected(3)
    assert code_of(lambda: store.submit(LOCAL, numbered(3))) != ""
    put_back(LOCAL, home, chosen.folder, at=LATER)
    store.submit(LOCAL, numbered(3))
    assert stored(store) == expected(4)
    assert codes(home) == []
    assert kinds(home) == ["source_added", *["submitted"] * 3, "put_back", "submitted"]


def test_a_store_whose_ledger_was_cut_goes_on_from_a_copy_of_itself(tmp_path: Path) -> None:
    store, home = made(tmp_path, 1), Home(tmp_path)
    store.submit(LOCAL, numbered(1))
    cut_ledger(home)
    chosen = backed_up(home)
    done = put_back(LOCAL, home, chosen.folder, at=LATER)
    assert done.undone == []
    assert stored(store) == expected(2)
    assert codes(home) == []


@pytest.mark.long
@pytest.mark.parametrize("step", ["_continue", "_set_aside", "write_whole", "_publish_missing"])
def test_a_restore_that_is_killed_is_simply_told_again(tmp_path: Path, step: str) -> None:
    store, home = made(tmp_path, 3), Home(tmp_path)
    chosen = backed_up(home)
    store.submit(LOCAL, numbered(3))
    restore = partial(put_back, LOCAL, home, chosen.folder, because="a drill", at=LATER)
    dies(killed_at, f"inquiries.restoring.{step}", restore)
    restore()
    assert stored(store) == expected(3)
    assert codes(home) == []


def test_what_is_missing_or_altered_of_the_releases_comes_back_and_a_recalled_one_does_not(
    own_home: Path,
) -> None:
    home = Home(own_home)
    chosen = backed_up(home)
    (release,) = home.releases.glob("*.duckdb")
    whole = release.read_bytes()
    release.write_bytes(whole[:-1])
    home.directory.unlink()
    aside = put_back(LOCAL, home, chosen.folder, at=LATER).aside
    assert release.read_bytes() == whole
    assert (aside / release.name).read_bytes() == whole[:-1]
    assert home.directory.exists()
    release.rename(release.with_suffix(".recalled"))
    chosen = backups(home)[0]
    put_back(LOCAL, home, chosen.folder, because="a drill", at=LATER)
    assert not release.exists()


def test_only_an_administrator_puts_back_and_inspects(tmp_path: Path) -> None:
    home = Home(tmp_path)
    made(tmp_path)
    steward = Actor("anna", frozenset({"reader", "steward"}), ("*",))
    with pytest.raises(Forbidden):
        put_back(steward, home, tmp_path, at=LATER)
    with pytest.raises(Forbidden):
        inspect(steward, home)


def altered(home: Home) -> None:
    connection = recovery.present(home)
    connection.execute("update inquiry_count set count = count + 1 where submission = 's1'")
    connection.close()


def lost(home: Home) -> None:
    connection = recovery.present(home)
    for table in ("inquiry_count", "submission_month", "submission"):
        connection.execute(f"delete from {table} where submission = 's1'")
    connection.close()


@pytest.mark.parametrize(
    ("harm", "code"), [(altered, "submission_altered"), (lost, "submission_lost")]
)
def test_figures_changed_behind_the_programs_back_are_found(
    tmp_path: Path, harm: Callable[[Home], None], code: str
) -> None:
    made(tmp_path, 3)
    harm(Home(tmp_path))
    faults = inspect(LOCAL, Home(tmp_path)).faults
    assert [(fault.code, fault.facts) for fault in faults] == [(code, {"submission": "s1"})]


def test_a_release_nobody_recorded_and_a_recorded_one_that_is_gone_are_found(
    own_home: Path,
) -> None:
    home = Home(own_home)
    (release,) = home.releases.glob("*.duckdb")
    release.rename(release.with_name("2026-01-01-7.duckdb"))
    release.with_suffix(".sha256").rename(release.with_name("2026-01-01-7.sha256"))
    assert codes(home) == ["release_unrecorded", "release_unreadable"]


def test_the_commands_back_up_verify_and_restore(
    own_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("INQUIRIES_HOME", str(own_home))

    def manage(*arguments: str | Path) -> tuple[int, str, str]:
        code = command_line(list(map(str, arguments)))
        return (code, *capsys.readouterr())

    code, told, _ = manage("backup", "--to", tmp_path / "kept")
    (folder,) = (tmp_path / "kept").iterdir()
    acts = len(ledger.whole_lines(Home(own_home).ledger)[0])
    assert (code, told) == (0, SAY("command.backed_up", folder=folder, acts=acts) + "\n")
    code, told, _ = manage("verify")
    assert (code, told.splitlines()[2]) == (0, SAY("command.all_well"))
    Home(own_home).ledger.unlink()
    code, told, _ = manage("verify")
    assert code == 1
    assert told.splitlines()[2:] == [SAY("fault.ledger_cut", number=acts)]
    assert manage("restore", folder)[0] == 0
    assert manage("verify")[0] == 0
    assert manage("restore", tmp_path)[0] == 2


def test_health_asks_the_store_and_says_one_word_when_it_cannot_be_trusted(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from starlette.requests import Request

    import app

    def health() -> tuple[int, bytes]:
        answer = app.health(Request({"type": "http"}))
        return answer.status_code, bytes(answer.body)

    monkeypatch.setenv("INQUIRIES_HOME", str(own_home))
    monkeypatch.delenv("INQUIRIES_EDITION", raising=False)
    assert health() == (200, b"ok")
    damaged(Home(own_home))
    assert health() == (503, b"store_damaged")
    monkeypatch.setenv("INQUIRIES_EDITION", "reader")
    assert health() == (200, b"ok")


def test_a_lost_secret_hides_no_other_fault(tmp_path: Path) -> None:
    made(tmp_path, 2)
    home = Home(tmp_path)
    scrambled_ledger(home)
    home.secret.unlink()
    assert codes(home) == ["ledger_differs", "secret_lost"]


def test_a_fault_names_no_figure(tmp_path: Path) -> None:
    store, home = made(tmp_path, 2), Home(tmp_path)
    damaged(home)
    with pytest.raises(Fault) as fault:
        store.submit(LOCAL, numbered(2))
    assert set(fault.value.facts) == {"file", "folder"}
