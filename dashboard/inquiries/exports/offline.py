"""The slides as one document that asks no network: charts that answer, full screen, keyboard."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd
import vl_convert

from inquiries.exports.document import FONTS, TEMPLATES
from inquiries.exports.fitting import FILES
from inquiries.exports.size import weighed
from inquiries.slides import Slide
from inquiries.words import Words

STATIC = Path(__file__).resolve().parents[2] / "static"
WEIGHTS = {400: FILES[False], 600: FILES[True]}


def offline(slides: Sequence[Slide], words: Words) -> bytes:
    """The slides as HTML with all they need in it; its own policy forbids every request."""
    draw, present = _drawing(), _read(STATIC / "presentation.js")
    charts = {
        _place(slide): {**slide.chart.specification, "description": _alt(slide)}
        for slide in slides
        if slide.chart is not None
    }
    page = Template(_read(TEMPLATES / "offline.html")).substitute(
        language=words.language,
        policy=_policy(draw, present),
        title=escape(words("slides.page_title")),
        style=_style(),
        begin=escape(words("slides.begin")),
        slides="\n".join(
            _section(slide, number, len(slides), words) for number, slide in _numbered(slides)
        ),
        controls="".join(_button(name, words) for name in ("previous", "next", "end")),
        charts=_as_data(charts),
        draw=draw,
        present=present,
    )
    return weighed(page.encode("utf-8"))


def _numbered(slides: Sequence[Slide]) -> list[tuple[int, Slide]]:
    return list(enumerate(slides, start=1))


def _read(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def _drawing() -> str:
    """The libraries that draw, and our few lines that call them; made once, for it takes a second."""
    return str(vl_convert.javascript_bundle(_read(TEMPLATES / "offline.js")))


@cache
def _style() -> str:
    faces = [
        f'@font-face {{ font-family: "Source Sans"; font-weight: {weight}; '
        f"src: url(data:font/otf;base64,{_base64((FONTS / file).read_bytes())}); }}"
        for weight, file in WEIGHTS.items()
    ]
    sheets = (STATIC / "presentation.css", TEMPLATES / "offline.css")
    return "\n".join([*faces, *map(_read, sheets)])


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _policy(*scripts: str) -> str:
    hashes = " ".join(
        f"'sha256-{_base64(hashlib.sha256(script.encode('utf-8')).digest())}'" for script in scripts
    )
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


def _as_data(charts: dict[str, dict[str, Any]]) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(charts, ensure_ascii=False).replace("<", "\\u003c")


def _place(slide: Slide) -> str:
    return f"chart-{slide.name}"


def _alt(slide: Slide) -> str:
    return " ".join([f"{slide.title}.", *slide.points])


def _section(slide: Slide, number: int, of: int, words: Words) -> str:
    parts = [f"<h2>{escape(slide.title)}</h2>"]
    if slide.subtitle:
        parts.append(f'<div class="st-key-measure_{number}"><p>{escape(slide.subtitle)}</p></div>')
    if slide.chart is not None:
        parts.append(f'<div><div class="chart" id="{_place(slide)}"></div></div>')
    elif slide.table is not None:
        parts.append(_table(slide.table))
    parts += [f"<p>{escape(point)}</p>" for point in slide.points]
    parts.append(_foot(slide, words("slides.number", number=number, all=of), number))
    section = f'<section class="st-key-slide_{number}_{slide.name}">{"".join(parts)}</section>'
    if slide.chart is None or slide.table is None:
        return section
    summary = escape(words("slides.table", title=slide.title))
    behind = f'<div class="scrolled" tabindex="0">{_table(slide.table)}</div>'
    return f"{section}<details><summary>{summary}</summary>{behind}</details>"


def _foot(slide: Slide, place: str, number: int) -> str:
    sample = f' <span class="sample">{escape(slide.sample)}</span>' if slide.sample else ""
    source = f"{escape(slide.source)} {escape(place)}{sample}"
    return (
        f'<div><div class="st-key-foot_{number}"><p><strong>{escape(slide.guard)}</strong></p>'
        f'<div class="st-key-source_{number}"><p>{source}</p></div></div></div>'
    )


def _table(table: pd.DataFrame) -> str:
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in table.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in table.itertuples(index=False)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _button(name: str, words: Words) -> str:
    said = escape(words(f"slides.{name}"))
    return f'<div class="st-key-present_{name}"><button type="button">{said}</button></div>'
