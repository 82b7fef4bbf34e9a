"""A template filled with what it is given, as a tagged PDF (PDF/UA-1) or a picture, in our own font; asks no network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import typst

from inquiries.exports.size import weighed
from inquiries.home import PROJECT

TEMPLATES = Path(__file__).with_name("templates")
FONTS = PROJECT / "data" / "fonts"
# A page of sixteen by nine is 40/3 inches wide: 1920 pixels.
PIXELS_AN_INCH = 144
# The letters of Europe's Latin alphabets, and signs of running text; our font has them all.
_LATIN, _SIGNS = 0x180, frozenset("–—‘’“”„…·→€•−")


def pdf(template: str, content: dict[str, Any]) -> bytes:
    """The template of that name with `content`, which reaches it as data and is never run.

    A sign that our font lacks becomes a question mark: one name must not keep a whole sheet from
    being made.
    """
    document: bytes = typst.compile(
        TEMPLATES / f"{template}.typ",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(_drawn(content))},
        pdf_standards=["ua-1"],
    )
    return weighed(document)


def picture(template: str, content: dict[str, Any], kind: Literal["png", "svg"]) -> bytes:
    """The one page of a template as a picture; its letters are drawn, so that it needs no font."""
    drawn: bytes = typst.compile(
        TEMPLATES / f"{template}.typ",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(_drawn(content))},
        format=kind,
        ppi=PIXELS_AN_INCH,
    )
    return weighed(drawn)


def _drawn(content: Any) -> Any:
    """The same content, its texts in signs that our font has."""
    if isinstance(content, dict):
        return {name: _drawn(part) for name, part in content.items()}
    if isinstance(content, list | tuple):
        return [_drawn(part) for part in content]
    if isinstance(content, str):
        return "".join(sign if _has(sign) else "?" for sign in content)
    return content


def _has(sign: str) -> bool:
    is_letter = sign.isprintable() and ord(sign) < _LATIN
    return is_letter or sign in _SIGNS or sign in "\n\N{NO-BREAK SPACE}"
