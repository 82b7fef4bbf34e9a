"""The uploaded file itself: kept only where the owner says so, byte for byte, and gone when its submission is erased."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl
import pytest
from small_home import SOURCE, one_source
from streamlit.testing.v1 import AppTest

from inquiries import erasure, originals
from inquiries.actor import LOCAL, READER, Actor
from inquiries.backup import Backup, backups, write_backup
from inquiries.faults import Fault, Forbidden
from inquiries.filing import Submission
from inquiries.home import Home
from inquiries.inspection import inspect
from inquiries.keeping import PROPOSAL, Keeping, keeping_of
from inquiries.locking import locked
from inquiries.restoring import put_back
from inquiries.seed import seeded_sources
from inquiries.store import Store
from inquiries.words import LOCALES, words
from manage import main as command_line
from tests.faults.children import dies, killed_at
from tests.faults.kills import killed_in_act
from tests.faults.uploads import NOW, code_of, expected, made, numbered, stored

ROOT = Path(__file__).resolve().parents[1]
FRAME = ROOT / "dashboard" / "frame.py"
UPLOADS = ROOT / "tests" / "uploads"
SAY = words("da")
# Not the bytes anything of ours would write: a byte order mark, CRLF, a name in quotation marks.
CONTENT = b'\xef\xbb\xbfm\xc3\xa5ned;"antal"\r\n2021-07;90\r\n'
POSIX = pytest.mark.skipif(os.name != "posix", reason="file modes are a matter of POSIX")


def decide(home: Home, text: str = "original_files = true\n") -> Home:
    home.prepare().keeping.write_text(text, "utf-8")
    return home


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["måned", "antal"])
    book.active.append(["2021-07", 90])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def filed(number: int, content: bytes | None = CONTENT) -> Submission:
    """A submission as the intake makes it of a file."""
    own = numbered(number)
    if content is None:
        return own
    return replace(own, original=content, fingerprint=hashlib.sha256(content).hexdigest())


def kept(home: Home) -> dict[str, bytes]:
    """Everything that lies where originals are kept."""
    return {path.name: path.read_bytes() for path in home.originals.glob("*")}


def everywhere(folder: Path, content: bytes = CONTENT) -> list[Path]:
    files = filter(Path.is_file, folder.rglob("*"))
    return sorted(path for path in files if content in path.read_bytes())


def faults(home: Home) -> list[str]:
    return [fault.code for fault in inspect(LOCAL, home).faults]


def backed_up(home: Home, to: Path | None = None) -> Backup:
    with locked(home):
        return write_backup(home, NOW, to)


def erasing(home: Home, submission: str) -> Callable[[], erasure.Remains]:
    """The erasure, still to be done: here, or in a process that is killed within."""
    said = {"by": "The officer", "because": "a request"}
    return partial(erasure.erase, LOCAL, home, submission, at=NOW, **said)


def erase(home: Home, submission: str) -> erasure.Remains:
    return erasing(home, submission)()


# The policy


def test_the_proposal_keeps_no_file_and_says_why() -> None:
    assert keeping_of(Home(Path("nowhere"))) == Keeping(original_files=False)
    comment = PROPOSAL.read_text("utf-8").partition("original_files =")[0]
    assert "may hold more than the counts" in comment and "data minimisation" in comment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "original_files = 1",
        'original_files = "true"',
        "original_files = [true]",
        "original_files =",
        "original_file = true",
        "original_files = true\nretention_months = 12",
        "[original_files]\nkept = true",
        "original_files = true\noriginal_files = false",
    ],
)
def test_a_policy_that_is_not_one_truth_value_is_refused_and_so_is_each_file(
    tmp_path: Path, text: str
) -> None:
    home = decide(Home(tmp_path), text)
    with pytest.raises(Fault) as fault:
        keeping_of(home)
    assert (fault.value.code, fault.value.facts) == (
        "keeping_unreadable",
        {"file": str(home.keeping)},
    )
    for language in LOCALES:
        said = words(language)(f"fault.{fault.value.code}", **fault.value.facts)
        assert str(home.keeping) in said and "original_files = true" in said
    store = made(tmp_path)
    assert code_of(lambda: store.submit(LOCAL, filed(0))) == "keeping_unreadable"
    store.submit(LOCAL, filed(1, None))  # what came without a file asks for no policy
    assert set(stored(store)) == {1} and kept(home) == {}


def test_bytes_that_are_no_text_are_refused_too(tmp_path: Path) -> None:
    home = Home(tmp_path).prepare()
    home.keeping.write_bytes("original_files = true # æ".encode("latin-1"))
    assert code_of(lambda: keeping_of(home)) == "keeping_unreadable"


# What is kept


@pytest.mark.parametrize(
    ("policy", "content", "names"),
    [
        (None, CONTENT, []),
        ("original_files = false", CONTENT, []),
        ("original_files = true", CONTENT, ["s0.csv"]),
        ("original_files = true", workbook(), ["s0.xlsx"]),
        ("original_files = true", b"", ["s0.csv"]),
        ("original_files = true", None, []),
    ],
    ids=["no policy", "no", "csv", "xlsx", "empty", "no file"],
)
def test_a_file_is_kept_only_where_the_policy_says_so_and_as_it_came(
    tmp_path: Path, policy: str | None, content: bytes | None, names: list[str]
) -> None:
    home, store = Home(tmp_path), made(tmp_path)
    if policy:
        decide(home, policy)
    store.submit(LOCAL, filed(0, content))
    assert sorted(kept(home)) == names
    kinds = [name.rpartition(".")[2] for name in names] or [""]
    assert list(store.submissions(LOCAL)["original"]) == kinds
    if names:
        assert store.original(LOCAL, "s0") == content
    else:
        assert code_of(lambda: store.original(LOCAL, "s0")) == "original_none"
        assert content is None or everywhere(tmp_path, content) == []
    assert faults(home) == []


def modes(folder: Path) -> tuple[int, int]:
    """Who may read a folder of originals, and the file in it."""
    return folder.stat().st_mode & 0o777, (folder / "s0.csv").stat().st_mode & 0o777


@POSIX
def test_what_is_kept_is_for_its_owner_alone_also_in_a_backup_and_after_a_restore(
    tmp_path: Path,
) -> None:
    home, store = decide(Home(tmp_path)), made(tmp_path)
    old = os.umask(0)
    try:
        store.submit(LOCAL, filed(0))
        found = [modes(home.originals)]
        chosen = backed_up(home)
        found.append(modes(chosen.folder / "originals"))
        (home.originals / "s0.csv").unlink()
        put_back(LOCAL, home, chosen.folder, at=NOW)
        found.append(modes(home.originals))
    finally:
        os.umask(old)
    assert found == [(0o700, 0o600)] * 3


def test_a_shown_submission_does_not_show_its_file() -> None:
    assert "2021-07;90" not in repr(filed(0))


def test_sent_again_nothing_is_written_again_and_nothing_added(tmp_path: Path) -> None:
    home, store = Home(tmp_path), made(tmp_path)
    store.submit(LOCAL, filed(0))
    decide(home)
    store.submit(LOCAL, filed(1))
    before = (home.originals / "s1.csv").stat()
    store.submit(LOCAL, filed(0), filed(1))
    assert sorted(kept(home)) == ["s1.csv"]
    after = (home.originals / "s1.csv").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert stored(store) == expected(2)


def test_a_later_no_keeps_nothing_more_and_takes_nothing_away(tmp_path: Path) -> None:
    home, store = decide(Home(tmp_path)), made(tmp_path)
    store.submit(LOCAL, filed(0))
    decide(home, "original_files = false")
    store.submit(LOCAL, filed(1))
    store.withdraw(LOCAL, "s0", "wrong")
    assert sorted(kept(home)) == ["s0.csv"]
    assert store.original(LOCAL, "s0") == CONTENT
    erase(home, "s0")
    assert kept(home) == {}


# Faults on the way


def full(*_: Any) -> None:
    raise OSError(28, "No space left on device")


def closed(*_: Any) -> None:
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize(
    ("trouble", "code"), [(full, "store_no_space"), (closed, "store_no_access")]
)
def test_a_submission_whose_file_cannot_be_written_is_not_stored(
    tmp_path: Path, trouble: Callable[..., None], code: str
) -> None:
    home, store = decide(Home(tmp_path)), made(tmp_path)
    write = originals.write_whole

    def second_fails(path: Path, *rest: Any) -> None:
        trouble() if path.name == "s1.csv" else write(path, *rest)

    with patch.object(originals, "write_whole", second_fails):
        assert code_of(lambda: store.submit(LOCAL, filed(0), filed(1))) == code
    assert stored(store) == {}
    store.submit(LOCAL, filed(0), filed(1))
    assert kept(home) == {"s0.csv": CONTENT, "s1.csv": CONTENT}
    assert faults(home) == []


def test_killed_before_the_commit_the_file_leads_nowhere_until_it_is_sent_again(
    tmp_path: Path,
) -> None:
    home, store = decide(Home(tmp_path)), made(tmp_path)
    dies(killed_in_act, "inquiries.opening.record", home, filed(0))
    assert kept(home) == {"s0.csv": CONTENT}
    assert store.submissions(LOCAL).empty
    assert code_of(lambda: store.original(LOCAL, "s0")) == "submission_unknown"
    assert everywhere(backed_up(home).folder) == []
    (left,) = inspect(LOCAL, home).faults
    assert (left.code, left.facts) == (
        "original_unknown",
        {"file": str(home.originals / "s0.csv")},
    )
    store.submit(LOCAL, filed(0))
    assert store.original(LOCAL, "s0") == CONTENT
    assert faults(home) == []


def test_killed_after_the_commit_the_submission_has_its_file(tmp_path: Path) -> None:
    home, store = decide(Home(tmp_path)), made(tmp_path)
    dies(killed_in_act, "inquiries.ledger.append", home, filed(0))
    assert store.original(LOCAL, "s0") == CONTENT
    store.submit(LOCAL, filed(0))
    assert stored(store) == expected(1) and faults(home) == []


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (lambda home: (home.originals / "s0.csv").write_bytes(CONTENT[:-1]), "original_altered"),
        (lambda home: (home.originals / "s9.csv").write_bytes(CONTENT), "original_unknown"),
        (lambda home: (home.originals / "s0.txt").write_bytes(CONTENT), "original_unknown"),
        (lambda home: (home.originals / "s0.csv.part").write_bytes(b"m"), "original_unknown"),
    ],
    ids=["altered", "of none", "of no kind", "half"],
)
def test_verify_finds_what_is_not_as_it_was_kept(
    tmp_path: Path, harm: Callable[[Home], object], code: str
) -> None:
    home = decide(Home(tmp_path))
    made(tmp_path).submit(LOCAL, filed(0))
    assert inspect(LOCAL, home).checked["originals"] == 1
    harm(home)
    assert faults(home) == [code]


# Who may have it


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (Actor("anna", frozenset({"reader", "steward"}), ("prove/a",)), True),
        (Actor("bo", frozenset({"reader", "steward"}), ("prove/b",)), False),
        (Actor("ci", frozenset({"reader", "steward"}), ()), False),
        (
            Actor("di", frozenset({"reader", "analyst", "publisher", "administrator"}), ("*",)),
            False,
        ),
        (READER, False),
    ],
    ids=["own", "another's", "nobody's", "no steward", "reader"],
)
def test_a_file_is_read_by_a_steward_of_its_reporter_and_by_nobody_else(
    tmp_path: Path, actor: Actor, may: bool
) -> None:
    decide(Home(tmp_path))
    store = made(tmp_path)
    store.submit(LOCAL, filed(0))
    if may:
        assert store.original(actor, "s0") == CONTENT
    else:
        with pytest.raises(Forbidden):
            store.original(actor, "s0")


@pytest.mark.parametrize("name", ["s9", "../store/inquiries", "*", ""])
def test_an_id_that_is_none_gives_no_file(tmp_path: Path, name: str) -> None:
    decide(Home(tmp_path))
    store = made(tmp_path)
    store.submit(LOCAL, filed(0))
    assert code_of(lambda: store.original(LOCAL, name)) == "submission_unknown"


# The command line


@pytest.fixture
def manage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Runs one command on a home of one full source, where files are kept."""
    home = decide(Home(tmp_path / "home"))
    full = next(one for one in seeded_sources() if "channel" in one.columns)
    Store(home).add_source(LOCAL, replace(full, source="full", reporters=full.reporters[:1]))
    monkeypatch.setenv("INQUIRIES_HOME", str(home.folder))

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        code = command_line(list(map(str, arguments)))
        return (code, *capsys.readouterr())

    return run


@pytest.mark.parametrize(
    ("file", "options", "code", "is_kept"),
    [
        ("base.csv", [], 0, True),
        ("header/head-upper.csv", [], 0, True),
        ("totals/tot-i-alt-right.csv", [], 3, False),
        ("totals/tot-i-alt-right.csv", ["--accept-warnings"], 0, True),
        ("personal/pii-cpr-hyphen.csv", ["--accept-warnings"], 1, False),
        ("months/mon-bad-month-00.csv", ["--accept-warnings"], 1, False),
    ],
    ids=["accepted", "normalised", "warned", "confirmed", "personal", "refused"],
)
def test_a_loaded_file_is_kept_when_it_is_accepted_and_never_else(
    manage: Callable[..., tuple[int, str, str]],
    tmp_path: Path,
    file: str,
    options: list[str],
    code: int,
    is_kept: bool,
) -> None:
    home, content = Home(tmp_path / "home"), (UPLOADS / file).read_bytes()
    assert manage("load", UPLOADS / file, "--source", "full", *options)[0] == code
    assert list(kept(home).values()) == ([content] if is_kept else [])
    if not is_kept:
        assert everywhere(home.folder, content) == []


def test_the_history_tells_of_a_file_and_writes_it_as_it_came(
    manage: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    manage("load", UPLOADS / "base.csv", "--source", "full")
    (name,) = kept(Home(tmp_path / "home"))
    identity, target = name.removesuffix(".csv"), tmp_path / "out.csv"
    _, listed, _ = manage("history")
    assert listed.startswith(identity) and listed.endswith(
        SAY("command.original", kind="csv") + "\n"
    )
    code, told, _ = manage("history", "--original", identity, target)
    assert (code, told) == (0, SAY("command.original_written", file=target) + "\n")
    assert target.read_bytes() == (UPLOADS / "base.csv").read_bytes()
    code, _, told = manage("history", "--original", identity, target)
    assert (code, told) == (2, SAY("fault.file_unwritable", file=target) + "\n")
    code, _, told = manage("history", "--original", "none", target)
    assert (code, told) == (2, SAY("fault.submission_unknown") + "\n")


# Erasure


def test_an_erasure_takes_the_file_and_names_every_copy_that_is_left(tmp_path: Path) -> None:
    home = decide(Home(tmp_path / "home"))
    store = made(home.folder, 1)
    store.submit(LOCAL, filed(1))
    first = backed_up(home, tmp_path / "elsewhere")
    put_back(LOCAL, home, first.folder, at=NOW)
    store.submit(LOCAL, filed(2, workbook()))
    second = backed_up(home)
    (aside,) = home.quarantine.glob("*/*.duckdb")
    remains = erase(home, "s1")
    copies = [second.folder / "originals" / "s1.csv", first.folder / "originals" / "s1.csv"]
    assert remains.files == sorted([first.store, second.store, aside, *copies])
    assert sorted(kept(home)) == ["s2.xlsx"]
    assert everywhere(tmp_path) == sorted(copies)
    assert faults(home) == []


@pytest.mark.long
@pytest.mark.parametrize("told_again", ["s1", "s2"])
def test_an_erasure_killed_before_the_file_went_is_finished_by_the_next(
    tmp_path: Path, told_again: str
) -> None:
    home, store = decide(Home(tmp_path)), made(tmp_path, 1)
    store.submit(LOCAL, filed(1), filed(2))
    dies(killed_at, "inquiries.originals.remove", erasing(home, "s1"))
    assert code_of(lambda: store.original(LOCAL, "s1")) == "submission_unknown"
    assert set(faults(home)) == {"erasure_unfinished", "original_unknown"}
    assert sorted(originals.files(backed_up(home).folder / "originals")) == ["s2"]
    erase(home, told_again)
    assert "s1.csv" not in kept(home)
    assert faults(home) == []


def test_an_erased_file_is_not_kept_when_it_is_sent_again(tmp_path: Path) -> None:
    home, store = decide(Home(tmp_path)), made(tmp_path)
    store.submit(LOCAL, filed(0))
    erase(home, "s0")
    store.submit(LOCAL, filed(0))
    assert kept(home) == {} and stored(store) == {}


# Backup and restore


def test_a_backup_brings_the_files_and_the_policy_onto_a_new_machine(tmp_path: Path) -> None:
    home, other = decide(Home(tmp_path / "old")), Home(tmp_path / "new")
    store = made(home.folder)
    store.submit(LOCAL, filed(0), filed(1, workbook()), filed(2, None))
    chosen = backed_up(home, tmp_path / "elsewhere")
    assert {"keeping.toml", "originals/s0.csv"} <= set(chosen.files)
    other.secret.parent.mkdir(parents=True)
    other.secret.write_bytes(home.secret.read_bytes())
    other.secret.chmod(0o600)
    put_back(LOCAL, other, chosen.folder, at=NOW)
    assert keeping_of(other) == Keeping(original_files=True)
    assert kept(other) == kept(home)
    assert Store(other).original(LOCAL, "s0") == CONTENT
    assert faults(other) == []


@pytest.mark.parametrize("step", ["", "remove"])
def test_a_restore_does_not_bring_the_erased_file_back_nor_set_it_aside(
    tmp_path: Path, step: str
) -> None:
    home = decide(Home(tmp_path / "home"))
    store = made(home.folder)
    store.submit(LOCAL, filed(0), filed(1))
    chosen = backed_up(home, tmp_path / "elsewhere")
    told = erasing(home, "s1")
    dies(killed_at, f"inquiries.originals.{step}", told) if step else told()
    put_back(LOCAL, home, chosen.folder, because="a drill", at=NOW)
    assert sorted(kept(home)) == ["s0.csv"]
    assert everywhere(home.folder) == [home.originals / "s0.csv"]
    assert faults(home) == []


@pytest.mark.long
@pytest.mark.parametrize("step", ["_publish_missing", "_put_originals_back"])
def test_a_killed_restore_told_again_leaves_each_submission_that_stands_with_its_own_file(
    tmp_path: Path, step: str
) -> None:
    home = decide(Home(tmp_path / "home"))
    store = made(home.folder)
    store.submit(LOCAL, filed(0), filed(1), filed(2))
    chosen = backed_up(home)
    store.submit(LOCAL, filed(3))
    (home.originals / "s0.csv").unlink()
    (home.originals / "s1.csv").write_bytes(b"another")
    restore = partial(put_back, LOCAL, home, chosen.folder, because="a drill", at=NOW)
    dies(killed_at, f"inquiries.restoring.{step}", restore)
    aside = restore().aside / "originals"
    assert kept(home) == dict.fromkeys(("s0.csv", "s1.csv", "s2.csv"), CONTENT)
    assert {path.name: path.read_bytes() for path in aside.iterdir()} == {
        "s1.csv": b"another",
        "s3.csv": CONTENT,
    }
    assert faults(home) == []
    store.submit(LOCAL, filed(3))
    assert aside / "s3.csv" in erase(home, "s3").files


def test_a_backup_whose_file_was_altered_is_not_put_back(tmp_path: Path) -> None:
    home = decide(Home(tmp_path))
    made(tmp_path).submit(LOCAL, filed(0))
    chosen = backed_up(home)
    (chosen.folder / "originals" / "s0.csv").write_bytes(b"another")
    assert faults(home) == ["backup_damaged"]
    assert code_of(lambda: put_back(LOCAL, home, chosen.folder, at=NOW)) == "backup_damaged"
    assert kept(home) == {"s0.csv": CONTENT} and backups(home) == [chosen]


# The page


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], AppTest]:
    monkeypatch.setenv("INQUIRIES_HOME", str(tmp_path))
    one_source(tmp_path)

    def opened() -> AppTest:
        app = AppTest.from_file(str(FRAME), default_timeout=60).run()
        return app.switch_page("app_pages/submit.py").run()

    return opened


def named(found: Any, label: str) -> Any:
    return next((widget for widget in found if widget.label == label), None)


def drop_and_confirm(app: AppTest, name: str, content: bytes) -> AppTest:
    app.file_uploader[0].set_value([(name, content, "text/csv")]).run()
    button = named(app.button, SAY("submit.confirm"))
    return button.click().run() if button else app


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [("juli.csv", CONTENT, "csv"), ("Anna Jensens tal.xlsx.csv", workbook(), "xlsx")],
    ids=["csv", "workbook"],
)
def test_a_file_confirmed_on_the_page_is_kept_and_offered_in_the_history(
    page: Callable[[], AppTest], tmp_path: Path, name: str, content: bytes, kind: str
) -> None:
    home = decide(Home(tmp_path))
    app = page()
    assert SAY("submit.original_kept") in [text.value for text in app.markdown]
    assert named(app.download_button, SAY("submit.original_download")) is None
    app = drop_and_confirm(app, name, content)
    assert not app.exception
    newest = Store(home).submissions(LOCAL).iloc[0]
    assert kept(home) == {f"{newest['submission']}.{kind}": content}
    assert named(app.download_button, SAY("submit.original_download")) is not None
    assert all(one.original is None for one in app.session_state["filed"])


@pytest.mark.parametrize(
    ("policy", "content"),
    [
        ("original_files = false", CONTENT),
        ("original_files = true", b"m\xc3\xa5ned;antal\n2021-13;90\n"),
        ("original_files = true", b"m\xc3\xa5ned;antal\n2021-07;010190-1234\n"),
    ],
    ids=["not decided", "refused", "personal"],
)
def test_a_file_that_is_not_to_be_kept_leaves_nothing(
    page: Callable[[], AppTest], tmp_path: Path, policy: str, content: bytes
) -> None:
    home = decide(Home(tmp_path), policy)
    app = drop_and_confirm(page(), "juli.csv", content)
    assert not app.exception
    assert everywhere(tmp_path, content) == [] and kept(home) == {}
    assert named(app.download_button, SAY("submit.original_download")) is None


def report_none(app: AppTest) -> AppTest:
    return named(app.button, SAY("submit.none_button", month="juni 2022")).click().run()


def type_in(app: AppTest) -> AppTest:
    app.session_state["typed"] = ((SOURCE, SOURCE), b"m\xc3\xa5ned;antal\n2021-07;90\n")
    return named(app.run().button, SAY("submit.confirm")).click().run()


@pytest.mark.parametrize("way", [report_none, type_in])
def test_what_is_no_file_is_stored_and_leaves_none(
    page: Callable[[], AppTest], tmp_path: Path, way: Callable[[AppTest], AppTest]
) -> None:
    home = decide(Home(tmp_path))
    assert not way(page()).exception
    assert len(Store(home).submissions(LOCAL)) == 2
    assert kept(home) == {}
