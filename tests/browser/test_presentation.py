"""The slides over the whole screen: keys, a clicker, touch and buttons, and nothing else in sight or in reach."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from visit import Visit, visiting

from inquiries.slides import SLIDES

SHOWN = "[data-shown]"
# What the screen shows: its slide, how much of it is out of the window, and whether its letters are cut.
PLACE = """() => {
    const slide = document.querySelector("[data-shown]"), box = slide.getBoundingClientRect();
    const past = Math.max(-box.left, -box.top, box.right - innerWidth, box.bottom - innerHeight);
    return [past, slide.scrollHeight - slide.clientHeight, box.width / box.height];
}"""
REACHABLE = """() => [...document.querySelectorAll("button, a, input, [tabindex='0']")]
    .filter((part) => !part.closest("[inert]") && part.checkVisibility())
    .map((part) => part.closest("[class*=st-key-present_]")?.className ?? part.outerHTML)
    .filter((name) => !/st-key-present_(controls|previous|next|end)/.test(name))"""


@pytest.fixture(scope="module", params=[(1920, 1080), (1024, 768)], ids=lambda size: str(size[0]))
def presenting(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Visit]:
    with visiting(browser, server, request.param[0]) as visit:
        visit.page.set_viewport_size({"width": request.param[0], "height": request.param[1]})
        visit.go("presentation")
        visit.drawn()
        yield visit
        assert visit.complaints == []
        assert visit.strangers == []


def begin(page: Page) -> None:
    page.locator(".st-key-present_begin button").click()
    expect(page.locator(SHOWN)).to_have_count(1)


def shown(page: Page) -> str:
    """The name of the slide on the screen."""
    found = page.locator(SHOWN).get_attribute("class") or ""
    return next(name for name in SLIDES if f"_{name}" in found)


def press(page: Page, *keys: str) -> str:
    for key in keys:
        page.keyboard.press(key)
    return shown(page)


def test_keys_and_a_clicker_go_through_the_slides(presenting: Visit) -> None:
    page = presenting.page
    begin(page)
    assert shown(page) == "question"
    for forward, back in (
        ("ArrowRight", "ArrowLeft"),
        ("PageDown", "PageUp"),
        ("Space", "Backspace"),
    ):
        assert press(page, forward) == "fall"
        assert press(page, back) == "question"
    assert press(page, "PageUp") == "question"
    assert press(page, "End") == press(page, "PageDown") == SLIDES[-1]
    assert press(page, "Home") == SLIDES[0]
    page.keyboard.press("Escape")
    expect(page.locator(SHOWN)).to_have_count(0)
    expect(page.locator(".st-key-present_begin button")).to_be_focused()


def test_every_slide_is_whole_on_the_screen_and_alone_in_reach(presenting: Visit) -> None:
    page = presenting.page
    folded = page.locator("[inert]").count()  # what Streamlit itself has folded away
    begin(page)
    for name in SLIDES:
        page.wait_for_timeout(300)
        past, cut, shape = page.evaluate(PLACE)
        assert (past <= 1, cut <= 1) == (True, True), name
        assert shape == pytest.approx(16 / 9, abs=0.01), name
        assert page.evaluate(REACHABLE) == [], name
        page.keyboard.press("PageDown")
    assert presenting.violations() == []
    page.keyboard.press("Escape")
    assert page.locator("[inert]").count() == folded


def test_buttons_and_touch_do_the_same(browser: Browser, server: str) -> None:
    with browser.new_context(
        locale="da-DK", has_touch=True, viewport={"width": 1024, "height": 768}
    ) as context:
        page = context.new_page()
        page.goto(f"{server}/presentation")
        page.locator("[class*=st-key-slide_7]").wait_for()
        begin(page)
        page.touchscreen.tap(800, 300)
        assert shown(page) == "fall"
        page.touchscreen.tap(100, 300)
        assert shown(page) == "question"
        for name, expected in (("next", "fall"), ("next", "returned"), ("previous", "fall")):
            page.locator(f".st-key-present_{name} button").click(force=True)
            assert shown(page) == expected
        page.locator(".st-key-present_end button").click(force=True)
        expect(page.locator(SHOWN)).to_have_count(0)


def test_the_same_link_shows_the_same_slides(browser: Browser, server: str) -> None:
    with visiting(browser, server) as visit:
        visit.go("presentation?slides=now.call&lang=en")
        begin(visit.page)
        assert shown(visit.page) == "now"
        assert press(visit.page, "PageDown", "PageDown") == "call"
        expect(visit.page.locator(SHOWN)).to_contain_text("Slide 2 of 2")
