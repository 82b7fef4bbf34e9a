"""Who files what: sources, their reporters, and submissions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pandas as pd
from uuid6 import uuid7

# Ids stand in links and file names.
SOURCE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

# A count its reporter masked ("<5") is 1 to 4, stands as 2 in sums, and is never taken for 0 or 5.
MASKED_LOW, MASKED_COUNT, MASKED_HIGH = 1, 2, 4


@dataclass(frozen=True)
class Reporter:
    """Who files for a source; a hotline is its own reporter."""

    reporter: str
    name_da: str
    name_en: str


@dataclass(frozen=True)
class Source:
    """One series with one unit and one profile (the columns it registers)."""

    source: str
    name_da: str
    name_en: str
    unit: str
    columns: tuple[str, ...]
    synthetic: bool = False
    reporters: tuple[Reporter, ...] = ()

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_da

    def reporter_name(self, reporter: str, language: str) -> str:
        """The name of one who files for the source; its id when it no longer does."""
        for known in self.reporters:
            if known.reporter == reporter:
                return known.name_en if language == "en" else known.name_da
        return reporter


@dataclass(frozen=True)
class Submission:
    """One accepted file: the months it speaks for and its rows, as codes.

    `rows` has the columns of `REGISTERED` (those the source does not register are empty), and
    `masked` where the reporter hid a small count: such a row has the count `MASKED_COUNT`. A month in
    `months` without a row is a reported zero. The id is made before anything is stored, so that
    sending the same submission twice is the same as sending it once. `original` holds the bytes of
    the file, None when there was none; they are stored only where the owner's policy says so.
    """

    source: str
    reporter: str
    months: tuple[pd.Timestamp, ...]
    rows: pd.DataFrame
    fingerprint: str
    submission: str = field(default_factory=lambda: str(uuid7()))
    original: bytes | None = field(default=None, repr=False)


def span(exact: int, masked: int) -> tuple[int, int, int]:
    """The least that counts can sum to, what they stand as, and the most; `masked` rows are in no sum yet."""
    low, stands, high = (exact + each * masked for each in (MASKED_LOW, MASKED_COUNT, MASKED_HIGH))
    return low, stands, high


def pairs(months: pd.DataFrame) -> list[str]:
    """The submission/month pairs of some months, as the questions take them."""
    return list(months["submission"] + "/" + months["month"].dt.strftime("%Y-%m"))
