"""The policy of what is kept beside the counts: a file that the owner's data-protection officer decides on."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from inquiries.faults import Fault
from inquiries.home import PROJECT, Home

PROPOSAL = PROJECT / "data" / "policy" / "keeping.toml"
# Logs are kept for a year at the least (technical minimum requirements for Danish state authorities).
FEWEST_AUDIT_MONTHS = 12
# So that a month can always be compared with the same one a year before.
FEWEST_SOURCE_MONTHS = 13


@dataclass(frozen=True)
class Keeping:
    """Whether the bytes of accepted files are kept, and for how many months records of acts are; the proposal says why.

    `source_months` has for how many months exact rows are kept, by source; one that is not in it
    keeps them without end.
    """

    original_files: bool
    audit_months: int = 13
    source_months: Mapping[str, int] = field(default_factory=dict)


def keeping_of(home: Home) -> Keeping:
    """The owner's policy, else the proposal; `Fault` when a field is missing, unknown, of another type or too small."""
    path = home.keeping if home.keeping.exists() else PROPOSAL
    try:
        keeping = Keeping(**tomllib.loads(path.read_text("utf-8")))
        if not isinstance(keeping.original_files, bool):
            raise TypeError(type(keeping.original_files))
        _require_numbers(keeping.audit_months, *dict(keeping.source_months).values())
    except (OSError, ValueError, TypeError) as error:
        raise Fault("keeping_unreadable", file=str(path)) from error
    if keeping.audit_months < FEWEST_AUDIT_MONTHS:
        found, least = keeping.audit_months, FEWEST_AUDIT_MONTHS
        raise Fault("audit_months_few", file=str(path), found=found, least=least)
    if few := [
        one for one in keeping.source_months if keeping.source_months[one] < FEWEST_SOURCE_MONTHS
    ]:
        least = FEWEST_SOURCE_MONTHS
        raise Fault("source_months_few", file=str(path), source=", ".join(few), least=least)
    return keeping


def _require_numbers(*months: Any) -> None:
    for one in months:
        if type(one) is not int:
            raise TypeError(type(one))
