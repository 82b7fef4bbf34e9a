"""The population: FOLK1A as StatBank exports it and nothing else, before the readers at once, and rates of released counts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import manage
import session
from inquiries.actor import LOCAL
from inquiries.home import Home
from inquiries.intake.sentences import sentence
from inquiries.population import Population, per_100_000, publish, read_published
from inquiries.population_file import Verdict, examine, quarters_of
from inquiries.vocabulary import read_table
from inquiries.words import words

FRAME = Path(__file__).resolve().parents[1] / "dashboard" / "frame.py"
DA = words("da")
NAMES = {row["code"]: row["name"] for row in read_table("municipalities")}
QUARTERS = ["2020K1", "2020K2", "2020K3", "2020K4", "2021K1"]
FIRSTS = [pd.Timestamp(f"{name[:4]}-{3 * int(name[5]) - 2:02}-01") for name in QUARTERS]
OUTSIDE = 90  # on Christiansø
KOBENHAVN, LAESOE = "101", "825"


def people(code: str, quarter: int) -> int:
    """A made-up number of people."""
    return 1000 * int(code) + quarter


TOTALS = [sum(people(code, quarter) for code in NAMES) + OUTSIDE for quarter in range(5)]


def long(named: Callable[[str], str] = NAMES.__getitem__, delimiter: str = ";") -> str:
    """One line a figure, as the bank's own interface answers."""
    areas = [
        ("Hele landet", TOTALS),
        ("Region Hovedstaden", [1] * 5),
        ("Landsdel Byen København", [1] * 5),
        ("Christiansø", [OUTSIDE] * 5),
        *((named(code), [people(code, place) for place in range(5)]) for code in NAMES),
    ]
    lines = [["OMRÅDE", "KØN", "ALDER", "CIVILSTAND", "TID", "INDHOLD"]]
    lines += [
        [area, "I alt", "Alder i alt", "I alt", quarter, str(number)]
        for area, numbers in areas
        for quarter, number in zip(QUARTERS, numbers, strict=True)
    ]
    return "".join(f"{delimiter.join(line)}\r\n" for line in lines)


def wide(delimiter: str = ";", quarters: list[str] = QUARTERS) -> str:
    """Areas down and quarters across, under a title and above a note, as the page exports it."""
    rows = [
        ["Folketal den 1. i kvartalet efter område og tid"],
        [""],
        [" ", " ", *quarters],
        ["I alt", "Hele landet", *map(str, TOTALS)],
        *(
            ["", name, *(str(people(code, place)) for place in range(5))]
            for code, name in NAMES.items()
        ),
        [""],
        ["Enhed: antal"],
    ]
    return "".join(delimiter.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)


def both(code: str) -> str:
    return f"{code} {NAMES[code]}"


SHAPES = {
    "long": long().encode("utf-8"),
    "long, byte order mark": long().encode("utf-8-sig"),
    "long, Windows-1252": long().encode("cp1252"),
    "long, tabs": long(delimiter="\t").encode("utf-8"),
    "long, codes": long(str).encode("utf-8"),
    "long, codes of four figures": long(lambda code: code.zfill(4)).encode("utf-8"),
    "long, code and name": long(both).encode("utf-8"),
    "long, English": long(lambda code: "Copenhagen" if code == KOBENHAVN else NAMES[code])
    .replace(
        "OMRÅDE;KØN;ALDER;CIVILSTAND;TID;INDHOLD", "REGION;SEX;AGE;MARITAL STATUS;TIME;CONTENTS"
    )
    .replace("Hele landet", "All Denmark")
    .replace("Alder i alt", "Age, total")
    .replace("I alt", "Total")
    .replace("Landsdel", "Province")
    .replace("K1", "Q1")
    .encode("utf-8"),
    "wide": wide().encode("cp1252"),
    "wide, tabs": wide("\t").encode("utf-8"),
    "wide, English quarters": wide(quarters=[name.replace("K", "Q") for name in QUARTERS]).encode(),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_table_is_read_as_the_bank_exports_it(shape: str) -> None:
    found = examine(SHAPES[shape], FIRSTS)
    assert found.problems == ()
    figures = found.figures.set_index(["municipality", "quarter"])["population"]
    assert len(figures) == 98 * 5
    assert figures[KOBENHAVN, FIRSTS[1]] == people(KOBENHAVN, 1)
    assert figures[LAESOE, FIRSTS[4]] == people(LAESOE, 4)


def told(found: Verdict) -> list[str]:
    return [sentence(problem, DA) for problem in found.problems]


def line_of(text: str, beginning: str) -> int:
    return next(at for at, line in enumerate(text.splitlines(), 1) if line.startswith(beginning))


def changed(old: str, new: str, text: str = "") -> bytes:
    text = text or long()
    assert old in text
    return text.replace(old, new, 1).encode("utf-8")


AARHUS = "Aarhus;I alt;Alder i alt;I alt;2020K1;"
AT = f"Linje {line_of(long(), AARHUS)}"
FIGURE = "som ikke er et folketal. Der ventes et helt tal over 0 uden punktum og komma, fx 602481."
REFUSED = {
    "another shape": (b"navn;alder\r\nen;2\r\n", "Linje 1: filen ligner ikke tabel FOLK1A."),
    "commas": (long(delimiter=",").encode(), "Linje 1: filen ligner ikke tabel FOLK1A."),
    "a further column": (
        long().replace("CIVILSTAND", "HERKOMST").encode(), "Linje 1: filen ligner ikke tabel FOLK1A.",
    ),
    "no figure": (b"OMR\xc3\x85DE;TID;INDHOLD\r\n", "Linje 1: filen ligner ikke tabel FOLK1A."),
    "nothing": (b"", "Filen er tom"),
    "a workbook": (b"PK\x03\x04" + bytes(100), "Filen er"),
    "negative": (changed(f"{AARHUS}751000", f"{AARHUS}-5"), f"{AT}, INDHOLD: fandt »-5«, {FIGURE}"),
    "a decimal": (changed(f"{AARHUS}751000", f"{AARHUS}1,5"), f"{AT}, INDHOLD: fandt »1,5«, {FIGURE}"),
    "a thousands mark": (changed(f"{AARHUS}751000", f"{AARHUS}1.234"), f"{AT}, INDHOLD: fandt »1.234«, {FIGURE}"),
    "zero": (changed(f"{AARHUS}751000", f"{AARHUS}0"), f"{AT}, INDHOLD: fandt »0«, {FIGURE}"),
    "none": (changed(f"{AARHUS}751000", AARHUS), f"{AT}, INDHOLD: fandt en tekst, der ikke gentages her, {FIGURE}"),
    "a month": (changed(f"{AARHUS}751000", "Aarhus;I alt;Alder i alt;I alt;2020M01;1"), f"{AT}: fandt en tekst, der ikke gentages her, som ikke er et kvartal."),
    "a part": (changed(AARHUS, "Aarhus;Kvinder;Alder i alt;I alt;2020K1;"), f"{AT}, KØN: linjen gælder ikke alle."),
    "a line too short": (changed(f"{AARHUS}751000", "Aarhus;I alt;2020K1;751000"), f"{AT}: linjen har ikke ét område og 6 felter"),
    "an unknown area": (changed(AARHUS, AARHUS.replace("Aarhus", "Atlantis")), f"{AT}: området kendes ikke."),
    "not stated": (changed(AARHUS, AARHUS.replace("Aarhus", "Uoplyst")), f"{AT}: området kendes ikke."),
    "twice": (changed(f"{AARHUS}751000", f"{AARHUS}751000\r\n{AARHUS}751000"), f"Linje {line_of(long(), AARHUS) + 1}, INDHOLD: områdets folketal i 2020K1 står der allerede."),
    "a missing municipality": (changed(f"{AARHUS}751000\r\n", ""), "2020K1: der mangler 1 kommuner (Aarhus)."),
    "another total": (changed(f"2020K1;{TOTALS[0]}", f"2020K1;{TOTALS[0] + 1000}"), "Linje 2, INDHOLD: hele landets folketal i 2020K1 passer ikke med kommunernes."),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_whatever_is_not_the_table_is_refused_with_its_place_and_what_is_expected(
    case: str,
) -> None:
    data, expected = REFUSED[case]
    found = examine(data, FIRSTS)
    assert found.figures.empty
    assert any(one.startswith(expected) for one in told(found)), told(found)


@pytest.mark.parametrize(
    ("first", "last", "lacking"),
    [
        ("2020-02-01", "2021-03-01", ""),
        ("2019-08-01", "2021-03-01", "2019K3-2019K4"),
        ("2019-12-01", "2021-04-01", "2019K4, 2021K2"),
    ],
)
def test_a_file_of_another_span_than_the_counts_says_which_quarters_it_lacks(
    first: str, last: str, lacking: str
) -> None:
    found = examine(SHAPES["long"], quarters_of(pd.Timestamp(first), pd.Timestamp(last)))
    assert found.figures.empty == bool(lacking)
    assert [f"Filen mangler {lacking}." in one for one in told(found)] == [True] * bool(lacking)


def test_no_word_of_a_refused_file_is_repeated() -> None:
    for data, _ in REFUSED.values():
        said = " ".join(told(examine(data, FIRSTS)))
        assert "Atlantis" not in said and "Kvinder" not in said and "HERKOMST" not in said


# Before the readers


@pytest.fixture(scope="module")
def population() -> Population:
    return Population(examine(SHAPES["long"], FIRSTS).figures, date(2026, 11, 23))


def test_what_is_published_is_read_again_with_its_passport(tmp_path: Path) -> None:
    home = Home(tmp_path)
    figures = examine(SHAPES["wide"]).figures
    publish(LOCAL, home, figures, date(2026, 11, 23))
    found = read_published(home.population)
    assert found.taken == date(2026, 11, 23)
    assert found.quarters == FIRSTS
    order = ["municipality", "quarter"]
    pd.testing.assert_frame_equal(
        found.figures[figures.columns].sort_values(order, ignore_index=True),
        figures.sort_values(order, ignore_index=True),
        check_dtype=False,
    )
    passport = json.loads(home.population.read_text("utf-8"))
    assert (passport["table"], passport["licence"], passport["status"]) == (
        "FOLK1A", "CC BY 4.0", "published",
    )  # fmt: skip


def test_the_command_publishes_a_table_at_once_and_leaves_what_was_there_when_it_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INQUIRIES_HOME", str(tmp_path / "home"))
    file = tmp_path / "folk1a.csv"
    file.write_bytes(SHAPES["long"])
    assert session.population() is None
    assert manage.main(["population", str(file)]) == manage.DONE
    assert "2020K1-2021K1" in capsys.readouterr().out
    before = session.population()
    assert before is not None and before.at(KOBENHAVN, FIRSTS[0]) == 101_000
    file.write_bytes(REFUSED["negative"][0])
    assert manage.main(["population", str(file)]) == 1
    out = capsys.readouterr().out
    assert "fandt »-5«" in out and "Filen er ikke brugt (1 fejl)" in out
    assert session.population() is before


def test_the_command_asks_for_the_quarters_of_the_newest_release(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INQUIRIES_HOME", str(home))
    file = tmp_path / "folk1a.csv"
    file.write_bytes(SHAPES["long"])
    assert manage.main(["population", str(file)]) == 1
    assert "Filen mangler 2016K1-2019K4, 2021K2-2026K4." in capsys.readouterr().out
    assert not Home(home).population.exists()


def test_readers_are_told_where_the_population_is_from_once_there_is_one(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(home / "published", tmp_path / "published")
    monkeypatch.setenv("INQUIRIES_HOME", str(tmp_path))
    monkeypatch.setenv("INQUIRIES_EDITION", "reader")
    app = AppTest.from_file(str(FRAME), default_timeout=30).run()
    named = [passports(app.switch_page("app_pages/about.py").run())]
    made = Home(tmp_path / "elsewhere")
    publish(LOCAL, made, examine(SHAPES["long"]).figures, date(2026, 11, 23))
    shutil.copy(made.population, Home(tmp_path).population)
    named.append(passports(app.run()))
    assert not app.exception
    (own,) = set(named[1]) - set(named[0])
    assert own == (
        "Folketal (FOLK1A)",
        "Danmarks Statistik, https://www.statistikbanken.dk/FOLK1A, lagt ind 23. november 2026",
        "CC BY 4.0",
    )


def passports(app: AppTest) -> list[tuple[str, ...]]:
    """The rows of the table of data files."""
    tables = [one.value for one in app.table if DA("about.column_licence") in one.value.columns]
    return [tuple(row) for table in tables for row in table.itertuples(index=False)]


# Rates


@pytest.mark.parametrize(
    ("place", "month", "expected"),
    [
        (KOBENHAVN, "2020-01-01", 101_000),
        (KOBENHAVN, "2020-03-01", 101_000),
        (KOBENHAVN, "2020-04-01", 101_001),
        ("", "2020-01-01", TOTALS[0] - OUTSIDE),
        ("findes-ikke", "2020-01-01", None),
        (KOBENHAVN, "2019-12-01", None),
        (KOBENHAVN, "2021-04-01", None),
    ],
)
def test_the_population_of_a_month_is_that_of_the_first_day_of_its_quarter(
    population: Population, place: str, month: str, expected: int | None
) -> None:
    assert population.at(place, pd.Timestamp(month)) == expected


def test_a_region_has_the_people_of_the_municipalities_it_has_then(population: Population) -> None:
    places = {row["municipality"]: row["region"] for row in read_table("municipality_regions")
              if row["first_month"] <= "2020-01-01" <= (row["last_month"] or "9999")}  # fmt: skip
    own = sum(people(code, 0) for code, region in places.items() if region == "nordjylland")
    assert population.at("nordjylland", FIRSTS[0]) == own
    later = Population(population.figures.assign(quarter=lambda one: one["quarter"] + pd.DateOffset(years=7)), date(2027, 5, 1))  # fmt: skip
    merged = pd.Timestamp("2027-01-01")
    parts = [population.at(region, FIRSTS[0]) for region in ("hovedstaden", "sjaelland")]
    assert later.at("oestdanmark", merged) == sum(part for part in parts if part)
    assert later.at("hovedstaden", merged) is None


def test_a_rate_is_of_the_mean_population_of_its_period_and_none_without_both(
    population: Population,
) -> None:
    def row(code: str, first: str, last: str, count: float | None) -> dict[str, object]:
        return {"code": code, "first_month": pd.Timestamp(first), "last_month": pd.Timestamp(last), "count": count}  # fmt: skip

    frame = pd.DataFrame(
        [
            row(KOBENHAVN, "2020-01-01", "2020-03-01", 202),
            row(KOBENHAVN, "2020-01-01", "2020-12-01", 202),
            row(KOBENHAVN, "2020-01-01", "2020-03-01", None),
            row("unknown", "2020-01-01", "2020-03-01", 50),
            row(KOBENHAVN, "2021-01-01", "2021-12-01", 50),
        ],
        index=[3, 1, 4, 5, 9],
    )
    found = per_100_000(frame, population)
    assert list(found.index) == list(frame.index)
    assert found["rate"].iloc[0] == pytest.approx(200)
    assert found["rate"].iloc[1] == pytest.approx(100_000 * 202 / 101_001.5)
    assert found["rate"].iloc[2:].isna().all()
    assert per_100_000(frame.iloc[:0], population).empty
