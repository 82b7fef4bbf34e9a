"""A steward's way with a real file, on the screen: from a new source to the figures readers see."""

from __future__ import annotations

import csv
from pathlib import Path

from playwright.sync_api import Browser, FilePayload, Locator, Page, expect
from visit import UNFOLDED_MS, Visit, visiting

from inquiries.actor import LOCAL
from inquiries.home import Home
from inquiries.intake.problem import Problem
from inquiries.intake.report import problem_table
from inquiries.store import Store
from inquiries.words import words

SAY = words("da")
REFERRALS = Path(__file__).parents[1] / "reference" / "grampian_camhs_referrals_monthly.csv"
NAME, SOURCE = "CAMHS Grampian", "grampian"
SCROLLED_MS = 300
MONTHS, REFERRED = 78, "20.815"
BAD_FILE = """\
måned;kommune;kanal;tema;henvendelse_fra;aldersgruppe;køn;antal
2026-09;Aarhus;Telefon;Vandskade;Borgeren selv;18-24;Kvinde;5
2026-09;Aarhus;Telefon;Psykisk vold;Borgeren selv;18-24;Kvinde;5
2026-09;Aarhus;Telefon;Psykisk vold;Borgeren selv;18-24;Kvinde;7
2026-09;Aarhus;Chat;Psykisk vold;Borgeren selv;18-24;Kvinde;1,5
"""
FROM_EXCEL = """\
Måned;Kommune;Kanal;Tema;Henvendelse fra;Aldersgruppe;Køn;Antal
september 2026;Aarhus;Telefon;Psykisk vold;Borgeren selv;18-24;Kvinde;5
september 2026;Rødovre;Fremmøde;Tvangsægteskab;Pårørende;Under 18;Mand;7
I alt;;;;;;;12
"""
PROBLEMS = [
    Problem("label", 2, "theme"),
    Problem("repeated_row", 4, facts={"first": 3}),
    Problem("count", 5, "count", {"found": "1,5"}),
]


def test_a_real_series_goes_from_its_file_to_the_overview(
    browser: Browser, own_server: str
) -> None:
    with visiting(browser, own_server) as visit:
        visit.go("submit")
        add_source(visit.page)
        upload(visit.page, monthly_totals())
        confirm(visit)
        release(visit)
        visit.page.get_by_role("link", name=SAY("page.overview")).last.click()
        sees_the_known_estimate(visit)
        assert visit.complaints == []


def monthly_totals() -> bytes:
    """The published series as the file a source of totals sends in."""
    with REFERRALS.open(encoding="utf-8", newline="") as file:
        rows = [f"{row['month']};{row['total_referrals']}" for row in csv.DictReader(file)]
    return "\n".join(["month;count", *rows, ""]).encode()


def add_source(page: Page, name: str = NAME, source: str = SOURCE, profile: str = "totals") -> None:
    page.get_by_text(SAY("submit.add_title"), exact=True).click()
    page.wait_for_timeout(UNFOLDED_MS)
    page.get_by_label(SAY("submit.add_name"), exact=True).fill(name)
    page.get_by_label(SAY("submit.add_id"), exact=True).fill(source)
    choose(page, "submit.add_profile", SAY(f"submit.profile_{profile}"))
    button(page, "submit.add_button").click()
    expect(combobox(page, "submit.source")).to_have_value(name)


def combobox(page: Page, key: str) -> Locator:
    """The list in the page itself; the page's head may have one of the same name."""
    return page.get_by_role("combobox", name=SAY(key), exact=True).last


def choose(page: Page, key: str, option: str) -> None:
    choice = combobox(page, key)
    choice.scroll_into_view_if_needed()
    page.wait_for_timeout(SCROLLED_MS)  # a list closes when the page scrolls
    choice.click()
    page.get_by_role("option", name=option, exact=True).click()


def upload(page: Page, content: bytes) -> None:
    file: FilePayload = {"name": "tal.csv", "mimeType": "text/csv", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)


def button(page: Page, key: str) -> Locator:
    return page.get_by_role("button", name=SAY(key), exact=True)


def confirm(visit: Visit) -> None:
    """What the file holds and what it changes are shown before anything is stored."""
    page = visit.page
    accepted = page.get_by_test_id("stAlert").filter(has_text=f"{MONTHS} rækker")
    expect(accepted).to_contain_text(REFERRED)
    expect(accepted).to_contain_text("januar 2015–juni 2021")
    visit.settle()  # while a page runs, what it showed before still stands beside what is new
    expect(page.get_by_text(SAY("submit.own_none"))).to_be_visible()
    changes = page.get_by_test_id("stTable").filter(has_text=SAY("submit.difference")).first
    expect(changes.get_by_role("row").nth(1)).to_have_text(
        f"juni 2021{SAY('submit.none_before')}371+371", use_inner_text=False
    )
    assert visit.violations() == []
    button(page, "submit.confirm").click()
    expect(page.get_by_text(SAY("submit.own_note"))).to_be_visible()
    expect(button(page, "submit.confirm")).to_have_count(0)


def release(visit: Visit) -> None:
    """Real figures are released only under a policy that somebody has signed, and after a look."""
    page = visit.page
    page.get_by_role("link", name=SAY("page.release")).first.click()
    button(page, "release.look").click()
    expect(page.get_by_test_id("stTable").first).to_contain_text("juni 2021", timeout=60_000)
    expect(page.get_by_text(SAY("release.unsigned"))).to_be_visible()
    expect(button(page, "release.button")).to_be_disabled()
    assert visit.violations() == []
    page.get_by_label(SAY("release.sign_by")).fill("Databeskyttelsesrådgiveren")
    button(page, "release.sign_button").click()
    expect(page.get_by_text("Databeskyttelsesrådgiveren").first).to_be_visible()
    button(page, "release.button").click()
    released = SAY("release.released", release="").rstrip(". ")
    expect(page.get_by_text(released)).to_be_visible(timeout=60_000)


def sees_the_known_estimate(visit: Visit) -> None:
    """As an independent fit of the same series has it (tests/reference/its_reference.json)."""
    page = visit.page
    lead = page.get_by_text("852 (757–952)").first
    for figure in ("394", "54 pct.", "46–60 pct."):
        expect(lead).to_contain_text(figure)
    lockdown = page.get_by_test_id("stTable").get_by_role("row").filter(has_text="1. nedlukning")
    expect(lockdown).to_contain_text(
        "\N{MINUS SIGN}53,8 (\N{MINUS SIGN}60,4\N{NO-BREAK SPACE}til\N{NO-BREAK SPACE}\N{MINUS SIGN}46,0)"
    )
    expect(page.get_by_role("combobox", name=SAY("header.source")).first).to_have_value(NAME)
    visit.settle()
    assert SAY("header.sample") not in page.inner_text("body")


def test_a_file_as_danish_excel_saves_it_is_explained_confirmed_and_undone(
    browser: Browser, own_server: str, own_home: Path
) -> None:
    store = Store(Home(own_home))
    with visiting(browser, own_server) as visit:
        visit.go("submit")
        page = visit.page
        add_source(page, "Rådgivningen", "raadgivningen", "full")
        upload(page, FROM_EXCEL.encode("cp1252"))
        ticks = page.get_by_test_id("stCheckbox").filter(has_text="sum (12)")
        expect(ticks).to_have_count(1)
        expect(button(page, "submit.confirm")).to_be_disabled()
        assert visit.violations() == []
        for tick in page.get_by_test_id("stCheckbox").all():
            tick.locator("label").first.click()
            visit.settle()
        button(page, "submit.confirm").click()
        expect(page.get_by_text(SAY("submit.stored", months="september 2026"))).to_be_visible()
        visit.settle()
        own = store.counts_by_month(LOCAL, "raadgivningen", "raadgivningen")
        assert list(own["count"]) == [12]
        button(page, "submit.undo").click()
        expect(page.get_by_text(SAY("submit.undone"))).to_be_visible()
        visit.settle()
        expect(page.get_by_text(SAY("submit.own_none"))).to_be_visible()
        assert store.counts_by_month(LOCAL, "raadgivningen", "raadgivningen").empty
        assert visit.complaints == []


def test_a_bad_file_is_refused_line_by_line_and_nothing_is_stored(visit: Visit, home: Path) -> None:
    store = Store(Home(home))
    before = len(store.submissions(LOCAL))
    visit.go("submit")
    upload(visit.page, BAD_FILE.encode())
    refused = visit.page.get_by_test_id("stAlert")
    expect(refused).to_have_text(SAY("submit.refused", number=len(PROBLEMS)))
    table = visit.page.get_by_test_id("stTable").filter(has_text=SAY("problem_table.problem"))
    rows = table.get_by_role("row")
    expect(rows).to_have_count(1 + len(PROBLEMS))
    told = [
        [cell.inner_text().strip() for cell in row.get_by_role("cell").all()]
        for row in rows.all()[1:]
    ]
    assert told == problem_table(PROBLEMS, SAY).to_numpy().tolist()
    expect(button(visit.page, "submit.confirm")).to_have_count(0)
    assert visit.violations() == []
    assert len(store.submissions(LOCAL)) == before
