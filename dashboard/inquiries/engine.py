"""The one place that talks to DuckDB: settings, migrations, and questions asked by name.

A question is a file in `queries/`; its text is never built from values. Frames lent to a
connection are seen by the question under the name they were lent with.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from inquiries.home import PROJECT

QUERIES = PROJECT / "queries"
STORE_VERSION = 5

_SETTINGS: dict[str, Any] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "enable_external_access": False,
    "lock_configuration": True,
}


# A database file and the logs the engine may put beside it.
_ENDINGS = ("", ".wal", ".wal.checkpoint", ".wal.recovery")


def connect(
    path: Path | str, *, read_only: bool = False, spill: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """Open a database file so that no question can reach another file, the network or the settings."""
    settings = dict(_SETTINGS)
    if spill is not None:
        settings |= {"temp_directory": str(spill), "max_temp_directory_size": "8GB"}
    return duckdb.connect(str(path), read_only=read_only, config=settings)


@cache
def question(name: str) -> str:
    """The text of a question, by its folder and file name: "release/series"."""
    return (QUERIES / f"{name}.sql").read_text("utf-8")


def ask(connection: duckdb.DuckDBPyConnection, name: str, **params: Any) -> pd.DataFrame:
    """The answer to a question as a frame; dates arrive as datetime64, counts as int64."""
    return connection.execute(question(name), params or None).df()


def ask_coded(connection: duckdb.DuckDBPyConnection, name: str, **params: Any) -> pd.DataFrame:
    """The answer with its texts as categories: for millions of rows of a few codes.

    Measured over a million rows, such a frame is made in a third of the time and grouped again in a
    tenth.
    """
    answer = connection.execute(question(name), params or None).to_arrow_table()
    return answer.to_pandas(strings_to_categorical=True, date_as_object=False)


def first(
    connection: duckdb.DuckDBPyConnection, name: str, **params: Any
) -> tuple[Any, ...] | None:
    """The first row of the answer, None when there is none: for the small questions of each opening."""
    return connection.execute(question(name), params or None).fetchone()


def lend(connection: duckdb.DuckDBPyConnection, frames: Mapping[str, pd.DataFrame]) -> None:
    """Let the questions of this connection see these frames as tables."""
    for name, frame in frames.items():
        connection.register(name, frame)


def create(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Run one migration: the statements of `queries/migrations/<name>.sql`, in one transaction."""
    connection.begin()
    connection.execute(question(f"migrations/{name}"))
    connection.commit()


def fill(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    """Append a frame to a table by column name; the table's name is ours, never a user's."""
    if not table.isidentifier():
        raise ValueError(table)
    connection.register("filling", frame)
    connection.execute(f"insert into {table} by name select * from filling")
    connection.unregister("filling")


def take_out(connection: duckdb.DuckDBPyConnection, table: str, submission: str) -> None:
    """Delete the rows of one submission from a table: for a lawful erasure alone."""
    if not table.isidentifier():
        raise ValueError(table)
    connection.execute(
        f"delete from {table} where submission = $submission", {"submission": submission}
    )


def finish_erasures(connection: duckdb.DuckDBPyConnection) -> None:
    """Note in a file written anew that it holds nothing of what was erased."""
    connection.execute("update erasure set finished = true")


def read_all(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Read every value of every table, and so every block, and give the rows of each; duckdb.Error when one is damaged."""
    tables = connection.execute("select table_name from duckdb_tables() order by table_name")
    names = [str(name) for (name,) in tables.fetchall()]
    rows = {}
    for name in names:
        asked = connection.execute(f'select count(*), bit_xor(hash(t)) from "{name}" as t')
        rows[name] = int((asked.fetchone() or (0,))[0])
    return rows


def checkpoint(connection: duckdb.DuckDBPyConnection) -> None:
    """Write everything into the database file itself, so that no log has to be read again."""
    connection.execute("checkpoint")


def rewrite(path: Path, target: Path) -> None:
    """Copy what a database holds into a new file: what was deleted is not copied."""
    connection = reaching(path, target)
    try:
        connection.execute(f"attach '{_quoted(path)}' as old (read_only)")
        connection.execute(f"attach '{_quoted(target)}' as new")
        connection.execute("copy from database old to new")
        connection.execute("checkpoint new")
    finally:
        connection.close()


def reaching(*paths: Path) -> duckdb.DuckDBPyConnection:
    """A connection of its own memory that reaches these database files and no other."""
    connection = duckdb.connect(":memory:")
    allowed = [f"{file}{end}" for file in paths for end in _ENDINGS]
    connection.execute("set allowed_paths = $allowed", {"allowed": allowed})
    for name, value in _SETTINGS.items():
        connection.execute(f"set {name} = {value}")
    return connection


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
