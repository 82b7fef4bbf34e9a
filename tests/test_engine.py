"""No question is built from a value, and no question reaches a file, the network or the settings, however it is opened."""

from __future__ import annotations

import ast
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from keyed import KEY

from inquiries import engine

DASHBOARD = Path(__file__).resolve().parents[1] / "dashboard"
ENGINE = DASHBOARD / "inquiries" / "engine.py"
# What runs a text: of a connection, of DuckDB itself, and of pandas on a database.
RUNS = {"execute", "executemany", "sql", "query", "query_df", "from_query", "read_sql"}
# What may stand in a text besides the text itself, by who says what it is: a table that is checked to
# be an identifier, our own settings and names, a path or key in quotes, a table that the engine has just named.
NAMED = {
    *("table", "name", "value", "', '.join(options)", "_quoted(path)", "_quoted(library)"),
}


def calls(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text("utf-8"))
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in RUNS
    ]


def is_question(text: ast.expr) -> bool:
    """Whether a text is a file of `queries/`, word for word."""
    return isinstance(text, ast.Call) and ast.unparse(text.func) == "question"


def is_constant(text: ast.expr) -> bool:
    return isinstance(text, ast.Constant) and isinstance(text.value, str)


def interpolated(text: ast.expr) -> set[str] | None:
    """What stands in a text besides itself; None when the text is made in another way than by naming it."""
    if not isinstance(text, ast.JoinedStr):
        return None
    return {ast.unparse(part.value) for part in text.values if isinstance(part, ast.FormattedValue)}


def test_no_question_is_built_from_a_value() -> None:
    found = [(path, call) for path in DASHBOARD.rglob("*.py") for call in calls(path)]
    built = []
    for path, call in found:
        [text, *_] = call.args
        if is_constant(text) or (path == ENGINE and is_question(text)):
            continue
        names = interpolated(text)
        if path != ENGINE or names is None or not names <= NAMED:
            built.append(f"{path.name}:{call.lineno}")
    print(f"\n{len(found)} places that run a text: {len(built)} built from a value")
    assert built == []
    assert len(found) >= 10


@pytest.mark.parametrize("table", ["cell; drop table cell", 'cell"', "cell --", "(select 1)", ""])
@pytest.mark.parametrize("act", ["fill", "take_out"])
def test_a_tables_name_that_is_none_is_run_in_no_text(table: str, act: str) -> None:
    connection = engine.connect(":memory:")
    given: dict[str, Callable[[], None]] = {
        "fill": lambda: engine.fill(connection, table, pd.DataFrame({"x": [1]})),
        "take_out": lambda: engine.take_out(connection, table, "s"),
    }
    with pytest.raises(ValueError) as refused:  # noqa: PT011
        given[act]()
    assert str(refused.value) == table


def test_the_engine_is_opened_in_one_room_and_with_the_lock_at_each_place() -> None:
    opening = {
        path.name: path.read_text("utf-8").count("duckdb.connect(")
        for path in DASHBOARD.rglob("*.py")
    }
    assert {name: number for name, number in opening.items() if number} == {"engine.py": 4}


# Escapes

# `{other}` is a file beside the database, `{open}` the database that is open.
ESCAPES = {
    "read a table of text": "select * from read_csv('{folder}/other.csv')",
    "read a text": "select * from read_text('{folder}/other.csv')",
    "read bytes": "select * from read_blob('{folder}/other.csv')",
    "read a column file": "select * from read_parquet('{folder}/other.parquet')",
    "read records": "select * from read_json('{folder}/other.json')",
    "guess at a file": "select * from sniff_csv('{folder}/other.csv')",
    "read a file named as a table": "select * from '{folder}/other.csv'",
    "read through a folder it may use": "select * from read_text('{spill}/../other.csv')",
    "read through a link": "select * from read_text('{spill}/link.csv')",
    "list a folder": "select * from glob('{folder}/*')",
    "open another database": "attach '{folder}/other.duckdb' as other",
    "make another database": "attach '{folder}/made.duckdb' as made",
    "write a file": "copy (select 1) to '{folder}/made.csv'",
    "read into a table": "copy own from '{folder}/other.csv'",
    "write all there is": "export database '{folder}/made'",
    "read what was written so": "import database '{folder}/written'",
    "keep a password": "create persistent secret made (type http, bearer_token 'x')",
    "install an extension": "install httpfs",
    "load an extension": "load '{folder}/made.duckdb_extension'",
    "ask the network": "select * from read_csv('http://127.0.0.1:9/other.csv')",
    "ask another server": "attach 'host=127.0.0.1' as server (type postgres)",
    "see a frame of the program": "select * from frame",
    "unlock files": "set enable_external_access = true",
    "unlock a folder": "set allowed_directories = ['{folder}']",
    "unlock the settings": "set lock_configuration = false",
    "reset the lock": "reset lock_configuration",
    "write what was asked": "set log_query_path = '{folder}/made.log'",
    "write how long it took": "set profile_output = '{folder}/made.txt'",
    "move the folder for large questions": "set temp_directory = '{folder}'",
}
# An engine without our settings refuses these too, would reach the network, or would keep it for good.
NOT_TRIED_OPEN = {
    *("unlock files", "keep a password", "load an extension", "install an extension"),
    *("ask the network", "ask another server"),
}
KINDS = (
    "written to",
    "read alone",
    "in memory",
    "of two files",
    "encrypted",
    "of two, one encrypted",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A database, and beside it whatever a question might want to reach."""
    with duckdb.connect(str(tmp_path / "other.duckdb")) as other:
        other.execute("create table own as select 1 as x")
        other.execute(f"copy own to '{tmp_path}/other.csv'")
        other.execute(f"copy own to '{tmp_path}/other.json'")
        other.execute(f"copy own to '{tmp_path}/other.parquet'")
        other.execute("alter table own rename to brought")
        other.execute(f"export database '{tmp_path}/written'")
    (tmp_path / "made.duckdb_extension").write_bytes(b"no extension")
    (tmp_path / "spill").mkdir()
    (tmp_path / "spill" / "link.csv").symlink_to(tmp_path / "other.csv")
    for name, key in {"open": None, "second": None, "sealed": KEY}.items():
        with engine.connect(tmp_path / f"{name}.duckdb", key=key) as made:
            made.execute("create table own (x bigint)")
    return tmp_path


def opened(kind: str, folder: Path) -> duckdb.DuckDBPyConnection:
    path = folder / "open.duckdb"
    if kind == "of two files":
        return engine.reaching(path, folder / "second.duckdb")
    if kind == "of two, one encrypted":
        return engine.reaching(path, folder / "sealed.duckdb", target_key=KEY)
    if kind == "encrypted":
        return engine.connect(folder / "sealed.duckdb", key=KEY)
    if kind == "in memory":
        return engine.connect(":memory:")
    spill = folder / "spill" if kind == "written to" else None
    return engine.connect(path, read_only=kind == "read alone", spill=spill)


def tried(connection: duckdb.DuckDBPyConnection, escape: str, folder: Path) -> bool:
    """Whether an escape goes through."""
    frame = pd.DataFrame({"x": [1]})
    text = ESCAPES[escape].format(folder=folder, spill=folder / "spill")
    try:
        connection.execute(text).fetchall()
    except duckdb.Error:
        return False
    return len(frame) == 1


def files(folder: Path) -> set[Path]:
    """All that lies there but the engine's own logs."""
    return {path for path in folder.rglob("*") if path.suffix != ".wal"}


@pytest.mark.parametrize("kind", KINDS)
def test_no_question_escapes(folder: Path, kind: str) -> None:
    before = files(folder)
    with opened(kind, folder) as connection:
        connection.execute("create temp table if not exists own (x bigint)")
        through = [escape for escape in ESCAPES if tried(connection, escape, folder)]
    print(f"\n{kind}: {len(ESCAPES) - len(through)}/{len(ESCAPES)} escapes refused")
    assert through == []
    assert files(folder) == before
    assert len(ESCAPES) >= 17


def test_without_the_lock_the_same_questions_go_through(folder: Path) -> None:
    """So that the test above can fail: what it tries is no mistake of writing."""
    refused = []
    for escape in ESCAPES.keys() - NOT_TRIED_OPEN:
        with duckdb.connect(":memory:") as connection, suppress(duckdb.Error):
            connection.execute("create table own (x bigint)")
            if not tried(connection, escape, folder):
                refused.append(escape)
    assert refused == []
