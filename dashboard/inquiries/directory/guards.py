"""What no field of a contact may hold: where somebody lives or hides, a person's mail, a number out of place.

Each guard takes a text and says whether it must be refused. Better to refuse a harmless sentence,
which can be reworded, than to let an address through.
"""

from __future__ import annotations

import re
from functools import cache

from inquiries.intake.personal import find_personal
from inquiries.vocabulary import read_table

_STREET_ENDINGS = (
    "vej|vejen|gade|gaden|stræde|straede|boulevard|vænge|vaenge|allé|torv|torvet|plads|pladsen"
    "|stien|parken|haven|vangen|toften|krogen|bakken|engen|marken|skoven|kajen|broen|gyden|svinget"
    "|løkken|lunden|brinken|havnen|stranden|bryggen"
)
_HOUSE = r"\.?,?\s+(?:nr\.?\s*)?\d{1,3}\s?[A-Za-z]?\b"
_NUMBER_WORDS = "to|tre|fire|fem|seks|syv|otte|ni|ti|two|three|four|five|six|seven|eight|nine|ten"
ADDRESSES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b\w*(?:{_STREET_ENDINGS})){_HOUSE}",
        rf"(?:\b\w+alle|\b[A-ZÆØÅ][\w.]* [Aa]lle){_HOUSE}",
        r"\b\d{1,3}[A-Za-z]? [A-ZÆØÅ]\w+ (?:Street|Road|Avenue|Lane|Square)\b",
        # Four digits and a town, but not a year.
        r"\b(?!19\d\d|20[0-3]\d)\d{4},?\s+[A-ZÆØÅ][a-zæøå]+",
        r"(?i:\bDK[-\s]?\d{4}\b|\bpostn(?:r|ummer)|\bpostal code)",
        r"(?i:\bpost\s?bo(?:ks|x)|\bboks \d|\bp\.?\s?o\.?\s?box)",
        r"(?<!\d)5[4-7][.,]\d{3,}|(?<![\d.])(?:[89]|1[0-5])[.,]\d{4,}|\d\s?°",
        r"\b[2-9CFGHJMPQRVWX]{4,8}\+[2-9CFGHJMPQRVWX]{2,3}\b|///\w+\.\w+\.\w+",
        r"(?i:\bmaps?\.|/maps?\b|goo\.gl|openstreetmap|\bkrak\.dk|/kort/)",
    )
)
SECURITY = re.compile(r"(?i:nøgle|overvåg|kamera|hegn|\blåse?\b|camera|surveillance|\block)")
SIZE = re.compile(
    rf"(?i:\b(?:\d+|{_NUMBER_WORDS})\s+(?:\w+\s+){{0,2}}(?:pladser|huse|lejligheder|boliger|værelser"
    r"|afdelinger|opholdssteder|safehouses|places|houses|homes|apartments|flats|rooms|facilities))"
)
MARKUP = re.compile(r"[<>\[\]`$\\]|[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
PHONE = re.compile(r"(?<!\d)(?:\+45 ?)?\d\d[ .]?\d\d[ .]?\d\d[ .]?\d\d(?!\d)")
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
# An office's mail box holds one of these words; what holds none may be a person's.
OFFICE_WORDS = (
    *("kontakt", "post", "info", "raad", "hotline", "viso", "vagt", "konsulent", "myndighed"),
    *("boern", "familie", "unge", "social", "kommune", "team", "center", "bbb", "sigdettil"),
)
SHORT_NUMBERS = {"112", "114", "1888", "11 61 11"}
DANISH_NUMBER = re.compile(r"[2-9]\d(?: \d\d){3}")


def is_address(text: str) -> bool:
    """Whether a text, or an address on the web, seems to tell where a place lies."""
    plain = " ".join(text.split())
    spelled = re.sub(r"[-_+/]|%20", " ", plain) if "://" in plain else plain
    return _with_town(spelled) or any(
        pattern.search(form) for pattern in ADDRESSES for form in {plain, spelled}
    )


def _with_town(text: str) -> bool:
    """Four digits and a town we know, years among them: 2000 Frederiksberg."""
    return re.search(rf"(?i:\b\d{{4}},? (?:{'|'.join(_towns())})\b)", text) is not None


@cache
def _towns() -> tuple[str, ...]:
    return tuple(re.escape(row["name"]) for row in read_table("municipalities"))


def tells_of_secret_place(text: str) -> bool:
    """Whether a text tells where a secret place lies, how large it is or how it is secured."""
    names = "|".join((*_towns(), *_regions()))
    near = re.search(rf"\b(?:{names})\b", text)
    return bool(near or SIZE.search(text) or SECURITY.search(text))


@cache
def _regions() -> tuple[str, ...]:
    names = [row[key] for row in read_table("regions") for key in ("name_da", "name_en")]
    return (*map(re.escape, names), "Jylland", "Fyn", "Sjælland", "Bornholm")


def holds_markup(text: str) -> bool:
    """Whether a text holds what a page would not show as it is written."""
    return MARKUP.search(text) is not None


def holds_number_or_person(text: str) -> bool:
    """Whether a text holds a phone number, a mail address or a civil registration number."""
    return bool(PHONE.search(text) or MAIL.search(text) or find_personal(text))


def is_office_mail(text: str) -> bool:
    """Whether a mail address is that of an office and not of a person."""
    box = text.partition("@")[0].casefold()
    return bool(MAIL.fullmatch(text)) and any(word in box for word in OFFICE_WORDS)


def is_danish_phone(number: str) -> bool:
    """Eight digits in pairs, or a known short number."""
    return number in SHORT_NUMBERS or DANISH_NUMBER.fullmatch(number) is not None


@cache
def refused_numbers() -> frozenset[str]:
    """Numbers found on old pages, superseded or misprinted, never to be shown again."""
    return frozenset(row["number"] for row in read_table("refused_numbers"))


def holds_refused_number(text: str) -> bool:
    digits = re.sub(r"(?<=\d)[\s.-]+(?=\d)", "", text)
    return any(number in digits for number in refused_numbers())
