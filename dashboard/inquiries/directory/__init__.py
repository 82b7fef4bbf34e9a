"""Whom to call: contacts, each with source, date and confidence; checked, searched, ordered, aged, published."""

from inquiries.directory.ageing import STATES, State, printable_number, state_of
from inquiries.directory.contact import EMERGENCY, POLICE, Channel, Contact, contact
from inquiries.directory.published import FOLDER, publish, read_folder, read_published
from inquiries.directory.ranking import for_print
from inquiries.directory.search import find

__all__ = [
    "EMERGENCY",
    "FOLDER",
    "POLICE",
    "STATES",
    "Channel",
    "Contact",
    "State",
    "contact",
    "find",
    "for_print",
    "printable_number",
    "publish",
    "read_folder",
    "read_published",
    "state_of",
]
