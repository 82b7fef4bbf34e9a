"""A release is frozen, whole or absent, and holds protected cells and what follows from them alone."""

from __future__ import annotations

import csv
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from inquiries import publication
from inquiries.actor import LOCAL, Actor
from inquiries.build import build, fingerprint, gather, recall_release
from inquiries.faults import Fault, Forbidden
from inquiries.filing import MASKED_COUNT, Reporter, Source, Submission
from inquiries.home import Home
from inquiries.next_release import difference
from inquiries.policy import policy_of, sign_policy
from inquiries.release import Release, newest, open_newest, release_paths
from inquiries.store import Store
from inquiries.vocabulary import REGISTERED, label_table

GRAMPIAN = Path(__file__).parent / "reference" / "grampian_camhs_referrals_monthly.csv"
TOTAL = {"dimension_1": "", "value_1": "", "dimension_2": "", "value_2": ""}
NOON = datetime(2026, 11, 22, 12, 0)
PROPOSED = policy_of(Home(Path("nowhere")))
# Noise that never moves a count, so that a cell can be told by its sum.
PLAIN = replace(PROPOSED, largest_noise=1, noise_variance=1e-9)


def source(name: str, columns: tuple[str, ...], *, synthetic: bool, reporters: str = "a") -> Source:
    filing = tuple(Reporter(reporter, reporter, reporter) for reporter in reporters)
    return Source(name, name, name, "inquiry", columns, synthetic, filing)


def rows(*found: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame([{**dict.fromkeys(REGISTERED, ""), **row} for row in found])


def file(store: Store, name: str, frame: pd.DataFrame, reporter: str = "a") -> None:
    months = tuple(frame["month"].unique())
    store.submit(LOCAL, Submission(name, reporter, months, frame, "fingerprint"))


def grampian() -> pd.DataFrame:
    with GRAMPIAN.open(encoding="utf-8") as lines:
        return rows(
            *(
                {"month": pd.Timestamp(line["month"]), "count": int(line["total_referrals"])}
                for line in csv.DictReader(lines)
            )
        )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with the real series of a real hotline's kind."""
    made = Store(Home(tmp_path), clock=lambda: NOON)
    sign_policy(LOCAL, Home(tmp_path), "the officer", "2026-11-22")
    made.add_source(LOCAL, source("grampian", ("month", "count"), synthetic=False))
    file(made, "grampian", grampian())
    return made


def flipped(whole: bytes) -> bytes:
    """One bit of the middle byte the other way."""
    middle = len(whole) // 2
    return whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]


def release_of(tmp_path: Path) -> Release:
    build(LOCAL, Home(tmp_path), clock=lambda: NOON)
    found = open_newest(Home(tmp_path))
    assert found is not None
    return found


def test_the_fall_of_the_real_series_is_the_reference_fall(store: Store, tmp_path: Path) -> None:
    found = release_of(tmp_path)
    effects = found.ask("release/effects", source="grampian", **TOTAL)
    fall = effects[(effects["basis"] == "model") & (effects["period"] == "lockdown_1")].iloc[0]
    assert (fall["observed"], fall["low"], fall["high"]) == (394, 757, 952)
    assert fall["expected"] == pytest.approx(852.313122, rel=1e-4)
    assert fall["rr_low"] == pytest.approx(0.396020357, abs=5e-3)
    assert fall["rr_high"] == pytest.approx(0.539605768, abs=5e-3)
    assert fall["verdict"] == "fall"


def test_real_figures_are_not_released_under_an_unsigned_policy(
    store: Store, tmp_path: Path
) -> None:
    Home(tmp_path).policy.unlink()
    with pytest.raises(Fault) as fault:
        build(LOCAL, Home(tmp_path), clock=lambda: NOON)
    assert fault.value.code == "policy_unsigned"
    assert release_paths(Home(tmp_path)) == []


def test_a_release_can_be_opened_by_many_at_once(store: Store, tmp_path: Path) -> None:
    first = release_of(tmp_path)
    second = open_newest(Home(tmp_path))
    assert second is not None
    second.close()
    assert first.ask("release/sources").shape[0] == 1


def test_only_a_publisher_releases(store: Store, tmp_path: Path) -> None:
    steward = Actor("anna", frozenset({"steward"}), ("*",))
    with pytest.raises(Forbidden):
        build(steward, Home(tmp_path))


def test_the_first_real_release_drops_the_synthetic_sources(store: Store, tmp_path: Path) -> None:
    store.add_source(LOCAL, source("made-up", ("month", "count"), synthetic=True))
    file(store, "made-up", grampian())
    found = release_of(tmp_path)
    assert list(found.ask("release/sources")["source"]) == ["grampian"]
    assert not found.about.synthetic


def test_an_empty_store_has_nothing_to_release(tmp_path: Path) -> None:
    with pytest.raises(Fault) as fault:
        build(LOCAL, Home(tmp_path))
    assert fault.value.code == "nothing_to_release"


def test_a_second_release_in_a_month_needs_a_reason_which_is_kept(
    store: Store, tmp_path: Path
) -> None:
    build(LOCAL, Home(tmp_path), clock=lambda: NOON)
    with pytest.raises(Fault) as fault:
        build(LOCAL, Home(tmp_path), clock=lambda: NOON)
    assert fault.value.code == "release_too_soon"
    build(LOCAL, Home(tmp_path), clock=lambda: NOON, forced_because="a wrong hotline")
    assert list(store.releases(LOCAL)["forced_because"]) == ["a wrong hotline", ""]
    build(LOCAL, Home(tmp_path), clock=lambda: datetime(2026, 12, 1))


def test_the_first_release_of_a_new_source_does_not_count(store: Store, tmp_path: Path) -> None:
    build(LOCAL, Home(tmp_path), clock=lambda: NOON)
    sheet = source("second", ("month", "count"), synthetic=False)
    store.add_source(LOCAL, sheet)
    file(store, "second", grampian())
    build(LOCAL, Home(tmp_path), clock=lambda: NOON)
    assert len(release_paths(Home(tmp_path))) == 2


def test_a_recalled_release_gives_way_to_the_one_before_and_its_id_is_not_used_again(
    store: Store, tmp_path: Path
) -> None:
    home = Home(tmp_path)
    first = build(LOCAL, home, clock=lambda: NOON)
    second = build(LOCAL, home, clock=lambda: NOON, forced_because="a test")
    recall_release(LOCAL, home, second, "wrong file")
    path = newest(home)
    assert path is not None
    assert path.stem == first
    assert store.releases(LOCAL)["recalled_because"].iloc[0] == "wrong file"
    third = build(LOCAL, home, clock=lambda: NOON, forced_because="a test")
    assert third not in (first, second)


def test_what_would_change_is_told_before_it_is_released(store: Store, tmp_path: Path) -> None:
    home = Home(tmp_path)
    before = difference(gather(LOCAL, store, PROPOSED), None)
    assert before.appear > 100
    assert len(before.totals) == 78
    found = release_of(tmp_path)
    file(store, "grampian", rows({"month": pd.Timestamp("2021-07-01"), "count": 222}))
    after = difference(gather(LOCAL, store, policy_of(home)), found)
    assert list(after.totals["month"]) == [pd.Timestamp("2021-07-01")]
    assert (after.disappear, after.change) == (0, 0)


def test_release_ids_go_up_on_one_day_and_when_the_clock_goes_back(
    store: Store, tmp_path: Path
) -> None:
    days = (datetime(2026, 11, 22), datetime(2026, 11, 22), datetime(2026, 11, 21))
    made = [
        build(LOCAL, Home(tmp_path), clock=lambda day=day: day, forced_because="a test")
        for day in days
    ]
    assert made == ["2026-11-22-1", "2026-11-22-2", "2026-11-22-3"]
    path = newest(Home(tmp_path))
    assert path is not None
    assert path.stem == "2026-11-22-3"


def test_the_tenth_release_of_a_day_is_newer_than_the_ninth(tmp_path: Path) -> None:
    home = Home(tmp_path).prepare()
    for number in (9, 10, 2):
        (home.releases / f"2026-11-22-{number}.duckdb").touch()
    assert [path.stem[-2:] for path in release_paths(home)] == ["-2", "-9", "10"]


def test_a_release_that_was_cut_or_altered_is_not_opened(store: Store, tmp_path: Path) -> None:
    build(LOCAL, Home(tmp_path))
    path = newest(Home(tmp_path))
    assert path is not None
    whole = path.read_bytes()
    for damaged in (whole[:-4096], flipped(whole), b""):
        path.write_bytes(damaged)
        with pytest.raises(Fault) as fault:
            open_newest(Home(tmp_path))
        assert fault.value.code == "release_altered"


def test_a_build_that_dies_leaves_the_last_release(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(LOCAL, Home(tmp_path), clock=lambda: NOON)

    def no_space(path: Path) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(publication, "flush", no_space)
    with pytest.raises(OSError, match="no space"):
        build(LOCAL, Home(tmp_path), clock=lambda: NOON, forced_because="a test")
    path = newest(Home(tmp_path))
    assert path is not None
    assert path.stem == "2026-11-22-1"


# A build that says when it has come to the function named, and waits there to be killed.
WAITS = """
import sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from inquiries import build, publication
from inquiries.actor import LOCAL
from inquiries.home import Home

fill = publication.engine.fill

def wait(*_):
    print("here", flush=True)
    time.sleep(120)

def wait_in_the_cells(connection, table, frame):
    wait() if table == "cell" else fill(connection, table, frame)

if sys.argv[3] == "writing":
    publication.engine.fill = wait_in_the_cells
else:
    publication.publish = wait
build.build(LOCAL, Home(Path(sys.argv[2])), forced_because="a test")
"""


def killed(folder: Path, where: str) -> None:
    """A real build, killed in its tracks."""
    dashboard = Path(publication.__file__).resolve().parents[1]
    process = subprocess.Popen(
        [sys.executable, "-c", WAITS, str(dashboard), str(folder), where],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.mark.long
def test_a_build_that_is_killed_half_way_leaves_the_last_release_and_can_be_made_again(
    store: Store, tmp_path: Path
) -> None:
    home = Home(tmp_path)
    first = build(LOCAL, home, clock=lambda: NOON)
    killed(tmp_path, "writing")
    assert [path.stem for path in release_paths(home)] == [first]
    found = open_newest(home)
    assert found is not None
    assert found.about.release == first
    assert list(store.releases(LOCAL)["release"]) == [first]
    again = build(LOCAL, home, forced_because="a test")
    assert [path.stem for path in release_paths(home)] == [first, again]
    assert list(store.releases(LOCAL)["number"]) == [2, 1]


@pytest.mark.long
def test_a_build_that_is_killed_when_it_is_recorded_comes_out_before_the_next(
    store: Store, tmp_path: Path
) -> None:
    """Else a release would be out that the freezing of corrections knows nothing of, or the other way round."""
    home = Home(tmp_path)
    first = build(LOCAL, home, clock=lambda: NOON)
    killed(tmp_path, "recorded")
    recorded = store.releases(LOCAL)["release"].iloc[0]
    assert [path.stem for path in release_paths(home)] == [first]
    third = build(LOCAL, home, forced_because="a test")
    assert [path.stem for path in release_paths(home)] == [first, recorded, third]
    assert list(store.releases(LOCAL)["number"]) == [3, 2, 1]
    found = open_newest(home)
    assert found is not None
    assert found.about.number == 3


def test_an_id_the_store_knows_is_not_used_again_when_its_file_is_gone(
    store: Store, tmp_path: Path
) -> None:
    home = Home(tmp_path)
    build(LOCAL, home, clock=lambda: NOON)
    second = build(LOCAL, home, clock=lambda: NOON, forced_because="a test")
    (home.releases / f"{second}.duckdb").unlink()
    third = build(LOCAL, home, clock=lambda: NOON, forced_because="a test")
    assert (second, third) == ("2026-11-22-2", "2026-11-22-3")


def test_the_same_figures_have_the_same_fingerprint_in_any_order(
    store: Store, tmp_path: Path
) -> None:
    other = Store(Home(tmp_path / "other"), clock=lambda: NOON)
    other.add_source(LOCAL, source("grampian", ("month", "count"), synthetic=False))
    file(other, "grampian", grampian().sample(frac=1, random_state=1))
    prints = {fingerprint(gather(LOCAL, one, PROPOSED).tables) for one in (store, other)}
    assert len(prints) == 1


FULL = REGISTERED
JANUARY = pd.Timestamp("2020-01-01")


def person(month: pd.Timestamp, count: int, **codes: str) -> dict[str, object]:
    plain = {
        "municipality": "101",
        "channel": "phone",
        "theme": "threats",
        "inquirer": "parent",
        "age_band": "under_15",
        "gender": "woman",
    }
    return {"month": month, "count": count, **plain, **codes}


@pytest.fixture
def cells(tmp_path: Path) -> pd.DataFrame:
    """The cells of one synthetic year with a small group, an unknown gender and two municipalities."""
    made = Store(Home(tmp_path), clock=lambda: NOON)
    made.add_source(LOCAL, source("full", FULL, synthetic=True))
    months = pd.date_range("2020-01-01", periods=12, freq="MS")
    found = [person(month, 10) for month in months]
    found += [person(month, 4, municipality="851", channel="chat") for month in months]
    found += [person(month, 3, gender="other", inquirer="other_relative") for month in months]
    found += [person(month, 3, gender="unknown", theme="other") for month in months]
    file(made, "full", rows(*found))
    return gather(LOCAL, made, PLAIN).tables["cell"]


def count(cells: pd.DataFrame, kind: str, period: str, **chosen: str) -> int | None:
    """The count of one cell, or None when it is absent."""
    pairs = [*chosen.items(), ("", ""), ("", "")]
    (one, first), (two, second) = pairs[0], pairs[1]
    found = cells[
        (cells["period_kind"] == kind)
        & (cells["period"] == period)
        & (cells["dimension_1"] == one)
        & (cells["value_1"] == first)
        & (cells["dimension_2"] == two)
        & (cells["value_2"] == second)
    ]["count"]
    return int(found.iloc[0]) if len(found) else None


@pytest.mark.parametrize(
    ("kind", "period", "chosen", "expected"),
    [
        ("month", "2020-01", {}, 20),
        ("quarter", "2020Q1", {}, 60),
        ("year", "2020", {}, 240),
        ("phase", "lockdown_1", {}, 60),
        ("month", "2020-01", {"region": "hovedstaden"}, 16),
        ("month", "2020-01", {"region": "nordjylland"}, None),
        ("quarter", "2020Q1", {"region": "nordjylland"}, 12),
        ("quarter", "2020Q1", {"municipality": "851"}, 12),
        ("month", "2020-01", {"municipality": "101"}, None),
        ("phase", "transition", {"municipality": "101"}, None),
        ("phase", "lockdown_1", {"municipality": "101"}, 48),
        ("month", "2020-01", {"inquirer": "relative"}, 20),
        ("month", "2020-01", {"inquirer": "parent"}, 17),
        ("month", "2020-01", {"inquirer": "other_relative"}, None),
        ("month", "2020-01", {"age_band": "under_18"}, 20),
        ("month", "2020-01", {"gender": "other_or_unknown"}, 6),
        ("year", "2020", {"gender": "other"}, None),
        ("year", "2020", {"gender": "unknown"}, None),
        ("month", "2020-01", {"channel": "phone", "inquirer": "relative"}, 16),
        ("year", "2020", {"region": "nordjylland", "channel": "chat"}, 48),
        ("year", "2020", {"municipality": "851", "channel": "chat"}, None),
    ],
)
def test_a_cell_holds_what_the_lattice_says(
    cells: pd.DataFrame, kind: str, period: str, chosen: dict[str, str], expected: int | None
) -> None:
    assert count(cells, kind, period, **chosen) == expected


def test_no_cell_is_small(cells: pd.DataFrame) -> None:
    assert cells["count"].min() >= PROPOSED.smallest_shown


def test_every_value_of_a_cell_has_a_label(cells: pd.DataFrame) -> None:
    labels = label_table().set_index(["dimension", "code"]).index
    for dimension, value in (("dimension_1", "value_1"), ("dimension_2", "value_2")):
        used = cells[cells[dimension] != ""].set_index([dimension, value]).index
        assert used.difference(labels).empty


def test_a_period_with_a_missing_month_has_no_cell_and_a_provisional_one_says_so(
    tmp_path: Path,
) -> None:
    made = Store(Home(tmp_path), clock=lambda: NOON)
    made.add_source(LOCAL, source("two", ("month", "count"), synthetic=True, reporters="ab"))
    months = pd.date_range("2020-01-01", periods=9, freq="MS")
    own = rows(*({"month": month, "count": 30} for month in months if month.month != 2))
    file(made, "two", own)
    file(made, "two", own[own["month"] < "2020-09-01"], reporter="b")
    tables = gather(LOCAL, made, PLAIN).tables
    state = tables["coverage"].set_index(["period_kind", "period"])["state"]
    assert state["month", "2020-02"] == "missing"
    assert state["quarter", "2020Q1"] == "missing"
    assert state["quarter", "2020Q2"] == "complete"
    assert state["month", "2020-09"] == "provisional"
    assert state["quarter", "2020Q3"] == "provisional"
    assert count(tables["cell"], "quarter", "2020Q1") is None
    assert count(tables["cell"], "month", "2020-02") is None
    assert count(tables["cell"], "month", "2020-09") == 30
    assert tables["source"]["data_through"].iloc[0] == pd.Timestamp("2020-08-01")


def test_a_municipality_is_counted_in_the_region_it_lay_in(tmp_path: Path) -> None:
    made = Store(Home(tmp_path), clock=lambda: NOON)
    made.add_source(LOCAL, source("full", FULL, synthetic=True))
    months = (pd.Timestamp("2026-12-01"), pd.Timestamp("2027-01-01"))
    file(made, "full", rows(*(person(month, 9) for month in months)))
    found = gather(LOCAL, made, PLAIN).tables["cell"]
    assert count(found, "month", "2026-12", region="hovedstaden") == 9
    assert count(found, "month", "2027-01", region="oestdanmark") == 9
    assert count(found, "month", "2027-01", region="hovedstaden") is None


def test_a_masked_count_stands_as_two_and_flags_every_total_that_holds_it(tmp_path: Path) -> None:
    made = Store(Home(tmp_path), clock=lambda: NOON)
    made.add_source(LOCAL, source("full", FULL, synthetic=True))
    months = [f"2020-{month:02d}" for month in range(1, 7)]
    known = rows(*(person(pd.Timestamp(month), 30) for month in months))
    masked = rows(person(pd.Timestamp("2020-02-01"), MASKED_COUNT, gender="man"))
    file(made, "full", pd.concat([known.assign(masked=False), masked.assign(masked=True)]))
    tables = gather(LOCAL, made, PLAIN).tables
    covered = tables["coverage"]
    flagged = covered.loc[covered["masked"], "period"]
    assert set(flagged) >= {"2020-02", "2020Q1"}
    assert not set(flagged) & {"2020-01", "2020-03", "2020Q2"}
    assert count(tables["cell"], "month", "2020-02") == 30 + MASKED_COUNT
    assert count(tables["cell"], "month", "2020-02", gender="man") is None


def test_nothing_but_a_sources_own_totals_tells_that_counts_were_masked(
    cells: pd.DataFrame,
) -> None:
    assert "masked" not in cells


def test_a_release_is_not_recalled_when_that_cannot_be_kept(store: Store, tmp_path: Path) -> None:
    home = Home(tmp_path)
    identity = build(LOCAL, home, clock=lambda: NOON)
    home.ledger.unlink()
    with pytest.raises(Fault) as fault:
        recall_release(LOCAL, home, identity, "a test")
    assert fault.value.code == "ledger_cut"
    assert newest(home) is not None
