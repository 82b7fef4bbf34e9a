"""Draws the made-up monthly files of the two example sources, and writes the truth beside them.

    python data/sample/make.py [folder]          (without a folder: beside this script)

What is assumed stands in assumptions.toml. Every draw is the inverse of a uniform number keyed by
source, reporter and month, so a file stays the same when another is added, and when numpy changes
how it draws from a distribution.
"""

import csv
import json
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
from means import ASSUMED, Floats, expected, months, shares, theme_shares, truth
from numpy.typing import ArrayLike, NDArray
from scipy.stats import nbinom

HERE = Path(__file__).resolve().parent
REFERENCE = HERE.parent / "reference"
AGE_BANDS = ("under_15", "age_15_17", "age_18_24", "age_25_29", "age_30_plus", "unknown")
HEADER = "måned;kommune;kanal;tema;henvendelse_fra;aldersgruppe;køn;antal"


# The names in the files


def read_reference(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def labels() -> dict[tuple[str, str], str]:
    return {
        (row["dimension"], row["code"]): row["label_da"] for row in read_reference("labels.csv")
    }


@cache
def groups() -> dict[tuple[str, str], str]:
    """The group of each part."""
    rows = read_reference("labels.csv")
    return {(row["dimension"], row["code"]): row["group"] for row in rows if row["group"]}


@cache
def covered(source: str, reporter: str) -> list[str]:
    """The names of the municipalities a reporter covers: all, or those of its regions."""
    rows = read_reference("municipalities.csv")
    regions = ASSUMED["source"][source].get("reporter_regions", {}).get(reporter)
    if regions is None:
        return [row["name"] for row in rows]
    places = read_reference("municipality_regions.csv")
    codes = {row["municipality"] for row in places if row["region"] in regions}
    return [row["name"] for row in rows if row["code"] in codes]


@cache
def municipality_weights(source: str, reporter: str) -> dict[str, float]:
    assumed = ASSUMED["municipality"]
    special = dict.fromkeys(assumed["larger_names"], assumed["larger"]) | assumed["own"]
    return {name: special.get(name, assumed["usual"]) for name in covered(source, reporter)}


# The draw


def uniform(source: str, reporter: str, month: str) -> np.random.Generator:
    key = int.from_bytes(f"{source}/{reporter}/{month}".encode())
    return np.random.Generator(np.random.PCG64([ASSUMED["seed"], key]))


def reporter_share(source: str, reporter: str) -> float:
    sizes = {
        name: sum(municipality_weights(source, name).values())
        for name in ASSUMED["source"][source]["reporters"]
    }
    return sizes[reporter] / sum(sizes.values())


def pick(chances: Floats, weights: ArrayLike) -> NDArray[np.int64]:
    """A position for each chance; weights are one list for all, or one row for each chance."""
    steps = np.cumsum(shares(weights), axis=-1)[..., :-1]
    return np.asarray((chances[:, None] >= steps).sum(axis=-1))


def choose(chances: Floats, weights: dict[str, float]) -> list[str]:
    codes = list(weights)
    return [codes[at] for at in pick(chances, list(weights.values()))]


def draw_total(chance: float, mean: float, dispersion: float) -> int:
    """A Poisson count whose mean is gamma distributed: variance is dispersion times the mean."""
    return int(nbinom.ppf(chance, mean / (dispersion - 1), 1 / dispersion))


def draw_places(source: str, reporter: str, chances: Floats) -> list[str]:
    unknown = ASSUMED["source"][source]["municipality_unknown"]
    weights = municipality_weights(source, reporter)
    scale = (1 - unknown) / sum(weights.values())
    known = {name: weight * scale for name, weight in weights.items()}
    return choose(chances, known | {ASSUMED["municipality"]["unknown_name"]: unknown})


def draw_inquirers(source: str, means: Floats, chances: Floats) -> tuple[list[str], list[str]]:
    """Channel and inquirer belong together: a lockdown moves both."""
    assumed = ASSUMED["source"][source]
    channels, inquirers = list(assumed["channel"]), list(assumed["inquirer"])
    row, column = np.divmod(pick(chances, means.ravel()), len(inquirers))
    return [channels[at] for at in row], [inquirers[at] for at in column]


def draw_ages(inquirers: list[str], chances: Floats) -> list[str]:
    weights = [ASSUMED["age_band_by_inquirer"][code] for code in inquirers]
    return [AGE_BANDS[at] for at in pick(chances, weights)] if weights else []


def labelled(dimension: str, codes: list[str]) -> list[str]:
    return [labels()[dimension, code] for code in codes]


def some_by_group(dimension: str, codes: list[str], chances: Floats) -> list[str]:
    """Codes as registered: of some inquiries only the group is known, not the part."""
    rare = ASSUMED["only_group"]
    return [
        groups().get((dimension, code), code) if chance < rare else code
        for code, chance in zip(codes, chances, strict=True)
    ]


def draw_month(source: str, reporter: str, month: str) -> Counter[tuple[str, ...]]:
    """How many inquiries of each combination a reporter files for a month."""
    assumed, random = ASSUMED["source"][source], uniform(source, reporter, month)
    means = expected(source, month, lockdown=True)
    mean = float(means.sum()) * reporter_share(source, reporter)
    total = draw_total(random.random(), mean, assumed["dispersion"])
    chance = random.random((6, total))
    channels, inquirers = draw_inquirers(source, means, chance[0])
    ages = draw_ages(inquirers, chance[1])
    columns = (
        [month] * total,
        draw_places(source, reporter, chance[3]),
        labelled("channel", channels),
        labelled("theme", choose(chance[2], theme_shares(source, month))),
        labelled("inquirer", some_by_group("inquirer", inquirers, chance[5])),
        labelled("age_band", some_by_group("age_band", ages, chance[5])),
        labelled("gender", choose(chance[4], ASSUMED["gender"])),
    )
    return Counter(zip(*columns, strict=True))


# The files


def reported(source: str) -> list[tuple[str, str]]:
    """The reporter and month of every file: not those that never came, nor those still owed."""
    assumed = ASSUMED["source"][source]
    owed = assumed.get("still_owed", {})
    return [
        (reporter, month)
        for reporter in assumed["reporters"]
        for month in months(ASSUMED["first_month"], ASSUMED["last_month"])
        if month not in assumed.get("not_reported", []) and reporter not in owed.get(month, [])
    ]


def write_month(path: Path, counts: Counter[tuple[str, ...]]) -> None:
    lines = [HEADER, *sorted(";".join((*row, str(count))) for row, count in counts.items())]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def write_files(folder: Path) -> None:
    for source in ASSUMED["source"]:
        for reporter, month in reported(source):
            counts = draw_month(source, reporter, month)
            write_month(folder / source / reporter / f"{month}.csv", counts)


def write_truth(path: Path) -> None:
    text = json.dumps(truth(), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def main(folder: Path) -> None:
    write_files(folder)
    write_truth(folder / "truth.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
