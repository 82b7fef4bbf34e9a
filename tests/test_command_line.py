"""The operator's command line: a real series from file to release, and each fault told in one sentence."""

from __future__ import annotations

import csv
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from small_home import one_source
from started import MANAGE

from inquiries.actor import LOCAL
from inquiries.build import build, recall_release
from inquiries.engine import STORE_VERSION
from inquiries.filing import Reporter, Source
from inquiries.home import Home
from inquiries.overview import overview
from inquiries.policy import PROPOSAL
from inquiries.release import open_newest, release_paths
from inquiries.seed import prepare
from inquiries.spellings import Spellings
from inquiries.store import Store
from inquiries.words import words
from manage import main
from tests.keyed import OTHER

ROOT = Path(__file__).resolve().parents[1]
UPLOADS = ROOT / "tests" / "uploads"
REFERRALS = ROOT / "tests" / "reference" / "grampian_camhs_referrals_monthly.csv"
SOURCE = "grampian"
OWN = Reporter(SOURCE, "P", "P")
DONE, REFUSED, STOPPED, UNCONFIRMED = 0, 1, 2, 3
SAY = words("da")

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def manage(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Carries out one command of `manage.py` on the test's own home."""
    monkeypatch.setenv("INQUIRIES_EDITION", "full")

    def run(*arguments: str | Path, home: Path = own_home) -> subprocess.CompletedProcess[str]:
        monkeypatch.setenv("INQUIRIES_HOME", str(home))
        told = [str(argument) for argument in arguments]
        code = main(told)
        said = capsys.readouterr()
        return subprocess.CompletedProcess(told, code, said.out, said.err)

    return run


@pytest.fixture
def operator(own_home: Path) -> Command:
    """Runs one command of `manage.py` on the test's own home in a process, as an operator does."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, MANAGE, *arguments],
            env=os.environ | {"INQUIRIES_HOME": str(own_home), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )

    return run


@pytest.fixture
def monthly_totals(tmp_path: Path) -> Path:
    """The published series as the file a source of totals sends in."""
    with REFERRALS.open(encoding="utf-8", newline="") as file:
        rows = [f"{row['month']};{row['total_referrals']}" for row in csv.DictReader(file)]
    path = tmp_path / "totals.csv"
    path.write_text("\n".join(["month;count", *rows, ""]), "utf-8")
    return path


def stopped_with(done: subprocess.CompletedProcess[str], sentence: str) -> None:
    assert (done.returncode, done.stderr, done.stdout) == (STOPPED, sentence + "\n", "")


def test_a_real_series_goes_from_its_file_to_the_overview(
    manage: Command, own_home: Path, monthly_totals: Path
) -> None:
    home = Home(own_home)
    added = manage("add-source", SOURCE, "--name", "CAMHS Grampian", "--profile", "totals")
    assert (added.returncode, added.stdout) == (
        DONE,
        SAY("command.source_added", source=SOURCE) + "\n",
    )
    assert manage("load", monthly_totals, "--source", SOURCE).returncode == DONE
    stopped_with(manage("release"), SAY("fault.policy_unsigned"))
    assert len(release_paths(home)) == 1
    assert manage("sign-policy", "--by", "The officer", "--on", "2026-11-22").returncode == DONE
    released = manage("release")
    newest = release_paths(home)[-1].stem
    assert (released.returncode, released.stdout) == (
        DONE,
        SAY("command.released", release=newest) + "\n",
    )
    shows_the_known_estimate(home)


def shows_the_known_estimate(home: Home) -> None:
    """As an independent fit of the same series has it (tests/reference/its_reference.json)."""
    release = open_newest(home)
    assert release
    assert not release.about.synthetic
    assert list(release.ask("release/sources")["source"]) == [SOURCE]
    found = overview(release.ask, SOURCE, SAY)
    release.close()
    for figure in ("394", "852 (757–952)", "54 pct.", "46–60 pct."):
        assert figure in found.lead
    assert "−53,8 (−60,4 til −46,0)" in set(found.phases[SAY("table.change_signed")])


def test_a_release_is_taken_back_and_the_one_before_is_read_again(
    manage: Command, tmp_path: Path
) -> None:
    home = one_source(tmp_path / "small")
    first = build(LOCAL, home, clock=lambda: datetime(2026, 10, 22))
    released = manage("release", "--note", "again", home=home.folder)
    assert released.returncode == DONE
    second = release_paths(home)[-1].stem
    recall = ("recall", second, "--because", "a test")
    assert manage(*recall, home=home.folder).returncode == DONE
    assert [path.stem for path in release_paths(home)] == [first]
    stopped_with(manage(*recall, home=home.folder), SAY("fault.release_unknown", release=second))


def test_the_secret_is_copied_to_a_new_file_and_a_lost_one_is_told(
    manage: Command, own_home: Path, tmp_path: Path
) -> None:
    secret, copy = Home(own_home).secret, tmp_path / "copy"
    assert manage("backup-secret", copy).returncode == DONE
    assert copy.read_text() == secret.read_text()
    stopped_with(manage("backup-secret", copy), SAY("fault.file_unwritable", file=str(copy)))
    secret.unlink()
    stopped_with(manage("release"), SAY("fault.secret_lost", file=str(secret)))
    assert not secret.exists()


def test_a_refused_file_is_told_line_by_line_and_not_stored(
    manage: Command, own_home: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("måned;antal\n2026-13;4\n", "utf-8")
    assert manage("add-source", SOURCE, "--name", "Prøve").returncode == DONE
    told = manage("load", bad, "--source", SOURCE)
    assert told.returncode == REFUSED
    assert told.stdout.splitlines() == [
        SAY("outcome.refuse"),
        "Linje 2, måned: fandt »2026-13«, som ikke kan være en måned: måneden skal være 01-12, "
        "og året mellem 1990 og 2100. Skriv den som ÅÅÅÅ-MM, fx 2026-09.",
    ]
    facts = json.loads(manage("check", bad, "--source", SOURCE, "--json").stdout)
    assert (facts["outcome"], facts["problems"][0]["line"]) == ("refuse", 2)
    assert SOURCE not in set(Store(Home(own_home)).submissions(LOCAL)["source"])


def test_a_file_is_checked_against_an_empty_store_unless_a_source_is_named(
    manage: Command, tmp_path: Path
) -> None:
    nowhere = tmp_path / "nowhere"
    told = manage("check", UPLOADS / "base.csv", "--json", home=nowhere)
    assert (told.returncode, json.loads(told.stdout)) == (
        DONE,
        {
            "outcome": "accept",
            "rows": 144,
            "total": 2297,
            "masked": 0,
            "months": ["2026-09"],
            "problems": [],
        },
    )
    assert not nowhere.exists()
    stopped_with(
        manage("check", UPLOADS / "base.csv", "--against-store"), SAY("fault.source_needed")
    )


def test_an_empty_store_has_nothing_to_compare_small_counts_with(manage: Command) -> None:
    """In a first file, counts of 1-4 alone are warned of; with figures to compare, they need not be."""
    told = manage("check", UPLOADS / "counts" / "cnt-small-cells.csv", "--json")
    assert (told.returncode, json.loads(told.stdout)["outcome"]) == (UNCONFIRMED, "accept_warning")


def test_a_file_in_the_sources_own_words_is_read_as_on_the_page(
    manage: Command, own_home: Path, tmp_path: Path
) -> None:
    store = Store(Home(own_home))
    source = Source(SOURCE, "P", "P", "inquiry", ("month", "channel", "count"), False, (OWN,))
    store.add_source(LOCAL, source)
    file = tmp_path / "own.csv"
    file.write_text("måned;kanal;antal\n2026-09;Skranken;12\n", "utf-8")
    assert manage("check", file, "--source", SOURCE).returncode == REFUSED
    Spellings(Home(own_home), source).keep(LOCAL, "channel", "Skranken", "in_person")
    assert manage("check", file, "--source", SOURCE).returncode == DONE
    assert manage("load", file, "--source", SOURCE).returncode == DONE
    assert list(store.rows_in_force(LOCAL, SOURCE, SOURCE)["channel"]) == ["in_person"]


def test_a_warning_keeps_a_file_out_until_it_is_confirmed(manage: Command, own_home: Path) -> None:
    warned = UPLOADS / "totals" / "tot-i-alt-right.csv"
    assert manage("add-source", SOURCE, "--name", "Prøve", "--profile", "full").returncode == DONE
    told = manage("load", warned, "--source", SOURCE, "--json")
    (problem,) = json.loads(told.stdout)["problems"]
    assert (told.returncode, problem["severity"], problem["line"]) == (UNCONFIRMED, "warning", 146)
    assert manage("check", warned).returncode == UNCONFIRMED
    store = Store(Home(own_home))
    assert SOURCE not in set(store.submissions(LOCAL)["source"])
    assert manage("load", warned, "--source", SOURCE, "--accept-warnings").returncode == DONE
    rows = store.rows_in_force(LOCAL, SOURCE, SOURCE)
    assert (len(rows), rows["count"].sum(), rows["masked"].any()) == (144, 2297, False)


def test_a_personal_file_leaves_no_trace(manage: Command, own_home: Path) -> None:
    personal = UPLOADS / "personal" / "pii-cpr-hyphen.csv"
    assert manage("add-source", SOURCE, "--name", "Prøve", "--profile", "full").returncode == DONE
    told = manage("load", personal, "--source", SOURCE, "--accept-warnings")
    assert told.returncode == REFUSED
    assert "150785" not in told.stdout + told.stderr and "1101" not in told.stdout + told.stderr
    for path in filter(Path.is_file, own_home.rglob("*")):
        assert b"150785-1101" not in path.read_bytes(), path


def test_a_port_in_use_is_told_in_one_sentence(operator: Command) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        told = operator("run", "--port", str(port))
    stopped_with(told, SAY("fault.port_taken", port=port, other=port + 1))


@pytest.mark.parametrize("command", [("run", "--port", "0"), ("release",)], ids=lambda c: c[0])
def test_a_home_that_cannot_be_written_is_told_in_one_sentence(
    manage: Command, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """A folder under a file can be made by nobody, not even by root."""
    file = tmp_path / "file"
    file.touch()
    told = manage(*command, home=file / "home")
    stopped_with(told, SAY("fault.home_not_writable", folder=str(file / "home")))


def test_a_store_from_a_newer_version_is_told_in_one_sentence(
    manage: Command, own_home: Path
) -> None:
    with duckdb.connect(str(Home(own_home).store)) as store:
        store.execute("update store_version set version = version + 1")
    told = manage("release")
    newer = {"found": STORE_VERSION + 1, "known": STORE_VERSION}
    stopped_with(told, SAY("fault.store_newer", **newer))


def test_a_damaged_store_is_told_in_one_sentence(manage: Command, own_home: Path) -> None:
    home = Home(own_home)
    home.store.write_bytes(b"not a store")
    told = manage("release")
    (kept,) = home.quarantine.iterdir()
    facts = {"file": str(home.store), "folder": str(kept)}
    stopped_with(told, SAY("fault.store_damaged", **facts))
    assert (kept / home.store.name).read_bytes() == home.store.read_bytes() == b"not a store"


def weaken(home: Home) -> Path:
    text = PROPOSAL.read_text("utf-8")
    home.policy.write_text(text.replace("smallest_shown = 5", "smallest_shown = 4"), "utf-8")
    return home.policy


def unsettle(home: Home) -> Path:
    home.policy.write_text("smallest_shown =", "utf-8")
    return home.policy


def lose(home: Home) -> Path:
    home.secret.unlink()
    return home.secret


def exchange(home: Home) -> Path:
    home.secret.write_text(OTHER)
    return home.secret


def cut(home: Home) -> Path:
    home.secret.write_text(home.secret.read_text()[:20])
    return home.secret


def expose(home: Home) -> Path:
    home.secret.chmod(0o644)
    return home.secret


@pytest.mark.parametrize("command", ["run", "release"])
@pytest.mark.parametrize(
    ("harm", "fault", "facts"),
    [
        (weaken, "policy_weak", {"weakest": 5}),
        (unsettle, "policy_unreadable", {}),
        (lose, "secret_lost", {}),
        (cut, "secret_damaged", {}),
        (exchange, "secret_other", {}),
        pytest.param(
            expose,
            "secret_open",
            {},
            marks=pytest.mark.skipif(os.name != "posix", reason="file modes are a matter of POSIX"),
        ),
    ],
    ids=lambda case: getattr(case, "__name__", None),
)
def test_the_program_neither_starts_nor_releases_without_its_protection(
    manage: Command,
    own_home: Path,
    command: str,
    harm: Callable[[Home], Path],
    fault: str,
    facts: dict[str, int],
) -> None:
    harmed = harm(Home(own_home))
    before = release_paths(Home(own_home))
    port = ("--port", "0") if command == "run" else ()
    stopped_with(manage(command, *port), SAY(f"fault.{fault}", file=str(harmed), **facts))
    assert release_paths(Home(own_home)) == before


def test_the_program_does_not_start_when_it_cannot_tell_what_is_to_be_kept(
    manage: Command, own_home: Path
) -> None:
    keeping = Home(own_home).keeping
    keeping.write_text("original_files = 'yes'", "utf-8")
    stopped_with(manage("run", "--port", "0"), SAY("fault.keeping_unreadable", file=str(keeping)))


def test_a_start_does_not_release_again_what_was_recalled(own_home: Path) -> None:
    home = Home(own_home)
    (only,) = release_paths(home)
    recall_release(LOCAL, home, only.stem, "a mistake")
    assert not prepare(home)
    assert release_paths(home) == []


@pytest.mark.parametrize(
    ("arguments", "fault", "facts"),
    [
        (("check", "none.csv", "--source", "none"), "source_unknown", {"source": "none"}),
        (
            ("check", "none.csv", "--source", "eksempel-hotline"),
            "file_unreadable",
            {"file": "none.csv"},
        ),
        (
            ("add-source", "eksempel-hotline", "--name", "Igen"),
            "source_taken",
            {"source": "eksempel-hotline"},
        ),
        (("add-source", "Med Mellemrum", "--name", "Skæv"), "source_id", {}),
    ],
    ids=["unknown source", "unreadable file", "taken id", "impossible id"],
)
def test_a_wrong_word_is_told_in_one_sentence(
    manage: Command, arguments: tuple[str, ...], fault: str, facts: dict[str, str]
) -> None:
    stopped_with(manage(*arguments), SAY(f"fault.{fault}", **facts))


def test_a_fault_is_told_in_english_too(operator: Command) -> None:
    told = operator("--language", "en", "check", "none.csv", "--source", "none")
    stopped_with(told, words("en")("fault.source_unknown", source="none"))
