"""The access file: what it gives and to whom, what is refused, and that nobody has anything when it cannot be trusted."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import session
from inquiries import access, granting
from inquiries.access import Grant, actor_of, grant_of, grants, listed, with_everything
from inquiries.actor import EVERYTHING, LOCAL, READER, ROLES, WITHOUT_SCOPE, Actor, require_body
from inquiries.assignments import assignments_from_claims
from inquiries.build import build
from inquiries.faults import Fault, Forbidden, NotWhole
from inquiries.filing import Reporter, Source
from inquiries.home import Home
from inquiries.store import Store
from inquiries.words import LOCALES, sentences, words
from manage import main

FRAME = Path(__file__).resolve().parents[1] / "dashboard" / "frame.py"
ISSUER = "https://login.example"
NOW = datetime(2026, 11, 22, 12, 0)
TWO = Source(
    "two",
    "To",
    "Two",
    "inquiry",
    ("month", "count"),
    reporters=(Reporter("a", "A", "A"), Reporter("b", "B", "B")),
)
ADMINISTRATOR: dict[str, tuple[str, ...]] = {"administrator": ()}
SAY = words("da")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    Store(made).add_source(LOCAL, TWO)
    return made


def give(
    home: Home,
    subject: str,
    assignments: Mapping[str, tuple[str, ...]],
    by: Actor = LOCAL,
    name: str = "",
) -> None:
    granting.assign(
        by,
        home,
        issuer=ISSUER,
        subject=subject,
        name=name or f"Name of {subject}",
        assignments=assignments,
        at=NOW,
    )


def held(home: Home, subject: str) -> Mapping[str, tuple[str, ...]] | None:
    grant = grant_of(home, ISSUER, subject)
    return grant.assignments if grant else None


def actor(home: Home, subject: str) -> Actor:
    grant = grant_of(home, ISSUER, subject)
    assert grant
    return actor_of(grant)


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Fault) as fault:
        act()
    return fault.value.code


# Roles and their scopes


def test_each_role_has_its_own_scope_and_no_other_roles() -> None:
    anna = actor_of(Grant(ISSUER, "1", "Anna", {"steward": ("two/a",), "analyst": (EVERYTHING,)}))
    assert anna.scope == ()
    assert anna.roles == {"reader", "steward", "analyst"}
    assert anna.covers("steward", "two", "a")
    assert not anna.covers("steward", "two", "b")
    assert anna.covers("analyst", "two", "b")
    assert not anna.covers("publisher", "two", "a")
    assert anna.scope_of("publisher") == ()
    assert anna.scope_of("reader") == ()


def test_one_scope_for_all_roles_covers_the_roles_held_and_no_others() -> None:
    old = Actor("old", frozenset({"steward"}), ("two/a",))
    assert old.covers("steward", "two", "a")
    assert not old.covers("analyst", "two", "a")
    with pytest.raises(Forbidden):
        require_body(old, "analyst", "two", "a")


@pytest.mark.parametrize(
    ("scope", "source", "reporter", "covered"),
    [
        (("two/a",), "two", "a", True),
        (("two/a",), "two", "aa", False),
        (("two/a",), "tw", "o/a", False),
        (("two/a",), "two", "", False),
        (("two",), "two", "a", False),
        (("two/*",), "two", "a", False),
        (("*",), "any", "body", True),
        ((), "two", "a", False),
    ],
)
def test_a_body_is_covered_by_its_own_name_or_by_all(
    scope: tuple[str, ...], source: str, reporter: str, covered: bool
) -> None:
    anna = actor_of(Grant(ISSUER, "1", "Anna", {"steward": scope}))
    assert anna.covers("steward", source, reporter) == covered


def test_whoever_holds_a_role_reads_what_is_released_and_whoever_holds_none_does_not() -> None:
    for role in ROLES:
        scope = () if role in WITHOUT_SCOPE else ("two/a",)
        assert actor_of(Grant(ISSUER, "1", "Anna", {role: scope})).may("reader")
    assert actor_of(Grant(ISSUER, "1", "Anna", {})).roles == frozenset()


# The file


def test_missing_means_none(home: Home) -> None:
    assert grants(home) == {}
    give(home, "1", ADMINISTRATOR)
    assert grant_of(home, ISSUER, "2") is None
    assert grant_of(home, "https://another.example", "1") is None
    assert grant_of(home, "", "") is None


def test_what_is_given_holds_at_once_is_read_back_and_replaces_what_was_held(home: Home) -> None:
    give(home, "1", {"steward": ("two/b", "two/a"), "reader": ()}, name="  Anna   And ")
    grant = grant_of(home, ISSUER, "1")
    assert grant == Grant(
        ISSUER, "1", "Anna And", {"steward": ("two/a", "two/b"), "reader": ()}, NOW, "local", None
    )
    give(home, "1", {"analyst": (EVERYTHING, "two/a")})
    assert held(home, "1") == {"analyst": (EVERYTHING,)}
    assert actor(home, "1").identity == (ISSUER, "1")


def test_a_body_taken_away_is_gone_at_the_next_look(home: Home) -> None:
    store = Store(home)
    give(home, "1", {"steward": ("two/a", "two/b")})
    store.counts_by_month(actor(home, "1"), "two", "b")
    give(home, "1", {"steward": ("two/a",)})
    with pytest.raises(Forbidden):
        store.counts_by_month(actor(home, "1"), "two", "b")
    granting.remove(LOCAL, home, ISSUER, "1")
    assert held(home, "1") is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_the_file_is_its_owners_alone(home: Home) -> None:
    give(home, "1", ADMINISTRATOR)
    assert home.access.stat().st_mode & 0o777 == 0o600
    assert home.access.parent.stat().st_mode & 0o777 == 0o700


def content(*people: dict[str, Any], **more: Any) -> dict[str, Any]:
    rules = {"uploader_may_not_release": False, "assignments_from": "file"}
    return {"settings": rules, "people": list(people)} | more


def written(**changed: Any) -> dict[str, Any]:
    person = {"issuer": ISSUER, "subject": "1", "name": "Anna", "changed_by": "local"}
    times = {"changed_at": NOW.isoformat(), "ended_before": None}
    return person | times | {"assignments": {"steward": ["two/a"]}} | changed


def lacking(field: str) -> dict[str, Any]:
    return {name: value for name, value in written().items() if name != field}


DAMAGED: dict[str, str | bytes] = {
    "empty": "",
    "no json": "{",
    "cut": json.dumps(content(written()))[:-9],
    "no text": b"\xff\xfe\x00",
    "another thing": "[]",
    "nothing": "null",
    "deep": "[" * 100_000,
    "no people": '{"settings": {}}',
    "people by name": json.dumps(content() | {"people": {"anna": written()}}),
    "a part too many": json.dumps(content(written(), admins=["anna"])),
    "a rule that is none": json.dumps(content(settings={"assignments_from": "file"})),
    "a rule of another type": json.dumps(
        content(settings={"uploader_may_not_release": "no", "assignments_from": "file"})
    ),
    "another source of roles": json.dumps(
        content(settings={"uploader_may_not_release": True, "assignments_from": "anywhere"})
    ),
    "a person twice": json.dumps(content(written(), written(assignments={"administrator": []}))),
    "a field too many": json.dumps(content(written(superuser=True))),
    **{f"no {field}": json.dumps(content(lacking(field))) for field in written()},
    "a role that is none": json.dumps(content(written(assignments={"root": ["*"]}))),
    "a scope that is a text": json.dumps(content(written(assignments={"steward": "*"}))),
    "a steward of nothing": json.dumps(content(written(assignments={"steward": []}))),
    "a scope for an auditor": json.dumps(content(written(assignments={"auditor": ["two/a"]}))),
    "a body that is none": json.dumps(content(written(assignments={"steward": ["two"]}))),
    "a number for a body": json.dumps(content(written(assignments={"steward": [1]}))),
    "roles in a list": json.dumps(content(written(assignments=["steward"]))),
    "a name that is none": json.dumps(content(written(name=None))),
    "a time that is none": json.dumps(content(written(changed_at="yesterday"))),
    "a time in a zone": json.dumps(content(written(ended_before="2026-11-22T12:00:00+01:00"))),
    "a number for a time": json.dumps(content(written(ended_before=0))),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_nobody_has_access_while_the_file_cannot_be_trusted_whole(home: Home, damage: str) -> None:
    give(home, "1", ADMINISTRATOR)
    text = DAMAGED[damage]
    home.access.write_bytes(text if isinstance(text, bytes) else text.encode())
    before = home.access.read_bytes()
    assert code_of(lambda: grants(home)) == "access_unreadable"
    assert code_of(lambda: grant_of(home, ISSUER, "1")) == "access_unreadable"
    assert code_of(lambda: give(home, "2", ADMINISTRATOR)) == "access_unreadable"
    assert home.access.read_bytes() == before


def test_the_file_as_the_tests_of_damage_write_it_is_sound(home: Home) -> None:
    give(home, "2", ADMINISTRATOR)
    home.access.write_text(json.dumps(content(written())), "utf-8")
    assert held(home, "1") == {"steward": ("two/a",)}


def test_a_folder_where_the_file_should_be_gives_nobody_access(home: Home) -> None:
    home.access.mkdir(parents=True)
    assert code_of(lambda: grants(home)) == "access_unreadable"


def test_changes_made_at_once_are_all_kept(home: Home) -> None:
    give(home, "0", ADMINISTRATOR)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: give(home, str(one), {"reader": ()}), range(1, 25)))
    assert len(grants(home)) == 25


# Giving and taking


REFUSED: list[tuple[Mapping[str, tuple[str, ...]], str]] = [
    ({}, "access_nothing"),
    ({"root": (EVERYTHING,)}, "access_role"),
    ({"Steward": ("two/a",)}, "access_role"),
    ({"steward": ()}, "access_scope"),
    ({"publisher": ()}, "access_scope"),
    ({"analyst": ()}, "access_scope"),
    ({"reader": ("two/a",)}, "access_scope"),
    ({"auditor": (EVERYTHING,)}, "access_scope"),
    ({"administrator": ("two/a",)}, "access_scope"),
    ({"steward": ("two/c",)}, "access_body"),
    ({"steward": ("two/a", "other/a")}, "access_body"),
    ({"steward": ("two",)}, "access_body"),
    ({"steward": ("two/*",)}, "access_body"),
    ({"steward": ("",)}, "access_body"),
]


@pytest.mark.parametrize(("assignments", "code"), REFUSED)
def test_what_cannot_be_held_is_refused(
    home: Home, assignments: Mapping[str, tuple[str, ...]], code: str
) -> None:
    assert code_of(lambda: give(home, "1", assignments)) == code
    assert grants(home) == {}


@pytest.mark.parametrize(
    ("issuer", "subject", "name"),
    [
        ("", "1", "Anna"),
        (ISSUER, " ", "Anna"),
        (ISSUER, "1", ""),
        (ISSUER, "1\n2", "Anna"),
        (ISSUER, "1", "Anna\x1b[31m"),
        (ISSUER, "1", "x" * (granting.LONGEST + 1)),
    ],
)
def test_a_person_has_an_issuer_a_subject_and_a_name_of_one_line(
    home: Home, issuer: str, subject: str, name: str
) -> None:
    person = {"issuer": issuer, "subject": subject, "name": name}
    act = lambda: granting.assign(LOCAL, home, **person, assignments=ADMINISTRATOR, at=NOW)  # noqa: E731
    assert code_of(act) == "access_person"


def test_the_last_administrator_can_neither_be_removed_nor_lose_the_role(home: Home) -> None:
    give(home, "1", ADMINISTRATOR)
    assert code_of(lambda: granting.remove(LOCAL, home, ISSUER, "1")) == "access_last"
    assert code_of(lambda: give(home, "1", {"reader": ()})) == "access_last"
    give(home, "2", ADMINISTRATOR)
    granting.remove(LOCAL, home, ISSUER, "1")
    assert set(grants(home)) == {(ISSUER, "2")}


def test_administrators_cannot_take_the_role_from_themselves_but_from_each_other(
    home: Home,
) -> None:
    give(home, "1", ADMINISTRATOR, name="Same")
    give(home, "2", ADMINISTRATOR, name="Same")
    first = actor(home, "1")
    assert code_of(lambda: granting.remove(first, home, ISSUER, "1")) == "access_own"
    assert code_of(lambda: give(home, "1", {"reader": ()}, by=first)) == "access_own"
    give(home, "1", ADMINISTRATOR | {"auditor": ()}, by=first)
    give(home, "2", {"reader": ()}, by=first)
    assert held(home, "2") == {"reader": ()}


def test_assigning_where_there_is_no_administrator_yet_is_not_refused(home: Home) -> None:
    give(home, "1", {"reader": ()})
    granting.remove(LOCAL, home, ISSUER, "1")
    assert grants(home) == {}


def test_nobody_unknown_is_removed_or_signed_out(home: Home) -> None:
    for act in (
        lambda: granting.remove(LOCAL, home, ISSUER, "1"),
        lambda: granting.end_sessions(LOCAL, home, ISSUER, "1", NOW),
    ):
        assert code_of(act) == "access_person_unknown"


def test_ended_sessions_stay_ended_when_the_roles_change(home: Home) -> None:
    give(home, "1", ADMINISTRATOR)
    granting.end_sessions(LOCAL, home, ISSUER, "1", NOW + timedelta(hours=1))
    give(home, "1", ADMINISTRATOR | {"auditor": ()})
    grant = grant_of(home, ISSUER, "1")
    assert grant and grant.ended_before == NOW + timedelta(hours=1)
    assert set(grant.assignments) == {"administrator", "auditor"}


def test_everything_is_listed_by_name_for_the_auditor_and_the_administrator(home: Home) -> None:
    give(home, "1", ADMINISTRATOR, name="Ada")
    give(home, "2", {"auditor": ()}, name="Bo")
    give(home, "3", {"analyst": (EVERYTHING,), "steward": ("two/a",)}, name="Carla")
    for who in ("1", "2"):
        found = with_everything(actor(home, who), home)
        assert [(grant.name, roles) for grant, roles in found] == [("Carla", ("analyst",))]
        assert [grant.name for grant in listed(actor(home, who), home)] == ["Ada", "Bo", "Carla"]
    for one in (actor(home, "3"), READER):
        with pytest.raises(Forbidden):
            with_everything(one, home)


# Who uploads may not release; a release is of all


def rule(home: Home, **changed: Any) -> None:
    found = json.loads(home.access.read_text("utf-8"))
    found["settings"] |= changed
    home.access.write_text(json.dumps(found), "utf-8")


@pytest.mark.parametrize(
    ("steward", "is_on", "may"),
    [
        (("two/a",), False, True),
        (("two/a",), True, False),
        ((EVERYTHING,), True, False),
        ((), True, True),
    ],
)
def test_who_uploads_may_not_release_where_the_settings_say_so(
    home: Home, steward: tuple[str, ...], is_on: bool, may: bool
) -> None:
    give(home, "1", ADMINISTRATOR)
    rule(home, uploader_may_not_release=is_on)
    own = {"steward": steward} if steward else {}
    give(home, "2", {"publisher": ("two/a", "two/b")} | own)
    code = code_of(lambda: build(actor(home, "2"), home, clock=lambda: NOW))
    assert code == ("nothing_to_release" if may else "uploader_releases")
    assert code_of(lambda: build(LOCAL, home, clock=lambda: NOW)) == "nothing_to_release"
    assert access.settings(home).uploader_may_not_release == is_on  # giving roles leaves the rules


def test_a_publisher_of_some_is_told_whose_figures_the_release_would_lack(home: Home) -> None:
    give(home, "1", {"publisher": ("two/a",)})
    with pytest.raises(NotWhole) as fault:
        build(actor(home, "1"), home, clock=lambda: NOW)
    assert fault.value.facts == {"sources": "two"}


def test_a_publisher_of_sample_figures_alone_cannot_put_them_in_place_of_the_real(
    home: Home,
) -> None:
    own = (Reporter("sample", "S", "S"),)
    sample = Source("sample", "S", "S", "inquiry", ("month", "count"), True, own)
    Store(home).add_source(LOCAL, sample)
    give(home, "1", {"publisher": ("sample/sample",)})
    give(home, "2", {"publisher": ("two/a", "two/b")})
    assert code_of(lambda: build(actor(home, "1"), home, clock=lambda: NOW)) == "publisher_lacks"
    assert code_of(lambda: build(actor(home, "2"), home, clock=lambda: NOW)) == "nothing_to_release"


# Claims


@pytest.mark.parametrize(
    ("claims", "assignments"),
    [
        ({}, {}),
        ({"groups": ["administrator"]}, {}),
        ({"roles": None}, {}),
        ({"roles": {"administrator": True}}, {}),
        ({"roles": 7}, {}),
        ({"roles": []}, {}),
        ({"roles": "reader"}, {"reader": ()}),
        ({"roles": ["steward:two/a"]}, {"steward": ("two/a",)}),
        ({"roles": ["steward:two/b", "steward:two/a"]}, {"steward": ("two/a", "two/b")}),
        ({"roles": ["analyst:*", "analyst:two/a"]}, {"analyst": (EVERYTHING,)}),
        ({"roles": ["auditor", "publisher:two/a"]}, {"auditor": (), "publisher": ("two/a",)}),
        (
            {
                "roles": [
                    "steward",
                    "steward:",
                    "steward:two",
                    "steward:two/",
                    "steward:/a",
                    "steward:two/a/b",
                    "steward:**",
                    "Steward:two/a",
                    "reader:",
                    "reader:two/a",
                    "administrator:*",
                    "root",
                    "",
                    ":",
                    None,
                    7,
                    ["administrator"],
                ]
            },
            {},
        ),
    ],
)
def test_a_claim_gives_what_it_says_and_nothing_when_it_is_not_understood(
    claims: dict[str, Any], assignments: dict[str, tuple[str, ...]]
) -> None:
    assert assignments_from_claims(claims) == assignments


def test_claims_decide_only_where_the_settings_say_so(home: Home) -> None:
    claims = {"roles": ["analyst:two/a"], "name": "Anna"}
    give(home, "1", ADMINISTRATOR)
    assert grant_of(home, ISSUER, "2", claims) is None
    rule(home, assignments_from="claims")
    grant = grant_of(home, ISSUER, "2", claims)
    assert grant and (grant.name, grant.assignments) == ("Anna", {"analyst": ("two/a",)})
    assert grant_of(home, ISSUER, "2") is None
    assert grant_of(home, ISSUER, "1", {"roles": []}) is None  # what the file gives counts no more
    granting.end_sessions(LOCAL, home, ISSUER, "2", NOW)
    ended = grant_of(home, ISSUER, "2", claims)
    assert ended and ended.ended_before == NOW
    assert grant_of(home, ISSUER, "2", {}) is None


# The command


def run(*arguments: str) -> int:
    return main(["access", *arguments])


def test_the_first_administrator_is_made_on_the_machine_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INQUIRIES_HOME", str(tmp_path))
    home = Home(tmp_path)
    assert run("--list") == 0
    person = ("--grant", ISSUER, "1", "--name", "Ada")
    assert run(*person, "--roles", "administrator", "analyst:*") == 0
    assert held(home, "1") == {"administrator": (), "analyst": (EVERYTHING,)}
    capsys.readouterr()
    assert run("--list") == 0
    assert capsys.readouterr().out == f"{ISSUER} 1 Ada: administrator analyst:*\n"
    for refused in (
        (*person, "--roles", "steward"),
        (*person, "--roles", "steward:none/such"),
        person,
        ("--remove", ISSUER, "1"),
        ("--remove", ISSUER, "2"),
    ):
        assert run(*refused) == 2
    assert held(home, "1") == {"administrator": (), "analyst": (EVERYTHING,)}
    assert run("--grant", ISSUER, "2", "--name", "Bo", "--roles", "administrator") == 0
    assert run("--remove", ISSUER, "1") == 0
    assert set(grants(home)) == {(ISSUER, "2")}


# The page


def opened(home: Home, monkeypatch: pytest.MonkeyPatch, who: Actor) -> AppTest:
    monkeypatch.setenv("INQUIRIES_HOME", str(home.folder))
    monkeypatch.setattr(session, "actor", lambda *_: who)
    app = AppTest.from_file(str(FRAME), default_timeout=60).run()
    return app.switch_page("app_pages/access.py").run()


def named(found: Any, label: str) -> Any:
    return next(widget for widget in found if widget.label == label)


def texts(app: AppTest) -> list[str]:
    kinds = (app.markdown, app.success, app.error, app.info)
    return [found.value for kind in kinds for found in kind]


def test_on_a_machine_without_sign_in_the_page_says_that_nothing_here_decides_yet(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(home, monkeypatch, LOCAL)
    assert not app.exception
    assert SAY("access.no_sign_in") in texts(app)
    assert SAY("access.nobody") in texts(app)


def test_an_administrator_gives_a_role_in_the_page_and_takes_it_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(home, "1", ADMINISTRATOR)
    app = opened(home, monkeypatch, actor(home, "1"))
    assert SAY("access.no_sign_in") not in texts(app)
    named(app.text_input, SAY("access.issuer")).input(ISSUER)
    named(app.text_input, SAY("access.subject")).input("2")
    named(app.text_input, SAY("access.name")).input("*Bo*")
    named(app.multiselect, SAY("access.for", role="analytiker")).select("two/a")
    named(app.checkbox, SAY("access.for_everything", role="frigiver")).check()
    named(app.button, SAY("access.keep")).click().run()
    assert not app.exception and SAY("access.done") in texts(app)
    assert held(home, "2") == {"analyst": ("two/a",), "publisher": (EVERYTHING,)}
    assert any(found.value[SAY("access.name")].eq(r"\*Bo\*").any() for found in app.table)
    assert r"- \*Bo\* \(2\): frigiver" in texts(app)
    named(app.selectbox, SAY("access.who")).select_index(1).run()
    end = next(one for one in app.button if one.label.startswith("Afslut alle sessioner"))
    end.click().run()
    named(app.button, SAY("access.remove_button")).click().run()
    assert SAY("access.remove_first") in texts(app)
    grant = grant_of(home, ISSUER, "2")
    assert grant and grant.ended_before
    next(one for one in app.checkbox if one.label.startswith("Ja, fjern")).check()
    named(app.button, SAY("access.remove_button")).click().run()
    assert not app.exception
    assert held(home, "2") is None


def test_what_is_refused_in_the_page_is_said_with_the_role_in_words(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(home, "1", ADMINISTRATOR)
    app = opened(home, monkeypatch, actor(home, "1"))
    named(app.selectbox, SAY("access.who")).select_index(1).run()
    named(app.checkbox, SAY("access.role_administrator")).uncheck()
    named(app.checkbox, SAY("access.role_reader")).check()
    named(app.button, SAY("access.keep")).click().run()
    assert SAY("fault.access_own") in texts(app)
    assert held(home, "1") == ADMINISTRATOR


def test_the_auditor_sees_the_list_and_no_form(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    give(home, "1", ADMINISTRATOR, name="Ada")
    give(home, "2", {"auditor": ()}, name="Bo")
    app = opened(home, monkeypatch, actor(home, "2"))
    assert not app.exception
    assert len(app.table[0].value) == 2
    assert not app.text_input and not app.button and not app.multiselect


@pytest.mark.parametrize("role", sorted(ROLES - {"auditor", "administrator"}))
def test_nobody_else_reaches_the_page(
    home: Home, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    give(home, "1", {role: () if role in WITHOUT_SCOPE else (EVERYTHING,)})
    with pytest.raises(Exception, match="access"):
        assert opened(home, monkeypatch, actor(home, "1")).title[0].value == SAY("access.title")


def test_while_the_file_is_damaged_the_page_says_so_and_shows_nobody(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(home, "1", ADMINISTRATOR, name="Ada")
    home.access.write_text("{", "utf-8")
    app = opened(home, monkeypatch, LOCAL)
    assert not app.exception
    assert any(home.access.name in text for text in texts(app))
    assert not any(str(home.folder) in text for text in texts(app))
    assert not app.table


def test_a_steward_of_one_body_files_for_it_alone_in_the_page(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(home, "1", {"steward": ("two/b",)})
    app = opened(home, monkeypatch, LOCAL)
    monkeypatch.setattr(session, "actor", lambda *_: actor(home, "1"))
    app = app.switch_page("app_pages/submit.py").run()
    assert not app.exception and not app.error
    assert [one.label for one in app.selectbox if one.label == SAY("submit.reporter")] == []
    titles = [found.label for found in app.expander]
    for of_all in ("breaks.title", "submit.add_title"):
        assert SAY(of_all) not in titles


def test_every_role_has_a_name_in_both_languages() -> None:
    for language in LOCALES:
        assert {f"access.role_{role}" for role in ROLES} <= set(sentences(language))
