"""What a file would change: month by month, value by value, and which values come and go."""

from __future__ import annotations

import pandas as pd
import pytest

from inquiries.changes import by_month, by_value, new_values, value_changes
from inquiries.charts.own_months import own_months
from inquiries.exports.monthly_file import filled
from inquiries.filing import MASKED_COUNT, Source
from inquiries.intake import examine
from inquiries.labelled import MASKED, labelled
from inquiries.vocabulary import REGISTERED
from inquiries.words import words

MONTHS = list(pd.date_range("2020-01-01", periods=4, freq="MS"))
SOME = ("month", "channel", "theme", "count")
SOURCE = Source("some", "Nogle", "Some", "inquiry", SOME)


def rows(*found: tuple[pd.Timestamp, str, str, int]) -> pd.DataFrame:
    frame = pd.DataFrame(found, columns=list(SOME))
    return frame.reindex(columns=list(REGISTERED), fill_value="").assign(masked=False)


STANDING = rows(
    *((month, "phone", "threats", 5) for month in MONTHS[:3]),
    *((month, "chat", "threats", 2) for month in MONTHS[:3]),
    (MONTHS[0], "email", "threats", 1),
)
NEXT = rows((MONTHS[3], "phone", "threats", 6), (MONTHS[3], "phone", "forced_marriage", 1))


def test_a_month_without_rows_becomes_zero_and_a_new_one_has_no_old_figure() -> None:
    standing = pd.DataFrame({"month": MONTHS[:3], "count": [8, 7, 7]})
    found = by_month(rows((MONTHS[2], "phone", "threats", 9)), tuple(MONTHS[1:]), standing)
    assert list(found["new"]) == [0, 9, 0]
    assert list(found["old"][:2]) == [7, 7] and pd.isna(found["old"].iloc[2])


def test_values_are_compared_in_the_months_of_the_file_alone() -> None:
    corrected = rows((MONTHS[2], "phone", "threats", 9))
    found = by_value(corrected, STANDING).set_index(["dimension", "code"])
    assert tuple(found.loc[("channel", "phone")]) == (5, 9)
    assert tuple(found.loc[("channel", "chat")]) == (2, 0)
    assert ("channel", "email") not in found.index
    assert list(value_changes(found.reset_index(), words("da")).columns)[:2] == [
        "Oplysning",
        "Værdi",
    ]


def test_a_value_never_filed_before_is_told() -> None:
    assert new_values(NEXT, STANDING) == [("theme", "forced_marriage")]


def test_with_nothing_to_compare_no_value_is_new() -> None:
    assert new_values(NEXT, STANDING.iloc[:0]) == []
    assert new_values(NEXT.iloc[:0], STANDING) == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_chart_of_own_months_holds_old_and_new(language: str) -> None:
    standing = pd.DataFrame({"month": MONTHS[:3], "count": [8, 7, 7]})
    changed = by_month(rows((MONTHS[2], "phone", "threats", 9)), (MONTHS[2],), standing)
    spec = own_months(standing, changed, words(language)).to_dict()
    held = [row for data in spec["datasets"].values() for row in data]
    assert {row["count"] for row in held if "count" in row} == {8, 7, 9}
    assert [row["old"] for row in held if "old" in row and "count" not in row] == [7]


@pytest.mark.parametrize("language", ["da", "en"])
def test_rows_in_words_are_read_back_as_the_same_rows(language: str) -> None:
    """What is shown as understood, and what a form makes, is what the intake takes in."""
    spoken = words(language)
    told = labelled(NEXT, SOME, spoken)
    data = filled(SOURCE, MONTHS[3], told.iloc[:, 1:], spoken)
    verdict = examine(data, SOURCE, MONTHS[3])
    pd.testing.assert_frame_equal(verdict.rows, NEXT, check_dtype=False)


def test_a_masked_count_is_shown_as_reporters_write_it() -> None:
    masked = NEXT.assign(count=MASKED_COUNT, masked=True)
    assert set(labelled(masked, SOME, words("da"))["antal"]) == {MASKED}
