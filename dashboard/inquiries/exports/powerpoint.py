"""The slides as PowerPoint: charts that can be edited, notes to speak from, in an organisation's own template."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.exc import PackageNotFoundError
from pptx.oxml.ns import qn
from pptx.util import Pt

from inquiries.exports.fitting import fitted
from inquiries.exports.native_chart import add_chart
from inquiries.exports.size import weighed
from inquiries.faults import Fault
from inquiries.home import PROJECT, Home
from inquiries.slides import Slide
from inquiries.words import Words

OURS = PROJECT / "data" / "slides" / "slide-template.pptx"
LANGUAGES = {"da": "da-DK", "en": "en-GB"}
# The layouts a template must have, and the placeholders that each of them must have, by name.
FRONT, FIGURE, TEXT = "Forside", "Figur", "Tekst"
EVERYWHERE = ("Titel", "Undertitel", "Punkter", "Kilde", "Forbehold", "Mærke", "Nummer")
NEEDED = {FRONT: EVERYWHERE, FIGURE: (*EVERYWHERE, "Indhold"), TEXT: EVERYWHERE}
SMALLEST, BETWEEN = 10, 6
LONGEST_PROPERTY = 255  # what the format allows
ROW_HEIGHT, TABLE_TEXT = Pt(34), Pt(15)
FIRST_COLUMN = 0.32  # of a table's width; the last has what is left
Progress = Callable[[int, int], None]


def template_of(home: Home) -> Path:
    """The organisation's own template where there is one, else ours."""
    return home.slide_template if home.slide_template.exists() else OURS


def powerpoint(
    slides: Sequence[Slide], template: Path, words: Words, progress: Progress = lambda *_: None
) -> bytes:
    """The slides as a .pptx file; `Fault` when the template lacks a layout or a placeholder.

    `progress` is told how many of how many slides are made.
    """
    presentation = _opened(template)
    layouts = {layout.name: layout for layout in presentation.slide_layouts}
    _require(layouts, template)
    _without_slides(presentation)
    for number, slide in enumerate(slides, start=1):
        _add(presentation, layouts[_layout_of(slide)], slide, words)
        progress(number, len(slides))
    properties = presentation.core_properties
    properties.title = slides[0].title[:LONGEST_PROPERTY] if slides else ""
    properties.author = properties.last_modified_by = ""
    properties.language = LANGUAGES[words.language]
    file = io.BytesIO()
    presentation.save(file)
    return weighed(file.getvalue())


def _opened(template: Path) -> Any:
    try:
        return Presentation(str(template))
    except (PackageNotFoundError, KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise Fault("slide_template_unreadable", file=template.name) from error


def _require(layouts: dict[str, Any], template: Path) -> None:
    for layout, names in NEEDED.items():
        if layout not in layouts:
            raise Fault("slide_layout_missing", file=template.name, layout=layout)
        there = {shape.name for shape in layouts[layout].placeholders}
        lacking = [name for name in names if name not in there]
        if lacking:
            raise Fault(
                "slide_placeholder_missing", file=template.name, layout=layout, name=lacking[0]
            )


def _without_slides(presentation: Any) -> None:
    """Slides that a template was saved with are examples and are left out."""
    listed = presentation.slides._sldIdLst
    for slide in list(listed):
        presentation.part.drop_rel(slide.rId)
        listed.remove(slide)


def _layout_of(slide: Slide) -> str:
    if slide.name == "question":
        return FRONT
    return TEXT if slide.chart is None and slide.table is None else FIGURE


def _add(presentation: Any, layout: Any, slide: Slide, words: Words) -> None:
    made = presentation.slides.add_slide(layout)
    names = {shape.placeholder_format.idx: shape.name for shape in layout.placeholders}
    places = {names[shape.placeholder_format.idx]: shape for shape in made.placeholders}
    _write(places["Titel"], [slide.title], bold=True)
    _write(places["Undertitel"], [slide.subtitle])
    _write(places["Punkter"], list(slide.points))
    _write(places["Kilde"], [slide.source])
    _write(places["Forbehold"], [slide.guard], bold=True)
    _write(places["Mærke"], [slide.sample], bold=True)
    if "Indhold" in places:
        _draw(made, places["Indhold"], slide, words)
    _number(made, next(one for one in layout.placeholders if one.name == "Nummer"))
    notes = made.notes_slide.notes_text_frame
    notes.text = "\n".join([slide.title, *slide.notes, slide.guard, slide.source])
    _in_language(made.notes_slide.shapes._spTree, words)
    _in_language(made.shapes._spTree, words)


def _write(place: Any, paragraphs: list[str], *, bold: bool = False) -> None:
    """The paragraphs as large as the place says, smaller where they need it; no place where there are none."""
    kept = [text for text in paragraphs if text]
    if not kept:
        place._element.getparent().remove(place._element)
        return
    size = _size_of(place)
    sizes = [*range(size, SMALLEST, -1), SMALLEST]
    frame = (place.width / Pt(1), place.height / Pt(1))
    chosen, texts = fitted(kept, frame, sizes, bold=bold, between=BETWEEN)
    text_frame = place.text_frame
    text_frame.text = texts[0]
    for text in texts[1:]:
        text_frame.add_paragraph().text = text
    if chosen != size:
        for paragraph in text_frame.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(chosen)


def _size_of(place: Any) -> int:
    """The size of a placeholder's text in its layout, in whole points."""
    idx = place.placeholder_format.idx
    layout = place.part.slide.slide_layout
    inherited = next(one for one in layout.placeholders if one.placeholder_format.idx == idx)
    said = inherited._element.find(f".//{qn('a:lvl1pPr')}/{qn('a:defRPr')}")
    return int(said.get("sz")) // 100 if said is not None and said.get("sz") else 16


def _draw(made: Any, place: Any, slide: Slide, words: Words) -> None:
    """The chart, or the table where there is none, in the stead of its placeholder."""
    frame = (place.left, place.top, place.width, place.height)
    place._element.getparent().remove(place._element)
    if slide.chart is not None:
        shown = add_chart(made, slide.chart, frame, words)
    else:
        shown = _table(made, slide, frame)
    alt = " ".join([f"{slide.title}.", slide.subtitle, *slide.points])
    shown._element.nvGraphicFramePr.cNvPr.set("descr", "".join(filter(str.isprintable, alt)))


def _table(made: Any, slide: Slide, frame: tuple[int, int, int, int]) -> Any:
    table = slide.table
    assert table is not None
    left, top, width, height = frame
    rows = len(table) + 1
    shown = made.shapes.add_table(
        rows, len(table.columns), left, top, width, min(height, rows * ROW_HEIGHT)
    )
    for column, share in enumerate((FIRST_COLUMN, 0.5 - FIRST_COLUMN / 2, 0.5 - FIRST_COLUMN / 2)):
        shown.table.columns[column].width = int(width * share)
    for column, (name, cells) in enumerate(table.items()):
        for row, text in enumerate([str(name), *cells]):
            cell = shown.table.cell(row, column)
            cell.text = text
            for paragraph in cell.text_frame.paragraphs:
                paragraph.font.size, paragraph.font.bold = TABLE_TEXT, row == 0 or column < 2
    return shown


def _number(made: Any, place: Any) -> None:
    """The slide's number, which a new slide does not take from its layout by itself."""
    made.shapes._spTree.append(copy.deepcopy(place._element))


def _in_language(tree: Any, words: Words) -> None:
    """Every run of text says which language it is in, for spelling and for reading aloud."""
    for run in tree.iter(qn("a:r"), qn("a:fld")):
        run.get_or_add_rPr().set("lang", LANGUAGES[words.language])
