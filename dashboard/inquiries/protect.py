"""Disclosure control: which counts may leave the exact store.

Provisional: a small count is left out and nothing else is done, so a determined reader could work
some of them out. Real figures are therefore released only by one who says so in so many words.
"""

from __future__ import annotations

import pandas as pd

# Statistics Denmark's guidance for figures about persons hides 1-4; a true 0 is hidden alike, so
# that "hidden" says nothing.
SMALLEST_SHOWN = 5
METHOD = "provisional"


def protect(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells that may be shown; a hidden cell is absent, not marked."""
    return cells[cells["count"] >= SMALLEST_SHOWN].reset_index(drop=True)
