"""A real server that people sign in to gives nothing away to whoever has not: every route, every kind of cookie."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import signed
import streamed
from started import PROJECT, running
from streamed import buttons, fetched, rerun, session_of, texts
from streamlit.testing.v1 import AppTest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from inquiries.identity import Identity
from inquiries.words import words
from responses import HEADERS
from sign_in_page import sign_in_page

ADDRESS = "https://tal.test"
HOST = "tal.test"
LONG_AGO = timedelta(days=365)
# What stands in a route's path, filled in.
PLACES = {"file_id": "0" * 56 + ".csv", "session_id": "0", "path": "x.js"}
PUBLIC = {
    *("/sign-in", "/sign-in/begin", "/auth/login", "/auth/logout", "/oauth2callback"),
    *("/interface.js", "/quick_exit.js", "/signed_in.js", "/icon.svg", "/healthz"),
}
SAID_TO_NOBODY = {b"", b"sign in", b"not found"}
LIST_ROUTES = """
import json, sys
sys.path.insert(0, sys.argv[1])
from app import app
print(json.dumps([
    [type(route).__name__, route.path, sorted(getattr(route, "methods", None) or [])]
    for route in app._build_starlette_app().routes
]))
"""


@pytest.fixture(scope="module")
def closed_home(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with sign-in by OpenID Connect, where Anna has access."""
    made = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("closed") / "home"))
    signed.write(made, signed.configured("oidc", ADDRESS))
    signed.give_access(made, changed_at=signed.now() - LONG_AGO)
    return made


@pytest.fixture(scope="module")
def closed(closed_home: Path) -> Iterator[str]:
    with running(closed_home, closed_home / "log", host=HOST) as url:
        yield url


@pytest.fixture(scope="module")
def routes(closed_home: Path) -> list[tuple[str, str, list[str]]]:
    """Every route of the app: what it is, its path, its methods. Asked of the app, so none can be forgotten."""
    told = subprocess.run(
        [sys.executable, "-c", LIST_ROUTES, str(PROJECT / "dashboard")],
        cwd=PROJECT,
        env=os.environ | {"INQUIRIES_HOME": str(closed_home)},
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[tuple[str, str, list[str]]] = json.loads(told.stdout.splitlines()[-1])
    return found


Answer = tuple[int, http.client.HTTPMessage, bytes]


def ask(server: str, path: str, method: str = "GET", *, host: str = HOST, **headers: str) -> Answer:
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=30)
    connection.putrequest(method, path, skip_host=True)
    if host:
        connection.putheader("Host", host)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()


def open_stream(
    server: str, *, origin: str | None = ADDRESS, host: str = HOST, **headers: str
) -> ClientConnection:
    return streamed.open_stream(server, origin=origin, host=host, **headers)


def strangers() -> dict[str, dict[str, str]]:
    """Everybody who has no session, by what is wrong with theirs."""
    good = signed.cookie(ADDRESS)
    name, value = good.split("=", 1)
    return {
        "nobody": {},
        "forged with another key": {"Cookie": signed.cookie(ADDRESS, key="0" * 64)},
        "forged in one letter": {"Cookie": f"{name}={'B' if value[0] == 'A' else 'A'}{value[1:]}"},
        "no signature": {"Cookie": f"{name}={json.dumps({'iss': signed.ISSUER, 'sub': 'anna'})}"},
        "left for 31 minutes": {"Cookie": signed.cookie(ADDRESS, age=timedelta(minutes=31))},
        "8 hours old": {"Cookie": signed.cookie(ADDRESS, age=timedelta(hours=8))},
        "for another address": {"Cookie": signed.cookie("https://other.test")},
        "somebody without access": {"Cookie": signed.cookie(ADDRESS, sub="bo")},
        "another issuer's Anna": {"Cookie": signed.cookie(ADDRESS, iss="https://other.test")},
        "the gate's own header": {"x-inquiries-signed-in": "e30="},
        "a proxy's header": {"X-Login-Assertion": signed.assertion()},
        "a part of a cookie": {"Cookie": f"{name}=chunks-2; {name}_1={value}"},
    }


@pytest.fixture(scope="module")
def logged_out(closed: str) -> dict[str, str]:
    """A cookie that was good until its owner signed out."""
    sent = {"Cookie": signed.cookie(ADDRESS, age=timedelta(minutes=2))}
    assert ask(closed, "/signed-in", **sent)[0] == 204
    assert ask(closed, "/auth/logout", **sent)[0] in (302, 303)
    return sent


def test_nobody_gets_a_byte_of_data_from_any_route_without_a_session(
    closed: str, routes: list[tuple[str, str, list[str]]], logged_out: dict[str, str]
) -> None:
    everybody = strangers() | {"signed out": logged_out}
    asked = data = 0
    for kind, pattern, methods in routes:
        path = re.sub(r"\{(\w+)(:\w+)?\}", lambda found: PLACES[found[1]], pattern) or "/"
        if kind == "WebSocketRoute" or path in PUBLIC:
            continue
        for who, headers in everybody.items():
            for method in methods or ["GET", "POST"]:
                status, _, body = ask(closed, path, method, **headers)
                asked += 1
                assert status in (303, 401, 404), (who, method, path, status)
                assert body in SAID_TO_NOBODY, (who, method, path)
                data += len(body) if body not in SAID_TO_NOBODY else 0
    print(
        f"\n{len(routes)} routes, {len(everybody)} kinds of stranger: {asked} requests, {data} bytes of data"
    )
    assert asked > 300 and data == 0


def test_every_route_that_is_open_is_listed_and_says_nothing_of_the_figures(
    closed: str, routes: list[tuple[str, str, list[str]]]
) -> None:
    open_to_all = set()
    for _, path, _ in routes:
        if "{" not in path and path and ask(closed, path)[0] in (200, 204, 302):
            open_to_all.add(path)
    assert open_to_all <= PUBLIC
    assert ask(closed, "/healthz")[2] == b"ok"
    assert ask(closed, "/sign-in")[2].decode() == sign_in_page(
        "absent", "/sign-in/begin", "Digitalisering, lokal 2"
    )
    for path in ("/auth/login", "/auth/logout", "/oauth2callback"):
        assert ask(closed, path)[2] == b""


def test_no_stranger_opens_a_web_socket(closed: str, logged_out: dict[str, str]) -> None:
    everybody = strangers() | {"signed out": logged_out}
    for who, headers in everybody.items():
        with pytest.raises(InvalidStatus) as refused:
            open_stream(closed, **headers)
        assert refused.value.response.status_code == 403, who
        assert not refused.value.response.body, who
    print(f"\n{len(everybody)} of {len(everybody)} web sockets refused before they opened")


def test_one_who_has_signed_in_sees_the_pages_and_their_files_and_a_stranger_not(
    closed: str,
) -> None:
    anna = {"Cookie": signed.cookie(ADDRESS)}
    assert ask(closed, "/", **anna)[0] == 200
    with open_stream(closed, **anna) as stream:
        page = rerun(stream)
        assert "Anna Ærø" in texts(page) or "Anna \\303\\206r\\303\\270" in texts(page)
        files = [fetched(stream, session_of(page), button) for button in buttons(page)]
        assert files
        for file in files:
            status, headers, body = ask(closed, file, **anna)
            assert status == 200 and len(body) > 0
            assert headers["cache-control"] == "no-store"
            for who, stranger in strangers().items():
                assert ask(closed, file, **stranger)[::2] == (401, b"sign in"), who


def test_nobody_can_be_somebody_else_by_the_gates_own_header(closed: str) -> None:
    anna = {"Cookie": signed.cookie(ADDRESS)}
    chief = Identity(signed.ISSUER, signed.ANNA, "Chefen selv", signed.now()).packed()
    for name in ("x-inquiries-signed-in", "X-Inquiries-Signed-In"):
        with open_stream(closed, **anna, **{name: chief}) as stream:
            page = rerun(stream)
    assert "Chefen selv" not in texts(page)
    assert any("\303\206r\303\270" in text or "Ærø" in text for text in [texts(page)])


def test_a_page_made_past_the_gate_shows_nothing(
    closed_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INQUIRIES_HOME", str(closed_home))
    page = AppTest.from_file(str(PROJECT / "dashboard" / "frame.py"), default_timeout=30).run()
    assert not page.exception and not page.title and not page.metric and not page.sidebar
    assert [said.value for said in page.error] == [words("da")("fault.signed_out")]


@pytest.mark.parametrize("change", ["access taken", "access changed", "ended", "signed out"])
def test_what_ends_a_session_ends_an_open_page_at_its_next_message(
    closed: str, closed_home: Path, change: str
) -> None:
    ages = {"access taken": 20, "access changed": 40, "ended": 60, "signed out": 80}
    anna = {"Cookie": signed.cookie(ADDRESS, age=timedelta(seconds=ages[change]))}
    try:
        with open_stream(closed, **anna) as stream:
            assert rerun(stream)
            if change == "access taken":
                signed.take_access(closed_home)
            elif change == "access changed":
                signed.give_access(closed_home, changed_at=signed.now())
            elif change == "ended":
                signed.give_access(closed_home, ended_before=signed.now())
            else:
                ask(closed, "/auth/logout", **anna)
            with pytest.raises(ConnectionClosed):
                rerun(stream)
        assert ask(closed, "/", **anna)[0] == 303
        with pytest.raises(InvalidStatus):
            open_stream(closed, **anna)
    finally:
        signed.give_access(closed_home, changed_at=signed.now() - LONG_AGO)


def test_a_page_leads_to_the_way_in_which_says_why_and_runs_no_script(closed: str) -> None:
    told = {
        "nobody": "Du skal logge ind",
        "left for 31 minutes": "30 minutter",
        "8 hours old": "8 timer",
        "somebody without access": "Digitalisering, lokal 2",
    }
    for who, sentence in told.items():
        headers = strangers()[who]
        for page in ("/", "/contacts", "/submit"):
            status, answered, body = ask(closed, page, **headers)
            assert (status, answered["location"], body) == (303, "/sign-in", b"")
        body = ask(closed, "/sign-in", **headers)[2]
        assert sentence in body.decode() and b"<script" not in body
    assert ask(closed, "/sign-in", Cookie=signed.cookie(ADDRESS))[1]["location"] == "/"


def kept(answered: Message) -> dict[str, str]:
    """What the browser is told to keep, sent back as it would be."""
    (cookie,) = answered.get_all("set-cookie")
    assert "httponly" in cookie.lower() and "samesite=lax" in cookie.lower()
    assert "max-age=600" in cookie.lower()
    return {"Cookie": f"{signed.cookie(ADDRESS)}; {cookie.split(';')[0]}"}


@pytest.mark.parametrize("wanted", ["/drop?phase=lockdown_2&by=channel", "/contacts", "/?lang=en"])
def test_a_link_opened_before_signing_in_is_where_signing_in_leads(
    closed: str, wanted: str
) -> None:
    anna = kept(ask(closed, wanted)[1])
    status, answered, body = ask(closed, "/", **anna)
    assert (status, answered["location"], body) == (303, wanted, b"")
    (cookie,) = answered.get_all("set-cookie")
    assert cookie.startswith('wanted="";') and "max-age=0" in cookie.lower()
    assert ask(closed, wanted, **anna)[0] == 200


@pytest.mark.parametrize(
    "asked", ["/", f"/drop?by={'x' * 3000}", "/findes-ikke", "/media/abc.csv", "/sign-in"]
)
def test_what_is_no_link_of_ours_is_not_kept(closed: str, asked: str) -> None:
    assert ask(closed, asked)[1].get_all("set-cookie") is None


@pytest.mark.parametrize(
    "forged",
    ["https://other.test/drop", "//other.test/drop", "/\\other.test", "/media/x", "/auth/logout"],
)
def test_no_cookie_leads_anywhere_but_to_a_page_of_ours(closed: str, forged: str) -> None:
    cookie = f"{signed.cookie(ADDRESS)}; wanted={quote(forged, safe='')}"
    status, answered, _ = ask(closed, "/", Cookie=cookie)
    assert (status, answered["location"]) == (303, "/")
    split = f"{signed.cookie(ADDRESS)}; wanted={quote('/drop?a=%0d%0aSet-Cookie: b=c', safe='')}"
    location = ask(closed, "/", Cookie=split)[1]["location"]
    assert location == "/drop?a=%0d%0aSet-Cookie:%20b=c"


ORIGINS = [
    # origin, host, web socket, page
    (ADDRESS, HOST, 101, 200),
    (None, HOST, 403, 200),
    ("null", HOST, 403, 403),
    ("http://tal.test", HOST, 403, 403),
    ("https://tal.test:444", HOST, 403, 403),
    ("https://other.test", HOST, 403, 403),
    ("https://tal.test.other.test", HOST, 403, 403),
    (ADDRESS, "other.test", 403, 400),
    ("https://other.test", "other.test", 403, 400),
    (None, "other.test", 403, 400),
    (ADDRESS, "tal.test:8501", 403, 400),
    ("http://127.0.0.1", "127.0.0.1", 403, 400),
]


@pytest.mark.parametrize(("origin", "host", "stream", "page"), ORIGINS)
def test_only_the_one_address_is_answered(
    closed: str, origin: str | None, host: str, stream: int, page: int
) -> None:
    anna = {"Cookie": signed.cookie(ADDRESS)}
    named = {} if origin is None else {"Origin": origin}
    assert ask(closed, "/", host=host, **anna, **named)[0] == page
    if stream == 101:
        with open_stream(closed, origin=origin, host=host, **anna) as opened:
            assert rerun(opened)
        return
    with pytest.raises(InvalidStatus) as refused:
        open_stream(closed, origin=origin, host=host, **anna)
    assert refused.value.response.status_code == stream


def test_the_matrix_of_origins_and_hosts_is_whole() -> None:
    assert len({(origin, host) for origin, host, _, _ in ORIGINS}) == 12


def test_a_foreign_host_is_refused_on_every_route(
    closed: str, routes: list[tuple[str, str, list[str]]]
) -> None:
    anna = {"Cookie": signed.cookie(ADDRESS)}
    for _, pattern, _ in routes:
        path = re.sub(r"\{(\w+)(:\w+)?\}", lambda found: PLACES[found[1]], pattern) or "/"
        for host in ("other.test", ""):
            assert ask(closed, path, host=host, **anna)[0] == 400, path


@pytest.mark.parametrize(
    "path",
    ["//other.test", "///other.test", "/%2F/other.test", "/\\other.test", "/%5Cother.test", "//"],
)
@pytest.mark.parametrize("is_in", [True, False])
def test_a_path_that_could_lead_elsewhere_is_refused(closed: str, path: str, is_in: bool) -> None:
    headers = {"Cookie": signed.cookie(ADDRESS)} if is_in else {}
    assert ask(closed, path, **headers)[0] == 400


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
    ],
)
def test_what_tells_of_the_server_is_told_to_nobody(closed: str, path: str) -> None:
    anna = {"Cookie": signed.cookie(ADDRESS)}
    for headers in ({}, anna):
        for method in ("GET", "POST"):
            assert ask(closed, path, method, **headers)[::2] == (404, b"not found")


def test_every_answer_has_our_headers_and_names_no_server(
    closed: str, routes: list[tuple[str, str, list[str]]]
) -> None:
    anna = {"Cookie": signed.cookie(ADDRESS)}
    expected = HEADERS | {"strict-transport-security": "max-age=31536000"}
    paths = {
        re.sub(r"\{(\w+)(:\w+)?\}", lambda found: PLACES[found[1]], path) or "/"
        for kind, path, _ in routes
        if kind != "WebSocketRoute"
    }
    checked = 0
    for path in paths | {"/sign-in", "/signed-in", "//", "/contacts"}:
        for headers in ({}, anna):
            answered = ask(closed, path, **headers)[1]
            assert {name: answered[name] for name in expected} == expected, path
            assert answered["server"] is None, path
            if not path.startswith("/static/"):
                assert answered["cache-control"] == "no-store", path
            for cookie in answered.get_all("set-cookie") or []:
                assert "; secure" in cookie.lower(), (path, cookie.split("=")[0])
                # The token against forged requests is read by the page's own script.
                if not cookie.startswith("_streamlit_xsrf"):
                    assert "httponly" in cookie.lower(), (path, cookie.split("=")[0])
            checked += 1
    with pytest.raises(InvalidStatus) as refused:
        open_stream(closed)
    assert refused.value.response.headers.get("server") is None
    print(f"\n{checked} answers, {len(expected)} headers each")


def test_what_streamlit_sets_is_sent_over_tls_alone(closed: str) -> None:
    set_by_streamlit = ask(closed, "/_stcore/health", Cookie=signed.cookie(ADDRESS))[1]
    found = set_by_streamlit.get_all("set-cookie")
    assert found and all("; secure" in cookie.lower() for cookie in found)


def test_nothing_that_was_asked_is_logged(closed: str, closed_home: Path) -> None:
    searched = "hemmeligt-soegeord"
    for headers in ({}, {"Cookie": signed.cookie(ADDRESS)}):
        for path in (f"/?q={searched}", f"/contacts?{searched}", f"/auth/login?x={searched}"):
            ask(closed, path, **headers)
    log = (closed_home / "log").read_text("utf-8")
    assert searched not in log and signed.ANNA not in log and "GET /" not in log
    assert "https://tal.test" in log


# By a proxy


@pytest.fixture(scope="module")
def proxied(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("proxied") / "home"))
    signed.write(home, signed.configured("proxy", ADDRESS, required_amr=["mfa"]))
    signed.give_access(home, changed_at=signed.now() - LONG_AGO)
    with running(home, home / "log", host=HOST) as url:
        yield url


def test_behind_a_proxy_its_header_lets_in_and_a_forged_one_does_not(proxied: str) -> None:
    def sent(**claims: Any) -> dict[str, str]:
        return {"X-Login-Assertion": signed.assertion(**({"amr": ["mfa"]} | claims))}

    assert ask(proxied, "/", **sent())[0] == 200
    with open_stream(proxied, **sent()) as stream:
        assert rerun(stream)
    refused = {
        "none": {},
        "another key": sent(key="0123456789abcdef" * 4),
        "another issuer": sent(iss="https://other.test"),
        "another audience": sent(aud="other"),
        "run out": sent(exp=1),
        "too weak": sent(amr=["pwd"]),
        "without access": sent(sub="bo"),
        "signed in an hour ago": sent(auth_time=int(signed.now().timestamp()) - 3600 * 4),
        "a cookie": {"Cookie": signed.cookie(ADDRESS)},
        "not a token": {"X-Login-Assertion": "anna"},
    }
    for who, headers in refused.items():
        assert ask(proxied, "/", **headers)[0] == 303, who
        assert ask(proxied, "/_stcore/host-config", **headers)[::2] == (401, b"sign in"), who
        with pytest.raises(InvalidStatus):
            open_stream(proxied, **headers)
    print(f"\n{len(refused)} of {len(refused)} refused")


def test_behind_a_proxy_signing_out_ends_the_session_and_leads_to_the_proxy(proxied: str) -> None:
    sent = {"X-Login-Assertion": signed.assertion(amr=["mfa"])}
    assert ask(proxied, "/signed-in", **sent)[0] == 204
    status, headers, _ = ask(proxied, "/auth/logout", **sent)
    assert (status, headers["location"]) == (303, "https://login.test/sign_out")
    assert ask(proxied, "/signed-in", **sent)[0] == 401
    for path in ("/auth/login", "/oauth2callback"):
        assert ask(proxied, path)[0] == 401


# Without sign-in


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("127.0.0.1", None, 200),
        ("localhost:8501", None, 200),
        ("localhost:8501", "http://localhost:8501", 200),
        ("other.test", None, 400),
        ("127.0.0.1.other.test", None, 400),
        ("127.0.0.1", "https://other.test", 403),
        ("127.0.0.1", "null", 403),
    ],
)
def test_without_sign_in_only_this_machine_is_answered(
    server: str, host: str, origin: str | None, status: int
) -> None:
    named = {} if origin is None else {"Origin": origin}
    assert ask(server, "/", host=host, **named)[0] == status


def test_without_sign_in_whoever_comes_through_a_proxy_is_refused(server: str) -> None:
    status, _, body = ask(server, "/", host="127.0.0.1", X_Forwarded_For="10.0.0.7")
    assert (status, body) == (403, b"sign-in is not configured")
