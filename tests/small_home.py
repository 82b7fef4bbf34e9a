"""A home of one real source whose figures are few, for the tests that release more than once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from inquiries.actor import LOCAL
from inquiries.filing import Reporter, Source, Submission
from inquiries.home import Home
from inquiries.policy import sign_policy
from inquiries.store import Store
from inquiries.vocabulary import REGISTERED

SOURCE = "s"
MONTHS = pd.date_range("2019-01-01", periods=30, freq="MS")


def one_source(folder: Path, counts: Sequence[int] = (90,) * len(MONTHS)) -> Home:
    """A home with these counts, a month each from January 2019, filed, under a signed policy, and not yet released."""
    home = Home(folder)
    store = Store(home)
    own = (Reporter(SOURCE, "Kilden", "The source"),)
    columns = ("month", "count")
    store.add_source(LOCAL, Source(SOURCE, "Kilden", "The source", "inquiry", columns, False, own))
    blank = dict.fromkeys(REGISTERED, "")
    rows = [
        {**blank, "month": month, "count": count}
        for month, count in zip(MONTHS, counts, strict=True)
    ]
    submission = Submission(SOURCE, SOURCE, tuple(MONTHS), pd.DataFrame(rows), "fingerprint")
    store.submit(LOCAL, submission)
    sign_policy(LOCAL, home, "the officer", "2026-09-01")
    return home


def change_policy(home: Home) -> None:
    """A higher threshold: another rule."""
    text = home.policy.read_text("utf-8")
    assert "smallest_shown = 5" in text
    home.policy.write_text(text.replace("smallest_shown = 5", "smallest_shown = 8"), "utf-8")
