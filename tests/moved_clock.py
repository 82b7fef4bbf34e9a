"""The product as `manage.py` starts it, with its clock moved on by the seconds that a file in its home names."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dashboard"))

import manage
from inquiries import store
from inquiries.home import home_from_environment

MOVED = home_from_environment().folder / "clock-moved"
true_clock = store.system_clock


def moved_clock() -> datetime:
    seconds = MOVED.read_text() if MOVED.exists() else "0"
    return true_clock() + timedelta(seconds=float(seconds))


store.system_clock = moved_clock

if __name__ == "__main__":
    sys.exit(manage.main(sys.argv[1:]))
