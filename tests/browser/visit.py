"""One visitor in a browser, and all that the browser complained of, asked for and sent meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, WebSocket

DESK, TELEPHONE = 1280, 400
# With nothing that moves, a moment is enough.
FADED_IN_MS, UNFOLDED_MS = 100, 200
# The page is whole when it looks the same at so many glances.
GLANCE_MS, STEADY = 100, 4
READY = "[data-testid=stApp][data-test-script-state=notRunning] h1"
CHART = "[data-testid=stVegaLiteChart]"
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
# A page opened by its address is first tried as the root of the server.
PROBE = re.compile(r"/[\w-]+/_stcore/(health|host-config)$")
STAND_STILL = """addEventListener("DOMContentLoaded", () => {
    const still = new CSSStyleSheet();
    still.replaceSync("*, ::before, ::after { transition: none !important; animation: none !important }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
})"""
REPORT_REFUSALS = """addEventListener("securitypolicyviolation", (refused) =>
    console.error(`refused by policy: ${refused.violatedDirective} ${refused.blockedURI}`))"""


@dataclass
class Visit:
    """A page at one server: `go` somewhere, then look at what was shown and what went wrong."""

    page: Page
    server: str
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    sent: list[str | bytes] = field(default_factory=list)

    def go(self, address: str = "") -> None:
        """Open an address of the server, forget what was before, and wait until it is whole."""
        for remembered in (self.complaints, self.strangers, self.sent):
            remembered.clear()
        self.page.goto(f"{self.server}/{address}")
        self.settle()

    def settle(self) -> None:
        """Wait until the page has run, its charts are drawn and nothing in it changes any more."""
        self.page.locator(READY).first.wait_for()
        seen: list[int] = []
        while len(seen) < STEADY or len(set(seen[-STEADY:])) > 1:
            self.page.wait_for_timeout(GLANCE_MS)
            seen.append(self.page.evaluate("() => document.body.innerHTML.length"))
        self.drawn()

    def drawn(self) -> None:
        """Wait until every chart is drawn, those folded away too."""
        for chart in self.page.locator(CHART).all():
            chart.locator("svg.marks").wait_for(state="attached")

    def violations(self) -> list[str]:
        """What axe finds against WCAG 2.1 A and AA, each with the elements it is about."""
        self.page.wait_for_timeout(FADED_IN_MS)
        found = Axe().run(self.page, options=WCAG).response["violations"]
        return [
            f"{rule['id']}: {rule['help']}: {[node['html'] for node in rule['nodes']]}"
            for rule in found
        ]

    def overflow(self) -> int:
        """By how many pixels the page is wider than the screen."""
        return int(
            self.page.evaluate(
                """() => Math.max(...[document.documentElement, ...document.querySelectorAll(
                    "[data-testid=stMain]")].map((part) => part.scrollWidth - part.clientWidth))"""
            )
        )

    def _complain(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not PROBE.search(message.location["url"]):
            self.complaints.append(message.text)

    def _notice(self, request: Request) -> None:
        if not request.url.startswith((self.server, "data:", "blob:")):
            self.strangers.append(request.url)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: self.sent.append(frame))


@contextmanager
def visiting(browser: Browser, server: str, width: int = DESK) -> Iterator[Visit]:
    """A visitor with a Danish browser, in which nothing moves, and nothing kept from before."""
    screen = {"width": width, "height": 900}
    with browser.new_context(locale="da-DK", viewport=screen) as context:
        context.add_init_script(STAND_STILL)
        context.add_init_script(REPORT_REFUSALS)
        visit = Visit(context.new_page(), server)
        visit.page.on("console", visit._complain)
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visit.page.on("request", visit._notice)
        visit.page.on("websocket", visit._listen)
        yield visit
