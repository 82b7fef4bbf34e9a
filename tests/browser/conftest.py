"""A real browser, and a visit to the product in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import browser as system
import pytest
from playwright.sync_api import Browser, sync_playwright
from visit import Visit, visiting

FOLDER = Path(__file__).parent
# The sandbox needs rights that root in a container has not; shared memory there is small.
SWITCHES = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One browser is enough: all that use it go to one worker."""
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=system.browser(), args=SWITCHES)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Visit]:
    """A visit of the test's own, at a desk."""
    with visiting(browser, server) as begun:
        yield begun
