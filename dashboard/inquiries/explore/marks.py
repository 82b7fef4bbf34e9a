"""What a chart draws in place of a figure, and what is said of it beneath."""

from __future__ import annotations

from inquiries.explore.figures import Figures
from inquiries.words import Words

# What is drawn where there is no figure, and the marks it stands for there.
MARKS: dict[str, dict[str, tuple[str, ...]]] = {
    "line": {"gap": ("hidden", "not_shown", "missing", "not_registered")},
    "heat": {"grey": ("hidden", "not_shown"), "frame": ("missing", "not_registered")},
}


def key_to_marks(figures: Figures, words: Words) -> str:
    """What stands for what has no figure in the chart, and for what is provisional; empty when nothing does."""
    if figures.view.form == "slope":
        return ""
    kind = "heat" if figures.view.form == "heat" else "line"
    said = []
    for name, marks in MARKS[kind].items():
        there = [_mark(mark, words) for mark in marks if figures.count_of(mark)]
        if there:
            said.append(words(f"explore.key_{name}", marks=words.listed(there)))
    if figures.count_of("provisional"):
        said.append(words(f"explore.provisional_{kind}"))
    return " ".join(said)


def _mark(mark: str, words: Words) -> str:
    return words("explore.not_shown") if mark == "not_shown" else words(f"mark.{mark}")
