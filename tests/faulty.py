"""The product as `manage.py` starts it, with errors that nobody foresaw once a file in its home says so."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dashboard"))

import manage
import stories
from inquiries import release
from inquiries.exports import table
from inquiries.home import home_from_environment

FAULTY = "faulty"
VALUE, PLACE = "010190-1234", "/srv/et-sted/hemmeligt.duckdb"


def faulty(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def fails(*given: Any, **named: Any) -> Any:
        if (home_from_environment().folder / FAULTY).exists():
            raise KeyError(f"{VALUE} in {PLACE}")
        return function(*given, **named)

    return fails


if __name__ == "__main__":
    release.open_newest = faulty(release.open_newest)  # what /healthz asks
    stories.overview_of = faulty(stories.overview_of)  # what a page asks
    table.as_csv = faulty(table.as_csv)  # what makes a file
    sys.exit(manage.main(sys.argv[1:]))
