"""A page as a browser gets it, without a browser: a web socket, a rerun, and the files that the page makes."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

STREAM = "/_stcore/stream"


def open_stream(server: str, *, origin: str | None, host: str, **headers: str) -> ClientConnection:
    """A web socket to the pages; InvalidStatus when it is refused."""
    return connect(
        f"ws://{host}{STREAM}",
        sock=_reach(server),
        origin=Origin(origin) if origin is not None else None,
        subprotocols=[Subprotocol("streamlit")],
        additional_headers=headers,
        max_size=None,
    )


def open_here(server: str) -> ClientConnection:
    """A web socket to a server that asks nobody to sign in."""
    return open_stream(server, origin=server, host=urlsplit(server).netloc)


def _reach(server: str) -> socket.socket:
    place = urlsplit(server)
    return socket.create_connection((place.hostname, place.port), timeout=30)


def rerun(stream: ClientConnection, page: str = "", query: str = "") -> list[ForwardMsg]:
    """Have a page made, and take all that is sent of it."""
    asked = BackMsg()
    asked.rerun_script.query_string = query
    asked.rerun_script.page_name = page
    stream.send(asked.SerializeToString())
    received: list[ForwardMsg] = []
    while not received or received[-1].WhichOneof("type") != "script_finished":
        received.append(_next(stream))
    return received


def _next(stream: ClientConnection) -> ForwardMsg:
    frame = stream.recv(timeout=30)
    assert isinstance(frame, bytes)
    return ForwardMsg.FromString(frame)


def buttons(messages: list[ForwardMsg]) -> list[str]:
    """What the page offers to download, each made when it is asked for."""
    elements = (message.delta.new_element for message in messages)
    return [
        one.download_button.deferred_file_id for one in elements if one.HasField("download_button")
    ]


def session_of(messages: list[ForwardMsg]) -> str:
    [begun] = [one.new_session for one in messages if one.HasField("new_session")]
    return begun.initialize.session_id


def answered(stream: ClientConnection, session_id: str, file_id: str) -> tuple[str, str]:
    """Where a file lies once the page has made it, or what is said when it could not be made."""
    asked = BackMsg()
    asked.backend_operation_request.request_id = file_id
    asked.backend_operation_request.session_id = session_id
    asked.backend_operation_request.deferred_file.file_id = file_id
    stream.send(asked.SerializeToString())
    while True:
        message = _next(stream)
        if message.HasField("backend_operation_response"):
            answer = message.backend_operation_response
            return answer.deferred_file.url, answer.error_msg


def fetched(stream: ClientConnection, session_id: str, file_id: str) -> str:
    """Where a file lies once the page has made it."""
    address, refused = answered(stream, session_id, file_id)
    assert not refused
    return address


def texts(messages: list[ForwardMsg]) -> str:
    return "\n".join(str(message) for message in messages)
