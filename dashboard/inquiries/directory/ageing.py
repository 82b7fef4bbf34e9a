"""How far a contact can be trusted today: confirmed, to be confirmed, or confirmed too long ago."""

from __future__ import annotations

from datetime import date
from typing import Literal

from inquiries.directory.contact import Channel, Contact

State = Literal["confirmed", "to_confirm", "stale"]
# From the best to the worst one can be told.
STATES: tuple[State, ...] = ("confirmed", "to_confirm", "stale")
OWN_PAGE = "A"


def state_of(found: Contact | Channel, today: date) -> State:
    """A channel's state, or that of a contact: the worst of its phones, else of its channels.

    Checked is what a unit has confirmed on a date and, without that, what was read on the body's
    own page; after twelve months either is stale. All else is to be confirmed.
    """
    if isinstance(found, Contact) and found.channels:
        return max(
            (state_of(way, today) for way in found.phones or found.channels), key=STATES.index
        )
    checked = found.assured_date or (found.source_read if found.confidence == OWN_PAGE else "")
    if not checked:
        return "to_confirm"
    return "stale" if _a_year_before(date.fromisoformat(checked), today) else "confirmed"


def _a_year_before(checked: date, today: date) -> bool:
    """Whether more than twelve months lie between; twelve to the day do not."""
    return (checked.year + 1, checked.month, checked.day) < (today.year, today.month, today.day)


def printable_number(way: Channel, today: date) -> bool:
    """Whether a number may stand on paper: confidence A, or confirmed within twelve months.

    What may not is printed as the contact's web address and "nummer skal bekræftes".
    """
    known = way.confidence == OWN_PAGE or state_of(way, today) == "confirmed"
    return way.kind == "phone" and bool(way.address) and known
