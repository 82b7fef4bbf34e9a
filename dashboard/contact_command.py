"""The operator's command for the directory: what is stale, contradictory or missing, and a list of all."""

from __future__ import annotations

import argparse

from inquiries.directory.ageing import state_of
from inquiries.directory.contact import Contact, contact
from inquiries.directory.hours import danish_time
from inquiries.directory.published import entries
from inquiries.directory.upkeep import findings, listed
from inquiries.home import home_from_environment
from inquiries.store import system_clock
from inquiries.vocabulary import read_table
from inquiries.words import Words

IN_ORDER, TO_PUT_RIGHT = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    chosen = parser.add_mutually_exclusive_group(required=True)
    chosen.add_argument(
        "--check", action="store_true", help="what is to be put right; exit code 1 when anything is"
    )
    chosen.add_argument(
        "--list", action="store_true", help="every entry and its confidence, as a table"
    )


def directory(chosen: argparse.Namespace, spoken: Words) -> int:
    """Look through the directory, as a monthly routine."""
    known = [contact(entry) for entry in entries(home_from_environment())]
    if chosen.list:
        print(_table(known, spoken))
        return IN_ORDER
    today = danish_time(system_clock()).date()
    found = findings(known, today)
    for one in found:
        print(spoken(f"directory.finding_{one.code}", entry=one.entry, detail=one.detail))
    print(spoken("directory.findings", number=len(found), entries=len(known)))
    return TO_PUT_RIGHT if found else IN_ORDER


def _table(known: list[Contact], spoken: Words) -> str:
    """The entries as Markdown: organisation, service, file, how it can be reached, how sure it is."""
    heads = ("organization", "service", "entry", "ways", "confidence", "state", "letter")
    rows = [[spoken(f"directory.list_{head}") for head in heads], ["---"] * len(heads)]
    today = danish_time(system_clock()).date()
    for line in listed(known):
        ways = [f"{way.address} ({way.confidence})" for way in line.contact.channels if way.address]
        state = spoken(f"contacts.state_{state_of(line.contact, today)}")
        cells = (line.name, line.contact.name_da, f"{line.contact.id}.toml")
        rows.append([*cells, ", ".join(ways), line.contact.confidence, state, line.letter])
    guidance = {row["id"]: row for row in read_table("guidance")}
    for row in read_table("letter_names"):
        if row["kind"] == "guidance":
            paper = guidance[row["entry"]]
            year = paper["year"] or spoken("contacts.no_year")
            published = (paper["publisher"], paper["title"], "guidance.csv", paper["source_url"])
            rows.append([*published, "", year, row["name"]])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
