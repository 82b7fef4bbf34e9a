"""Before a release each check is found in the figures: what passes, what is worth a note, and what stops the release."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from inquiries import vocabulary
from inquiries.actor import LOCAL
from inquiries.build import Contents
from inquiries.checks import Check, Standing, checks, require, standing
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.policy import policy_of, rule_of
from inquiries.release import newest
from inquiries.store import Store

NOW = datetime(2026, 11, 22)
UNSIGNED = policy_of(Home(Path("nowhere")))
SIGNED = replace(UNSIGNED, signed_by="the officer", signed_on="2026-11-01")
RULE = rule_of(SIGNED, vocabulary.phases())
MADE = pd.DataFrame(
    {
        "release": ["2026-10-22-1"],
        "number": [1],
        "released_at": [pd.Timestamp("2026-10-22")],
        "synthetic": [False],
        "policy": [RULE],
        "recalled_because": [""],
    }
)
JUDGED = Standing(NOW, MADE, frozenset({"s"}), secret=None, last=None)
MONTHS = pd.date_range("2026-07-01", periods=4, freq="MS")


def contents(**changed: Any) -> Contents:
    """Real figures of one source, of which nothing is wrong but for what is changed."""
    coverage = pd.DataFrame(
        {"source": "s", "period_kind": "month", "first_month": MONTHS, "state": "complete"}
    )
    tables = {
        "coverage": coverage,
        "source": pd.DataFrame([{"source": "s", "name_da": "Kilden", "name_en": "The source"}]),
        "cell": pd.DataFrame({"count": [5, 90]}),
        "phase": vocabulary.phases(),
    }
    plain = Contents(
        synthetic=False,
        data_through=MONTHS[-1],
        policy=SIGNED,
        months=pd.DataFrame({"source": ["s"]}),
        corrections_wait=False,
        tables=tables | changed.pop("tables", {}),
    )
    return replace(plain, **changed)


def found(
    judged: Standing = JUDGED, reasons: dict[str, str] | None = None, **changed: Any
) -> list[Check]:
    return checks(contents(**changed), judged, **(reasons or {}))


def states(*found: str) -> dict[str, pd.DataFrame]:
    coverage = contents().tables["coverage"].assign(state=list(found))
    return {"coverage": coverage}


def this_month(**changed: Any) -> Standing:
    return replace(JUDGED, made=MADE.assign(released_at=pd.Timestamp("2026-11-02"), **changed))


def test_a_release_of_which_nothing_is_wrong_passes_every_check() -> None:
    all_of_them = found()
    assert [check.code for check in all_of_them] == [
        "signed", "secret", "months", "least", "corrections", "monthly", "series", "last",
    ]  # fmt: skip
    assert all(check.passed and not check.stops for check in all_of_them)
    require(all_of_them)


@pytest.mark.parametrize(
    ("check", "fault"),
    [
        (found(policy=UNSIGNED)[0], "policy_unsigned"),
        (found(replace(JUDGED, secret=Fault("secret_lost", file="f")))[1], "secret_lost"),
        (found(tables={"cell": pd.DataFrame({"count": [90, 4]})})[3], "count_small"),
        (found(policy=replace(SIGNED, smallest_shown=6))[3], "count_small"),
        (found(this_month())[5], "release_too_soon"),
        (found(policy=replace(SIGNED, smallest_shown=6))[6], "policy_changed"),
    ],
    ids=[
        "unsigned",
        "no secret",
        "small count",
        "smaller than the policy",
        "this month",
        "new rule",
    ],
)
def test_what_must_not_be_released_is_stopped(check: Check, fault: str) -> None:
    assert (check.passed, check.stops) == (False, True)
    with pytest.raises(Fault) as stopped:
        require([check])
    assert stopped.value.code == fault


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (found(corrections_wait=True)[4], "corrections_wait"),
        (found(this_month(), {"forced_because": "an error"})[5], "monthly_forced"),
        (
            found(policy=replace(SIGNED, exact_total_from=30), reasons={"new_series_because": "x"})[
                6
            ],
            "series_new",
        ),
        (found(replace(JUDGED, last=Fault("release_altered", release="r")))[7], "last"),
    ],
    ids=["corrections wait", "forced", "new series", "last release damaged"],
)
def test_what_a_publisher_should_know_is_noted_and_stops_nothing(check: Check, code: str) -> None:
    assert (check.code, check.passed, check.stops) == (code, False, False)
    require([check])


def test_months_that_somebody_still_owes_are_named() -> None:
    check = found(tables=states("complete", "provisional", "complete", "provisional"))[2]
    assert (check.code, check.passed, check.stops) == ("months_provisional", False, False)
    assert check.facts["months"] == (MONTHS[1], MONTHS[3])


def test_a_missing_month_is_neither_complete_nor_owed() -> None:
    check = found(tables=states("complete", "missing", "complete", "missing"))[2]
    assert (check.code, check.facts["month"]) == ("months", MONTHS[2])


@pytest.mark.parametrize(
    ("judged", "changed"),
    [
        (this_month(), {"synthetic": True}),
        (this_month(synthetic=True), {}),
        (this_month(recalled_because="a mistake"), {}),
        (this_month(), {"months": pd.DataFrame({"source": ["s", "new"]})}),
    ],
    ids=["samples", "a release of samples", "a recalled release", "a new source"],
)
def test_what_does_not_count_towards_one_release_a_month(
    judged: Standing, changed: dict[str, Any]
) -> None:
    assert found(judged, **changed)[5].passed


def test_sample_figures_need_no_signature() -> None:
    assert found(policy=UNSIGNED, synthetic=True)[0] == Check("signed_sample", passed=True)


def test_before_the_first_release_there_is_no_last_one_to_check() -> None:
    codes = [check.code for check in found(replace(JUDGED, made=MADE.iloc[:0]))]
    assert codes[-2:] == ["monthly", "series"]


def test_what_stands_is_read_from_the_files(own_home: Path) -> None:
    home = Home(own_home)
    store = Store(home)
    well = standing(LOCAL, store, home, NOW)
    assert (well.secret, well.last, len(well.made)) == (None, None, 1)
    assert well.known == {"eksempel-hotline", "eksempel-konsulenter"}
    home.secret.unlink()
    path = newest(home)
    assert path is not None
    path.write_bytes(path.read_bytes()[:-1])
    ill = standing(LOCAL, store, home, NOW)
    assert ill.secret is not None
    assert ill.last is not None
    assert (ill.secret.code, ill.last.code) == ("secret_lost", "release_altered")


def test_a_count_that_rounding_may_not_show_stops_the_release() -> None:
    """Rounded counts below 10 are not shown, whatever the policy says is the smallest."""
    rounded = replace(SIGNED, method="rounding")
    found = {check.code: check for check in checks(contents(policy=rounded), JUDGED)}
    assert found["least"].stops
    assert found["least"].facts["least"] == 10
