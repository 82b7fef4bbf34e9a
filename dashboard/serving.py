"""Starts the server: at the address chosen, and without telling whoever asks what it is made of."""

from __future__ import annotations

from functools import partial

import streamlit as st
import uvicorn

import visitor

# The gate alone can set this header; with it, no one can resume what another had open.
IDENTITY = {visitor.HEADER.decode(): visitor.KEPT_AS}


def serve(app: st.App, address: str, port: int) -> None:
    """Serve until interrupted. Streamlit logs no request; a server of another make may."""
    # Streamlit makes the server's settings itself and leaves this one at its default.
    uvicorn.Config = partial(uvicorn.Config, server_header=False)  # type: ignore[misc,assignment]
    app.run(
        config={
            "server.port": port,
            "server.address": address,
            "server.trustedUserHeaders": IDENTITY,
        }
    )
