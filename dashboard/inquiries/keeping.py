"""The policy of what is kept beside the counts: a file that the owner's data-protection officer decides on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from inquiries.faults import Fault
from inquiries.home import PROJECT, Home

PROPOSAL = PROJECT / "data" / "policy" / "keeping.toml"


@dataclass(frozen=True)
class Keeping:
    """Whether the bytes of accepted files are kept; the proposal says why not."""

    original_files: bool


def keeping_of(home: Home) -> Keeping:
    """The owner's policy, else the proposal; `Fault` when a field is missing, unknown or of another type."""
    path = home.keeping if home.keeping.exists() else PROPOSAL
    try:
        keeping = Keeping(**tomllib.loads(path.read_text("utf-8")))
        if not isinstance(keeping.original_files, bool):
            raise TypeError(type(keeping.original_files))
    except (OSError, ValueError, TypeError) as error:
        raise Fault("keeping_unreadable", file=str(path)) from error
    return keeping
