"""A figure's code is short, says the same view again, and tells when a letter is wrong."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import pandas as pd
import pytest
from released import SOURCE, TOTAL, asked, given, phase_table

from inquiries.explore.offered import offered_of
from inquiries.explore.view import FORMS, MEASURES, PARAMS, PERIODS, View
from inquiries.facts import Ask
from inquiries.faults import Fault
from inquiries.figure_code import (
    CLOSED,
    DIMENSIONS,
    LETTERS,
    ROOM,
    Address,
    address_of,
    code_of,
    release_of,
)
from inquiries.vocabulary import WITH_MUNICIPALITY

RELEASE = "2026-11-22-1"
PHASES = phase_table(lockdown_1=("2020-04", "2020-06"), reopening=("2020-07", "2020-11"))
# The labels of a release that was made once, and stays as it is whatever the lists become.
OLD_LABELS = pd.DataFrame(
    [
        ("region", "hovedstaden", ""),
        ("region", "nordjylland", ""),
        ("municipality", "101", ""),
        ("channel", "phone", ""),
        ("channel", "chat", ""),
        ("theme", "threats", ""),
        ("inquirer", "professional", ""),
        ("inquirer", "school", "professional"),
        ("gender", "woman", ""),
    ],
    columns=["dimension", "code", "group_code"],
).assign(rank=range(9), label_da="da", label_en="en")
LONGEST = {
    "by": "municipality.nordjylland",
    "only": "gender.woman",
    "period": "year",
    "measure": "share",
    "form": "table",
    "from": "2019-01",
    "to": "2020-12",
}


def released(months: int = 36, labels: pd.DataFrame | None = None) -> Ask:
    """A release from January 2018 with these labels, else with those of the lists."""
    counts = {TOTAL: pd.Series(60, pd.date_range("2018-01-01", periods=months, freq="MS"))}
    tables = given(counts, PHASES)
    ask = asked(tables if labels is None else tables | {"label": labels})
    # Asked again and again here, as a release is by the pages that keep its answers.
    kept = cache(lambda question, params: ask(question, **dict(params)))
    return lambda question, **params: kept(question, tuple(sorted(params.items())))


@pytest.fixture(scope="module")
def ask() -> Ask:
    return released()


@pytest.fixture(scope="module")
def old() -> Ask:
    return released(labels=OLD_LABELS)


def explored(release: str = RELEASE, **chosen: str) -> Address:
    plain = View(SOURCE)
    choices = {name: getattr(plain, attribute) for name, attribute in PARAMS.items()}
    return Address(release, "explore", SOURCE, choices | chosen)


def dropped(**chosen: str) -> Address:
    plain = {"phase": "lockdown_1", "by": "region", "group": "all"}
    return Address(RELEASE, "drop", SOURCE, plain | chosen)


def read(code: str, ask: Ask) -> Address:
    assert release_of(code) == RELEASE
    return address_of(code, ask)


def said(code: str, ask: Ask) -> str:
    """The fault that a code gives."""
    with pytest.raises(Fault) as fault:
        address_of(code, ask)
    return fault.value.code


# The codes that people have written down: they are read for ever


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ("19JY-00JA", explored()),
        ("19JY-0000-2GXP", explored(by="channel")),
        ("19JY-001C-00RT", explored(form="same")),
        ("19JY-0000-0156", Address(RELEASE, "overview", SOURCE, {})),
        ("19JY-0002-WJER", dropped(phase="reopening", by="theme", group="channel.chat")),
        ("19JY-000A-JSD4-N041", explored(**LONGEST)),
    ],
)
def test_a_code_is_what_it_was(code: str, address: Address, old: Ask) -> None:
    assert code_of(address, old) == code
    assert read(code, old) == address


@pytest.mark.parametrize("page", ["explore", "drop"])
def test_every_choice_a_page_has_is_in_a_code(page: str, ask: Ask) -> None:
    offered = offered_of(ask, SOURCE)
    ends = ("", *offered.months, *offered.phases)
    each = {
        "explore": {
            "measure": MEASURES,
            "period": PERIODS,
            "form": FORMS,
            "by": ("", *offered.breakdowns),
            "only": ("", *offered.choices),
            "from": ends,
            "to": ends,
        },
        "drop": {
            "phase": offered.phases,
            "by": ("", *offered.labels),
            "group": ("all", *offered.choices),
        },
    }[page]
    figure = {"explore": explored, "drop": dropped}[page]
    codes = set()
    for name, values in each.items():
        for value in values:
            code = code_of(figure(**{name: value}), ask)
            assert read(code, ask) == figure(**{name: value})
            codes.add(code)
    # Each value has a code of its own but the defaults, which are the same figure.
    assert len(codes) == sum(map(len, each.values())) - len(each) + 1


def test_the_lists_have_room_and_every_dimension() -> None:
    assert set(DIMENSIONS) == set(WITH_MUNICIPALITY)
    assert all(len(values) <= ROOM for values in CLOSED.values())


@pytest.mark.parametrize("release", ["2026-01-01-1", "2026-11-22-12", "2089-09-17-1024"])
def test_a_code_says_its_release(release: str, ask: Ask) -> None:
    assert release_of(code_of(explored(release), ask)) == release


def test_a_code_is_read_with_the_lists_of_its_release(ask: Ask, old: Ask) -> None:
    """Another release has other labels, and makes another code of the same choice."""
    figure = explored(only="channel.phone")
    assert code_of(figure, old) != code_of(figure, ask)
    assert read(code_of(figure, ask), ask) == read(code_of(figure, old), old) == figure


# What is typed


@pytest.mark.parametrize(
    "typed",
    [
        "19jy-000a-jsd4-n041",
        "19JY000AJSD4N041",
        " 19JY 000A JSD4 N041 ",
        "19JY\N{EN DASH}000A\N{NON-BREAKING HYPHEN}JSD4\N{NO-BREAK SPACE}N04\N{MINUS SIGN}1",
        "i9jy-oooa-jsd4-no4i",
        "l9JY-OOOA-JSD4-NO4l",
    ],
)
def test_case_space_and_likeness_do_not_matter(typed: str, old: Ask) -> None:
    assert read(typed, old) == explored(**LONGEST)


def test_one_wrong_letter_is_always_found(ask: Ask) -> None:
    code = code_of(explored(**LONGEST), ask).replace("-", "")
    wrong = [
        code[:place] + letter + code[place + 1 :]
        for place, right in enumerate(code)
        for letter in LETTERS
        if letter != right
    ]
    assert len(wrong) == 16 * 31
    assert {said(typed, ask) for typed in wrong} == {"code_unreadable"}


@pytest.mark.parametrize("chosen", [{}, LONGEST], ids=["short", "long"])
def test_two_letters_that_changed_places_are_always_found(chosen: dict[str, str], ask: Ask) -> None:
    code = code_of(explored(**chosen), ask).replace("-", "")
    swapped = []
    for one, other in combinations(range(len(code)), 2):
        letters = list(code)
        letters[one], letters[other] = letters[other], letters[one]
        swapped += ["".join(letters)] if code[one] != code[other] else []
    assert len(swapped) > 10
    assert {said(typed, ask) for typed in swapped} == {"code_unreadable"}


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "19JY",
        "19JY-00J",
        "19JY-00JA-0",
        "UUUU-UUUU",
        "ÆØÅÆ-ØÅÆØ",
        "0" * 10_001,
        "<b>1</b>",
    ],
    ids=lambda typed: typed[:12],
)
def test_what_is_no_code_is_said(typed: str, ask: Ask) -> None:
    assert said(typed, ask) == "code_unreadable"


def test_a_code_of_a_later_layout_is_said_to_be_newer(ask: Ask) -> None:
    assert said("29JY-00Q7", ask) == "code_newer"


def test_a_code_that_names_what_its_release_does_not_hold_is_said(ask: Ask) -> None:
    """As where the release of another installation has the same day."""
    assert said(code_of(explored(to="2020-12"), ask), released(months=30)) == "code_elsewhere"
