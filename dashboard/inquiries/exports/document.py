"""A template filled with what it is given, as a tagged PDF (PDF/UA-1) in our own font; asks no network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst

from inquiries.home import PROJECT

TEMPLATES = Path(__file__).with_name("templates")
FONTS = PROJECT / "data" / "fonts"


def pdf(template: str, content: dict[str, Any]) -> bytes:
    """The template of that name with `content`, which reaches it as data and is never run."""
    document: bytes = typst.compile(
        TEMPLATES / f"{template}.typ",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(content)},
        pdf_standards=["ua-1"],
    )
    return document
