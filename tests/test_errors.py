"""Whatever goes wrong, a reader sees one sentence and an id, and the log has the id and no value."""

from __future__ import annotations

import errno
import importlib
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import duckdb
import pytest
from faulty import FAULTY, PLACE, VALUE
from started import PROJECT, running
from streamed import answered, buttons, open_here, rerun, session_of, texts
from streamlit.testing.v1 import AppTest
from test_pages import PAGES

from inquiries.faults import Fault
from inquiries.words import LOCALES, words

FRAME = PROJECT / "dashboard" / "frame.py"
# Where a page fails, by page; the last of them fail before there is a page.
PLACES = {
    "overview": "stories.overview_of",
    "drop": "stories.drop_of",
    "explore": "stories.explored",
    "municipality": "panels.municipality.choose",
    "presentation": "stories.shown_story_of",
    "contacts": "session.contact_index",
    "submit": "panels.submit.choose_source",
    "release": "panels.release.prospect",
    "own_figures": "inquiries.own_figures.figures",
    "access": "inquiries.access.listed",
    "audit": "inquiries.trail.records",
    "about": "panels.about.definitions",
}
BEFORE = ("session.newest_release", "session.identity", "session.actor", "session.put")
KINDS: tuple[Callable[[], Exception], ...] = (
    lambda: Fault("store_missing", file=PLACE),
    lambda: duckdb.IOException(f'Could not read "{PLACE}": {VALUE}'),
    lambda: OSError(errno.ENOSPC, VALUE, PLACE),
    lambda: MemoryError(VALUE),
    lambda: KeyError(VALUE),
    lambda: UnicodeDecodeError("utf-8", VALUE.encode(), 0, 1, PLACE),
)
NEVER = (VALUE, "/srv/", "Traceback", str(PROJECT), 'File "', "Error", "duckdb.")
ID = re.compile(r"\((?:Fejl|Fault) ([0-9a-f]{8})\)")


def shown(app: AppTest) -> str:
    """All that reaches the reader's browser."""
    return "\n".join(str(getattr(part, "proto", "")) for part in app._tree)


def cases() -> Iterator[tuple[str, str, Exception]]:
    for page, place in PLACES.items():
        yield from ((page, place, kind()) for kind in KINDS)
    for place in BEFORE:
        yield from (("overview", place, kind()) for kind in KINDS)


def test_whatever_goes_wrong_the_reader_sees_a_sentence_and_an_id_and_the_log_has_the_id(
    home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("INQUIRIES_HOME", str(home))
    apps: dict[str, AppTest] = {}
    tried, leaked, unlogged = 0, [], []
    for page, place, error in cases():
        if page not in apps:
            with patch("stories.overview_of", side_effect=KeyError):
                apps[page] = AppTest.from_file(str(FRAME), default_timeout=60).run()
            apps[page].switch_page(f"app_pages/{page}.py")
        caplog.clear()
        module, _, name = place.rpartition(".")
        with patch.object(importlib.import_module(module), name, side_effect=error):
            app = apps[page].run()
        assert not app.exception, (place, error)
        identity = ID.search(app.error[-1].value)
        assert identity, (place, error)
        tried += 1
        kind = str(error) if isinstance(error, Fault) else type(error).__name__
        leaked += [(place, kind, sign) for sign in (*NEVER, str(home)) if sign in shown(app)]
        logged = [one.getMessage() for one in caplog.records if identity[1] in one.getMessage()]
        if len(logged) != 1 or kind not in logged[0] or VALUE in caplog.text:
            unlogged.append((place, kind))
    told = f"{len(leaked)} shown, {len(unlogged)} not in the log under their id"
    print(f"\n{tried} forced exceptions: {told}")
    assert (leaked, unlogged) == ([], [])
    assert tried >= 50 and set(PLACES) == set(PAGES)


@pytest.mark.parametrize("language", LOCALES)
def test_the_sentence_is_in_the_readers_language(
    home: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("INQUIRIES_HOME", str(home))
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    app.query_params["lang"] = language
    with patch("stories.overview_of", side_effect=KeyError(VALUE)):
        app.run()
    assert app.error[0].value.startswith(words(language)("fault_unexpected"))


def test_a_page_that_failed_is_whole_again_when_nothing_is_wrong_any_more(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INQUIRIES_HOME", str(home))
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    with patch("stories.overview_of", side_effect=KeyError(VALUE)):
        assert app.run().error
    assert not app.run().error and app.metric


def test_a_real_server_says_no_more_of_a_page_a_file_or_a_request_that_failed(
    own_home: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with (
        running(own_home, log, program=Path(__file__).with_name("faulty.py")) as server,
        open_here(server) as stream,
    ):
        whole = rerun(stream)
        (own_home / FAULTY).touch()
        refused = answered(stream, session_of(whole), buttons(whole)[-1])
        # Streamlit's first message names its script, on good days and bad; no page shows that.
        page = texts([message for message in rerun(stream) if message.HasField("delta")])
        with pytest.raises(urllib.error.HTTPError) as failed:
            urllib.request.urlopen(f"{server}/healthz")
        request = failed.value.read().decode()
        headers = failed.value.headers
    told = log.read_text("utf-8")
    assert failed.value.code == 500 and headers["x-frame-options"] == "DENY"
    assert refused == ("", "Failed to generate file for download")
    assert [len(ID.findall(said)) for said in (page, request)] == [1, 2]
    for said in (page, request, *refused):
        assert [sign for sign in (*NEVER, str(own_home)) if sign in said] == []
    logged = re.findall(r"fault ([0-9a-f]{8}) KeyError at ", told)
    assert set(ID.findall(page) + ID.findall(request)) < set(logged)
    assert len(logged) == 3
    assert VALUE not in told and PLACE not in told
    print(f"\n{len(logged)} on a real server: 0 shown, all in the log under their id")
