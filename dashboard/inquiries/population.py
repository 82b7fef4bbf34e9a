"""How many people live in a municipality, a region or the country, from Statistics Denmark's table FOLK1A."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from inquiries import audit
from inquiries.actor import Actor
from inquiries.durable import write_whole
from inquiries.home import Home
from inquiries.vocabulary import municipality_regions

# The passport of the published file.
TABLE, ORIGIN = "FOLK1A", "https://www.statistikbanken.dk/FOLK1A"
LICENCE, STATUS = "CC BY 4.0", "published"
COUNTRY = ""


@dataclass(frozen=True)
class Population:
    """The population of each municipality on the first day of each quarter, and when it was taken.

    `figures` has municipality, quarter (its first day) and population.
    """

    figures: pd.DataFrame
    taken: date

    @cached_property
    def quarters(self) -> list[pd.Timestamp]:
        return sorted(self.figures["quarter"].unique())

    @cached_property
    def by_place(self) -> dict[tuple[str, pd.Timestamp], int]:
        """People by place and quarter: of each municipality, each region in force then, and the country (empty)."""
        seats = self.figures.merge(municipality_regions(), on="municipality")
        then = seats["quarter"].between(seats["first_month"], seats["last_month"])
        placed = [
            self.figures.rename(columns={"municipality": "place"}),
            seats[then].drop(columns="municipality").rename(columns={"region": "place"}),
            self.figures.assign(place=COUNTRY),
        ]
        people = pd.concat(placed)[["place", "quarter", "population"]]
        summed: dict[tuple[str, pd.Timestamp], int] = (
            people.groupby(["place", "quarter"])["population"].sum().to_dict()
        )
        return summed

    def at(self, place: str, month: pd.Timestamp) -> int | None:
        """The population of a place in a month, as it was when the quarter began; None when it is not known."""
        return self.by_place.get((place, _quarter(month)))

    def between(self, place: str, first: pd.Timestamp, last: pd.Timestamp) -> float | None:
        """The mean population of a place over some months; None unless it is known in each of their quarters."""
        quarters = pd.date_range(_quarter(first), last, freq="QS")
        found = [self.by_place.get((place, quarter)) for quarter in quarters]
        known = [people for people in found if people is not None]
        return sum(known) / len(found) if len(known) == len(found) else None


def _quarter(month: pd.Timestamp) -> pd.Timestamp:
    """The first day of the quarter of a month."""
    return month.to_period("Q").start_time


def per_100_000(frame: pd.DataFrame, population: Population) -> pd.DataFrame:
    """The frame with `rate`: the count per 100,000 inhabitants, in the period and not a year.

    `frame` holds released counts: code (of a municipality or a region, empty for the country),
    first_month, last_month and count. A count that is hidden, and one of a place or a period whose
    population is not known, has no rate. Only released counts: a rate and the population give the
    count back.
    """
    spans = zip(frame["code"], frame["first_month"], frame["last_month"], strict=True)
    people = pd.Series([population.between(*span) for span in spans], frame.index, "float64")
    return frame.assign(rate=100_000 * frame["count"].astype("float64") / people)


def publish(actor: Actor, home: Home, figures: pd.DataFrame, taken: date) -> None:
    """Put the population before the readers, whole and at once; what was there before is replaced."""
    with audit.act(home, actor, "publish_population"):
        audit.require(home, actor, "administrator")
        write_whole(home.prepare().population, json.dumps(_written(figures, taken)).encode())


def _written(figures: pd.DataFrame, taken: date) -> dict[str, Any]:
    """The figures with their passport, as the published file has them."""
    quarters = sorted(figures["quarter"].unique())
    by_municipality = figures.sort_values("quarter").groupby("municipality")["population"]
    return {
        "table": TABLE,
        "origin": ORIGIN,
        "licence": LICENCE,
        "status": STATUS,
        "taken": taken.isoformat(),
        "quarters": [f"{quarter:%Y-%m-%d}" for quarter in quarters],
        "population": {code: [int(one) for one in own] for code, own in by_municipality},
    }


def read_published(path: Path) -> Population:
    """The population that readers are served."""
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    quarters = pd.to_datetime(content["quarters"])
    figures = pd.DataFrame(content["population"], index=quarters).rename_axis("quarter")
    long = figures.melt(ignore_index=False, var_name="municipality", value_name="population")
    return Population(long.reset_index(), date.fromisoformat(content["taken"]))
