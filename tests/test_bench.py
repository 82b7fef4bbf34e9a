"""The benchmark says missing when it did not measure, and its large store is one the product can release."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.contacts import ENTRIES, TYPED, made_entries
from bench.coverage import coverage, lines, outside, scenarios
from bench.large_store import SOURCE, Size, make, rows_in
from bench.many_series import tables
from bench.questions import answer_times, parameters, slowest
from bench.reruns import PAGES, rerun_times
from bench.rows import Row, percentile
from bench.rows import table as row_table
from inquiries.actor import LOCAL
from inquiries.build import build
from inquiries.directory import Index
from inquiries.engine import QUERIES
from inquiries.estimates import estimate
from inquiries.home import Home


@pytest.mark.parametrize(
    ("target", "found", "outcome"),
    [(5, 5.0, "yes"), (5, 5.1, "NO"), (5, None, "missing"), (None, 3.0, "")],
)
def test_a_figure_is_met_only_when_measured(
    target: float | None, found: float | None, outcome: str
) -> None:
    assert Row("figure", target, found, "ms").outcome == outcome


def test_the_table_lines_up() -> None:
    lines = row_table([Row("short", 5, 1.25, "s"), Row("a longer name", None, None, "MiB")]).split(
        "\n"
    )
    assert len({len(line) for line in lines}) == 1
    assert "<= 5" in lines[2] and "1.25" in lines[2]


def test_a_percentile_is_one_of_the_values() -> None:
    values = [float(value) for value in range(1, 101)]
    assert percentile(values, 0.5) == 50
    assert percentile(values, 0.95) == 95
    assert percentile([7.0], 0.95) == 7


@pytest.mark.parametrize(
    "question", sorted((QUERIES / "release").glob("*.sql")), ids=lambda p: p.stem
)
def test_every_readers_question_can_be_asked(question: Path) -> None:
    for name in parameters(question, "any"):
        assert f"${name}" in question.read_text("utf-8")


@pytest.mark.long
def test_a_small_large_store_is_released_and_asked(tmp_path: Path) -> None:
    home = Home(tmp_path)
    make(home, Size(municipalities=2, months=60, combinations=40))
    assert rows_in(home) == 4800
    build(LOCAL, home)
    question, worst = slowest(answer_times(home, SOURCE, rounds=2))
    assert (QUERIES / "release" / f"{question}.sql").exists()
    assert worst > 0


def test_the_searched_directory_has_500_entries_each_with_words_of_its_own() -> None:
    index = Index(made_entries())
    assert len({contact.id for contact in index.contacts}) == ENTRIES == 500
    found = {typed: len(index.find(typed)) for typed in TYPED}
    assert found[""] == ENTRIES and found["xylofon"] == 0
    assert min(found[typed] for typed in TYPED if typed != "xylofon") > 0


def test_the_intervals_hold_what_they_promise_and_one_that_is_too_narrow_is_told() -> None:
    """A few runs of one scenario; `make bench` draws a thousand of each."""
    scenario = next(one for one in scenarios() if one.name == "mean 20, 48 months, phi 2")
    found = coverage(scenario, runs=60)
    assert found.runs == 60 and outside(found) == []
    assert outside(replace(found, quarter=0.5)) == ["3 months"]
    assert len(list(lines([found]))) == 2
    assert len({one.name for one in scenarios()}) == 16


def test_the_many_series_are_all_estimated() -> None:
    found = estimate(tables(series=45, months=84))
    assert list(found["fit"]["outcome"].unique()) == ["model"]
    assert {"model", "newest", "no_trend"} <= set(found["effect"]["basis"])
    assert len(found["contrast"]) > 0


def test_every_readers_page_is_run_again(home: Path) -> None:
    found = rerun_times(Home(home), rounds=2)
    assert set(found) == set(PAGES) and min(found.values()) > 0
