"""What stands in a PDF that was made: its text, its lines, its fonts, and whether it is tagged."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def written(reader: PdfReader) -> list[str]:
    """The lines as they stand on the pages."""
    return [line for page in reader.pages for line in page.extract_text().splitlines()]


def unspaced(found: str) -> str:
    return re.sub(r"\s", "", found)


def is_tagged(reader: PdfReader) -> bool:
    part = str(reader.xmp_metadata.stream.get_data()) if reader.xmp_metadata else ""
    return "/StructTreeRoot" in reader.root_object and "pdfuaid" in part


def fonts(reader: PdfReader) -> set[str]:
    return {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
