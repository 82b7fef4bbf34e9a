"""What must hold of the made-up example data, and of the script that draws them."""

import csv
import json
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[1] / "data"
SAMPLE = DATA / "sample"
HEADER = "måned;kommune;kanal;tema;henvendelse_fra;aldersgruppe;køn;antal"
DIMENSIONS = {
    "kanal": "channel",
    "tema": "theme",
    "henvendelse_fra": "inquirer",
    "aldersgruppe": "age_band",
    "køn": "gender",
}
HOTLINE, CONSULTANTS = "eksempel-hotline", "eksempel-konsulenter"
MONTHS = [f"{year}-{month:02}" for year in range(2016, 2027) for month in range(1, 13)][:-2]


@cache
def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def files(source: str = "*", reporter: str = "*") -> list[Path]:
    return sorted(SAMPLE.glob(f"{source}/{reporter}/*.csv"))


def reported_months(source: str, reporter: str) -> list[str]:
    return [path.stem for path in files(source, reporter)]


@cache
def totals(source: str) -> Counter[str]:
    total: Counter[str] = Counter()
    for path in files(source):
        total[path.stem] += sum(int(row["antal"]) for row in rows(path))
    return total


def mean_total(source: str, first: str, last: str) -> float:
    span = [month for month in MONTHS if first <= month <= last]
    return sum(totals(source)[month] for month in span) / len(span)


@cache
def truth() -> dict[str, Any]:
    text = (SAMPLE / "truth.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def reference(name: str) -> list[dict[str, str]]:
    with (DATA / "reference" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def accepted_labels(dimension: str) -> set[str]:
    return {
        row["label_da"]
        for row in reference("labels.csv")
        if row["dimension"] == dimension and row["accepted"] == "yes"
    }


def used(column: str) -> set[str]:
    return {row[column] for path in files() for row in rows(path)}


def test_the_script_makes_the_same_bytes_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, SAMPLE / "make.py", tmp_path], check=True, timeout=60)
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    kept = {path.relative_to(SAMPLE) for path in [*files(), SAMPLE / "truth.json"]}
    assert made == kept
    different = [p for p in kept if (SAMPLE / p).read_bytes() != (tmp_path / p).read_bytes()]
    assert different == []


def test_the_hotline_never_reported_one_month() -> None:
    assert set(MONTHS) - set(reported_months(HOTLINE, HOTLINE)) == {"2024-07"}


def test_one_reporter_still_owes_the_newest_month() -> None:
    assert reported_months(CONSULTANTS, "vest") == MONTHS
    assert reported_months(CONSULTANTS, "oest") == MONTHS[:-1]


def test_there_are_no_other_files() -> None:
    assert len(files()) == 129 + 130 + 129


def test_every_file_is_plain_utf8_with_the_agreed_header() -> None:
    for path in files():
        content = path.read_bytes()
        assert content.startswith((HEADER + "\n").encode()), path
        assert content.endswith(b"\n") and b"\r" not in content, path


def test_a_file_holds_its_own_month_only() -> None:
    for path in files():
        assert {row["måned"] for row in rows(path)} == {path.stem}, path


def test_no_combination_stands_twice_and_rows_are_sorted() -> None:
    for path in files():
        keys = [tuple(row.values())[:-1] for row in rows(path)]
        assert len(keys) == len(set(keys)), path
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        assert lines == sorted(lines), path


def test_every_count_is_a_whole_number_above_zero() -> None:
    assert all(count.isdecimal() and int(count) >= 1 for count in used("antal"))


@pytest.mark.parametrize(("column", "dimension"), DIMENSIONS.items())
def test_every_label_is_one_the_reference_accepts(column: str, dimension: str) -> None:
    assert used(column) <= accepted_labels(dimension)


def test_every_municipality_occurs_and_some_inquiries_have_none() -> None:
    names = {row["name"] for row in reference("municipalities.csv")}
    assert used("kommune") == names | {"Uoplyst"}


@pytest.mark.parametrize(
    ("column", "part", "group"),
    [
        ("henvendelse_fra", "Forælder", "Pårørende"),
        ("henvendelse_fra", "Kommunal forvaltning", "Fagperson"),
        ("aldersgruppe", "15-17 år", "Under 18 år"),
    ],
)
def test_parts_are_usual_and_groups_occur(column: str, part: str, group: str) -> None:
    count = Counter(row[column] for path in files() for row in rows(path))
    assert 0 < count[group] < count[part]


def test_the_two_reporters_of_the_consultants_share_no_municipality() -> None:
    west, east = (
        {row["kommune"] for path in files(CONSULTANTS, reporter) for row in rows(path)}
        for reporter in ("vest", "oest")
    )
    assert west & east == {"Uoplyst"}


def test_the_levels_are_the_calibrated_ones() -> None:
    assert mean_total(HOTLINE, "2017-01", "2017-12") == pytest.approx(105, rel=0.10)
    assert mean_total(CONSULTANTS, "2018-04", "2019-12") == pytest.approx(24, rel=0.10)
    months_2020 = [
        mean["mean_without_lockdown"]
        for month, mean in truth()["source"][HOTLINE]["month"].items()
        if month.startswith("2020")
    ]
    assert sum(months_2020) / 12 == pytest.approx(126, rel=0.03)


@pytest.mark.parametrize(("source", "depth"), [(HOTLINE, 0.37), (CONSULTANTS, 0.40)])
def test_the_fall_of_april_to_june_2020_is_near_the_truth(source: str, depth: float) -> None:
    months = {month: truth()["source"][source]["month"][month] for month in MONTHS[51:54]}
    assert list(months) == ["2020-04", "2020-05", "2020-06"]
    without = sum(month["mean_without_lockdown"] for month in months.values())
    seen = sum(totals(source)[month] for month in months)
    left = truth()["source"][source]["factor_by_phase"]["lockdown_1"]["total"]
    assert left == pytest.approx(1 - depth, abs=0.01)
    assert seen / without == pytest.approx(left, abs=0.08)


def test_schools_and_meetings_fell_most_and_chat_did_not_fall() -> None:
    left = truth()["source"][HOTLINE]["factor_by_phase"]["lockdown_1"]
    assert min(left["inquirer"], key=left["inquirer"].get) == "school"
    assert min(left["channel"], key=left["channel"].get) == "in_person"
    assert left["channel"]["chat"] > 1


def test_the_truth_covers_every_month_and_says_that_it_is_made_up() -> None:
    assert "Made-up data" in truth()["note"]
    for source in (HOTLINE, CONSULTANTS):
        assert list(truth()["source"][source]["month"]) == MONTHS


def test_outside_the_lockdown_years_nothing_is_changed() -> None:
    for source in (HOTLINE, CONSULTANTS):
        for month, mean in truth()["source"][source]["month"].items():
            if not "2020-03" <= month <= "2022-02":
                assert mean["mean_with_lockdown"] == mean["mean_without_lockdown"], month
