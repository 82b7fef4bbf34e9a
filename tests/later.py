"""Later releases of a home, made from its newest one in no time: other figures under another id and number."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from inquiries.home import Home
from inquiries.release import CHECKSUM, checksum, newest

MORE = 40


def later_release(home: Home, identity: str, number: int) -> Path:
    """A release of that id and number, whose every count is greater by MORE than in the newest before it."""
    before = newest(home)
    assert before is not None
    path = home.releases / f"{identity}.duckdb"
    shutil.copyfile(before, path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update cell set count = count + ?", [MORE])
        connection.execute("update effect set observed = observed + ?", [MORE])
        for key, value in {"release": identity, "number": str(number)}.items():
            connection.execute("update about set value = ? where key = ?", [value, key])
    path.with_suffix(CHECKSUM).write_text(checksum(path), "ascii")
    return path
