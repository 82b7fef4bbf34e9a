"""What we change in the server's answers: security headers on all, language, title and scripts on the page."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Neutral on purpose: a tab's title is seen by whoever stands beside the screen.
TITLE = "Statistik"
SHIPPED_PAGE = Path(streamlit.__file__).parent / "static" / "index.html"

_LANGUAGE = b'<html lang="en">'
_TITLE = b"<title>Streamlit</title>"
_ICON = b'href="./favicon.png"'
_HEAD_END = b"</head>"
# The first is read before anything is drawn; the second looks at what has been.
_FIRST_SCRIPT = b'<script src="/quick_exit.js"></script>'
_LAST_SCRIPT = (
    b'<script src="/interface.js" defer></script><script src="/presentation.js" defer></script>'
)
_SCRIPT_OF_SIGNED_IN = b'<script src="/signed_in.js" defer></script>'
_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


def rewrite(page: bytes, *, is_signed_in: bool = False) -> bytes:
    """Streamlit's page in Danish, under our title and with our scripts; ValueError if it has changed."""
    scripts = _LAST_SCRIPT + (_SCRIPT_OF_SIGNED_IN if is_signed_in else b"")
    for part in (_LANGUAGE, _TITLE, _ICON, _HEAD_END):
        if part not in page:
            raise ValueError(f"Streamlit's page no longer holds {part!r}")
    return (
        page.replace(_LANGUAGE, b'<html lang="da">')
        .replace(_TITLE, f"<title>{TITLE}</title>".encode() + _FIRST_SCRIPT)
        .replace(_ICON, b'href="/icon.svg"')
        .replace(_HEAD_END, scripts + _HEAD_END, 1)
    )


def content_policy(page: bytes) -> str:
    """Nothing from another host, and no inline script but the one the page ships with."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"
        for script in _INLINE_SCRIPT.findall(page)
    )
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'wasm-unsafe-eval' {hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        )
    )


HEADERS = {
    "content-security-policy": content_policy(SHIPPED_PAGE.read_bytes()),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_OURS = {name.encode() for name in HEADERS} | {b"server"}


class SecurityHeaders:
    """Puts our headers on every answer and keeps figures out of the browser's cache."""

    def __init__(self, app: ASGIApp, *, is_secure: bool = False) -> None:
        self.app = app
        # The host has no other service than over TLS, and a browser may remember that.
        always = {"strict-transport-security": "max-age=31536000"} if is_secure else {}
        self._ours = [(name.encode(), value.encode()) for name, value in (HEADERS | always).items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": self._headers(scope, message)}
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _headers(self, scope: Scope, message: Message) -> list[tuple[bytes, bytes]]:
        kept = [pair for pair in message["headers"] if pair[0].lower() not in _OURS]
        ours = list(self._ours)
        if not scope["path"].startswith("/static/"):
            kept = [pair for pair in kept if pair[0].lower() != b"cache-control"]
            ours.append((b"cache-control", b"no-store"))
        return kept + ours


class IndexPage:
    """Rewrites the index page, whole and uncompressed, and nothing else."""

    _UNWANTED = (b"accept-encoding", b"if-none-match", b"if-modified-since")

    def __init__(self, app: ASGIApp, *, is_signed_in: bool = False) -> None:
        self.app = app
        self._is_signed_in = is_signed_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(("/static/", "/_stcore/")):
            await self.app(scope, receive, send)
            return
        asked = [pair for pair in scope["headers"] if pair[0].lower() not in self._UNWANTED]
        # The answer to HEAD is that to GET without its body, so the page is made for both.
        is_head = scope["method"] == "HEAD"
        page = {**scope, "headers": asked, "method": "GET" if is_head else scope["method"]}
        rewriter = _Rewriter(send, is_head=is_head, is_signed_in=self._is_signed_in)
        await self.app(page, receive, rewriter)


class _Rewriter:
    """Holds an HTML answer back until it is whole, then sends it rewritten."""

    _STALE = (b"content-length", b"etag", b"last-modified")

    def __init__(self, send: Send, *, is_head: bool, is_signed_in: bool) -> None:
        self._send = send
        self._is_head = is_head
        self._is_signed_in = is_signed_in
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and self._is_html(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_page(self._start)

    @staticmethod
    def _is_html(message: Message) -> bool:
        return dict(message["headers"]).get(b"content-type", b"").startswith(b"text/html")

    async def _send_page(self, start: Message) -> None:
        page = rewrite(self._body, is_signed_in=self._is_signed_in)
        kept = [pair for pair in start["headers"] if pair[0].lower() not in self._STALE]
        length = (b"content-length", str(len(page)).encode())
        await self._send({**start, "headers": [*kept, length]})
        await self._send({"type": "http.response.body", "body": b"" if self._is_head else page})
