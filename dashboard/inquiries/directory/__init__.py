"""Whom to call: contacts, each with source, date and confidence; checked, searched, ordered, aged, published."""

from inquiries.directory.ageing import STATES, State, printable_number, state_of
from inquiries.directory.contact import EMERGENCY, POLICE, Channel, Contact, contact
from inquiries.directory.published import FOLDER, publish, read_published
from inquiries.directory.ranking import beside, for_print, own_entries, ranked, shown_group
from inquiries.directory.search import Index
from inquiries.directory.situation import AGES, Situation, ways_for

__all__ = [
    "AGES",
    "EMERGENCY",
    "FOLDER",
    "POLICE",
    "STATES",
    "Channel",
    "Contact",
    "Index",
    "Situation",
    "State",
    "beside",
    "contact",
    "for_print",
    "own_entries",
    "printable_number",
    "publish",
    "ranked",
    "read_published",
    "shown_group",
    "state_of",
    "ways_for",
]
