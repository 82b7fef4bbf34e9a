"""What we change in Streamlit's cookies: over TLS alone, out of scripts' reach, and not for a month."""

from __future__ import annotations

import re

from starlette.types import Message, Send
from streamlit.web.server.starlette.starlette_server_config import (
    TOKENS_COOKIE_NAME,
    USER_COOKIE_NAME,
    XSRF_COOKIE_NAME,
)

from inquiries.signed_in import IN_ALL

_SIGN_IN = (USER_COOKIE_NAME.encode(), TOKENS_COOKIE_NAME.encode())
# The token against forged requests is sent back by the page's own script, which must read it.
_READ_BY_SCRIPT = XSRF_COOKIE_NAME.encode()
_MAX_AGE = re.compile(rb"(?i)max-age=\d{6,}")
_LONGEST = b"Max-Age=%d" % IN_ALL.total_seconds()


def guarded(send: Send, *, is_secure: bool) -> Send:
    """A `send` whose cookies are kept as shortly and as closely as ours must be."""

    async def send_guarded(message: Message) -> None:
        if "headers" in message:
            headers = [
                (name, _cookie(value, is_secure) if name.lower() == b"set-cookie" else value)
                for name, value in message["headers"]
            ]
            message = {**message, "headers": headers}
        await send(message)

    return send_guarded


def _cookie(value: bytes, is_secure: bool) -> bytes:
    if value.startswith(_SIGN_IN):
        value = _MAX_AGE.sub(_LONGEST, value)
    marks = [b"; Secure"] if is_secure else []
    if not value.startswith(_READ_BY_SCRIPT):
        marks.append(b"; HttpOnly")
    return value + b"".join(mark for mark in marks if mark.lower() not in value.lower())
