"""Errors that nobody foresaw: the log has an id, the kind and the place, never what it says; a request gets a sentence."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Iterator
from pathlib import Path

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from inquiries.faults import Fault
from inquiries.words import LOCALES, words

log = logging.getLogger("inquiries")

MOST_STEPS = 20
INTERNAL_ERROR = 1011


def logged(error: BaseException) -> str:
    """Log an error under an id, and give the id. Its message may hold a value of a file or a figure: it is left out."""
    identity = secrets.token_hex(4)
    log.error("fault %s %s", identity, " after ".join(map(_told, _with_causes(error))))
    return identity


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _told(error: BaseException) -> str:
    """Its kind, and the steps that led to it, the last first."""
    steps = traceback.extract_tb(error.__traceback__)[-MOST_STEPS:]
    places = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in reversed(steps)]
    kind = str(error) if isinstance(error, Fault) else type(error).__name__
    return f"{kind} at {' < '.join(places)}"


class PlainFaults:
    """Answers a request that failed with one sentence and an id; a web socket is closed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def send_on(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_on)
        except Exception as error:
            identity = logged(error)
            if scope["type"] == "http" and not begun:
                await _answer(identity)(scope, receive, send)
            elif scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": INTERNAL_ERROR})
            else:
                raise Broken(identity) from None


class Broken(Exception):
    """An answer that had begun cannot be finished; the log has why under this id."""


def _answer(identity: str) -> PlainTextResponse:
    spoken = map(words, LOCALES)
    said = [f"{one('fault_unexpected')} {one('fault_id', id=identity)}" for one in spoken]
    return PlainTextResponse("\n".join(said), 500)
