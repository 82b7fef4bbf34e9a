"""One municipality is kept between visits on a computer: when its reader asks for it, in that browser, until they take it back."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Browser, Page, expect
from visit import READY, visiting

from inquiries.words import words

SAY = words("da")
AALBORG = "851"
KEPT = "() => localStorage.getItem('municipality')"
SECONDS = 10


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(READY).first.wait_for()


def box(page: Page) -> None:
    page.get_by_text(SAY("municipality.remember")).click()


def wait_until_kept(page: Page, code: str | None) -> None:
    until = time.monotonic() + SECONDS
    while page.evaluate(KEPT) != code and time.monotonic() < until:
        page.wait_for_timeout(50)
    assert page.evaluate(KEPT) == code


def title(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(
        SAY("municipality.title_of", name=name)
    )


def go_there(page: Page) -> None:
    page.get_by_role("link", name=SAY("page.municipality")).first.click()


def test_a_municipality_is_kept_only_when_asked_for_and_until_it_is_taken_back(
    browser: Browser, server: str
) -> None:
    with visiting(browser, server) as visit:
        first = visit.page
        opened(first, f"{server}/municipality?municipality={AALBORG}")
        title(first, "Aalborg")
        assert first.evaluate(KEPT) is None
        box(first)
        expect(first.get_by_role("checkbox")).to_be_checked()
        wait_until_kept(first, AALBORG)

        later = first.context.new_page()
        opened(later, server)
        expect(later).to_have_url(re.compile(r"^[^?]*$"))
        go_there(later)
        title(later, "Aalborg")
        expect(later.get_by_role("checkbox")).to_be_checked()
        box(later)
        wait_until_kept(later, None)

        last = first.context.new_page()
        opened(last, server)
        go_there(last)
        expect(last.get_by_role("heading", level=1)).to_have_text(SAY("municipality.title"))
        assert visit.complaints == []


def test_a_link_goes_before_what_is_kept(browser: Browser, server: str) -> None:
    with visiting(browser, server) as visit:
        visit.page.add_init_script("localStorage.setItem('municipality', '860')")
        opened(visit.page, f"{server}/municipality?municipality={AALBORG}")
        title(visit.page, "Aalborg")
        expect(visit.page.get_by_role("checkbox")).not_to_be_checked()
        expect(visit.page).to_have_url(re.compile(rf"\?municipality={AALBORG}$"))
