"""Every function that is told who asks, tried by every role in every scope: what is allowed is done, all else is refused or shows nothing of another body."""

from __future__ import annotations

import hashlib
import importlib
import inspect
import pkgutil
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pandas as pd
import pytest

import inquiries
from inquiries import (
    access,
    actor,
    audit,
    audit_file,
    backup,
    build,
    checks,
    encrypting,
    erasure,
    freeze,
    granting,
    inspection,
    installation,
    own_figures,
    own_rows,
    policy,
    population,
    released_sources,
    restoring,
    retention,
    series_notes,
    submissions,
    trail,
    vocabulary,
)
from inquiries.access import Grant, actor_of
from inquiries.actor import EVERYTHING, LOCAL, READER, ROLES, WITHOUT_SCOPE, Actor
from inquiries.backup import write_backup
from inquiries.directory.steward import Desk
from inquiries.faults import Fault, Forbidden
from inquiries.filing import Reporter, Source, Submission
from inquiries.freeze import Comparison
from inquiries.home import Home
from inquiries.locking import locked
from inquiries.opening import changing, opened
from inquiries.policy import policy_of, sign_policy
from inquiries.released_series import spans_of
from inquiries.series_notes import SeriesNotes
from inquiries.spellings import Spellings
from inquiries.store import Store
from inquiries.vocabulary import REGISTERED
from inquiries.words import words
from tests.keyed import key_file

NOW = datetime(2026, 11, 22, 12, 0)
MONTHS = pd.date_range("2019-01-01", periods=6, freq="MS")
A, B, HOTLINE = "kommuner/a", "kommuner/b", "hotline/hotline"
COUNTS = {A: 90, B: 1_100, HOTLINE: 13_000}  # no sum of some is that of others
COLUMNS = ("month", "channel", "count")
SOURCES = {
    "kommuner": Source(
        "kommuner",
        "Kommunerne",
        "The municipalities",
        "inquiry",
        COLUMNS,
        reporters=(Reporter("a", "A", "A"), Reporter("b", "B", "B")),
    ),
    "hotline": Source(
        "hotline",
        "Hotlinen",
        "The hotline",
        "inquiry",
        COLUMNS,
        reporters=(Reporter("hotline", "Hotlinen", "The hotline"),),
    ),
}
KOMMUNER = SOURCES["kommuner"]
PEOPLE_OF_ONE = pd.DataFrame({"municipality": ["101"], "quarter": [MONTHS[0]], "population": [9]})
FILE = b"as filed"
MARK = hashlib.sha256(FILE).hexdigest()
ISSUER = "https://login.example"
SPANS = spans_of(vocabulary.phases())


# Who tries


@dataclass(frozen=True)
class Who:
    """Somebody, and what they hold as it was given: the matrix is judged by this, not by the actor."""

    name: str
    held: Mapping[str, tuple[str, ...]]
    actor: Actor

    def has(self, *roles: str) -> bool:
        return any(role in self.held or (role == "reader" and self.held) for role in roles)

    def covers(self, role: str, *bodies: str) -> bool:
        own = self.held.get(role, ())
        return role in self.held and all(EVERYTHING in own or body in own for body in bodies)


def person(name: str, **held: tuple[str, ...]) -> Who:
    return Who(name, held, actor_of(Grant(ISSUER, name, name, held)))


SCOPES = {"own": (A,), "both": (A, B), "other": (HOTLINE,), "everything": (EVERYTHING,)}
WITH_SCOPE = sorted(ROLES - WITHOUT_SCOPE)
PEOPLE = [
    *(
        person(f"{role} {name}", **{role: own})
        for role in WITH_SCOPE
        for name, own in SCOPES.items()
    ),
    *(person(f"{role} of nothing", **{role: ()}) for role in WITH_SCOPE),
    *(person(role, **{role: ()}) for role in sorted(WITHOUT_SCOPE)),
    # the named people of the requirement
    person("Anna, analyst of municipality A", analyst=(A,)),
    person("Bo, steward of municipality B", steward=(B,)),
    person("Carla, analyst of the hotline", analyst=(HOTLINE,)),
    # a role's scope is that role's alone
    person("analyst of all, steward of A", analyst=(EVERYTHING,), steward=(A,)),
    person("steward of all, publisher of A", steward=(EVERYTHING,), publisher=(A,)),
    person("publisher of all, steward of the hotline", publisher=(EVERYTHING,), steward=(HOTLINE,)),
    person("publisher of each by name", publisher=(A, B, HOTLINE)),
    person("publisher of the municipalities, analyst of all", publisher=(A, B), analyst=("*",)),
    person("auditor and analyst of B", auditor=(), analyst=(B,)),
    person("a body that only begins alike", steward=("kommuner/aa", "kommuner"), analyst=(A,)),
    # actors not made of assignments
    Who("anonymous", {"reader": ()}, READER),
    Who("nobody", {}, Actor("nobody", frozenset(), (EVERYTHING,))),
    Who("the machine's own", dict.fromkeys(ROLES, (EVERYTHING,)), LOCAL),
    Who(
        "one scope for all roles",
        {"reader": (A,), "steward": (A,)},
        Actor("one scope", frozenset({"reader", "steward"}), (A,)),
    ),
]


# What they try it on


@dataclass(frozen=True)
class World:
    """A home of two real sources and three bodies, one release and one backup."""

    home: Home
    release: str
    backup: str

    @property
    def store(self) -> Store:
        return Store(self.home, clock=lambda: NOW)

    @property
    def notes(self) -> SeriesNotes:
        return SeriesNotes(self.home, KOMMUNER, clock=lambda: NOW)

    @property
    def labels(self) -> Spellings:
        return Spellings(self.home, KOMMUNER, clock=lambda: NOW)

    @property
    def keyed(self) -> Home:
        return replace(self.home, key_file=key_file(self.home.folder.parent / "keys"))

    @property
    def copy_kept(self) -> Path:
        return self.home.backups / self.backup


def filed(body: str, identity: str) -> Submission:
    source, reporter = body.split("/")
    row = {**dict.fromkeys(REGISTERED, ""), "channel": "phone", "count": COUNTS[body]}
    rows = pd.DataFrame([{**row, "month": month} for month in MONTHS])
    months = tuple(MONTHS)
    return Submission(source, reporter, months, rows, MARK, identity, original=FILE)


def identity_of(body: str) -> str:
    return f"of-{body.replace('/', '-')}"


OF_A, WITHDRAWN = identity_of(A), "withdrawn-of-a"
SPEAKING = [f"{identity_of(body)}/{month:%Y-%m}" for body in COUNTS for month in MONTHS]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> World:
    home = Home(tmp_path_factory.mktemp("matrix") / "home").prepare()
    home.keeping.write_text("original_files = true\n", "utf-8")
    store = Store(home, clock=lambda: NOW)
    for source in SOURCES.values():
        store.add_source(LOCAL, source)
    store.submit(LOCAL, *(filed(body, identity_of(body)) for body in COUNTS))
    store.submit(LOCAL, filed(A, WITHDRAWN))
    store.withdraw(LOCAL, WITHDRAWN, "a test")
    sign_policy(LOCAL, home, "the officer", "2026-09-01")
    identity = build.build(LOCAL, home, clock=lambda: NOW)
    for subject in ("first", "second"):
        give(home, LOCAL, subject)
    with locked(home):
        kept = write_backup(home, datetime(2026, 11, 23))
    return World(home, identity, kept.name)


def give(home: Home, who: Actor, subject: str) -> None:
    held: dict[str, tuple[str, ...]] = {"administrator": ()}
    granting.assign(who, home, issuer=ISSUER, subject=subject, name="N", assignments=held, at=NOW)


@pytest.fixture
def anew(prepared: World, tmp_path: Path) -> Callable[[], World]:
    """A copy of the world for each who may change it."""
    numbers = iter(range(1000))

    def made() -> World:
        folder = shutil.copytree(prepared.home.folder, tmp_path / str(next(numbers)))
        return replace(prepared, home=Home(folder))

    return made


# What is tried


Try = Callable[[World, Actor], Any]


@dataclass(frozen=True)
class Act:
    """How a function is called, who may, which bodies its answer is of, and whether it changes anything."""

    call: Try
    may: Callable[[Who], bool]
    shows: Callable[[Any], set[str]] | None = None
    role: str = ""
    changes: bool = False


def has(*roles: str) -> Callable[[Who], bool]:
    return lambda who: who.has(*roles)


def anybody(_: Who) -> bool:
    return True


def of_a(role: str) -> Callable[[Who], bool]:
    return lambda who: who.covers(role, A)


def of_source(role: str) -> Callable[[Who], bool]:
    return lambda who: who.covers(role, A, B)


def of_all(role: str) -> Callable[[Who], bool]:
    return lambda who: who.covers(role, *COUNTS)


def everywhere(role: str) -> Callable[[Who], bool]:
    return lambda who: EVERYTHING in who.held.get(role, ())


def of_some(role: str) -> Callable[[Who], bool]:
    return lambda who: who.covers(role, A) or who.covers(role, B)


def bodies(frame: pd.DataFrame) -> set[str]:
    sources = frame["source"] if "source" in frame else ["kommuner"] * len(frame)
    return {f"{one}/{own}" for one, own in zip(sources, frame["reporter"], strict=True)}


def by_count(frame: pd.DataFrame) -> set[str]:
    """The bodies whose counts a month's sum is made of."""
    made_of: dict[int, set[str]] = {0: set(), 90: {A}, 1_100: {B}, 1_190: {A, B}}
    return made_of[frame["count"].sum() // len(MONTHS)]


def by_pair(frame: pd.DataFrame) -> set[str]:
    return {f"kommuner/{pair.split('/')[0]}" for own in frame["speaking"] for pair in own}


def refused(passed: bool) -> None:
    if not passed:
        raise Forbidden("steward")


def facts(number: int) -> dict[str, Any]:
    told = {"note": "", "forced_because": "", "synthetic": False, "policy": ""}
    return {"release": f"2026-12-01-{number}", "number": number, **told}


def taken() -> pd.DataFrame:
    return pd.DataFrame(
        {"source": "kommuner", "reporter": "a", "month": MONTHS[:1], "submission": OF_A}
    )


def added(world: World, who: Actor) -> object:
    with changing(world.home, NOW) as change:
        return submissions.add(change, [filed(A, "anew")], who)


def compared(world: World, who: Actor) -> set[str]:
    """The reporters told to differ when all that speaks is held against nothing."""
    speaking = frozenset((body.split("/")[1], identity_of(body)) for body in (A, B))
    found = Comparison(who, world.store, "kommuner").change(MONTHS[0], frozenset(), speaking)
    return {f"kommuner/{reporter}" for reporter in found}


def filed_as(frame: pd.DataFrame) -> set[str]:
    return by_count(frame.rename(columns={"exact": "count"}))


def acted(world: World, who: Actor) -> None:
    with audit.act(world.home, who, "read"), audit.refusals(world.home, who):
        pass


def removed(world: World, who: Actor) -> None:
    """The records of a copy are asked to go when they are old enough to."""
    later = audit_file.now() + timedelta(days=3 * 366)
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(shutil.copytree(world.home.folder, Path(folder) / "home")))
        with patch.object(audit_file, "now", lambda: later):
            assert trail.remove_old(who, home)


SELECTION = own_figures.Selection(KOMMUNER, MONTHS[0], MONTHS[-1])
SPAN = (MONTHS[0], MONTHS[-1])
PURPOSE = "til et internt notat"
NEW = Source("new", "Ny", "New", "inquiry", COLUMNS, reporters=(Reporter("new", "N", "N"),))
WHY = "Telefonen var ude af drift."
LABELS = ("Kun opkald", "Også chat", "", "")

ACTS: dict[str, Act] = {
    "access.listed": Act(lambda w, a: access.listed(a, w.home), has("administrator", "auditor")),
    "access.with_everything": Act(
        lambda w, a: access.with_everything(a, w.home), has("administrator", "auditor")
    ),
    "access.require_no_uploader": Act(
        lambda w, a: access.require_no_uploader(a, w.home, SOURCES.values()), anybody
    ),
    "actor.require": Act(lambda _, a: actor.require(a, "steward"), has("steward")),
    "actor.require_body": Act(
        lambda _, a: actor.require_body(a, "steward", "kommuner", "a"), of_a("steward")
    ),
    "actor.require_everywhere": Act(
        lambda _, a: actor.require_everywhere(a, "steward"), everywhere("steward")
    ),
    "actor.require_whole": Act(
        lambda _, a: actor.require_whole(a, list(SOURCES.values())), of_all("publisher")
    ),
    "actor.require_some": Act(
        lambda _, a: actor.require_some(a, "steward", KOMMUNER), of_some("steward")
    ),
    "actor.require_all": Act(
        lambda _, a: actor.require_all(a, "steward", KOMMUNER), of_source("steward")
    ),
    "actor.covers_some": Act(
        lambda _, a: refused(actor.covers_some(a, "steward", KOMMUNER)), of_some("steward")
    ),
    "actor.covers_all": Act(
        lambda _, a: refused(actor.covers_all(a, "steward", KOMMUNER)), of_source("steward")
    ),
    "audit.act": Act(acted, anybody),
    "audit.refusals": Act(acted, anybody),
    "audit.tell": Act(lambda w, a: audit.tell(w.home, a, "sign_in"), anybody),
    "audit.require": Act(lambda w, a: audit.require(w.home, a, "steward"), has("steward")),
    "audit.require_body": Act(
        lambda w, a: audit.require_body(w.home, a, "steward", "kommuner", "a"), of_a("steward")
    ),
    "backup.back_up": Act(
        lambda w, a: backup.back_up(a, w.home, NOW + timedelta(days=2)),
        has("administrator"),
        changes=True,
    ),
    "build.build": Act(
        lambda w, a: build.build(a, w.home, clock=lambda: NOW, forced_because="a test"),
        of_all("publisher"),
        changes=True,
    ),
    "build.gather": Act(
        lambda w, a: build.gather(a, w.store, policy_of(w.home)), of_all("publisher")
    ),
    "build.recall_release": Act(
        lambda w, a: build.recall_release(a, w.home, w.release, "a test"),
        of_all("publisher"),
        changes=True,
    ),
    "checks.standing": Act(lambda w, a: checks.standing(a, w.store, w.home, NOW), has("publisher")),
    "directory.steward.Desk": Act(lambda w, a: Desk(w.home, a), has("steward")),
    "encrypting.encrypt": Act(
        lambda w, a: encrypting.encrypt(a, w.keyed, None, at=NOW),
        has("administrator"),
        changes=True,
    ),
    "erasure.erase": Act(
        lambda w, a: erasure.erase(a, w.home, OF_A, by="officer", because="a test", at=NOW),
        has("administrator"),
        changes=True,
    ),
    "erasure.erase_all": Act(
        lambda w, a: erasure.erase_all(a, w.home, [OF_A], by="officer", because="a test", at=NOW),
        has("administrator"),
        changes=True,
    ),
    "freeze.Comparison": Act(compared, has("publisher"), lambda found: found, "publisher"),
    "freeze.choose": Act(
        lambda w, a: freeze.choose(a, w.store, "kommuner", SPANS).months,
        of_some("publisher"),
        bodies,
        "publisher",
    ),
    "granting.assign": Act(
        lambda w, a: give(w.home, a, "third"), has("administrator"), changes=True
    ),
    "granting.remove": Act(
        lambda w, a: granting.remove(a, w.home, ISSUER, "first"),
        has("administrator"),
        changes=True,
    ),
    "granting.end_sessions": Act(
        lambda w, a: granting.end_sessions(a, w.home, ISSUER, "first", NOW),
        has("administrator"),
        changes=True,
    ),
    "inspection.inspect": Act(
        lambda w, a: inspection.inspect(a, w.home), has("administrator"), changes=True
    ),
    "own_figures.sources": Act(lambda w, a: own_figures.sources(a, w.store), has("analyst")),
    "own_figures.filed_months": Act(
        lambda w, a: own_figures.filed_months(a, w.store, KOMMUNER), has("analyst")
    ),
    "own_figures.figures": Act(
        lambda w, a: own_figures.figures(a, w.store, SELECTION).months,
        has("analyst"),
        filed_as,
        "analyst",
    ),
    "own_figures.export": Act(
        lambda w, a: own_figures.export(a, w.store, SELECTION, PURPOSE, words("da")),
        has("analyst"),
    ),
    "own_figures.caption": Act(
        lambda _, a: own_figures.caption(a, SELECTION, words("da")), anybody
    ),
    "own_rows.months": Act(
        lambda w, a: own_rows.months(a, w.store, "kommuner"), has("analyst"), bodies, "analyst"
    ),
    "own_rows.counts": Act(
        lambda w, a: own_rows.counts(a, w.store, "kommuner", SPAN, [], {}),
        has("analyst"),
        filed_as,
        "analyst",
    ),
    "population.publish": Act(
        lambda w, a: population.publish(a, w.home, PEOPLE_OF_ONE, NOW.date()),
        has("administrator"),
        changes=True,
    ),
    "installation.installation": Act(
        lambda w, a: installation.installation(a, w.home, NOW), has("administrator")
    ),
    "policy.sign_policy": Act(
        lambda w, a: policy.sign_policy(a, w.home, "another", "2026-10-01"),
        has("administrator"),
        changes=True,
    ),
    "released_sources.released_sources": Act(
        lambda w, a: released_sources.released_sources(a, w.store), of_all("publisher")
    ),
    "released_sources.notes_of": Act(
        lambda w, a: released_sources.notes_of(a, w.store, [KOMMUNER]), has("publisher")
    ),
    "restoring.put_back": Act(
        lambda w, a: restoring.put_back(a, w.home, w.copy_kept, because="a test", at=NOW),
        has("administrator"),
        changes=True,
    ),
    "retention.due": Act(lambda w, a: retention.due(a, w.home, NOW), has("administrator")),
    "retention.erase_due": Act(
        lambda w, a: retention.erase_due(a, w.home, by="officer", also_needed=True, at=NOW),
        has("administrator"),
        changes=True,
    ),
    "series_notes.standing": Act(lambda w, a: series_notes.standing(a, w.home), has("publisher")),
    "series_notes.SeriesNotes.breaks": Act(lambda w, a: w.notes.breaks(a), of_some("steward")),
    "series_notes.SeriesNotes.excluded": Act(lambda w, a: w.notes.excluded(a), of_some("steward")),
    "series_notes.SeriesNotes.add_break": Act(
        lambda w, a: w.notes.add_break(a, MONTHS[0], *LABELS), of_source("steward"), changes=True
    ),
    "series_notes.SeriesNotes.remove_break": Act(
        lambda w, a: w.notes.remove_break(a, MONTHS[0]), of_source("steward"), changes=True
    ),
    "series_notes.SeriesNotes.exclude": Act(
        lambda w, a: w.notes.exclude(a, MONTHS[0], WHY, ""), of_source("steward"), changes=True
    ),
    "series_notes.SeriesNotes.include": Act(
        lambda w, a: w.notes.include(a, MONTHS[0]), of_source("steward"), changes=True
    ),
    "spellings.Spellings.kept": Act(lambda w, a: w.labels.kept(a), of_some("steward")),
    "spellings.Spellings.keep": Act(
        lambda w, a: w.labels.keep(a, "channel", "Skranken", "in_person"),
        of_source("steward"),
        changes=True,
    ),
    "spellings.Spellings.take_back": Act(
        lambda w, a: w.labels.take_back(a, "channel", "skranken"),
        of_source("steward"),
        changes=True,
    ),
    "store.Store.sources": Act(lambda w, a: w.store.sources(a), has("reader")),
    "store.Store.source": Act(lambda w, a: w.store.source(a, "kommuner"), has("reader")),
    "store.Store.add_source": Act(
        lambda w, a: w.store.add_source(a, NEW), everywhere("steward"), changes=True
    ),
    "store.Store.submit": Act(
        lambda w, a: w.store.submit(a, filed(A, "anew")), of_a("steward"), changes=True
    ),
    "store.Store.withdraw": Act(
        lambda w, a: w.store.withdraw(a, OF_A, "a test"), of_a("steward"), changes=True
    ),
    "store.Store.restore": Act(
        lambda w, a: w.store.restore(a, WITHDRAWN, "a test"), of_a("steward"), changes=True
    ),
    "store.Store.submissions": Act(
        lambda w, a: w.store.submissions(a), has("steward"), bodies, "steward"
    ),
    "store.Store.original": Act(lambda w, a: w.store.original(a, OF_A), of_a("steward")),
    "store.Store.months_as_of": Act(lambda w, a: w.store.months_as_of(a, OF_A), of_a("steward")),
    "store.Store.rows_as_of": Act(lambda w, a: w.store.rows_as_of(a, OF_A), of_a("steward")),
    "store.Store.submission_rows": Act(
        lambda w, a: w.store.submission_rows(a, OF_A), of_a("steward")
    ),
    "store.Store.erasures": Act(lambda w, a: w.store.erasures(a), has("administrator")),
    "store.Store.counts_by_month": Act(
        lambda w, a: w.store.counts_by_month(a, "kommuner", "a"), of_a("steward")
    ),
    "store.Store.rows_in_force": Act(
        lambda w, a: w.store.rows_in_force(a, "kommuner", "a"), of_a("steward")
    ),
    "store.Store.owed": Act(
        lambda w, a: w.store.owed(a, MONTHS[-1] + pd.DateOffset(months=2)),
        has("steward"),
        bodies,
        "steward",
    ),
    "store.Store.months_in_force": Act(
        lambda w, a: w.store.months_in_force(a, "kommuner"), has("publisher"), bodies, "publisher"
    ),
    "store.Store.rows": Act(
        lambda w, a: w.store.rows(a, "kommuner", SPEAKING), has("publisher"), by_count, "publisher"
    ),
    "store.Store.reporter_totals": Act(
        lambda w, a: w.store.reporter_totals(a, "kommuner", SPEAKING),
        has("publisher"),
        bodies,
        "publisher",
    ),
    "store.Store.versions_released": Act(
        lambda w, a: w.store.versions_released(a, "kommuner"),
        has("publisher"),
        by_pair,
        "publisher",
    ),
    "store.Store.row_changes": Act(
        lambda w, a: w.store.row_changes(a, "kommuner", [], SPEAKING),
        has("publisher"),
        bodies,
        "publisher",
    ),
    "store.Store.secret": Act(lambda w, a: w.store.secret(a), has("publisher")),
    "store.Store.require_secret": Act(lambda w, a: w.store.require_secret(a), has("publisher")),
    "store.Store.releases": Act(lambda w, a: w.store.releases(a), has("publisher")),
    "store.Store.record_release": Act(
        lambda w, a: w.store.record_release(a, facts(9), taken()),
        of_all("publisher"),
        changes=True,
    ),
    "store.Store.record_recall": Act(
        lambda w, a: w.store.record_recall(a, w.release, "a test"),
        of_all("publisher"),
        changes=True,
    ),
    "trail.records": Act(lambda w, a: trail.records(a, w.home), has("auditor")),
    "trail.verify": Act(lambda w, a: trail.verify(a, w.home), has("auditor")),
    "trail.remove_old": Act(removed, has("administrator")),
    "submissions.add": Act(added, of_a("steward"), changes=True),
}
REFUSALS = {"forbidden", "publisher_lacks", "nothing_to_release"}


def state(world: World) -> object:
    """All that an act could have changed, read by the one who has everything."""
    store, home = world.store, world.home
    with opened(home):  # once for all that is asked
        counts = [store.counts_by_month(LOCAL, *body.split("/")).to_csv() for body in COUNTS]
        kept = [found.to_csv() for found in series_notes.standing(LOCAL, home)]
        history = [store.submissions(LOCAL).to_csv(), store.releases(LOCAL).to_csv()]
        history += [store.erasures(LOCAL).to_csv(), world.labels.kept(LOCAL).to_csv()]
        sources = store.sources(LOCAL)
    published = sorted(path.name for path in home.releases.iterdir())
    kept_files = filter(Path.exists, (home.access, home.policy, home.ledger, home.population))
    files = [path.read_bytes() for path in kept_files]
    return counts, kept, history, sources, published, files


def shown(act: Act, who: Who, found: Any) -> set[str]:
    """The bodies an answer is of; those of the role's scope that there are figures of, and no other."""
    told: set[str] = act.shows(found) if act.shows else set()
    assert all(who.covers(act.role, body) for body in told), (who.name, told)
    return told


# A release, or a world of its own, for each who may: make check has the time.
RELEASING = {"build.build", "build.gather"}


def takes_long(name: str) -> bool:
    return name in RELEASING or ACTS[name].changes


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.long if takes_long(name) else ()) for name in ACTS],
)
def test_whoever_may_can_and_nobody_else(
    name: str, prepared: World, anew: Callable[[], World]
) -> None:
    act, before = ACTS[name], state(prepared)
    seen: set[str] = set()
    for who in PEOPLE:
        if act.may(who):
            world = anew() if act.changes else prepared
            seen |= shown(act, who, act.call(world, who.actor))
        else:
            with pytest.raises(Fault) as fault:
                pytest.fail(f"{who.name} got {act.call(prepared, who.actor)!r}")
            assert fault.value.code in REFUSALS, who.name
    assert state(prepared) == before
    # What is never shown to anybody would be tried in vain.
    assert not act.shows or {A, B} <= seen


def test_every_role_is_tried_in_every_scope_and_some_may_and_some_may_not() -> None:
    open_to_all = {"access.require_no_uploader", "audit.act", "audit.refusals", "audit.tell"}
    open_to_all |= {"own_figures.caption"}  # names bodies, and asks the store for nothing
    for name, act in ACTS.items():
        verdicts = {act.may(who) for who in PEOPLE}
        assert verdicts == ({True} if name in open_to_all else {True, False}), name
    print(f"{len(ACTS)} functions x {len(PEOPLE)} people = {len(ACTS) * len(PEOPLE)} combinations")


# That nothing is left out


def told_who_asks() -> Iterator[str]:
    """Every public function of the domain with an actor among its parameters; of a class its name."""
    for found in pkgutil.walk_packages(inquiries.__path__, "inquiries."):
        module = importlib.import_module(found.name)
        short = found.name.removeprefix("inquiries.")
        for name, one in vars(module).items():
            if name.startswith("_") or getattr(one, "__module__", None) != found.name:
                continue
            if inspect.isfunction(one) and asks(one):
                yield f"{short}.{name}"
            elif inspect.isclass(one):
                yield from (f"{short}.{method}" for method in methods(one))


def methods(one: type) -> Iterator[str]:
    for name, method in vars(one).items():
        plain = getattr(method, "__func__", method)
        if inspect.isfunction(plain) and asks(plain):
            if name == "__init__":
                yield one.__name__
            elif not name.startswith("_"):
                yield f"{one.__name__}.{name}"


def asks(function: Callable[..., object]) -> bool:
    told = inspect.signature(function).parameters.get("actor")
    return told is not None and told.annotation == "Actor"  # and not a name to search for


def test_every_function_that_is_told_who_asks_is_in_the_matrix() -> None:
    assert set(told_who_asks()) == set(ACTS)


def test_the_machine_itself_finds_the_untouched_world_in_order(prepared: World) -> None:
    assert inspection.inspect(LOCAL, prepared.home).faults == []
