"""Looks through the whole text for personal data before anything else is done with it."""

from __future__ import annotations

import re

from inquiries.intake.decode import physical_lines
from inquiries.intake.problem import Problem

# A CPR number: a date of birth and four digits. Replacement numbers add 60 to the day, and numbers
# that fail the modulus-11 check are issued too (cpr.dk), so the date alone decides. A tab divides
# cells: "2012-05", a tab and "1234" are a month and a count.
_CPR = re.compile(
    r"(?<!\d)(0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])[ ./-]?(0[1-9]|1[0-2])[ ./-]?\d{2}"
    r"[^\S\t]?[-–./ ]?[^\S\t]?\d{4}(?!\d)"
)
# One sign before the @ is enough; asking for all of them takes minutes on a line of only letters.
_MAIL = re.compile(r"[\w.+-]\s?@\s?[\w.-]+\.\w{2,}")
_RULES = {"personal_cpr": _CPR, "personal_mail": _MAIL}


def find_personal(text: str) -> list[Problem]:
    """The lines that seem to hold a CPR number or a mail address; the value itself is never told."""
    return [
        Problem(code, line=number)
        for number, line in physical_lines(text)
        for code, rule in _RULES.items()
        if rule.search(line)
    ]
