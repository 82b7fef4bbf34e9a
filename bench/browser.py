"""A real browser, as new as a first visitor's, from the address to the chart on the screen."""

from __future__ import annotations

import time

from playwright.sync_api import Browser, sync_playwright

from tests.browser import browser

CHART = "[data-testid=stVegaLiteChart] svg"
# The sandbox needs rights that root in a container has not; shared memory there is small.
SWITCHES = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
PATIENCE_MS = 60_000


def first_charts(url: str, times: int) -> list[float]:
    """Seconds from the address to a visible chart, each time with nothing kept from before."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser(), args=SWITCHES)
        seconds = [_first_chart(opened, url) for _ in range(times)]
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
