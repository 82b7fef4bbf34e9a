"""One municipality on one sheet of A4: its figures with their marks, the drop around it, whom to call, what the law asks."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import pandas as pd

from inquiries.directory import Contact
from inquiries.duties import Duty, duties
from inquiries.exports.document import pdf
from inquiries.exports.sheet import lines
from inquiries.municipality import Figures, Municipality
from inquiries.words import Words


def municipality_sheet(
    told: Municipality, contacts: list[Contact], number: int, today: date, words: Words
) -> bytes:
    """One page of what the release of a number tells of a municipality, and of the contacts in their order.

    When not all contacts fit, the last ones are left out, and the sheet says how many.
    """
    shown = told.figures.grid if told.figures else None
    grid = pd.DataFrame() if shown is None else shown
    content = {
        "language": words.language,
        "danger": [words("print.danger"), words("print.police")],
        "drops": [asdict(drop) for drop in told.drops],
        "guards": told.guards,
        "columns": list(grid.columns),
        "rows": grid.to_numpy().tolist(),
        "notes": _notes(told.figures, words),
        "lines": [asdict(line) for line in lines(contacts, today, words)],
        "duties": [_duty(duty) for duty in duties(words)],
        "say": _sentences(told, number, today, words)
        | {"no_entry": "" if _has_entry(told, contacts) else words("contacts.no_own_entry")},
    }
    return pdf("municipality", content)


def _notes(figures: Figures | None, words: Words) -> list[str]:
    """What the marks mean, what is hidden, and what to know of the figures; or why there are none."""
    if figures is None:
        return [words("municipality.not_registered")]
    hidden = [f"{figures.hidden} {figures.nearest}"] if figures.hidden else []
    marks = [] if figures.grid is None else [words("municipality.marks")]
    return [*marks, *hidden, " ".join(figures.notes)]


def _has_entry(told: Municipality, contacts: list[Contact]) -> bool:
    return any(one.of_municipality and one.covers(None, told.code) for one in contacts)


def _duty(duty: Duty) -> dict[str, str]:
    source = ", ".join(filter(None, (duty.host, duty.source_date)))
    return {"provision": duty.provision, "says": duty.says, "source": source}


def _sentences(told: Municipality, number: int, today: date, words: Words) -> dict[str, object]:
    return {
        "title": words("municipality.sheet_title", name=told.name),
        "sample": words("header.sample") if told.is_sample else "",
        "printed": words(
            "municipality.sheet_printed",
            caption=told.caption,
            number=words.number(number),
            day=words.date(today),
        ),
        "drop": words("municipality.drop_title"),
        "no_own_drop": words("municipality.no_own_drop") if told.figures else "",
        "figures": words("municipality.figures_title"),
        "contacts": words("contacts.beside"),
        "where": [words("print.who"), words("print.where")],
        "left_out": words("print.left_out", number="#"),
        "duties": words("municipality.duties_title"),
    }
