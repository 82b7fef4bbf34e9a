"""What can be taken along from the directory: one A4, a card for the wallet, a table. Nothing chosen is kept."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

import session
from inquiries.directory import Contact, for_print
from inquiries.directory.places import Place, place, place_codes, place_name
from inquiries.directory.schema import AUDIENCES
from inquiries.exports.card import MOST_LINES, CardLine, card, offered
from inquiries.exports.sheet import sheet, sheet_csv
from inquiries.words import Words
from panels.download import offer
from panels.table import plain

PDF, CSV = "application/pdf", "text/csv"


def show(contacts: list[Contact], words: Words) -> None:
    """Where and for whom; then the sheet, the table and the card."""
    today = session.today()
    with st.expander(words("print.title")):
        st.markdown(words("print.lead"))
        where, who = st.columns(2)
        with where:
            code = _choose_place(today, words)
        with who:
            audience = _choose_audience(words)
        area: Place = place(code)
        found = for_print(
            contacts, region=area.region, municipality=area.municipality, audience=audience
        )
        _sheet(found, _said(code, audience, words), today, words)
        _card(found, today, words)


def _choose_place(today: date, words: Words) -> str | None:
    return st.selectbox(
        words("print.place"),
        place_codes(today.strftime("%Y-%m")),
        index=None,
        placeholder=words("print.all_places"),
        format_func=lambda code: place_name(code, words.language),
    )


def _choose_audience(words: Words) -> str | None:
    return st.selectbox(
        words("print.audience"),
        AUDIENCES,
        index=None,
        placeholder=words("print.all_audiences"),
        format_func=lambda code: words.sentence_case(words(f"audience.{code}")),
    )


def _said(code: str | None, audience: str | None, words: Words) -> str:
    """Area and audience as they stand on paper."""
    area = place_name(code, words.language) if code else words("print.all_places")
    if audience is None:
        return area
    return f"{area} · {words('print.for', audience=words(f'audience.{audience}'))}"


def _sheet(found: list[Contact], chosen: str, today: date, words: Words) -> None:
    name, given = words("print.sheet_file"), (found, chosen, today, words)
    with st.container(horizontal=True):
        offer(words("print.sheet_button"), partial(sheet, *given), f"{name}.pdf", PDF)
        offer(words("print.csv_button"), partial(sheet_csv, *given), f"{name}.csv", CSV)


def _card(found: list[Contact], today: date, words: Words) -> None:
    st.subheader(words("print.card_title"), anchor=False)
    st.warning(f"*{words('print.agree')}*")
    st.markdown(words("print.card_lead", number=words.number(MOST_LINES)))
    chosen = [line for line in offered(found, today, words) if _ticked(line)]
    left = len(chosen) - MOST_LINES
    if left > 0:
        counted = {"number": words.number(MOST_LINES), "left": words.number(left)}
        st.warning(words("print.too_many", **counted))
    if not chosen:
        st.markdown(words("print.none_chosen"))
        return
    name = f"{words('print.card_file')}.pdf"
    offer(words("print.card_button"), partial(card, chosen, words), name, PDF)


def _ticked(line: CardLine) -> bool:
    return st.checkbox(
        f"{plain(line.name)}: **{line.number}**", key=f"card {line.name} {line.number}"
    )
