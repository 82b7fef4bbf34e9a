"""The server runs with our settings whatever folder it is started from, and whatever settings lie there or in somebody's home."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from started import PROJECT

from inquiries import limits
from serving import SETTINGS, settings

# The product started as by an operator, up to where the server would begin to listen: then it tells.
STARTED = """
import json, sys
sys.path.insert(0, sys.argv.pop(1))
from streamlit import config
from streamlit.web.server.starlette import starlette_server
asked = json.loads(sys.argv.pop(1))
starlette_server.UvicornRunner.run = lambda self: print(json.dumps(list(map(config.get_option, asked))))
import manage
sys.exit(manage.main(["run", "--edition", "reader", "--port", "0"]))
"""
OTHERWISE = """
[server]
maxUploadSize = 200
enableStaticServing = true
fileWatcherType = "auto"
enableXsrfProtection = true
[browser]
gatherUsageStats = true
[client]
toolbarMode = "developer"
showErrorDetails = "full"
showErrorLinks = true
disableDataExport = false
[runner]
postScriptGC = true
[theme]
base = "dark"
primaryColor = "#ff0000"
headingFontSizes = ["3rem"]
"""


def wanted() -> dict[str, Any]:
    return settings("127.0.0.1", 0)


def told(folder: Path, home: Path) -> dict[str, Any]:
    """The settings in force in a server started from this folder by somebody of this home."""
    names = list(wanted())
    done = subprocess.run(
        [sys.executable, "-c", STARTED, str(PROJECT / "dashboard"), json.dumps(names)],
        cwd=folder,
        env=os.environ | {"HOME": str(home), "INQUIRIES_HOME": str(home / "inquiries")},
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(zip(names, json.loads(done.stdout.splitlines()[-1]), strict=True))


def written(folder: Path) -> Path:
    """A folder whose own settings say otherwise."""
    (folder / ".streamlit").mkdir(parents=True)
    (folder / ".streamlit" / "config.toml").write_text(OTHERWISE, "utf-8")
    return folder


@pytest.mark.parametrize("where", ["the project", "an empty folder", "a folder of other settings"])
def test_the_settings_in_force_are_ours_wherever_the_server_is_started(
    where: str, tmp_path: Path
) -> None:
    folders = {
        "the project": lambda: PROJECT,
        "an empty folder": lambda: tmp_path,
        "a folder of other settings": lambda: written(tmp_path / "folder"),
    }
    home = tmp_path / "home" if where == "an empty folder" else written(tmp_path / "home")
    home.mkdir(exist_ok=True)
    assert told(folders[where](), home) == wanted()


def test_every_setting_of_the_file_is_handed_on_by_its_whole_name() -> None:
    text = SETTINGS.read_text("utf-8").splitlines()
    lines = [line for line in text if "=" in line and not line.startswith("#")]
    found = wanted()
    assert len(found) == len(lines) + 2  # the address stands in the file; port and header do not
    assert found["runner.postScriptGC"] is False and found["client.showErrorDetails"] == "none"
    assert found["browser.gatherUsageStats"] is False


def test_the_server_takes_no_larger_file_than_the_intake() -> None:
    assert wanted()["server.maxUploadSize"] * 1_000_000 == limits.UPLOAD_BYTES
