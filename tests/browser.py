"""The browser the tests drive: the system's own, found where browsers are or, as root on Debian, installed.

`python tests/browser.py` prints its path; without a browser it says what to install and exits 1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

CHOSEN = "BROWSER_PATH"
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
)
MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
PACKAGES = ("chromium", "fonts-liberation")


class NoBrowser(Exception):
    """There is no browser; the message says what to install."""


def browser() -> Path:
    """The browser to drive; installed when it must and can be, else `NoBrowser`."""
    found = find()
    if found is None and _may_install():
        _install()
        found = find()
    if found is None:
        raise NoBrowser(
            "The tests need a browser: install Chromium, Google Chrome or Microsoft Edge, "
            f"or name its program in {CHOSEN}."
        )
    return found


def find() -> Path | None:
    """The browser named in BROWSER_PATH, else the first in the path or in the usual places."""
    if chosen := os.environ.get(CHOSEN):
        if not Path(chosen).is_file():
            raise NoBrowser(f"{CHOSEN} names {chosen}, which is not a file: correct it.")
        return Path(chosen)
    for name in NAMES:
        if path := shutil.which(name):
            return Path(path)
    return next((path for path in _usual_places() if path.is_file()), None)


def _usual_places() -> Iterator[Path]:
    for name in MAC:
        yield Path(f"/Applications/{name}.app/Contents/MacOS/{name}")
    for folder in WINDOWS_FOLDERS:
        if root := os.environ.get(folder):
            yield from (Path(root) / place for place in WINDOWS)


def _may_install() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install() -> None:
    """Have the package manager fetch Chromium and a font; what it says goes to standard error."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (("update",), ("install", "-y", *PACKAGES)):
        subprocess.run(("apt-get", *command), env=quiet, stdout=sys.stderr, check=False)


def main() -> int:
    try:
        print(browser())
    except NoBrowser as none:
        print(none, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
