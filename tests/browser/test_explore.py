"""The page that explores the figures in a browser: a click in a chart chooses as the list does, and every form is accessible."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from english import english
from playwright.sync_api import Browser, expect
from visit import CHART, DESK, TELEPHONE, Visit, visiting

from inquiries.words import words

SAY = words("da")
# The forms of all, and those of a breakdown, as they stand beside each other.
FORMS = {"": ("same", "heat"), "?by=channel": ("small", "slope", "table")}


def chosen(visit: Visit) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(visit.page.url).query))


@pytest.mark.parametrize(
    ("address", "mark"),
    [
        ("by=channel&period=year", "Telefon, 2019: "),
        ("by=channel&period=year&form=heat", "Telefon, 2019: "),
        ("by=channel&form=slope", "Telefon: fra "),
    ],
)
def test_a_click_in_a_chart_chooses_what_the_list_chooses(
    visit: Visit, address: str, mark: str
) -> None:
    visit.go(f"explore?{address}")
    clicked = visit.page.locator(f"{CHART} svg [aria-label^='{mark}']").first
    clicked.click(force=True)
    expect(visit.page).to_have_url(re.compile("only=channel.phone"))
    visit.settle()
    by_click = chosen(visit)
    title = visit.page.get_by_role("heading", level=3).first.inner_text()
    assert "(Telefon)" in title and "by" not in by_click
    visit.go(f"explore?{address}")
    only = visit.page.get_by_role("combobox", name=SAY("explore.choose_only"), exact=True)
    only.fill("Kanal: Telefon")
    visit.page.get_by_role("option", name="Kanal: Telefon").click()
    expect(visit.page).to_have_url(re.compile("only=channel.phone"))
    visit.settle()
    assert chosen(visit) == by_click
    assert visit.complaints == []


def test_a_question_is_a_link_to_the_view_that_answers_it(visit: Visit) -> None:
    visit.go("explore")
    visit.page.get_by_role("link", name=SAY("explore.example_who")).click()
    expect(visit.page).to_have_url(re.compile("form=slope"))
    visit.settle()
    assert chosen(visit)["by"] == "inquirer"
    assert visit.page.locator(f"{CHART} svg [aria-label^='Fagperson: fra ']").count() == 1


def test_the_chart_says_in_words_what_the_page_says_above_it(visit: Visit) -> None:
    visit.go("explore?by=channel&period=year")
    label = visit.page.locator(CHART).get_attribute("aria-label")
    title = visit.page.get_by_role("heading", level=3).first.inner_text()
    assert label and label.startswith(f"{title}. Eksempeldata: ")
    expect(visit.page.get_by_text(label.removeprefix(f"{title}. "), exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [DESK, pytest.param(TELEPHONE, marks=pytest.mark.long)])
def test_every_form_is_accessible_danish_and_fits_the_screen(
    browser: Browser, server: str, width: int
) -> None:
    with visiting(browser, server, width) as visit:
        for address, forms in FORMS.items():
            visit.go(f"explore{address}")
            for form in forms:
                visit.page.get_by_text(SAY(f"explore.form_{form}"), exact=True).click()
                expect(visit.page).to_have_url(re.compile(f"form={form}"))
                visit.settle()
                assert visit.violations() == [], form
                assert visit.overflow() <= 0, form
                assert english(visit.page) == [], form
        assert visit.complaints == [] and visit.strangers == []
