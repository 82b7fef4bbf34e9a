"""Råd og kontakter in a browser: by keyboard alone, the right contacts in three actions, and nothing left in the link."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from visit import Visit

from inquiries.words import words

SAY = words("da")
MOST_TABS = 40


def tab_to(page: Page, name: str) -> None:
    """Move on with the tab key until the field of that name has the focus."""
    focused = "() => document.activeElement.ariaLabel ?? document.activeElement.labels?.[0]?.innerText ?? ''"
    for _ in range(MOST_TABS):
        if name in page.evaluate(focused):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no field called {name} within {MOST_TABS} tabs")


def choose(page: Page, field: str, typed: str) -> None:
    """One action: a choice from a list, by typing its beginning."""
    tab_to(page, SAY(field))
    page.keyboard.type(typed)
    expect(page.get_by_role("option").first).to_have_text(typed)
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name=SAY(field))).to_have_value(typed)


def tick(page: Page, field: str) -> None:
    """One action: a tick."""
    tab_to(page, SAY(field))
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name=SAY(field))).to_be_checked()


def cards(page: Page) -> list[str]:
    return page.get_by_role("heading", level=3).all_inner_texts()


def test_a_school_in_aalborg_with_a_17_year_old_in_danger_sees_whom_to_call_in_three_actions(
    visit: Visit,
) -> None:
    visit.go("contacts")
    choose(visit.page, "contacts.place", "Aalborg")
    choose(visit.page, "contacts.asker", SAY("asker.professional"))
    tick(visit.page, "contacts.acute_only")
    visit.settle()
    assert cards(visit.page)[:3] == [
        "Alarm 112",
        "RED Rådgivning",
        "Sikkerhedskonsulenterne i Aalborg (Region Nordjylland)",
    ]
    hotline = visit.page.get_by_test_id("stVerticalBlock").filter(has_text="70 27 76 66").last
    expect(hotline).to_contain_text(SAY("contacts.state_to_confirm"))
    expect(visit.page.get_by_text("Nordjyllands Politi", exact=True)).to_be_visible()
    assert visit.violations() == []
    assert visit.complaints == []


def test_what_was_chosen_is_in_no_link_title_or_history(visit: Visit) -> None:
    visit.go("contacts")
    before = visit.page.evaluate("() => history.length")
    tab_to(visit.page, SAY("contacts.search"))
    visit.page.keyboard.type("tvangsægteskab")
    visit.page.keyboard.press("Enter")
    choose(visit.page, "contacts.place", "Aalborg")
    visit.settle()
    assert "RED Rådgivning" in cards(visit.page)
    assert urlsplit(visit.page.url)[2:] == ("/contacts", "", "")
    assert visit.page.title() == "Statistik"
    assert visit.page.evaluate("() => history.length") == before
    kept = "() => JSON.stringify([{...localStorage}, {...sessionStorage}])"
    assert "Aalborg" not in visit.page.evaluate(kept)


@pytest.mark.parametrize("task", ["calls", "confirm", "correct", "add", "history"])
def test_the_stewards_desk_is_accessible(visit: Visit, task: str) -> None:
    visit.go("contacts")
    visit.page.get_by_text(SAY("directory.title"), exact=True).click()
    visit.page.get_by_text(SAY(f"directory.task_{task}"), exact=True).first.click()
    visit.settle()
    assert visit.violations() == []
    assert visit.complaints == []
