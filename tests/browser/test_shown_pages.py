"""What a reader sees: each page opens clean, Danish and accessible, at a desk and on a telephone."""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from english import TEXTS, english
from playwright.sync_api import Browser, FilePayload, Locator, Page, WebSocketRoute, expect
from visit import CHART, DESK, TELEPHONE, UNFOLDED_MS, Visit, visiting

from inquiries.home import Home
from inquiries.overview import overview
from inquiries.release import open_newest
from inquiries.words import words
from responses import HEADERS, TITLE

PAGES = (
    "",
    "drop",
    "explore",
    "municipality?municipality=851",
    "contacts",
    "presentation",
    "submit",
    "release",
    "about",
)
SAY, IN_ENGLISH = words("da"), words("en")
NOT_FOUND = "The page that you have requested does not seem to exist"
# Made in the browser itself: to send so much there takes seconds.
CHOOSE_TOO_LARGE = """(input) => {
    const chosen = new DataTransfer();
    chosen.items.add(new File([new Uint8Array(11_000_000)], "a.csv"));
    input.files = chosen.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}"""
TABLE = "[data-testid=stDataFrame]"


# Every page, as it opens


@pytest.fixture(
    scope="module",
    params=[(page, width) for page in PAGES for width in (DESK, TELEPHONE)],
    ids=lambda case: f"{case[0] or 'overview'}-{case[1]}",
)
def shown(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Visit]:
    """Each page at each width, opened by its address."""
    address, width = request.param
    with visiting(browser, server, width) as visit:
        visit.go(address)
        yield visit


def test_a_page_opens_without_complaint(shown: Visit) -> None:
    assert shown.complaints == []
    expect(shown.page.get_by_test_id("stException")).to_have_count(0)


def test_a_page_asks_no_other_host(shown: Visit) -> None:
    assert shown.strangers == []


def test_a_page_says_that_it_is_danish(shown: Visit) -> None:
    expect(shown.page.locator("html")).to_have_attribute("lang", "da")


def test_a_tab_tells_nothing_of_the_subject(shown: Visit) -> None:
    expect(shown.page).to_have_title(TITLE)
    assert TITLE == "Statistik"


def test_a_page_has_no_accessibility_violation(shown: Visit) -> None:
    assert shown.violations() == []


def test_a_page_fits_the_screen(shown: Visit) -> None:
    assert shown.overflow() <= 0


def test_no_choice_is_out_of_sight(shown: Visit) -> None:
    """A row of choices that scrolls sideways hides the last of them."""
    hidden = "(rows) => rows.filter((row) => row.scrollWidth > row.clientWidth).map((row) => row.innerText)"
    assert shown.page.get_by_role("radiogroup").evaluate_all(hidden) == []


def test_no_english_is_left_on_a_page(shown: Visit) -> None:
    assert english(shown.page) == []


@pytest.mark.long
@pytest.mark.parametrize("width", [DESK, TELEPHONE])
def test_the_drop_in_english_and_unfolded_is_accessible_and_fits_the_screen(
    browser: Browser, server: str, width: int
) -> None:
    with visiting(browser, server, width) as visit:
        visit.go("drop?lang=en&phase=lockdown_2&by=age_band")
        open_expanders(visit.page)
        assert visit.violations() == []
        assert visit.overflow() <= 0
        assert visit.complaints == []


# What comes up when a reader does something


def combobox(page: Page, key: str) -> Locator:
    return page.get_by_role("combobox", name=SAY(key)).first


def open_expanders(page: Page) -> None:
    for heading in page.locator("[data-testid=stExpander] summary").all():
        heading.click()
    page.wait_for_timeout(UNFOLDED_MS)


def press(page: Page, name: str) -> None:
    """A button of a toolbar by the start of its name, as the keyboard reaches it."""
    page.get_by_role("button", name=re.compile(f"^{name}")).last.press("Enter")


def open_source_list(page: Page) -> None:
    combobox(page, "header.source").click()
    expect(page.get_by_role("option").first).to_be_visible()


def search_source_in_vain(page: Page) -> None:
    open_source_list(page)
    page.keyboard.type("zzz")


def choose_place(page: Page) -> None:
    combobox(page, "contacts.place").click()
    page.get_by_role("option").first.click()


def hover_chart_buttons(page: Page) -> None:
    page.get_by_test_id("stVegaLiteChart").hover()
    for button in page.get_by_test_id("stElementToolbarButton").all():
        if button.is_visible():
            button.hover()


def enlarge_chart(page: Page) -> None:
    press(page.locator("[data-testid=stFullScreenFrame]").first, "Fuld skærm")


def open_column_menu(page: Page) -> None:
    """The menu button of a column with statistics, the last; it is drawn on the heading, and no element of its own."""
    open_expanders(page)
    table = page.locator(TABLE).first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box
    menu = page.get_by_test_id("stDataFrameColumnMenu")
    for across in range(int(box["width"]) - 10, 120, -20):
        page.mouse.move(box["x"] + across, box["y"] + 18)
        page.wait_for_timeout(150)
        page.mouse.click(box["x"] + across, box["y"] + 18)
        page.wait_for_timeout(150)
        if menu.count():
            break
    menu.get_by_text("Statistik").hover()


def search_table(page: Page) -> None:
    open_expanders(page)
    press(page, "Søg")
    page.wait_for_timeout(300)
    page.keyboard.type("2020")


def choose_columns(page: Page) -> None:
    open_expanders(page)
    press(page, "Vis eller skjul kolonner")


def enlarge_table(page: Page) -> None:
    open_expanders(page)
    press(page, "Fuld skærm")


def search_contacts_in_vain(page: Page) -> None:
    page.get_by_label(SAY("contacts.search")).fill("zzz")


def begin_form(page: Page) -> None:
    open_expanders(page)
    page.get_by_label(SAY("submit.add_name"), exact=True).fill("a")


def upload(page: Page, name: str, content: bytes) -> None:
    file: FilePayload = {"name": name, "mimeType": "", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_test_id("stFileChip").wait_for()


def upload_refused(page: Page) -> None:
    upload(page, "a.csv", b"x;y\n1;2\n")
    problems = page.get_by_test_id("stTable").filter(has_text=SAY("problem_table.problem"))
    expect(problems).to_be_visible()
    problems.hover()


def upload_wrong_kind(page: Page) -> None:
    upload(page, "a.pdf", b"%PDF")
    page.get_by_test_id("stFileChip").hover()


def upload_too_large(page: Page) -> None:
    page.locator("input[type=file]").evaluate(CHOOSE_TOO_LARGE)
    page.get_by_test_id("stFileChip").hover()


STATES = [
    ("", open_source_list),
    ("", search_source_in_vain),
    ("", choose_place),
    ("", hover_chart_buttons),
    ("", enlarge_chart),
    ("", open_column_menu),
    ("", search_table),
    ("", choose_columns),
    ("", enlarge_table),
    ("contacts", search_contacts_in_vain),
    ("submit", begin_form),
    ("submit", upload_refused),
    ("submit", upload_wrong_kind),
    ("submit", upload_too_large),
]


@pytest.mark.parametrize(("address", "act"), STATES, ids=[act.__name__ for _, act in STATES])
def test_no_english_comes_up(visit: Visit, address: str, act: Callable[[Page], None]) -> None:
    visit.go(address)
    before = set(english(visit.page))
    act(visit.page)
    visit.page.wait_for_timeout(500)
    assert set(english(visit.page)) - before == set()
    assert visit.complaints == []


def test_a_lost_connection_is_told_in_danish(browser: Browser, server: str) -> None:
    sockets: list[WebSocketRoute] = []
    with visiting(browser, server) as visit:
        visit.page.route_web_socket(re.compile("_stcore/stream"), through(sockets))
        visit.go()
        before = set(english(visit.page))
        visit.page.route(re.compile("_stcore/"), lambda route: route.abort())
        for socket in sockets:
            socket.close()
        expect(visit.page.get_by_role("dialog")).to_be_visible()
        assert set(english(visit.page)) - before == set()


def through(sockets: list[WebSocketRoute]) -> Callable[[WebSocketRoute], None]:
    """Lets web sockets through to the server, and keeps them so that they can be cut."""

    def keep(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    return keep


# Languages


def test_english_is_kept_from_page_to_page(visit: Visit) -> None:
    visit.go("?lang=en")
    expect(visit.page.locator("html")).to_have_attribute("lang", "en")
    for key in ("contacts", "submit", "about"):
        visit.page.get_by_role("link", name=IN_ENGLISH(f"page.{key}")).first.click()
        expect(title(visit.page)).to_have_text(IN_ENGLISH(f"{key}.title"))
        expect(visit.page).to_have_url(re.compile(r"[?&]lang=en\b"))
        expect(visit.page.locator("html")).to_have_attribute("lang", "en")


def test_the_switch_turns_every_text_and_back_again(visit: Visit) -> None:
    visit.go("submit")
    danish = visit.page.evaluate(TEXTS)
    switch(visit, "English", "en")
    assert IN_ENGLISH("submit.title") != SAY("submit.title")
    assert set(visit.page.evaluate(TEXTS)) >= {"Skip to main content", "Sidebar", "App pages"}
    switch(visit, "Dansk", "da")
    assert sorted(visit.page.evaluate(TEXTS)) == sorted(danish)


def switch(visit: Visit, name: str, language: str) -> None:
    visit.page.get_by_text(name, exact=True).click()
    expect(title(visit.page)).to_have_text(words(language)("submit.title"))
    visit.settle()


# Choices and links


def title(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def figures(page: Page) -> list[str]:
    return [title(page).inner_text(), *page.get_by_test_id("stMetricValue").all_inner_texts()]


def test_the_chart_is_drawn_in_the_page_and_says_what_it_shows(visit: Visit, home: Path) -> None:
    visit.go()
    release = open_newest(Home(home))
    assert release
    source = str(release.ask("release/sources")["source"][0])
    lead = overview(release.ask, source, SAY).lead
    release.close()
    chart = visit.page.locator(CHART)
    expect(chart.locator("svg.marks")).to_be_visible()
    expect(chart).to_have_attribute("role", "graphics-document")
    assert lead in str(chart.get_attribute("aria-label"))
    expect(visit.page.get_by_text(lead, exact=True)).to_be_visible()


def test_a_place_changes_the_contacts_and_no_figure_and_stays_out_of_the_link(
    visit: Visit,
) -> None:
    visit.go()
    beside = visit.page.get_by_test_id("stColumn").filter(has_text=SAY("contacts.acute")).last
    contacts, shown = beside.inner_text(), figures(visit.page)
    choose_place(visit.page)
    expect(beside).not_to_have_text(contacts, use_inner_text=True)
    assert urlsplit(visit.page.url).query == ""
    assert figures(visit.page) == shown


@pytest.mark.parametrize(
    "address",
    ["?source=findes-ikke&lang=xx&region=%3Cscript%3E", "findes-ikke"],
)
def test_nonsense_in_the_address_gives_the_default_page(visit: Visit, address: str) -> None:
    visit.go()
    shown = figures(visit.page)
    visit.go(address)
    assert figures(visit.page) == shown
    expect(visit.page.locator("html")).to_have_attribute("lang", "da")
    expect(visit.page.get_by_test_id("stException")).to_have_count(0)
    assert english(visit.page) == []
    assert [text for text in visit.complaints if not text.startswith(NOT_FOUND)] == []


def test_a_bare_letter_does_nothing(visit: Visit) -> None:
    visit.go()
    title(visit.page).click()
    visit.sent.clear()
    for letter in "rRcC":
        visit.page.keyboard.press(letter)
    visit.page.wait_for_timeout(500)
    assert visit.sent == []
    choose_place(visit.page)
    visit.page.wait_for_timeout(500)
    assert visit.sent, "a choice is sent, so a rerun would have been seen"


# Headers


def answer(server: str, path: str, method: str = "GET") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=30)
    connection.request(method, path)
    return connection.getresponse()


def script_of_the_page(server: str) -> str:
    found = re.search(rb"static/js/[^\"]+\.js", answer(server, "/").read())
    assert found
    return f"/{found[0].decode()}"


def test_every_answer_has_the_security_headers(server: str) -> None:
    scripts = ["/interface.js", "/presentation.js", "/quick_exit.js"]
    own = ["/", "/contacts", "/healthz", *scripts, "/icon.svg", "/_stcore/health"]
    for path in [*own, script_of_the_page(server), "/static/findes-ikke.js"]:
        headers = answer(server, path).headers
        assert {name: headers[name] for name in HEADERS} == HEADERS, path
        assert headers["server"] is None, path


@pytest.mark.parametrize("path", ["/", "/contacts", "/healthz", "/interface.js"])
def test_an_answer_to_head_is_that_of_get_without_its_body(server: str, path: str) -> None:
    head = answer(server, path, "HEAD")
    assert (head.status, head.read()) == (200, b"")


@pytest.mark.parametrize("path", ["/", "/healthz", "/interface.js"])
def test_nothing_of_ours_is_kept_by_the_browser(server: str, path: str) -> None:
    assert answer(server, path).headers["cache-control"] == "no-store"
