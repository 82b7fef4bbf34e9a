"""Which contacts come first: on the screen, beside a chart and on paper."""

from __future__ import annotations

from inquiries.directory.contact import EMERGENCY, POLICE, Contact


def for_print(
    contacts: list[Contact],
    *,
    region: str | None = None,
    municipality: str | None = None,
    audience: str | None = None,
) -> list[Contact]:
    """The contacts of a printed sheet, in order: 112, 114, then the acute ones, then advice.

    Only what may be printed and can be reached: a contact stands with a number that
    `printable_number` allows, else with its web address.
    """
    always = {EMERGENCY, POLICE}
    fitting = [
        contact
        for contact in contacts
        if contact.id in always
        or (
            contact.printable
            and contact.covers(region, municipality)
            and (audience is None or audience in contact.audience)
            and (contact.channels or contact.url)
        )
    ]
    return sorted(fitting, key=lambda contact: (contact.id not in always, *_written_order(contact)))


def _written_order(contact: Contact) -> tuple[bool, int, str]:
    return not contact.acute, contact.order, contact.id
