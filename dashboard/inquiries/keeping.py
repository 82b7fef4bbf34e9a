"""The policy of what is kept beside the counts: a file that the owner's data-protection officer decides on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from inquiries.faults import Fault
from inquiries.home import PROJECT, Home

PROPOSAL = PROJECT / "data" / "policy" / "keeping.toml"
# Logs are kept for a year at the least (technical minimum requirements for Danish state authorities).
FEWEST_AUDIT_MONTHS = 12


@dataclass(frozen=True)
class Keeping:
    """Whether the bytes of accepted files are kept, and for how many months records of acts are; the proposal says why."""

    original_files: bool
    audit_months: int = 13


def keeping_of(home: Home) -> Keeping:
    """The owner's policy, else the proposal; `Fault` when a field is missing, unknown, of another type or too small."""
    path = home.keeping if home.keeping.exists() else PROPOSAL
    try:
        keeping = Keeping(**tomllib.loads(path.read_text("utf-8")))
        if not isinstance(keeping.original_files, bool):
            raise TypeError(type(keeping.original_files))
        if type(keeping.audit_months) is not int:
            raise TypeError(type(keeping.audit_months))
    except (OSError, ValueError, TypeError) as error:
        raise Fault("keeping_unreadable", file=str(path)) from error
    if keeping.audit_months < FEWEST_AUDIT_MONTHS:
        found, least = keeping.audit_months, FEWEST_AUDIT_MONTHS
        raise Fault("audit_months_few", file=str(path), found=found, least=least)
    return keeping
