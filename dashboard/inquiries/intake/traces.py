"""What personal data look like: CPR numbers, mail, telephone, names, dates of birth, stories, columns.

Traces are looked for in pieces of text as `plain_signs` leaves them. Some are personal wherever they
stand; others only in a cell that should hold a label, as a title may well hold a date or an address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import and_

from inquiries.vocabulary import read_table

# A date of birth and four figures. Replacement numbers add 60 to the day, and numbers that fail the
# modulus-11 check are issued too (cpr.dk), so the date alone decides. The same sign, or none, parts
# day, month and year: in "2012-05 1234" it does not, and that is a month and a count.
_DAY, _MONTH = r"(0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])", r"(0[1-9]|1[0-2])"
_CPR = re.compile(
    rf"(?<!\d){_DAY}([ ./-]?){_MONTH}\2(?:(\d\d)[ ]?[-./:_\\]{{0,2}}[ ]?|(?:19|20)(\d\d)-)"
    r"(?:\d{4}(?!\d)|[xX*#]{4}|\d\d \d\d(?! ?\d))"
)
# One sign before the @ is enough; asking for all of them takes minutes on a line of only letters.
_MAIL = re.compile(r"[\w.+-]\s?(?:@|[(\[]\s?(?:at|snabel-?a)\s?[)\]])\s?[\w-][\w.-]*\.[a-zA-Z]{2,}")
_PHONE = re.compile(
    r"(?:\+|(?<!\d)00)\s?45(?:[ .()-]{0,2}\d){8}(?!\d)"
    r"|(?:\+|(?<!\d)00)[1-9]\d{1,2}(?:[ -]\d{2,4}){2,5}(?!\d)"
    r"|(?<![\d.,/-])(?<!\d )\d\d([ .-])\d\d\1\d\d\1\d\d(?![\d,/]|[ .-]\d)"
    r"|(?i:\b(?:tlf|tel|telefon|telefonnr|mobil|mobilnr|phone|ring)\b)[.: ]{0,3}\d(?: ?\d){7}(?!\d)"
)
_EIGHT_FIGURES = re.compile(r"(?<![\d.,/-])\d{4} ?\d{4}(?![\d.,/-])")
_DATE = re.compile(
    r"(?<!\d)(?:(\d\d?)([./ -]{1,2})(\d\d?)\2((?:19|20)\d\d|\d\d)|((?:19|20)\d\d)-(\d\d)-(\d\d))(?!\d)"
    r"|(?<!\d)(\d\d?)\. ?(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]{0,7}\.?"
    r" ((?:19|20)\d\d)(?!\d)"
)
_BORN = re.compile(
    r"(?i:\b(?:cpr|født|f|fdt|fødselsdag|fødselsdato|born|dob|date of birth)\b)[.: ]{0,3}"
    r"(?i:d\. ?|den |on )?\d{1,2}[./ -]{0,2}(?:\d{1,2}|[a-zæøå]{3,9})[./ -]{0,2}\d\d"
)
_SIX_FIGURES = re.compile(rf"(?<![\d./,-]){_DAY}{_MONTH}\d\d(?![\d./,-])")
_YEAR_AND_MONTH = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])")
_CASE = re.compile(
    r"(?i:\b(?:sag|sags?nr|sagsnummer|sags-?id|j\.? ?nr|journal|journalnr|journalnummer|case|id)\b)"
    r"[.:# ]{0,3}(?:(?i:nr|no)\b[.: ]{0,2})?(?:\d{2,4}[-/. ]?\d{3,}|\d{5,})"
)
_PROFILE = re.compile(
    r"^(?:https?://|www\.)[^\s<>()\[\]{}\"'=]+$|^@[a-z][\w.]{3,}$"
    r"|(?i:\b(?:facebook|instagram|snapchat|tiktok|linkedin)\.com/\w)",
    re.MULTILINE,
)
_ADDRESS = re.compile(
    r"(?<=[^\W\d_]{2})(?:vej|gade|allé|alle|stræde|vænget|parken|torvet|boulevard|bakken) \d{1,3}\b"
)
_INITIALS = re.compile(
    r"(?<![\w.])[A-ZÆØÅ]\. ?[A-ZÆØÅ]\.|^[A-ZÆØÅ]{2,3},? \d{1,2} ?år", re.MULTILINE
)

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# Words that tell of one person; two points or more for the surest, three points make a story.
_TELLING = {
    2: "hun han hende hendes ham jeg pigen drengen eleven datteren sønnen kvinden manden she he him",
    1: "mor far moder fader farbror morbror onkel tante faster moster fætter kusine bror søster "
    "kæreste forlovede datter søn pige dreng mother father uncle aunt cousin brother sister girl boy "
    "er går bor bliver blev har var vil kom ringede ringer skrev frygter fortæller flygtet truet "
    "is was has lives fears called sin sit sine hans min mit mine hos",
}
_POINTS = {word: points for points, words in _TELLING.items() for word in words.split()}
_AGE = re.compile(r"\b\d{1,2}[ -]?(?:år|årig|years? old)\b")
_A_STORY, _FEWEST_WORDS = 3, 4

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


def _is_cpr(found: re.Match[str]) -> bool:
    """Whether the day was in the month; 29 February in every fourth year."""
    day, month, year = int(found[1]), int(found[3]), int(found[4] or found[5])
    days = (31, 29 if year % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return (day - 60 if day > 60 else day) <= days[month - 1]


def _is_day(found: re.Match[str]) -> bool:
    """Whether a date is a day and no month: Excel writes a month as its first day."""
    day = found[1] or found[7] or found[8]
    month = found[3] or found[6] or "1"
    return 1 < int(day) <= 31 and 1 <= int(month) <= 12


def _is_no_month(found: re.Match[str]) -> bool:
    return not _YEAR_AND_MONTH.fullmatch(found[0])


@dataclass(frozen=True, slots=True)
class Trace:
    """A pattern, what must also hold where it is found, and the code of the problem it is."""

    code: str
    pattern: re.Pattern[str]
    holds: Callable[[re.Match[str]], bool] = bool

    def is_in(self, text: str) -> bool:
        return any(self.holds(found) for found in self.pattern.finditer(text))


ANYWHERE = (
    Trace("personal_cpr", _CPR, _is_cpr),
    Trace("personal_mail", _MAIL),
    Trace("personal_phone", _PHONE),
    Trace("personal_born", _BORN),
)
IN_LABELS = (
    Trace("personal_born", _DATE, _is_day),
    Trace("personal_born", _SIX_FIGURES, _is_no_month),
    Trace("personal_phone", _EIGHT_FIGURES),
    Trace("personal_case", _CASE),
    Trace("personal_profile", _PROFILE),
    Trace("personal_address", _ADDRESS),
    Trace("personal_initials", _INITIALS),
)


def _names(kind: str) -> frozenset[str]:
    return frozenset(row["name"].casefold() for row in read_table("names") if row["kind"] == kind)


GIVEN, FAMILY = _names("given"), _names("family")
# Columns that registers about persons have, without spaces and signs; no profile has free text.
_OF_PERSONS, _FREE_TEXT = _names("column"), _names("free_text")
# Without one of these in the whole text there is neither a name nor a story in it.
TELLING_WORDS = GIVEN | _POINTS.keys()


def names_in(text: str) -> tuple[bool, bool]:
    """Whether a text holds a given name beside another name, and whether it holds a given name at all.

    Names begin with a capital, but in a text that is nothing else.
    """
    words = _WORD.findall(text)
    folded = [word.casefold() for word in words]
    if GIVEN.isdisjoint(folded):
        return False, False
    if GIVEN.union(FAMILY).issuperset(folded):
        return len(words) > 1, True
    large = [word[0].isupper() for word in words]
    named = [up and word in GIVEN | FAMILY for up, word in zip(large, folded, strict=True)]
    given = [up and word in GIVEN for up, word in zip(large, folded, strict=True)]
    # A name between the two need not be on the list: Mette Eksempel Hansen.
    near = [
        any(named[place + 1 : place + 2])
        or (all(large[place : place + 3]) and any(named[place + 2 : place + 3]))
        for place in range(len(words))
    ]
    return any(map(and_, given, near)), any(given)


def is_story(text: str) -> bool:
    """Whether a text tells of one person: "Hun er 17 år og bor hos sin onkel"."""
    words = [word.casefold() for word in _WORD.findall(text)]
    points = sum({word: _POINTS.get(word, 0) for word in words}.values())
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
