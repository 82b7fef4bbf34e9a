"""A file against what its reporter has in force: each rule warns at its edge and is silent below it."""

from __future__ import annotations

import pandas as pd
import pytest
from monthly_file import FULL, NEWEST, ROW, TOTALS, full, said, totals

from inquiries.filing import Source
from inquiries.intake import ACCEPT, ACCEPT_WARNING, examine
from inquiries.intake.history import FEWEST_MONTHS, FEWEST_ROWS, compare
from inquiries.intake.problem import WARNING
from inquiries.vocabulary import vocabulary

MUNICIPALITIES = [label.label_da for label in vocabulary().of("municipality")]


def rows(text: str, source: Source = FULL) -> pd.DataFrame:
    verdict = examine(text.encode(), source, NEWEST)
    assert verdict.is_accepted, said(verdict)
    return verdict.rows


def month_of(number: int, count: str = "12", month: str = "2026-09") -> str:
    """A month with as many rows, one a municipality."""
    cells = ROW.replace(";12", f";{count}").replace("2026-09", month)
    return full(*(cells.replace("Tønder", name) for name in MUNICIPALITIES[:number]))


def series(counts: list[int], first: str = "2025-01") -> pd.DataFrame:
    """Totals a month from a month on."""
    months = pd.period_range(first, periods=len(counts), freq="M")
    return rows(
        totals(*(f"{month};{count}" for month, count in zip(months, counts, strict=True))), TOTALS
    )


def codes(new: pd.DataFrame, standing: pd.DataFrame) -> list[str]:
    problems = compare(new, standing)
    assert {problem.severity for problem in problems} <= {WARNING}
    return [problem.code for problem in problems]


NOTHING = pd.DataFrame()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (month_of(FEWEST_ROWS, "4"), ["small_counts"]),
        (month_of(FEWEST_ROWS, "<5"), ["small_counts"]),
        (month_of(FEWEST_ROWS, "5"), []),
        (month_of(FEWEST_ROWS - 1, "4"), []),
        (month_of(FEWEST_ROWS, "0"), []),
    ],
)
def test_a_first_file_of_small_counts_alone_is_confirmed(text: str, expected: list[str]) -> None:
    assert codes(rows(text), NOTHING) == expected


def test_small_counts_are_asked_of_once() -> None:
    standing = rows(month_of(FEWEST_ROWS, "4", "2026-08"))
    assert codes(rows(month_of(FEWEST_ROWS, "4")), standing) == []


@pytest.mark.parametrize(
    "again",
    [
        month_of(20),
        "\n".join(reversed(month_of(20).splitlines()[1:])).join((month_of(0), "\n")),
        month_of(20) + ROW.replace("Telefon", "Chat").replace(";12", ";0"),
    ],
    ids=["as it was", "in another order", "with a zero more"],
)
def test_the_same_figures_again_are_nothing_new(again: str) -> None:
    assert codes(rows(again), rows(month_of(20))) == ["nothing_new"]


def test_the_same_figures_with_a_masked_one_are_new() -> None:
    two = month_of(20, "2")
    masked = two.replace(";2\n", ";<5\n", 1)
    assert codes(rows(masked), rows(two)) == ["month_replaced"]


def test_a_month_that_stands_is_replaced_only_when_that_is_confirmed() -> None:
    standing = rows(month_of(20))
    changed = month_of(19).replace(";12", ";13", 1)
    problems = compare(rows(changed), standing)
    assert [(one.code, one.facts["number"]) for one in problems] == [("month_replaced", 2)]


@pytest.mark.parametrize(
    ("new", "old", "is_shorter"),
    [(10, 20, True), (11, 20, False), (5, FEWEST_ROWS, True), (1, FEWEST_ROWS - 1, False)],
)
def test_half_of_a_months_rows_gone_is_asked_of(new: int, old: int, is_shorter: bool) -> None:
    found = codes(rows(month_of(new)), rows(month_of(old)))
    assert ("month_shorter" in found) == is_shorter


@pytest.mark.parametrize(
    ("newest", "expected"), [("2026-08", []), ("2026-07", ["gap"]), ("2025-09", ["gap"])]
)
def test_a_month_left_out_is_asked_of(newest: str, expected: list[str]) -> None:
    assert codes(rows(month_of(20)), rows(month_of(20, month=newest))) == expected


# Twelve months of 90 to 111, median 100.5, scaled median absolute deviation 1.4826 * 4.5 = 6.67;
# chance alone gives the root of 100.5, which is 10.02, so the limits are 100.5 -+ 35.1.
USUAL = [90, 111, 94, 107, 96, 105, 97, 104, 98, 103, 100, 101]


@pytest.mark.parametrize(
    ("count", "is_far"),
    [(65, True), (66, False), (100, False), (135, False), (136, True), (0, True)],
)
def test_a_month_far_from_the_usual_is_asked_of(count: int, is_far: bool) -> None:
    found = codes(series([count], "2026-01"), series(USUAL))
    assert found == (["outlier"] if is_far else [])


def test_a_wide_spread_widens_what_is_usual() -> None:
    wide = [40, 160, 50, 150, 60, 140, 70, 130, 80, 120, 90, 110]
    assert codes(series([190], "2026-01"), series(wide)) == []
    assert codes(series([400], "2026-01"), series(wide)) == ["outlier"]


def test_fewer_than_twelve_months_show_nothing_usual() -> None:
    assert len(USUAL) == FEWEST_MONTHS
    assert codes(series([900], "2025-12"), series(USUAL[:-1])) == []


def test_what_came_after_the_file_is_no_history_of_it() -> None:
    later = series(USUAL, "2025-06")
    assert codes(series([900], "2025-05"), later) == []


@pytest.mark.parametrize(
    ("months", "is_missed"), [(FEWEST_MONTHS, True), (FEWEST_MONTHS - 1, False)]
)
def test_a_label_that_was_always_there_is_missed(months: int, is_missed: bool) -> None:
    spans = pd.period_range(end="2026-08", periods=months, freq="M")
    both = [
        ROW.replace("2026-09", str(month)).replace("Telefon", channel)
        for month in spans
        for channel in ("Telefon", "Chat")
    ]
    problems = [one for one in compare(rows(full(ROW)), rows(full(*both))) if one.column]
    assert [(one.code, one.column) for one in problems] == (
        [("label_missing", "channel")] if is_missed else []
    )
    assert not problems or problems[0].facts["labels"] == {"da": "Chat", "en": "Chat"}


def test_a_label_that_was_away_before_is_not_missed() -> None:
    spans = [str(month) for month in pd.period_range(end="2026-08", periods=12, freq="M")]
    phone = [ROW.replace("2026-09", month) for month in spans]
    chat = [row.replace("Telefon", "Chat") for row in phone[:-1]]
    found = compare(rows(full(ROW)), rows(full(*phone, *chat)))
    assert "label_missing" not in {problem.code for problem in found}


def test_a_file_is_compared_when_what_stands_is_given() -> None:
    data = month_of(20).encode()
    first = examine(data, FULL, NEWEST, standing=NOTHING)
    again = examine(data, FULL, NEWEST, standing=first.rows)
    assert (first.outcome, again.outcome) == (ACCEPT, ACCEPT_WARNING)
    assert "de samme som dem, der allerede er indberettet" in said(again)
