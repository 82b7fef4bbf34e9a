"""A chart as SVG in our own font, drawn without a browser or a network."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import vl_convert

from inquiries.exports.document import FONTS
from inquiries.exports.table import printable

# In quotes, for a name with a numeral is none without them, and another font would be used or none.
FONT = "'Source Sans 3', 'Source Sans Pro', Arial, sans-serif"
VERSION = "6.4"


def svg(specification: Mapping[str, Any], width: float) -> str:
    """The chart of a specification, its plot so many pixels wide."""
    _learn_font()
    config = {**specification.get("config", {}), "font": FONT}
    drawn = _printable({**specification, "width": width, "config": config})
    return str(vl_convert.vegalite_to_svg(drawn, vl_version=VERSION, allowed_base_urls=[]))


def _printable(part: Any) -> Any:
    """A part of a specification without what cannot be written: one such sign, and Vega takes the whole process down."""
    if isinstance(part, str):
        return printable(part)
    if isinstance(part, Mapping):
        return {name: _printable(own) for name, own in part.items()}
    return [_printable(own) for own in part] if isinstance(part, list | tuple) else part


@cache
def _learn_font() -> None:
    vl_convert.register_font_directory(str(FONTS))
