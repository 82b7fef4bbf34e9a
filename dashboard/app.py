"""The entry: the pages as an ASGI application with our headers, page language, scripts and health route.

Started by `manage.py run`, by `streamlit run dashboard/app.py` or by any ASGI server.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path

# Imported here so that the first visitor does not wait for them.
import altair  # noqa: F401
import pandas  # noqa: F401
import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

import inquiries.build
import inquiries.charts.observed_expected  # noqa: F401
import session
import visitor
from downloads import use_own_addresses
from gate import Gate
from inquiries.faults import Fault
from inquiries.home import home_from_environment
from inquiries.release import open_newest
from panels.fault import say_unexpected
from responses import IndexPage, SecurityHeaders
from unexpected import PlainFaults

STATIC = Path(__file__).parent / "static"
SCRIPT = (STATIC / "interface.js").read_text("utf-8")
QUICK_EXIT = (STATIC / "quick_exit.js").read_text("utf-8")
PRESENTATION = (STATIC / "presentation.js").read_text("utf-8")
SIGNED_IN = (STATIC / "signed_in.js").read_text("utf-8")
ICON = (STATIC / "icon.svg").read_text("utf-8")


async def script(_: Request) -> Response:
    """Danish for Streamlit's built-in texts."""
    return Response(SCRIPT, media_type="text/javascript")


async def quick_exit(_: Request) -> Response:
    """The way out of a page, and what keeps its way back empty."""
    return Response(QUICK_EXIT, media_type="text/javascript")


async def presentation(_: Request) -> Response:
    """What shows the slides one at a time over the whole screen."""
    return Response(PRESENTATION, media_type="text/javascript")


async def signed_in(_: Request) -> Response:
    """What clears the screen when the session behind it is over."""
    return Response(SIGNED_IN, media_type="text/javascript")


async def icon(_: Request) -> Response:
    """The tab's icon: three bars, which tell nothing of the subject."""
    return Response(ICON, media_type="image/svg+xml")


def health(_: Request) -> Response:
    """Whether the newest release answers, and where there is an exact store, that too; 503 with one word if not."""
    try:
        if os.environ.get(session.EDITION) != "reader":
            session.store().require_sound()
        release = open_newest(home_from_environment())
    except Fault as fault:
        return PlainTextResponse(fault.code, status_code=503)
    if release is None:
        return PlainTextResponse("no release yet", status_code=503)
    release.close()
    return PlainTextResponse("ok")


# Read once: whoever takes the file away later opens nothing by it.
sign_in = visitor.sign_in()
sessions = visitor.sessions() if sign_in else None
use_own_addresses()
app = st.App(
    Path(__file__).parent / "frame.py",
    secrets=visitor.streamlit_secrets(sign_in),
    routes=[
        Route("/interface.js", script),
        Route("/quick_exit.js", quick_exit),
        Route("/presentation.js", presentation),
        Route("/signed_in.js", signed_in),
        Route("/icon.svg", icon),
        Route("/healthz", health),
    ],
    # What is done before the page is made, as a click on a chart, is not within its own way to say so.
    on_script_error=say_unexpected,
    middleware=[
        Middleware(SecurityHeaders, is_secure=sign_in is not None and sign_in.is_secure),
        Middleware(PlainFaults),
        Middleware(Gate, sign_in=sign_in, sessions=sessions),
        Middleware(IndexPage, is_signed_in=sign_in is not None),
    ],
)

# What is loaded now stays: the collector need not look at it again.
gc.collect()
gc.freeze()
