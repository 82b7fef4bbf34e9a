"""Lawful erasure: authorised, complete down to the bytes, with a tombstone, and it survives a restore."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from inquiries import erasure
from inquiries.actor import LOCAL, Actor
from inquiries.backup import write_backup
from inquiries.build import build
from inquiries.faults import Forbidden
from inquiries.filing import Submission
from inquiries.home import Home
from inquiries.inspection import inspect
from inquiries.locking import locked
from inquiries.restoring import put_back
from tests.faults.children import dies, killed_at
from tests.faults.uploads import NOW, code_of, expected, made, numbered, stored

# A label and an id no other row has, so that their bytes can be looked for.
MARK = "qqmarkedchannelqq"


def marked(number: int) -> Submission:
    own = numbered(number)
    return Submission(
        own.source,
        own.reporter,
        own.months,
        own.rows.assign(channel=[f"{MARK}{place}" for place in range(len(own.rows))]),
        own.fingerprint,
        own.submission,
    )


def erase(home: Home, submission: str) -> erasure.Remains:
    return erasure.erase(LOCAL, home, submission, by="The officer", because="a request", at=NOW)


def files_with_mark(home: Home) -> list[Path]:
    return [
        path
        for path in home.folder.rglob("*")
        if path.is_file() and MARK.encode() in path.read_bytes()
    ]


def test_what_is_erased_is_gone_from_every_byte_of_the_store(tmp_path: Path) -> None:
    store, home = made(tmp_path, 2), Home(tmp_path)
    store.submit(LOCAL, marked(2))
    assert home.store in files_with_mark(home)
    assert erase(home, "s2") == erasure.Remains([], [])
    assert files_with_mark(home) == []
    assert stored(store) == expected(2)
    (tombstone,) = store.erasures(LOCAL).to_dict("records")
    assert tombstone == {
        "submission": "s2",
        "source": "prove",
        "reporter": "a",
        "erased_at": pd.Timestamp(NOW),
        "actor": LOCAL.name,
        "authorised_by": "The officer",
        "because": "a request",
        "finished": True,
    }
    assert inspect(LOCAL, home).faults == []


def test_what_stood_before_stands_again_and_the_erased_is_never_stored_anew(
    tmp_path: Path,
) -> None:
    store, home = made(tmp_path, 13), Home(tmp_path)
    erase(home, "s12")
    january = store.counts_by_month(LOCAL, "prove", "a")["count"][0]
    assert january == numbered(0).rows["count"].sum()
    store.submit(LOCAL, numbered(12))
    assert stored(store) == expected(12)


def test_backups_that_still_hold_it_are_named_and_those_that_do_not_are_not(
    tmp_path: Path,
) -> None:
    store, home = made(tmp_path / "home", 2), Home(tmp_path / "home")
    with locked(home):
        write_backup(home, NOW)
    store.submit(LOCAL, marked(2))
    with locked(home):
        held = write_backup(home, NOW, tmp_path / "elsewhere")
        damaged = write_backup(home, NOW)
    damaged.store.write_bytes(b"no store")
    remains = erase(home, "s2")
    assert remains.files == sorted([held.store, damaged.store])
    with locked(home):
        write_backup(home, NOW)
    assert erase(home, "s2").files == remains.files
    held.folder.rename(tmp_path / "unplugged")
    assert held.folder in erase(home, "s2").files


def test_releases_made_from_it_are_named_and_stay(tmp_path: Path) -> None:
    made(tmp_path, 12)
    home = Home(tmp_path)
    identity = build(LOCAL, home, clock=lambda: NOW)
    assert erase(home, "s3").releases == [identity]
    assert (home.releases / f"{identity}.duckdb").exists()
    assert build(LOCAL, home, clock=lambda: NOW) != identity


@pytest.mark.parametrize("step", ["erasure.write_anew", "rewriting.flush"])
def test_an_erasure_that_is_killed_is_told_by_verify_and_finished_when_told_again(
    tmp_path: Path, step: str
) -> None:
    store, home = made(tmp_path, 2), Home(tmp_path)
    store.submit(LOCAL, marked(2))
    told = partial(erasure.erase, LOCAL, home, "s2", by="The officer", because="a request", at=NOW)
    dies(killed_at, f"inquiries.{step}", told)
    assert stored(store) == expected(2)
    assert [fault.code for fault in inspect(LOCAL, home).faults] == ["erasure_unfinished"]
    told()
    assert files_with_mark(home) == []
    assert inspect(LOCAL, home).faults == []


def test_a_backup_put_back_does_not_bring_the_erased_back(tmp_path: Path) -> None:
    store, home = made(tmp_path / "home", 2), Home(tmp_path / "home")
    store.submit(LOCAL, marked(2))
    with locked(home):
        chosen = write_backup(home, NOW, tmp_path / "elsewhere")
    erase(home, "s2")
    put_back(LOCAL, home, chosen.folder, because="a drill", at=NOW)
    assert stored(store) == expected(2)
    assert files_with_mark(home) == []
    (tombstone,) = store.erasures(LOCAL).to_dict("records")
    assert (tombstone["authorised_by"], tombstone["because"]) == ("The officer", "a request")
    assert inspect(LOCAL, home).faults == []


@pytest.mark.parametrize(
    "actor",
    [
        Actor("anna", frozenset({"reader", "steward", "publisher"}), ("*",)),
        Actor("bo", frozenset({"administrator"}), ("prove/b",)),
    ],
    ids=["no administrator", "another's"],
)
def test_only_an_administrator_erases_and_only_in_its_scope(tmp_path: Path, actor: Actor) -> None:
    store, home = made(tmp_path, 1), Home(tmp_path)
    with pytest.raises(Forbidden):
        erasure.erase(actor, home, "s0", by="x", because="y", at=NOW)
    assert stored(store) == expected(1)


@pytest.mark.parametrize(
    ("submission", "by", "because", "code"),
    [
        ("s9", "x", "y", "submission_unknown"),
        ("s0", " ", "y", "reason_missing"),
        ("s0", "x", "", "reason_missing"),
    ],
)
def test_an_erasure_names_a_submission_an_authority_and_a_reason(
    tmp_path: Path, submission: str, by: str, because: str, code: str
) -> None:
    made(tmp_path, 1)
    home = Home(tmp_path)

    def deed() -> None:
        erasure.erase(LOCAL, home, submission, by=by, because=because, at=NOW)

    assert code_of(deed) == code
