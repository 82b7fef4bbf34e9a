"""What is too large or takes too long is stopped with a sentence, at the number that is written down and not before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from inquiries import engine, limits
from inquiries.actor import LOCAL
from inquiries.exports.document import pdf
from inquiries.exports.monthly_file import written
from inquiries.exports.table import as_csv
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.limits import READING, WORKING, Limit
from inquiries.release import open_newest
from inquiries.time_limit import stopped_after
from inquiries.words import words
from tests.faults.uploads import SOURCE, code_of, expected, made, numbered, stored
from tests.keyed import KEY

DOCS = Path(__file__).resolve().parents[1] / "docs" / "operations.md"
ENDLESS = "select max(a.range + b.range) from range(1000000000) as a, range(10000) as b"
LARGE = "select range as i, hash(range)::varchar as h from range(3000000) order by h"


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let every question be this one."""

    def become(text: str) -> None:
        monkeypatch.setattr(engine, "question", lambda _: text)

    return become


# Time and memory of a question


@pytest.mark.parametrize("ask", [engine.ask, engine.ask_coded, engine.first])
def test_a_question_that_takes_too_long_is_stopped_and_the_next_is_answered(
    ask: Callable[..., Any],
    asking: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "WORKING", Limit(0.2, "100MB", 1))
    connection = engine.connect(engine.MEMORY)
    asking(ENDLESS)
    with pytest.raises(Fault) as fault:
        ask(connection, "any")
    assert fault.value.code == "question_slow"
    asking("select 1 as one")
    assert ask(connection, "any") is not None
    connection.close()


def test_what_ends_in_time_is_not_stopped_and_nothing_is_stopped_after_its_end() -> None:
    stopped: list[str] = []
    with stopped_after(0.05, lambda: stopped.append("short")):
        pass
    with stopped_after(60, lambda: stopped.append("long")):
        until_told(stopped)
    assert stopped == ["told"]


def until_told(stopped: list[str]) -> None:
    """Wait for something else to be stopped, by when all of before has been looked at."""
    with stopped_after(0, lambda: stopped.append("told") if "told" not in stopped else None):
        while not stopped:
            pass


def test_a_question_that_takes_too_much_memory_is_refused_and_spills_nothing_beside_the_program(
    asking: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asking(LARGE)
    connection = engine.connect(engine.MEMORY, limit=Limit(60, "30MB", 1))
    assert code_of(lambda: engine.ask(connection, "any")) == "question_large"
    assert list(tmp_path.iterdir()) == []
    connection.close()


@pytest.mark.parametrize("key", [KEY, None], ids=["keyed", "plain"])
def test_what_a_question_spills_can_be_read_only_where_the_store_can(
    tmp_path: Path, key: str | None
) -> None:
    spill = tmp_path / "spill"
    small = Limit(60, "60MB", 1)
    connection = engine.connect(tmp_path / "x.duckdb", spill=spill, key=key, limit=small)
    text = (
        "select 'Aabenraa ' || hash(range)::varchar as h from range(1500000) order by hash(range)"
    )
    connection.execute(text).fetchone()
    spilt = [path.read_bytes() for path in spill.iterdir()]
    assert sum(map(len, spilt)) > 1_000_000
    assert any(b"Aabenraa" in content for content in spilt) is (key is None)
    connection.close()


def test_an_act_whose_question_is_stopped_stores_nothing_and_can_be_sent_again(
    tmp_path: Path, asking: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = made(tmp_path, 1)
    real = engine.question
    with monkeypatch.context() as patched:
        patched.setattr(limits, "WORKING", Limit(0.2, "500MB", 2))
        patched.setattr(
            engine,
            "question",
            lambda name: ENDLESS if name == "store/next_sequence" else real(name),
        )
        assert code_of(lambda: store.submit(LOCAL, numbered(1))) == "question_slow"
    assert stored(store) == expected(1)
    store.submit(LOCAL, numbered(1))
    assert stored(store) == expected(2)


def test_a_readers_question_may_take_less_than_others(home: Path) -> None:
    release = open_newest(Home(home))
    assert release is not None
    store = engine.connect(engine.MEMORY)
    for connection, limit in ((release._connection, READING), (store, WORKING)):
        asked = "select current_setting('memory_limit'), current_setting('threads')"
        memory, threads = connection.execute(asked).fetchone() or ("", 0)
        assert threads == limit.settings()["threads"]
        assert memory == {"500MB": "476.8 MiB", "2GB": "1.8 GiB"}[limit.memory]
    release.close()
    store.close()
    assert READING.seconds < WORKING.seconds


def test_a_reader_is_told_in_time(
    home: Path, asking: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    release = open_newest(Home(home))
    assert release is not None
    monkeypatch.setattr(limits, "READING", Limit(0.2, "500MB", 2))
    asking(ENDLESS)
    assert code_of(lambda: release.ask("any")) == "question_slow"
    release.close()


# Files that are handed out

TABLE = pd.DataFrame({"a": [1, 2, 3]})
CELLS = [["2026-01", "1"], ["2026-02", "2"], ["2026-03", "3"]]
CARD = {"language": "da", "title": "x", "lines": []}
MADE: dict[str, Callable[[], bytes]] = {
    "a table": lambda: as_csv(TABLE, "x"),
    "a monthly file": lambda: written(SOURCE, CELLS, words("da")),
    "a document": lambda: pdf("card", CARD),
}


@pytest.mark.parametrize("name", ["a table", "a monthly file"])
@pytest.mark.parametrize(("most", "code"), [(3, ""), (2, "export_rows")])
def test_a_file_of_the_most_rows_is_made_and_one_of_more_is_not(
    name: str, most: int, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EXPORT_ROWS", most)
    assert code_of(MADE[name]) == code


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize(("fewer", "code"), [(0, ""), (1, "export_bytes")])
def test_a_file_of_the_most_bytes_is_made_and_one_of_more_is_not(
    name: str, fewer: int, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EXPORT_BYTES", len(MADE[name]()) - fewer)
    assert code_of(MADE[name]) == code


def test_whatever_may_be_sent_may_be_handed_out_again() -> None:
    assert limits.EXPORT_ROWS >= limits.UPLOAD_ROWS
    assert limits.EXPORT_BYTES >= limits.UPLOAD_BYTES


def test_the_numbers_stand_in_the_docs() -> None:
    told = DOCS.read_text("utf-8").partition("## 9. Limits")[2]
    numbers = [
        f"{limits.UPLOAD_ROWS:,} rows",
        f"{limits.UPLOAD_BYTES // 1_000_000} MB",
        f"{limits.EXPORT_ROWS:,} rows",
        f"{limits.EXPORT_BYTES // 1_000_000} MB",
        *(f"{limit.seconds} seconds" for limit in (READING, WORKING)),
        *(limit.memory.replace("MB", " MB").replace("GB", " GB") for limit in (READING, WORKING)),
    ]
    assert [number for number in numbers if number not in told] == []
