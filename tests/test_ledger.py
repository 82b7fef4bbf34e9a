"""The ledger: written with each act, compared at each opening, and no way to shorten or change it unseen."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from inquiries import ledger, recovery
from inquiries.actor import LOCAL
from inquiries.home import Home
from inquiries.ledger import Act
from inquiries.opening import trouble
from inquiries.store import Store
from tests.faults.children import dies
from tests.faults.kills import killed_in_act
from tests.faults.uploads import NOW, code_of, counts_of, expected, made, numbered, stored

KEY = b"k" * 32


def chain(count: int, key: bytes = KEY) -> list[str]:
    lines: list[str] = []
    for number in range(count):
        last = lines[-1] if lines else None
        lines += ledger.lines_of([Act("submitted", f"s{number}")], last, NOW, key)
    return lines


def test_each_act_has_one_line_with_what_was_done_and_never_a_count_or_a_name(
    tmp_path: Path,
) -> None:
    store = made(tmp_path, 2)
    store.withdraw(LOCAL, "s1", "a reason nobody else should read")
    store.restore(LOCAL, "s1", "another reason")
    lines, torn = ledger.whole_lines(Home(tmp_path).ledger)
    facts = [ledger.read(line) for line in lines]
    assert torn == b""
    assert [(one["sequence"], one["kind"], one["subject"]) for one in facts] == [
        (1, "source_added", "prove"),
        (2, "submitted", "s0"),
        (3, "submitted", "s1"),
        (4, "withdrawn", "s1"),
        (5, "restored", "s1"),
    ]
    assert facts[2]["months"] == "2020-02/2020-02" and facts[2]["body"] == "prove/a"
    known = {
        "sequence",
        "first",
        "at",
        "kind",
        "subject",
        "body",
        "months",
        "rows",
        "previous",
        "seal",
    }
    assert {name for one in facts for name in one} == known
    assert "reason" not in "".join(lines) and LOCAL.name not in "".join(lines)


def test_fingerprints_are_keyed_and_salted_so_that_small_counts_cannot_be_tried(
    tmp_path: Path,
) -> None:
    first, second = made(tmp_path / "one", 1), made(tmp_path / "two", 1)
    seen = [
        (
            store.submissions(LOCAL)["fingerprint"][0],
            json.loads(Home(place).ledger.read_text().splitlines()[-1])["rows"],
        )
        for store, place in ((first, tmp_path / "one"), (second, tmp_path / "two"))
    ]
    assert seen[0][0] != seen[1][0] and seen[0][1] != seen[1][1]
    assert b"file 0" not in Home(tmp_path / "one").store.read_bytes()


def test_a_batch_is_one_transaction_and_all_its_lines_say_where_it_began(tmp_path: Path) -> None:
    store = made(tmp_path)
    store.submit(LOCAL, *map(numbered, range(3)))
    lines, _ = ledger.whole_lines(Home(tmp_path).ledger)
    assert [ledger.read(line)["first"] for line in lines] == [1, 2, 2, 2]


@pytest.mark.parametrize(
    ("tamper", "sound"),
    [
        (lambda lines: lines, 5),
        (lambda lines: lines[1:], 0),
        (lambda lines: [*lines[:2], *lines[3:]], 2),
        (lambda lines: [lines[1], lines[0], *lines[2:]], 0),
        (lambda lines: [*lines[:3], lines[3].replace("s3", "s9"), lines[4]], 3),
        (lambda lines: [*lines[:4], "{}"], 4),
        (lambda lines: [*lines[:4], "not a line"], 4),
        (lambda lines: [*lines[:4], chain(5, b"x" * 32)[4]], 4),
    ],
    ids=[
        "whole",
        "first gone",
        "one gone",
        "two changed places",
        "edited",
        "empty",
        "no line",
        "other key",
    ],
)
def test_only_lines_in_order_and_under_our_key_are_sound(
    tamper: Callable[[list[str]], list[str]], sound: int
) -> None:
    assert ledger.sound(tamper(chain(5)), KEY) == sound


def test_acts_before_a_put_back_stand_no_longer() -> None:
    lines = chain(4)
    lines += ledger.lines_of([Act("put_back", "backup", kept=2)], lines[-1], NOW, KEY)
    assert ledger.undone(lines) == {3, 4}


# Between commit and ledger


@pytest.mark.parametrize(
    "step",
    ["inquiries.opening.record", "inquiries.ledger.append", "inquiries.recovery.remember"],
    ids=["before the commit", "after the commit", "after the ledger"],
)
def test_killed_at_any_step_a_retry_stores_exactly_once(tmp_path: Path, step: str) -> None:
    store = made(tmp_path, 2)
    dies(killed_in_act, step, Home(tmp_path), numbered(2))
    assert trouble(Home(tmp_path)) is None
    assert expected(2).items() <= stored(store).items()
    store.submit(LOCAL, numbered(2))
    assert stored(store) == expected(3)
    assert len(ledger.whole_lines(Home(tmp_path).ledger)[0]) == 4


@pytest.mark.parametrize("part", [1, 40, -2])
def test_a_line_cut_short_is_set_aside_and_written_again_from_the_store(
    tmp_path: Path, part: int
) -> None:
    store = made(tmp_path, 3)
    path = Home(tmp_path).ledger
    whole = path.read_bytes()
    start = whole[:-1].rindex(b"\n") + 1
    path.write_bytes(whole[: start + part] if part > 0 else whole[:part])
    assert stored(store) == expected(3)
    assert path.read_bytes() == whole
    (aside,) = path.parent.glob("torn-*")
    assert whole[start:].startswith(aside.read_bytes())


def test_a_ledger_that_cannot_be_written_is_not_acknowledged_and_a_retry_is(tmp_path: Path) -> None:
    store = made(tmp_path, 1)
    ledger_path = Home(tmp_path).ledger

    def no_space(_: int) -> None:
        raise OSError(28, "No space left on device")

    with patch.object(os, "fsync", no_space):
        assert code_of(lambda: store.submit(LOCAL, numbered(1))) == "store_no_space"
    assert len(ledger.whole_lines(ledger_path)[0]) == 2
    store.submit(LOCAL, numbered(1))
    assert stored(store) == expected(2)
    assert len(ledger.whole_lines(ledger_path)[0]) == 3


# What does not fit


def cut(path: Path) -> None:
    lines, _ = ledger.whole_lines(path)
    path.write_text("".join(f"{line}\n" for line in lines[:-2]))


def edited(path: Path) -> None:
    path.write_text(path.read_text().replace('"s0"', '"s7"'))


def ahead(path: Path) -> None:
    lines, _ = ledger.whole_lines(path)
    path.write_text("".join(f"{line}\n" for line in [*lines, *chain(1)]))


@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        (cut, "ledger_cut"),
        (edited, "ledger_differs"),
        (ahead, "store_behind"),
        (Path.unlink, "ledger_cut"),
    ],
    ids=["cut", "edited", "ahead", "removed"],
)
def test_a_ledger_that_does_not_fit_is_told_and_the_store_is_only_read(
    tmp_path: Path, tamper: Callable[[Path], None], code: str
) -> None:
    store = made(tmp_path, 1)
    store.submit(LOCAL, numbered(1))
    store.submit(LOCAL, numbered(2))
    tamper(Home(tmp_path).ledger)
    changed = Home(tmp_path).ledger.read_bytes() if Home(tmp_path).ledger.exists() else b""
    found = store.trouble()
    assert found is not None and found.code == code
    assert stored(store) == expected(3)
    assert code_of(lambda: store.submit(LOCAL, numbered(3))) == code
    assert code_of(store.require_sound) == code
    assert stored(store) == expected(3)
    assert (Home(tmp_path).ledger.read_bytes() if changed else b"") == changed


def test_lines_written_by_another_hand_in_file_and_store_alike_are_told(tmp_path: Path) -> None:
    store, home = made(tmp_path, 2), Home(tmp_path)
    lines, _ = ledger.whole_lines(home.ledger)
    forged = [*lines[:2], lines[2].replace('"s1"', '"s9"')]
    connection = recovery.present(home)
    connection.execute("update ledger set line = $line where sequence = 3", {"line": forged[2]})
    connection.close()
    home.ledger.write_text("".join(f"{line}\n" for line in forged))
    assert code_of(store.require_sound) == "ledger_unsealed"


def test_an_older_store_put_back_is_told_with_what_it_lacks(tmp_path: Path) -> None:
    store, home = made(tmp_path, 2), Home(tmp_path)
    older = home.store.read_bytes()
    store.submit(LOCAL, numbered(2), numbered(3))
    home.store.write_bytes(older)
    found = store.trouble()
    assert found is not None and (found.code, found.facts) == ("store_behind", {"number": 2})
    assert stored(store) == expected(2)


def test_a_store_that_is_gone_is_not_made_anew_over_its_ledger(tmp_path: Path) -> None:
    store, home = made(tmp_path, 2), Home(tmp_path)
    home.store.unlink()
    assert code_of(lambda: store.sources(LOCAL)) == "store_missing"
    assert not home.store.exists()


# History


def test_history_tells_who_when_which_file_what_and_what_became_of_it(tmp_path: Path) -> None:
    store = made(tmp_path, 14)
    store.withdraw(LOCAL, "s13", "the wrong file")
    found = store.submissions(LOCAL).set_index("submission")
    others = {"s0": "replaced", "s13": "withdrawn"}
    assert found["state"].to_dict() == {f"s{n}": "in_force" for n in range(14)} | others
    newest = found.loc["s13"]
    assert (newest["actor"], newest["received_at"], newest["reason"]) == (
        LOCAL.name,
        NOW,
        "the wrong file",
    )
    assert (newest["decided_by"], newest["decided_at"]) == (LOCAL.name, NOW)
    assert (newest["total"], newest["row_count"], newest["months"], newest["masked"]) == (
        sum(counts_of(13)),
        5,
        1,
        0,
    )
    assert len(newest["fingerprint"]) == 12


def test_the_figures_can_be_seen_as_they_were_when_each_submission_came(tmp_path: Path) -> None:
    store = made(tmp_path, 13)
    store.withdraw(LOCAL, "s12", "wrong")
    store.submit(LOCAL, numbered(24))
    january = {
        one: store.months_as_of(LOCAL, one).set_index("month")["submission"][numbered(0).months[0]]
        for one in ("s0", "s11", "s12", "s24")
    }
    assert january == {"s0": "s0", "s11": "s0", "s12": "s12", "s24": "s24"}
    store.withdraw(LOCAL, "s24", "wrong too")
    assert store.months_as_of(LOCAL, "s24")["submission"][0] == "s24"
    assert store.months_as_of(LOCAL, "s24")["count"][0] == sum(counts_of(24))
    assert sorted(store.rows_as_of(LOCAL, "s1")["count"]) == counts_of(0) + counts_of(1)


@pytest.mark.parametrize("kind", ["withdraw", "restore"])
def test_a_decision_needs_a_reason(tmp_path: Path, kind: str) -> None:
    store = made(tmp_path, 1)
    assert code_of(lambda: getattr(store, kind)(LOCAL, "s0", " ")) == "reason_missing"


def test_questions_asked_together_share_one_opening(tmp_path: Path) -> None:
    store = made(tmp_path, 1)
    openings = 0
    best = recovery.best

    def counted(home: Home) -> object:
        nonlocal openings
        openings += 1
        return best(home)

    with patch.object(recovery, "best", counted), store.together():
        store.sources(LOCAL)
        store.submissions(LOCAL)
        store.submit(LOCAL, numbered(1))
        assert stored(store) == expected(2)
    assert openings == 1


def test_the_clock_may_go_back_and_the_order_stays(tmp_path: Path) -> None:
    times = [NOW, datetime(2026, 10, 25, 2, 30), datetime(2020, 2, 29), datetime(2027, 1, 1)]
    clock = iter(times)
    made(tmp_path)
    store = Store(Home(tmp_path), lambda: next(clock))
    for number in (0, 12, 24, 36):
        store.submit(LOCAL, numbered(number))
    assert list(store.submissions(LOCAL)["submission"]) == ["s36", "s24", "s12", "s0"]
    assert store.counts_by_month(LOCAL, "prove", "a")["count"][0] == sum(counts_of(36))
