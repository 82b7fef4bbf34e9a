"""Makes an exact store of about 17 million rows: 98 municipalities, 120 months, far denser than life.

Each municipality files 1,446 of the 15,120 combinations each month, drawn anew each time, so that
nearly every combination occurs in every region and month: the hardest case for the grouping.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dashboard"))

from inquiries.actor import LOCAL
from inquiries.filing import Reporter, Source, Submission
from inquiries.home import Home
from inquiries.store import Store
from inquiries.vocabulary import REGISTERED, read_table, vocabulary

SOURCE = "eksempel-kommuner"
DRAWN = ("channel", "theme", "inquirer", "age_band", "gender")
FIRST_MONTH = "2016-01"
SEED = 2020


@dataclass(frozen=True)
class Size:
    """How much each of how many municipalities files."""

    municipalities: int = 98
    months: int = 120
    combinations: int = 1446


def make(home: Home, size: Size, seed: int = SEED) -> None:
    """Store one submission of all months from each municipality, through the store's own door."""
    home.prepare()
    store = Store(home)
    reporters = [
        Reporter(row["code"], row["name"], row["name"])
        for row in read_table("municipalities")[: size.municipalities]
    ]
    names = ("Eksempel-kommuner", "Example municipalities")
    store.add_source(LOCAL, Source(SOURCE, *names, "inquiry", REGISTERED, True, tuple(reporters)))
    for submission in _submissions(reporters, size, seed):
        store.submit(LOCAL, submission)


def rows_in(home: Home) -> int:
    """How many rows the store really holds: a making that was stopped leaves fewer."""
    return int(Store(home).submissions(LOCAL)["row_count"].sum())


def _submissions(reporters: list[Reporter], size: Size, seed: int) -> Iterator[Submission]:
    draw = np.random.default_rng(seed)
    months = pd.date_range(FIRST_MONTH, periods=size.months, freq="MS")
    combinations = _combinations()
    for reporter in reporters:
        chosen = _drawn(draw, len(combinations), size)
        rows = combinations.iloc[chosen].assign(
            month=np.repeat(months.to_numpy(), size.combinations),
            municipality=pd.Categorical.from_codes(
                np.zeros(len(chosen), "int8"), [reporter.reporter]
            ),
            count=1 + draw.poisson(0.5, len(chosen)),
        )
        yield Submission(SOURCE, reporter.reporter, tuple(months), rows, f"seed {seed}")


def _combinations() -> pd.DataFrame:
    """Every combination of accepted codes, as categories: 17 million strings would take minutes."""
    codes = {
        dimension: [label.code for label in vocabulary().accepted(dimension)] for dimension in DRAWN
    }
    return pd.DataFrame(itertools.product(*codes.values()), columns=DRAWN).astype("category")


def _drawn(draw: np.random.Generator, known: int, size: Size) -> np.ndarray:
    """For each month as many different combinations as are filed."""
    order = draw.random((size.months, known), dtype="float32").argpartition(size.combinations - 1)
    return order[:, : size.combinations].ravel()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="where the store is made")
    chosen = parser.parse_args()
    started = time.perf_counter()
    home = Home(chosen.folder.absolute())
    make(home, Size())
    print(f"{rows_in(home):,} rows in {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
