"""A workbook is judged as the CSV file it could have been; what would be a guess is refused with its cell."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.comments import Comment

from inquiries.exports.template import template_workbook
from inquiries.filing import Source
from inquiries.intake import (
    ACCEPT_NORMALISED,
    ACCEPT_WARNING,
    REFUSE,
    REFUSE_PERSONAL,
    Verdict,
    examine,
)
from inquiries.intake import workbook as reading
from inquiries.intake.sentences import sentence
from inquiries.seed import seeded_sources
from inquiries.vocabulary import REGISTERED, vocabulary
from inquiries.words import LOCALES, words

FULL = Source("hotline", "Hotlinen", "The hotline", "inquiry", REGISTERED)
NEWEST = pd.Timestamp(2026, 11, 1)
ROW = ["2026-09", "Aarhus", "Chat", "Psykisk vold", "Borgeren selv", "15-17 år", "Kvinde", 12]
OTHER = ["2026-09", "Odense", "Chat", "Psykisk vold", "Borgeren selv", "15-17 år", "Kvinde", 3]

Change = Callable[[Any], object]


def workbook(*rows: list[Any], change: Change | None = None) -> bytes:
    """A workbook of the header and these rows, changed in one way before it is saved."""
    book = openpyxl.Workbook()
    for row in (list(REGISTERED), *(rows or (ROW, OTHER))):
        book.active.append(row)
    if change:
        change(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def judge(data: bytes, source: Source = FULL) -> Verdict:
    return examine(data, source, NEWEST, name="tal.xlsx")


def said(verdict: Verdict) -> str:
    return "\n".join(
        sentence(problem, words(language)) for problem in verdict.problems for language in LOCALES
    )


def put(column: int, value: Any) -> list[Any]:
    """The second row with another value in a column."""
    return [*OTHER[:column], value, *OTHER[column + 1 :]]


def add_part(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with a part more, or with this in place of the part of the name."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return written.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def hide_row(book: Any) -> None:
    book.active.row_dimensions[3].hidden = True


def add_sheet(book: Any) -> None:
    book.create_sheet("Flere").append(["2026-09", 4])


def add_hidden_sheet(book: Any) -> None:
    add_sheet(book)
    book["Flere"].sheet_state = "hidden"


def comment(text: str) -> Change:
    def change(book: Any) -> None:
        book.active["B2"].comment = Comment(text, "x")

    return change


def name_author(book: Any) -> None:
    book.properties.creator = "Mette Eksempel Hansen"


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("source", [FULL, *seeded_sources()], ids=lambda source: f"{source.source}")
def test_the_template_is_accepted_as_it_is(source: Source, language: str) -> None:
    verdict = judge(template_workbook(source, NEWEST, words(language)), source)
    assert (verdict.outcome, len(verdict.rows), verdict.total) == (ACCEPT_NORMALISED, 1, 12)
    assert {problem.code for problem in verdict.problems} == {"workbook_read"}


def test_the_template_offers_each_closed_list_and_keeps_text_as_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(FULL, NEWEST, words("da"))))
    sheet, lists = book.worksheets
    assert (sheet.sheet_state, lists.sheet_state, book.properties.creator) == (
        "visible",
        "hidden",
        None,
    )
    rules = {str(rule.sqref)[0]: rule for rule in sheet.data_validations.dataValidation}
    assert [rules[letter].type for letter in "ABCDEFGH"] == ["textLength", *["list"] * 6, "whole"]
    listed = [cell.value for cell in lists["B"] if cell.value]
    accepted = [label.label_da for label in vocabulary().of("municipality") if label.accepted]
    assert listed == accepted
    assert [sheet.cell(2, place).number_format for place in range(1, 8)] == ["@"] * 7


@pytest.mark.parametrize(
    "month", ["2026-09", "september 2026", datetime(2026, 9, 1)], ids=["text", "name", "date"]
)
def test_a_workbook_is_accepted_with_its_rows(month: object) -> None:
    verdict = judge(workbook([month, *ROW[1:]], [month, *OTHER[1:]]))
    assert verdict.outcome == ACCEPT_NORMALISED
    assert (len(verdict.rows), verdict.total) == (2, 15)
    assert verdict.months == (pd.Timestamp(2026, 9, 1),)


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (workbook(change=hide_row), "workbook_hidden_cells", None),
        (workbook(ROW, OTHER, ["I alt", *[None] * 6, 15]), "totals_row", 4),
        (workbook(ROW, OTHER, ["Kilde: kommunen"]), "footnote", 4),
    ],
    ids=["hidden row", "sum", "footnote"],
)
def test_what_must_be_confirmed_is_told(data: bytes, code: str, line: int | None) -> None:
    verdict = judge(data)
    assert verdict.outcome == ACCEPT_WARNING
    assert (code, line) in {(problem.code, problem.line) for problem in verdict.problems}
    assert (len(verdict.rows), verdict.total) == (2, 15)


GOOD = workbook()
SHEET = "xl/worksheets/sheet1.xml"
OUTSIDE = b'<Relationships><Relationship Id="r1" Target="http://x.example" TargetMode="External"/></Relationships>'
REFUSED = {
    "formula": (workbook(ROW, put(7, "=1+2")), "workbook_formula", 3),
    "decimals": (workbook(ROW, put(7, 3.5)), "workbook_decimal", 3),
    "thousands as decimals": (workbook(ROW, put(7, 1.234)), "workbook_decimal", 3),
    "a date for an age": (workbook(ROW, put(5, datetime(2026, 12, 10))), "workbook_date", 3),
    "a day for a month": (workbook(ROW, put(0, datetime(2026, 9, 15))), "workbook_date", 3),
    "yes": (workbook(ROW, put(7, True)), "count", 3),
    "an error": (workbook(ROW, put(7, "#REF!")), "excel_error", 3),
    "a wrong label": (workbook(ROW, put(1, "Malmö")), None, 3),
    "an empty count": (workbook(ROW, put(7, None)), "empty_cell", 3),
    "twice the same": (workbook(ROW, ROW), "repeated_row", 3),
    "two sheets": (workbook(change=add_sheet), "workbook_sheets", None),
    "a hidden sheet": (workbook(change=add_hidden_sheet), "workbook_hidden", None),
    "nothing in it": (
        workbook([], change=lambda book: book.active.delete_rows(1, 9)),
        "empty_file",
        None,
    ),
    "a cell far right": (workbook(ROW, [*OTHER, *[None] * 99, "x"]), "workbook_wide", None),
    "rows out of order": (
        add_part(GOOD, SHEET, part(GOOD, SHEET).replace(b'<row r="3"', b'<row r="1"')),
        "workbook_damaged",
        None,
    ),
    "links": (
        add_part(GOOD, "xl/worksheets/_rels/sheet1.xml.rels", OUTSIDE),
        "workbook_links",
        None,
    ),
    "entities": (
        add_part(GOOD, "xl/sharedStrings.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><sst/>'),
        "workbook_damaged",
        None,
    ),
    "a bomb": (add_part(GOOD, "xl/media/a.bin", bytes(16_000_000)), "workbook_large", None),
    "many parts": (
        workbook(change=lambda book: [book.create_sheet() for _ in range(210)]),
        "workbook_large",
        None,
    ),
    "cut off": (GOOD[: len(GOOD) // 2], "not_csv", None),
    "no sheet": (add_part(GOOD, SHEET, b"<worksheet>"), "workbook_damaged", None),
    "macros": (add_part(GOOD, "xl/vbaProject.bin", b"x"), "not_csv", None),
    "a document": (
        add_part(GOOD, "word/document.xml", b"x").replace(b"xl/workbook.xml", b"xl/workbooc.xml"),
        "not_csv",
        None,
    ),
}


@pytest.mark.parametrize(("data", "code", "line"), REFUSED.values(), ids=REFUSED.keys())
def test_what_would_be_a_guess_is_refused(data: bytes, code: str | None, line: int | None) -> None:
    verdict = judge(data)
    assert verdict.outcome == REFUSE and verdict.rows.empty
    places = {(problem.code, problem.line) for problem in verdict.problems}
    assert (code, line) in places or (code is None and line in {at for _, at in places})
    assert said(verdict)


def test_a_refused_cell_is_named_as_excel_names_it() -> None:
    assert "celle H3 er en formel" in said(judge(workbook(ROW, put(7, "=1+2"))))


def test_more_rows_than_can_be_unpacked_in_time_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "MOST_WORKBOOK_ROWS", 2)
    assert judge(workbook()).is_accepted
    verdict = judge(workbook(ROW, OTHER, put(1, "Aalborg")))
    assert [problem.code for problem in verdict.problems] == ["workbook_rows"]


PERSONAL = {
    "cell": (workbook(ROW, put(3, "150785-1101")), 3),
    "number": (workbook(ROW, put(7, 1507851101)), 3),
    "number without its first zero": (workbook(ROW, put(7, 507851101)), 3),
    "comment": (workbook(change=comment("Ring til 150785-1101")), None),
    "far right": (workbook(ROW, [*OTHER, *[None] * 99, "navn.efternavn@kommune.example"]), None),
    "other sheet": (
        workbook(change=lambda book: book.create_sheet("b").append(["150785-1101"])),
        None,
    ),
    "hidden sheet": (
        workbook(
            change=lambda book: (add_hidden_sheet(book), book["Flere"].append(["150785-1101"]))
        ),
        None,
    ),
}


@pytest.mark.parametrize(("data", "line"), PERSONAL.values(), ids=PERSONAL.keys())
def test_personal_data_are_found_wherever_they_stand(data: bytes, line: int | None) -> None:
    verdict = judge(data)
    assert (verdict.outcome, verdict.problems[0].line) == (REFUSE_PERSONAL, line)
    assert not re.search("1101|efternavn", said(verdict) + repr(verdict.problems))


def test_the_author_is_neither_kept_nor_held_against_the_file() -> None:
    verdict = judge(workbook(change=name_author))
    assert verdict.outcome == ACCEPT_NORMALISED
    assert "Mette" not in said(verdict) + verdict.rows.to_csv()


def test_no_byte_makes_it_raise_or_store_something_else() -> None:
    taken = 0
    for seed in range(300):
        chance = random.Random(seed)
        data = bytearray(GOOD)
        for _ in range(chance.choice((1, 3, 20))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        verdict = judge(bytes(data))
        taken += verdict.is_accepted
        assert not verdict.is_accepted or (len(verdict.rows), verdict.total) == (2, 15), seed
    assert 0 < taken < 300
