"""One monthly file as the tests write it: its header, a row, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from inquiries.filing import Source
from inquiries.intake import Verdict, examine
from inquiries.intake.sentences import sentence
from inquiries.vocabulary import REGISTERED
from inquiries.words import LOCALES, words

NEWEST = pd.Timestamp(2026, 11, 1)
FULL = Source("hotline", "Hotlinen", "The hotline", "inquiry", REGISTERED)
TOTALS = replace(FULL, columns=("month", "count"))

HEADER = "måned;kommune;kanal;tema;henvendelse_fra;aldersgruppe;køn;antal"
ENGLISH = "month;municipality;channel;theme;inquirer;age_band;gender;count"
ROW = "2026-09;Tønder;Telefon;Psykisk vold;Pårørende;15-17 år;Kvinde;12"
CODES = ("550", "phone", "psychological_violence", "relative", "age_15_17", "woman")

Place = tuple[str, int | None, str | None]


def full(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows)) + "\n"


def totals(*rows: str) -> str:
    return "\n".join(("måned;antal", *rows)) + "\n"


def judge(text: str | bytes, source: Source = FULL) -> Verdict:
    return examine(text.encode() if isinstance(text, str) else text, source, NEWEST)


def places(verdict: Verdict) -> list[Place]:
    return [(problem.code, problem.line, problem.column) for problem in verdict.problems]


def said(verdict: Verdict) -> str:
    """All that a reader is told of a verdict's problems, in both languages."""
    return "\n".join(
        sentence(problem, words(language)) for problem in verdict.problems for language in LOCALES
    )


def rows_of(verdict: Verdict) -> list[tuple[object, ...]]:
    return [tuple(row) for row in verdict.rows[list(REGISTERED)].itertuples(index=False)]


def with_cell(column: str, text: str) -> str:
    cells = dict(zip(ENGLISH.split(";"), ROW.split(";"), strict=True)) | {column: text}
    return full(ROW.replace("Telefon", "Chat"), ";".join(cells.values()))
