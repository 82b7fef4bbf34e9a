"""The slides as PowerPoint: figures as released, charts that can be edited, in the reader's language, and within their frames."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Pt

from inquiries import directory
from inquiries.exports.fitting import fitted
from inquiries.exports.powerpoint import NEEDED, OURS, powerpoint, template_of
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.release import open_newest
from inquiries.slides import SLIDES, Choices, Slide, story, with_own_text
from inquiries.words import words

DAY = date(2026, 11, 23)
DA, EN = words("da"), words("en")
Deck = tuple[Slide, ...]


@pytest.fixture(scope="module")
def decks(prepared: Path) -> dict[str, Deck]:
    """The story of all, and that of a group whose months are hidden."""
    home = Home(prepared)
    release, contacts = open_newest(home), directory.read_published(home.directory)
    assert release
    whole = Choices("eksempel-hotline", by="inquirer")
    chosen = {"all": whole, "hidden": replace(whole, group=("region", "nordjylland"))}
    return {
        name: with_own_text(story(release.ask, one, contacts, DAY, DA), "Direktionen, æøå 🙂")
        for name, one in chosen.items()
    }


@pytest.fixture(scope="module")
def made(decks: dict[str, Deck]) -> dict[str, Any]:
    return {name: opened(powerpoint(deck, OURS, DA)) for name, deck in decks.items()}


def opened(file: bytes) -> Any:
    return Presentation(io.BytesIO(file))


def charts(presentation: Any) -> dict[str, Any]:
    """The charts of a presentation by the place of their slide."""
    return {
        SLIDES[place]: shape.chart
        for place, slide in enumerate(presentation.slides)
        for shape in slide.shapes
        if shape.has_chart
    }


def series(chart: Any) -> dict[str, list[float | None]]:
    return {one.name: list(one.values) for plot in chart.plots for one in plot.series}


def told(values: pd.Series) -> list[float | None]:
    return [None if pd.isna(value) else float(value) for value in values]


def text(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


# The figures


@pytest.mark.parametrize("name", ["all", "hidden"])
def test_the_figures_of_every_chart_are_those_of_the_slide(
    name: str, decks: dict[str, Deck], made: dict[str, Any]
) -> None:
    drawn = charts(made[name])
    assert drawn
    for slide in decks[name]:
        if slide.chart is None:
            assert slide.name not in drawn
            continue
        found, rows = series(drawn[slide.name]), slide.chart.rows
        if slide.chart.kind == "months":
            assert found[DA("slides.series_observed")] == told(rows["count"])
        if slide.chart.kind == "missing":
            assert found[DA("slides.series_missing")] == told(rows["missing"].round(1))
        if slide.chart.kind == "changes":
            assert found[DA("chart.change")] == told(rows["change"].round(1))
        if DA("slides.series_band") in found:
            low = pd.Series(found[DA("slides.series_low")], index=rows.index)
            high = low + pd.Series(found[DA("slides.series_band")], index=rows.index)
            there = rows["low"].notna()
            assert told(low[there]) == told(rows["low"][there].round(1))
            assert high[there].to_list() == pytest.approx(
                told(rows["high"][there].round(1)), abs=0.11
            )


def test_beside_the_band_its_edge_lies_on_what_was_observed(
    decks: dict[str, Deck], made: dict[str, Any]
) -> None:
    rows = next(slide.chart.rows for slide in decks["all"] if slide.name == "fall" and slide.chart)
    found = series(charts(made["all"])["fall"])
    low, band = found[DA("slides.series_low")], found[DA("slides.series_band")]
    beside = [
        place for place, value in enumerate(told(rows["low"])) if value is None and low[place]
    ]
    assert len(beside) == 2
    for place in beside:
        assert (low[place], band[place]) == (told(rows["count"])[place], 0)


def test_a_hidden_month_is_empty_in_chart_and_workbook(made: dict[str, Any]) -> None:
    chart = charts(made["hidden"])["fall"]
    assert None in series(chart)[DA("slides.series_observed")]
    assert chart._chartSpace.chart.find(qn("c:dispBlanksAs")).get("val") == "gap"
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert sheet
    written = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[-1] for row in written] == series(chart)[DA("slides.series_observed")]


def test_every_chart_can_be_edited_in_a_workbook_of_the_same_figures(made: dict[str, Any]) -> None:
    for name, chart in charts(made["all"]).items():
        sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        assert sheet
        columns = list(zip(*sheet.iter_rows(values_only=True), strict=True))
        assert {str(one[0]): list(one[1:]) for one in columns[1:]} == series(chart), name


def test_the_fall_is_drawn_over_its_months_alone(made: dict[str, Any]) -> None:
    fall = series(charts(made["all"])["fall"])[DA("slides.series_fall")]
    assert len([value for value in fall if value is not None]) == 3
    assert DA("slides.series_fall") not in series(charts(made["hidden"])["fall"])


def test_an_interval_is_as_long_as_its_limits_say(
    decks: dict[str, Deck], made: dict[str, Any]
) -> None:
    rows = next(slide.chart.rows for slide in decks["all"] if slide.name == "whom" and slide.chart)
    bars = charts(made["all"])["whom"]._chartSpace.find(f".//{qn('c:errBars')}")
    for side, lengths in (
        ("plus", rows["high"] - rows["change"]),
        ("minus", rows["change"] - rows["low"]),
    ):
        found = [float(v.text) for v in bars.find(qn(f"c:{side}")).iter(qn("c:v"))]
        assert found == pytest.approx(lengths.to_list(), abs=0.051)


# Language, alternatives and notes


def test_numbers_and_months_are_danish_whoever_opens_the_file(made: dict[str, Any]) -> None:
    for chart in charts(made["all"]).values():
        codes = {code.text for code in chart._chartSpace.iter(qn("c:formatCode"))}
        axes = {one.get("formatCode") for one in chart._chartSpace.iter(qn("c:numFmt"))}
        assert codes | axes <= {"[$-406]#,##0", "[$-406]mmm yyyy", "General"}
        assert axes & {"[$-406]#,##0"}


def test_every_run_of_text_says_its_language(decks: dict[str, Deck]) -> None:
    for language, spoken in (("da-DK", DA), ("en-GB", EN)):
        presentation = opened(powerpoint(decks["all"], OURS, spoken))
        assert presentation.core_properties.language == language
        for slide in presentation.slides:
            for page in (slide, slide.notes_slide):
                runs = list(page.shapes._spTree.iter(qn("a:r"), qn("a:fld")))
                assert runs
                assert {run.find(qn("a:rPr")).get("lang") for run in runs} == {language}


def test_every_chart_and_table_has_a_text_alternative(
    decks: dict[str, Deck], made: dict[str, Any]
) -> None:
    for slide, shown in zip(decks["all"], made["all"].slides, strict=True):
        frames = [shape for shape in shown.shapes if shape.has_chart or shape.has_table]
        assert len(frames) == (slide.chart is not None or slide.table is not None)
        for frame in frames:
            assert frame._element.nvGraphicFramePr.cNvPr.get("descr").startswith(slide.title)


def test_each_slide_says_its_message_its_source_its_mark_and_how_not_to_read_it(
    decks: dict[str, Deck], made: dict[str, Any]
) -> None:
    for number, (slide, shown) in enumerate(zip(decks["all"], made["all"].slides, strict=True), 1):
        assert shown.shapes.title.text == slide.title
        said = text(shown)
        for part in (slide.subtitle, slide.guard, slide.source, slide.sample, *slide.points):
            assert part in said, (slide.name, part)
        assert len(list(shown.shapes._spTree.iter(qn("a:fld")))) == 1, number
        notes = shown.notes_slide.notes_text_frame.text
        for part in (*slide.notes, slide.guard, slide.source):
            assert part in notes


def test_a_file_says_of_its_maker_nothing(made: dict[str, Any]) -> None:
    properties = made["all"].core_properties
    assert (properties.author, properties.last_modified_by) == ("", "")


# Frames


def overflowing(presentation: Any) -> list[str]:
    """The texts that do not fit their frame at their size."""
    found = []
    for slide in presentation.slides:
        sizes = {
            shape.placeholder_format.idx: shape._element.find(f".//{qn('a:defRPr')}")
            for shape in slide.slide_layout.placeholders
        }
        for shape in slide.placeholders:
            inherited = sizes[shape.placeholder_format.idx]
            runs = [run for one in shape.text_frame.paragraphs for run in one.runs]
            if not runs:  # the number of the slide
                continue
            size = int((runs[0].font.size or Pt(int(inherited.get("sz")) // 100)).pt)
            frame, texts = (
                (shape.width.pt, shape.height.pt),
                [one.text for one in shape.text_frame.paragraphs],
            )
            bold = inherited.get("b") == "1"
            if fitted(texts, frame, [size], bold=bold)[1] != tuple(texts):
                found.append(shape.text_frame.text[:60])
            assert shape.left >= 0 and shape.left + shape.width <= presentation.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= presentation.slide_height
    return found


@pytest.mark.parametrize("name", ["all", "hidden"])
def test_no_text_stands_outside_its_frame(name: str, made: dict[str, Any]) -> None:
    assert overflowing(made[name]) == []


@pytest.mark.parametrize(
    "title",
    ["Æblegrød på Ærø " * 31, "x" * 500, "🙂" * 500, "Å"],
    ids=["words", "one word", "emoji", "one letter"],
)
def test_a_title_of_any_length_is_a_usable_slide(title: str, decks: dict[str, Deck]) -> None:
    slides = [replace(slide, title=title.strip()) for slide in decks["all"]]
    presentation = opened(powerpoint(slides, OURS, DA))
    assert overflowing(presentation) == []
    for slide in presentation.slides:
        shown = slide.shapes.title.text
        assert shown == title.strip() or shown.endswith("…")
        assert slide.notes_slide.notes_text_frame.text.startswith(title.strip())


def test_no_slides_are_a_file_without_slides(decks: dict[str, Deck]) -> None:
    assert len(opened(powerpoint((), OURS, DA)).slides) == 0


# The template


def test_ours_is_used_until_an_organisation_has_its_own(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert template_of(home) == OURS
    shutil.copy(OURS, home.slide_template)
    assert template_of(home) == home.slide_template


def test_a_template_of_an_organisation_gives_colours_places_and_size(
    tmp_path: Path, decks: dict[str, Deck]
) -> None:
    own = Presentation(str(OURS))
    title = next(
        one for one in own.slide_layouts.get_by_name("Figur").placeholders if one.name == "Titel"
    )
    title.top = Pt(90)
    own.slides.add_slide(own.slide_layouts[0])
    own.save(str(tmp_path / "own.pptx"))
    presentation = opened(powerpoint(decks["all"], tmp_path / "own.pptx", DA))
    assert len(presentation.slides) == len(SLIDES)
    assert presentation.slides[1].shapes.title.top == Pt(90)


@pytest.mark.parametrize("layout", NEEDED)
def test_a_template_without_a_layout_or_a_placeholder_says_which(
    layout: str, tmp_path: Path, decks: dict[str, Deck]
) -> None:
    own, file = Presentation(str(OURS)), tmp_path / "own.pptx"
    place = next(
        one for one in own.slide_layouts.get_by_name(layout).placeholders if one.name == "Kilde"
    )
    place._element.getparent().remove(place._element)
    own.save(str(file))
    with pytest.raises(Fault) as refused:
        powerpoint(decks["all"], file, DA)
    assert refused.value.code == "slide_placeholder_missing"
    assert refused.value.facts == {"file": "own.pptx", "layout": layout, "name": "Kilde"}
    own.slide_layouts.get_by_name(layout).name = "Andet"
    own.save(str(file))
    with pytest.raises(Fault) as refused:
        powerpoint(decks["all"], file, DA)
    assert (refused.value.code, refused.value.facts["layout"]) == ("slide_layout_missing", layout)


@pytest.mark.parametrize("content", [b"", b"no zip", None], ids=["empty", "text", "other zip"])
def test_a_template_that_is_no_presentation_says_so(
    content: bytes | None, tmp_path: Path, decks: dict[str, Deck]
) -> None:
    file = tmp_path / "own.pptx"
    if content is None:
        with zipfile.ZipFile(file, "w") as box:
            box.writestr("a.txt", "a")
    else:
        file.write_bytes(content)
    with pytest.raises(Fault) as refused:
        powerpoint(decks["all"], file, DA)
    assert refused.value.code == "slide_template_unreadable"


# Another program


@pytest.mark.long
def test_another_office_program_opens_the_slides(tmp_path: Path, decks: dict[str, Deck]) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed, so the slides were not drawn by it")
    file = tmp_path / "deck.pptx"
    file.write_bytes(powerpoint(decks["all"], OURS, DA))
    command = [office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    from pypdf import PdfReader

    pages = PdfReader(tmp_path / "deck.pdf").pages
    assert len(pages) == len(SLIDES)
    for slide, page in zip(decks["all"], pages, strict=True):
        assert " ".join(slide.guard.split()) in " ".join(page.extract_text().split())
