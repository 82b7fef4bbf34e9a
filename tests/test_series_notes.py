"""Breaks and excluded months: the newest line of a month stands, each refusal is told, and the publisher gets those of all sources."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from inquiries import engine
from inquiries.actor import LOCAL, READER, Actor
from inquiries.faults import Fault, Forbidden
from inquiries.filing import Reporter, Source
from inquiries.home import Home
from inquiries.series_notes import LONGEST_LABEL, LONGEST_REASON, SeriesNotes, standing
from inquiries.store import Store

COLUMNS = ("month", "count")
BOTH = (Reporter("a", "A", "A"), Reporter("b", "B", "B"))
SOME = Source("some", "Nogle", "Some", "inquiry", COLUMNS, reporters=BOTH)
OTHER = Source("other", "Andre", "Other", "inquiry", COLUMNS, reporters=BOTH[:1])
# Half past eleven in the evening of 31 October in UTC: November has begun in Denmark.
NOW = datetime(2026, 10, 31, 23, 30)
MARCH, APRIL, NOVEMBER = map(pd.Timestamp, ("2019-03-01", "2019-04-01", "2026-11-01"))
LABELS = ("Kun opkald", "Også chat", "Calls alone", "Chat too")
WHY = ("Telefonen var ude af drift.", "The telephone was out of order.")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    for source in (SOME, OTHER):
        Store(made).add_source(LOCAL, source)
    return made


@pytest.fixture
def notes(home: Home) -> SeriesNotes:
    return SeriesNotes(home, SOME, clock=lambda: NOW)


def lines(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    return list(frame.itertuples(index=False, name=None))


def test_what_is_kept_is_told_by_month_with_when_and_by_whom(notes: SeriesNotes) -> None:
    notes.add_break(LOCAL, APRIL, *LABELS)
    notes.add_break(LOCAL, MARCH, *LABELS)
    notes.exclude(LOCAL, APRIL, *WHY)
    notes.exclude(LOCAL, MARCH, *WHY)
    breaks, excluded = notes.breaks(LOCAL), notes.excluded(LOCAL)
    assert list(breaks) == [
        "month",
        "left_da",
        "left_en",
        "right_da",
        "right_en",
        "kept_at",
        "actor",
    ]
    line = ("Kun opkald", "Calls alone", "Også chat", "Chat too", pd.Timestamp(NOW), "local")
    assert lines(breaks) == [(MARCH, *line), (APRIL, *line)]
    assert list(excluded) == ["month", "reason_da", "reason_en", "kept_at", "actor"]
    assert lines(excluded) == [(m, *WHY, pd.Timestamp(NOW), "local") for m in (MARCH, APRIL)]


def test_months_are_dates_also_when_there_are_none(notes: SeriesNotes) -> None:
    for frame in (notes.breaks(LOCAL), notes.excluded(LOCAL)):
        assert frame.empty
        assert pd.api.types.is_datetime64_dtype(frame["month"])


def test_the_danish_text_stands_for_an_english_one_that_is_left_out(notes: SeriesNotes) -> None:
    notes.add_break(LOCAL, MARCH, "  Kun \n opkald ", "Også chat", " ", "Chat too")
    notes.exclude(LOCAL, MARCH, WHY[0], "")
    (broken,) = notes.breaks(LOCAL).itertuples()
    assert (broken.left_da, broken.left_en) == ("Kun opkald", "Kun opkald")
    assert (broken.right_da, broken.right_en) == ("Også chat", "Chat too")
    assert list(notes.excluded(LOCAL)["reason_en"]) == [WHY[0]]


def test_the_newest_line_of_a_month_counts_and_one_taken_back_has_none_until_said_again(
    notes: SeriesNotes, home: Home
) -> None:
    for label, why in (("Ny liste", "Kampagne"), ("Nyt skema", "Strejke")):
        notes.add_break(LOCAL, MARCH, "Før", label, "", "")
        notes.exclude(LOCAL, MARCH, why, "")
    assert list(notes.breaks(LOCAL)["right_da"]) == ["Nyt skema"]
    assert list(notes.excluded(LOCAL)["reason_da"]) == ["Strejke"]
    notes.remove_break(LOCAL, MARCH)
    assert notes.breaks(LOCAL).empty
    assert list(notes.excluded(LOCAL)["month"]) == [MARCH]
    notes.include(LOCAL, MARCH)
    assert notes.excluded(LOCAL).empty
    notes.add_break(LOCAL, MARCH, *LABELS)
    notes.exclude(LOCAL, MARCH, *WHY)
    assert list(notes.breaks(LOCAL)["right_da"]) == ["Også chat"]
    assert list(notes.excluded(LOCAL)["reason_da"]) == [WHY[0]]
    store = engine.connect(home.store, read_only=True)
    rows = {name: rows for name, (rows, _) in engine.read_all(store).items()}
    store.close()
    assert (rows["series_break"], rows["excluded_month"]) == (4, 4)  # none was edited or deleted


def labelled(danish: str, english: str = "") -> Callable[[SeriesNotes], None]:
    return lambda notes: notes.add_break(LOCAL, MARCH, "Før", danish, "", english)


def reasoned(danish: str, english: str = "") -> Callable[[SeriesNotes], None]:
    return lambda notes: notes.exclude(LOCAL, MARCH, danish, english)


def at(month: str) -> list[Callable[[SeriesNotes], None]]:
    day = pd.Timestamp(month)
    return [
        lambda notes: notes.add_break(LOCAL, day, *LABELS),
        lambda notes: notes.exclude(LOCAL, day, *WHY),
    ]


MONTHLESS = [
    (act, "note_month")
    for month in ("2019-03-02", "2019-03-31", "2019-03-01 08:00", "2026-12-01", "NaT")
    for act in at(month)
]
TEXTLESS = [
    (labelled(""), "note_empty"),
    (labelled(" \n ", "English alone"), "note_empty"),
    (lambda notes: notes.add_break(LOCAL, MARCH, "", "Efter", "", ""), "note_empty"),
    (reasoned(""), "note_empty"),
    (reasoned(" ", "English alone"), "note_empty"),
    (labelled("x" * (LONGEST_LABEL + 1)), "note_long"),
    (labelled("Efter", "x" * (LONGEST_LABEL + 1)), "note_long"),
    (reasoned("x" * (LONGEST_REASON + 1)), "note_long"),
    (reasoned("Strejke", "x" * (LONGEST_REASON + 1)), "note_long"),
    (labelled("<b>Efter</b>"), "note_markup"),
    (reasoned("Se [her](https://example.dk)"), "note_markup"),
    (reasoned("\N{RIGHT-TO-LEFT OVERRIDE}Strejke"), "note_markup"),
]
PERSONAL = (
    "Efter 010190-1234",
    "Spørg anna@example.dk",
    "Ring 70102030",
    "Mette Hansen var syg",
    "Flyttet til Skolevej 12",
)


@pytest.mark.parametrize(
    ("act", "fault"),
    [
        *MONTHLESS,
        *TEXTLESS,
        *((act(text), "note_personal") for text in PERSONAL for act in (labelled, reasoned)),
        *(
            (act("Efter", text), "note_personal")
            for text in PERSONAL
            for act in (labelled, reasoned)
        ),
    ],
)
def test_what_cannot_stand_before_readers_is_not_kept(
    notes: SeriesNotes, act: Callable[[SeriesNotes], None], fault: str
) -> None:
    with pytest.raises(Fault) as refused:
        act(notes)
    assert refused.value.code == fault
    assert set(refused.value.facts) <= {"found", "most"}
    assert notes.breaks(LOCAL).empty and notes.excluded(LOCAL).empty


def test_the_longest_text_and_the_month_that_has_just_begun_are_kept(notes: SeriesNotes) -> None:
    notes.add_break(LOCAL, NOVEMBER, "x" * LONGEST_LABEL, "y" * LONGEST_LABEL, "", "")
    notes.exclude(LOCAL, NOVEMBER, "z" * LONGEST_REASON, "")
    assert list(notes.breaks(LOCAL)["month"]) == [NOVEMBER]
    assert list(notes.excluded(LOCAL)["month"]) == [NOVEMBER]


@pytest.mark.parametrize(
    "reason",
    [
        "Telefonen var ude af drift i to uger af marts 2019.",
        "Kampagne i august 2020 gav usædvanligt mange opkald, og der kom 1.234 henvendelser.",
        "Der var strejke; hotlinen tog kun imod om formiddagen (kl. 9-12).",
        "Nyt journalsystem pr. 1. april 2019, så en del blev talt to gange.",
    ],
)
def test_a_reason_as_a_steward_would_write_it_is_kept(notes: SeriesNotes, reason: str) -> None:
    notes.exclude(LOCAL, MARCH, reason, "")
    assert list(notes.excluded(LOCAL)["reason_da"]) == [reason]


READS: list[Callable[[SeriesNotes, Actor], object]] = [
    lambda notes, actor: notes.breaks(actor),
    lambda notes, actor: notes.excluded(actor),
]
WRITES: list[Callable[[SeriesNotes, Actor], object]] = [
    lambda notes, actor: notes.add_break(actor, MARCH, *LABELS),
    lambda notes, actor: notes.remove_break(actor, MARCH),
    lambda notes, actor: notes.exclude(actor, MARCH, *WHY),
    lambda notes, actor: notes.include(actor, MARCH),
]
ONE_OF_TWO = Actor("anna", frozenset({"steward"}), ("some/a",))


@pytest.mark.parametrize(
    ("act", "actor"),
    [
        *((act, ONE_OF_TWO) for act in WRITES),
        *(
            (act, actor)
            for act in (*READS, *WRITES)
            for actor in (
                READER,
                Actor("bo", frozenset({"steward"}), ("other/a",)),
                Actor("carl", frozenset({"publisher"}), ("*",)),
            )
        ),
    ],
)
def test_only_a_steward_of_all_reporters_speaks_of_a_source(
    notes: SeriesNotes, act: Callable[[SeriesNotes, Actor], object], actor: Actor
) -> None:
    with pytest.raises(Forbidden):
        act(notes, actor)
    assert notes.breaks(LOCAL).empty and notes.excluded(LOCAL).empty


@pytest.mark.parametrize("act", READS)
def test_a_steward_of_one_reporter_sees_what_is_said_of_the_source(
    notes: SeriesNotes, act: Callable[[SeriesNotes, Actor], pd.DataFrame]
) -> None:
    assert act(notes, ONE_OF_TWO).empty
    notes.add_break(LOCAL, MARCH, *LABELS)
    notes.exclude(LOCAL, MARCH, *WHY)
    assert len(act(notes, ONE_OF_TWO)) == 1


def test_one_source_does_not_hear_of_anothers_and_the_publisher_hears_of_all(
    notes: SeriesNotes, home: Home
) -> None:
    others = SeriesNotes(home, OTHER, clock=lambda: NOW)
    notes.add_break(LOCAL, APRIL, *LABELS)
    others.add_break(LOCAL, APRIL, "Før", "Efter", "", "")
    notes.add_break(LOCAL, MARCH, *LABELS)
    notes.remove_break(LOCAL, MARCH)
    others.exclude(LOCAL, MARCH, *WHY)
    assert list(others.breaks(LOCAL)["right_da"]) == ["Efter"]
    assert notes.excluded(LOCAL).empty
    breaks, excluded = standing(LOCAL, home)
    assert list(breaks) == ["source", "month", "left_da", "left_en", "right_da", "right_en"]
    assert lines(breaks) == [
        ("other", APRIL, "Før", "Før", "Efter", "Efter"),
        ("some", APRIL, "Kun opkald", "Calls alone", "Også chat", "Chat too"),
    ]
    assert list(excluded) == ["source", "month", "reason_da", "reason_en"]
    assert lines(excluded) == [("other", MARCH, *WHY)]


def test_only_a_publisher_hears_of_all_sources(home: Home) -> None:
    with pytest.raises(Forbidden):
        standing(Actor("anna", frozenset({"steward"}), ("*",)), home)


def test_a_store_of_the_version_before_is_brought_up_and_keeps_its_sources(tmp_path: Path) -> None:
    home = Home(tmp_path).prepare()
    old = engine.connect(home.store)
    for version in range(1, 5):
        engine.create(old, f"store_{version}")
    row = {"source": "some", "name_da": "Nogle", "name_en": "Some", "unit": "inquiry"}
    engine.fill(old, "source", pd.DataFrame([row | {"columns": "month,count", "synthetic": False}]))
    old.close()
    SeriesNotes(home, SOME, clock=lambda: NOW).exclude(LOCAL, MARCH, *WHY)
    assert [source.source for source in Store(home).sources(LOCAL)] == ["some"]
    assert lines(standing(LOCAL, home)[1]) == [("some", MARCH, *WHY)]
