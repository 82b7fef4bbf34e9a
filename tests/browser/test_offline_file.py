"""The one file for a room without a network: it asks nobody, draws its charts, and is shown by the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from inquiries import directory
from inquiries.exports.offline import offline
from inquiries.home import Home
from inquiries.release import open_newest
from inquiries.slides import SLIDES, Choices, Slide, story, with_own_text
from inquiries.words import words

DA = words("da")
OWN = '</script><script>document.title="x"</script> & <b>æøå</b> 🙂'


@pytest.fixture(scope="module")
def slides(home: Path) -> tuple[Slide, ...]:
    release, contacts = open_newest(Home(home)), directory.read_published(Home(home).directory)
    assert release
    choices = Choices("eksempel-hotline", by="inquirer")
    return with_own_text(story(release.ask, choices, contacts, date(2026, 11, 23), DA), OWN)


@pytest.fixture(scope="module")
def file(slides: tuple[Slide, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("offline") / "deck.html"
    path.write_bytes(offline(slides, DA))
    return path


@pytest.fixture(scope="module")
def opened(file: Path, browser: Browser) -> Iterator[Page]:
    """The file, opened where there is no network; afterwards nothing was asked for and nothing complained of."""
    asked: list[str] = []
    complaints: list[str] = []
    with browser.new_context(offline=True, locale="da-DK") as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(file.as_uri())
        expect(page.locator(".chart svg")).to_have_count(4)
        yield page
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    assert complaints == []


def test_every_slide_says_what_it_says_everywhere(opened: Page, slides: tuple[Slide, ...]) -> None:
    assert opened.title() == DA("slides.page_title")
    for number, slide in enumerate(slides, start=1):
        shown = opened.locator(f"[class*=st-key-slide_{number}_]")
        for part in (slide.title, slide.subtitle, slide.guard, slide.source, *slide.points):
            expect(shown).to_contain_text(part)
        expect(shown).to_contain_text(DA("header.sample"))


def test_what_looks_like_code_comes_out_as_it_is(opened: Page) -> None:
    expect(opened.locator("[class*=_question]")).to_contain_text(OWN)


def test_a_chart_answers_and_has_its_table(opened: Page) -> None:
    point = opened.locator("#chart-fall [aria-label^='maj 2021']").last
    point.hover(force=True)
    expect(opened.locator("#vg-tooltip-element")).to_contain_text("maj 2021")
    table = opened.locator("details").first
    table.locator("summary").click()
    expect(table.locator("th").first).to_have_text(DA("table.month"))


def test_the_file_has_no_accessibility_violation_and_is_danish(opened: Page) -> None:
    expect(opened.locator("html")).to_have_attribute("lang", "da")
    assert Axe().run(opened).response["violations"] == []


def test_the_keyboard_shows_it_over_the_whole_screen(opened: Page) -> None:
    opened.locator(".st-key-present_begin button").focus()
    opened.keyboard.press("Enter")
    for name in SLIDES:
        expect(opened.locator("[data-shown]")).to_have_class(re.compile(f"_{name}$"))
        opened.keyboard.press("PageDown")
    opened.keyboard.press("Escape")
    expect(opened.locator("[data-shown]")).to_have_count(0)


def test_the_file_forbids_itself_every_request(file: Path) -> None:
    text = file.read_text("utf-8")
    assert "default-src 'none'" in text and "unsafe-eval" not in text
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", text)
