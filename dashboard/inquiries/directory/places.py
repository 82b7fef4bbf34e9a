"""The places one can choose contacts for: the regions in force and the municipalities."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from inquiries.vocabulary import read_table, regions_in_force, vocabulary

# Danish order: Æ, Ø and Å last, and Aa is Å.
_ORDER = str.maketrans(
    {"Æ": "\u0101", "Ø": "\u0102", "Å": "\u0103", "æ": "\u0101", "ø": "\u0102", "å": "\u0103"}
)


@dataclass(frozen=True)
class Place:
    """A region or a municipality, or neither for the whole country."""

    region: str | None = None
    municipality: str | None = None


def place(code: str | None) -> Place:
    """The place of a code: of a region or, all digits, of a municipality."""
    if code and code.isdigit():
        return Place(municipality=code)
    return Place(region=code)


def place_codes(year_month: str) -> list[str]:
    """The regions of a month such as "2026-11", then the municipalities."""
    return [*regions_in_force(year_month), *municipality_codes()]


@cache
def municipality_codes() -> tuple[str, ...]:
    """The municipalities in Danish order."""
    names = {row["code"]: row["name"] for row in read_table("municipalities")}
    in_order = sorted(
        names, key=lambda code: names[code].replace("Aa", "Å").replace("aa", "å").translate(_ORDER)
    )
    return tuple(in_order)


def place_name(code: str, language: str) -> str:
    """What readers call the place of a code."""
    return vocabulary().text("municipality" if code.isdigit() else "region", code, language)


def district_of(municipality: str | None) -> str | None:
    """The police district of a municipality; None for none."""
    return _districts().get(municipality or "")


@cache
def _districts() -> dict[str, str]:
    return {row["code"]: row["police_district"] for row in read_table("municipalities")}
