"""A figure as one picture, SVG or PNG: its charts with title, what they show, what to mind and the source in the picture itself.

Its texts stay texts, which can be searched and read aloud.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

import vl_convert

from inquiries.charts import theme
from inquiries.charts.writing import folded
from inquiries.citation import Said
from inquiries.exports.drawing import FONT
from inquiries.exports.drawing import svg as drawn_svg
from inquiries.exports.size import weighed
from inquiries.exports.table import printable
from inquiries.exports.turns import turn

# In pixels of the picture; a PNG has SCALE as many to each.
WIDTH, MARGIN, GAP, SCALE = 800, 24, 16, 2
COLUMNS = 3
# The texts by their size, weight, ink, and how many letters fit across.
TITLE = (20, 600, theme.TEXT, 80)
LEAD = (14, 400, theme.TEXT, 126)
NOTE = (12, 400, theme.QUIET, 146)
LEADING = 1.35

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", XLINK)
# The attributes by which one part of a drawing uses another.
USES = {"clip-path", "fill", "stroke", "mask", "href", f"{{{XLINK}}}href"}

Charts = Sequence[Mapping[str, Any]]


def svg(charts: Charts, said: Said, language: str) -> bytes:
    """The charts one under the other or side by side, between what is said of them, as SVG."""
    with turn():
        return weighed(_written(charts, said, language))


def png(charts: Charts, said: Said, language: str) -> bytes:
    """The same as PNG."""
    with turn():
        drawn = _written(charts, said, language).decode()
        return weighed(vl_convert.svg_to_png(drawn, scale=SCALE))


def _written(charts: Charts, said: Said, language: str) -> bytes:
    whole = _whole(charts, said, language)
    return ElementTree.tostring(whole, encoding="utf-8", xml_declaration=True)


def _whole(charts: Charts, said: Said, language: str) -> ElementTree.Element:
    root = ElementTree.Element(_name("svg"), {"role": "img", "lang": language})
    for tag, text in (("title", said.title), ("desc", said.sentence)):
        ElementTree.SubElement(root, _name(tag)).text = printable(text)
    ground = ElementTree.SubElement(root, _name("rect"), {"fill": "white"})
    below = _write(root, MARGIN, (TITLE, said.title), (LEAD, said.subtitle)) + GAP
    below = _place(root, below, charts) + GAP
    notes = [(NOTE, note) for note in (*said.notes, said.citation)]
    height = math.ceil(_write(root, below, (LEAD, said.sentence), *notes)) + MARGIN
    size = {"width": str(WIDTH + 2 * MARGIN), "height": str(height)}
    ground.attrib.update(size)
    root.attrib.update(size | {"viewBox": f"0 0 {WIDTH + 2 * MARGIN} {height}"})
    return root


def _write(root: ElementTree.Element, top: float, *texts: tuple[Any, str]) -> float:
    """Write the texts below a height, each folded to the width; how far down they reach."""
    for (size, weight, ink, letters), text in texts:
        style = {
            "x": str(MARGIN),
            "font-family": FONT,
            "font-size": str(size),
            "font-weight": str(weight),
            "fill": ink,
        }
        for line in folded(printable(text), letters):
            top += size * LEADING
            ElementTree.SubElement(root, _name("text"), style | {"y": f"{top:.1f}"}).text = line
        top += size * (LEADING - 1)
    return top


def _place(root: ElementTree.Element, top: float, charts: Charts) -> float:
    """Set the charts below a height, one alone over the whole width; how far down they reach."""
    columns = COLUMNS if len(charts) > 1 else 1
    width = (WIDTH - GAP * (columns - 1)) / columns
    for start in range(0, len(charts), columns):
        row = charts[start : start + columns]
        heights = [
            _set(root, chart, start + place, MARGIN + place * (width + GAP), top, width)
            for place, chart in enumerate(row)
        ]
        top += max(heights) + GAP
    return top - GAP


def _set(
    root: ElementTree.Element,
    chart: Mapping[str, Any],
    number: int,
    x: float,
    y: float,
    width: float,
) -> float:
    """Set one chart at its place; how high it is."""
    drawn = ElementTree.fromstring(drawn_svg(chart, width))
    for element, name, value in _references(drawn):
        element.set(
            name, value.replace("#", f"#{number}-") if "#" in value else f"{number}-{value}"
        )
    drawn.attrib.update({"x": f"{x:.1f}", "y": f"{y:.1f}"})
    root.append(drawn)
    return float(drawn.attrib["height"])


def _references(drawn: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, str, str]]:
    """The names that parts of a chart have, and where they are used: each chart has its own."""
    for element in drawn.iter():
        for name, value in list(element.attrib.items()):
            is_use = name in USES and value.startswith(("url(#", "#"))
            if name == "id" or is_use:
                yield element, name, value


def _name(tag: str) -> str:
    return f"{{{SVG}}}{tag}"
