"""The reader's language: every sentence from `text/`, and numbers, months and dates as that language writes them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

TEXT = Path(__file__).resolve().parents[1] / "text"
LOCALES = {"da": "da_DK", "en": "en_GB"}
DEFAULT_LANGUAGE = "da"
MINUS, DASH = "\N{MINUS SIGN}", "\N{EN DASH}"


class Words:
    """One language: call it with a key for the sentence, filled with the facts given."""

    def __init__(self, language: str, sentences: dict[str, str]) -> None:
        self.language = language
        self._locale = Locale.parse(LOCALES[language])
        self._sentences = sentences

    def __call__(self, key: str, **facts: Any) -> str:
        """The sentence of a key, as "overview.lead"; KeyError when there is none."""
        return self._sentences[key].format(**facts)

    def of(self, row: Any, field: str) -> str:
        """A field that a row keeps in both languages: `label_da`, `label_en`."""
        return str(getattr(row, f"{field}_{self.language}"))

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with the language's own marks: 1.234 in Danish; a real minus sign."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return format_decimal(
            round(value, decimals) + 0.0, format=pattern, locale=self._locale
        ).replace("-", MINUS)

    def signed(self, value: float) -> str:
        """A whole number with its sign: +42, −94; zero has none."""
        return ("+" if round(value) > 0 else "") + self.number(value)

    def interval(self, low: float, high: float, decimals: int = 0) -> str:
        """Two limits with a dash between; with "to" when one is negative, as two dashes would confuse."""
        between = f" {self('format.to')} " if min(low, high) < 0 else DASH
        return self.number(low, decimals) + between + self.number(high, decimals)

    def month(self, month: pd.Timestamp) -> str:
        """april 2020"""
        return format_skeleton("yMMMM", month, locale=self._locale)

    def short_month(self, month: pd.Timestamp) -> str:
        """apr."""
        return format_skeleton("MMM", month, locale=self._locale)

    def months(self, first: pd.Timestamp, last: pd.Timestamp) -> str:
        """april–juni 2020, december 2020–april 2021, or one month."""
        if first == last:
            return self.month(first)
        if first.year != last.year:
            return self.month(first) + DASH + self.month(last)
        return format_date(first, "MMMM", locale=self._locale) + DASH + self.month(last)

    def date(self, day: Any) -> str:
        """22. november 2026"""
        return format_date(day, "long", locale=self._locale)

    def listed(self, texts: list[str]) -> str:
        """marts, april og maj 2020"""
        return format_list(texts, locale=self._locale) if texts else ""

    def language_name(self, code: str) -> str:
        """dansk, arabisk"""
        return str(self._locale.languages.get(code, code))

    def sentence_case(self, text: str) -> str:
        return text[:1].upper() + text[1:]


@cache
def words(language: str) -> Words:
    """The words of a language; an unknown language gives the default one."""
    language = language if language in LOCALES else DEFAULT_LANGUAGE
    return Words(language, sentences(language))


def sentences(language: str) -> dict[str, str]:
    """All sentences of a language by their dotted key."""
    tree = tomllib.loads((TEXT / f"{language}.toml").read_text("utf-8"))
    return dict(_flat(tree, ""))


def _flat(tree: dict[str, Any], prefix: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in tree.items():
        pairs += (
            _flat(value, f"{prefix}{key}.")
            if isinstance(value, dict)
            else [(prefix + key, value.strip())]
        )
    return pairs
