"""A file against what its reporter has in force: the same again, much less, far from the usual, a gap."""

from __future__ import annotations

import pandas as pd

from inquiries.intake.problem import WARNING, Problem
from inquiries.vocabulary import REGISTERED, vocabulary

KEY = list(REGISTERED[:-1])
_DIMENSIONS = REGISTERED[2:-1]  # municipalities come and go

# A year of months shows what is usual in each season once; older than two years may be another time.
FEWEST_MONTHS, MOST_MONTHS = 12, 24
# Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers: suspect beyond 3.5 scaled median
# absolute deviations; 1.4826 makes the deviation of a normal distribution out of them.
FAR, SCALE = 3.5, 1.4826
FEWEST_ROWS = 10  # below this, half of the rows is chance; and few small counts are usual
SMALL = 4  # counts below five may point to a person


def compare(rows: pd.DataFrame, standing: pd.DataFrame) -> list[Problem]:
    """What there is to ask about a file, given the rows its reporter has in force (none at first).

    Both have the columns of `REGISTERED` and `masked`. Everything found is a warning: a file may
    well be right and unusual, and its steward knows.
    """
    if rows.empty:
        return []
    if standing.empty:
        return _small(rows)
    earlier = standing[standing["month"] < rows["month"].min()]
    return [
        *_replaced(rows, standing),
        *_gap(rows, standing),
        *_outliers(rows, earlier),
        *_missing_labels(rows, earlier),
    ]


def _warning(code: str, **facts: object) -> Problem:
    return Problem(code, facts=facts, severity=WARNING)


def _small(rows: pd.DataFrame) -> list[Problem]:
    """Said of a reporter's first file alone: the next ones will be alike."""
    counts = rows["count"]
    is_small = len(rows) >= FEWEST_ROWS and counts.any() and counts.max() <= SMALL
    return [_warning("small_counts")] if is_small else []


def _replaced(rows: pd.DataFrame, standing: pd.DataFrame) -> list[Problem]:
    """Months in force that the file speaks for anew: unchanged, changed, or much shorter.

    A row of zero says the same as no row.
    """
    stood = set(standing["month"])
    months = [month for month in sorted(rows["month"].unique()) if month in stood]
    changed = {month: _changes(rows, standing, month) for month in months}
    if months and len(months) == rows["month"].nunique() and not any(changed.values()):
        return [_warning("nothing_new")]
    problems = []
    for month in months:
        new, old = (int(_spoken(table, month)["count"].size) for table in (rows, standing))
        if changed[month]:
            problems.append(_warning("month_replaced", month=month, number=changed[month]))
        if old >= FEWEST_ROWS and new <= old / 2:
            problems.append(_warning("month_shorter", month=month, new=new, old=old))
    return problems


def _spoken(table: pd.DataFrame, month: pd.Timestamp) -> pd.DataFrame:
    return table[(table["month"] == month) & (table["count"] > 0)]


def _changes(rows: pd.DataFrame, standing: pd.DataFrame, month: pd.Timestamp) -> int:
    """How many combinations have another count than before, masked or not."""
    columns = [*KEY, "count", "masked"]
    both = pd.concat([_spoken(table, month)[columns] for table in (rows, standing)])
    return len(both[~both.duplicated(keep=False)].drop_duplicates(KEY))


def _gap(rows: pd.DataFrame, standing: pd.DataFrame) -> list[Problem]:
    """Months between the newest in force and the first of the file: a monthly file has none."""
    newest, first = standing["month"].max(), rows["month"].min()
    if first <= newest + pd.DateOffset(months=1):
        return []
    return [_warning("gap", newest=newest, first=first)]


def _outliers(rows: pd.DataFrame, earlier: pd.DataFrame) -> list[Problem]:
    """Months whose sum is far from the median of those before the file.

    The spread is never taken for less than chance gives a count, the root of its mean: in a steady
    series the next month would else be far off at once.
    """
    usual = earlier.groupby("month")["count"].sum().tail(MOST_MONTHS)
    if len(usual) < FEWEST_MONTHS:
        return []
    middle = usual.median()
    spread = max(SCALE * (usual - middle).abs().median(), max(middle, 1.0) ** 0.5)
    sums = rows.groupby("month")["count"].sum()
    return [
        _warning("outlier", month=month, count=int(count), usual=round(middle), months=len(usual))
        for month, count in sums.items()
        if abs(count - middle) > FAR * spread
    ]


def _missing_labels(rows: pd.DataFrame, earlier: pd.DataFrame) -> list[Problem]:
    """Labels in each of the latest twelve months before the file that are not in its newest month."""
    months = sorted(earlier["month"].unique())[-FEWEST_MONTHS:]
    if len(months) < FEWEST_MONTHS:
        return []
    newest = rows["month"].max()
    latest, now = earlier[earlier["month"].isin(months)], rows[rows["month"] == newest]
    problems = []
    for column in _DIMENSIONS:
        always = latest.groupby(column)["month"].nunique()
        codes = set(always[always == len(months)].index) - set(now[column]) - {""}
        if codes:
            facts = {"labels": _labels(column, codes), "months": len(months), "month": newest}
            problems.append(Problem("label_missing", None, column, facts, WARNING))
    return problems


def _labels(column: str, codes: set[str]) -> dict[str, str]:
    """The labels of codes in their own order, in both languages."""
    named = [label for label in vocabulary().of(column) if label.code in codes]
    return {lang: ", ".join(label.text(lang) for label in named) for lang in ("da", "en")}
