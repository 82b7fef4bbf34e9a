"""Whatever somebody writes, no file that leaves the product runs it, and no page draws it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from html.parser import HTMLParser
from unittest.mock import patch

import openpyxl
import pandas as pd
import pypdf
import pytest
from injections import INJECTIONS
from small_home import MONTHS, SOURCE, one_source
from streamlit.testing.v1 import AppTest
from test_pages import FRAME, PAGES

from inquiries import granting, submissions, trail
from inquiries.actor import LOCAL, READER, Actor
from inquiries.audit import visible
from inquiries.build import build, recall_release
from inquiries.directory import Contact, contact, publish
from inquiries.directory.changes import Check
from inquiries.directory.published import read_folder
from inquiries.directory.steward import Desk
from inquiries.exports.card import CardLine, card
from inquiries.exports.monthly_file import monthly_file
from inquiries.exports.offline import offline
from inquiries.exports.powerpoint import OURS, powerpoint
from inquiries.exports.report import report
from inquiries.exports.sheet import sheet, sheet_csv
from inquiries.exports.table import as_csv
from inquiries.exports.template import template, template_workbook
from inquiries.faults import Fault
from inquiries.filing import Reporter, Source, Submission
from inquiries.home import Home
from inquiries.own_figures import Selection, export
from inquiries.policy import sign_policy
from inquiries.series_notes import SeriesNotes
from inquiries.slides import Slide
from inquiries.spellings import Spellings
from inquiries.store import Store
from inquiries.vocabulary import REGISTERED
from inquiries.words import words
from panels.audit import in_words
from tests.faults.uploads import code_of

SAY = words("da")
MONTH = pd.Timestamp("2020-04-01")
COLUMNS = ("month", "municipality", "channel", "count")
TODAY, AT = date(2026, 11, 22), datetime(2026, 11, 22, 12)
CONTACT = contact(read_folder()["red-raadgivning"])
NUMBER = re.compile(r"-?\d+(,\d+)?")
PDF_RUNS = ("/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch", "/EmbeddedFiles", "/URI")


def cells(file: bytes) -> list[str]:
    rows = csv.reader(io.StringIO(file.decode("utf-8-sig"), newline=""), delimiter=";")
    return [cell for row in rows for cell in row]


def formulas(file: bytes) -> list[str]:
    """The cells that a spreadsheet would run."""
    return [
        cell
        for cell in cells(file)
        if (cell.lstrip()[:1] in tuple("=+-@＝＋－＠") or cell[:1] in tuple("\t\r\n"))
        and cell
        and not NUMBER.fullmatch(cell)
    ]


def workbook_formulas(file: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(file))
    all_cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    return [str(cell.value) for cell in all_cells if cell.data_type == "f" or cell.hyperlink]


def run_by_pdf(file: bytes) -> list[str]:
    """What a reader of the document would run or follow."""
    found = pypdf.PdfReader(io.BytesIO(file))
    objects = [str(found.get_object(one)) for one in range(1, len(found.xref[0]) + 1)]
    return [sign for sign in PDF_RUNS if any(f"'{sign}'" in one for one in objects)]


def text_of(file: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(file)).pages
    return unspaced("".join(page.extract_text() for page in pages))


def unspaced(text: str) -> str:
    """The letters and signs of a text, without its spaces and what cannot be seen."""
    return re.sub(r"[\s\u00ad\x00-\x1f\u202a-\u202e]", "", text)


def source_named(name: str) -> Source:
    own = (Reporter(SOURCE, name, name),)
    return Source(SOURCE, name, name, "inquiry", COLUMNS, False, own)


def contact_named(name: str) -> Contact:
    way = dict.fromkeys(("description_da", "hours_da"), name)
    number = replace(CONTACT.phones[0], **way)
    texts = dict.fromkeys(("name_da", "organization", "description_da"), name)
    return replace(CONTACT, **texts, channels=(number,))


def of_a_table(home: Home, name: str) -> list[str]:
    return formulas(as_csv(pd.DataFrame({name: [name, -1.5]}), name))


def of_own_figures(home: Home, name: str) -> list[str]:
    chosen = Selection(source_named(name), MONTH, MONTH)
    return formulas(export(LOCAL, Store(home), chosen, "til et internt notat", SAY))


def of_a_monthly_file(home: Home, name: str) -> list[str]:
    source = source_named(name)
    row = {"month": MONTH, "municipality": "101", "channel": "phone", "count": 7, "masked": False}
    rows = pd.DataFrame([row])
    found = formulas(monthly_file(rows, source, SAY)) + formulas(template(source, MONTH, SAY))
    return found + workbook_formulas(template_workbook(source, MONTH, SAY))


def of_contacts(home: Home, name: str) -> list[str]:
    """The table, the sheet and the card: what would run, and what does not stand there as it was written."""
    found = [contact_named(name)]
    line = CardLine(name, found[0].phones[0].address)
    papers = [sheet(found, name, TODAY, SAY), card([line], SAY)]
    drawn = unspaced(re.sub(r"[^\n -~æøå]", "?", name))
    lost = [drawn for paper in papers if drawn not in text_of(paper)]
    ran = [sign for paper in papers for sign in run_by_pdf(paper)]
    return formulas(sheet_csv(found, name, TODAY, SAY)) + ran + lost


def of_the_audit_trail(home: Home, name: str) -> list[str]:
    with pytest.raises(Fault):
        Store(home).submissions(replace(READER, name=name))
    newest = trail.records(LOCAL, home).head(1)
    assert newest["actor"][0] in (visible(name), "?")  # a mail address is left out
    return formulas(as_csv(in_words(newest, SAY), "Revisionsspor"))


KINDS: dict[str, Callable[[Home, str], list[str]]] = {
    "a table": of_a_table,
    "own figures": of_own_figures,
    "a monthly file and its template": of_a_monthly_file,
    "contacts as a table, a sheet and a card": of_contacts,
    "the audit trail": of_the_audit_trail,
}


def slides_saying(texts: Sequence[str]) -> list[Slide]:
    """A slide of each text, wherever a slide has one."""
    return [
        Slide(
            "unknown",
            one,
            one,
            (one,),
            None,
            pd.DataFrame({one: [one], "b": [one], "c": [one]}),
            (one,),
            one,
            one,
            one,
        )
        for one in texts
    ]


class Structure(HTMLParser):
    """The elements of a page, and their attributes, without any text."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))


def test_no_file_of_slides_runs_what_was_written() -> None:
    texts = list(INJECTIONS.values())
    slides = slides_saying(texts)
    page, harmless = (offline(one, SAY) for one in (slides, slides_saying(["navn"] * len(texts))))
    assert Structure(page).found == Structure(harmless).found
    paper = report(slides, [CONTACT], TODAY, SAY)
    assert run_by_pdf(paper) == []
    with zipfile.ZipFile(io.BytesIO(powerpoint(slides, OURS, SAY))) as parts:
        sent = b"".join(parts.read(name) for name in parts.namelist() if "slides/" in name)
    assert b"hlinkClick" not in sent and b"hyperlink" not in sent and b"script>" not in sent
    print(f"\n{len(texts)} cases x 3 kinds of slides: 0 with live markup")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return one_source(tmp_path_factory.mktemp("injected") / "home")


def test_no_file_that_leaves_the_product_runs_what_was_written(home: Home) -> None:
    ran = {
        (kind, case): found
        for kind, made in KINDS.items()
        for case, text in INJECTIONS.items()
        if (found := made(home, text))
    }
    told = f"{len(INJECTIONS)} cases x {len(KINDS)} kinds of file"
    print(f"\n{told}: {len(ran)} with a formula or live markup")
    assert ran == {}
    assert len(INJECTIONS) >= 34


def test_a_formula_is_found_where_there_is_one() -> None:
    """So that the test above can fail."""
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = "=1+1", "1+1"
    file = io.BytesIO()
    book.save(file)
    assert workbook_formulas(file.getvalue()) == ["=1+1"]
    assert formulas("a;=1+1;-1,5\r\n ＋1;x\r\n".encode()) == ["=1+1", " ＋1"]


NAMES = INJECTIONS | {"nothing": " ", "the longest": "x" * 120, "one too long": "x" * 121}
# All others only look odd: a page and a file show them as they are.
NO_NAMES = {
    *("formula after a tab", "formula after a line", "a row of its own", "a script"),
    *("a picture that runs", "a drawing that runs", "an end and a script", "a link"),
    *("a link that runs", "a picture from elsewhere", "code", "a colour", "a formula in print"),
    *("a document's code", "a terminal's colour", "turned text", "nothing", "one too long"),
}


def test_a_source_is_not_added_under_a_name_that_is_none(home: Home) -> None:
    store, refused = Store(home), set()
    for number, (case, name) in enumerate(NAMES.items()):
        add = partial(store.add_source, LOCAL, replace(source_named(name), source=f"n{number}"))
        if code_of(add) == "source_name":
            refused.add(case)
    assert refused == NO_NAMES


# The pages


SIGNS = "**fed** _skrå_ ~~slettet~~ :smile: :material/lock: www.x.example # h"
DRAWN = (
    f"{SIGNS} <b>x</b> [her](http://x.example) ![b](http://x.example/b.png) $x^2$ `kode` :red[r]"
)
LIVE = (
    *("**fed**", "_skrå_", "_skr\\303\\245_", "~~slettet~~", ":smile:", ":material/lock:"),
    *("www.x.example", "<b>", "[her](", "![b](", "$x^2$", "`kode`", ":red["),
)
ID = re.compile(r'^\s*id: ".*"$', re.MULTILINE)
# These show a text as it is; all others draw Markdown.
AS_IT_IS = {
    "Code",
    "Selectbox",
    "Multiselect",
    "Dataframe",
    "TextInput",
    "TextArea",
    "UnknownElement",
}


def said(what: str, signs: str = DRAWN) -> str:
    return f"ORD{what} {signs}"


@pytest.fixture(scope="module")
def written_in(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A released home where somebody has written signs wherever a text may be written."""
    home = Home(tmp_path_factory.mktemp("written") / "home")
    store, who = Store(home), replace(LOCAL, name=said("actor"))
    source = source_named(said("source"))
    with patch.object(submissions, "_require_names"):  # as a name may stand from earlier
        store.add_source(LOCAL, source)
    file(store, who)
    sign_policy(LOCAL, home, said("officer"), "2026-09-01")
    note(home, source, who)
    build(who, home, note=said("note"))
    recall_release(who, home, next(home.releases.glob("*.duckdb")).stem, said("recalled"))
    build(who, home, note=said("note"), forced_because=said("forced"))
    person = {"issuer": "https://login.example", "subject": "ORDsubject **fed**"}
    held = {"analyst": (f"{SOURCE}/{SOURCE}",)}
    granting.assign(LOCAL, home, name=said("person"), assignments=held, at=AT, **person)
    correct_a_contact(home)
    return home


def file(store: Store, who: Actor) -> None:
    blank = dict.fromkeys(REGISTERED, "")
    rows = [
        {**blank, "month": month, "municipality": "101", "channel": "phone", "count": 90}
        for month in MONTHS
    ]
    for reason in ("first", "withdrawn"):
        own = Submission(SOURCE, SOURCE, tuple(MONTHS), pd.DataFrame(rows), said("fingerprint"))
        store.submit(who, own)
        store.withdraw(who, own.submission, said(reason))
    store.restore(who, own.submission, said("restored"))
    store.submit(who, replace(own, submission="last"))


def note(home: Home, source: Source, who: Actor) -> None:
    Spellings(home, source).keep(who, "channel", said("label", "**fed** _skrå_"), "phone")
    notes = SeriesNotes(home, source)
    notes.exclude(who, MONTHS[3], said("excluded", "**fed** _skrå_ ~~slettet~~ :smile:"), "")
    notes.add_break(who, MONTHS[15], said("left", "**fed**"), said("right", ":smile:"), "", "")


def correct_a_contact(home: Home) -> None:
    publish(home)
    desk = Desk(home, LOCAL)
    text = said("contact", "**fed** _skrå_ ~~slettet~~ :smile:")
    url = "https://www.x.dk/)![b](http://x.example/b.png)"
    texts = {"name": text, "description_da": text, "description_en": text, "url": url}
    check = Check("ORDunit **fed**", "2026-11-01", "dialled")
    desk.correct(desk.entries()[CONTACT.id] | texts, check)
    desk.confirm(CONTACT.id, CONTACT.phones[0].address, check)


def drawn(app: AppTest) -> Iterator[tuple[str, str]]:
    """Each part of a page that holds what somebody wrote, where it is drawn and not shown as it is: its kind, its text."""
    for part in app._tree:
        kind, text = type(part).__name__, ID.sub("", str(getattr(part, "proto", "")))
        if "ORD" in text and kind not in AS_IT_IS:
            yield kind, text


def test_no_page_draws_what_somebody_wrote(
    written_in: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INQUIRIES_HOME", str(written_in.folder))
    places, live = 0, []
    words_seen: set[str] = set()
    for page in PAGES:
        app = AppTest.from_file(str(FRAME), default_timeout=60)
        app.query_params["municipality"] = "101"
        app.switch_page(f"app_pages/{page}.py").run()
        assert not app.exception and not app.error, page
        for kind, text in drawn(app):
            places += 1
            words_seen |= set(re.findall(r"ORD([a-z]+)", text))
            live += [(page, kind, sign) for sign in LIVE if sign in text]
    print(f"\n{places} places on {len(PAGES)} pages show what somebody wrote: {len(live)} draw it")
    assert live == []
    assert words_seen >= {"source", "actor", "officer", "note", "recalled", "forced", "excluded"}
    assert words_seen >= {"left", "right", "person", "subject", "contact", "unit"}
