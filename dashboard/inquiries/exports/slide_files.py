"""The slides as a file, by the kind of file that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from inquiries.exports.offline import offline
from inquiries.exports.powerpoint import Progress, powerpoint, template_of
from inquiries.home import Home
from inquiries.slides import Slide
from inquiries.words import Words


@dataclass(frozen=True)
class Kind:
    """What a kind of file is called on the wire, and how it is made."""

    mime: str
    make: Callable[[Sequence[Slide], Home, Words, Progress], bytes]


def _powerpoint(slides: Sequence[Slide], home: Home, words: Words, progress: Progress) -> bytes:
    return powerpoint(slides, template_of(home), words, progress)


def _offline(slides: Sequence[Slide], home: Home, words: Words, progress: Progress) -> bytes:  # noqa: ARG001
    made = offline(slides, words)
    progress(len(slides), len(slides))
    return made


KINDS = {
    "pptx": Kind(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation", _powerpoint
    ),
    "html": Kind("text/html", _offline),
}
