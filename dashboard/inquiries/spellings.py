"""A source's own labels for what we call otherwise: kept once, used for every file after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pandas as pd

from inquiries import audit, engine
from inquiries.actor import Actor, require_all, require_some
from inquiries.faults import Fault
from inquiries.filing import Source
from inquiries.home import Home
from inquiries.intake.personal import find_personal
from inquiries.opening import changing, opened
from inquiries.store import Clock, system_clock
from inquiries.vocabulary import fold, vocabulary

LONGEST = 60
# What may have labels of its own: not the month, which is read by its form, nor the count.
WITHOUT_LABELS = ("month", "count")


def by_label(kept: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Labels in use as the intake asks for them: (dimension, folded label) to code."""
    return {(row.dimension, row.spelling): row.code for row in kept.itertuples(index=False)}


class Spellings:
    """The labels of one source that its stewards have mapped to ours.

    Whoever stewards any of its reporters sees them; only who stewards all may change them, for it
    concerns the figures of all.
    """

    def __init__(self, home: Home, source: Source, clock: Clock = system_clock) -> None:
        self._home = home
        self._source = source
        self._clock = clock

    def kept(self, actor: Actor) -> pd.DataFrame:
        """Those in use: dimension, spelling, code, kept_at, actor."""
        with audit.refusals(self._home, actor, self._source.source):
            require_some(actor, "steward", self._source)
        with opened(self._home) as connection:
            return engine.ask(connection, "store/spellings", source=self._source.source)

    def keep(self, actor: Actor, dimension: str, label: str, code: str) -> None:
        """Let a label stand for one of ours from now on; `Fault` when it cannot.

        Not a label that already stands on our list, one too long to be one, or one that looks like
        personal data: that would be kept.
        """
        with self._writing(actor, "keep_label"):
            spelling = fold(label)
            known = {label.code for label in vocabulary().accepted(dimension)}
            if dimension not in self.dimensions() or code not in known:
                raise Fault("spelling_unknown")
            if not spelling or len(spelling) > LONGEST or vocabulary().code(dimension, spelling):
                raise Fault("spelling_refused", most=LONGEST)
            if find_personal(spelling):
                raise Fault("spelling_personal")
            self._write(actor, dimension, spelling, code)

    def take_back(self, actor: Actor, dimension: str, spelling: str) -> None:
        """Let a label stand for nothing any more."""
        with self._writing(actor, "take_back_label"):
            self._write(actor, dimension, spelling, "")

    def dimensions(self) -> list[str]:
        """What the source registers that is read from a list."""
        return [column for column in self._source.columns if column not in WITHOUT_LABELS]

    @contextmanager
    def _writing(self, actor: Actor, act: str) -> Iterator[None]:
        """Writing is for who stewards every reporter: it concerns the figures of all of them."""
        with audit.act(self._home, actor, act, self._source.source):
            require_all(actor, "steward", self._source)
            yield

    def _write(self, actor: Actor, dimension: str, spelling: str, code: str) -> None:
        with changing(self._home, self._clock()) as change:
            row = {
                "source": self._source.source,
                "dimension": dimension,
                "spelling": spelling,
                "code": code,
                "sequence": (engine.first(change.connection, "store/next_spelling") or (1,))[0],
                "kept_at": change.at,
                "actor": actor.name,
            }
            engine.fill(change.connection, "spelling", pd.DataFrame([row]))
