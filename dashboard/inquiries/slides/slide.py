"""What a slide holds: one message as its title, and all that every medium draws of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from inquiries.directory import Contact
from inquiries.facts import MAIN_PHASE, Ask, Facts
from inquiries.words import Words

# The slides there are, in the order the story is told.
SLIDES = ("question", "fall", "returned", "whom", "unknown", "call", "now")

# months: month, count, state, expected, low, high. missing: month, missing, low, high.
# changes: label, change, low, high (per cent, a fall with a minus), standing.
Kind = Literal["months", "missing", "changes"]


@dataclass(frozen=True)
class Chart:
    """A picture of figures: the rows that are drawn, and the same as Vega-Lite.

    `accent` are the first and the last month of a fall; None where none was found.
    """

    kind: Kind
    rows: pd.DataFrame
    specification: dict[str, Any]
    accent: tuple[pd.Timestamp, pd.Timestamp] | None = None


@dataclass(frozen=True)
class Slide:
    """One message: its sentence is the title, and everything else stands under it.

    `points` are read on the slide, `notes` by who speaks. Where there is a chart, `table` holds the
    figures behind it; else it stands on the slide. `source` says where the figures come from, how
    far they go and which release this is, `guard` how not to read them, and `sample` that they are
    made up; that is empty for real figures.
    """

    name: str
    title: str
    subtitle: str = ""
    points: tuple[str, ...] = ()
    chart: Chart | None = None
    table: pd.DataFrame | None = None
    notes: tuple[str, ...] = ()
    source: str = ""
    guard: str = ""
    sample: str = ""


@dataclass(frozen=True)
class Choices:
    """What a story is told of, and how.

    `group` is a dimension and one of its values, a region among them; two empty texts for all.
    `by` is the dimension that groups are set side by side for; empty where the source has none.
    """

    source: str
    phase: str = MAIN_PHASE
    group: tuple[str, str] = ("", "")
    by: str = ""
    slides: tuple[str, ...] = SLIDES


@dataclass(frozen=True)
class Ground:
    """What each slide is made from: the figures of a release, the judged effect, and whom to call."""

    ask: Ask
    choices: Choices
    facts: Facts
    phase: Any
    # The comparison the phase is judged by; None when it cannot be shown.
    effect: Any | None
    contacts: list[Contact] = field(repr=False)
    today: Any
    words: Words
