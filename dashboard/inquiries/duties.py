"""What the law asks of every municipality: the rules of `data/reference/law.csv` that are marked as its duties."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from inquiries.vocabulary import read_table
from inquiries.words import Words


@dataclass(frozen=True)
class Duty:
    """A provision, what it asks in our own words, and the page that says so."""

    provision: str
    says: str
    source_url: str
    source_date: str

    @property
    def host(self) -> str:
        return urlsplit(self.source_url).netloc.removeprefix("www.")


def duties(words: Words) -> tuple[Duty, ...]:
    """A municipality's duties, the written plan first."""
    rows = [row for row in read_table("law") if row["municipal_duty"]]
    return tuple(
        Duty(row["provision"], row[f"text_{words.language}"], row["source_url"], row["source_date"])
        for row in sorted(rows, key=lambda row: int(row["municipal_duty"]))
    )
