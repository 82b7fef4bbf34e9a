"""The committed data keep their promises: passports, places, labels, phases, events."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from inquiries.faults import Fault
from inquiries.vocabulary import require_phases

DATA = Path(__file__).resolve().parents[1] / "data"

SOMEWHERE_ON_THE_WEB = re.compile(r"https?://[\w.-]+\.\w+")


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def covers(line: str, file: str) -> bool:
    return file.startswith(line.removesuffix("**")) if line.endswith("/**") else file == line


def months(first: str, last: str) -> list[date]:
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    span = (end.year - day.year) * 12 + end.month - day.month
    return [
        date(day.year + (day.month - 1 + n) // 12, (day.month - 1 + n) % 12 + 1, 1)
        for n in range(span + 1)
    ]


# Passports


def test_every_file_under_data_has_one_passport() -> None:
    lines = [row["file"] for row in rows("sources")]
    for path in DATA.rglob("*"):
        file = path.relative_to(DATA).as_posix()
        if path.is_file() and "__pycache__" not in file:
            assert sum(covers(line, file) for line in lines) == 1, (
                f"data/sources.csv: a line for {file}?"
            )


def test_every_passport_is_filled_in_and_points_at_something() -> None:
    for row in rows("sources"):
        assert all(row.values()), row
        assert row["status"] in {"published", "reference", "synthetic"}
        assert date.fromisoformat(row["retrieved"])
        assert (DATA / row["file"].removesuffix("/**")).exists(), row["file"]


@pytest.mark.parametrize(
    "path", sorted((DATA / "reference").glob("*.csv")), ids=lambda path: path.stem
)
def test_reference_files_are_plain_utf8_with_lf_and_whole_lines(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert "\r" not in text and "\ufeff" not in text and text.endswith("\n")
    for row in rows(f"reference/{path.stem}"):
        assert None not in row and None not in row.values(), row


# Places


def test_there_are_98_municipalities_in_12_police_districts() -> None:
    places = rows("reference/municipalities")
    assert (
        len(places)
        == len({row["code"] for row in places})
        == len({row["name"] for row in places})
        == 98
    )
    assert len({row["police_district"] for row in places}) == 12


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        (
            "2016-01-01",
            {
                "hovedstaden": 29,
                "sjaelland": 17,
                "syddanmark": 22,
                "midtjylland": 19,
                "nordjylland": 11,
            },
        ),
        (
            "2026-12-01",
            {
                "hovedstaden": 29,
                "sjaelland": 17,
                "syddanmark": 22,
                "midtjylland": 19,
                "nordjylland": 11,
            },
        ),
        ("2027-01-01", {"oestdanmark": 46, "syddanmark": 22, "midtjylland": 19, "nordjylland": 11}),
    ],
)
def test_every_municipality_lies_in_one_region_in_any_month(
    month: str, expected: dict[str, int]
) -> None:
    in_force = [
        row
        for row in rows("reference/municipality_regions")
        if row["first_month"] <= month <= (row["last_month"] or "9999")
    ]
    assert Counter(row["region"] for row in in_force) == expected
    assert {row["municipality"] for row in in_force} == {
        row["code"] for row in rows("reference/municipalities")
    }
    assert len(in_force) == 98


def test_regions_are_in_force_as_long_as_their_municipalities_say() -> None:
    regions = {row["region"]: row for row in rows("reference/regions")}
    for row in rows("reference/municipality_regions"):
        region = regions[row["region"]]
        assert (row["first_month"], row["last_month"]) == (
            region["first_month"],
            region["last_month"],
        )


# Labels


def test_a_spelling_stands_at_one_code_of_its_dimension() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows("reference/labels"):
        if row["accepted"] == "yes":
            for spelling in (
                row["code"],
                row["label_da"],
                row["label_en"],
                *row["spellings"].split("|"),
            ):
                owners[row["dimension"], spelling.strip().casefold()].add(row["code"])
    owners = {key: codes for key, codes in owners.items() if key[1]}
    assert {key: codes for key, codes in owners.items() if len(codes) > 1} == {}


def test_every_group_is_a_code_of_its_dimension_and_no_part_itself() -> None:
    labels = {(row["dimension"], row["code"]): row for row in rows("reference/labels")}
    assert len(labels) == len(rows("reference/labels"))
    for (dimension, _), row in labels.items():
        if row["group"]:
            assert labels[dimension, row["group"]]["group"] == ""
            assert labels[dimension, row["group"]]["published"] == "yes"


def test_every_dimension_knows_the_unknown_and_counts_its_order_from_one() -> None:
    by_dimension = defaultdict(list)
    for row in rows("reference/labels"):
        assert {row["accepted"], row["published"]} <= {"yes", "no"}
        by_dimension[row["dimension"]].append(row)
    for dimension, labels in by_dimension.items():
        assert [int(row["order"]) for row in labels] == list(range(1, len(labels) + 1))
        assert dimension == "column" or "unknown" in {row["code"] for row in labels}


def test_other_and_unknown_gender_are_registered_apart_and_published_together() -> None:
    gender = {row["code"]: row for row in rows("reference/labels") if row["dimension"] == "gender"}
    marks = {
        code: (row["group"], row["accepted"], row["published"]) for code, row in gender.items()
    }
    assert marks == {
        "woman": ("", "yes", "yes"),
        "man": ("", "yes", "yes"),
        "other_or_unknown": ("", "no", "yes"),
        "other": ("other_or_unknown", "yes", "no"),
        "unknown": ("other_or_unknown", "yes", "no"),
    }


def test_what_is_no_label_stays_unknown() -> None:
    known = {
        (row["dimension"], spelling.casefold())
        for row in rows("reference/labels")
        for spelling in (
            row["code"],
            row["label_da"],
            row["label_en"],
            *row["spellings"].split("|"),
        )
    }
    for wrong in [
        ("gender", "2"),
        ("gender", "kvinnde"),
        ("age_band", "17"),
        ("age_band", "jan-15"),
        ("age_band", "15-71"),
        ("inquirer", "nabo til nabo"),
        ("theme", "i alt"),
        ("channel", "total"),
    ]:
        assert wrong not in known


# Sources, phases, events


def test_sources_use_known_columns_and_every_reporter_has_its_source() -> None:
    columns = {row["code"] for row in rows("reference/labels") if row["dimension"] == "column"}
    sources = {row["source"]: row for row in rows("reference/sources")}
    for row in sources.values():
        assert {"month", "count"} <= set(row["columns"].split()) <= columns
        assert row["unit"] in {"inquiry", "case"} and row["synthetic"] in {"yes", "no"}
    assert {row["source"] for row in rows("reference/reporters")} == set(sources)


def test_a_synthetic_source_calls_itself_an_example() -> None:
    for row in rows("reference/sources"):
        if row["synthetic"] == "yes":
            assert row["name_da"].startswith("Eksempel-") and row["name_en"].startswith("Example")


def test_phases_have_no_hole_and_no_overlap() -> None:
    phases = rows("reference/phases")
    assert phases[0]["first_month"] == ""
    covered = [
        month for row in phases[1:] for month in months(row["first_month"], row["last_month"])
    ]
    assert covered == months("2020-03-01", "2022-02-01")
    assert phases[0]["last_month"] == "2020-02-01"


def test_phases_play_known_roles_and_only_lockdowns_are_shaded() -> None:
    for row in rows("reference/phases"):
        assert row["role"] in {"baseline", "transition", "lockdown", "between", "after"}
        assert row["shaded"] == ("yes" if row["role"] == "lockdown" else "no")


def test_every_event_has_a_source_a_date_and_both_titles() -> None:
    events = rows("reference/events")
    codes = {row["code"] for row in rows("reference/municipalities")}
    assert len({row["event"] for row in events}) == len(events)
    for row in events:
        assert SOMEWHERE_ON_THE_WEB.match(row["source_url"]), row["event"]
        assert date.fromisoformat(row["first_day"]) <= date.fromisoformat(
            row["last_day"] or row["first_day"]
        )
        assert row["theme"] in {"schools", "associations", "general"}
        assert row["precision"] in {"day", "month", "about"}
        assert row["area"] in {"national", "partial"} or set(row["area"].split()) <= codes
        assert row["title_da"] and row["title_en"]


def test_school_closing_holds_each_month_of_2020_to_2022_once() -> None:
    assert [row["month"] for row in rows("reference/school_closing")] == [
        f"{month:%Y-%m}" for month in months("2020-01-01", "2022-12-01")
    ]


@pytest.mark.parametrize(
    "name", ["published_counts", "guidance", "law", "before_acting", "refused_numbers"]
)
def test_every_published_fact_has_its_source(name: str) -> None:
    for row in rows(f"reference/{name}"):
        assert SOMEWHERE_ON_THE_WEB.match(row["source_url"]), row


def test_published_counts_are_whole_numbers_with_unit_and_period() -> None:
    period = re.compile(r"\d{4}(-\d\d|-Q[1-4])?(/\d{4}(-\d\d)?)?")
    for row in rows("reference/published_counts"):
        assert int(row["count"]) > 0
        assert row["unit"] in {"inquiry", "case", "conversation", "report", "person"}
        assert period.fullmatch(row["period"]), row


BASELINE = ("before", "baseline", "1900-01-01", "2020-02-01")
PHASE_TABLES = {
    "phase_overlap": [
        BASELINE,
        ("one", "lockdown", "2020-03-01", "2020-06-01"),
        ("two", "between", "2020-06-01", "2020-08-01"),
    ],
    "phase_backwards": [BASELINE, ("one", "lockdown", "2020-06-01", "2020-03-01")],
    "phase_baseline": [("one", "lockdown", "2020-03-01", "2020-06-01")],
}


def phase_rows(rows: list[tuple[str, str, str, str]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["phase", "role", "first_month", "last_month"])
    months = ["first_month", "last_month"]
    return table.assign(**{name: pd.to_datetime(table[name]) for name in months})


@pytest.mark.parametrize("code", PHASE_TABLES)
def test_a_phase_table_that_cannot_be_compared_is_refused(code: str) -> None:
    with pytest.raises(Fault) as told:
        require_phases(phase_rows(PHASE_TABLES[code]))
    assert told.value.code == code


def test_phases_that_follow_on_each_other_are_put_in_order() -> None:
    rows = [("one", "lockdown", "2020-03-01", "2020-06-01"), BASELINE]
    assert list(require_phases(phase_rows(rows))["phase"]) == ["before", "one"]
