"""Whether a secret could be guessed: what stands in examples, and what a random secret does not hold."""

from __future__ import annotations

import re

_SAMPLE = re.compile(
    r"change|replace|example|eksempel|sample|secret|password|hemmelig|kodeord|skift|insert|your|xxxx|1234567|<|\.\.\.",
    re.IGNORECASE,
)
_LEAST_DIFFERENT = 10


def is_guessable(secret: str) -> bool:
    """Whether a text looks like a sample, or is made of too few different characters to be random."""
    return bool(_SAMPLE.search(secret)) or len(set(secret)) < _LEAST_DIFFERENT
