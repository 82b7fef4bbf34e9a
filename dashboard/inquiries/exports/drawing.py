"""A chart as SVG in our own font, drawn without a browser or a network."""

from __future__ import annotations

from functools import cache
from typing import Any

import vl_convert

from inquiries.exports.document import FONTS

FONT = "Source Sans 3"
VERSION = "6.4"


def svg(specification: dict[str, Any], width: int) -> str:
    """The chart of a specification, its plot so many pixels wide."""
    _learn_font()
    config = {**specification.get("config", {}), "font": FONT}
    drawn = {**specification, "width": width, "config": config}
    return str(vl_convert.vegalite_to_svg(drawn, vl_version=VERSION))


@cache
def _learn_font() -> None:
    vl_convert.register_font_directory(str(FONTS))
