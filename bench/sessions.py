"""Readers at the server: each a web socket that speaks the browser's own messages and changes what it looks at.

A rerun is timed from sending the choice to the message that the script has finished, which is what
the server costs; drawing is the browser's own. An exception or an error said on the page, a script
that did not finish and a lost connection each count as an error.
"""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin, Subprotocol

PATIENCE = 60.0
CHANGED = ("source", "region")


@dataclass(frozen=True)
class Crowd:
    """How many readers come, within how long, and how long each thinks and stays; in seconds."""

    readers: int
    arrive_within: float
    think: tuple[float, float]
    stay: float


@dataclass
class Seen:
    """What the readers have seen: seconds for first pages and for reruns, and what went wrong."""

    first: list[float] = field(default_factory=list)
    reruns: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def runs(self) -> int:
        return len(self.first) + len(self.reruns)


class Session:
    """One reader's connection: the page it is on, the lists it can choose from, what is chosen."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._page = ""
        self._lists: dict[str, list[str]] = {}
        self._chosen: dict[str, str] = {}

    @property
    def can_choose(self) -> bool:
        return bool(self._lists)

    def choose(self, draw: random.Random) -> None:
        """Change one of the lists on the page to another of its values."""
        widget = draw.choice(list(self._lists))
        others = [one for one in self._lists[widget] if one != self._chosen.get(widget)]
        self._chosen[widget] = draw.choice(others)

    async def run(self) -> list[str]:
        """Run the page with what is chosen, until it has finished; gives what went wrong."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self._page
        for widget, value in self._chosen.items():
            message.rerun_script.widget_states.widgets.add(id=widget, string_value=value)
        await self._socket.send(message.SerializeToString())
        errors: list[str] = []
        async with asyncio.timeout(PATIENCE):
            while not self._finished(await self._next(), errors):
                pass
        return errors

    async def _next(self) -> ForwardMsg:
        answer = await self._socket.recv(decode=False)
        message: ForwardMsg = ForwardMsg.FromString(bytes(answer))
        return message

    def _finished(self, answer: ForwardMsg, errors: list[str]) -> bool:
        kind = answer.WhichOneof("type")
        if kind == "new_session":
            self._page = answer.new_session.page_script_hash
        elif kind == "delta":
            self._read(answer, errors)
        elif (
            kind == "script_finished" and answer.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY
        ):
            errors.append(f"script ended with {answer.script_finished}")
        return kind == "script_finished"

    def _read(self, answer: ForwardMsg, errors: list[str]) -> None:
        element = answer.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            errors.append("exception on the page")
        elif kind == "alert" and element.alert.format == Alert.ERROR:
            errors.append("error said on the page")
        elif kind == "selectbox":
            box = element.selectbox
            if box.id.rsplit("-", 1)[-1] in CHANGED and len(box.options) > 1:
                self._lists[box.id] = list(box.options)


async def visit(port: int, crowd: Crowd, seed: int) -> Seen:
    """Let a crowd read for as long as it stays."""
    seen = Seen()
    until = time.monotonic() + crowd.stay
    draws = [random.Random(f"{seed} {reader}") for reader in range(crowd.readers)]
    await asyncio.gather(*(_read_alone(port, crowd, draw, until, seen) for draw in draws))
    return seen


async def _read_alone(
    port: int, crowd: Crowd, draw: random.Random, until: float, seen: Seen
) -> None:
    await asyncio.sleep(draw.uniform(0, crowd.arrive_within))
    try:
        async with connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            origin=Origin(f"http://127.0.0.1:{port}"),
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            proxy=None,
        ) as socket:
            session = Session(socket)
            await _timed(session, seen.first, seen)
            if not session.can_choose:
                seen.errors.append("nothing to choose on the page")
                return
            while (pause := draw.uniform(*crowd.think)) < until - time.monotonic():
                await asyncio.sleep(pause)
                session.choose(draw)
                await _timed(session, seen.reruns, seen)
    except (WebSocketException, OSError, TimeoutError) as error:
        seen.errors.append(type(error).__name__)


async def _timed(session: Session, seconds: list[float], seen: Seen) -> None:
    started = time.perf_counter()
    seen.errors += await session.run()
    seconds.append(time.perf_counter() - started)
