"""One thing wrong with a file: where, what was found, what is expected."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

# What may be repeated to the reader: one or two groups of figures with signs, as months and counts
# have. A word might be a name; three groups or more than six figures might be a date of birth, a
# telephone number or a CPR number.
_SIGNS = r"[\s.,:;/+*<>=%-]{0,3}"
_HARMLESS = re.compile(rf"{_SIGNS}(?:[0-9]{{1,6}}{_SIGNS}){{0,2}}")
_MOST_FIGURES = 6
_DATE_OF_BIRTH = re.compile(r"(0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])(0[1-9]|1[0-2])\d\d")


# An error refuses the file; a warning must be confirmed; a note says what was changed in form.
ERROR, WARNING, NOTE = "error", "warning", "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem's code, its line and column (as in a spreadsheet: the header is line 1) and its facts.

    The sentence stands in `text/` under `problem.<code>`. Facts hold nothing from the file that
    might be personal.
    """

    code: str
    line: int | None = None
    column: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    severity: str = ERROR


def echo(value: str) -> str:
    """A value as it may be repeated: as it is when harmless, else nothing."""
    figures = "".join(filter(str.isdigit, value))
    harmless = (
        len(figures) <= _MOST_FIGURES
        and not _DATE_OF_BIRTH.fullmatch(figures)
        and _HARMLESS.fullmatch(value)
    )
    return value if harmless else ""
