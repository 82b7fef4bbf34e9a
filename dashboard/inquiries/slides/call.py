"""The slide of whom to call: a few contacts that fit, each number with its source and the day it was read."""

from __future__ import annotations

import pandas as pd

from inquiries.directory import beside, shown_group
from inquiries.exports.sheet import Line, line_of
from inquiries.slides.fall import guard_of
from inquiries.slides.slide import Ground, Slide

# As many as can be read from the back of a room.
MOST_ROWS = 7


def call(ground: Ground) -> Slide:
    words, today = ground.words, ground.today
    fitting = beside(ground.contacts, **shown_group(*ground.choices.group))
    found = [line_of(contact, today, words) for contact in fitting]
    rows = [row for line in found for row in _rows(line)][:MOST_ROWS]
    columns = [words(f"print.{name}") for name in ("who", "where", "about")]
    return Slide(
        name="call",
        title=words("slides.call"),
        subtitle=words("contacts.danger"),
        points=() if rows else (words("print.none"),),
        table=pd.DataFrame(rows, columns=columns) if rows else None,
        notes=(words("slides.call_note", day=words.date(today)), words("print.renew")),
        guard=guard_of(ground),
    )


def _rows(line: Line) -> list[tuple[str, ...]]:
    """One row a number; who has none that may be printed stands with the web address."""
    if not line.numbers:
        return [(line.name, line.web, line.missing)]
    return [
        (line.name, one.number, " · ".join(filter(None, (one.about, one.source))))
        for one in line.numbers
    ]
