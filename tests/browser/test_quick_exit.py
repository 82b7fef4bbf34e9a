"""The way out: the page is empty at once, and no way back shows anything of ours; an address typed anew does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from visit import DESK, TELEPHONE, Visit, visiting

from inquiries.words import words

SAY = words("da")
EMPTY = "about:blank"
FAR_DOWN = "part => part.scrollTo(0, 3000)"
# Asked for without waiting, as what asks is gone before it is answered.
GO = "step => { setTimeout(() => history.go(step)) }"
TURNED_AWAY_MS = 500


def button(page: Page) -> None:
    page.get_by_role("button", name=SAY("leave.button")).click()


def key(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Escape")


def key_while_writing(page: Page) -> None:
    page.get_by_label(SAY("contacts.search")).click()
    page.keyboard.type("xyz")
    key(page)


@pytest.fixture
def visitor(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Visit]:
    """Someone who has seen several pages, chosen something, and read far down."""
    with visiting(browser, server, request.param) as begun:
        begun.go()
        begun.go("about")
        begun.go("contacts")
        begun.page.evaluate("history.pushState({}, '', '?region=nordjylland')")
        begun.page.get_by_test_id("stMain").evaluate(FAR_DOWN)
        yield begun


@pytest.mark.parametrize(
    ("visitor", "leave"),
    [(DESK, key), (DESK, key_while_writing), (TELEPHONE, button)],
    indirect=["visitor"],
)
def test_leaving_empties_the_page_and_every_way_back(
    visitor: Visit, leave: Callable[[Page], None]
) -> None:
    page = visitor.page
    entries = page.evaluate("history.length")
    assert entries >= 4
    leave(page)
    page.wait_for_url(EMPTY)
    opened: list[str] = []
    page.on("websocket", lambda socket: opened.append(socket.url))
    for step in [-1] * entries + [1] * entries:
        page.evaluate(GO, step)
        page.wait_for_timeout(TURNED_AWAY_MS)
        assert page.url == EMPTY
        assert page.evaluate("document.documentElement.innerText") == ""
        assert page.title() == ""
    assert opened == [], "no page of ours began to run"


@pytest.mark.parametrize("visitor", [DESK], indirect=True)
def test_an_address_typed_anew_is_a_new_visit(visitor: Visit) -> None:
    button(visitor.page)
    visitor.page.wait_for_url(EMPTY)
    visitor.go("contacts")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(SAY("contacts.title"))
    assert visitor.complaints == []


@pytest.mark.parametrize("keys", [["Escape", "Escape"], ["Escape", "Escape", "a", "Escape"]])
def test_fewer_presses_or_other_keys_between_do_not_leave(visit: Visit, keys: list[str]) -> None:
    visit.go("contacts")
    for one in keys:
        visit.page.keyboard.press(one)
    visit.page.wait_for_timeout(TURNED_AWAY_MS)
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(SAY("contacts.title"))


def test_the_key_does_nothing_on_a_page_without_the_button(visit: Visit) -> None:
    visit.go("about")
    key(visit.page)
    visit.page.wait_for_timeout(TURNED_AWAY_MS)
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(SAY("about.title"))


def test_the_page_says_how_to_leave_and_what_stays(visit: Visit) -> None:
    visit.go("contacts")
    said = visit.page.get_by_test_id("stMarkdown").filter(has_text="Esc tre gange")
    for kept in ("historik", "hentet", "andre faner"):
        expect(said).to_contain_text(kept)
