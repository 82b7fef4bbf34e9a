"""The audit trail: one record for each act and each refused act, no value in it, and no way to change it unseen."""

from __future__ import annotations

import ast
import csv
import hashlib
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pandas as pd
import pytest
from small_home import SOURCE, one_source
from streamlit.testing.v1 import AppTest

from inquiries import actor as actors
from inquiries import (
    audit,
    audit_file,
    backup,
    encrypting,
    erasure,
    granting,
    policy,
    population,
    restoring,
    retention,
    trail,
)
from inquiries.access import Grant, actor_of, listed
from inquiries.actor import EVERYTHING, LOCAL, READER, Actor
from inquiries.build import build, recall_release
from inquiries.directory.changes import Check
from inquiries.directory.steward import Desk
from inquiries.exports.table import as_csv
from inquiries.faults import Fault
from inquiries.filing import Reporter, Source, Submission
from inquiries.home import Home
from inquiries.inspection import inspect
from inquiries.keeping import keeping_of
from inquiries.ledger import whole_lines
from inquiries.own_figures import Selection, export
from inquiries.released_sources import released_sources
from inquiries.series_notes import SeriesNotes
from inquiries.spellings import Spellings
from inquiries.store import Store
from inquiries.words import LOCALES, words
from manage import main as command_line
from panels.audit import in_words
from tests.faults.children import dies, in_child, killed_at
from tests.faults.full import during, fill_disk, make_room
from tests.faults.uploads import code_of, numbered
from tests.keyed import OTHER as ANOTHER_SECRET
from tests.keyed import key_file

ROOT = Path(__file__).resolve().parents[1]
INQUIRIES = ROOT / "dashboard" / "inquiries"
FRAME = ROOT / "dashboard" / "frame.py"
SAY = words("da")
AT = datetime(2026, 11, 22, 12, 0)
PEOPLE = pd.DataFrame(
    {"municipality": ["101"], "quarter": [pd.Timestamp("2020-01-01")], "population": [9]}
)
MONTH = pd.Timestamp("2020-04-01")
OTHER = Source(
    "other", "Anden", "Other", "inquiry", ("month", "count"), True, (Reporter("o", "O", "O"),)
)
WIDE = Source(
    SOURCE,
    "Kilden",
    "The source",
    "inquiry",
    ("month", "channel", "count"),
    False,
    (Reporter(SOURCE, "Kilden", "The source"),),
)
CHECK = Check("Center for Rådgivning", "2026-11-01", "dialled")
CONTACT = "red-raadgivning"
ISSUER, SUBJECT = "https://login.example", "6f1c_A"

Deed = Callable[[Home, Actor], object]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home where every act can be done: figures, a release, a withdrawn submission, kept files, a changed contact, a backup."""
    home = one_source(tmp_path_factory.mktemp("audit") / "base")
    home.keeping.write_text("original_files = true\n", "utf-8")
    store = Store(home)
    for number in range(2):
        file = {"original": b"content", "fingerprint": hashlib.sha256(b"content").hexdigest()}
        store.submit(LOCAL, replace(numbered(number), source=SOURCE, reporter=SOURCE, **file))
    store.withdraw(LOCAL, "s1", "wrong")
    give(home, LOCAL)
    build(LOCAL, home)
    Desk(home, LOCAL).confirm(CONTACT, None, CHECK)
    backup.back_up(LOCAL, home, AT)
    return home.folder


@pytest.fixture
def home(base: Path, tmp_path: Path) -> Home:
    folder = Path(shutil.copytree(base, tmp_path / "home"))
    made = folder / "backup" / backup.MADE
    made.unlink(missing_ok=True)
    return Home(folder)


def released(home: Home) -> str:
    return next(home.releases.glob("*.duckdb")).stem


def backed_up(home: Home) -> Path:
    return next(home.backups.glob("2026*"))


def entry(home: Home) -> dict[str, Any]:
    return Desk(home, LOCAL).entries()[CONTACT]


def new_entry(home: Home) -> dict[str, Any]:
    return entry(home) | {"id": "new-contact"}


def again(home: Home, actor: Actor) -> str:
    return build(actor, home, forced_because="a test")


def keyed(home: Home) -> Home:
    return replace(home, key_file=key_file(home.folder.parent / "keys"))


def give(home: Home, actor: Actor, **held: tuple[str, ...]) -> None:
    person = {"issuer": ISSUER, "subject": SUBJECT, "name": "Anna Jensen"}
    held = held or {"analyst": (f"{SOURCE}/{SOURCE}",)}
    granting.assign(actor, home, **person, assignments=held, at=AT)


def exported(home: Home, actor: Actor, reason: str = "en grund at hente tal") -> bytes:
    return export(actor, Store(home), Selection(WIDE, MONTH, MONTH), reason, SAY)


# Every public function that takes an actor and changes something or gives exact figures away.
DEEDS: dict[str, tuple[str, Deed]] = {
    "store.Store.submit": (
        "submit",
        lambda home, actor: Store(home).submit(
            actor, replace(numbered(5), source=SOURCE, reporter=SOURCE)
        ),
    ),
    "store.Store.withdraw": (
        "withdraw",
        lambda home, actor: Store(home).withdraw(actor, "s0", "x"),
    ),
    "store.Store.restore": ("reinstate", lambda home, actor: Store(home).restore(actor, "s1", "x")),
    "store.Store.add_source": (
        "add_source",
        lambda home, actor: Store(home).add_source(actor, OTHER),
    ),
    "store.Store.original": (
        "download_original",
        lambda home, actor: Store(home).original(actor, "s0"),
    ),
    "store.Store.submission_rows": (
        "download_rows",
        lambda home, actor: Store(home).submission_rows(actor, "s0"),
    ),
    "store.Store.rows_as_of": (
        "download_rows",
        lambda home, actor: Store(home).rows_as_of(actor, "s0"),
    ),
    "store.Store.record_release": (
        "release",
        lambda home, actor: Store(home).record_release(actor, facts_of_release(), no_months()),
    ),
    "store.Store.record_recall": (
        "recall",
        lambda home, actor: Store(home).record_recall(actor, released(home), "x"),
    ),
    "build.build": ("release", again),
    "build.recall_release": (
        "recall",
        lambda home, actor: recall_release(actor, home, released(home), "x"),
    ),
    "erasure.erase": (
        "erase",
        lambda home, actor: erasure.erase(actor, home, "s0", by="x", because="y", at=AT),
    ),
    "policy.sign_policy": (
        "sign_policy",
        lambda home, actor: policy.sign_policy(actor, home, "the officer", "2026-11-01"),
    ),
    "population.publish": (
        "publish_population",
        lambda home, actor: population.publish(actor, home, PEOPLE, AT.date()),
    ),
    "backup.back_up": (
        "back_up",
        lambda home, actor: backup.back_up(actor, home, AT, home.folder.parent / "elsewhere"),
    ),
    "restoring.put_back": (
        "put_back",
        lambda home, actor: restoring.put_back(actor, home, backed_up(home), because="x", at=AT),
    ),
    "erasure.erase_all": (
        "erase",
        lambda home, actor: erasure.erase_all(actor, home, ["s0"], by="x", because="y", at=AT),
    ),
    "retention.erase_due": (
        "erase",
        lambda home, actor: retention.erase_due(actor, home, by="x", also_needed=True, at=AT),
    ),
    "encrypting.encrypt": (
        "encrypt",
        lambda home, actor: encrypting.encrypt(actor, keyed(home), None, at=AT),
    ),
    "spellings.Spellings.keep": (
        "keep_label",
        lambda home, actor: Spellings(home, WIDE).keep(actor, "channel", "røret", "phone"),
    ),
    "spellings.Spellings.take_back": (
        "take_back_label",
        lambda home, actor: Spellings(home, WIDE).take_back(actor, "channel", "røret"),
    ),
    "series_notes.SeriesNotes.add_break": (
        "add_break",
        lambda home, actor: SeriesNotes(home, WIDE).add_break(actor, MONTH, "a", "b", "", ""),
    ),
    "series_notes.SeriesNotes.remove_break": (
        "remove_break",
        lambda home, actor: SeriesNotes(home, WIDE).remove_break(actor, MONTH),
    ),
    "series_notes.SeriesNotes.exclude": (
        "exclude_month",
        lambda home, actor: SeriesNotes(home, WIDE).exclude(actor, MONTH, "en grund", ""),
    ),
    "series_notes.SeriesNotes.include": (
        "include_month",
        lambda home, actor: SeriesNotes(home, WIDE).include(actor, MONTH),
    ),
    "directory.steward.Desk.confirm": (
        "confirm_contact",
        lambda home, actor: Desk(home, actor).confirm(CONTACT, None, CHECK),
    ),
    "directory.steward.Desk.correct": (
        "correct_contact",
        lambda home, actor: Desk(home, actor).correct(entry(home), CHECK),
    ),
    "directory.steward.Desk.add": (
        "add_contact",
        lambda home, actor: Desk(home, actor).add(new_entry(home), CHECK),
    ),
    "directory.steward.Desk.undo": (
        "undo_contact",
        lambda home, actor: Desk(home, actor).undo(1, CHECK),
    ),
    "own_figures.export": ("export_exact", exported),
    "granting.assign": ("assign", give),
    "granting.remove": (
        "remove_person",
        lambda home, actor: granting.remove(actor, home, ISSUER, SUBJECT),
    ),
    "granting.end_sessions": (
        "end_sessions",
        lambda home, actor: granting.end_sessions(actor, home, ISSUER, SUBJECT, AT),
    ),
    "trail.remove_old": ("remove_records", lambda home, actor: removed_in_two_years(home, actor)),
}
# Those that answer and change nothing; `Store.secret` makes the secret where it is still to be made.
ANSWERS = {
    *(
        f"store.Store.{name}"
        for name in (
            "sources",
            "source",
            "submissions",
            "months_as_of",
            "erasures",
            "counts_by_month",
            "rows_in_force",
            "owed",
            "months_in_force",
            "rows",
            "reporter_totals",
            "versions_released",
            "row_changes",
            "secret",
            "require_secret",
            "releases",
        )
    ),
    "access.listed",
    "access.with_everything",
    "build.gather",
    "checks.standing",
    "freeze.Comparison.ask",
    "freeze.Comparison.change",
    "freeze.choose",
    "inspection.inspect",
    "installation.installation",
    "own_figures.caption",
    "own_figures.figures",
    "own_figures.filed_months",
    "own_figures.sources",
    "own_rows.counts",
    "own_rows.months",
    "retention.due",
    "released_sources.notes_of",
    "released_sources.released_sources",
    "series_notes.SeriesNotes.breaks",
    "series_notes.SeriesNotes.excluded",
    "series_notes.standing",
    "spellings.Spellings.kept",
    "directory.steward.Desk.entries",
    "directory.steward.Desk.history",
    "trail.records",
    "trail.verify",
}
# What says who asks, what records it, and what is done within an act recorded elsewhere.
WITHIN = {
    "access.require_no_uploader",
    "actor.covers_all",
    "actor.covers_some",
    "actor.require",
    "actor.require_all",
    "actor.require_body",
    "actor.require_everywhere",
    "actor.require_some",
    "actor.require_whole",
    "audit.act",
    "audit.refusals",
    "audit.require",
    "audit.require_body",
    "audit.tell",
    "submissions.add",
}


def facts_of_release() -> dict[str, Any]:
    texts = dict.fromkeys(("note", "forced_because", "policy"), "")
    return {"release": "2026-11-22-9", "number": 9, "synthetic": False, **texts}


def no_months() -> pd.DataFrame:
    return pd.DataFrame(
        {"source": [SOURCE], "reporter": [SOURCE], "month": [MONTH], "submission": ["s0"]}
    )


def removed_in_two_years(home: Home, actor: Actor) -> list[str]:
    later = datetime(2028, 12, 1, tzinfo=UTC)
    with patch.object(audit_file, "now", lambda: later):
        return trail.remove_old(actor, home)


def found(home: Home) -> pd.DataFrame:
    return trail.records(LOCAL, home)


def newest(home: Home, before: int) -> list[tuple[str, str, str]]:
    """The records since there were so many, newest first: who, act, result."""
    own = found(home)
    told = own.head(len(own) - before)
    return list(zip(told["actor"], told["act"], told["result"], strict=True))


def content(home: Home) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(home.audit.glob("*")))


# Which acts there are


def takes_actor(function: ast.FunctionDef) -> bool:
    return any(
        argument.arg == "actor"
        for argument in ast.walk(function.args)
        if isinstance(argument, ast.arg)
    )


def public(nodes: list[ast.stmt]) -> list[ast.FunctionDef]:
    return [one for one in nodes if isinstance(one, ast.FunctionDef) and one.name[0] != "_"]


def doors(path: Path) -> set[str]:
    """The public functions of a module that are told who asks, and the methods of what was told when it was made."""
    module = ".".join(path.relative_to(INQUIRIES).with_suffix("").parts)
    tree = ast.parse(path.read_text("utf-8"))
    names = {f"{module}.{one.name}" for one in public(tree.body) if takes_actor(one)}
    for group in (
        node for node in tree.body if isinstance(node, ast.ClassDef) and node.name[0] != "_"
    ):
        makers = [one for one in group.body if getattr(one, "name", "") == "__init__"]
        is_told = any(takes_actor(one) for one in makers if isinstance(one, ast.FunctionDef))
        methods = public(group.body)
        names |= {
            f"{module}.{group.name}.{one.name}" for one in methods if is_told or takes_actor(one)
        }
    return names


def test_every_function_that_is_told_who_asks_is_recorded_or_only_answers() -> None:
    names = {name for path in INQUIRIES.rglob("*.py") for name in doors(path)}
    print(f"\n{len(DEEDS)} ways to change something or take exact figures away: one record each")
    assert names == set(DEEDS) | ANSWERS | WITHIN
    assert not set(DEEDS) & (ANSWERS | WITHIN)


def test_every_act_on_the_list_is_one_that_is_recorded() -> None:
    told = {"sign_in", "sign_out"}  # tests/test_sign_in.py
    known = {act for act, _ in DEEDS.values()} | {"copy_secret", "read"} | told
    assert set(audit.ACTS) == known


CHECKS = {name for name in vars(actors) if name.startswith("require")}
RECORDING = {"audit.act", "audit.refusals"}


def imports(tree: ast.Module, wanted: set[str]) -> set[str]:
    return {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in wanted and (node.module or "").startswith("inquiries.")
    }


def named(tree: ast.AST, names: set[str]) -> int:
    return sum(isinstance(node, ast.Name) and node.id in names for node in ast.walk(tree))


def recorded(tree: ast.AST, names: set[str]) -> int:
    """How often the names stand within an act, or within what records refusals."""
    found = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.With):
            calls = [one.context_expr for one in node.items]
            around = {ast.unparse(one.func) for one in calls if isinstance(one, ast.Call)}
            found += sum(named(one, names) for one in node.body) if around & RECORDING else 0
    return found


def unrecorded(path: Path) -> int:
    """How often a module checks a role where nothing records the refusal."""
    tree = ast.parse(path.read_text("utf-8"))
    names = imports(tree, CHECKS) - {"require"} | (
        {"require"} if "from inquiries.actor import" in path.read_text("utf-8") else set()
    )
    return named(tree, names) - recorded(tree, names)


def test_no_role_is_checked_where_its_refusal_is_not_recorded() -> None:
    own = {"actor.py", "audit.py", "faults.py"}
    others = [path for path in INQUIRIES.rglob("*.py") if path.name not in own]
    asking = {path.name: unrecorded(path) for path in others}
    # Stored within the act of `Store.submit`.
    assert {name: number for name, number in asking.items() if number} == {"submissions.py": 1}
    refusing = {"Forbidden", "NotWhole"}
    assert [path for path in others if imports(ast.parse(path.read_text()), refusing)] == []


# One record each


@pytest.mark.parametrize("name", DEEDS)
def test_an_act_that_is_done_has_exactly_one_record(home: Home, name: str) -> None:
    act, deed = DEEDS[name]
    before = 0 if act == "remove_records" else len(found(home))
    deed(home, LOCAL)
    own = newest(home, before)
    assert own == [("local", act, "done")]
    # A release that is not there; a backup from before the key.
    assert inspect(LOCAL, home).faults == [] or name in {
        "store.Store.record_release",
        "encrypting.encrypt",
    }
    assert trail.compare(home)[1] == []


@pytest.mark.parametrize("name", DEEDS)
def test_an_act_that_is_refused_has_exactly_one_record(home: Home, name: str) -> None:
    act, deed = DEEDS[name]
    before = len(found(home))
    assert code_of(lambda: deed(home, READER)) == "forbidden"
    told = "read" if ".Desk." in name else act
    assert newest(home, before) == [("reader", told, "refused")]


QUESTIONS: list[Deed] = [
    lambda home, actor: Store(home).submissions(actor),
    lambda home, actor: Store(home).counts_by_month(actor, SOURCE, SOURCE),
    lambda home, actor: Store(home).releases(actor),
    lambda home, actor: Store(home).erasures(actor),
    lambda home, actor: Store(home).months_as_of(actor, "s0"),
    lambda home, actor: Spellings(home, WIDE).kept(actor),
    lambda home, actor: SeriesNotes(home, WIDE).breaks(actor),
    lambda home, actor: inspect(actor, home),
    lambda home, actor: trail.records(actor, home),
    lambda home, actor: trail.verify(actor, home),
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_recorded_when_it_is_refused_and_not_when_it_is_answered(
    home: Home, question: Deed
) -> None:
    before = len(found(home))
    question(home, LOCAL)
    assert newest(home, before) == []
    assert code_of(lambda: question(home, READER)) == "forbidden"
    assert newest(home, before) == [("reader", "read", "refused")]


PARTLY = Actor("partly", frozenset({"reader", "publisher", "steward"}), ("other/o",))
SCOPED: dict[str, tuple[str, Deed]] = {
    "a release without somebody's figures": ("release", again),
    "a recall without them": (
        "recall",
        lambda home, actor: recall_release(actor, home, released(home), "x"),
    ),
    "a source added by a steward of another": (
        "add_source",
        lambda home, actor: Store(home).add_source(actor, replace(OTHER, source="third")),
    ),
    "another's submission": (
        "withdraw",
        lambda home, actor: Store(home).withdraw(actor, "s0", "x"),
    ),
    "what the next release holds": (
        "read",
        lambda home, actor: released_sources(actor, Store(home)),
    ),
    "another's notes": ("read", lambda home, actor: SeriesNotes(home, WIDE).breaks(actor)),
    "another's labels": ("read", lambda home, actor: Spellings(home, WIDE).kept(actor)),
    "who may do what": ("read", lambda home, actor: listed(actor, home)),
}


@pytest.mark.parametrize("name", SCOPED)
def test_who_has_the_role_for_others_alone_is_refused_and_recorded_once(
    home: Home, name: str
) -> None:
    act, deed = SCOPED[name]
    before = len(found(home))
    assert code_of(lambda: deed(home, PARTLY)) in {"forbidden", "publisher_lacks"}
    assert newest(home, before) == [("partly", act, "refused")]


def test_an_export_of_exact_figures_is_recorded_with_its_source_and_its_reason(home: Home) -> None:
    before = len(found(home))
    exported(home, LOCAL, "  til mødet\n i styregruppen ")
    assert newest(home, before) == [("local", "export_exact", "done")]
    own = found(home).iloc[0]
    assert list(own[["subjects", "reason", "code"]]) == [SOURCE, "til mødet i styregruppen", ""]


REFUSED_REASONS = {
    "kort": "reason_length",
    "til mødet " * 31: "reason_length",
    "til [mødet](http://x) i styregruppen": "note_markup",
    "til mødet om 010190-1234": "reason_personal",
    "til mødet om ０１０１９０－１２３４": "reason_personal",
    "ring til mig på 20 30 40 50": "reason_personal",
    "sendes til anna@example.dk": "reason_personal",
    "til samtalen med Fatima": "reason_personal",
    "til mødet på Nørregade 12": "reason_personal",
    "til sag 12345-6 i nævnet": "reason_personal",
    "hun er 17 år og bor hos sin onkel": "reason_personal",
}


@pytest.mark.parametrize("reason", REFUSED_REASONS)
def test_a_reason_that_may_be_personal_stops_the_export_and_is_not_kept(
    home: Home, reason: str
) -> None:
    before = len(found(home))
    assert code_of(lambda: exported(home, LOCAL, reason)) == REFUSED_REASONS[reason]
    assert newest(home, before) == [("local", "export_exact", "failed")]
    own = found(home).iloc[0]
    assert list(own[["reason", "code"]]) == ["", REFUSED_REASONS[reason]]
    assert json.dumps(" ".join(reason.split()))[1:-1] not in content(home).decode()


def test_who_was_given_what_is_recorded_by_ids_and_not_by_name(home: Home) -> None:
    give(home, LOCAL, steward=(f"{SOURCE}/{SOURCE}",), analyst=(EVERYTHING,), auditor=())
    granting.end_sessions(LOCAL, home, ISSUER, SUBJECT, AT)
    granting.remove(LOCAL, home, ISSUER, SUBJECT)
    assert code_of(lambda: granting.remove(LOCAL, home, ISSUER, "somebody")) != ""
    told = found(home).head(4)
    assert list(told["act"])[1:] == ["remove_person", "end_sessions", "assign"]
    assert list(told["subjects"]) == [
        "",
        SUBJECT,
        SUBJECT,
        f"{SUBJECT} steward/{SOURCE}/{SOURCE} analyst/all auditor",
    ]
    assert "Anna Jensen" not in content(home).decode()


@pytest.mark.parametrize(
    ("subject", "known_as"),
    [("6f1c_A", "Anna (6f1c_A)"), ("010190-1234", "Anna"), ("anna@example.dk", "Anna")],
)
def test_two_of_one_name_are_told_apart_by_their_sign_in(
    home: Home, subject: str, known_as: str
) -> None:
    anna = actor_of(Grant(ISSUER, subject, "Anna", {"reader": ()}))
    assert code_of(lambda: Store(home).submissions(anna)) == "forbidden"
    assert found(home).iloc[0]["actor"] == known_as


def test_an_act_that_fails_is_recorded_with_its_fault_and_without_what_was_asked_for(
    home: Home,
) -> None:
    for asked in ("010190-1234", "s0"):
        assert code_of(partial(Store(home).withdraw, LOCAL, asked, "" if asked == "s0" else "x"))
    top = found(home).head(2)
    assert list(top["result"]) == ["failed", "failed"]
    assert set(top["code"]) == {"submission_unknown", "reason_missing"}
    assert set(top["subjects"]) == {""}


def test_what_nobody_foresaw_is_recorded_too(home: Home) -> None:
    broken = patch("inquiries.policy.write_whole", side_effect=ZeroDivisionError)
    with broken, pytest.raises(ZeroDivisionError):
        policy.sign_policy(LOCAL, home, "x", "2026-11-01")
    assert list(found(home).iloc[0][["act", "result", "code"]]) == [
        "sign_policy",
        "failed",
        "unexpected",
    ]


def test_copying_the_secret_is_recorded_and_the_secret_is_not(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INQUIRIES_HOME", str(home.folder))
    before = len(found(home))
    assert command_line(["backup-secret", str(tmp_path / "copy")]) == 0
    assert newest(home, before) == [("local", "copy_secret", "done")]
    assert home.secret.read_bytes().strip() not in content(home)


def test_records_are_in_utc_with_ids_and_a_place_in_order(home: Home) -> None:
    Store(home).withdraw(LOCAL, "s0", "x")
    (own,) = [path for path in audit_file.files(home.audit) if b'"s0"' in path.read_bytes()[-700:]]
    facts = json.loads(whole_lines(own)[0][-1])
    assert facts["at"].endswith("+00:00")
    assert facts["subjects"] == [f"{SOURCE}/{SOURCE}", "s0"]
    known = {"sequence", "id", "at", "actor", "act", "subjects", "reason", "result", "code"}
    assert set(facts) == known | {"previous", "seal"}
    assert own.stat().st_mode & 0o777 == 0o600
    assert home.audit.stat().st_mode & 0o777 == 0o700


# No values, no forged lines


MARKERS = ("7391", "ukendt-etiket", "min begrundelse", "Anna Jensen", "010190-1234")


def test_no_figure_label_reason_or_file_name_comes_into_the_trail(home: Home) -> None:
    store = Store(home)
    rows = numbered(3).rows.assign(count=7391)
    own = Submission(SOURCE, SOURCE, (MONTH,), rows, "Anna Jensen.csv", original=b"ukendt-etiket")
    store.submit(LOCAL, own)
    store.withdraw(LOCAL, own.submission, "min begrundelse")
    Spellings(home, WIDE).keep(LOCAL, "channel", "ukendt-etiket", "phone")
    SeriesNotes(home, WIDE).exclude(LOCAL, MONTH, "min begrundelse", "")
    build(LOCAL, home, note="min begrundelse", forced_because="min begrundelse")
    desk = Desk(home, LOCAL)
    for deed in (
        lambda: store.withdraw(LOCAL, "010190-1234", "min begrundelse"),
        lambda: recall_release(LOCAL, home, "010190-1234", "min begrundelse"),
        lambda: erasure.erase(
            LOCAL, home, "Anna Jensen", by="Anna Jensen", because="min begrundelse", at=AT
        ),
        lambda: store.add_source(LOCAL, replace(OTHER, source="Anna Jensen")),
        lambda: store.counts_by_month(READER, "Anna Jensen", "010190-1234"),
        lambda: desk.add(new_entry(home) | {"id": "Anna Jensen"}, CHECK),
        lambda: restoring.put_back(LOCAL, home, home.folder / "Anna Jensen", at=AT),
    ):
        assert code_of(deed)
    written = content(home).decode()
    told = [marker for marker in MARKERS if marker in written]
    print(f"\n{len(told)} of {len(MARKERS)} values in {len(found(home))} records")
    assert told == []
    assert own.submission in written


def test_a_name_cannot_begin_a_line_of_its_own_or_turn_the_text(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = 'eve\r\n{"act": "release"}\x1b[31m\u202e\u2028*fed* [her](http://x)'
    before = sum(len(whole_lines(path)[0]) for path in audit_file.files(home.audit))
    assert code_of(lambda: Store(home).submissions(replace(READER, name=forged))) == "forbidden"
    after = sum(len(whole_lines(path)[0]) for path in audit_file.files(home.audit))
    assert 1 <= after - before <= 2  # its record, and the first line of our own file
    shown = found(home).iloc[0]["actor"]
    assert shown.isprintable()
    assert shown.startswith("eve\\r\\n{") and "\\x1b[31m\\u202e\\u2028" in shown
    monkeypatch.setenv("INQUIRIES_HOME", str(home.folder))
    assert command_line(["audit"]) == 0
    printed = capsys.readouterr().out
    assert "\x1b" not in printed and "\u202e" not in printed and "\r" not in printed
    assert len(printed.splitlines()) == len(found(home))
    assert trail.compare(home)[1] == []


# Faults on the way


def withdraws_on_a_full_disk(home: Home) -> tuple[str, str, str]:
    fill_disk(0)
    refused = code_of(lambda: Store(home).withdraw(LOCAL, "s0", "x"))
    make_room()
    state = dict(Store(home).submissions(LOCAL).set_index("submission")["state"])["s0"]
    return refused, state, code_of(lambda: Store(home).withdraw(LOCAL, "s0", "x"))


def test_on_a_full_disk_an_act_is_told_and_not_begun_and_goes_through_when_there_is_room(
    home: Home,
) -> None:
    before = len(found(home))
    refused, state, later = in_child(withdraws_on_a_full_disk, home)
    assert (refused, later) == ("store_no_space", "")
    assert state != "withdrawn"
    assert newest(home, before) == [("local", "withdraw", "done")]


def full_when_it_ends(home: Home) -> str:
    with during(audit_file, "end", lambda: fill_disk(0)):
        code = code_of(lambda: Store(home).withdraw(LOCAL, "s0", "x"))
    make_room()
    return code


def test_an_act_whose_record_finds_no_room_is_not_acknowledged_and_stays_recorded_as_begun(
    home: Home,
) -> None:
    before = len(found(home))
    assert in_child(full_when_it_ends, home) == "store_no_space"
    assert newest(home, before) == [("local", "withdraw", "begun")]
    assert trail.compare(home)[1] == []


def test_where_the_trail_cannot_be_written_nothing_is_done_and_questions_are_answered(
    home: Home,
) -> None:
    shutil.rmtree(home.audit)
    home.audit.write_bytes(b"a file in the folder's place")
    store = Store(home)
    assert code_of(lambda: store.withdraw(LOCAL, "s0", "x")) == "audit_no_access"
    assert code_of(lambda: store.original(LOCAL, "s0")) == "audit_no_access"
    assert code_of(lambda: store.submissions(READER)) == "forbidden"
    assert "withdrawn" not in set(
        store.submissions(LOCAL).set_index("submission")["state"]["s0":"s0"]
    )


@pytest.mark.parametrize("step", ["inquiries.audit_file.end", "inquiries.ledger.append"])
def test_an_act_that_is_killed_is_recorded_once_as_begun(home: Home, step: str) -> None:
    before = len(found(home))
    dies(killed_at, step, Store(home).withdraw, LOCAL, "s0", "x")
    assert newest(home, before) == [("local", "withdraw", "begun")]
    Store(home).restore(LOCAL, "s1", "x")
    assert sorted(newest(home, before)) == [
        ("local", "reinstate", "done"),
        ("local", "withdraw", "begun"),
    ]
    assert trail.compare(home)[1] == []


def test_a_lost_secret_is_told_and_no_second_one_made(home: Home) -> None:
    home.secret.unlink()
    code = in_child(code_of, partial(Store(home).withdraw, LOCAL, "s0", "x"))
    assert code == "secret_lost"
    assert not home.secret.exists()
    assert [fault.code for fault in trail.compare(home)[1]] == ["secret_lost"]


def test_another_secret_is_told(home: Home) -> None:
    home.secret.write_text(ANOTHER_SECRET)
    assert in_child(code_of, partial(Store(home).withdraw, LOCAL, "s0", "x")) == "secret_other"


# Tampering


@pytest.fixture(scope="module")
def written(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose acts were done by processes one after the other, the last of which has seen what the others wrote."""
    home = Home(Path(shutil.copytree(base, tmp_path_factory.mktemp("written") / "home")))
    for act in ("s0", "s1"):
        change = Store(home).withdraw if act == "s0" else Store(home).restore
        in_child(change, LOCAL, act, "x")
        in_child(code_of, partial(Store(home).submissions, READER))
    dies(killed_at, "inquiries.audit_file.end", Store(home).withdraw, LOCAL, "s1", "x")
    in_child(Store(home).restore, LOCAL, "s0", "x")
    assert trail.compare(home)[1] == []
    return home.folder


Lines = list[str]


def changed(number: int, name: str, value: Any) -> Callable[[Lines], Lines]:
    def change(lines: Lines) -> Lines:
        facts = json.loads(lines[number])
        assert facts[name] != value
        return [*lines[:number], json.dumps(facts | {name: value}), *lines[number + 1 :]]

    return change


def rewritten(lines: Lines) -> Lines:
    """Every seal made anew, under a key of one's own."""
    last, new = None, []
    for facts in map(json.loads, lines):
        told = {name: value for name, value in facts.items() if name not in ("previous", "seal")}
        last = audit_file.ledger.sealed(told, last, b"k" * 32)
        new.append(last)
    return new


IN_A_FILE: dict[str, Callable[[Lines], Lines]] = {
    "who changed": changed(3, "actor", "somebody else"),
    "when changed": changed(3, "at", "2020-01-01T00:00:00+00:00"),
    "act changed": changed(3, "act", "read"),
    "which changed": changed(3, "subjects", ["s9"]),
    "reason changed": changed(3, "reason", "a better one"),
    "result changed": changed(3, "result", "refused"),
    "fault changed": changed(3, "code", "source_taken"),
    "place changed": changed(3, "sequence", 9),
    "id changed": changed(3, "id", "another"),
    "seal changed": changed(3, "seal", "00" * 32),
    "what was seen changed": changed(0, "seen", {"another": [1, "x"]}),
    "a field added": lambda lines: [*lines[:3], lines[3][:-1] + ', "x": 1}', *lines[4:]],
    "a sign of another size": lambda lines: [*lines[:3], lines[3].replace(": ", ":"), *lines[4:]],
    "first line deleted": lambda lines: lines[1:],
    "a line deleted": lambda lines: [*lines[:3], *lines[4:]],
    "last line cut": lambda lines: lines[:-1],
    "all but the first cut": lambda lines: lines[:1],
    "a line doubled": lambda lines: [*lines[:4], lines[3], *lines[4:]],
    "a line made up": lambda lines: [*lines, rewritten(lines)[-1]],
    "two lines swapped": lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]],
    "all sealed with another key": rewritten,
    "all lines deleted": lambda _: [],
}


def logs(home: Home) -> list[Path]:
    return audit_file.files(home.audit)


def cut_within_a_line(home: Home) -> None:
    logs(home)[0].write_bytes(logs(home)[0].read_bytes()[:-20])


def remove(place: int) -> Callable[[Home], None]:
    return lambda home: logs(home)[place].unlink()


def rename(home: Home) -> None:
    logs(home)[1].rename(home.audit / "20260101T000000-1-00000000.jsonl")


def double(home: Home) -> None:
    shutil.copy(logs(home)[1], home.audit / "20260101T000000-1-00000000.jsonl")


def exchange(home: Home) -> None:
    one, other = logs(home)[1].read_bytes(), logs(home)[2].read_bytes()
    logs(home)[1].write_bytes(other)
    logs(home)[2].write_bytes(one)


def begun(home: Home) -> Path:
    (path,) = audit_file.begun_in(home.audit).values()
    return path


def remove_begun(home: Home) -> None:
    begun(home).unlink()


def change_begun(home: Home) -> None:
    begun(home).write_text(begun(home).read_text().replace('"withdraw"', '"submit"'))


def forge_a_removal(home: Home) -> None:
    gone = logs(home)[1]
    facts = json.loads(whole_lines(logs(home)[2])[0][-1])
    facts |= {"act": "remove_records", "subjects": [gone.stem]}
    with logs(home)[2].open("a") as file:
        file.write(json.dumps(facts) + "\n")
    gone.unlink()


def remove_all(home: Home) -> None:
    shutil.rmtree(home.audit)


OF_FILES: list[Callable[[Home], None]] = [
    cut_within_a_line,
    remove(0),
    remove(1),
    remove(-2),
    rename,
    double,
    exchange,
    remove_begun,
    change_begun,
    forge_a_removal,
    remove_all,
]


def with_lines(change: Callable[[Lines], Lines], home: Home) -> None:
    path = logs(home)[0]
    lines = change(whole_lines(path)[0])
    path.write_text("".join(f"{line}\n" for line in lines))


@pytest.mark.long
def test_every_tampering_is_found(written: Path, tmp_path: Path) -> None:
    tries = [partial(with_lines, change) for change in IN_A_FILE.values()] + OF_FILES
    missed = []
    for number, tamper in enumerate(tries):
        home = Home(Path(shutil.copytree(written, tmp_path / str(number))))
        tamper(home)
        faults = [fault.code for fault in trail.compare(home)[1]]
        if not {"audit_altered", "audit_cut", "audit_missing"} & set(faults):
            missed.append([*IN_A_FILE, *OF_FILES][number])
    assert set(faults) <= {fault.code for fault in inspect(LOCAL, home).faults}
    print(f"\ntamperings found: {len(tries) - len(missed)}/{len(tries)}")
    assert missed == []
    assert len(tries) >= 20


def by_age(home: Home) -> list[Path]:
    return sorted(logs(home), key=lambda path: path.stat().st_mtime_ns)


def cut_to_its_first_line(path: Path) -> None:
    path.write_text(whole_lines(path)[0][0] + "\n")


def test_only_an_end_that_nobody_has_seen_can_be_cut_unnoticed(
    written: Path, tmp_path: Path
) -> None:
    """What no later process, no backup and no begun act vouches for: the newest lines of all."""
    home = Home(Path(shutil.copytree(written, tmp_path / "home")))
    cut_to_its_first_line(by_age(home)[-1])
    assert trail.compare(home)[1] == []
    in_child(Store(home).withdraw, LOCAL, "s0", "x")
    seen = by_age(home)[-1]
    in_child(Store(home).restore, LOCAL, "s0", "x")
    cut_to_its_first_line(seen)
    assert [fault.code for fault in trail.compare(home)[1]] == ["audit_cut"]


def test_what_a_backup_holds_is_missed_when_it_is_cut(home: Home, tmp_path: Path) -> None:
    Store(home).withdraw(LOCAL, "s0", "x")
    own = by_age(home)[-1]
    backup.back_up(LOCAL, home, AT, tmp_path / "elsewhere")
    cut_to_its_first_line(own)
    assert "audit_cut" in {fault.code for fault in trail.compare(home)[1]}
    own.unlink()
    assert "audit_missing" in {fault.code for fault in trail.compare(home)[1]}


def test_a_process_whose_file_was_changed_under_it_goes_on_in_a_new_one_that_tells(
    home: Home,
) -> None:
    Store(home).withdraw(LOCAL, "s0", "x")
    own = by_age(home)[-1]
    cut_to_its_first_line(own)
    Store(home).restore(LOCAL, "s0", "x")
    assert ("audit_cut", own.stem) in {
        (fault.code, fault.facts["file"]) for fault in trail.compare(home)[1]
    }


# Restore and retention


def test_a_restore_adds_files_of_records_and_never_replaces_one(home: Home, tmp_path: Path) -> None:
    chosen = backup.back_up(LOCAL, home, AT, tmp_path / "elsewhere")
    Store(home).withdraw(LOCAL, "s0", "x")
    before = {path.name: path.read_bytes() for path in logs(home)}
    restoring.put_back(LOCAL, home, chosen.folder, because="a drill", at=AT)
    after = {path.name: path.read_bytes() for path in logs(home)}
    assert all(after[name].startswith(known) for name, known in before.items())
    other = Home(tmp_path / "new")
    other.secret.parent.mkdir(parents=True)
    shutil.copy(home.secret, other.secret)
    restoring.put_back(LOCAL, other, chosen.folder, at=AT)
    assert {path.name for path in chosen.folder.glob("audit/*.jsonl")} < {
        path.name for path in logs(other)
    }
    assert trail.compare(other)[1] == [] and trail.compare(home)[1] == []


def acted_in(home: Home, year: int, month: int) -> None:
    at = datetime(year, month, 15, tzinfo=UTC)
    with patch.object(audit_file, "now", lambda: at):
        code_of(lambda: Store(home).submissions(READER))


@pytest.fixture(scope="module")
def months_of_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a file of records of each of four months."""
    home = Home(tmp_path_factory.mktemp("months") / "home").prepare()
    for year, month in ((2026, 12), (2027, 1), (2027, 2), (2027, 12)):
        in_child(acted_in, home, year, month)
    return home.folder


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("original_files = false", {(2027, 1), (2026, 12)}),
        ("original_files = false\naudit_months = 12", {(2027, 2), (2027, 1), (2026, 12)}),
        ("original_files = false\naudit_months = 60", set()),
    ],
)
def test_old_files_are_removed_and_the_removal_is_recorded(
    months_of_records: Path, tmp_path: Path, text: str, gone: set[tuple[int, int]]
) -> None:
    home = Home(Path(shutil.copytree(months_of_records, tmp_path / "home")))
    home.keeping.write_text(text)
    later = datetime(2028, 2, 16, tzinfo=UTC)
    with patch.object(audit_file, "now", lambda: later):
        removed = trail.remove_old(LOCAL, home)
        assert trail.remove_old(LOCAL, home) == []
    assert {(int(name[:4]), int(name[4:6])) for name in removed} == gone
    own = found(home)
    assert list(own[own["act"] == "remove_records"]["subjects"]) == (
        [" ".join(removed)] if gone else []
    )
    assert len(own[own["act"] == "read"]) == 4 - len(gone)
    assert trail.compare(home)[1] == []


def test_an_old_file_that_was_tampered_with_is_kept(tmp_path: Path) -> None:
    home = Home(tmp_path).prepare()
    in_child(acted_in, home, 2026, 1)
    with_lines(changed(1, "actor", "another"), home)
    assert removed_in_two_years(home, LOCAL) == []
    assert len(logs(home)) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("original_files = true\naudit_months = 11", "audit_months_few"),
        ("original_files = true\naudit_months = 0", "audit_months_few"),
        ("original_files = true\naudit_months = true", "keeping_unreadable"),
        ("original_files = true\naudit_months = 13.0", "keeping_unreadable"),
        ('original_files = true\naudit_months = "13"', "keeping_unreadable"),
        ("original_files = true\naudit_months = 12", ""),
        ("original_files = true", ""),
    ],
)
def test_records_are_kept_for_twelve_months_at_the_least(
    tmp_path: Path, text: str, code: str
) -> None:
    home = Home(tmp_path).prepare()
    home.keeping.write_text(text)
    assert code_of(lambda: keeping_of(home)) == code
    if not code:
        assert keeping_of(home).audit_months == (12 if "12" in text else 13)


# Command and page


def test_the_command_prints_verifies_and_ends_with_1_when_a_record_was_changed(
    written: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home = Home(Path(shutil.copytree(written, tmp_path / "home")))
    monkeypatch.setenv("INQUIRIES_HOME", str(home.folder))
    assert command_line(["audit"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(found(home))
    assert f"local withdraw done {SOURCE}/{SOURCE} s0" in " ".join(lines)
    assert command_line(["audit", "--since", "2999-01-01"]) == 0
    assert capsys.readouterr().out == ""
    assert command_line(["audit", "--verify"]) == 0
    assert SAY("command.all_well") in capsys.readouterr().out
    with_lines(changed(3, "actor", "another"), home)
    assert command_line(["audit", "--verify"]) == 1
    for language in LOCALES:
        assert command_line(["--language", language, "verify"]) == 1
        assert logs(home)[0].stem in capsys.readouterr().out
    assert command_line(["audit"]) == 0


def test_nothing_is_there_before_the_first_act(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert found(home).empty and trail.compare(home) == (0, [])
    assert not home.audit.exists() and not home.secret.exists()


@pytest.mark.parametrize(
    "line",
    [
        "5",
        "[]",
        "{}",
        '{"act": "read"}',
        '{"act": "read", "id": [], "at": 5, "subjects": [1]}',
        "\0",
    ],
)
def test_a_line_that_is_no_record_is_left_out_and_found_by_verify(home: Home, line: str) -> None:
    before = len(found(home))
    with logs(home)[0].open("a") as file:
        file.write(f"{line}\n")
    assert len(found(home)) == before
    assert "audit_altered" in {fault.code for fault in trail.compare(home)[1]}


@pytest.mark.parametrize(
    ("choice", "wanted"),
    [
        (trail.Choice(), [0, 1, 2]),
        (trail.Choice(act="read"), [0]),
        (trail.Choice(actor="b"), [1, 2]),
        (trail.Choice(result="done", actor="a"), []),
        (trail.Choice(since=date(2026, 2, 1)), [0, 1]),
        (trail.Choice(until=date(2026, 2, 1)), [1, 2]),
        (trail.Choice(since=date(2026, 2, 1), until=date(2026, 2, 1)), [1]),
    ],
)
def test_records_are_chosen_by_act_who_result_and_days_both_included(
    choice: trail.Choice, wanted: list[int]
) -> None:
    times = ["2026-03-01 00:00:00", "2026-02-01 23:59:59", "2026-01-31 23:59:59"]
    rows = [("a", "read", "", "", "refused", ""), ("b", "submit", "", "", "done", "")]
    told = pd.DataFrame([*rows, rows[1]], columns=trail.COLUMNS[1:])
    told.insert(0, "at", pd.to_datetime(times))
    own = trail.chosen(told.assign(place=range(3)), choice)
    assert list(own["place"]) == wanted


@pytest.fixture
def page(home: Home, monkeypatch: pytest.MonkeyPatch) -> Callable[[], AppTest]:
    monkeypatch.setenv("INQUIRIES_HOME", str(home.folder))

    def opened() -> AppTest:
        app = AppTest.from_file(str(FRAME), default_timeout=60).run()
        return app.switch_page("app_pages/audit.py").run()

    return opened


def test_the_page_shows_the_newest_first_filters_and_shows_names_as_text(
    page: Callable[[], AppTest], home: Home
) -> None:
    name = "=1+1 [x](http://y) **fed**"
    assert code_of(lambda: Store(home).submissions(replace(READER, name=name))) == "forbidden"
    app = page()
    assert not app.exception
    shown = app.table[0].value
    assert len(shown) == min(len(found(home)), 50)
    assert shown.iloc[0][SAY("audit.actor")].replace("\\", "") == name
    assert "\\*\\*fed\\*\\*" in shown.iloc[0][SAY("audit.actor")]
    app.selectbox(key="audit_act").select("withdraw").run()
    assert list(app.table[0].value[SAY("audit.act")].str.replace("\\", "")) == [
        SAY("audit.act_withdraw")
    ]
    app.selectbox(key="audit_result").select("refused").run()
    assert app.info[0].value == SAY("audit.none_chosen") and not app.table
    verify = next(one for one in app.button if one.label == SAY("audit.verify"))
    verify.click().run()
    assert app.success[0].value == SAY("audit.sound", number=SAY.number(trail.compare(home)[0]))


def test_more_than_a_page_is_shown_a_page_at_a_time(
    page: Callable[[], AppTest], home: Home
) -> None:
    for _ in range(60):
        code_of(lambda: Store(home).submissions(READER))
    app = page()
    assert len(app.table[0].value) == 50
    app.number_input(key="audit_page").set_value(2).run()
    assert len(app.table[0].value) == len(found(home)) - 50


def test_the_file_of_records_is_text_on_one_line_each(home: Home) -> None:
    name = "=cmd|' /C calc'!A0\r\nx;y"
    assert code_of(lambda: Store(home).submissions(replace(READER, name=name))) == "forbidden"
    text = as_csv(in_words(found(home), SAY), "x").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[1][1] == "'=cmd|' /C calc'!A0\\r\\nx;y"
    assert len(rows) == len(found(home)) + 3


def test_before_the_first_act_the_page_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INQUIRIES_HOME", str(tmp_path))
    app = AppTest.from_file(str(FRAME), default_timeout=60).run()
    app.switch_page("app_pages/audit.py").run()
    assert not app.exception and app.info[0].value == SAY("audit.none")


def test_the_trail_is_for_the_auditor_alone(home: Home) -> None:
    roles = LOCAL.roles - {"auditor"}
    others = Actor("others", frozenset(roles), (EVERYTHING,))
    for ask in (trail.records, trail.verify):
        assert code_of(partial(ask, others, home)) == "forbidden"
    auditor = Actor("auditor", frozenset({"auditor"}), ())
    assert not trail.records(auditor, home).empty
    with pytest.raises(Fault):
        Store(home).submissions(auditor)
