"""Groups side by side: whether the fall of one differs from that of all the others together."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from inquiries.baseline import Model
from inquiries.comparison import benjamini_hochberg, ratio_of_ratios
from inquiries.effect import SIGNIFICANT, SMALLEST_EXPECTED, Effect, effect
from inquiries.expected import expect
from inquiries.ground import Ground, ground_of
from inquiries.released_series import Reservations, Row, Series, Spans, rest_of


def contrasts(
    compared: Sequence[tuple[Series, Ground]],
    labels: pd.DataFrame,
    spans: Spans,
    reservations: Reservations,
) -> list[Row]:
    """Each group of one source against the total's remaining part, phase by phase.

    A group is a value that is no part of another one; the remaining part is the total less the
    group, from released cells, with a model of its own. `p_adjusted` is for looking at all groups
    of a dimension at once (Benjamini-Hochberg).
    """
    total = next((series for series, _ in compared if series.choices == 0), None)
    outermost = labels[labels["group_code"] == ""]
    outer = set(zip(outermost["dimension"], outermost["code"], strict=True))
    found: list[Row] = []
    for series, ground in compared:
        value = (series.key["dimension_1"], series.key["value_1"])
        if total is not None and ground.model is not None and value in outer:
            rest = rest_of(total, series)
            beside = ground_of(rest, spans, reservations).model
            found += _of_group(series, ground.model, rest, beside)
    return _adjusted(found)


def _of_group(series: Series, model: Model, rest: Series, beside: Model | None) -> list[Row]:
    if beside is None:
        return []
    own, others = _effects(series, model), _effects(rest, beside)
    found = []
    for phase in own.keys() & others.keys():
        ratio = ratio_of_ratios(own[phase], others[phase])
        if ratio is not None:
            found.append(
                series.key
                | {
                    "period": phase,
                    "ratio": ratio.ratio,
                    "low": ratio.low,
                    "high": ratio.high,
                    "p": ratio.p_value,
                }
            )
    return sorted(found, key=lambda row: str(row["period"]))


def _effects(series: Series, model: Model) -> dict[str, Effect]:
    """The effect of each phase for which enough is expected."""
    found = {
        phase.name: effect(expect(model, phase.months), phase.count) for phase in series.phases
    }
    return {name: one for name, one in found.items() if one.expected >= SMALLEST_EXPECTED}


def _adjusted(rows: list[Row]) -> list[Row]:
    """Each row with its p-value adjusted within its dimension and phase, and what follows."""
    families: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        families.setdefault((row["dimension_1"], row["period"]), []).append(row)
    for family in families.values():
        for row, p in zip(family, benjamini_hochberg([row["p"] for row in family]), strict=True):
            row |= {"p_adjusted": p, "differs": p is not None and p < SIGNIFICANT}
    return rows
