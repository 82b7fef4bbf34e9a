"""Under a figure: the line it is quoted by, the code and the link it is found by again, and the files it can be taken along as."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

import links
import session
from inquiries import explore
from inquiries.citation import Said, citation
from inquiries.drop import Drop, drop
from inquiries.explore import Explored
from inquiries.explore.marks import key_to_marks
from inquiries.explore.offered import Offered
from inquiries.explore.view import PARAMS
from inquiries.explore.view import View as ExploredView
from inquiries.exports import figure_picture
from inquiries.exports.explored import for_programs, for_readers
from inquiries.exports.table import as_csv, as_program_csv
from inquiries.exports.workbook import workbook
from inquiries.facts import Ask
from inquiries.figure_code import CHOICES, Address, code_of
from inquiries.overview import Overview, overview
from inquiries.words import Words
from panels.download import offer
from panels.drop_choices import ALL, Chosen
from panels.table import plain
from session import View

CSV, PNG, SVG = "text/csv", "image/png", "image/svg+xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a button says, how the file's name ends, its type, and what makes it.
File = tuple[str, str, str, Callable[[], bytes]]


def of_explored(view: View, asked: ExploredView, offered: Offered, found: Explored) -> None:
    """Of the figures that were asked for: table and picture."""
    names, words = found.figures.names, view.words
    choices = {name: getattr(asked, attribute) for name, attribute in PARAMS.items()}
    code = _code(view, "explore", choices)
    said = Said(
        title=names.title,
        subtitle=names.subtitle,
        sentence=found.sentence,
        notes=(*found.warnings, words("effect.guard"), names.caption),
        citation=_citation(view, names.title, code),
    )
    files = _tables(found, said, view, code)
    if found.charts:
        charts = partial(_explored_charts, _ask(view), asked, offered, words)
        key = key_to_marks(found.figures, words)
        files += _pictures(charts, replace(said, notes=(*filter(None, [key]), *said.notes)), words)
    _show(view, "explore", said, code, files)


def of_overview(view: View, found: Overview) -> str:
    """Of the overview's chart: the picture. Gives the name of a file of these figures, without its ending."""
    assert view.source is not None
    return _of_story(
        view, "overview", {}, found, partial(_overview_charts, _ask(view), view.source)
    )


def of_drop(view: View, chosen: Chosen, dimension: str | None, found: Drop) -> str:
    """Of the chart of a phase, as of the overview's."""
    assert view.source is not None
    group = ".".join(chosen.group) if any(chosen.group) else ALL
    choices = {"phase": chosen.phase, "by": dimension or "", "group": group}
    charts = partial(_drop_charts, _ask(view), view.source, chosen)
    return _of_story(view, "drop", choices, found, charts)


def _of_story(
    view: View,
    page: str,
    choices: Mapping[str, str],
    story: Overview | Drop,
    charts: Callable[[Words], figure_picture.Charts],
) -> str:
    code, words = _code(view, page, choices), view.words
    said = Said(
        title=story.picture.title,
        subtitle=story.picture.subtitle,
        sentence=story.lead,
        notes=(*story.warnings, story.guard, story.caption),
        citation=_citation(view, story.picture.title, code),
    )
    _show(view, page, said, code, _pictures(partial(charts, words), said, words))
    return words("share.file", code=code)


def _show(view: View, page: str, said: Said, code: str, files: list[File]) -> None:
    assert view.release is not None
    words, path = view.words, "" if page == "overview" else page
    link = links.address(view.release.about.release, path, CHOICES[page])
    quoted = plain(said.citation).replace(plain(code), f"**{plain(code)}**")
    st.markdown(quoted)
    with st.expander(words("share.take")):
        st.markdown(words("share.link_note"))
        with st.container(key="link"):
            st.code(link, language=None, wrap_lines=True)
            # Copied by our own script (static/interface.js).
            st.button(words("share.copy"), key="copy_link")
        with st.container(horizontal=True):
            for label, ending, kind, make in files:
                offer(words(label), make, words("share.file", code=code) + ending, kind)


def _code(view: View, page: str, choices: Mapping[str, str]) -> str:
    assert view.release is not None and view.source is not None
    return code_of(Address(view.release.about.release, page, view.source, choices), view.ask)


def _citation(view: View, title: str, code: str) -> str:
    assert view.release is not None and view.source is not None
    about, source = view.release.about, view.release.sources[view.source]
    return citation(about, source, title, code, session.today(), view.words)


def _tables(found: Explored, said: Said, view: View, code: str) -> list[File]:
    assert view.release is not None
    words, release = view.words, view.release.about.release
    beneath = (said.title, said.subtitle, said.sentence, *said.notes, said.citation)

    def read() -> bytes:
        return as_csv(for_readers(found.figures, words), *beneath)

    def in_sheet() -> bytes:
        return workbook(for_readers(found.figures, words), said, words("share.sheet"))

    def by_program() -> bytes:
        return as_program_csv(for_programs(found.figures, release, code, words))

    return [
        ("share.workbook", ".xlsx", XLSX, in_sheet),
        ("share.csv", ".csv", CSV, read),
        ("share.program_csv", "-data.csv", CSV, by_program),
    ]


def _pictures(charts: Callable[[], figure_picture.Charts], said: Said, words: Words) -> list[File]:
    def png() -> bytes:
        return figure_picture.png(charts(), said, words.language)

    def svg() -> bytes:
        return figure_picture.svg(charts(), said, words.language)

    return [("share.png", ".png", PNG, png), ("share.svg", ".svg", SVG, svg)]


def _ask(view: View) -> Ask:
    """The release on screen, to be asked when a file is made: out of Streamlit's reach."""
    assert view.release is not None
    return view.release.ask


def _explored_charts(
    ask: Ask, asked: ExploredView, offered: Offered, words: Words
) -> figure_picture.Charts:
    return explore.explored(ask, asked, offered, words).charts


def _overview_charts(ask: Ask, source: str, words: Words) -> figure_picture.Charts:
    return [overview(ask, source, words).picture.chart]


def _drop_charts(ask: Ask, source: str, chosen: Chosen, words: Words) -> figure_picture.Charts:
    return [drop(ask, source, chosen.phase, chosen.group, words).picture.chart]
