"""Makes docs/overblik.png, the picture of the README, from the running product: `make picture`."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser import browser  # noqa: E402

SIZE = {"width": 1440, "height": 1080}


def take(address: str, target: Path) -> None:
    """Open the overview and save what a reader sees first."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        page = chromium.new_page(viewport=SIZE, locale="da-DK")
        page.goto(address)
        page.wait_for_selector('[data-testid="stVegaLiteChart"] svg')
        page.wait_for_timeout(1500)
        page.screenshot(path=target)
        chromium.close()


if __name__ == "__main__":
    take(sys.argv[1], ROOT / "docs" / "overblik.png")
