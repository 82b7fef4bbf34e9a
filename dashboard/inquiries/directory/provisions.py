"""The provisions a contact works under, as one can choose them: "serviceloven § 109"."""

from __future__ import annotations

import re

from inquiries.directory.contact import Contact

_PART = re.compile(r"(?i)\b(barnets lov|serviceloven)s?\b|§\s*(\d+(?: [a-d]\b)?)")


def provisions(contact: Contact) -> tuple[str, ...]:
    """Each provision once, under the name the source gave it and under the name it has now.

    A bare § belongs to the law named last; items and subsections are left out, as they did not
    carry over.
    """
    found: dict[str, None] = {}
    for text in (*contact.legal_basis, *contact.legal_basis_now):
        law = ""
        for part in _PART.finditer(text):
            law = (part[1] or law).lower()
            if part[2] and law:
                found[f"{law} § {part[2]}"] = None
    return tuple(found)


def all_provisions(contacts: list[Contact]) -> list[str]:
    """Every provision of some contacts, by law and number."""
    found = {one for contact in contacts for one in provisions(contact)}
    return sorted(found, key=lambda one: (one.split("§")[0], int(re.findall(r"\d+", one)[0]), one))
