"""Every question says what it asks, and the engine agrees: parameters and columns are those of its header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from inquiries import engine, vocabulary
from inquiries.periods import periods
from inquiries.recovery import migrate
from inquiries.release import FORMAT

QUESTIONS = sorted(
    path.relative_to(engine.QUERIES).with_suffix("").as_posix()
    for path in engine.QUERIES.rglob("*.sql")
    if path.parent.name != "migrations"
)
LISTS = {"scope", "submissions", "old", "new", "dimensions", *vocabulary.COUNTED}
MONTHS = {"first", "last"}
HEADER = ("question", "grain", "params", "columns", "unit")


ROW = {name: [""] for name in ("municipality", *vocabulary.DIMENSIONS)}
CELL = {name: [""] for name in ("dimension_1", "value_1", "dimension_2", "value_2")}
SOME_MONTH = {"month": pd.to_datetime(["2020-04-01"]), "count": [1]}
LENT = {
    "shown_value": vocabulary.shown_values(),
    "keyed_row": pd.DataFrame({**SOME_MONTH, **ROW, "row_key": [1]}),
    "month_cell": pd.DataFrame({**SOME_MONTH, **CELL, "row_keys": [1]}),
}


def header(name: str) -> dict[str, str]:
    lines = engine.question(name).splitlines()[: len(HEADER)]
    return dict(line.removeprefix("-- ").split(": ", 1) for line in lines)


def declared_params(name: str) -> set[str]:
    """The names in the params line: those before any bracket, between commas and semicolons."""
    line = re.sub(r"\(.*?\)", "", header(name)["params"])
    return {word.strip() for word in re.split("[;,]", line)} - {"none", ""}


def value_of(param: str) -> object:
    if param in LISTS:
        return ["*/2020-04"]
    return "2020-04-01" if param in MONTHS else ""


@pytest.fixture(scope="module")
def databases(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, duckdb.DuckDBPyConnection]]:
    """An empty store and an empty release, with the frames that questions are lent."""
    folder: Path = tmp_path_factory.mktemp("empty")
    store, release = (
        engine.connect(folder / "store.duckdb"),
        engine.connect(folder / "release.duckdb"),
    )
    migrate(store)
    engine.create(release, f"release_{FORMAT}")
    phases = vocabulary.phases()
    first, last = phases["last_month"].iloc[0], phases["last_month"].iloc[-1]
    lattice = engine.connect(":memory:")
    engine.lend(lattice, {"period": periods(first, last, phases), **LENT})
    yield {
        "store": store,
        "exact": store,
        "release": release,
        "publish": release,
        "lattice": lattice,
    }
    store.close()
    release.close()


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_header_has_its_five_lines_in_order(name: str) -> None:
    assert tuple(header(name)) == HEADER
    assert header(name)["question"].endswith("?")


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_declared_parameters_are_those_the_engine_finds(
    name: str, databases: dict[str, duckdb.DuckDBPyConnection]
) -> None:
    connection = databases[name.split("/")[0]]
    (statement,) = connection.extract_statements(engine.question(name))
    assert statement.named_parameters == declared_params(name)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_declared_columns_are_those_the_engine_answers(
    name: str, databases: dict[str, duckdb.DuckDBPyConnection]
) -> None:
    values = {param: value_of(param) for param in declared_params(name)}
    answer = databases[name.split("/")[0]].sql(engine.question(name), params=values or None)
    found = zip(answer.columns, answer.types, strict=True)
    declared = header(name)["columns"]
    assert ", ".join(f"{column} {str(kind).lower()}" for column, kind in found) == declared


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_ends_in_an_order(name: str) -> None:
    assert re.search(r"\norder by [\w., ()]+( desc)?\s*$", engine.question(name))


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name.startswith("exact/")])
def test_every_question_about_exact_figures_binds_the_callers_scope(name: str) -> None:
    text = engine.question(name)
    assert "scope" in declared_params(name)
    assert "list_contains($scope, '*')" in text
    assert re.search(r"list_contains\(\$scope, [\w.]*source \|\| '/' \|\| [\w.]*reporter\)", text)


def test_counts_are_whole_numbers_and_never_huge_integers() -> None:
    for name in QUESTIONS:
        columns = dict(column.rsplit(" ", 1) for column in header(name)["columns"].split(", "))
        assert "hugeint" not in columns.values(), name
        if "sum(" in engine.question(name):
            assert "::bigint" in engine.question(name), name
