"""How long the estimates of a release take for 500 series of 84 months, each large enough for the model.

`python bench/many_series.py` prints the seconds.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dashboard"))

from inquiries.estimates import estimate
from inquiries.periods import COMPLETE, periods
from inquiries.released_series import Tables
from inquiries.vocabulary import phases

SERIES, MONTHS, MEAN = 500, 84, 40
# One total, and of the rest as many under one choice as the sample source has.
ONE_CHOICE = 40
FIRST = pd.Timestamp("2016-01-01")
SOURCE = "made"


def tables(series: int = SERIES, months: int = MONTHS, seed: int = 2020) -> Tables:
    """What a release gives the estimates: every month, quarter and phase of every series, all complete."""
    draw = np.random.default_rng(seed)
    last = FIRST + pd.DateOffset(months=months - 1)
    named = phases()
    grid = periods(FIRST, last, named)
    every = pd.date_range(FIRST, last, freq="MS")
    cells = []
    for number in range(series):
        counts = pd.Series(draw.poisson(MEAN if number else MEAN * ONE_CHOICE, months), every)
        sums = [int(counts[one.first_month : one.last_month].sum()) for one in grid.itertuples()]
        cells.append(grid.assign(**_key(number), count=sums))
    covered = grid.assign(source=SOURCE, state=COMPLETE, masked=False)
    empty = {"source": [], "month": pd.DatetimeIndex([]), "counted_from": pd.DatetimeIndex([])}
    return {
        "cell": pd.concat(cells, ignore_index=True),
        "coverage": covered,
        "phase": named,
        "source": pd.DataFrame([{"source": SOURCE, "same_reporters": True}]),
        "label": pd.DataFrame(
            [("theme", f"v{one}", "") for one in range(1, ONE_CHOICE + 1)],
            columns=["dimension", "code", "group_code"],
        ),
        "series_break": pd.DataFrame(empty),
        "excluded_month": pd.DataFrame(empty),
        "reporter_change": pd.DataFrame(empty),
    }


def _key(number: int) -> dict[str, str]:
    one, two = number > 0, number > ONE_CHOICE
    return {
        "source": SOURCE,
        "dimension_1": "theme" if one else "",
        "value_1": f"v{number}" if one else "",
        "dimension_2": "gender" if two else "",
        "value_2": "woman" if two else "",
    }


def seconds() -> float:
    given = tables()
    begun = time.perf_counter()
    found = estimate(given)
    assert (found["fit"]["outcome"] == "model").sum() == SERIES
    return time.perf_counter() - begun


if __name__ == "__main__":
    print(f"{SERIES} series of {MONTHS} months: {seconds():.2f} s")
