"""What the program is made of: every installed package with its version and licence, Python, and what is bundled."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from importlib import metadata

import pandas as pd

from inquiries.home import PROJECT
from inquiries.vocabulary import read_table
from inquiries.words import Words

COLUMNS = ("name", "version", "licence", "kind")
KINDS = ("package", "language", "bundled")
# A licence that is a text rather than a name says whose it is; that is no matter of ours.
_A_NAME = re.compile(r"(?i)(?!.*copyright)[\w .,;:()/+&'-]{2,60}")
_CLASSIFIER = "License :: "


@dataclass(frozen=True)
class Component:
    """One part; an empty licence is one that the package does not name. `kind` is one of `KINDS`."""

    name: str
    version: str
    licence: str
    kind: str


def components() -> list[Component]:
    """All parts: the language, the packages by name, and the fonts."""
    language = Component("Python", platform.python_version(), "PSF-2.0", "language")
    return [language, *sorted(set(_packages()), key=lambda own: own.name.lower()), *_bundled()]


def _packages() -> Iterator[Component]:
    for found in metadata.distributions():
        name = found.metadata["Name"]
        if name:
            yield Component(name, found.version, _licence(found.metadata), "package")


def _licence(told: metadata.PackageMetadata) -> str:
    """The name of the licence, as newer and as older packages tell it."""
    classifiers = [
        one.rpartition(" :: ")[2]
        for one in told.get_all("Classifier") or []
        if one.startswith(_CLASSIFIER) and not one.endswith("OSI Approved")
    ]
    for said in (told["License-Expression"], ", ".join(classifiers), told["License"]):
        if said and _A_NAME.fullmatch(said.strip()):
            return said.strip()
    return ""


def _bundled() -> Iterator[Component]:
    """The fonts, as their passport has them; our own scripts and pictures are the program itself."""
    passports = read_table("sources", PROJECT / "data")
    (fonts,) = [row for row in passports if row["file"].startswith("fonts/")]
    version = re.search(r"release ([\d.]+)", fonts["origin"])
    for path in sorted((PROJECT / "data" / "fonts").glob("*.otf")):
        yield Component(path.stem, version.group(1) if version else "", fonts["licence"], "bundled")


def component_table(found: list[Component], words: Words) -> pd.DataFrame:
    """The list as a table in the reader's words."""
    rows = [astuple(one) for one in found]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table["licence"] = table["licence"].replace("", words("paper.no_licence"))
    table["kind"] = [words(f"paper.kind_{one.kind}") for one in found]
    return table.set_axis([words(f"paper.column_{column}") for column in COLUMNS], axis=1)
