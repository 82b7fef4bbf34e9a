"""Starts the server: at the address chosen, with our settings from whatever folder, and without telling whoever asks what it is made of."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import partial
from typing import Any

import streamlit as st
import uvicorn

import visitor
from inquiries.home import PROJECT

SETTINGS = PROJECT / ".streamlit" / "config.toml"
# The gate alone can set this header; with it, no one can resume what another had open.
IDENTITY = {visitor.HEADER.decode(): visitor.KEPT_AS}


def serve(app: st.App, address: str, port: int) -> None:
    """Serve until interrupted. Streamlit logs no request; a server of another make may."""
    # Streamlit makes the server's settings itself and leaves this one at its default.
    uvicorn.Config = partial(uvicorn.Config, server_header=False)  # type: ignore[misc,assignment]
    app.run(config=settings(address, port))


def settings(address: str, port: int) -> dict[str, Any]:
    """All that we rely on, by Streamlit's names for it.

    By itself Streamlit reads the file of the folder that it is started from, and whatever file lies
    in the home of whoever starts it: these go before both.
    """
    chosen = {
        "server.port": port,
        "server.address": address,
        "server.trustedUserHeaders": IDENTITY,
    }
    return dict(_options(tomllib.loads(SETTINGS.read_text("utf-8")))) | chosen


def _options(tables: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in tables.items():
        if isinstance(value, dict):
            yield from _options(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value
