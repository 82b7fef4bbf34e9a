"""The operator's command for the owner's papers: the record of processing, the basis for the impact assessment, the components."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from inquiries.actor import LOCAL
from inquiries.components import component_table, components
from inquiries.directory.hours import danish_time
from inquiries.exports.document import pdf
from inquiries.exports.paper import paper_markdown, paper_pdf
from inquiries.exports.table import as_csv
from inquiries.faults import Fault
from inquiries.home import home_from_environment
from inquiries.installation import installation
from inquiries.processing import impact, record
from inquiries.store import system_clock
from inquiries.words import Words

DONE = 0
PAPERS = {"record": record, "impact": impact}
KINDS = (*PAPERS, "components")
Files = Iterator[tuple[str, bytes]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", choices=KINDS, required=True, help="which paper")
    parser.add_argument(
        "--to", type=Path, default=Path(), help="the folder to write in; here unless named"
    )


def document(chosen: argparse.Namespace, spoken: Words) -> int:
    """Write a paper for the owner on one page, and the same as a text or table to go on from."""
    made = _components(spoken) if chosen.kind == "components" else _paper(chosen.kind, spoken)
    for ending, content in made:
        file = chosen.to / f"{chosen.kind}-{danish_time(system_clock()):%Y-%m-%d}.{ending}"
        try:
            with file.open("xb") as new:
                new.write(content)
        except OSError as error:
            raise Fault("file_unwritable", file=str(file)) from error
        print(spoken("command.document_written", file=file))
    return DONE


def _paper(kind: str, spoken: Words) -> Files:
    found = installation(LOCAL, home_from_environment(), system_clock())
    paper = PAPERS[kind](found, spoken)
    yield "pdf", paper_pdf(paper, spoken)
    yield "md", paper_markdown(paper, spoken)


def _components(spoken: Words) -> Files:
    found = components()
    table = component_table(found, spoken)
    day = spoken.date(danish_time(system_clock()).date())
    lead = spoken("paper.components_lead", day=day, number=spoken.number(len(found)))
    content = {
        "language": spoken.language,
        "title": spoken("paper.components_title"),
        "lead": lead,
        "columns": list(table.columns),
        "rows": table.to_numpy().tolist(),
    }
    yield "pdf", pdf("components", content)
    yield "csv", as_csv(table, lead)
