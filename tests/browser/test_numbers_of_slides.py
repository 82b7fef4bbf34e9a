"""Every number in every medium of the slides is one of the release, or follows from it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from allowed import of_sentences, said
from pptx import Presentation
from pypdf import PdfReader
from readings import NUMBER, Choice, Reader, reader_of

from inquiries import directory
from inquiries.directory import for_print
from inquiries.exports.sheet import lines
from inquiries.exports.slide_files import KINDS, Asked
from inquiries.home import Home
from inquiries.release import Release, open_newest
from inquiries.slides import SLIDES, Choices, Slide, story
from inquiries.words import sentences, words

DAY = date(2026, 11, 23)
SHOWN = (
    ("eksempel-hotline", "da", Choice(by="inquirer")),
    ("eksempel-hotline", "en", Choice("lockdown_2", ("age_band", "under_18"), "theme")),
    ("eksempel-konsulenter", "da", Choice("reopening", ("region", "nordjylland"), "gender")),
)
# The ends and the steps of an axis are no figures.
STEPS = {*range(0, 100, 10), *range(0, 1000, 50), *range(2015, 2030)}
TAGS = re.compile(
    r"<style.*?</style>|<script(?! type=\"application).*?</script>|<[^>]+>", re.DOTALL
)
WRITTEN = ("slides.", "about.", "print.", "contacts.", "audience.")


@dataclass(frozen=True)
class Told:
    """A story in one language, what may be said in it, and every file made of it."""

    slides: tuple[Slide, ...]
    reader: Reader
    may: set[str]
    files: dict[str, bytes]

    def strange(self, text: str) -> set[str]:
        """The numbers of a text that the release does not hold."""
        spaced = " ".join(text.split())
        return self.reader.numbers(spaced) - self.may


@pytest.fixture(scope="module")
def release(home: Path) -> Iterator[Release]:
    opened = open_newest(Home(home))
    assert opened
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=SHOWN, ids=["all", "group", "hidden"])
def told(request: pytest.FixtureRequest, release: Release, home: Path) -> Told:
    source, language, choice = request.param
    spoken, contacts = words(language), directory.read_published(Home(home).directory)
    choices = Choices(source, choice.phase, choice.group, choice.by)
    slides = story(release.ask, choices, contacts, DAY, spoken)
    reader = reader_of(release, spoken, choice)
    beside = [slide.source for slide in slides] + [
        str(cell)
        for slide in slides
        if slide.name == "call" and slide.table is not None
        for cell in slide.table.to_numpy().ravel()
    ]
    printed = [
        str(part) for line in lines(for_print(contacts), DAY, spoken) for part in parts(line)
    ]
    own = [text for key, text in sentences(language).items() if key.startswith(WRITTEN)]
    months = release.ask(
        "release/months",
        source=source,
        dimension_1=choice.group[0],
        value_1=choice.group[1],
        dimension_2="",
        value_2="",
    )
    counted = {str(len(months)), str(int(months["count"].isna().sum())), "36"}
    may = said(release, source, reader) | of_sentences(release, source, spoken) | counted
    may |= {
        one for text in (*beside, *printed, *own, spoken.date(DAY)) for one in NUMBER.findall(text)
    }
    may |= {str(number) for number in range(1, len(SLIDES) + 1)}
    asked = Asked(slides, contacts, DAY, Home(home), spoken)
    files = {kind: KINDS[kind].make(asked) for kind in ("pptx", "pdf", "report", "html")}
    return Told(slides, reader, may, files)


def parts(line: Any) -> Iterator[str]:
    yield from (line.name, line.web, line.missing)
    for one in line.numbers:
        yield from (one.number, one.about, one.source)


def test_the_slides_say_no_number_of_their_own(told: Told) -> None:
    for slide in told.slides:
        for part in (slide.title, slide.subtitle, *slide.points, *slide.notes, slide.guard):
            assert told.strange(part) == set(), (slide.name, part)
        if slide.table is not None:
            for cell in slide.table.to_numpy().ravel():
                assert told.strange(str(cell)) == set(), (slide.name, cell)


def test_powerpoint_holds_no_number_of_its_own(told: Told) -> None:
    presentation = Presentation(io.BytesIO(told.files["pptx"]))
    spoken = told.reader.words
    edge = {spoken("slides.series_low"), spoken("slides.series_band")}
    for slide in presentation.slides:
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        texts.append(slide.notes_slide.notes_text_frame.text)
        for shape in slide.shapes:
            if shape.has_table:
                texts += [cell.text for row in shape.table.rows for cell in row.cells]
            if shape.has_chart:
                texts += [
                    str(one)
                    for one in shape.chart.plots[0].categories
                    if not shape.chart.has_legend
                ]
                values = [
                    value
                    for plot in shape.chart.plots
                    for series in plot.series
                    if series.name not in edge
                    for value in series.values
                    if value is not None
                ]
                told_as = [{spoken.number(abs(v), 1), spoken.number(abs(v))} for v in values]
                assert [one for one in told_as if not one & told.may] == []
        for text in texts:
            assert told.strange(text) == set(), text


@pytest.mark.parametrize("kind", ["pdf", "report"])
def test_a_page_of_paper_holds_no_number_of_its_own(kind: str, told: Told) -> None:
    reader = PdfReader(io.BytesIO(told.files[kind]))
    steps = {told.reader.words.number(step) for step in STEPS} | {str(step) for step in STEPS}
    pages = {str(number) for number in range(1, len(reader.pages) + 1)}
    for page in reader.pages:
        assert told.strange(page.extract_text()) - steps - pages == set()


def test_the_offline_file_says_no_number_of_its_own(told: Told) -> None:
    text = TAGS.sub(" ", told.files["html"].decode("utf-8").split('id="charts"')[0])
    assert told.strange(text) == set()


def test_a_number_that_is_not_of_the_release_is_found(told: Told) -> None:
    assert told.strange("Der kom 987.654 henvendelser") == {"987.654"}
