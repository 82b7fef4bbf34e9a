"""All that reaches a reader: every message of the web socket, every answer, every downloaded file, and the page itself."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pyarrow as pa
from google.protobuf.message import Message
from playwright.sync_api import Page, Response, WebSocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

# Whatever the page says, to the eye and to a screen reader, and where it leads.
SAID = """() => {
    const found = [document.body.innerText];
    for (const name of ["aria-label", "aria-description", "alt", "title", "href", "src"]) {
        for (const element of document.querySelectorAll(`[${name}]`)) {
            found.push(element.getAttribute(name));
        }
    }
    return found;
}"""
# What the page itself says, without its charts and without the contacts beside it.
SAID_OF_FIGURES = """() => [...document.querySelectorAll(
    "[data-testid=stMain] [data-testid=stMarkdownContainer]")]
    .filter((text) => !text.closest("[data-testid=stColumn]:last-child"))
    .map((text) => text.innerText)"""


@dataclass
class Element:
    """What one message brought of tables; of a chart also what is written in it, and its title."""

    tables: list[pd.DataFrame] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    title: str = ""


@dataclass
class Traffic:
    """What was received, in the order it came: elements, texts, and bytes that are neither."""

    elements: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    unread: list[bytes] = field(default_factory=list)
    pages: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)

    def listen(self, page: Page) -> None:
        page.on("websocket", self._listen)
        page.on("response", self._answered)

    def look(self, page: Page) -> None:
        """Take in what stands on the page now."""
        self.texts += page.evaluate(SAID)
        self.shown += page.evaluate(SAID_OF_FIGURES)
        self.addresses.add(page.url)

    def download(self, content: bytes) -> None:
        self.texts.append(content.decode("utf-8-sig"))
        lines = content.decode("utf-8-sig").split("\r\n\r\n")[0]
        self.elements.append(Element([pd.read_csv(io.StringIO(lines), sep=";", dtype=str)]))

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._received)

    def _answered(self, answer: Response) -> None:
        self.addresses.add(answer.url)

    def _received(self, frame: str | bytes) -> None:
        message = ForwardMsg.FromString(frame if isinstance(frame, bytes) else frame.encode())
        if message.WhichOneof("type") == "navigation":
            self.pages |= {page.url_pathname for page in message.navigation.app_pages}
        self.elements.append(Element())
        for value in _values(message):
            if isinstance(value, bytes):
                self._bytes(value)
            elif value.startswith("{"):
                self._json(value)
            else:
                self.texts.append(value)

    def _bytes(self, value: bytes) -> None:
        try:
            self.elements[-1].tables.append(pa.ipc.open_stream(value).read_pandas())
        except pa.ArrowInvalid:
            self.unread.append(value)

    def _json(self, value: str) -> None:
        """A chart: its texts, what is written in the picture, and the rows that stand in it."""
        try:
            read = json.loads(value)
        except ValueError:
            self.texts.append(value)
            return
        chart = self.elements[-1]
        for found in _objects(read):
            rows = found.get("values")
            if isinstance(rows, list) and rows and isinstance(rows[0], dict):
                chart.tables.append(pd.DataFrame(rows))
            chart.written += _written(found.get("text"))
        chart.title = " ".join(_written(read.get("title"))).strip()
        self.texts += list(_strings(read))


def _values(message: Message) -> Iterator[str | bytes]:
    """Every text and every run of bytes in a message, however deep."""
    for kind, value in message.ListFields():
        for one in value if kind.is_repeated else [value]:
            if kind.type == kind.TYPE_MESSAGE:
                if kind.message_type.GetOptions().map_entry:
                    yield from _mapped(value[one])
                else:
                    yield from _values(one)
            elif kind.type in (kind.TYPE_STRING, kind.TYPE_BYTES) and one:
                yield one


def _mapped(value: Any) -> Iterator[str | bytes]:
    if isinstance(value, Message):
        yield from _values(value)
    elif isinstance(value, str | bytes) and value:
        yield value


def _written(text: Any) -> list[str]:
    """The lines of a title or a text of a chart: as they are, or as a value."""
    if isinstance(text, dict):
        return _written(text.get("text", text.get("value")))
    return [line for line in (text if isinstance(text, list) else [text]) if isinstance(line, str)]


def _objects(read: Any) -> Iterator[dict[str, Any]]:
    if isinstance(read, dict):
        yield read
    for part in read.values() if isinstance(read, dict) else read if isinstance(read, list) else ():
        yield from _objects(part)


def _strings(read: Any) -> Iterator[str]:
    if isinstance(read, str):
        yield read
    for part in read.values() if isinstance(read, dict) else read if isinstance(read, list) else ():
        yield from _strings(part)
