"""What a file is when it is no CSV: told by its first bytes, or by how its text begins."""

from __future__ import annotations

import io
import re
import struct
import zipfile

# How other files begin. Most are told by bytes that no text of ours begins with.
_BEGINNINGS = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"\xd0\xcf\x11\xe0": "Excel (.xls)",
    b"%PDF": "PDF",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "rar",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"RIFF": "RIFF",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"SQLite format 3": "SQLite",
    b"PAR1": "Parquet",
    b"ARROW1": "Arrow",
    b"\x7fELF": "ELF",
    b"$FL2": "SPSS",
    b"<stata_dta>": "Stata",
    b"{\\rtf": "RTF",
}
# Names of parts that tell what a zip holds.
_PARTS = {
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "Excel (.xlsb)",
    "word/document.xml": "Word",
    "ppt/presentation.xml": "PowerPoint",
    "content.xml": "OpenDocument",
}
_MACROS = "xl/vbaProject.bin"
_MARKUP = re.compile(r"\s*(?:<\?xml|<!doctype|<[a-z]+[\s/>])", re.IGNORECASE)
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_LETTER = re.compile(r"(?:From|To|Subject|Date|Received|Return-Path|MIME-Version|Message-ID): \S")

XLSX = "xlsx"


def kind_of(data: bytes) -> str | None:
    """What kind of file these bytes are, `XLSX` among them; None when they may be text."""
    for beginning, kind in _BEGINNINGS.items():
        if data.startswith(beginning):
            return _kind_of_zip(data) if kind == "zip" else kind
    if data.startswith(b"MZ") and b"\0" in data[:64]:
        return "exe"
    return "tar" if data[257:262] == b"ustar" else None


def _kind_of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
        return "zip"
    if _MACROS in names:
        return "Excel (.xlsm)"
    return next((kind for part, kind in _PARTS.items() if part in names), "zip")


def written_as(text: str) -> str | None:
    """What a text is when it begins as markup, JSON or a letter does; None when it may be CSV."""
    start = text[:2000]
    if found := _MARKUP.match(start):
        return "XML" if "xml" in found[0].casefold() else "HTML"
    if _JSON.match(start):
        return "JSON"
    return "e-mail" if _LETTER.match(start) else None
