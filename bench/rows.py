"""One measured figure beside its target, and the table they are printed in."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

MET, MISSED, MISSING, NO_TARGET = "yes", "NO", "missing", ""
HEAD = ("figure", "target", "found", "unit", "ok?", "note")
DECIMALS = {"s": 2, "ms": 1, "ratio": 2}


@dataclass(frozen=True)
class Row:
    """A figure that must not be above its target; one that was not measured is missing, never met."""

    name: str
    target: float | None
    found: float | None
    unit: str
    note: str = ""

    @property
    def outcome(self) -> str:
        if self.found is None:
            return MISSING
        if self.target is None:
            return NO_TARGET
        return MET if self.found <= self.target else MISSED

    def cells(self) -> tuple[str, ...]:
        target = "" if self.target is None else f"<= {self.target:g}"
        found = "" if self.found is None else f"{self.found:,.{DECIMALS.get(self.unit, 0)}f}"
        return (self.name, target, found, self.unit, self.outcome, self.note)

    def facts(self) -> dict[str, Any]:
        return asdict(self) | {"outcome": self.outcome}


def table(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table whose columns line up."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    drawn = [_line(line, widths) for line in lines]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([drawn[0], rule, *drawn[1:]])


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return "| " + " | ".join(padded) + " |"


def percentile(values: list[float], share: float) -> float:
    """The smallest of the values that at least this share of them does not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]
