"""How long a full file takes to be checked and stored, and the worst that a file within the limits can ask.

Each file is judged in a process of its own, so that the memory it reports is its own.
"""

from __future__ import annotations

import io
import itertools
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dashboard"))

import pandas as pd

from inquiries.actor import LOCAL
from inquiries.filing import Reporter, Source, Submission
from inquiries.home import Home
from inquiries.intake import examine
from inquiries.limits import UPLOAD_BYTES, UPLOAD_ROWS
from inquiries.store import Store
from inquiries.vocabulary import REGISTERED, vocabulary

NEWEST = pd.Timestamp(2026, 11, 1)
SOURCE = Source(
    "bench", "Bench", "Bench", "inquiry", REGISTERED, reporters=(Reporter("bench", "B", "B"),)
)
KIB_PER_MIB = 1024
HEADER = ";".join(REGISTERED)
_SEED = 2020


@dataclass(frozen=True)
class Tried:
    """One file: seconds to judge and to store it, the processor's part of both, memory in MiB, outcome."""

    name: str
    check: float
    store: float
    processor: float
    memory: float
    outcome: str


def full_file() -> bytes:
    """As many rows as a file may have, each another combination, in fewer bytes than it may have."""
    known = vocabulary()
    months = [f"{year}-{month:02d}" for year in range(2020, 2026) for month in range(1, 13)]
    labels = [
        sorted((label.text("da") for label in known.accepted(name)), key=len)[:2]
        for name in REGISTERED[2:-1]
    ]
    codes = [label.code for label in known.of("municipality")][:90]
    chance = random.Random(_SEED)
    rows = itertools.islice(itertools.product(months, codes, *labels), UPLOAD_ROWS)
    lines = (";".join((*row, str(chance.randrange(10)))) for row in rows)
    return "\n".join([HEADER, *lines, ""]).encode()


def _under_header(line: str) -> bytes:
    """The header, and then the line as often as a file may hold it."""
    return (HEADER + "\n" + line * (UPLOAD_BYTES // len(line))).encode()[:UPLOAD_BYTES]


def _zip_bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(900_000_000))
    return written.getvalue()


def _all_different() -> bytes:
    rows = (";".join(f"{letter}{row}" for letter in "abcdefgh") for row in range(UPLOAD_ROWS))
    return "\n".join([HEADER, *rows]).encode()[:UPLOAD_BYTES]


HOSTILE: dict[str, Callable[[], bytes]] = {
    "one line of 10 MB": lambda: _under_header("a"),
    "figures and spaces": lambda: _under_header("1 "),
    "100,000 columns": lambda: ";".join(f"c{place}" for place in range(100_000)).encode(),
    "quotes alone": lambda: _under_header('"'),
    "a quote in each line": lambda: _under_header('";"\n'),
    "blank lines": lambda: _under_header("\n"),
    "a million lines of separators": lambda: (HEADER + "\n" + ";;;;;;;\n" * 1_000_000).encode(),
    "wide rows": lambda: _under_header(";".join(["xy"] * 6_000) + "\n"),
    "no cell twice": _all_different,
    "sums alone": lambda: (HEADER + "\n" + "I alt;;;;;;;5\n" * UPLOAD_ROWS).encode(),
    "bytes at random": lambda: random.Random(_SEED).randbytes(UPLOAD_BYTES),
    "zeros": lambda: bytes(UPLOAD_BYTES),
    "a zip bomb": _zip_bomb,
    "at signs": lambda: _under_header("a@"),
}


def tried_apart(name: str) -> Tried:
    """Judge, and store if accepted, one file of `HOSTILE` or the full one, in a new process."""
    command = [sys.executable, __file__, name]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Tried(**json.loads(done.stdout))


def _try(name: str) -> Tried:
    data = HOSTILE[name]() if name in HOSTILE else full_file()
    before = _peak()
    started, spent = time.perf_counter(), time.process_time()
    verdict = examine(data, SOURCE, NEWEST, name="bench.csv")
    checked = time.perf_counter()
    judged, memory, stored = time.process_time(), _peak() - before, 0.0
    if verdict.is_accepted:
        with tempfile.TemporaryDirectory(prefix="inquiries-bench-") as folder:
            store = Store(Home(Path(folder)))
            Home(Path(folder)).prepare()
            store.add_source(LOCAL, SOURCE)
            begun = time.perf_counter()
            spent += time.process_time() - judged
            store.submit(
                LOCAL,
                Submission("bench", "bench", verdict.months, verdict.rows, verdict.fingerprint),
            )
            stored = time.perf_counter() - begun
    spent = time.process_time() - spent
    return Tried(name, checked - started, stored, spent, memory, verdict.outcome)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB


if __name__ == "__main__":
    print(json.dumps(vars(_try(sys.argv[1]))))
