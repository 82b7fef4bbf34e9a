"""A real browser, and a visit to the product in it."""

from __future__ import annotations

from collections.abc import Iterator

import browser as system
import pytest
from playwright.sync_api import Browser, sync_playwright
from visit import Visit, visiting

# The sandbox needs rights that root in a container has not; shared memory there is small.
SWITCHES = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=system.browser(), args=SWITCHES)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def visit(browser: Browser, server: str) -> Iterator[Visit]:
    """A visitor at a desk, who goes from test to test."""
    with visiting(browser, server) as begun:
        yield begun
