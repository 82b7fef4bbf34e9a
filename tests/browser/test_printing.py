"""What a professional takes along from the directory: three files, made as chosen, and nothing of it in the link."""

from __future__ import annotations

import io
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader
from visit import UNFOLDED_MS, Visit

from inquiries.words import words

SAY = words("da")


def opened(visit: Visit) -> Page:
    visit.go("contacts")
    visit.page.get_by_text(SAY("print.title"), exact=True).click()
    visit.page.wait_for_timeout(UNFOLDED_MS)
    return visit.page


def choose(visit: Visit, key: str, option: str) -> None:
    # The page's own choices stand above and may bear the same name.
    visit.page.get_by_role("combobox", name=SAY(key), exact=True).last.fill(option)
    visit.page.get_by_role("option", name=option, exact=True).click()
    visit.settle()


def downloaded(page: Page, key: str) -> tuple[str, bytes]:
    with page.expect_download() as waited:
        page.get_by_role("button", name=SAY(key), exact=True).click()
    return waited.value.suggested_filename, Path(waited.value.path()).read_bytes()


def text(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_sheet_and_the_table_are_of_the_area_and_audience_chosen(visit: Visit) -> None:
    page = opened(visit)
    address = page.url
    choose(visit, "print.place", "Aalborg")
    choose(visit, "print.audience", "Fagpersoner")
    assert visit.violations() == []
    name, sheet = downloaded(page, "print.sheet_button")
    assert name == "kontakter.pdf"
    assert "Aalborg · for fagpersoner" in text(sheet)
    name, table = downloaded(page, "print.csv_button")
    assert name == "kontakter.csv"
    assert "Aalborg · for fagpersoner" in table.decode("utf-8-sig")
    assert page.url == address
    assert visit.complaints == []


def test_the_card_holds_the_lines_ticked_and_reminds_before_it_is_made(visit: Visit) -> None:
    page = opened(visit)
    expect(page.get_by_text(SAY("print.agree"))).to_be_visible()
    expect(page.get_by_role("button", name=SAY("print.card_button"))).to_have_count(0)
    page.get_by_role("checkbox", name="VISO").set_checked(True, force=True)
    visit.settle()
    name, card = downloaded(page, "print.card_button")
    assert name == "kort.pdf"
    assert text(card).split() == ["Huskeseddel", "VISO", "72", "42", "40", "00"]
    assert "VISO" not in page.url and visit.complaints == []
