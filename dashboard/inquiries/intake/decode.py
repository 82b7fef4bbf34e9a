"""Bytes to text, as Excel and its like write them: UTF-8, UTF-16 or Windows-1252, and nothing guessed.

A letter that may be wrong is refused, never repaired in silence: what is changed is told as a note.
"""

from __future__ import annotations

import codecs
import io
import re
import unicodedata
from collections.abc import Iterator

from inquiries.intake.containers import kind_of, written_as
from inquiries.intake.problem import NOTE, WARNING, Problem

# The longer marks first: UTF-32's begins as UTF-16's does.
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_LOOKED_AT = 4096
# What UTF-8 looks like when it was read as Windows-1252 and saved again: "Ã¦" for "æ".
_MOJIBAKE = re.compile("Ã[\x80-\xbf\u0152-\u2122]|ï»¿|Â[\xa0-\xbf]|â€")
# What the Danish letters of DOS and of old Macs look like when they are read as Windows-1252.
_MISREAD = "".join(
    {
        letter.encode(page).decode("cp1252", "ignore")
        for page in ("cp437", "cp850", "cp865", "mac-roman")
        for letter in "æøåÆØÅ"
        if letter.encode(page, "ignore")
    }
    - set("æøåÆØÅ¥")
)
_MISREAD_WORD = re.compile(rf"[^\W\d_][{re.escape(_MISREAD)}][^\W\d_]")
# Signs that cannot be seen and change nothing: soft hyphens, marks of order and of width.
_INVISIBLE = re.compile("[\xad\u034f\u180e\u200b-\u200f\u2060\ufeff]")
_END_OF_FILE = "\x1a"


def decode(data: bytes) -> tuple[str, list[Problem]]:
    r"""The text with "\n" alone at line ends, and what was changed to get it; or why it is no text.

    Errors come with the text as far as it could be read, to be looked through for personal data.
    """
    if kind := kind_of(data):
        return "", [Problem("not_csv", facts={"kind": kind})]
    text, problems = _text(data)
    if problems and problems[0].code == "encoding":
        return text, problems
    text, changed = plain(text)
    problems += changed
    if not text.strip():
        return "", [Problem("empty_file")]
    if kind := written_as(text):
        return text, [Problem("not_csv", facts={"kind": kind})]
    return text, problems


def _text(data: bytes) -> tuple[str, list[Problem]]:
    """The bytes as text, in the one encoding that is sure."""
    encoding, start = _marked(data)
    for candidate in (encoding,) if encoding != "utf-8" else ("utf-8", "cp1252"):
        try:
            text = data[start:].decode(candidate)
        except UnicodeDecodeError as error:
            broken = data.count(b"\n", 0, start + error.start) + 1
            continue
        note = Problem("encoding_changed", facts={"kind": _name(candidate)}, severity=NOTE)
        notes = [note] if candidate != "utf-8" else []
        return _surely(text, notes, broken if candidate == "cp1252" else None)
    return data.decode("latin-1"), [Problem("encoding", line=broken)]


def _marked(data: bytes) -> tuple[str, int]:
    """The encoding a file's mark or its zeros tell, UTF-8 when neither does; and the mark's length."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return encoding, len(mark)
    start = data[:_LOOKED_AT]
    if len(start) >= 8 and start.count(0) * 3 > len(start):
        even, odd = start[::2].count(0), start[1::2].count(0)
        if not even or not odd:
            return ("utf-16-be" if even else "utf-16-le"), 0
    return "utf-8", 0


def _name(encoding: str) -> str:
    return "Windows-1252" if encoding == "cp1252" else encoding.rpartition("-")[0].upper()


def _surely(text: str, notes: list[Problem], broken: int | None) -> tuple[str, list[Problem]]:
    """The text when its letters can be trusted, or after the one repair that gives no choice.

    `broken` is the line that was no UTF-8: a file of two encodings is named by it.
    """
    doubtful = _MOJIBAKE.search(text)
    if doubtful and broken is None and (repaired := _repaired(text)):
        line = line_of(text, doubtful.start())
        return repaired, [*notes, Problem("encoding_repaired", line=line, severity=WARNING)]
    doubtful = doubtful or re.search("\ufffd", text)
    if broken is not None:
        doubtful = doubtful or _MISREAD_WORD.search(text)
    if not doubtful:
        return text, notes
    return text, [Problem("encoding", line=broken or line_of(text, doubtful.start()))]


def _repaired(text: str) -> str | None:
    """The text as it was before its UTF-8 was read as Windows-1252; None unless all of it was."""
    try:
        repaired = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    return None if _MOJIBAKE.search(repaired) or "\ufffd" in repaired else repaired


def plain(text: str) -> tuple[str, list[Problem]]:
    """The text without what cannot be seen, with plain line ends and whole letters; and what was changed."""
    notes: list[Problem] = []
    text, cut = _without_tail(text)
    text, ends = _with_plain_ends(text)
    if cut:
        notes.append(Problem("tail_removed", severity=NOTE))
    if ends:
        notes.append(Problem("line_ends", severity=NOTE))
    if text.isascii():
        return text, notes
    if found := _INVISIBLE.search(text):
        line = line_of(text, found.start())
        notes.append(Problem("invisible_signs", line=line, severity=NOTE))
        text = _INVISIBLE.sub("", text)
    if not unicodedata.is_normalized("NFC", text):
        notes.append(Problem("composed_letters", severity=NOTE))
        text = unicodedata.normalize("NFC", text)
    return text, notes


def _without_tail(text: str) -> tuple[str, bool]:
    """Without DOS's end-of-file sign, and without the zeros a broken transfer leaves after whole lines."""
    body = text.rstrip("\0\x1a") if text[-1:] in ("\0", _END_OF_FILE) else text
    if body == text or (not body.endswith("\n") and "\0" in text[len(body) :]):
        return text, False
    return body, True


def _with_plain_ends(text: str) -> tuple[str, bool]:
    """Every line end as a newline, and whether any was neither Unix's nor Windows's."""
    if "\r" not in text:
        return text, False
    newlines = text.count("\n")
    for pair, strange in (("\r\n", False), ("\r\r\n", True), ("\n\r", True)):
        if text.count(pair) == newlines > 0 and text.count("\r") == newlines * pair.count("\r"):
            return text.replace(pair, "\n"), strange
    return text.replace("\r\n", "\n").replace("\r", "\n"), True


def line_of(text: str, place: int) -> int:
    """The number of the line a place of the text lies in."""
    return text.count("\n", 0, place) + 1


def physical_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, divided where spreadsheets and the CSV reader divide them.

    `str.splitlines` would also divide at form feeds and the like, and count them as lines.
    """
    return enumerate(io.StringIO(text, newline=""), start=1)
