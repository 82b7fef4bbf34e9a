"""The figures the product promises, measured on this machine: one table, and the same as JSON.

Everything is measured on figures made for it in a temporary folder; the operator's own folder only
gets the report, in `bench/`. Without `--quick` a store of 17 million rows is made and released too.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dashboard"))

from bench import (
    coverage,
    encryption,
    large_store,
    machine,
    many_series,
    questions,
    reruns,
    sessions,
    uploads,
)
from bench.browser import first_charts, leavings
from bench.contacts import ENTRIES, search_times
from bench.release_build import built_apart
from bench.rows import MISSED, Row, percentile, table
from bench.server import serving
from bench.sessions import Crowd, Seen
from inquiries.home import Home, home_from_environment

SEED = 2020
TIMES = 3
LEAVINGS = 10
SAMPLE_SOURCE = "eksempel-hotline"
RERUN_MS = {"drop": 50}
ALONE = Crowd(readers=1, arrive_within=0, think=(0.2, 0.5), stay=25)
FIFTY = Crowd(readers=50, arrive_within=5, think=(5, 15), stay=45)
# Two p95 of a few milliseconds on a machine that does other things are the same within this ratio.
SAME = 1.5


def main() -> int:
    chosen = _parser().parse_args()
    before = machine.state(SEED)
    print("\n".join(f"{name:9} {value}" for name, value in before.items()), flush=True)
    details: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="inquiries-bench-") as folder:
        sample = Home(Path(folder) / "sample")
        rows = [
            *_start(sample),
            *_readers(sample, details),
            *_uploads(details),
            *_encryption(),
            *_sample(sample, details),
            *_pages(sample),
            *_estimates(),
        ]
        large = Home((chosen.large_in or Path(folder) / "large").absolute())
        rows += _skipped() if chosen.quick else _large(large, sample, details)
    after = machine.load()
    print(f"\n{table(rows)}\n\nload after {after}")
    facts = [row.facts() for row in rows]
    report = {"machine": before, "load after": after, "rows": facts, "details": details}
    print(f"also in    {_written(report)}")
    return int(any(row.outcome == MISSED for row in rows))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="leave out the large store")
    parser.add_argument(
        "--large-in",
        type=Path,
        metavar="FOLDER",
        help="keep the large store in this folder, and use the one that is there",
    )
    return parser


def _say(doing: str) -> None:
    print(f"... {doing}", file=sys.stderr, flush=True)


def _start(home: Home) -> Iterator[Row]:
    """Start on an empty folder, which makes the sample, and then on what that left."""
    _say("starting")
    with serving(home.folder) as server:
        yield Row("first start, making the sample", None, server.started_in, "s")
    again = []
    for _ in range(TIMES):
        with serving(home.folder) as server:
            again.append(server.started_in)
    yield Row("start to healthy", 2.5, median(again), "s", f"median of {TIMES}")


def _readers(home: Home, details: dict[str, Any]) -> Iterator[Row]:
    """A browser, one reader and fifty, all at a server that has just been started."""
    with serving(home.folder) as server:
        _say("opening a browser")
        charts = first_charts(server.url, TIMES)
        yield Row("first chart in a browser", 2.5, median(charts), "s", f"median of {TIMES}")
        left = 1000 * max(leavings(server.url, LEAVINGS))
        yield Row("leaving, key to empty page", 200, left, "ms", f"slowest of {LEAVINGS}")
        _say("reading alone")
        before = server.processor_time()
        alone = asyncio.run(sessions.visit(server.port, ALONE, SEED))
        spent = 1000 * (server.processor_time() - before) / max(1, alone.runs)
        _say("reading with fifty")
        fifty = asyncio.run(sessions.visit(server.port, FIFTY, SEED))
        memory = server.memory()
    details |= {"one session": _spread(alone), "fifty sessions": _spread(fifty)}
    yield from _rerun_rows(alone, fifty)
    yield Row("server's processor time a rerun", None, spent, "ms", "1 session")
    yield Row("server's memory after that", None, memory, "MiB")


def _rerun_rows(alone: Seen, fifty: Seen) -> Iterator[Row]:
    one, many = _milliseconds(alone.reruns), _milliseconds(fifty.reruns)
    yield Row("rerun, 1 session, p50", 30, _share(one, 0.5), "ms", f"{len(one)} reruns")
    yield Row("rerun, 1 session, p95", 30, _share(one, 0.95), "ms")
    yield Row("rerun, 50 sessions, p50", None, _share(many, 0.5), "ms", f"{len(many)} reruns")
    yield Row("rerun, 50 sessions, p95", 300, _share(many, 0.95), "ms", "think time 5-15 s")
    first = _share(fifty.first, 0.95)
    yield Row("first page, 50 sessions, p95", 3, first, "s", "arriving within 5 s")
    errors = [*alone.errors, *fifty.errors]
    yield Row("errors in all sessions", 0, len(errors), "errors", ", ".join(sorted(set(errors))))


def _milliseconds(seconds: list[float]) -> list[float]:
    return [1000 * one for one in seconds]


def _share(times: list[float], share: float) -> float | None:
    """The percentile; missing when every session failed before it."""
    return percentile(times, share) if times else None


def _spread(seen: Seen) -> dict[str, Any]:
    times = _milliseconds(seen.reruns)
    shares = {f"p{100 * share:g}": _share(times, share) for share in (0.5, 0.95, 0.99, 1)}
    return {"reruns": len(times), **shares, "errors": seen.errors}


def _uploads(details: dict[str, Any]) -> Iterator[Row]:
    """A file of the most rows, and the files made to cost the most time or memory."""
    _say("judging uploads")
    full = [uploads.tried_apart("full") for _ in range(TIMES)]
    seconds = median(one.check + one.store for one in full)
    yield Row(
        "200,000 rows checked and stored",
        2,
        seconds,
        "s",
        f"processor {median(one.processor for one in full):.2f} s",
    )
    hostile = [uploads.tried_apart(name) for name in uploads.HOSTILE]
    details["uploads"] = {one.name: vars(one) for one in (*full[:1], *hostile)}
    slowest = max(hostile, key=lambda one: one.check)
    hungriest = max(hostile, key=lambda one: one.memory)
    yield Row("slowest hostile upload", 2, slowest.check, "s", f"{slowest.name}; of {len(hostile)}")
    yield Row("hungriest hostile upload", 300, hungriest.memory, "MiB", hungriest.name)


def _encryption() -> Iterator[Row]:
    """What a key costs: both take so many times as long as without."""
    _say("encrypting")
    found, note = encryption.ratios(TIMES), f"medians of {TIMES} each"
    yield Row("a month's upload, encrypted : not", SAME, found.upload, "ratio", note)
    yield Row("release of the sample, encrypted : not", SAME, found.release, "ratio", note)


def _sample(home: Home, details: dict[str, Any]) -> Iterator[Row]:
    _say("releasing and asking the sample")
    built = [built_apart(home) for _ in range(TIMES)]
    seconds = median(one.seconds for one in built)
    yield Row("release build, sample", 5, seconds, "s", f"median of {TIMES}")
    yield from _question_rows(home, SAMPLE_SOURCE, "sample", details)
    searched = search_times()
    note = f"the slowest of all {max(searched):.1f}"
    yield Row(f"search of {ENTRIES} contacts, p95", 20, percentile(searched, 0.95), "ms", note)


def _pages(home: Home) -> Iterator[Row]:
    """The program's own time to run each page again, without server or browser."""
    _say("running pages again")
    for page, p95 in reruns.rerun_times(home).items():
        note = f"{reruns.ROUNDS} reruns"
        yield Row(f"program's time to rerun {page}, p95", RERUN_MS.get(page), p95, "ms", note)


def _estimates() -> Iterator[Row]:
    """Whether the intervals hold, and what so many series cost."""
    _say("estimating many series")
    note = f"median of {TIMES}"
    seconds = median(many_series.seconds() for _ in range(TIMES))
    yield Row(f"estimates of {many_series.SERIES} series of 84 months", 5, seconds, "s", note)
    _say("drawing series with a known truth")
    found = [coverage.coverage(scenario) for scenario in coverage.scenarios()]
    print("\n".join(coverage.lines(found)), file=sys.stderr)
    missed = sum(len(coverage.outside(one)) for one in found)
    note = f"{len(found)} scenarios of {coverage.RUNS} series"
    yield Row("intervals outside their coverage", 0, missed, "intervals", note)


def _large(home: Home, sample: Home, details: dict[str, Any]) -> Iterator[Row]:
    if not home.store.exists():
        _say("making the large store")
        large_store.make(home, large_store.Size())
    yield Row("rows in the large store", None, large_store.rows_in(home), "rows")
    _say("releasing and asking the large store")
    built = built_apart(home)
    yield Row("release build, large store", None, built.seconds, "s")
    yield Row("of which exact cells, apart from keys", 30, built.cells, "s")
    yield Row("of which keys", None, built.keys, "s")
    yield Row("of which estimates", None, built.estimates, "s")
    yield Row("peak memory of that build", None, built.peak, "MiB")
    yield from _question_rows(home, large_store.SOURCE, "large store", details)
    yield Row("slowest question, large : sample", SAME, _large_to_sample(home, sample), "ratio")


def _large_to_sample(large: Home, sample: Home) -> float:
    """How the slowest answers compare; both asked anew, so that both meet the same load."""
    _, great = questions.slowest(questions.answer_times(large, large_store.SOURCE))
    _, small = questions.slowest(questions.answer_times(sample, SAMPLE_SOURCE))
    return great / small


def _question_rows(home: Home, source: str, name: str, details: dict[str, Any]) -> Iterator[Row]:
    times = questions.answer_times(home, source)
    question, worst = questions.slowest(times)
    details[f"questions, {name}"] = {
        one: {"p50": percentile(found, 0.5), "p95": percentile(found, 0.95)}
        for one, found in times.items()
    }
    note = f"{question}; its p50 is {percentile(times[question], 0.5):.1f}"
    yield Row(f"slowest reader's question, {name}, p95", 5, worst, "ms", note)
    assembled = percentile(questions.overview_times(home, source), 0.5)
    yield Row(f"assembling the overview, {name}, p50", None, assembled, "ms")


def _skipped() -> list[Row]:
    note = "left out by --quick"
    return [
        Row("release build, large store", None, None, "s", note),
        Row("slowest reader's question, large store, p95", 5, None, "ms", note),
        Row("slowest question, large : sample", SAME, None, "ratio", note),
    ]


def _written(report: dict[str, Any]) -> Path:
    folder = home_from_environment().folder / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{report['machine']['date'].replace(':', '')}.json"
    path.write_text(json.dumps(report, indent=2), "utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main())
