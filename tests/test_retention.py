"""Exact rows go when the owner's policy says so and somebody tells them to; what a comparison rests on is named first."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from inquiries import retention
from inquiries.actor import LOCAL
from inquiries.build import build
from inquiries.faults import Fault
from inquiries.filing import Reporter, Source, Submission
from inquiries.home import Home
from inquiries.inspection import inspect
from inquiries.keeping import PROPOSAL, keeping_of
from inquiries.policy import sign_policy
from inquiries.release import open_release, release_paths
from inquiries.retention import Due, due, erase_due
from inquiries.store import Store
from inquiries.vocabulary import REGISTERED
from inquiries.words import words
from manage import main as command_line
from tests.faults.children import dies, killed_at
from tests.faults.uploads import code_of

SAY = words("da")
NOW = datetime(2030, 2, 10)
# One that is compared with the time before the lockdown, and one with its own newest months alone.
OLD, LATE = "gammel", "sen"
SPANS = {OLD: ("2018-01-01", "2022-06-01"), LATE: ("2023-01-01", "2029-12-01")}


def now() -> datetime:
    return NOW


def filed(source: str, *months: pd.Timestamp, identity: str = "", count: int = 90) -> Submission:
    blank = dict.fromkeys(REGISTERED, "")
    rows = pd.DataFrame([{**blank, "month": month, "count": count} for month in months])
    name = identity or f"{source}-{months[0]:%Y-%m}"
    return Submission(source, source, months, rows, name, name)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sources filed month by month, and a release of both."""
    home = Home(tmp_path_factory.mktemp("retention") / "base")
    store = Store(home, now)
    for source, span in SPANS.items():
        own = (Reporter(source, source, source),)
        columns = ("month", "count")
        store.add_source(LOCAL, Source(source, source, source, "inquiry", columns, False, own))
        store.submit(LOCAL, *(filed(source, month) for month in pd.date_range(*span, freq="MS")))
    sign_policy(LOCAL, home, "the officer", "2026-09-01")
    build(LOCAL, home, clock=now)
    return home.folder


@pytest.fixture
def home(base: Path, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(base, tmp_path / "home")))


def decide(home: Home, **months: int) -> Home:
    kept = "".join(f"{source} = {number}\n" for source, number in months.items())
    home.keeping.write_text(f"original_files = false\n[source_months]\n{kept}", "utf-8")
    return home


def found(home: Home, source: str) -> Due:
    (own,) = [one for one in due(LOCAL, home, NOW) if one.source == source]
    return own


def span(months: pd.DatetimeIndex) -> tuple[str, str, int]:
    return f"{months[0]:%Y-%m}", f"{months[-1]:%Y-%m}", len(months)


def in_store(home: Home, source: str) -> tuple[str, str, int]:
    months = Store(home).months_in_force(LOCAL, source)["month"]
    return span(pd.DatetimeIndex(months))


# The policy


def test_the_proposal_gives_no_source_a_limit_and_says_why_and_who_decides() -> None:
    assert keeping_of(Home(Path("nowhere"))).source_months == {}
    comment = PROPOSAL.read_text("utf-8").partition("[source_months]")[0].rpartition("\n\n")[2]
    assert "without end" in comment and "storage limitation" in comment
    assert "data-protection officer decides" in comment


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("source_months = 120", "keeping_unreadable"),
        ("[source_months]\nsen = '120'", "keeping_unreadable"),
        ("[source_months]\nsen = true", "keeping_unreadable"),
        ("[source_months]\nsen = 120.5", "keeping_unreadable"),
        ("[source_months]\nsen = 12", "source_months_few"),
        ("[source_months]\nsen = 0", "source_months_few"),
        ("[source_months]\nsen = 13", ""),
    ],
)
def test_a_limit_is_a_whole_number_of_more_than_a_year(
    tmp_path: Path, table: str, code: str
) -> None:
    home = Home(tmp_path)
    home.keeping.write_text(f"original_files = false\n{table}\n", "utf-8")
    assert code_of(lambda: keeping_of(home)) == code


# What is past


def test_a_source_that_is_not_named_keeps_its_rows_without_end(home: Home) -> None:
    assert due(LOCAL, home, NOW) == []
    assert erase_due(LOCAL, home, by="x", also_needed=True, at=NOW)[0] == []
    assert in_store(home, OLD) == ("2018-01", "2022-06", 54)


@pytest.mark.parametrize(
    ("kept", "last"), [(85, None), (84, "2023-01"), (83, "2023-02"), (13, "2028-12")]
)
def test_a_month_is_past_when_so_many_whole_months_have_followed_it(
    home: Home, kept: int, last: str | None
) -> None:
    months = found(decide(home, sen=kept), LATE).months
    assert last is None if months.empty else span(months)[:2] == ("2023-01", last)


def test_what_the_release_compares_with_is_needed_and_what_lies_before_is_not(home: Home) -> None:
    decide(home, sen=24, gammel=24)
    late, old = found(home, LATE), found(home, OLD)
    # The newest quarter begins in October 2029, and is compared with the sixty months before it.
    assert span(late.months) == ("2023-01", "2028-01", 61)
    assert span(late.needed_months) == ("2024-10", "2028-01", 40)
    assert span(old.months) == span(old.needed_months) == ("2018-01", "2022-06", 54)
    assert len(late.needed) == 40 and len(late.submissions) == 61


def test_nothing_is_needed_where_nothing_has_been_released(home: Home) -> None:
    for path in release_paths(home):
        path.unlink()
    assert found(decide(home, gammel=24), OLD).needed == ()


def test_months_filed_with_later_ones_wait_for_them(home: Home) -> None:
    store = Store(home, now)
    long = pd.date_range("2023-01-01", "2029-12-01", freq="MS")
    store.submit(LOCAL, filed(LATE, *long, identity="all at once"))
    own = found(decide(home, sen=83), LATE)
    assert own.submissions == ("sen-2023-01", "sen-2023-02")  # replaced, and still there
    assert span(own.waiting) == ("2023-01", "2023-02", 2)


def test_a_limit_for_a_source_that_is_not_there_is_told(home: Home) -> None:
    with pytest.raises(Fault) as fault:
        due(LOCAL, decide(home, senn=24), NOW)
    assert (fault.value.code, fault.value.facts) == ("source_unknown", {"source": "senn"})


# Its erasure


def released(home: Home) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(home.releases.iterdir())}


def test_what_is_past_goes_but_what_is_needed_only_when_said_and_releases_out_stay_as_they_are(
    home: Home,
) -> None:
    decide(home, sen=24, gammel=24)
    before = released(home)
    gone, remains = erase_due(LOCAL, home, by="The officer", also_needed=False, at=NOW)
    assert gone == [
        f"sen-{month:%Y-%m}" for month in pd.date_range("2023-01", "2024-09", freq="MS")
    ]
    assert in_store(home, LATE) == ("2024-10", "2029-12", 63)
    assert in_store(home, OLD) == ("2018-01", "2022-06", 54)
    tombs = Store(home).erasures(LOCAL)
    assert set(tombs["authorised_by"]) == {"The officer"} and tombs["finished"].all()
    assert released(home) == before and len(remains.releases) == 1
    assert [path.name for path in remains.files] == ["store.duckdb"]  # the backup of the release
    decide(home, gammel=120)
    erase_due(LOCAL, home, by="The officer", also_needed=True, at=NOW)
    assert in_store(home, OLD) == ("2020-02", "2022-06", 29)
    identity = build(LOCAL, home, clock=now, forced_because="a test")
    anew = open_release(home.releases / f"{identity}.duckdb")
    first = {source: f"{own.first_month:%Y-%m}" for source, own in anew.sources.items()}
    bases = set(anew.ask("release/comparisons", source=OLD)["basis"])
    rests = retention.needed(anew, LATE)
    anew.close()
    assert first == {LATE: "2024-10", OLD: "2020-02"}
    assert span(rests) == ("2024-10", "2029-12", 63)
    assert "model" not in bases  # what the lockdown is compared with is gone
    assert {name: released(home)[name] for name in before} == before
    assert inspect(LOCAL, home).faults == []


def test_an_erasure_that_is_killed_is_finished_when_told_again(home: Home) -> None:
    told = partial(erase_due, LOCAL, decide(home, sen=84), by="x", also_needed=True, at=NOW)
    dies(killed_at, "inquiries.erasure.write_anew", told)
    assert [fault.code for fault in inspect(LOCAL, home).faults] == ["erasure_unfinished"]
    told()
    assert inspect(LOCAL, home).faults == []


def test_nothing_is_erased_without_an_authority(home: Home) -> None:
    decide(home, sen=84)
    erase = partial(erase_due, LOCAL, home, by=" ", also_needed=True, at=NOW)
    assert code_of(erase) == "reason_missing"
    assert in_store(home, LATE) == ("2023-01", "2029-12", 84)


@pytest.fixture
def manage(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, list[str]]]:
    monkeypatch.setenv("INQUIRIES_HOME", str(home.folder))
    monkeypatch.setattr("retention_command.system_clock", now)

    def run(*arguments: str) -> tuple[int, list[str]]:
        code = command_line(list(arguments))
        told = capsys.readouterr()
        return code, (told.out + told.err).splitlines()

    return run


def test_the_command_says_what_is_past_and_erases_it_only_when_told(
    home: Home, manage: Callable[..., tuple[int, list[str]]]
) -> None:
    assert manage("retention", "--list") == (0, [SAY("command.retention_none")])
    decide(home, sen=83, gammel=200)
    past = SAY(
        "command.retention_due", source="sen", kept=83, months="januar–februar 2023", number=2
    )
    lines = [SAY("command.retention_nothing", source="gammel", kept=200), past]
    assert manage("retention", "--list") == (0, lines)
    assert in_store(home, LATE)[0] == "2023-01"
    assert manage("retention", "--apply") == (2, [*lines, SAY("fault.reason_missing")])
    code, told = manage("retention", "--apply", "--by", "The officer")
    assert code == 0 and told[:3] == [*lines, SAY("command.retention_erased", number=2)]
    assert in_store(home, LATE)[0] == "2023-03"


def test_the_command_names_what_is_needed_and_what_waits(
    home: Home, manage: Callable[..., tuple[int, list[str]]]
) -> None:
    long = pd.date_range("2018-01-01", "2022-06-01", freq="MS")
    Store(home, now).submit(LOCAL, filed(OLD, *long, identity="all at once"))
    decide(home, gammel=120)
    code, lines = manage("retention", "--list")
    months = SAY.months(pd.Timestamp("2018-01-01"), pd.Timestamp("2020-01-01"))
    assert (code, lines[1:]) == (
        0,
        [
            SAY("command.retention_needed", source="gammel", months=months),
            SAY("command.retention_waiting", source="gammel", months=months),
        ],
    )
