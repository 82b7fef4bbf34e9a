"""What personal data look like: CPR numbers, mail, telephone, dates of birth, cases, names, stories.

Traces are looked for in pieces of text as `plain_signs` leaves them. Some are personal wherever they
stand; others only in a cell that should hold a label, as a title may well hold a date or an address.
The patterns keep to what the linear engine RE2 knows, so that any text is searched in no time; what
they cannot say (what stands before and after, whether a date exists) is looked at afterwards.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from inquiries.vocabulary import read_table

_DAY, _MONTH = r"(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])", r"(?:0[1-9]|1[0-2])"
# A date of birth and four figures. Replacement numbers add 60 to the day, and numbers that fail the
# modulus-11 check are issued too (cpr.dk), so the date alone decides.
_CPR = (
    rf"(?P<day>{_DAY})(?P<sign>[ ./-]?)(?P<month>{_MONTH})(?P<again>[ ./-]?)"
    r"(?:(?P<year>\d\d) ?[-./:_\\]{0,2} ?|(?:19|20)(?P<long_year>\d\d)-)"
    r"(?:\d{4}|[xX*#]{4}|(?P<pairs>\d\d \d\d))"
)
# One sign before the @ is enough.
_MAIL = r"[A-Za-z0-9_.+-] ?(?:@|[(\[] ?(?:at|snabel-?a) ?[)\]]) ?[A-Za-z0-9_-][A-Za-z0-9_.-]*\.[A-Za-z]{2}"
_ABROAD = r"(?:\+|00) ?[1-9]\d(?:[ .()-]{0,2}\d){7,12}"
_PAIRS = r"\d\d(?P<sign>[ .-])\d\d(?P<again>[ .-])\d\d(?P<third>[ .-])\d\d"
_CALLED = r"\b(?i:tlf|tel|telefon|telefonnr|mobil|mobilnr|phone|ring)[.: ]{1,3}\d(?: ?\d){7}"
# No part of a longer word, number or address; a sentence may end after it.
_BEFORE, _AFTER = r"(?:^|[^\w.,/-])", r"(?:$|[^\w.,/-]|[.,](?:$| ))"
_EIGHT_FIGURES = rf"{_BEFORE}\d{{4}} ?\d{{4}}{_AFTER}"
_BORN = (
    r"\b(?i:cpr|født|fdt|fødselsdag|fødselsdato|born|dob|date\sof\sbirth|f)[.: ]{1,3}"
    r"(?i:d\.\s?|den\s|on\s)?\d{1,2}[./ -]{0,2}(?:\d{1,2}|[A-Za-zÆØÅæøå]{3,9})[./ -]{0,2}\d\d"
)
_MONTH_NAME = r"(?i:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]{0,6}"
_DATE = (
    r"(?P<day>\d{1,2})[./ -]{1,2}(?P<month>\d{1,2})[./ -]{1,2}(?:(?:19|20)\d\d|\d\d)"
    r"|(?:19|20)\d\d-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)"
    rf"|(?P<named_day>\d{{1,2}})\.? ?{_MONTH_NAME}\.? (?:19|20)\d\d"
)
_SIX_FIGURES = rf"{_BEFORE}(?P<figures>{_DAY}{_MONTH}\d\d){_AFTER}"
_CASE = (
    r"\b(?i:sag|sags?nr|sagsnummer|sags-?id|j\.? ?nr|journal|journalnr|journalnummer|case|id)"
    r"[.:# ]{1,3}(?i:(?:nr|no)[.: ]{1,2})?\d(?:[-/. ]?\d){4}"
)
_PROFILE = (
    r"^[\"']?(?:https?://|www\.)[^\s<>()\[\]{}\"'=]+[\"']?$|^[\"']?@[a-z][a-z0-9_.]{3,}[\"']?$"
    r"|\b(?i:facebook|instagram|snapchat|tiktok|linkedin)\.com/[A-Za-z0-9]"
)
_ADDRESS = r"[a-zæøå](?:vej|gade|allé|stræde|vænget|parken|torvet|boulevard|bakken)\s\d{1,3}"
_INITIALS = r"[A-ZÆØÅ]\.\s?[A-ZÆØÅ]\.|^[\"']?[A-ZÆØÅ]{2,3},?\s\d{1,2}\s?år"

_AGE = re.compile(r"\b\d{1,2}[ -]?(?:år|årig|years? old)\b")
_YEAR_AND_MONTH = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])")
_OF_A_FILE = re.compile(
    r"\W?(?:https?://|www\.)[^/]*(?:/?|/.*\.(?:csv|parquet|json|jsx?|png|jpe?g|gif|svg|html?|php|xml"
    r"|txt|exe|zip|pdf|css|xlsx?|db|duckdb|sh|py))\W?"
)
_A_STORY, _FEWEST_WORDS = 3, 4
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


_NAMES = read_table("names")


def _named(kind: str) -> frozenset[str]:
    return frozenset(row["name"].casefold() for row in _NAMES if row["kind"] == kind)


GIVEN, FAMILY = _named("given"), _named("family")
# Other family names are words as well: Skov, Dahl.
_SURELY_FAMILY = frozenset(name for name in FAMILY if name.endswith("sen"))
# Columns that registers about persons have, without spaces and signs; no profile has free text.
_OF_PERSONS, _FREE_TEXT = _named("column"), _named("free_text")
# Words that tell of one person, and words that often go with them: three points make a story.
_POINTS = dict.fromkeys(_named("about_person"), 1) | dict.fromkeys(_named("person"), 2)
_ALSO_CHANNELS = {"telefon", "tlf", "phone", "mail", "email"}


def plain_signs(text: str) -> str:
    """A text with plain figures, dashes and spaces, and without signs that cannot be seen."""
    changed: dict[int, str | None] = {}
    for sign in set(text):
        kind = unicodedata.category(sign)
        if not sign.isascii() and kind in ("Nd", "Pd", "Zs", "Cf"):
            figure = str(unicodedata.decimal(sign, ""))
            changed[ord(sign)] = {"Nd": figure, "Pd": "-", "Zs": " ", "Cf": None}[kind]
    return text.translate(changed | {0xFF0B: "+", 0x2212: "-"}) if changed else text


def _around(found: re.Match[str]) -> tuple[str, str]:
    """The two signs before and the two after."""
    text, start, end = found.string, found.start(), found.end()
    return text[max(start - 2, 0) : start], text[end : end + 2]


def _is_whole(found: re.Match[str]) -> bool:
    """Whether no figure goes before or follows."""
    before, after = _around(found)
    return not before[-1:].isdigit() and not after[:1].isdigit()


def _is_cpr(found: re.Match[str]) -> bool:
    """Whether one sign, or none, parts day, month and year, and the day is in the month.

    In "2012-05 1234" it does not, and that is a month and a count; in "01-09-2026 00:00" the sign
    is another than between the last pairs. 29 February is in every fourth year.
    """
    day, month = int(found["day"]), int(found["month"])
    year = int(found["year"] or found["long_year"])
    days = (31, 28 + (year % 4 == 0), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    in_month = (day - 60 if day > 60 else day) <= days[month - 1]
    if found["pairs"] and (found["sign"] != " " or _is_in_row(found, " ")):
        return False
    return in_month and found["sign"] == found["again"] and _is_whole(found)


def _is_in_row(found: re.Match[str], sign: str) -> bool:
    """Whether more figures stand before or after, parted by the same sign: a row of counts."""
    before, after = _around(found)
    more_before = before[:1].isdigit() and before[1:] == sign
    return more_before or (after[:1] == sign and after[1:].isdigit())


def _are_pairs(found: re.Match[str]) -> bool:
    """Whether four pairs alone are parted by one sign."""
    before, after = _around(found)
    longer = before[-1:] in set("0123456789.,/-") or after[:1] in set("0123456789,/")
    one_sign = found["sign"] == found["again"] == found["third"]
    return one_sign and not longer and not _is_in_row(found, found["sign"])


def _is_day(found: re.Match[str]) -> bool:
    """Whether a date is a day and no month: Excel writes a month as its first day."""
    day = int(found["day"] or found["iso_day"] or found["named_day"])
    month = int(found["month"] or found["iso_month"] or 1)
    return 1 < day <= 31 and 1 <= month <= 12 and _is_whole(found)


def _is_no_month(found: re.Match[str]) -> bool:
    """Whether six figures are no month such as 201109."""
    return not _YEAR_AND_MONTH.fullmatch(found["figures"])


def _is_no_file(found: re.Match[str]) -> bool:
    """Whether an address names something below a site that is no file or program."""
    return not _OF_A_FILE.fullmatch(found[0])


@dataclass(frozen=True, slots=True)
class Trace:
    """The code of a problem, its pattern, and what must also hold where the pattern is found."""

    code: str
    pattern: str
    holds: Callable[[re.Match[str]], bool] = bool

    def is_in(self, text: str) -> bool:
        """Whether it is in a text; where the rest does not hold, a later start is tried."""
        pattern = re.compile(self.pattern)
        found = pattern.search(text)
        while found and not self.holds(found):
            found = pattern.search(text, found.start() + 1)
        return found is not None


ANYWHERE = (
    Trace("personal_cpr", _CPR, _is_cpr),
    Trace("personal_mail", _MAIL),
    Trace("personal_phone", _ABROAD, _is_whole),
    Trace("personal_phone", _PAIRS, _are_pairs),
    Trace("personal_phone", _CALLED, _is_whole),
    Trace("personal_born", _BORN),
)
IN_LABELS = (
    Trace("personal_born", _DATE, _is_day),
    Trace("personal_born", _SIX_FIGURES, _is_no_month),
    Trace("personal_phone", _EIGHT_FIGURES),
    Trace("personal_case", _CASE),
    Trace("personal_profile", _PROFILE, _is_no_file),
    Trace("personal_address", _ADDRESS),
    Trace("personal_initials", _INITIALS),
)
_NAME = rf"(?:^|[^\pL])(?i:{'|'.join(sorted(GIVEN | _SURELY_FAMILY))})(?:$|[^\pL])"
_STORY = rf"(?:^|[^\pL])(?i:{'|'.join(_POINTS)})(?:$|[^\pL])"


def gate(traces: Sequence[Trace], *others: str) -> str:
    """One pattern for RE2 that finds all that the traces may find, and perhaps more."""
    patterns = (*(trace.pattern for trace in traces), *others)
    return "|".join(re.sub(r"\(\?P<\w+>", "(?:", pattern) for pattern in patterns)


ANYWHERE_GATE, LABEL_GATE = gate(ANYWHERE, _NAME), gate(IN_LABELS, _NAME, _STORY)


def anywhere(text: str) -> str:
    """The code of what makes a piece of text personal wherever it stands, or nothing."""
    codes = (trace.code for trace in ANYWHERE if trace.is_in(text))
    return next(codes, "personal_name" if names_in(text)[0] else "")


def in_label(text: str) -> str:
    """The code of what makes a cell that should hold a label personal, or nothing."""
    if names_in(text)[1]:
        return "personal_name"
    codes = (trace.code for trace in IN_LABELS if trace.is_in(text))
    return next(codes, "personal_story" if is_story(text) else "")


def names_in(text: str) -> tuple[bool, bool]:
    """Whether a text holds a given name beside another name, and whether it holds a name at all.

    Names begin with a capital, but in a text that is nothing else.
    """
    words = _WORD.findall(text)
    folded = [word.casefold() for word in words]
    if GIVEN.isdisjoint(folded):
        return False, any(word[0].isupper() and word.casefold() in _SURELY_FAMILY for word in words)
    if GIVEN.union(FAMILY).issuperset(folded):
        return len(words) > 1, True
    large = [word[0].isupper() for word in words]
    named = [up and word in GIVEN | FAMILY for up, word in zip(large, folded, strict=True)]
    given = [place for place, word in enumerate(folded) if large[place] and word in GIVEN]
    # A name between the two need not be on the list: Mette Eksempel Hansen.
    beside = any(
        any(named[place + 1 : place + 2])
        or (all(large[place : place + 3]) and any(named[place + 2 : place + 3]))
        for place in given
    )
    return beside, bool(given)


def is_story(text: str) -> bool:
    """Whether a text tells of one person: "Hun er 17 år og bor hos sin onkel"."""
    words = [word.casefold() for word in _WORD.findall(text)]
    points = sum(_POINTS.get(word, 0) for word in set(words))
    return len(words) >= _FEWEST_WORDS and points + bool(_AGE.search(text)) >= _A_STORY


def columns_of_persons(names: Sequence[str], is_empty: Callable[[int], bool]) -> list[str]:
    """The columns that registers about persons have, each by its plain name.

    Free text is none when it is empty throughout, and telephone and mail are none beside each other
    or another channel: then each channel has its column.
    """
    plain = ["".join(filter(str.isalpha, name.casefold())) for name in names]
    channels = _ALSO_CHANNELS | {"chat", "fremmøde", "inperson"}
    of_persons = _OF_PERSONS - _ALSO_CHANNELS if len(channels & set(plain)) > 1 else _OF_PERSONS
    return [
        name
        for place, name in enumerate(plain)
        if name in of_persons or (name in _FREE_TEXT and not is_empty(place))
    ]
