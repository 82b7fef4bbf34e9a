"""A figure taken along as a file says what the screen says, to the last digit, and where it is from; nothing in it runs."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest
from injections import INJECTIONS
from PIL import Image
from released import SOURCE, TOTAL, asked, given, phase_table

from inquiries.citation import Said, citation
from inquiries.explore import Explored, explored
from inquiries.explore.choices import view_of
from inquiries.explore.measures import decimals_of
from inquiries.explore.offered import offered_of
from inquiries.exports import figure_picture
from inquiries.exports.explored import for_programs, for_readers
from inquiries.exports.table import as_csv, as_program_csv
from inquiries.exports.workbook import HEAD, workbook
from inquiries.facts import Ask
from inquiries.periods import MISSING, PROVISIONAL
from inquiries.release import About
from inquiries.words import Words, words

DA, EN = words("da"), words("en")
CODE, RELEASE, TODAY = "19JY-00JA", "2026-11-22-1", date(2026, 11, 23)
PHASES = phase_table(lockdown_1=("2020-04", "2020-06"), reopening=("2020-07", "2020-12"))
MONTHS = pd.date_range("2016-01-01", "2021-12-01", freq="MS")
CHANNELS = ("phone", "chat", "email")
# What is asked for, by the names of an address: every measure, kind of period and form of table.
ASKED = {
    "months": {},
    "quarters": {"by": "channel", "period": "quarter"},
    "years": {"by": "channel", "period": "year", "measure": "share"},
    "phases": {"period": "phase"},
    "slope": {"by": "channel", "form": "slope"},
    "index": {"by": "channel", "measure": "index", "period": "year"},
    "expected": {"measure": "expected", "from": "2020-03", "to": "2020-12"},
    "all": {"form": "heat"},
    "one": {"only": "channel.phone", "form": "heat"},
}


def counted(number: int, place: int) -> pd.Series:
    """A count for each month, with the ups and downs of a year."""
    ups = pd.Series(range(len(MONTHS)), MONTHS) * (7 + 2 * place) % 12
    return (ups + number).astype("int64")


@pytest.fixture(scope="module")
def ask() -> Ask:
    """A release of three channels: a month missing, one hidden, one masked, the newest provisional."""
    groups = {("channel", code): counted(90, place) for place, code in enumerate(CHANNELS)}
    whole = {TOTAL: sum(groups.values())}
    hidden = {("channel", "chat"): ["2017-05", "2020Q2", "2018", "lockdown_1"]}
    tables = given(whole | groups, PHASES, hidden=hidden)
    coverage = tables["coverage"]
    of_month = coverage["period_kind"] == "month"
    coverage.loc[of_month & (coverage["period"] == "2021-12"), "state"] = PROVISIONAL
    coverage.loc[of_month & (coverage["period"] == "2019-07"), "state"] = MISSING
    coverage.loc[of_month & (coverage["period"] == "2019-09"), "masked"] = True
    cells = tables["cell"]
    tables["cell"] = cells[cells["period"] != "2019-07"]
    return kept(asked(tables))


def kept(ask: Ask) -> Ask:
    """What was asked is not asked again, as in the product."""
    answer = cache(lambda question, params: ask(question, **dict(params)))
    return lambda question, **params: answer(question, tuple(sorted(params.items())))


@cache
def shown(ask: Ask, name: str, words: Words = DA) -> Explored:
    """One of ASKED, or a form of the quarters by channel."""
    offered = offered_of(ask, SOURCE)
    asked_for = ASKED.get(name, {"by": "channel", "period": "quarter", "form": name})
    view, _ = view_of(asked_for, offered)
    return explored(ask, view, offered, words)


def said_of(found: Explored, words: Words = DA) -> Said:
    names, stamp = found.figures.names, pd.Timestamp("2026-11-22 12:00")
    about = About(RELEASE, 12, stamp, stamp, False, "1", "", "", "", False, 1, stamp)
    quoted = citation(about, found.figures.source, names.title, CODE, TODAY, words)
    notes = (*found.warnings, words("effect.guard"), names.caption)
    return Said(names.title, names.subtitle, found.sentence, notes, quoted)


Line = tuple[str, date, date, str]


def on_screen(found: Explored) -> list[Line]:
    """Value by value and period by period: the label, the first and the last day, and what is written there."""
    rows = found.figures.rows
    ends = rows["last_month"] + pd.offsets.MonthEnd()
    return [
        (row.label, row.first_month.date(), end.date(), row.text)
        for row, end in zip(rows.itertuples(), ends, strict=True)
    ]


def as_shown(value: float | None, marks: str, found: Explored, words: Words) -> str:
    """How the screen writes a number of a file with its marks."""
    if value is None:
        return marks
    text = words.number(value, decimals_of(found.figures.view))
    if words("share.approximate") in marks:
        text = words("mark.masked", number=text)
    return words("mark.provisional", number=text) if words("share.provisional") in marks else text


def number(text: str) -> float | None:
    return float(text.replace(",", ".")) if text else None


def in_danish_csv(found: Explored, words: Words) -> list[Line]:
    file = as_csv(for_readers(found.figures, words), "Kilde: x.")
    assert file.startswith(b"\xef\xbb\xbf")
    _, *lines = csv.reader(io.StringIO(file.decode("utf-8-sig"), newline=""), delimiter=";")
    assert lines[-2:] == [[], ["Kilde: x."]]
    return [
        (
            line[0] if found.figures.view.by else "",
            *(datetime.strptime(day, "%d-%m-%Y").date() for day in days_of(line, found)),
            as_shown(number(line[-2]), line[-1], found, words),
        )
        for line in lines[:-2]
    ]


def in_program_csv(found: Explored, words: Words) -> list[Line]:
    file = as_program_csv(for_programs(found.figures, RELEASE, CODE, words)).decode()
    lines = list(csv.DictReader(io.StringIO(file, newline="")))
    assert {(line["release"], line["figure_code"]) for line in lines} == {(RELEASE, CODE)}
    return [
        (
            line["label"],
            date.fromisoformat(line["first_day"]),
            date.fromisoformat(line["last_day"]),
            as_shown(number(line["value"]), said_marks(line, words), found, words),
        )
        for line in lines
    ]


def said_marks(line: dict[str, str], words: Words) -> str:
    """The marks of a line for programs in words."""
    named = {
        "": "",
        "provisional": words("share.provisional"),
        "not_shown": words("verdict.not_shown"),
    }
    mark = line["mark"]
    about = words("share.approximate") if line["approximate"] else ""
    return f"{named[mark] if mark in named else words(f'mark.{mark}')}{about}"


def in_sheet(found: Explored, words: Words) -> list[Line]:
    lines = sheet(found, words).iter_rows(
        HEAD + 1, HEAD + len(found.figures.rows), values_only=True
    )
    return [
        (
            line[0] if found.figures.view.by else "",
            *(day.date() for day in days_of(line, found)),
            as_shown(line[-2], line[-1] or "", found, words),
        )
        for line in lines
    ]


def days_of(line: Sequence[Any], found: Explored) -> Sequence[Any]:
    """The two days of a line for readers: behind its label and its period."""
    first = 2 if found.figures.view.by else 1
    return line[first : first + 2]


def sheet(found: Explored, words: Words = DA) -> Any:
    """The workbook as a program opens it."""
    made = workbook(for_readers(found.figures, words), said_of(found, words), "Tal")
    return openpyxl.load_workbook(io.BytesIO(made)).active


# The same figures as on the screen


@pytest.mark.parametrize("read", [in_danish_csv, in_program_csv, in_sheet])
@pytest.mark.parametrize("name", ASKED)
def test_a_file_holds_what_the_screen_shows(
    ask: Ask, name: str, read: Callable[[Explored, Words], list[Line]]
) -> None:
    for spoken in (DA, EN) if name in ("months", "slope") else (DA,):
        found = shown(ask, name, spoken)
        lines = read(found, spoken)
        assert lines == on_screen(found)
        in_table = {cell.strip() for column in found.table for cell in found.table[column]}
        assert {text for *_, text in lines} <= in_table


def test_the_cases_have_every_mark(ask: Ask) -> None:
    """Else they would show less than they say."""
    marks = {mark for name in ASKED for mark in shown(ask, name).figures.rows["mark"]}
    assert marks >= {"", "hidden", "missing", "provisional", "not_shown"}
    assert any(text.startswith("ca. ") for *_, text in on_screen(shown(ask, "months")))


def test_of_a_mean_per_month_the_whole_count_stands_beside_it(ask: Ask) -> None:
    found = shown(ask, "phases")
    lines = list(sheet(found).iter_rows(HEAD, HEAD + len(found.figures.rows), values_only=True))
    assert lines[0][-3:] == ("Antal", "Pr. måned", "Mærke")
    counts = [line[-3] for line in lines[1:]]
    assert counts == list(found.figures.rows["count"])
    assert [DA.number(count) for count in counts] == list(found.table["Antal"].str.strip())


def test_numbers_and_days_are_numbers_and_days_in_the_workbook(ask: Ask) -> None:
    page = sheet(shown(ask, "phases"))
    line = [cell for cell in page[HEAD + 1] if cell.value is not None]
    assert [cell.number_format for cell in line] == [
        *("General", "mm-dd-yy", "mm-dd-yy"),
        *("#,##0", "#,##0.0"),
    ]
    assert [cell.is_date for cell in line] == [False, True, True, False, False]
    assert page.freeze_panes == f"A{HEAD + 1}"


def test_a_workbook_says_what_it_shows_and_where_it_is_from(ask: Ask) -> None:
    found = shown(ask, "quarters")
    said, page = said_of(found), sheet(found)
    texts = [cell.value for (cell, *_) in page.iter_rows()]
    assert texts[:3] == [said.title, said.subtitle, said.sentence]
    assert texts[-len(said.notes) - 1 :] == [*said.notes, said.citation]
    assert CODE in said.citation and "Hentet 23. november 2026." in said.citation


def test_sample_data_says_so_in_every_file(ask: Ask) -> None:
    found = shown(ask, "months")
    source = found.figures.source._replace(synthetic=True)
    made_up = replace(found, figures=replace(found.figures, source=source))
    assert said_of(made_up).citation.startswith("Eksempeldata: ")
    lines = for_programs(made_up.figures, RELEASE, CODE, DA)
    assert set(lines["note"]) == {"Eksempeldata"}
    assert set(for_programs(found.figures, RELEASE, CODE, DA)["note"]) == {""}


# Nothing runs

LABELS = list(INJECTIONS.values())


@pytest.fixture(scope="module")
def injected() -> Explored:
    """A view whose labels are the injections."""
    assert len(LABELS) == 34
    codes = [f"c{place:02}" for place in range(len(LABELS))]
    groups = {("theme", code): counted(40, place).tail(24) for place, code in enumerate(codes)}
    tables = given({TOTAL: sum(groups.values())} | groups, PHASES)
    said = {"label_da": LABELS, "label_en": LABELS, "code": codes}
    named = pd.DataFrame(said).assign(dimension="theme", group_code="", rank=range(len(codes)))
    others = tables["label"][tables["label"]["dimension"] != "theme"]
    labels = pd.concat([others, named], ignore_index=True)
    ask = kept(asked(tables | {"label": labels}))
    offered = offered_of(ask, SOURCE)
    view, _ = view_of({"by": "theme", "period": "year", "form": "heat"}, offered)
    return explored(ask, view, offered, DA)


def first_of_each(cells: Sequence[Any]) -> list[Any]:
    return list(dict.fromkeys(cells))


def test_a_label_is_text_in_both_tables(injected: Explored) -> None:
    danish = as_csv(for_readers(injected.figures, DA))
    program = as_program_csv(for_programs(injected.figures, RELEASE, CODE, DA))
    for file, delimiter, place in (
        (danish.decode("utf-8-sig"), ";", 0),
        (program.decode(), ",", 8),
    ):
        _, *lines = csv.reader(io.StringIO(file, newline=""), delimiter=delimiter)
        found = first_of_each([line[place] for line in lines if len(line) > place])
        assert len(found) == len(LABELS)
        for cell, label in zip(found, LABELS, strict=True):
            assert not would_run(cell)
            assert cell.removeprefix("'") == printed(label).removeprefix("'")


def test_a_label_is_text_in_the_workbook(injected: Explored) -> None:
    made = workbook(for_readers(injected.figures, DA), said_of(injected), "Tal")
    page = openpyxl.load_workbook(io.BytesIO(made)).active
    labels = [page.cell(row, 1) for row in range(HEAD + 1, HEAD + 1 + len(injected.figures.rows))]
    assert first_of_each([cell.value for cell in labels]) == [printed(label) for label in LABELS]
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {
        "s",
        "inlineStr",
        "n",
        "d",
    }
    assert all(cell.quotePrefix for cell in labels if would_run(cell.value))
    inside = zipfile.ZipFile(io.BytesIO(made))
    assert b"<f>" not in inside.read("xl/worksheets/sheet1.xml")


def test_a_label_is_text_in_the_picture(injected: Explored) -> None:
    said = replace(said_of(injected), title=" ".join(map(printed, LABELS)))
    drawn = ElementTree.fromstring(figure_picture.svg(injected.charts, said, "da"))
    assert {element.tag.rpartition("}")[2] for element in drawn.iter()} <= DRAWN
    assert not [name for element in drawn.iter() for name in element.attrib if name[:2] == "on"]
    tips = {element.get("aria-label", "") for element in drawn.iter()}
    for label in LABELS:
        start = " ".join(printed(label).split())
        assert any(" ".join(tip.split()).startswith(start) for tip in tips), label


DRAWN = {"svg", "title", "desc", "rect", "text", "g", "path", "line", "defs", "clipPath", "tspan"}


def printed(label: str) -> str:
    """The label without the signs that steer a terminal, which no file can hold."""
    return label.replace("\x1b", "")


def would_run(cell: str) -> bool:
    """Whether a spreadsheet takes a cell for a formula."""
    return cell.lstrip()[:1] in tuple("=+-@＝＋－＠") or cell[:1] in ("\t", "\r", "\n")


# The picture


def texts_in(picture: bytes) -> str:
    """All that is written in a picture, line after line."""
    drawn = ElementTree.fromstring(picture)
    return " ".join(
        "".join(element.itertext()) for element in drawn.iter() if element.tag.endswith("}text")
    )


@pytest.mark.parametrize("form", ["lines", "small", "heat", "slope"])
def test_a_picture_says_what_it_shows_and_where_it_is_from(ask: Ask, form: str) -> None:
    found = shown(ask, form)
    said = said_of(found)
    picture = figure_picture.svg(found.charts, said, "da")
    written = texts_in(picture)
    for text in (said.title, said.subtitle, said.sentence, *said.notes, said.citation):
        assert text in written
    described = ElementTree.fromstring(picture)
    assert [described[0].text, described[1].text] == [said.title, said.sentence]
    assert all(label in written for label in ("Telefon", "Chat", "E-mail"))


def test_a_picture_holds_the_figures_of_the_screen(ask: Ask) -> None:
    found = shown(ask, "all")
    drawn = ElementTree.fromstring(figure_picture.svg(found.charts, said_of(found), "da"))
    tips = {element.get("aria-label") for element in drawn.iter()}
    assert {
        DA("explore.tip", period=row.period_name, value=row.said)
        for row in found.figures.rows.itertuples()
    } <= tips


def test_small_charts_are_joined_in_one_picture_without_touching(ask: Ask) -> None:
    found = shown(ask, "small")
    drawn = ElementTree.fromstring(figure_picture.svg(found.charts, said_of(found), "da"))
    placed = [child for child in drawn if child.tag.endswith("}svg")]
    assert len(placed) == len(found.charts) == 6
    boxes = [[float(one.get(name, "")) for name in ("x", "y", "width", "height")] for one in placed]
    for place, (x, y, width, height) in enumerate(boxes):
        assert x >= 0 and x + width <= float(drawn.get("width", ""))
        for other_x, other_y, *_ in boxes[place + 1 :]:
            assert other_x >= x + width or other_y >= y + height
    names = [element.get("id") for element in drawn.iter() if element.get("id")]
    assert len(names) == len(set(names))


def test_a_png_is_the_same_picture_twice_as_large_in_our_own_letters(ask: Ask) -> None:
    found = shown(ask, "slope")
    said = said_of(found)
    png = Image.open(io.BytesIO(figure_picture.png(found.charts, said, "da")))
    drawn = ElementTree.fromstring(figure_picture.svg(found.charts, said, "da"))
    assert png.size == tuple(
        figure_picture.SCALE * int(drawn.get(name, "")) for name in ("width", "height")
    )
    # Letters whose font is not found would be left out, not drawn in another.
    title = png.convert("L").crop((0, 0, png.width, 100))
    assert min(title.get_flattened_data()) < 64


def test_a_drawing_asks_no_network(ask: Ask) -> None:
    data = {"url": "http://127.0.0.1:9/figures.json"}
    with pytest.raises(ValueError, match="not allowed"):
        figure_picture.svg(
            [{"data": data, "mark": "point", "config": {}}], said_of(shown(ask, "months")), "da"
        )
