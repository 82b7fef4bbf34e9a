"""The walls of docs/design.md 5, each read from the imports or the files; no exceptions list."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DASHBOARD = ROOT / "dashboard"
READER_PAGES = (
    *("overview.py", "drop.py", "explore.py", "municipality.py", "contacts.py"),
    *("presentation.py", "about.py"),
)
# These show exact figures, or act on them, and are offered to no reader; they may use the model itself.
INTERNAL_PAGES = ("submit.py", "release.py", "own_figures.py", "access.py", "audit.py")

WALLS = [
    ("dashboard/inquiries/**/*.py", {"streamlit"}),
    ("dashboard/app_pages/*.py", {"duckdb", "inquiries.store", "inquiries.engine"}),
    *(
        (f"dashboard/app_pages/{page}", {"statsmodels", "scipy", "inquiries.build"})
        for page in READER_PAGES
    ),
    (
        "dashboard/inquiries/charts/*.py",
        {"inquiries.store", "inquiries.engine", "inquiries.release"},
    ),
    ("dashboard/inquiries/exports/*.py", {"inquiries.engine", "inquiries.release", "duckdb"}),
    ("dashboard/inquiries/estimates.py", {"inquiries.store", "inquiries.engine", "duckdb"}),
]
SQL = re.compile(
    r"^\s*(select|insert|update|delete|create|drop|alter|attach|with)\s", re.IGNORECASE
)
UNSAYING_NAMES = {"utils", "helpers", "common", "misc", "core"}


def imports(path: Path) -> set[str]:
    """Every module a file imports, and each of its parents."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {".".join(name.split(".")[:depth]) for name in found for depth in range(1, 5)}


@pytest.mark.parametrize(("files", "forbidden"), WALLS, ids=[wall[0] for wall in WALLS])
def test_no_import_crosses_a_wall(files: str, forbidden: set[str]) -> None:
    paths = list(ROOT.glob(files))
    assert paths, f"no file matches {files}"
    crossing = {path.name: imports(path) & forbidden for path in paths}
    assert {name: found for name, found in crossing.items() if found} == {}


def test_every_page_is_known_as_one_for_readers_or_as_internal() -> None:
    pages = {path.name for path in (DASHBOARD / "app_pages").glob("*.py")}
    assert pages == {*READER_PAGES, *INTERNAL_PAGES}


def test_sql_stands_only_in_queries_and_in_the_engine() -> None:
    for path in DASHBOARD.rglob("*.py"):
        if path.name == "engine.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and "\n" not in node.value
            ):
                assert not (SQL.match(node.value) and " from " in node.value.lower()), path


def test_every_file_handed_out_goes_through_the_one_panel_for_it() -> None:
    """Which makes it when it is asked for, and gives it an address of its own."""
    own = DASHBOARD / "panels" / "download.py"
    found = [
        path for path in DASHBOARD.rglob("*.py") if "download_button" in path.read_text("utf-8")
    ]
    assert found == [own]


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert {path.stem for path in ROOT.glob("[a-z]*/**/*.py")} & UNSAYING_NAMES == set()


def test_pages_are_not_in_a_folder_streamlit_reads_by_itself() -> None:
    assert not (DASHBOARD / "pages").exists()


def test_every_module_opens_with_what_it_is_for() -> None:
    modules = list(DASHBOARD.rglob("*.py"))
    silent = [
        path.name for path in modules if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_no_function_is_longer_than_forty_lines_and_no_module_than_three_hundred() -> None:
    for path in DASHBOARD.rglob("*.py"):
        text = path.read_text("utf-8")
        assert len(text.splitlines()) <= 300, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 40, f"{path.name}: {node.name}"


def test_a_page_is_a_table_of_contents() -> None:
    for path in (DASHBOARD / "app_pages").glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        defined = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        assert defined == [], path
        assert len(path.read_text("utf-8").splitlines()) < 80, path


def test_nothing_tracked_names_a_registry_or_a_path_of_a_machine() -> None:
    registries = ["py" + "pi.org", "registry." + "npmjs", "files.python" + "hosted", "/" + "work/"]
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for name in filter(None, tracked.split("\0")):
        path = ROOT / name
        if path.is_file() and path.suffix not in {".png", ".woff2", ".otf", ".pptx"}:
            text = path.read_text("utf-8", errors="replace")
            assert [word for word in registries if word in text] == [], name
