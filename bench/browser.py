"""A real browser, as new as a first visitor's: from the address to the chart, and out in a hurry."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Browser, sync_playwright

from tests.browser import browser

CHART = "[data-testid=stVegaLiteChart] svg"
# The sandbox needs rights that root in a container has not; shared memory there is small.
SWITCHES = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
PATIENCE_MS = 60_000
LEFT, KEY, PRESSES = "about:blank", "Escape", 3
SETTLED_MS = 1500


def first_charts(url: str, times: int) -> list[float]:
    """Seconds from the address to a visible chart, each time with nothing kept from before."""
    return _measured(_first_chart, url, times)


def leavings(url: str, times: int) -> list[float]:
    """Seconds from the last press of the key to an empty page, as seen from outside the browser."""
    return _measured(_leaving, f"{url}/contacts", times)


def _measured(measure: Callable[[Browser, str], float], url: str, times: int) -> list[float]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser(), args=SWITCHES)
        seconds = [measure(opened, url) for _ in range(times)]
        opened.close()
    return seconds


def _first_chart(opened: Browser, url: str) -> float:
    context = opened.new_context(locale="da-DK", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    started = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator(CHART).first.wait_for(state="visible", timeout=PATIENCE_MS)
    seconds = time.perf_counter() - started
    context.close()
    return seconds


def _leaving(opened: Browser, url: str) -> float:
    context = opened.new_context(locale="da-DK")
    page = context.new_page()
    page.goto(url)
    page.get_by_role("heading", level=1).wait_for(timeout=PATIENCE_MS)
    page.wait_for_timeout(SETTLED_MS)
    for _ in range(PRESSES - 1):
        page.keyboard.press(KEY)
    started = time.perf_counter()
    page.keyboard.press(KEY)
    page.wait_for_url(LEFT, wait_until="commit")
    seconds = time.perf_counter() - started
    context.close()
    return seconds
