"""Whoever has a file made gets that file, whatever else is made, and nobody is shown what was kept for another."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
import streamlit as st
from large_files import large, told_in
from started import PROJECT, running
from streamed import buttons, fetched, open_here, rerun, session_of
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileKind, MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.testing.v1 import AppTest
from websockets.sync.client import ClientConnection

import downloads
from downloads import KEPT_SECONDS, MOST_BYTES, OwnAddresses
from inquiries.actor import LOCAL, READER, Actor

FRAME = PROJECT / "dashboard" / "frame.py"
SAMPLE = ("eksempel-hotline", "eksempel-konsulenter")


# The right file to the right user


def kept(storage: MemoryMediaFileStorage, content: bytes) -> str:
    return storage.load_and_get_id(content, "text/csv", MediaFileKind.DOWNLOADABLE, "tal.csv")


def test_files_that_streamlit_takes_for_one_have_an_address_each() -> None:
    theirs, ours = MemoryMediaFileStorage("/media"), OwnAddresses("/media")
    pair = large(None, "den ene"), large(None, "den anden")
    assert len(pair[0]) == len(pair[1]) > 1024**2
    assert kept(theirs, pair[0]) == kept(theirs, pair[1])
    ids = [kept(ours, content) for content in (*pair, pair[0])]
    assert len(set(ids)) == 3
    assert [ours.get_file(f"{one}.csv").content for one in ids] == [*pair, pair[0]]
    assert ours.get_url(ids[0]) == f"/media/{ids[0]}.csv"


def test_what_a_small_file_holds_does_not_tell_where_it_lies() -> None:
    storage = OwnAddresses("/media")
    ids = {kept(storage, b"3") for _ in range(20)}
    assert len(ids) == 20 and all(re.fullmatch(r"[0-9a-f]{64}", one) for one in ids)


def test_a_file_is_there_for_a_minute_whoever_elses_pages_are_made_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 0.0
    monkeypatch.setattr(downloads.time, "monotonic", lambda: now)
    storage = OwnAddresses("/media")
    manager = MediaFileManager(storage)
    deferred = manager.add_deferred(lambda: b"3", "text/csv", "1.2", "tal.csv")
    name = manager.execute_deferred(deferred).rpartition("/")[2]
    for _ in range(3):
        manager.remove_orphaned_files()
    now = KEPT_SECONDS - 1
    assert storage.get_file(name).content == b"3"
    now = KEPT_SECONDS
    with pytest.raises(MediaFileStorageError):
        storage.get_file(name)


def test_when_many_are_made_the_oldest_are_forgotten_first() -> None:
    storage = OwnAddresses("/media")
    content = bytes(MOST_BYTES // 4)
    ids = [kept(storage, content) for _ in range(5)]
    with pytest.raises(MediaFileStorageError):
        storage.get_file(ids[0])
    assert all(storage.get_file(one).content == content for one in ids[1:])


def download(stream: ClientConnection, query: str) -> Callable[[], str]:
    """What has a page's table made, and gives its address."""
    page = rerun(stream, query=query)
    return lambda: fetched(stream, session_of(page), buttons(page)[-1])


def mixed_up(home: Path, log: Path, pairs: int) -> int:
    """How many of so many pairs came wrong: two readers have a file made at once, then both fetch theirs."""
    wrong = newest = 0
    program = Path(__file__).with_name("large_files.py")
    with (
        running(home, log, program=program) as server,
        open_here(server) as danish,
        open_here(server) as english,
        open_here(server) as another,
    ):
        asks = [download(danish, "lang=da"), download(english, "lang=en")]
        for number in range(pairs):
            addresses = [ask() for ask in asks]
            for _ in range(2 if number < 3 else 0):
                rerun(another)  # others' pages are made before the files are fetched
            files = [urllib.request.urlopen(f"{server}{one}").read() for one in addresses]
            assert len(files[0]) == len(files[1]) > 1024**2
            (first, danish_said), (second, english_said) = map(told_in, files)
            is_own = danish_said.startswith("Kilde:") and english_said.startswith("Source:")
            wrong += not (is_own and newest < first < second)
            newest = second
    print(f"\n{pairs} pairs of files of {len(files[0])} bytes each: {wrong} mix-ups")
    return wrong


def test_two_readers_who_have_like_files_made_at_once_get_their_own(
    home: Path, tmp_path: Path
) -> None:
    assert mixed_up(home, tmp_path / "log", 5) == 0


@pytest.mark.long
def test_two_hundred_pairs_of_like_files_are_not_mixed_up(home: Path, tmp_path: Path) -> None:
    assert mixed_up(home, tmp_path / "log", 200) == 0


# What is kept between reruns


def of_one(role: str, source: str) -> Actor:
    return Actor(source, frozenset({role, "reader"}), scopes={role: (f"{source}/{source}",)})


# By page: who looks first, and who must see the same after them as if nobody had.
LOOKING: dict[str, tuple[Actor, Actor]] = {
    "overview": (LOCAL, READER),
    "drop": (LOCAL, READER),
    "contacts": (LOCAL, READER),
    "own_figures": (of_one("analyst", SAMPLE[1]), of_one("analyst", SAMPLE[0])),
    "submit": (of_one("steward", SAMPLE[1]), of_one("steward", SAMPLE[0])),
    "access": (LOCAL, Actor("auditor", frozenset({"reader", "auditor"}))),
}


def seen(page: str, actor: Actor) -> str:
    """All that one person is sent of a page, but for ids drawn at random."""
    with patch("session.actor", return_value=actor):
        app = AppTest.from_file(str(FRAME), default_timeout=60)
        app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception and not app.error, page
    sent = "\n".join(str(getattr(part, "proto", "")) for part in app._tree)
    return re.sub(r"[0-9a-f]{32,}", "", sent)


def test_nobody_sees_what_another_role_was_shown_before_them(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INQUIRIES_HOME", str(home))
    alone = {page: seen(page, second) for page, (_, second) in LOOKING.items()}
    st.cache_resource.clear()
    others = {page: seen(page, first) for page, (first, _) in LOOKING.items()}
    after = {page: seen(page, second) for page, (_, second) in LOOKING.items()}
    mixed = [page for page in LOOKING if after[page] != alone[page]]
    print(f"\n{len(LOOKING)} pages by two roles: {len(mixed)} show what was made for the other")
    assert mixed == []
    assert others["own_figures"] != alone["own_figures"] and others["submit"] != alone["submit"]
