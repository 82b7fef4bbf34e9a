"""Format, lint, types and locked dependencies, as part of the one test run."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    "tool",
    [("ruff", "format", "--check", "."), ("ruff", "check", "."), ("mypy",)],
    ids=" ".join,
)
def test_the_code_passes(tool: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_package_has_hashes(lock: str) -> None:
    packages = re.split(r"\n(?=[a-z])", (ROOT / lock).read_text("utf-8"))
    locked = [package for package in packages if re.match(r"[a-z0-9._-]+(\[.*\])?==", package)]
    assert locked
    assert [package.split(" ")[0] for package in locked if "--hash=sha256:" not in package] == []


def test_the_locks_hold_every_dependency_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {
        "requirements.txt": project["dependencies"],
        "requirements-dev.txt": project["dependencies"] + project["optional-dependencies"]["dev"],
    }
    for lock, dependencies in wanted.items():
        text = (ROOT / lock).read_text("utf-8")
        for dependency in dependencies:
            name, version = re.match(r"([\w-]+)(?:\[[\w,]+\])?(==[\w.]+)?", dependency).groups()  # type: ignore[union-attr]
            assert re.search(rf"^{name}{re.escape(version or '==')}", text, re.MULTILINE), (
                dependency
            )
