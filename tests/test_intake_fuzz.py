"""Files changed at random: none makes the intake raise, and none is stored as anything but what it says."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from inquiries.filing import Source
from inquiries.intake import REFUSE_PERSONAL, Verdict, examine
from inquiries.intake.sentences import sentence
from inquiries.vocabulary import REGISTERED
from inquiries.words import LOCALES, words

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "data" / "reference"
FULL = Source("hotline", "Hotlinen", "The hotline", "inquiry", REGISTERED)
NEWEST = pd.Timestamp(2026, 11, 1)
ROWS = 24
SEED = 20261122
EVERYDAY, LONG = 750, 20_000

BASE = b"\n".join((ROOT / "tests/uploads/base.csv").read_bytes().split(b"\n")[: ROWS + 1]) + b"\n"
CELLS = [
    *("", " ", "0", "7", "007", "12", "1.234", "1,5", "-3", "<5", "..", "x", "*", '"', "'", "=1+1"),
    *("2026-09", "2026-10", "sep-26", "2026-13", "2027-01", "09/2026", "46266", "I alt", "Total"),
    *(
        "Aarhus",
        "ÅRHUS",
        "aarhus kommune",
        "Malmö",
        "Kvinde",
        "kvinde ",
        "Woman",
        "Chat",
        "Uoplyst",
    ),
    *("Negativ social kontrol", "10-12", "15 - 17", "NULL", "#REF!", "\u202ex", "\u200bChat", "\0"),
]
PERSONAL = ["150785-1101", "1507851101", "navn.efternavn@kommune.example", "+45 12 34 56 78"]
SIGNS = [
    b";",
    b",",
    b"\t",
    b'"',
    b"\r",
    b"\n",
    b"\0",
    b" ",
    b"\xa0",
    b"\xc3",
    b"\xff",
    b"0",
    b"9",
    b"-",
]

Mutation = Callable[[bytes, random.Random], bytes]


# Bytes


def flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) or 1)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(SIGNS) + data[at:]


def cut_out(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.choice((1, 1, 2, 9, 70)) :]


def say_twice(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.choice((1, 9, 70, 400))]
    return data[:start] + piece + data[start:]


def cut_off(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def other_form(data: bytes, chance: random.Random) -> bytes:
    """Another encoding, line end or separator, as other programs write."""
    text = data.decode("utf-8", "replace")
    change: Callable[[], bytes] = chance.choice(
        [
            lambda: text.encode("cp1252", "replace"),
            lambda: text.encode("utf-16"),
            lambda: text.encode("utf-8-sig"),
            lambda: text.encode("cp865", "replace"),
            lambda: text.replace("\n", "\r\n").encode(),
            lambda: text.replace("\n", "\r").encode(),
            lambda: text.replace(";", ",").encode(),
            lambda: text.replace(";", "\t").encode(),
            lambda: text.replace(";", ";;").encode(),
        ]
    )
    return change()


# Cells


def in_a_line(change: Callable[[list[str], random.Random], list[str]]) -> Mutation:
    def mutate(data: bytes, chance: random.Random) -> bytes:
        lines = data.decode("utf-8", "replace").split("\n")
        at = chance.randrange(len(lines))
        lines[at] = ";".join(change(lines[at].split(";"), chance))
        return "\n".join(lines).encode()

    return mutate


def put(cells: list[str], chance: random.Random) -> list[str]:
    cells[chance.randrange(len(cells))] = chance.choice(CELLS)
    return cells


def swap(cells: list[str], chance: random.Random) -> list[str]:
    one, other = chance.randrange(len(cells)), chance.randrange(len(cells))
    cells[one], cells[other] = cells[other], cells[one]
    return cells


def drop(cells: list[str], chance: random.Random) -> list[str]:
    return cells[: chance.randrange(len(cells) + 1)]


def add(cells: list[str], chance: random.Random) -> list[str]:
    cells.insert(chance.randrange(len(cells) + 1), chance.choice(CELLS))
    return cells


def mix_lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines.insert(one, lines.pop(other) if chance.random() < 0.5 else lines[other])
    return b"\n".join(lines)


MUTATIONS: list[Mutation] = [
    *(flip, insert, cut_out, say_twice, cut_off, other_form, mix_lines),
    *(in_a_line(change) for change in (put, put, put, swap, drop, add)),
]


def mutated(seed: int) -> bytes:
    chance = random.Random(seed)
    data = BASE
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        data = chance.choice(MUTATIONS)(data, chance)
    return data


# A slow reading of its own, of files in which each cell can only mean one thing


@cache
def codes() -> dict[tuple[str, str], str]:
    """From dimension and label to code, read from the reference files alone."""
    found = {("municipality", label): "unknown" for label in ("uoplyst", "not stated")}
    with (REFERENCE / "labels.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["accepted"] == "yes":
                for label in (row["label_da"], row["label_en"]):
                    found[row["dimension"], label.casefold()] = row["code"]
    with (REFERENCE / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found["municipality", row["name"].casefold()] = row["code"]
    return found


def text_of(data: bytes) -> str | None:
    """The text in the first encoding that fits; None where letters might have been lost."""
    for encoding in ("utf-16",) if data[:2] == b"\xff\xfe" else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            return (
                text if (set(text) - set("\r\n\t")) <= set(filter(str.isprintable, text)) else None
            )
    return None


def read_plainly(data: bytes) -> list[tuple[str, ...]] | None:
    """The rows of a file in which every cell is as it should be; None for any other file."""
    text = text_of(data)
    if text is None or '"' in text:
        return None
    lines = [line for line in re.split("\r\n|\n|\r", text) if line.strip(";,\t ")]
    for separator in ";,\t":
        table = [[cell.strip(" ") for cell in line.split(separator)] for line in lines]
        if table and [name for name in table[0] if name] == list(REGISTERED):
            return rows_of(table)
    return None


def rows_of(table: list[list[str]]) -> list[tuple[str, ...]] | None:
    header, *rows = table
    found = []
    for row in rows:
        if len(row) != len(header) or any(
            cell for name, cell in zip(header, row, strict=True) if not name
        ):
            return None
        cells = {name: cell for name, cell in zip(header, row, strict=True) if name}
        labels = [codes().get((name, cells[name].casefold())) for name in REGISTERED[1:-1]]
        plain = re.fullmatch(r"20\d\d-\d\d", cells["month"]) and cells["count"].isdecimal()
        if None in labels or not plain or not cells["count"].isascii():
            return None
        found.append((cells["month"], *map(str, labels), str(int(cells["count"]))))
    return sorted(found)


def stored(verdict: Verdict) -> list[tuple[str, ...]]:
    rows = verdict.rows[list(REGISTERED)]
    return sorted(
        (row[0].strftime("%Y-%m"), *map(str, row[1:])) for row in rows.itertuples(index=False)
    )


def try_all(number: int) -> dict[str, int]:
    seen: dict[str, int] = {}
    for seed in range(SEED, SEED + number):
        data = mutated(seed)
        verdict = examine(data, FULL, NEWEST, name="fil.csv")
        plain = read_plainly(data)
        case = f"{verdict.outcome}, {'plain' if plain is not None else 'other'}"
        seen[case] = seen.get(case, 0) + 1
        if not verdict.is_accepted:
            assert verdict.rows.empty and verdict.problems, seed
        elif plain is not None and not any(one.severity == "warning" for one in verdict.problems):
            assert stored(verdict) == plain, seed
        else:
            assert verdict.problems, f"{seed}: stored, but nothing said of its form"
            assert verdict.total == verdict.rows.loc[~verdict.rows["masked"], "count"].sum(), seed
    print(f"\n{number} files from seed {SEED}: {dict(sorted(seen.items()))}")
    return seen


def test_no_mutation_makes_it_raise_or_store_anything_but_what_it_says() -> None:
    seen = try_all(EVERYDAY)
    assert seen["accept, plain"] > 20 and seen["accept_normalised, plain"] > 20
    assert seen["refuse, other"] > EVERYDAY / 3


@pytest.mark.long
def test_no_mutation_of_twenty_thousand_does() -> None:
    seen = try_all(LONG)
    assert sum(seen.values()) == LONG


@pytest.mark.parametrize("value", PERSONAL)
def test_a_personal_value_put_anywhere_is_found_and_never_repeated(value: str) -> None:
    lines = BASE.decode().split("\n")
    for seed in range(100):
        chance = random.Random(seed)
        at = chance.randrange(1, ROWS)
        cells = lines[at].split(";")
        cells[chance.randrange(len(cells))] = value
        data = "\n".join([*lines[:at], ";".join(cells), *lines[at + 1 :]]).encode()
        verdict = examine(data, FULL, NEWEST, name="fil.csv")
        said = "".join(
            sentence(problem, words(language))
            for problem in verdict.problems
            for language in LOCALES
        )
        assert verdict.outcome == REFUSE_PERSONAL, seed
        assert at + 1 in {problem.line for problem in verdict.problems}, seed
        assert value not in said + repr(verdict.problems), seed
