"""A button whose file is made when it is pressed, and not before."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import streamlit as st

from unexpected import logged


class NotMade(Exception):
    """A file could not be made; the log has why under this id."""


def offer(label: str, make: Callable[[], bytes], file_name: str, mime: str, **look: Any) -> None:
    """Offer a file. Streamlit says that it could not be made; why stands in the log, without a value."""

    @wraps(make)
    def made() -> bytes:
        try:
            return make()
        except Exception as error:
            raise NotMade(logged(error)) from None

    st.download_button(label, made, file_name=file_name, mime=mime, on_click="ignore", **look)
