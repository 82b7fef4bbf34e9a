"""One thing wrong with a file: where, what was found, what is expected."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

# What may be repeated to the reader: a few figures, signs and at most one short word, as months and
# counts have. Anything longer might be a name or a number that belongs to a person.
_HARMLESS = re.compile(
    r"(?!.*\d{7})(?=(?:\D*\d){0,8}\D*$)[\d\s.,:;/+*<>=%-]{0,10}[a-zæøå]{0,3}[\d\s.,:;/+*<>=%-]{0,10}"
)


@dataclass(frozen=True)
class Problem:
    """A problem's code, its line and column (as in a spreadsheet: the header is line 1) and its facts.

    The sentence stands in `text/` under `problem.<code>`. Facts hold nothing from the file that
    might be personal.
    """

    code: str
    line: int | None = None
    column: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def echo(value: str) -> str:
    """A value as it may be repeated: as it is when harmless, else only how long it is."""
    return value if value and _HARMLESS.fullmatch(value) else ""
