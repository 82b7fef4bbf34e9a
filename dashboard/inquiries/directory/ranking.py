"""Which contacts come first: on the screen, beside a chart and on paper."""

from __future__ import annotations

from inquiries.directory.contact import EMERGENCY, POLICE, Contact
from inquiries.directory.situation import AGES, Situation, fits

MOST_BESIDE, ACUTE_BESIDE = 5, 3


def ranked(contacts: list[Contact], situation: Situation) -> list[Contact]:
    """The contacts that fit a situation, the one to turn to first on top.

    112, then the acute ones in the order of their files, then advice. In danger now the police's
    number for no danger comes last of the acute.
    """
    fitting = [contact for contact in contacts if fits(contact, situation)]
    return sorted(fitting, key=lambda contact: _place(contact, situation))


def _place(contact: Contact, situation: Situation) -> tuple[bool, bool, bool, bool, int, str]:
    chosen = bool(situation.theme) and situation.theme in contact.themes
    return (
        contact.id != EMERGENCY,
        not contact.acute,
        situation.acute and contact.id == POLICE,
        not chosen,
        contact.order,
        contact.id,
    )


def beside(
    contacts: list[Contact],
    *,
    region: str | None = None,
    municipality: str | None = None,
    theme: str | None = None,
    inquirer: str | None = None,
    age: str | None = None,
) -> list[Contact]:
    """The three to five contacts that fit what a chart shows, acute first.

    `inquirer` is an audience and `age` a band of `AGES`; a value that says nothing of whom to call
    (all, other, not stated) is as none. Where no place is shown, only what serves the whole country
    is; a municipality's own entry point has a place of its own, and at least one is for advice.
    """
    situation = Situation(region, municipality, inquirer, age, theme=theme)
    shown = [
        contact
        for contact in ranked(contacts, situation)
        if contact.printable
        and (contact.channels or contact.url)
        and (region or municipality or not contact.municipalities)
    ]
    first = [contact for contact in shown if contact.acute and contact.id != POLICE]
    near = [one for one in first if municipality and one.of_municipality][:1]
    acute = [one for one in first if one not in near][:ACUTE_BESIDE] + near
    advice = [contact for contact in shown if not contact.acute]
    return (acute + advice)[:MOST_BESIDE]


def own_entries(contacts: list[Contact], municipality: str) -> list[Contact]:
    """A municipality's own entry points, none when the directory has none that may be shown."""
    return [
        contact
        for contact in ranked(contacts, Situation(municipality=municipality))
        if contact.of_municipality and contact.printable and (contact.channels or contact.url)
    ]


# Who asks, by the group of a figure: a school's inquiries are a professional's.
ASKER_OF = {
    "self": "citizen",
    "relative": "relative",
    "parent": "parent",
    "other_relative": "relative",
    "professional": "professional",
    "school": "professional",
    "municipality_staff": "professional",
    "other_professional": "professional",
}


def shown_group(dimension: str, value: str) -> dict[str, str]:
    """What a chart of one group tells of whom to call, as `beside` takes it; nothing for a channel or a gender."""
    if dimension == "inquirer" and value in ASKER_OF:
        return {"inquirer": ASKER_OF[value]}
    if dimension == "age_band" and value in ("under_15", "age_15_17"):
        return {"age": "under_18"}
    if dimension == "age_band" and value in AGES:
        return {"age": value}
    return {dimension: value} if dimension in ("region", "theme") else {}


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
    fitting = ranked(contacts, Situation(region, municipality, audience))
    printed = [one for one in fitting if one.printable and (one.channels or one.url)]
    first = ranked([one for one in contacts if one.id in always], Situation())
    return first + [one for one in printed if one.id not in always]
