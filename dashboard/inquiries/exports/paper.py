"""A paper for the installation's owner on one sheet of A4, and the same as Markdown: headings, what is known, what is left open."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from inquiries.exports.document import pdf
from inquiries.exports.size import weighed
from inquiries.words import Words


@dataclass(frozen=True)
class Part:
    """A heading and its lines; `left` says what the owner writes there, "" when nothing is left."""

    heading: str
    lines: tuple[str, ...]
    left: str = ""


@dataclass(frozen=True)
class Paper:
    """A title, what the paper is, and its parts in order."""

    title: str
    lead: str
    parts: tuple[Part, ...]


def paper_pdf(paper: Paper, words: Words) -> bytes:
    """One tagged page; what is left open has a frame to be written in."""
    return pdf("paper", asdict(paper) | {"language": words.language, "open": words("paper.open")})


def paper_markdown(paper: Paper, words: Words) -> bytes:
    """The same text, to be filled in and kept where the owner keeps such papers."""
    lines = [f"# {paper.title}", "", paper.lead]
    for part in paper.parts:
        lines += ["", f"## {part.heading}", "", *(f"- {line}" for line in part.lines)]
        if part.left:
            lines.append(f"- **{words('paper.open')}** {part.left}")
    return weighed("\n".join([*lines, ""]).encode())
