"""The slides as a file, by the kind of file that is asked for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from inquiries.directory import Contact
from inquiries.exports.offline import offline
from inquiries.exports.powerpoint import powerpoint, template_of
from inquiries.exports.report import report, slide_picture, summary
from inquiries.exports.size import weighed
from inquiries.home import Home
from inquiries.slides import Slide
from inquiries.words import Words

# The day within a box of pictures, which would else differ each time it is made.
BEGINNING = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Asked:
    """What a file is made of: the slides, all contacts, the day, and where an organisation's template may lie.

    `progress` is told how many of how many slides are made.
    """

    slides: tuple[Slide, ...]
    contacts: list[Contact]
    today: date
    home: Home
    words: Words
    progress: Callable[[int, int], None] = lambda *_: None


@dataclass(frozen=True)
class Kind:
    """What a kind of file is called on the wire and at its end, and how it is made."""

    mime: str
    suffix: str
    make: Callable[[Asked], bytes]


def _powerpoint(asked: Asked) -> bytes:
    return powerpoint(asked.slides, template_of(asked.home), asked.words, asked.progress)


def _summary(asked: Asked) -> bytes:
    return summary(asked.slides, asked.today, asked.words, asked.progress)


def _report(asked: Asked) -> bytes:
    return report(asked.slides, asked.contacts, asked.today, asked.words, asked.progress)


def _offline(asked: Asked) -> bytes:
    return offline(asked.slides, asked.words)


def _pictures(asked: Asked, kind: str) -> bytes:
    """A picture a slide, in one .zip."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as box:
        for number, slide in enumerate(asked.slides, start=1):
            name = zipfile.ZipInfo(f"{number}-{slide.name}.{kind}", BEGINNING)
            box.writestr(name, slide_picture(slide, kind, asked.words))
            asked.progress(number, len(asked.slides))
    return weighed(file.getvalue())


_OFFICE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
KINDS: dict[str, Kind] = {
    "pptx": Kind(_OFFICE, "pptx", _powerpoint),
    "pdf": Kind("application/pdf", "pdf", _summary),
    "report": Kind("application/pdf", "pdf", _report),
    "html": Kind("text/html", "html", _offline),
    "png": Kind("application/zip", "png.zip", partial(_pictures, kind="png")),
    "svg": Kind("application/zip", "svg.zip", partial(_pictures, kind="svg")),
}


def file_name(kind: str, release: str, source: str, words: Words) -> str:
    """What a file is called: its release and source, and nothing of what it says."""
    named = words("slides.file_report" if kind == "report" else "slides.file")
    return f"{named}-{release}-{source}.{KINDS[kind].suffix}"
