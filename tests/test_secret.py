"""The secret: made once, for its owner alone, and never exchanged under figures it has protected."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from inquiries.actor import LOCAL
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.secret import copy_secret, mark, secret_of
from inquiries.store import Store
from tests.keyed import OTHER

posix_only = pytest.mark.skipif(os.name != "posix", reason="file modes are a matter of POSIX")


def fault_code(home: Home, known: str | None) -> str:
    with pytest.raises(Fault) as fault:
        secret_of(home, known)
    return fault.value.code


def test_the_secret_is_made_once_and_long(tmp_path: Path) -> None:
    home = Home(tmp_path)
    secret = secret_of(home, None)
    assert len(secret) == 32
    assert secret_of(home, mark(secret)) == secret


@posix_only
def test_the_secret_is_for_its_owner_alone(tmp_path: Path) -> None:
    home = Home(tmp_path)
    secret_of(home, None)
    assert stat.S_IMODE(home.secret.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.secret.parent.stat().st_mode) == 0o700


@posix_only
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o666])
def test_a_secret_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    home = Home(tmp_path)
    secret_of(home, None)
    home.secret.chmod(mode)
    assert fault_code(home, None) == "secret_open"


@pytest.mark.parametrize("content", ["", "ab", "xyz", "00" * 31, "00" * 33, "\0"])
def test_a_damaged_secret_is_refused(tmp_path: Path, content: str) -> None:
    home = Home(tmp_path)
    secret_of(home, None)
    home.secret.write_text(content)
    assert fault_code(home, None) == "secret_damaged"


def test_a_lost_secret_is_not_made_anew_under_the_same_figures(tmp_path: Path) -> None:
    home = Home(tmp_path)
    known = mark(secret_of(home, None))
    home.secret.unlink()
    assert fault_code(home, known) == "secret_lost"
    assert not home.secret.exists()


def test_a_second_secret_over_the_same_store_is_refused(tmp_path: Path) -> None:
    home = Home(tmp_path)
    store = Store(home)
    store.secret(LOCAL)
    home.secret.write_text(OTHER)
    with pytest.raises(Fault) as fault:
        store.secret(LOCAL)
    assert fault.value.code == "secret_other"


def test_no_fault_or_mark_tells_the_secret(tmp_path: Path) -> None:
    home = Home(tmp_path)
    secret = secret_of(home, None)
    home.secret.write_text(OTHER)
    with pytest.raises(Fault) as fault:
        secret_of(home, mark(secret))
    told = f"{fault.value} {fault.value.facts} {mark(secret)}"
    assert secret.hex() not in told
    assert OTHER not in told


def test_the_secret_is_backed_up_to_a_new_file_of_its_owners_and_never_over_another(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path / "home")
    secret = secret_of(home, None)
    target = tmp_path / "copy"
    copy_secret(home, target)
    assert bytes.fromhex(target.read_text()) == secret
    assert os.name != "posix" or stat.S_IMODE(target.stat().st_mode) == 0o600
    with pytest.raises(Fault) as fault:
        copy_secret(home, target)
    assert fault.value.code == "file_unwritable"


def test_the_secret_is_nowhere_in_the_store_or_the_releases(home: Path) -> None:
    secret = (home / "secret" / "cell-key").read_text("ascii").strip()
    kept = [path for path in home.rglob("*") if path.is_file() and path.parent.name != "secret"]
    assert kept
    for path in kept:
        content = path.read_bytes()
        assert secret.encode() not in content, path
        assert bytes.fromhex(secret) not in content, path
