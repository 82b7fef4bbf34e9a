"""The lattice: every cell that may be asked for, with its exact count and its key, month by month and rolled up.

Only what leaves `protect` is shown; nothing here is.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from inquiries import engine
from inquiries.cell_keys import draws, row_keys
from inquiries.periods import COMPLETE
from inquiries.vocabulary import UNKNOWN, municipality_regions, shown_values


def cells(
    source: str, parts: Iterable[pd.DataFrame], grid: pd.DataFrame, secret: bytes
) -> pd.DataFrame:
    """The exact cells of one source over all periods of the grid.

    `parts` gives the rows of some whole months at a time, as the store answers them; one part is
    held at a time.
    Columns period_kind, period, first_month, dimension_1, value_1, dimension_2, value_2, count and
    cell_key: the number that decides the cell's noise, drawn anew when a month of its period changes
    its `state` (complete, unless the grid says otherwise).
    """
    connection = engine.connect(engine.MEMORY)
    engine.lend(connection, {"shown_value": shown_values(), "period": grid})
    places = municipality_regions()
    found = []
    for rows in parts:
        engine.lend(connection, {"keyed_row": keyed(source, rows, places, secret)})
        found.append(engine.ask(connection, "lattice/month_cells"))
    engine.lend(connection, {"month_cell": pd.concat(found, ignore_index=True)})
    answer = engine.ask(connection, "lattice/cells")
    connection.close()
    return answer.assign(cell_key=draws(secret, answer["cell_key"], _states(answer, grid)))


def _states(cells: pd.DataFrame, grid: pd.DataFrame) -> pd.Series:
    """What each cell's draw depends on besides its key: which months of its period are complete.

    As a month becomes complete all cells of its quarter and year draw anew too, or those that the
    last reporter touched would stand out there.
    """
    if "state" not in grid:
        return pd.Series(COMPLETE, index=cells.index)
    is_complete = (grid["period_kind"] == "month") & (grid["state"] == COMPLETE)
    complete = grid.loc[is_complete, "first_month"]
    states = [
        own.state
        if own.state == COMPLETE
        else " ".join([own.state, *_names(complete, own.first_month, own.last_month)])
        for own in grid.itertuples()
    ]
    period = ["period_kind", "period"]
    named = grid[period].assign(state=states)
    return cells[period].merge(named, how="left")["state"].set_axis(cells.index)


def _names(months: pd.Series, first: pd.Timestamp, last: pd.Timestamp) -> list[str]:
    return list(months[months.between(first, last)].dt.strftime("%Y-%m"))


def keyed(source: str, rows: pd.DataFrame, places: pd.DataFrame, secret: bytes) -> pd.DataFrame:
    """The rows with the region that was in force in their month, and with their keys."""
    placed = rows.assign(source=source, region=_regions(rows, places))
    return placed.assign(row_key=row_keys(secret, placed).astype("int64"))


def _regions(rows: pd.DataFrame, places: pd.DataFrame) -> pd.Series:
    """The region of each row: empty without a municipality, unknown without a known one."""
    region = pd.Series(UNKNOWN, index=rows.index).mask(rows["municipality"] == "", "")
    for (first, last), there in places.groupby(["first_month", "last_month"]):
        named = rows["municipality"].map(there.set_index("municipality")["region"])
        region = region.mask(rows["month"].between(first, last) & named.notna(), named)
    return region.astype("category")
