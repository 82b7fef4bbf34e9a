"""Stored rows in the reader's words: the columns and labels of the template, masked counts as reporters write them."""

from __future__ import annotations

import pandas as pd

from inquiries.filing import MASKED_HIGH
from inquiries.vocabulary import vocabulary
from inquiries.words import Words

MASKED = f"<{MASKED_HIGH + 1}"


def labelled(rows: pd.DataFrame, columns: tuple[str, ...], words: Words) -> pd.DataFrame:
    """The rows with a source's columns alone, each cell as the intake would read it again."""
    known = vocabulary()
    texts = {}
    for column in columns:
        name = known.text("column", column, words.language)
        if column == "month":
            texts[name] = rows["month"].dt.strftime("%Y-%m")
        elif column == "count":
            texts[name] = rows["count"].astype(str).mask(rows["masked"].astype(bool), MASKED)
        else:
            labels = {
                code: known.text(column, code, words.language) for code in rows[column].unique()
            }
            texts[name] = rows[column].map(labels)
    return pd.DataFrame(texts)
