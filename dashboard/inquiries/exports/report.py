"""The slides as a tagged PDF on A4: two pages in short, or a report with tables, method, protection and contacts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pandas as pd

from inquiries.directory import Contact, for_print
from inquiries.exports.document import pdf, picture
from inquiries.exports.drawing import svg
from inquiries.exports.sheet import Line, lines
from inquiries.slides import Slide
from inquiries.words import Words

WIDTH, LOW, MOST_POINTS = 760, 165, 3
FRONT = "question"
METHOD = ("plain", "assumes", "uncertainty", "limits")
PROTECTION = ("staff", "how", "lattice", "insiders", "series")
Progress = Callable[[int, int], None]


def summary(
    slides: Sequence[Slide], today: date, words: Words, progress: Progress = lambda *_: None
) -> bytes:
    """What the slides say on two pages: their charts low, and no tables but whom to call."""
    shown = [
        {**slide, "points": slide["points"][:MOST_POINTS]}
        for slide in _shown(slides, progress, height=LOW)
    ]
    return pdf("report", {**_frame(slides, today, words), "slides": shown, "whole": False})


def report(
    slides: Sequence[Slide],
    contacts: list[Contact],
    today: date,
    words: Words,
    progress: Progress = lambda *_: None,
) -> bytes:
    """The slides with the figures behind each, method, protection, and every contact that may be printed."""
    parts = [
        _part("about.method_title", [words(f"about.method_{part}") for part in METHOD], words),
        _part(
            "about.protection_title",
            [words(f"about.protection_{part}") for part in PROTECTION],
            words,
        ),
    ]
    content = {
        **_frame(slides, today, words),
        "slides": _shown(slides, progress),
        "whole": True,
        "parts": parts,
        "directory": _directory(lines(for_print(contacts), today, words), words),
    }
    return pdf("report", content)


def slide_picture(slide: Slide, kind: Any, words: Words) -> bytes:
    """One slide, sixteen by nine, as "png" (1920 by 1080) or "svg"."""
    frame = {"language": words.language, "source": slide.source, "sample": slide.sample}
    return picture("slide", _content(slide, None) | frame, kind)


def _frame(slides: Sequence[Slide], today: date, words: Words) -> dict[str, Any]:
    front = next((slide for slide in slides if slide.name == FRONT), None)
    first = front or (slides[0] if slides else Slide("", words("slides.page_title")))
    say = {
        "page_title": words("slides.page_title"),
        "made": words("slides.made", day=words.date(today)),
        "page": words("slides.page", number="#", all="@"),
        "contents": words("slides.contents"),
        "table": words("slides.figures"),
        "directory": words("contacts.beside"),
        "danger": words("contacts.danger"),
        "renew": words("print.renew"),
    }
    return {
        "language": words.language,
        "title": first.title if front else words("slides.page_title"),
        "front": _content(front, None) if front else None,
        "guard": first.guard,
        "source": first.source,
        "sample": first.sample,
        "say": say,
    }


def _shown(
    slides: Sequence[Slide], progress: Progress, height: int | None = None
) -> list[dict[str, Any]]:
    """Every slide but the front, which is the head of the document."""
    told = [slide for slide in slides if slide.name != FRONT]
    found = []
    for number, slide in enumerate(told, start=1):
        found.append(_content(slide, height))
        progress(number, len(told))
    return found


def _content(slide: Slide, height: int | None) -> dict[str, Any]:
    drawn = None
    if slide.chart is not None:
        chart = slide.chart.specification
        is_low = height is not None and slide.chart.kind != "changes"
        drawn = svg({**chart, "height": height} if is_low else chart, WIDTH)
    return {
        "name": slide.name,
        "title": slide.title,
        "subtitle": slide.subtitle,
        "points": list(slide.points),
        "guard": slide.guard,
        "svg": drawn,
        "tall": slide.chart is not None and slide.chart.kind == "changes",
        "alt": " ".join([f"{slide.title}.", *slide.points]),
        "table": _table(slide.table),
    }


def _table(table: pd.DataFrame | None) -> dict[str, Any] | None:
    if table is None:
        return None
    rows = [[str(cell) for cell in row] for row in table.itertuples(index=False)]
    return {"columns": [str(name) for name in table.columns], "rows": rows}


def _part(title: str, texts: list[str], words: Words) -> dict[str, Any]:
    return {"title": words(title), "texts": texts}


def _directory(found: list[Line], words: Words) -> dict[str, Any]:
    """A row a number, with its source and the day it was read; without one the web address."""
    rows = []
    for line in found:
        if not line.numbers:
            rows.append([line.name, line.web, line.missing])
        for one in line.numbers:
            rows.append([line.name, one.number, " · ".join(filter(None, (one.about, one.source)))])
    columns = [words(f"print.{name}") for name in ("who", "where", "about")]
    return {"columns": columns, "rows": rows}
