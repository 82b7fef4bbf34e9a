"""What is asked for in an address, put right where it cannot be shown, and what can be chosen beside it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from released import SOURCE, TOTAL, asked, given, phase_table

from inquiries.explore.choices import (
    forms_for,
    measures_for,
    newest_first,
    periods_for,
    settled,
    view_of,
)
from inquiries.explore.measures import MEASURES as MEASURED
from inquiries.explore.offered import Offered, offered_of
from inquiries.explore.view import FORMS, MEASURES, PARAMS, PERIODS, View
from inquiries.vocabulary import WITH_MUNICIPALITY

PHASES = phase_table(lockdown_1=("2020-04", "2020-06"), reopening=("2020-07", "2020-11"))

# What stands in an address of the slope between the years before and the first closing.
SLOPE = {"period": "phase", "form": "slope", "from": "baseline", "to": "lockdown_1"}


def monthly(first: str, months: int) -> dict[tuple[str, str], pd.Series]:
    return {TOTAL: pd.Series(60, pd.date_range(first, periods=months, freq="MS"))}


@pytest.fixture(scope="module")
def offered() -> Offered:
    """A source of every column, from January 2018 to December 2020."""
    return offered_of(asked(given(monthly("2018-01-01", 36), PHASES)), SOURCE)


@pytest.fixture(scope="module")
def totals_alone() -> Offered:
    """A source of months alone, that begins after the first closing."""
    tables = given(monthly("2021-01-01", 14), PHASES)
    tables["source"]["columns"] = "month count"
    return offered_of(asked(tables), SOURCE)


def test_an_address_of_nothing_is_the_default_view(offered: Offered) -> None:
    assert view_of({}, offered) == (View(SOURCE), ())


@pytest.mark.parametrize(
    "params",
    [
        {"measure": "index", "by": "channel", "period": "quarter", "form": "small"},
        {"by": "inquirer.professional", "only": "channel.phone", "form": "heat"},
        {"by": "municipality.nordjylland", "period": "year"},
        {"only": "theme.threats", "measure": "share", "form": "same"},
        {"from": "2019-03", "to": "2020-06", "form": "table"},
        {
            "by": "theme",
            "period": "phase",
            "form": "slope",
            "from": "lockdown_1",
            "to": "reopening",
        },
        {"period": "phase", "from": "baseline"},
    ],
    ids=lambda params: " ".join(params.values()),
)
def test_a_view_comes_back_from_its_own_address(params: dict[str, str], offered: Offered) -> None:
    view, notes = view_of(params, offered)
    assert notes == ()
    assert view.params() == params
    assert view_of(view.params(), offered) == (view, ())


@pytest.mark.parametrize("name", PARAMS)
@pytest.mark.parametrize(
    "nonsense", ["findes-ikke", "<script>", "' or 1=1 --", "count.phone", "2020-13"]
)
def test_nonsense_gives_the_default_and_says_so(name: str, nonsense: str, offered: Offered) -> None:
    view, notes = view_of({name: nonsense}, offered)
    assert view == View(SOURCE)
    assert [code for code, _ in notes] == ["outside" if name in ("from", "to") else "unknown"]


@pytest.mark.parametrize(
    ("params", "shown", "notes"),
    [
        # the same dimension twice, or a municipality with another
        ({"by": "channel", "only": "channel.phone"}, {"only": "channel.phone"}, ["same"]),
        (
            {"by": "inquirer.relative", "only": "inquirer.professional"},
            {"only": "inquirer.professional"},
            ["same"],
        ),
        (
            {"by": "municipality", "only": "channel.phone", "period": "year"},
            {"by": "municipality", "period": "year", "form": "heat"},
            ["municipality_alone"],
        ),
        (
            {"by": "channel", "only": "municipality.851", "period": "year"},
            {"by": "channel", "period": "year"},
            ["municipality_alone"],
        ),
        # no municipality by month
        (
            {"by": "municipality"},
            {"by": "municipality", "period": "year", "form": "heat"},
            ["municipality_month"],
        ),
        (
            {"only": "municipality.851"},
            {"only": "municipality.851", "period": "year"},
            ["municipality_month"],
        ),
        # a measure or a form that means nothing
        ({"measure": "share"}, {}, ["share_of_all"]),
        ({"form": "small"}, {}, []),
        ({"form": "slope"}, {}, []),
        ({"by": "channel", "form": "same"}, {"by": "channel"}, []),
        ({"form": "heat", "period": "year"}, {"period": "year"}, []),
        (
            {"by": "channel", "form": "small", "period": "phase"},
            {"by": "channel", "period": "phase"},
            [],
        ),
        (
            {"by": "channel", "form": "slope"},
            {"by": "channel", **SLOPE},
            [],
        ),
        # ends
        ({"from": "2020-05", "to": "2020-04"}, {}, ["outside"]),
        ({"from": "2020-05", "to": "2020-05"}, {"from": "2020-05", "to": "2020-05"}, []),
        ({"from": "2017-12"}, {}, ["outside"]),
        ({"from": "2018-01"}, {"from": "2018-01"}, []),
        ({"to": "2021-01"}, {}, ["outside"]),
        (
            {"from": "2020-02", "to": "2020-03", "period": "quarter"},
            {"period": "quarter"},
            ["outside"],
        ),
        (
            {"from": "2020-01", "to": "2020-03", "period": "quarter"},
            {"from": "2020-01", "to": "2020-03", "period": "quarter"},
            [],
        ),
        ({"from": "lockdown_1"}, {}, []),
        ({"from": "2020-01", "period": "phase"}, {"period": "phase"}, []),
        (
            {"by": "channel", "form": "slope", "from": "lockdown_1"},
            {"by": "channel", **SLOPE},
            ["outside"],
        ),
    ],
)
def test_what_cannot_go_together_is_put_right(
    params: dict[str, str], shown: dict[str, str], notes: list[str], offered: Offered
) -> None:
    view, found = view_of(params, offered)
    assert (view.params(), [code for code, _ in found]) == (shown, notes)
    assert settled(view, offered) == (view, ())


@pytest.mark.parametrize(
    ("before", "asked_for", "stays"),
    [
        ({"by": "channel"}, {"only": "channel.phone"}, {"only": "channel.phone"}),
        (
            {"by": "channel", "period": "year"},
            {"only": "municipality.851"},
            {"only": "municipality.851", "period": "year"},
        ),
        (
            {"by": "municipality", "period": "year"},
            {"only": "theme.threats"},
            {"only": "theme.threats", "period": "year"},
        ),
        (
            {"only": "channel.phone", "period": "year"},
            {"by": "municipality"},
            {"by": "municipality", "period": "year", "form": "heat"},
        ),
        ({"only": "channel.phone"}, {"by": "channel"}, {"by": "channel"}),
        (
            {"by": "channel", "form": "slope"},
            {"period": "quarter"},
            {"by": "channel", "period": "quarter"},
        ),
        (
            {"by": "channel", "form": "slope"},
            {"form": "heat"},
            {"by": "channel", "period": "phase", "form": "heat"},
        ),
        (
            {"by": "channel", "form": "slope"},
            {"only": "channel.phone"},
            {"only": "channel.phone", "period": "phase"},
        ),
        ({"by": "channel"}, {"only": "theme.threats"}, {"by": "channel", "only": "theme.threats"}),
    ],
)
def test_what_was_chosen_last_stays_and_what_it_cannot_go_with_gives_way(
    before: dict[str, str], asked_for: dict[str, str], stays: dict[str, str], offered: Offered
) -> None:
    old, _ = view_of(before, offered)
    new = replace(old, **{PARAMS[name]: value for name, value in asked_for.items()})
    view, _ = settled(newest_first(old, new), offered)
    assert view.params() == stays


def test_a_source_offers_the_dimensions_it_registers_each_followed_by_its_groups(
    offered: Offered, totals_alone: Offered
) -> None:
    assert [by for by in offered.breakdowns if "." not in by] == list(WITH_MUNICIPALITY)
    at = offered.breakdowns.index("inquirer")
    assert offered.breakdowns[at + 1 : at + 3] == ("inquirer.relative", "inquirer.professional")
    assert offered.codes("inquirer.relative") == ("parent", "other_relative")
    assert {"851", "unknown"} & set(offered.codes("municipality.nordjylland")) == {"851"}
    assert totals_alone.breakdowns == () and totals_alone.not_registered == WITH_MUNICIPALITY


def test_a_region_that_there_was_not_in_the_sources_months_is_not_offered(offered: Offered) -> None:
    assert "sjaelland" in offered.codes("region") and "oestdanmark" not in offered.codes("region")


def test_a_dimension_that_a_source_does_not_register_is_said_by_name(totals_alone: Offered) -> None:
    view, notes = view_of({"by": "channel", "only": "theme.threats"}, totals_alone)
    assert view == View(SOURCE)
    assert notes == (("not_registered", {"dimension": "channel"}),)


def test_a_source_without_the_first_closing_is_not_shown_by_phase(totals_alone: Offered) -> None:
    view, notes = view_of({"period": "phase"}, totals_alone)
    assert (view, [code for code, _ in notes]) == (View(SOURCE), ["no_phases"])
    assert "phase" not in periods_for(View(SOURCE), totals_alone)


@pytest.mark.parametrize(
    ("view", "forms"),
    [
        (View(SOURCE), ("lines", "same", "heat", "table")),
        (View(SOURCE, period="quarter"), ("lines", "same", "heat", "table")),
        (View(SOURCE, period="year"), ("lines", "table")),
        (View(SOURCE, period="phase"), ("lines", "table")),
        (View(SOURCE, by="channel"), ("lines", "heat", "small", "slope", "table")),
        (View(SOURCE, by="channel", period="phase"), ("lines", "heat", "slope", "table")),
        (View(SOURCE, by="municipality", period="year"), ("heat", "slope", "table")),
        (
            View(SOURCE, by="municipality.nordjylland", period="year"),
            ("lines", "heat", "small", "slope", "table"),
        ),
    ],
    ids=lambda part: " ".join(part.params().values()) if isinstance(part, View) else "",
)
def test_the_forms_offered_are_those_that_can_show_the_view(
    view: View, forms: tuple[str, ...], offered: Offered
) -> None:
    assert forms_for(view, offered) == forms


def test_every_measure_has_a_formula_and_every_form_and_period_can_be_chosen(
    offered: Offered,
) -> None:
    assert tuple(MEASURED) == MEASURES == measures_for(View(SOURCE, by="channel"))
    assert periods_for(View(SOURCE), offered) == PERIODS
    by_channel = forms_for(View(SOURCE, by="channel"), offered)
    assert {*by_channel, *forms_for(View(SOURCE), offered)} == set(FORMS)


def test_the_address_has_short_names_in_lower_case() -> None:
    assert all(name.isalpha() and name.islower() and len(name) <= 7 for name in PARAMS)
