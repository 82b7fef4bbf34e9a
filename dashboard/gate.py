"""The gate in front of the server: nothing but the way in is served to whoever has not signed in.

Where no sign-in is configured, nothing is served beyond this machine itself.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.user_info import generate_login_redirect_url

import visitor
import wanted_page
from cookies import guarded
from inquiries.identity import Identity
from inquiries.sign_in import Proxy, SignIn, is_loopback
from inquiries.signed_in import Sessions
from sign_in_page import sign_in_page

SIGN_IN, BEGIN, STATE, SIGN_OUT = "/sign-in", "/sign-in/begin", "/signed-in", "/auth/logout"
# Of Streamlit's own: two for sign-in by OpenID Connect, and its scripts and letters.
STREAMLITS_WAY_IN = {"/auth/login", "/oauth2callback"}
OUR_FILES = {"/interface.js", "/quick_exit.js", "/signed_in.js", "/icon.svg", "/healthz"}
ASSETS = "/static/"
# Of no use to anyone here, and telling of what runs.
CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
PAGES = {"/"} | {f"/{page.stem}" for page in (Path(__file__).parent / "app_pages").glob("*.py")}
POLICY_VIOLATION = 1008


class Gate:
    """Refuses foreign hosts and origins, and whoever has not signed in, before the app hears of it."""

    def __init__(self, app: ASGIApp, sign_in: SignIn | None, sessions: Sessions | None) -> None:
        self.app = app
        self._sign_in = sign_in
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        kept = [pair for pair in scope["headers"] if pair[0].lower() != visitor.HEADER]
        connection = HTTPConnection({**scope, "headers": kept})
        if self._sign_in is not None:
            send = guarded(send, is_secure=self._sign_in.is_secure)
        if refused := self._refused(connection):
            await _answer(refused, connection.scope, receive, send)
        elif self._sign_in is None or self._sessions is None:
            await self.app(connection.scope, receive, send)
        else:
            asked = _Asked(self.app, self._sign_in, self._sessions, connection)
            await asked(receive, send)

    def _refused(self, connection: HTTPConnection) -> Response | None:
        """The answer to what is wrong whoever asks, None when nothing is."""
        path = connection.scope["path"]
        if path.startswith("//") or "\\" in path:
            return PlainTextResponse("bad path", 400)
        if not self._is_our_host(connection.headers.getlist("host")):
            return PlainTextResponse("unknown host", 400)
        if not self._is_our_origin(connection):
            return PlainTextResponse("foreign origin", 403)
        if path.startswith(CLOSED):
            return PlainTextResponse("not found", 404)
        if self._sign_in is None and not _is_from_here(connection):
            return PlainTextResponse("sign-in is not configured", 403)
        return None

    def _is_our_host(self, hosts: list[str]) -> bool:
        if len(hosts) != 1:
            return False
        if self._sign_in is None:
            return is_loopback(urlsplit(f"//{hosts[0]}").hostname)
        return hosts[0].lower() == self._sign_in.host

    def _is_our_origin(self, connection: HTTPConnection) -> bool:
        """Browsers name the origin of every web socket and of whatever another site may have set off."""
        origins = connection.headers.getlist("origin")
        if self._sign_in is None:
            return origins in ([], [f"http://{connection.headers['host']}"])
        if not origins:
            return connection.scope["type"] == "http"
        return origins == [self._sign_in.address]


class _Asked:
    """One request to a server that people sign in to."""

    def __init__(
        self, app: ASGIApp, sign_in: SignIn, sessions: Sessions, connection: HTTPConnection
    ) -> None:
        self._app = app
        self._sign_in = sign_in
        self._sessions = sessions
        self._connection = connection
        self._scope = connection.scope
        self._path: str = connection.scope["path"]
        self._identity = visitor.identify(sign_in, connection)

    async def __call__(self, receive: Receive, send: Send) -> None:
        is_page = self._scope["type"] == "http" and self._scope["method"] in ("GET", "HEAD")
        own = self._own_answer() if is_page else None
        if own is not None:
            await _answer(own, self._scope, receive, send)
        elif is_page and self._is_public():
            await self._app(self._scope, receive, send)
        elif self._identity and self._sessions.visit(self._identity) == "live":
            back = wanted_page.way_back(self._connection, PAGES) if is_page else None
            if back is not None:
                await _answer(back, self._scope, receive, send)
            else:
                await self._go_on(self._identity, receive, send)
        elif is_page and self._path in PAGES:
            asks = wanted_page.remember(RedirectResponse(SIGN_IN, 303), self._connection)
            await _answer(asks, self._scope, receive, send)
        else:
            await _answer(PlainTextResponse("sign in", 401), self._scope, receive, send)

    def _is_public(self) -> bool:
        is_way_in = self._path in STREAMLITS_WAY_IN | {SIGN_OUT} and not self._is_by_proxy
        return is_way_in or self._path in OUR_FILES or self._path.startswith(ASSETS)

    @property
    def _is_by_proxy(self) -> bool:
        return isinstance(self._sign_in.way, Proxy)

    def _own_answer(self) -> Response | None:
        """The answers that the gate gives itself: the way in, the way out, and how things stand."""
        if self._path == SIGN_IN:
            return self._page()
        if self._path == BEGIN:
            return RedirectResponse(self._way_in(), 303)
        if self._path == STATE:
            return Response(status_code=204 if self._verdict() == "live" else 401)
        if self._path == SIGN_OUT and self._identity:
            self._sessions.end(self._identity)
        if self._path == SIGN_OUT and isinstance(self._sign_in.way, Proxy):
            return RedirectResponse(self._sign_in.way.sign_out, 303)
        return None

    def _verdict(self) -> str:
        return self._sessions.verdict(self._identity) if self._identity else "absent"

    def _page(self) -> Response:
        verdict = self._verdict()
        if verdict == "live":
            return RedirectResponse("/", 303)
        leads_to = SIGN_OUT if verdict == "no_access" else BEGIN
        return HTMLResponse(sign_in_page(verdict, leads_to, self._sign_in.contact))

    def _way_in(self) -> str:
        """Where signing in begins; a proxy begins anew once it has forgotten the person."""
        if isinstance(self._sign_in.way, Proxy):
            return self._sign_in.way.sign_out
        return generate_login_redirect_url(visitor.PROVIDER)

    async def _go_on(self, identity: Identity, receive: Receive, send: Send) -> None:
        """Hand the request on with who sends it; a web socket is judged at each message anew."""
        named = (visitor.HEADER, identity.packed().encode("ascii"))
        scope = {**self._scope, "headers": [*self._scope["headers"], named]}

        async def receive_while_live() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and self._sessions.visit(identity) != "live":
                await send({"type": "websocket.close", "code": POLICY_VIOLATION})
                return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
            return message

        is_socket = scope["type"] == "websocket"
        await self._app(scope, receive_while_live if is_socket else receive, send)


def _is_from_here(connection: HTTPConnection) -> bool:
    return connection.client is not None and is_loopback(connection.client.host)


async def _answer(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request; a web socket is closed before it is accepted, which is a plain 403."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})
    else:
        await response(scope, receive, send)
