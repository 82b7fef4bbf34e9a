"""The one place that talks to DuckDB: settings, migrations, and questions asked by name.

A question is a file in `queries/`; its text is never built from values. Frames lent to a
connection are seen by the question under the name they were lent with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from inquiries import limits
from inquiries.faults import Fault
from inquiries.home import PROJECT
from inquiries.limits import Limit
from inquiries.time_limit import stopped_after

QUERIES = PROJECT / "queries"
MEMORY = ":memory:"
# Of each table its rows, and a sum over all its values.
Contents = dict[str, tuple[int, int]]
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
# Where a file tells that it is one of the engine's, and that it is encrypted.
_MARK, _FLAGS = slice(8, 12), 20
# Writing encrypted files takes the OpenSSL of this extension: the engine's own cipher draws its
# numbers too poorly, and is for reading alone. Nothing is installed or fetched: it is a package.
CIPHER = "duckdb_extension_httpfs"
_checked: set[Path] = set()


def connect(
    path: Path | str,
    *,
    read_only: bool = False,
    spill: Path | None = None,
    key: str | None = None,
    limit: Limit | None = None,
) -> duckdb.DuckDBPyConnection:
    """Open a database file so that no question can reach another file, the network or the settings.

    With a key the file, its log and what is spilt of it are encrypted. What is held in memory alone
    is never spilt. Questions may take the memory of `limit`, `limits.WORKING` unless it is given.
    """
    settings: dict[str, Any] = dict((limit or limits.WORKING).settings())
    if spill is not None:
        settings |= {"temp_directory": str(spill), "max_temp_directory_size": "8GB"}
    if path == MEMORY:
        settings |= {"temp_directory": ""}
    if key is not None:
        return _connect_encrypted(Path(path), read_only, key, settings)
    return duckdb.connect(str(path), read_only=read_only, config=_SETTINGS | settings)


def _connect_encrypted(
    path: Path, read_only: bool, key: str, settings: dict[str, Any]
) -> duckdb.DuckDBPyConnection:
    connection = _with_cipher({"temp_directory": f"{path}.tmp"} | settings)
    try:
        _attach(connection, path, "store", key, read_only=read_only)
        connection.execute("use store")
        _lock(connection, [path])
    except duckdb.Error:
        connection.close()
        raise
    return connection


def _with_cipher(settings: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """An engine that can write encrypted files, and has not been locked yet."""
    library = cipher()
    if library not in _checked:
        # Once in a process: the engine reads all of it, to see that its makers have signed it.
        with duckdb.connect(config={"allow_unsigned_extensions": False}) as connection:
            connection.execute(f"load '{_quoted(library)}'")
        _checked.add(library)
    unlocked = {"allow_unsigned_extensions": True, "temp_file_encryption": True}
    connection = duckdb.connect(config=unlocked | settings)
    connection.execute(f"load '{_quoted(library)}'")
    connection.execute("set allow_unsigned_extensions = false")
    return connection


def cipher() -> Path:
    """The file that encrypted files are written with; ModuleNotFoundError when it is not installed."""
    folder = files(CIPHER) / "extensions" / f"v{duckdb.__version__}"
    return Path(str(folder / "httpfs.duckdb_extension"))


def _attach(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    name: str,
    key: str | None,
    *,
    read_only: bool,
) -> None:
    options = ["read_only"] if read_only else ["read_write"]
    if key is not None:
        options.append(f"encryption_key '{_quoted(key)}'")
    try:
        connection.execute(f"attach '{_quoted(path)}' as {name} ({', '.join(options)})")
    except duckdb.Error as error:
        # An error may quote its statement, and this one holds the key.
        said = str(error).partition("\n\nLINE")[0]
        raise type(error)(said.replace(key, "") if key else said) from None


def _lock(connection: duckdb.DuckDBPyConnection, paths: list[Path]) -> None:
    """From now on the connection reaches these databases and nothing else."""
    allowed = [f"{path}{end}" for path in paths for end in _ENDINGS]
    connection.execute("set allowed_paths = $allowed", {"allowed": allowed})
    for name, value in _SETTINGS.items():
        connection.execute(f"set {name} = {value}")


def is_encrypted(path: Path) -> bool | None:
    """Whether a database file says of itself that it is encrypted; None when it is none, or not there."""
    try:
        with path.open("rb") as file:
            head = file.read(_FLAGS + 1)
    except OSError:
        return None
    return bool(head[_FLAGS] & 1) if head[_MARK] == b"DUCK" and len(head) > _FLAGS else None


@cache
def question(name: str) -> str:
    """The text of a question, by its folder and file name: "release/series"."""
    return (QUERIES / f"{name}.sql").read_text("utf-8")


@contextmanager
def _within(connection: duckdb.DuckDBPyConnection, limit: Limit) -> Iterator[None]:
    """`Fault` when a question takes longer than it may, or more memory than its connection has."""
    try:
        with stopped_after(limit.seconds, connection.interrupt):
            yield
    except duckdb.InterruptException as error:
        raise Fault("question_slow", seconds=round(limit.seconds)) from error
    except duckdb.OutOfMemoryException as error:
        raise Fault("question_large") from error


def ask(connection: duckdb.DuckDBPyConnection, name: str, **params: Any) -> pd.DataFrame:
    """The answer to a question as a frame; dates arrive as datetime64, counts as int64."""
    return ask_within(limits.WORKING, connection, name, **params)


def ask_within(
    limit: Limit, connection: duckdb.DuckDBPyConnection, name: str, **params: Any
) -> pd.DataFrame:
    """The same, of a question that may take no longer than this; `Fault` when it does."""
    with _within(connection, limit):
        return connection.execute(question(name), params or None).df()


def ask_coded(connection: duckdb.DuckDBPyConnection, name: str, **params: Any) -> pd.DataFrame:
    """The answer with its texts as categories: for millions of rows of a few codes.

    Measured over a million rows, such a frame is made in a third of the time and grouped again in a
    tenth.
    """
    with _within(connection, limits.WORKING):
        answer = connection.execute(question(name), params or None).to_arrow_table()
    return answer.to_pandas(strings_to_categorical=True, date_as_object=False)


def first(
    connection: duckdb.DuckDBPyConnection, name: str, **params: Any
) -> tuple[Any, ...] | None:
    """The first row of the answer, None when there is none: for the small questions of each opening."""
    with _within(connection, limits.WORKING):
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


def read_all(connection: duckdb.DuckDBPyConnection) -> Contents:
    """Read every value of every table, and so every block; duckdb.Error when one is damaged.

    For each table its rows, and a sum over all values that two tables share when they hold the same.
    """
    tables = connection.execute("select table_name from duckdb_tables() order by table_name")
    names = [str(name) for (name,) in tables.fetchall()]
    found = {}
    for name in names:
        asked = connection.execute(f'select count(*), bit_xor(hash(t)) from "{name}" as t')
        rows, values = asked.fetchone() or (0, None)
        found[name] = (int(rows), int(values or 0))
    return found


def checkpoint(connection: duckdb.DuckDBPyConnection) -> None:
    """Write everything into the database file itself, so that no log has to be read again."""
    connection.execute("checkpoint")


def rewrite(
    path: Path, target: Path, *, key: str | None = None, target_key: str | None = None
) -> None:
    """Copy what a database holds into a new file: what was deleted is not copied."""
    connection = reaching(path, target, key=key, target_key=target_key)
    try:
        connection.execute("copy from database old to new")
        connection.execute("checkpoint new")
    finally:
        connection.close()


def reaching(
    path: Path, target: Path, *, key: str | None = None, target_key: str | None = None
) -> duckdb.DuckDBPyConnection:
    """A connection that reaches a database, as `old`, a new one, as `new`, and no other file."""
    settings = limits.WORKING.settings() | {"temp_directory": f"{target}.tmp"}
    connection = duckdb.connect(config=settings) if target_key is None else _with_cipher(settings)
    try:
        _attach(connection, path, "old", key, read_only=True)
        _attach(connection, target, "new", target_key, read_only=False)
        _lock(connection, [path, target])
    except duckdb.Error:
        connection.close()
        raise
    return connection


def _quoted(value: Path | str) -> str:
    return str(value).replace("'", "''")
