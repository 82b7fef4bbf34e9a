"""Words as a reader types them: with ae for æ, half a word, a slip of a finger, a number with or without spaces."""

from __future__ import annotations

import re
import unicodedata

from inquiries.vocabulary import fold

_SPELLED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "y"})
_TOKEN = re.compile(r"§\s*\d+|\d+(?:[ .]?\d+)*|[a-z]+")
LONG_ENOUGH = 4  # a shorter word has too many neighbours one slip away


def tokens(text: str) -> list[str]:
    """The words and numbers of a text, lower case, with ae, oe and aa.

    A number is one word however its digits are grouped, and a § is one with its number.
    """
    plain = unicodedata.normalize("NFKD", fold(text).translate(_SPELLED))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [re.sub(r"[ .]", "", word) for word in _TOKEN.findall(bare)]


def one_slip_from_beginning(typed: str, word: str) -> bool:
    """Whether a word begins with what was typed but for one slip.

    A slip is a letter wrong, missing or too many, or two that have changed places.
    """
    if len(word) < len(typed) - 1:
        return False
    at = next(
        (n for n, (ours, theirs) in enumerate(zip(typed, word, strict=False)) if ours != theirs),
        min(len(typed), len(word)),
    )
    ours, theirs = typed[at:], word[at:]
    return (
        theirs[1:].startswith(ours[1:])
        or theirs[1:].startswith(ours)
        or theirs.startswith(ours[1:])
        or (ours[:2] == theirs[:2][::-1] and theirs[2:].startswith(ours[2:]))
    )
