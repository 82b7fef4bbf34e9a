"""Bytes to text, as Excel and its like write them: UTF-8 with or without a mark, or Windows-1252."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator

from inquiries.intake.problem import Problem

_OTHER_FILES = {
    b"PK\x03\x04": "zip",
    b"\xd0\xcf\x11\xe0": "xls",
    b"%PDF": "pdf",
    b"\x1f\x8b": "gzip",
    b"\x89PNG": "png",
    b"SQLite format 3": "sqlite",
    b"\xff\xfe": "utf16",
    b"\xfe\xff": "utf16",
}
# What UTF-8 looks like when it was read as Windows-1252 and saved again: "Ã¦" for "æ".
_MOJIBAKE = ("Ã¦", "Ã¸", "Ã¥", "Ã†", "Ã˜", "Ã…", "ï»¿", "\ufffd")


def decode(data: bytes) -> tuple[str, list[Problem]]:
    """The text of a file, or the reason it is no text we can be sure of."""
    for beginning, kind in _OTHER_FILES.items():
        if data.startswith(beginning):
            return "", [Problem("not_csv", facts={"kind": kind})]
    text = _text(data)
    if text is None or any(sign in text for sign in _MOJIBAKE):
        return "", [Problem("encoding")]
    if line := _line_of_control_character(text):
        return "", [Problem("control_character", line=line)]
    if not text.strip():
        return "", [Problem("empty_file")]
    return unicodedata.normalize("NFC", text), []


def _text(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _line_of_control_character(text: str) -> int | None:
    """The first line holding a sign that is neither seen nor white space (NUL, direction marks)."""
    hidden = {sign for sign in set(text) if unicodedata.category(sign) in ("Cc", "Cf")}
    hidden -= set("\t\r\n")
    for number, line in physical_lines(text) if hidden else ():
        if not hidden.isdisjoint(line):
            return number
    return None


def physical_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, divided where spreadsheets and the CSV reader divide them.

    `str.splitlines` would also divide at form feeds and the like, and count them as lines.
    """
    return enumerate(io.StringIO(text, newline=""), start=1)
