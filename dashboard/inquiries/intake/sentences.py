"""A problem as one sentence: where, what was found, what is expected, what to do."""

from __future__ import annotations

from typing import Any

import pandas as pd

from inquiries.intake.problem import Problem
from inquiries.vocabulary import REGISTERED, vocabulary
from inquiries.words import Words


def sentence(problem: Problem, words: Words) -> str:
    """The problem in the reader's words, its place first."""
    return place(problem, words) + told(problem, words)


def told(problem: Problem, words: Words) -> str:
    """The problem without its place."""
    return words(f"problem.{problem.code}", **_facts(problem, words))


def place(problem: Problem, words: Words) -> str:
    """ "Linje 14, måned: " — as much of it as is known."""
    parts = []
    if problem.line is not None:
        parts.append(words("problem_place.line", line=words.number(problem.line)))
    if problem.column is not None:
        parts.append(column_name(problem.column, words))
    return ", ".join(parts) + ": " if parts else ""


def column_name(column: str, words: Words) -> str:
    """The label of a column; a column of persons, which no profile has, is called as it is."""
    if column in (*REGISTERED, "source"):
        return vocabulary().text("column", column, words.language)
    return column


def _facts(problem: Problem, words: Words) -> dict[str, Any]:
    facts = {name: _fact(value, words) for name, value in problem.facts.items()}
    if "found" in facts and isinstance(problem.facts["found"], str):
        found = problem.facts["found"]
        key = "problem_place.found" if found else "problem_place.found_unsaid"
        facts["found"] = words(key, found=found)
    return facts


def _fact(value: Any, words: Words) -> Any:
    if isinstance(value, pd.Timestamp):
        return words.month(value)
    if isinstance(value, dict):
        return value[words.language]
    return words.number(value) if isinstance(value, int) else value
