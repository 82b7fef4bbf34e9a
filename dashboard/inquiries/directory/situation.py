"""What a reader has told of the situation, and whether a contact is for it."""

from __future__ import annotations

from dataclasses import dataclass

from inquiries.directory.contact import Channel, Contact
from inquiries.directory.provisions import provisions

# Bands of `labels.csv`, with the youngest and the oldest in each.
AGES = {
    "under_18": (0, 17),
    "age_18_24": (18, 24),
    "age_25_29": (25, 29),
    "age_30_plus": (30, 120),
}
LETTER = "X"


@dataclass(frozen=True)
class Situation:
    """Where, who asks, the age of the person it is about, whether there is danger now, and wishes.

    None is not told. It is never written to a link, a log or a file.
    """

    region: str | None = None
    municipality: str | None = None
    asker: str | None = None
    age: str | None = None
    acute: bool = False
    provision: str | None = None
    language: str | None = None
    theme: str | None = None


def fits(contact: Contact, situation: Situation) -> bool:
    """Whether a contact is for a situation; what a source does not state excludes nothing but a language."""
    return (
        contact.covers(situation.region, situation.municipality)
        and (situation.asker is None or situation.asker in contact.audience)
        and (situation.age is None or _of_age(contact, situation.age))
        and (contact.acute or not situation.acute)
        and (situation.provision is None or situation.provision in provisions(contact))
        and (situation.language is None or situation.language in contact.languages)
        and (situation.theme is None or not contact.themes or situation.theme in contact.themes)
    )


def _of_age(contact: Contact, band: str) -> bool:
    youngest, oldest = AGES[band]
    return (contact.minimum_age or 0) <= oldest and youngest <= (contact.maximum_age or oldest)


def ways_for(contact: Contact, asker: str | None) -> tuple[Channel, ...]:
    """The ways to reach a contact that may be shown: what a letter alone says, to professionals only."""
    return tuple(
        way for way in contact.channels if way.confidence != LETTER or asker == "professional"
    )
