"""Groups side by side: the change of each in one phase, and which differ from all the others together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from inquiries import effect_words
from inquiries.charts import theme
from inquiries.charts.intervals import intervals
from inquiries.charts.small_multiples import small_multiples
from inquiries.charts.theme import specification
from inquiries.drop.around import around
from inquiries.facts import Ask, Facts, facts_of
from inquiries.tables import NOTHING
from inquiries.words import Words


@dataclass(frozen=True)
class Groups:
    """The sentences, the chart side by side (none when there is nothing to draw), the table, and each group's months.

    `rows` are what the chart shows: label, change, low, high, standing, note, verdict and, where it
    is sure, on which side of the others (against_rest: deeper or milder).
    """

    sentences: tuple[str, ...]
    rows: pd.DataFrame
    chart: dict[str, Any] | None
    table: pd.DataFrame
    series: tuple[dict[str, Any], ...]


def groups_of(ask: Ask, source: str, phase_name: str, dimension: str, words: Words) -> Groups:
    """The groups of one dimension in one phase, deepest fall first."""
    facts = facts_of(ask, source)
    found = ask("release/group_effects", source=source, dimension=dimension, period=phase_name)
    shown = found[found["rate_ratio"].notna()].sort_values("rate_ratio")
    small = found[found["rate_ratio"].isna()]
    sentences = [_differing(shown, words), *_too_small(small, words)]
    rows, chart = _rows(shown, words), None
    if not shown.empty:
        chart = specification(
            side_by_side(rows, effect_words.judged(facts, phase_name), facts, words)
        )
    return Groups(
        sentences=tuple(sentences),
        rows=rows,
        chart=chart,
        series=_series(ask, source, dimension, shown, facts, words),
        table=_table(pd.concat([shown, small]), words),
    )


def _rows(shown: pd.DataFrame, words: Words) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "label": words.of(group, "label"),
                **effect_words.changed(group),
                "standing": _standing(group),
                "note": words("drop.group_small") if group.verdict == "too_few" else "",
                "verdict": group.verdict,
                "against_rest": _against_rest(group),
            }
            for group in shown.itertuples()
        ]
    )


def _against_rest(group: Any) -> str:
    if not group.differs:
        return ""
    return "deeper" if group.ratio < 1 else "milder"


def side_by_side(rows: pd.DataFrame, total: Any | None, facts: Facts, words: Words) -> theme.Drawn:
    """The chart of the groups' changes; `total` is the change of all together."""
    return intervals(
        rows,
        words,
        reference=None if total is None else effect_words.changed(total)["change"],
        reference_label=words("drop.group_total"),
        axis_title=words("chart.change"),
        is_sample=facts.source.synthetic,
    )


def _standing(group: Any) -> str:
    if group.differs:
        return "differs"
    return "unsure" if group.verdict == "too_few" else "plain"


def _differing(shown: pd.DataFrame, words: Words) -> str:
    """Which groups fell more than the rest, and which fell less."""
    if shown.empty:
        return words("drop.groups_none")
    parts = []
    for key, chosen in (
        (
            "drop.groups_deeper",
            [one for one in shown.itertuples() if one.differs and one.ratio < 1],
        ),
        (
            "drop.groups_milder",
            [one for one in shown.itertuples() if one.differs and one.ratio > 1],
        ),
    ):
        if chosen:
            names = words.listed([words.of(one, "label") for one in chosen])
            parts.append(words(key, groups=names))
    return " ".join(parts) or words("drop.groups_alike")


def _too_small(small: pd.DataFrame, words: Words) -> list[str]:
    if small.empty:
        return []
    names = words.listed([words.of(group, "label") for group in small.itertuples()])
    return [words("drop.groups_small", groups=names)]


def _series(
    ask: Ask, source: str, dimension: str, shown: pd.DataFrame, facts: Facts, words: Words
) -> tuple[dict[str, Any], ...]:
    """The months behind the chart, a small chart a group, in its order."""
    months = ask("release/group_months", source=source, dimension=dimension)
    names = {group.code: words.of(group, "label") for group in shown.itertuples()}
    if not names:
        return ()
    ordered = [months[months["code"] == code].assign(group=name) for code, name in names.items()]
    rows = around(pd.concat(ordered), facts.phases).drop(columns=["code"])
    charts = small_multiples(rows, facts.phases, words, is_sample=facts.source.synthetic)
    return tuple(specification(chart) for chart in charts)


def _table(groups: pd.DataFrame, words: Words) -> pd.DataFrame:
    columns = ("group", "observed", "expected", "change_signed", "against_rest", "verdict")
    rows = [_row(group, words) for group in groups.itertuples()]
    return pd.DataFrame(rows, columns=[words(f"table.{name}") for name in columns])


def _row(group: Any, words: Words) -> tuple[str, ...]:
    name = words.of(group, "label")
    if pd.isna(group.rate_ratio):
        return (name, *[NOTHING] * 4, words("verdict.not_shown"))
    against = NOTHING
    if not pd.isna(group.ratio):
        against = words("drop.deeper" if group.ratio < 1 else "drop.milder")
        against = against if group.differs else words("drop.not_different")
    return (
        name,
        words.number(group.observed),
        f"{words.number(group.expected)} ({words.interval(group.low, group.high)})",
        effect_words.changed_said(group, words),
        against,
        words(f"verdict.{group.verdict}"),
    )
