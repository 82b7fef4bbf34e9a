"""The slides on paper: tagged, in the reader's language and our font, two pages or a whole report, and pictures of each."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from pypdf import PdfReader

from inquiries import directory
from inquiries.directory import Contact, printable_number
from inquiries.exports.report import report, summary
from inquiries.exports.slide_files import KINDS, Asked
from inquiries.home import Home
from inquiries.release import open_newest
from inquiries.slides import Choices, Slide, story, with_own_text
from inquiries.words import words

DAY = date(2026, 11, 23)
DA, EN = words("da"), words("en")
OWN = '#panic("x") *Æblegrød* på Ærø $1$ <b> @ref'
CHOICES = {
    "all": Choices("eksempel-hotline", by="inquirer"),
    "themes": Choices("eksempel-hotline", by="theme", phase="lockdown_2"),
    "hidden": Choices("eksempel-hotline", by="region", group=("region", "nordjylland")),
    "cases": Choices("eksempel-konsulenter", by="age_band"),
    "few": Choices("eksempel-hotline", slides=("call",)),
}


@pytest.fixture(scope="module")
def contacts(prepared: Path) -> list[Contact]:
    return directory.read_published(Home(prepared).directory)


@pytest.fixture(scope="module")
def decks(prepared: Path, contacts: list[Contact]) -> dict[str, tuple[Slide, ...]]:
    release = open_newest(Home(prepared))
    assert release
    return {
        name: with_own_text(story(release.ask, chosen, contacts, DAY, DA), OWN)
        for name, chosen in CHOICES.items()
    }


@pytest.fixture(scope="module")
def whole(decks: dict[str, tuple[Slide, ...]], contacts: list[Contact]) -> PdfReader:
    return PdfReader(io.BytesIO(report(decks["all"], contacts, DAY, DA)))


def read(slides: tuple[Slide, ...]) -> PdfReader:
    return PdfReader(io.BytesIO(summary(slides, DAY, DA)))


def text(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def plain(said: str) -> str:
    """A text without spaces and hyphens, which a line may be parted at."""
    return said.replace(" ", "").replace("-", "").replace("\N{SOFT HYPHEN}", "")


def check_form(reader: PdfReader) -> None:
    """Tagged as PDF/UA, Danish, titled, and every letter in a font that is in the file."""
    root = reader.root_object
    assert "/StructTreeRoot" in root and root["/Lang"] == "da"
    assert "pdfuaid" in str(reader.xmp_metadata.stream.get_data())  # type: ignore[union-attr]
    assert reader.metadata and reader.metadata.title
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            (inner,) = font.get_object()["/DescendantFonts"]
            described = inner.get_object()["/FontDescriptor"].get_object()
            assert "SourceSans3" in described["/FontName"]
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(described)


def tags(reader: PdfReader) -> set[str]:
    found, left = set(), [reader.root_object["/StructTreeRoot"]]
    while left:
        part = left.pop()
        part = part.get_object() if hasattr(part, "get_object") else part
        if isinstance(part, list):
            left += part
        elif hasattr(part, "get"):
            found.add(str(part.get("/S")))
            if "/K" in part:
                left.append(part["/K"])
    return found


@pytest.mark.parametrize("name", CHOICES)
def test_in_short_is_two_tagged_pages_whatever_is_chosen(
    name: str, decks: dict[str, tuple[Slide, ...]]
) -> None:
    reader = read(decks[name])
    assert len(reader.pages) <= 2
    check_form(reader)
    said = plain(text(reader))
    for slide in decks[name]:
        assert plain(slide.title) in said


def test_the_report_has_contents_tables_method_protection_and_contacts(
    whole: PdfReader, decks: dict[str, tuple[Slide, ...]]
) -> None:
    check_form(whole)
    assert {"/Table", "/TH", "/TD", "/Figure", "/TOC", "/H1", "/H2"} <= tags(whole)
    said = plain(text(whole))
    for slide in decks["all"]:
        for part in (slide.title, slide.subtitle, slide.guard, *slide.points):
            assert plain(part) in said, part
    for key in (
        "slides.contents",
        "about.method_title",
        "about.protection_title",
        "contacts.beside",
    ):
        assert plain(DA(key)) in said
    assert plain(OWN) in said


def test_every_page_says_its_source_its_release_its_day_and_that_it_is_made_up(
    whole: PdfReader, decks: dict[str, tuple[Slide, ...]]
) -> None:
    for number, page in enumerate(whole.pages, start=1):
        said = plain(page.extract_text())
        for part in (decks["all"][0].source, "Hentet 23. november 2026", DA("header.sample")):
            assert plain("".join(part.split())) in plain("".join(said.split()))
        assert plain(f"Side {number} af {len(whole.pages)}") in said


def test_every_figure_behind_a_chart_stands_in_the_report(
    whole: PdfReader, decks: dict[str, tuple[Slide, ...]]
) -> None:
    said = plain("".join(text(whole).split()))
    tables = [slide.table for slide in decks["all"] if slide.table is not None]
    assert len(tables) >= 4
    for table in tables:
        for cell in pd.unique(table.to_numpy().ravel()):
            assert plain("".join(str(cell).split())) in said, cell


def test_the_contacts_of_the_report_are_those_that_may_be_printed(
    whole: PdfReader, contacts: list[Contact]
) -> None:
    said = "".join(text(whole).split())
    for contact in contacts:
        for way in contact.phones:
            if not printable_number(way, DAY):
                assert "".join(way.address.split()) not in said, way.address


def test_a_slide_without_a_front_or_without_slides_is_a_document_all_the_same(
    decks: dict[str, tuple[Slide, ...]],
) -> None:
    assert len(read(()).pages) == 1
    assert DA("slides.call") in text(read(decks["few"]))


@pytest.mark.parametrize(
    "title", ["Æ" * 500, "🙂 " * 250, "Ord " * 125], ids=["word", "emoji", "words"]
)
def test_a_title_of_any_length_is_printed_and_drawn(
    title: str, decks: dict[str, tuple[Slide, ...]], prepared: Path
) -> None:
    slides = tuple(replace(slide, title=title) for slide in decks["few"])
    assert len(read(slides).pages) >= 1
    asked = Asked(slides, [], DAY, Home(prepared), DA)
    assert KINDS["png"].make(asked)


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_each_slide_is_a_picture(
    kind: str, decks: dict[str, tuple[Slide, ...]], prepared: Path
) -> None:
    slides, told = decks["all"], []
    progress = lambda done, of: told.append((done, of))  # noqa: E731
    asked = Asked(slides, [], DAY, Home(prepared), DA, progress)
    with zipfile.ZipFile(io.BytesIO(KINDS[kind].make(asked))) as box:
        expected = [f"{number}-{slide.name}.{kind}" for number, slide in enumerate(slides, 1)]
        assert box.namelist() == expected
        for name in box.namelist():
            content = box.read(name)
            if kind == "png":
                assert struct.unpack(">II", content[16:24]) == (1920, 1080)
            else:
                assert content.lstrip().startswith(b"<svg") and b"http" not in content.replace(
                    b"http://www.w3.org", b""
                )
    assert told == [(number, len(slides)) for number in range(1, len(slides) + 1)]
