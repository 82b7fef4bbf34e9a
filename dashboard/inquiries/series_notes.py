"""What stewards say of a source's months: breaks in its series, and months left out of the baselines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pandas as pd

from inquiries import audit, engine
from inquiries.actor import Actor, require_all, require_some
from inquiries.directory.guards import holds_markup, holds_number_or_person, is_address
from inquiries.directory.hours import danish_time
from inquiries.faults import Fault
from inquiries.filing import Source
from inquiries.home import Home
from inquiries.opening import changing, opened
from inquiries.owed import this_month
from inquiries.store import Clock, system_clock

LONGEST_LABEL, LONGEST_REASON = 60, 300
LABELS = ("left_da", "left_en", "right_da", "right_en")
REASONS = ("reason_da", "reason_en")


def standing(actor: Actor, home: Home) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The breaks and the excluded months of all sources, by source and month, for the next release.

    The breaks have source, month, left_da, left_en, right_da and right_en; the excluded months
    source, month, reason_da and reason_en. Months are datetime64.
    """
    audit.require(home, actor, "publisher")
    with opened(home) as connection:
        breaks = engine.ask(connection, "store/series_breaks", source=None)
        excluded = engine.ask(connection, "store/excluded_months", source=None)
    return breaks[["source", "month", *LABELS]], excluded[["source", "month", *REASONS]]


class SeriesNotes:
    """The breaks and the excluded months of one source; readers see them with the next release.

    Whoever stewards any of its reporters sees them; only who stewards all may change them, for it
    concerns the figures of all.

    A month is a first day, and none in the future. English may be empty: then the Danish text
    stands for it. `Fault` when the month is none, or a Danish text is missing, or a text is too
    long, or could not be shown as it is written, or looks like personal data: it would be printed.
    """

    def __init__(self, home: Home, source: Source, clock: Clock = system_clock) -> None:
        self._home = home
        self._source = source
        self._clock = clock

    def breaks(self, actor: Actor) -> pd.DataFrame:
        """Those that stand, by month: month, left_da, left_en, right_da, right_en, kept_at, actor."""
        return self._kept(actor, "store/series_breaks")

    def excluded(self, actor: Actor) -> pd.DataFrame:
        """Those that stand, by month: month, reason_da, reason_en, kept_at, actor."""
        return self._kept(actor, "store/excluded_months")

    def add_break(
        self,
        actor: Actor,
        month: pd.Timestamp,
        left_da: str,
        right_da: str,
        left_en: str,
        right_en: str,
    ) -> None:
        """Break the series before `month`, the first under the new definition, in place of an earlier break there."""
        with self._writing(actor, "add_break"):
            self._require_begun(month)
            left = _in_both("left", left_da, left_en, LONGEST_LABEL)
            right = _in_both("right", right_da, right_en, LONGEST_LABEL)
            self._write(actor, "series_break", month, left | right)

    def remove_break(self, actor: Actor, month: pd.Timestamp) -> None:
        """Take a break back."""
        with self._writing(actor, "remove_break"):
            self._write(actor, "series_break", month, dict.fromkeys(LABELS, ""))

    def exclude(self, actor: Actor, month: pd.Timestamp, reason_da: str, reason_en: str) -> None:
        """Leave a month out of every baseline, for a reason that stands beside the figures."""
        with self._writing(actor, "exclude_month"):
            self._require_begun(month)
            reason = _in_both("reason", reason_da, reason_en, LONGEST_REASON)
            self._write(actor, "excluded_month", month, reason)

    def include(self, actor: Actor, month: pd.Timestamp) -> None:
        """Let a month count again."""
        with self._writing(actor, "include_month"):
            self._write(actor, "excluded_month", month, dict.fromkeys(REASONS, ""))

    def _kept(self, actor: Actor, question: str) -> pd.DataFrame:
        with audit.refusals(self._home, actor, self._source.source):
            require_some(actor, "steward", self._source)
        with opened(self._home) as connection:
            kept = engine.ask(connection, question, source=self._source.source)
        return kept.drop(columns="source")

    @contextmanager
    def _writing(self, actor: Actor, act: str) -> Iterator[None]:
        """Writing is for who stewards every reporter: it concerns the figures of all of them."""
        with audit.act(self._home, actor, act, self._source.source):
            require_all(actor, "steward", self._source)
            yield

    def _require_begun(self, month: pd.Timestamp) -> None:
        is_month = month.is_month_start and month == month.normalize()
        if not is_month or month > this_month(danish_time(self._clock()).date()):
            raise Fault("note_month")

    def _write(self, actor: Actor, table: str, month: pd.Timestamp, texts: dict[str, str]) -> None:
        with changing(self._home, self._clock()) as change:
            row = {
                "source": self._source.source,
                "month": month,
                **texts,
                "sequence": (engine.first(change.connection, "store/next_series_note") or (1,))[0],
                "kept_at": change.at,
                "actor": actor.name,
            }
            engine.fill(change.connection, table, pd.DataFrame([row]))


def _in_both(name: str, danish: str, english: str, most: int) -> dict[str, str]:
    """A text in both languages, by the names of its columns; the Danish where there is no English."""
    da, en = " ".join(danish.split()), " ".join(english.split())
    if not da:
        raise Fault("note_empty")
    for text in (da, en):
        _require_fit(text, most)
    return {f"{name}_da": da, f"{name}_en": en or da}


def _require_fit(text: str, most: int) -> None:
    if len(text) > most:
        raise Fault("note_long", found=len(text), most=most)
    if holds_markup(text):
        raise Fault("note_markup")
    if holds_number_or_person(text) or is_address(text):
        raise Fault("note_personal")
