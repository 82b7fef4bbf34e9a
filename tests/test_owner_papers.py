"""The owner's papers: one page each, filled in with what is in force, what is left marked, and no person or path in any."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from importlib import metadata
from pathlib import Path

import pytest
from printed import fonts, is_tagged, read, text, unspaced
from small_home import MONTHS, SOURCE, one_source

from inquiries import granting
from inquiries.actor import LOCAL
from inquiries.components import component_table, components
from inquiries.exports.paper import Paper, paper_markdown, paper_pdf
from inquiries.filing import Reporter, Source
from inquiries.home import Home
from inquiries.installation import Filed, Installation, installation
from inquiries.policy import policy_of, sign_policy
from inquiries.processing import RISKS, impact, record
from inquiries.store import Store
from inquiries.words import LOCALES, Words, sentences, words
from manage import main as command_line
from tests import signed
from tests.keyed import key_file

ROOT = Path(__file__).resolve().parents[1]
AT = datetime(2026, 11, 22, 12, 0)
DA = words("da")
PAPERS: dict[str, Callable[[Installation, Words], Paper]] = {"record": record, "impact": impact}
NAME, OFFICER = "Anna Jensen", "Jens Hansen, jurist"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """One real source with figures, a policy signed by a person, and a person with a role."""
    home = one_source(tmp_path_factory.mktemp("papers") / "home")
    sign_policy(LOCAL, home, OFFICER, "2026-11-01")
    granting.assign(
        LOCAL,
        home,
        issuer="https://login.example",
        subject="anna",
        name=NAME,
        assignments={"analyst": (f"{SOURCE}/{SOURCE}",)},
        at=AT,
    )
    return home


@pytest.fixture(scope="module")
def found(home: Home) -> Installation:
    return installation(LOCAL, home, AT)


def said(paper: Paper) -> str:
    return " ".join(line for part in paper.parts for line in part.lines)


# One page each


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_is_one_tagged_page_in_its_language_with_what_is_left_marked(
    found: Installation, kind: str, language: str
) -> None:
    spoken = words(language)
    paper = PAPERS[kind](found, spoken)
    page = read(paper_pdf(paper, spoken))
    assert len(page.pages) == 1 and is_tagged(page)
    assert page.root_object["/Lang"] == language
    assert all("SourceSans3" in font for font in fonts(page))
    left = [part for part in paper.parts if part.left]
    assert unspaced(text(page)).count(unspaced(spoken("paper.open"))) == len(left) > 0
    assert "?" not in text(page)


@pytest.mark.parametrize("kind", PAPERS)
def test_many_sources_still_make_one_page(found: Installation, kind: str) -> None:
    source = Source("x", "En kilde med et langt navn i en kommune", "X", "case", ("month", "count"))
    many = tuple(Filed(replace(source, source=f"x{n}"), None, None) for n in range(30))
    page = read(paper_pdf(PAPERS[kind](replace(found, filed=many), DA), DA))
    assert len(page.pages) == 1


@pytest.mark.parametrize("kind", PAPERS)
def test_the_markdown_says_the_same(found: Installation, kind: str) -> None:
    paper = PAPERS[kind](found, DA)
    told = paper_markdown(paper, DA).decode()
    assert told.startswith(f"# {paper.title}\n")
    for part in paper.parts:
        assert f"\n## {part.heading}\n" in told
        assert all(f"\n- {line}\n" in told for line in part.lines)
        assert not part.left or f"{DA('paper.open')}** {part.left}\n" in told


# What is in force


def test_the_record_tells_the_sources_and_how_long_each_is_kept(home: Home, tmp_path: Path) -> None:
    keeping = f"original_files = true\naudit_months = 24\n[source_months]\n{SOURCE} = 120\n"
    home.keeping.write_text(keeping, "utf-8")
    told = said(record(installation(LOCAL, home, AT), DA))
    home.keeping.unlink()
    months = DA.months(MONTHS[0], MONTHS[-1])
    facts = {"name": "Kilden", "unit": "henvendelser", "reporters": 1, "months": months}
    assert DA("paper.source", **facts) in told
    assert DA("paper.kept_limited", name="Kilden", months=120) in told
    assert DA("paper.kept_files") in told and DA("paper.kept_audit", months=24) in told
    plain = said(record(installation(LOCAL, home, AT), DA))
    assert DA("paper.kept_no_files") in plain and DA("paper.kept_audit", months=13) in plain
    assert "120" not in plain


def test_a_made_up_source_is_told_as_one_and_a_home_without_any_says_so(tmp_path: Path) -> None:
    empty = installation(LOCAL, Home(tmp_path), AT)
    assert DA("paper.no_source") in said(record(empty, DA))
    assert DA("paper.says_months") not in said(impact(empty, DA))
    own = (Reporter("a", "A", "A"), Reporter("b", "B", "B"))
    columns = ("month", "municipality", "gender", "count")
    Store(Home(tmp_path)).add_source(LOCAL, Source("p", "P", "P", "case", columns, True, own))
    told = said(record(installation(LOCAL, Home(tmp_path), AT), DA))
    facts = {"name": "P", "unit": "sager", "reporters": 2, "months": DA("paper.nothing_filed")}
    assert f"{DA('paper.source', **facts)} {DA('paper.sample')}" in told
    assert DA("paper.says_columns", columns="kommune og køn") in told


@pytest.mark.parametrize("kind", PAPERS)
@pytest.mark.parametrize("is_keyed", [True, False])
def test_whether_figures_are_encrypted_is_told_as_it_is(
    tmp_path: Path, kind: str, is_keyed: bool
) -> None:
    home = Home(tmp_path / "home", key_file(tmp_path / "keys") if is_keyed else None)
    told = said(PAPERS[kind](installation(LOCAL, home, AT), DA))
    assert (DA("paper.encrypted") in told, DA("paper.not_encrypted") in told) == (
        is_keyed,
        not is_keyed,
    )


@pytest.mark.parametrize("way", ["none", "oidc", "proxy"])
@pytest.mark.parametrize("is_strong", [True, False])
def test_how_people_sign_in_is_told_as_it_is(tmp_path: Path, way: str, is_strong: bool) -> None:
    if way != "none":
        more = {"required_acr": ["high"]} if is_strong else {}
        signed.write(tmp_path, signed.configured(way, "https://tal.kommune.dk", **more))
    told = said(record(installation(LOCAL, Home(tmp_path), AT), DA))
    assert DA(f"paper.way_{way}", people=0) in told
    assert (DA("paper.strong") in told) is (is_strong and way != "none")


def test_a_policy_that_nobody_signed_is_told_as_one(found: Installation, tmp_path: Path) -> None:
    own = policy_of(Home(tmp_path))
    facts = {"policy": own.policy, "least": own.smallest_shown, "on": ""}
    assert DA("paper.policy_unsigned", **facts) in said(record(replace(found, policy=own), DA))
    assert DA("paper.policy_signed", **(facts | {"on": "2026-11-01"})) in said(record(found, DA))


def test_each_risk_stands_beside_what_is_done_about_it(found: Installation) -> None:
    told = said(impact(found, DA))
    for risk in RISKS:
        assert f"{DA(f'paper.risk_{risk}')} {DA(f'paper.against_{risk}')}" in told


@pytest.mark.parametrize("language", LOCALES)
def test_no_person_no_address_and_no_path_is_in_any_paper(
    found: Installation, home: Home, language: str
) -> None:
    spoken = words(language)
    papers = [paper_markdown(make(found, spoken), spoken).decode() for make in PAPERS.values()]
    for told in [*papers, component_table(components(), spoken).to_csv()]:
        for secret in (NAME, OFFICER, "Jens", "Anna", "anna", "login.example", "@"):
            assert secret not in told
        assert str(home.folder) not in told and str(ROOT) not in told
        assert not re.search(r"(^|[\s(])/\w+/", told)


# The components


def test_every_installed_package_stands_once_with_its_version_and_licence() -> None:
    found = components()
    installed = {(one.metadata["Name"], one.version) for one in metadata.distributions()}
    packages = [(one.name, one.version) for one in found if one.kind == "package"]
    assert set(packages) == installed and len(packages) == len(installed)
    locked = re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / "requirements.txt").read_text(), re.M)
    named = {re.sub(r"[-_.]+", "-", one.name).lower(): one for one in found}
    lacking = [name for name, _ in locked if name in named and not named[name].licence]
    assert lacking == []
    assert {"duckdb", "streamlit", "typst"} <= set(named)
    kinds = {one.kind for one in found}
    assert kinds == {"language", "package", "bundled"}
    assert all(one.version and one.licence for one in found if one.kind != "package")


# The command


@pytest.mark.parametrize("kind", ["record", "impact", "components"])
def test_the_command_writes_each_paper_beside_its_text_and_never_over_another(
    kind: str,
    home: Home,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("INQUIRIES_HOME", str(home.folder))
    monkeypatch.setattr("document_command.system_clock", lambda: AT)
    ask = ["--language", "en", "document", "--kind", kind, "--to", str(tmp_path)]
    assert command_line(ask) == 0
    other = "csv" if kind == "components" else "md"
    page, beside = (tmp_path / f"{kind}-2026-11-22.{ending}" for ending in ("pdf", other))
    say = words("en")
    written = [say("command.document_written", file=file) for file in (page, beside)]
    assert capsys.readouterr().out.splitlines() == written
    assert len(read(page.read_bytes()).pages) == 1
    if kind == "components":
        rows = list(csv.reader(io.StringIO(beside.read_text("utf-8-sig")), delimiter=";"))
        assert rows[0] == ["Name", "Version", "Licence", "Kind"]
        assert len([row for row in rows[1:] if len(row) == 4]) == len(components())
    assert command_line(ask) == 2
    assert capsys.readouterr().err == say("fault.file_unwritable", file=page) + "\n"


# What is never said

# Whole sentences, for what they say of the word: what is anonymous in law is for others to decide.
ALLOWED = (
    "Whether the result is anonymous in law",
    sentences("da")["paper.says_rest"],
    sentences("en")["paper.says_rest"],
)


def test_the_exact_figures_are_nowhere_called_anonymous() -> None:
    asked = ["git", "ls-files", "-z", "README.md", "docs", "dashboard", "data/policy", "queries"]
    tracked = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    calling = {}
    for name in filter(None, tracked.split("\0")):
        if name.endswith((".png", ".otf", ".woff2")):
            continue
        told = " ".join((ROOT / name).read_text("utf-8").split())
        for sentence in ALLOWED:
            told = told.replace(sentence, "")
        if found := re.findall(r"(?i).{30}anonym.{30}", told):
            calling[name] = found
    assert calling == {}
    assert all("anonym" in sentence for sentence in ALLOWED)
