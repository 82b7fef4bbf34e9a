"""What travels with a figure wherever it goes: what it shows, what to mind, where it is from, and the code it is found by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from inquiries.release import About
from inquiries.words import Words


@dataclass(frozen=True)
class Said:
    """The texts of a figure, in the order they are read."""

    title: str
    subtitle: str
    sentence: str
    notes: tuple[str, ...]
    citation: str


def citation(about: About, source: Any, title: str, code: str, today: date, words: Words) -> str:
    """The line a figure is quoted by; sample data says so in it.

    `source` is a row of "release/sources".
    """
    line = words(
        "share.citation",
        source=words.of(source, "name"),
        title=title,
        number=words.number(about.number),
        day=words.date(about.built_at),
        month=words.month(source.data_through),
        code=code,
        today=words.date(today),
    )
    return words("effect.sample", lead=line) if source.synthetic else line
