"""A real browser, as new as a first visitor's, from the address to the chart on the screen."""

from __future__ import annotations

import shutil
import time

from playwright.sync_api import Browser, sync_playwright

CHART = "[data-testid=stVegaLiteChart] svg"
INSTALLED = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 60_000


def first_charts(url: str, times: int) -> list[float]:
    """Seconds from the address to a visible chart, each time with nothing kept from before."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_executable())
        seconds = [_first_chart(browser, url) for _ in range(times)]
        browser.close()
    return seconds


def _executable() -> str | None:
    """The system's Chromium; None for the one that Playwright brings."""
    return next(filter(None, map(shutil.which, INSTALLED)), None)


def _first_chart(browser: Browser, url: str) -> float:
    context = browser.new_context(locale="da-DK", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    started = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator(CHART).first.wait_for(state="visible", timeout=PATIENCE_MS)
    seconds = time.perf_counter() - started
    context.close()
    return seconds
