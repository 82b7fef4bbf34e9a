"""The problems of a file as a table: where, how serious, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from inquiries.intake.problem import Problem
from inquiries.intake.sentences import column_name, told
from inquiries.words import Words


def problem_table(problems: Sequence[Problem], words: Words) -> pd.DataFrame:
    """One row per problem: line, column (empty where it is about the whole file), and the sentence."""
    rows = [
        (
            "" if problem.line is None else words.number(problem.line),
            "" if problem.column is None else column_name(problem.column, words),
            words.sentence_case(told(problem, words)),
        )
        for problem in problems
    ]
    names = ("line", "column", "problem")
    return pd.DataFrame(rows, columns=[words(f"problem_table.{name}") for name in names])
