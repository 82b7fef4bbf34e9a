"""A source's own labels: kept once, read ever after, never a person's, and taken back without a trace lost."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from inquiries.actor import LOCAL, READER, Actor
from inquiries.faults import Fault, Forbidden
from inquiries.filing import Reporter, Source
from inquiries.home import Home
from inquiries.intake import examine
from inquiries.spellings import Spellings, by_label
from inquiries.store import Store

SOME = Source(
    "some",
    "Nogle",
    "Some",
    "inquiry",
    ("month", "channel", "count"),
    reporters=(Reporter("a", "A", "A"), Reporter("b", "B", "B")),
)
FILE = "måned;kanal;antal\n2026-09;Skranken;4\n".encode()
SEPTEMBER = pd.Timestamp("2026-09-01")


@pytest.fixture
def spellings(tmp_path: Path) -> Spellings:
    Store(Home(tmp_path)).add_source(LOCAL, SOME)
    return Spellings(Home(tmp_path), SOME, clock=lambda: datetime(2026, 11, 22))


def test_a_kept_label_is_read_in_every_spelling_of_it(spellings: Spellings) -> None:
    assert not examine(FILE, SOME, SEPTEMBER).is_accepted
    spellings.keep(LOCAL, "channel", " SKRANKEN ", "in_person")
    verdict = examine(FILE, SOME, SEPTEMBER, spellings=by_label(spellings.kept(LOCAL)))
    assert list(verdict.rows["channel"]) == ["in_person"]


def test_the_newest_meaning_counts_and_one_taken_back_has_none(spellings: Spellings) -> None:
    spellings.keep(LOCAL, "channel", "Skranken", "in_person")
    spellings.keep(LOCAL, "channel", "Skranken", "other")
    assert by_label(spellings.kept(LOCAL)) == {("channel", "skranken"): "other"}
    spellings.take_back(LOCAL, "channel", "skranken")
    assert by_label(spellings.kept(LOCAL)) == {}


@pytest.mark.parametrize(
    ("dimension", "label", "code", "fault"),
    [
        ("channel", "Skranken", "no-such-code", "spelling_unknown"),
        ("theme", "Skranken", "threats", "spelling_unknown"),  # not registered by this source
        ("month", "september", "2026-09", "spelling_unknown"),
        ("channel", "  ", "phone", "spelling_refused"),
        ("channel", "x" * 61, "phone", "spelling_refused"),
        ("channel", "Telefon", "chat", "spelling_refused"),
        ("channel", "skranken, 010190-1234", "phone", "spelling_personal"),
        ("channel", "anna@example.dk", "phone", "spelling_personal"),
    ],
)
def test_what_is_no_label_is_not_kept(
    spellings: Spellings, dimension: str, label: str, code: str, fault: str
) -> None:
    with pytest.raises(Fault) as refused:
        spellings.keep(LOCAL, dimension, label, code)
    assert refused.value.code == fault
    assert spellings.kept(LOCAL).empty


def test_only_a_steward_of_all_reporters_sets_the_labels_of_a_source(spellings: Spellings) -> None:
    one = Actor("anna", frozenset({"steward"}), ("some/a",))
    for actor in (READER, one):
        with pytest.raises(Forbidden):
            spellings.keep(actor, "channel", "Skranken", "in_person")
    spellings.keep(LOCAL, "channel", "Skranken", "in_person")
    assert len(spellings.kept(one)) == 1  # needed to read its files by
    with pytest.raises(Forbidden):
        spellings.kept(READER)
