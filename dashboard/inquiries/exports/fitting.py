"""How large a text may be where it must stand within a frame, measured in our own font.

Ours is wider than the fonts of an office, so what fits here fits there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from PIL import ImageFont

from inquiries.exports.document import FONTS

FILES = {False: "SourceSans3-Regular.otf", True: "SourceSans3-Semibold.otf"}
MEASURED = 100

LINE = 1.2
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def fitted(
    paragraphs: Sequence[str],
    frame: tuple[float, float],
    sizes: Sequence[int],
    *,
    bold: bool = False,
    between: float = 0,
) -> tuple[int, tuple[str, ...]]:
    """The first of the sizes at which the paragraphs fit, and the paragraphs.

    `frame` is width and height in points, `between` the points between paragraphs. Where even the
    last size is too large, the text is cut at a word and ends in an ellipsis.
    """
    texts = tuple(paragraphs)
    for size in sizes:
        if _fits(texts, frame, size, bold, between):
            return size, texts
    size = sizes[-1]
    while len(texts) > 1 and not _fits(texts, frame, size, bold, between):
        texts = texts[:-1]
    words = texts[0].split()
    while len(words) > 1 and not _fits(texts, frame, size, bold, between):
        words = words[:-1]
        texts = (" ".join(words) + ELLIPSIS,)
    while len(texts[0]) > 1 and not _fits(texts, frame, size, bold, between):
        texts = (texts[0].rstrip(ELLIPSIS)[:-1] + ELLIPSIS,)
    return size, texts


def _fits(
    texts: Sequence[str], frame: tuple[float, float], size: int, bold: bool, between: float
) -> bool:
    lines = sum(_lines(text, frame[0] / size, bold) for text in texts)
    broad = any(_width(word, bold) > frame[0] / size for text in texts for word in text.split())
    return not broad and lines * LINE * size + between * (len(texts) - 1) <= frame[1]


def _lines(text: str, width: float, bold: bool) -> int:
    """How many lines a text takes; a width is counted in the size of its letters."""
    lines, used = 1, 0.0
    for word in text.split():
        long = _width(word, bold)
        if used and used + _width(" ", bold) + long > width:
            lines, used = lines + 1, long
        else:
            used += long + (_width(" ", bold) if used else 0)
    return lines


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / FILES[bold], MEASURED)


@cache
def _letter(letter: str, bold: bool) -> float:
    return float(_font(bold).getlength(letter)) / MEASURED


def _width(text: str, bold: bool) -> float:
    return sum(_letter(letter, bold) for letter in text)
