"""What encrypting the exact figures costs: the sample's files sent one by one, and released, with a key and without.

Each in a process of its own; `python bench/encryption.py` prints the ratios.
"""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dashboard"))

from inquiries.actor import LOCAL
from inquiries.build import build
from inquiries.home import Home
from inquiries.seed import SAMPLE, sample_submissions, seeded_sources
from inquiries.store import Store

# Of each source, so that the one-by-one of all 388 does not take minutes.
SENT = 12


@dataclass(frozen=True)
class Spent:
    """Milliseconds to store one month's file, and seconds to release all."""

    upload: float
    release: float


def ratios(times: int) -> Spent:
    """How many times as long both take with a key, by the medians of so many runs of each."""
    runs = [(spent_apart(keyed=True), spent_apart(keyed=False)) for _ in range(times)]
    with_key, without = ([run[place] for run in runs] for place in (0, 1))
    return Spent(
        median(one.upload for one in with_key) / median(one.upload for one in without),
        median(one.release for one in with_key) / median(one.release for one in without),
    )


def spent_apart(*, keyed: bool) -> Spent:
    """Store and release the sample in a new process and a new folder."""
    command = [sys.executable, __file__, "keyed" if keyed else "plain"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Spent(**json.loads(done.stdout))


def spent(folder: Path, *, keyed: bool) -> Spent:
    """Store and release the sample in this folder."""
    key = folder / "store-key"
    key.touch(0o600)
    key.write_text(secrets.token_hex(32), "ascii")
    home = Home(folder / "home", key if keyed else None)
    store, seconds = Store(home), []
    for source in seeded_sources():
        store.add_source(LOCAL, source)
        submissions = sample_submissions(source, SAMPLE)
        for one in submissions[:SENT]:
            started = time.perf_counter()
            store.submit(LOCAL, one)
            seconds.append(time.perf_counter() - started)
        store.submit(LOCAL, *submissions[SENT:])
    started = time.perf_counter()
    build(LOCAL, home)
    return Spent(1000 * median(seconds), time.perf_counter() - started)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        with tempfile.TemporaryDirectory(prefix="inquiries-bench-") as folder:
            print(json.dumps(asdict(spent(Path(folder), keyed=sys.argv[1] == "keyed"))))
    else:
        for keyed in (True, False):
            print("with a key" if keyed else "without", spent_apart(keyed=keyed))
        print("ratio", ratios(3))
