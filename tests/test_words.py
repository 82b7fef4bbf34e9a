"""Every sentence a reader sees: both languages whole, each in use, none outside `text/`; numbers and months as each language writes them."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest

from inquiries import audit, intake
from inquiries.actor import ROLES
from inquiries.baseline import Season
from inquiries.charts.municipality_map import INK
from inquiries.components import COLUMNS
from inquiries.components import KINDS as COMPONENT_KINDS
from inquiries.directory import State, upkeep
from inquiries.directory.changes import ACTIONS, HOWS
from inquiries.directory.hours import Opening
from inquiries.directory.schema import AUDIENCES, KINDS, STATUSES
from inquiries.drop.baselines import SHOWN
from inquiries.drop.newest import STANDS_OUT
from inquiries.effect import Verdict
from inquiries.explore.choices import NoteCode
from inquiries.explore.pictures import AGAINST_100
from inquiries.explore.view import FORMS, MEASURES, PARAMS
from inquiries.explore.view import PERIODS as EXPLORED_PERIODS
from inquiries.exports import slide_files
from inquiries.installation import Way
from inquiries.intake.check import MORE
from inquiries.own_baseline import OUTCOMES
from inquiries.periods import COMPLETE, MISSING, PROVISIONAL
from inquiries.policy import METHODS
from inquiries.processing import RISKS
from inquiries.signed_in import Verdict as Ended
from inquiries.slides import LONGEST, SLIDES
from inquiries.vocabulary import PROFILES, WITH_MUNICIPALITY, read_table
from inquiries.words import LOCALES, Words, sentences, words

DASHBOARD = Path(__file__).resolve().parents[1] / "dashboard"
BASELINE, GROUND = DASHBOARD / "inquiries/baseline.py", DASHBOARD / "inquiries/ground.py"
DANISH, ENGLISH = sentences("da"), sentences("en")
VERDICTS = set(get_args(Verdict))

ALIKE = {  # right in both languages
    "about.column_file",
    "access.body",
    "access.role_administrator",
    "chart.missing_at",
    "chart.tip",
    "chart.tip_change",
    "contacts.for",
    "print.for",
    "contacts.kind_chat",
    "chart.note_observed",
    "dimension.region",
    "effect.unit_of_group",
    "map.most",
    "map.place",
    "map.under",
    "explore.by_region",
    "explore.by_part",
    "explore.phase",
    "explore.ranking_one",
    "explore.tip",
    "explore.tip_of",
    "explore.title_count",
    "explore.title_part",
    "own_figures.limited",
    "drop.in_group",
    "fit.outcome",
    "submit.one",
    "submit.state",
}
SAID_IN_BOTH = {"Sprog / Language"}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def modules(*patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in DASHBOARD.glob(pattern))


ALL_MODULES = modules("**/*.py")


def strings(node: ast.AST) -> set[str]:
    """Every string constant under a node, parts of f-strings among them."""
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


def calls(node: ast.AST, *names: str) -> Iterator[ast.Call]:
    """Calls of a function by its name, alone or as an attribute: words(…), view.words(…)."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call):
            called = part.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in names:
                yield part


def first_string(call: ast.Call) -> str | None:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


# Which keys are in use


KEY = re.compile(
    rf"({'|'.join(sorted({key.split('.')[0] for key in DANISH}))})\.(?!json$)[a-z0-9_]*"
)


@cache
def literal_keys() -> set[str]:
    """Keys that stand whole in the code."""
    whole = {text for path in ALL_MODULES for text in strings(tree(path)) if KEY.fullmatch(text)}
    spoken = {
        key
        for path in ALL_MODULES
        for call in calls(tree(path), "words", "spoken")
        if (key := first_string(call)) and key not in LOCALES
    }
    return (whole | spoken) - set(key_beginnings())


@cache
def key_beginnings() -> dict[str, set[Path]]:
    """The beginnings of keys that f-strings complete, and the modules where each stands."""
    found: dict[str, set[Path]] = {}
    for path in ALL_MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.JoinedStr) and len(node.values) == 2:
                beginning = getattr(node.values[0], "value", None)
                if isinstance(beginning, str) and KEY.fullmatch(beginning):
                    found.setdefault(beginning, set()).add(path)
    return found


# Calls whose first argument is a code.
FIRST_SAYS = (
    "Problem",
    "wrong",
    "_warning",
    "Trace",
    "_Unreadable",
    "_refused",
)
SECOND_SAYS = ("Judged", "ReadMonth", "ReadCount", "_sized")
RETURNS_A_CODE = {"_what_else", "_change_of_form", "_code"}


def problem_codes() -> set[str]:
    """What the intake can find: the codes its problems are made with, and those it judges cells by."""
    found = {MORE}
    for path in modules("inquiries/intake/*.py", "inquiries/population_file.py"):
        found |= {text for text in strings(tree(path)) if re.fullmatch("personal_[a-z_]+", text)}
        found |= {code for call in calls(tree(path), *FIRST_SAYS) if (code := first_string(call))}
        for call in calls(tree(path), *SECOND_SAYS):
            found |= strings(call.args[1]) if call.args[1:] else set()
        for function in ast.walk(tree(path)):
            if getattr(function, "name", "") in RETURNS_A_CODE:
                returns = [part for part in ast.walk(function) if isinstance(part, ast.Return)]
                found |= {text for one in returns if one.value for text in results(one.value)}
    return found - {""}


def results(value: ast.expr) -> set[str]:
    """The strings a returned expression may be, its conditions left out."""
    if isinstance(value, ast.IfExp):
        return results(value.body) | results(value.orelse)
    return strings(value) if isinstance(value, ast.Constant) else set()


def check_codes() -> set[str]:
    """What is checked before a release: Check("…"), and what a fault may stop or mark."""
    module = tree(DASHBOARD / "inquiries/checks.py")
    found = [call.args[0] for call in calls(module, "Check", "_stopping", "_noting") if call.args]
    return {text for code in found for text in strings(code)}


def fault_calls() -> Iterator[tuple[str, set[str]]]:
    """Each fault's code and the names of its facts."""
    for path in ALL_MODULES:
        for call in calls(tree(path), "Fault", "__init__"):
            if code := first_string(call):
                yield code, {str(fact.arg) for fact in call.keywords}


def flaw_codes() -> set[str]:
    """What is wrong with a field of the directory or of the sign-in: _require(…, "contact_…", field)."""
    return {
        text
        for module in ("inquiries/directory/schema.py", "inquiries/sign_in_fields.py")
        for call in calls(tree(DASHBOARD / module), "_require")
        for text in strings(call.args[1])
    }


def warning_codes() -> set[str]:
    """The keys of the dictionaries that `expected.warnings` chooses from."""
    module = tree(DASHBOARD / "inquiries/expected.py")
    functions = [n for n in module.body if getattr(n, "name", "") in ("warnings", "_doubts")]
    found = [node for one in functions for node in ast.walk(one) if isinstance(node, ast.Dict)]
    assert len(found) == 2
    return {code for own in found for key in own.keys if key for code in strings(key)}


def fit_outcomes() -> set[str]:
    """What may come of a fit: the reasons there is no model, of the baseline and of the ground."""
    reasons = {first_string(call) for call in calls(tree(BASELINE), "NoExpectation")}
    grounds = {text for call in calls(tree(GROUND), "Ground") for text in strings(call)}
    return {str(reason) for reason in reasons if reason} | grounds


def assigned(module: str, name: str) -> set[str]:
    """The strings of a module's constant: those of a tuple, or the keys of a dictionary."""
    for node in tree(DASHBOARD / module).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
            keys = node.value.keys if isinstance(node.value, ast.Dict) else [node.value]
            return {text for key in keys if key for text in strings(key)}
    raise AssertionError(f"{module} has no {name}")


# What only the ground under a released series can be: nothing is hidden where figures are exact.
GROUND_ALONE = {"model", "too_many_hidden", "no_same_reporters"}
CODES = {
    "about.area_": {"national", "partial"},
    "about.define_": assigned("panels/about.py", "DEFINED"),
    "audit.act_": set(audit.ACTS),
    "audit.result_": set(audit.RESULTS),
    "about.season_": set(get_args(Season)),
    "access.role_": set(ROLES),
    "check.": check_codes(),
    "check_outcome.": {"passed", "noted", "failed"},
    "mark.": {"hidden", "missing", "not_registered"},
    "method.": set(METHODS),
    "page.": {path.stem for path in (DASHBOARD / "app_pages").glob("*.py")},
    "asker.": set(AUDIENCES),
    "audience.": set(AUDIENCES),
    "contacts.kind_": set(KINDS) - {"mail"},
    "contacts.opening_": set(get_args(Opening)),
    "contacts.state_": set(get_args(State)),
    "directory.action_": set(ACTIONS),
    "directory.finding_": set(upkeep.CODES),
    "directory.how_": set(HOWS),
    "directory.status_": set(STATUSES),
    "directory.task_": {"calls", "confirm", "correct", "add", "history"},
    "fault.": {code for code, _ in fault_calls()} | flaw_codes(),
    "map.mark_": {*INK, "provisional"},
    "outcome.": intake.OUTCOMES,
    "dimension.": set(WITH_MUNICIPALITY),
    "drop.basis_": set(SHOWN),
    "drop.missing_": VERDICTS - {"not_shown"},
    "drop.newest_": VERDICTS - {"not_shown"},
    "drop.unusual_": set(STANDS_OUT),
    "effect.before_": VERDICTS - {"not_shown"},
    "effect.conclusion_": VERDICTS - {"not_shown"},
    "effect.headline_": VERDICTS,
    "effect.lead_": {"model", "same_months", "just_before"},
    "explore.by_": set(WITH_MUNICIPALITY),
    "explore.choose_": set(PARAMS.values()),
    "explore.column_": set(MEASURES),
    "explore.example_": assigned("panels/explore_choices.py", "EXAMPLES"),
    "explore.form_": set(FORMS),
    "explore.key_": {"gap", "grey", "frame"},
    "explore.measure_": set(MEASURES),
    "explore.note_": set(get_args(NoteCode)),
    "explore.provisional_": {"line", "heat"},
    "explore.rather_": {"quarter", "year", "small", "heat"},
    "explore.reference_": set(AGAINST_100),
    "explore.per_": {*EXPLORED_PERIODS, "phase_mean"},
    "explore.title_": set(MEASURES),
    "fit.outcome_": fit_outcomes() - {"model"},
    "own_figures.from_": {"months", "baseline", "window"},
    "own_figures.lead_": {"model", "same_months"},
    "own_figures.none_": {*OUTCOMES, *fit_outcomes()} - GROUND_ALONE,
    "own_figures.state_": {COMPLETE, PROVISIONAL, MISSING},
    "own_figures.to_": {"months", "baseline", "window"},
    "overview.net_": VERDICTS,
    "overview.newest_": VERDICTS,
    "overview.usual_": VERDICTS - {"not_shown"},
    "slides.make_": set(slide_files.KINDS),
    "slides.name_": set(SLIDES),
    "slides.own_": set(LONGEST),
    "slides.now_": VERDICTS - {"not_shown"},
    "slides.series_": {"low", "band"} | assigned("inquiries/exports/native_chart.py", "INK"),
    "slides.returned_": VERDICTS - {"not_shown"},
    "paper.against_": set(RISKS),
    "paper.column_": set(COLUMNS),
    "paper.kind_": set(COMPONENT_KINDS),
    "paper.risk_": set(RISKS),
    "paper.way_": set(get_args(Way)),
    "problem.": problem_codes(),
    "sign_in.why_": set(get_args(Ended)) - {"live"} | {"absent"},
    "submit.state_": {"in_force", "replaced"},
    "submit.profile_": set(PROFILES),
    "template.rule_": {"month", "count", "label"},
    "unit.": {row["unit"] for row in read_table("sources")} | {"inquiry", "case"},
    "verdict.": VERDICTS,
    "warning.": warning_codes(),
}
# Completed from tuples beside the f-string itself.
BESIDE = {
    "access.",
    "audit.",
    "about.column_",
    "about.method_",
    "about.protection_",
    "breaks.",
    "known.column_",
    "print.",
    "directory.column_",
    "directory.list_",
    "explore.some_",
    "problem_table.",
    "own_figures.column_",
    "release.column_",
    "submit.",
    "submit.way_",
    "slides.",
    "table.",
}


def tuples_beside(beginning: str) -> list[tuple[str, ...]]:
    """The tuples of strings in its modules that complete this beginning of a key."""
    found = []
    modules = key_beginnings()[beginning]
    for node in (part for path in modules for part in ast.walk(tree(path))):
        if isinstance(node, ast.Tuple) and node.elts:
            texts = tuple(str(getattr(part, "value", "")) for part in node.elts)
            if all(map(str.isidentifier, texts)) and beginning + texts[0] in DANISH:
                found.append(texts)
    return found


def produced_keys() -> set[str]:
    listed = {beginning + code for beginning, codes in CODES.items() for code in codes}
    beside = {
        beginning + code
        for beginning in BESIDE & set(key_beginnings())
        for codes in tuples_beside(beginning)
        for code in codes
    }
    return listed | beside


def test_the_known_beginnings_of_keys_are_those_in_the_code() -> None:
    assert set(key_beginnings()) == set(CODES) | BESIDE


@pytest.mark.parametrize("beginning", sorted(CODES))
def test_every_code_the_program_can_produce_has_a_sentence(beginning: str) -> None:
    assert CODES[beginning]
    assert {beginning + code for code in CODES[beginning]} - set(DANISH) == set()


@pytest.mark.parametrize("beginning", sorted(BESIDE))
def test_every_code_in_a_tuple_beside_has_a_sentence(beginning: str) -> None:
    found = tuples_beside(beginning)
    assert found
    assert {beginning + code for codes in found for code in codes} - set(DANISH) == set()


def test_every_key_in_the_code_has_a_sentence() -> None:
    assert literal_keys() - set(DANISH) == set()


def test_every_sentence_is_used() -> None:
    assert set(DANISH) - literal_keys() - produced_keys() == set()


def test_a_sentence_is_given_every_fact_it_names() -> None:
    for path in ALL_MODULES:
        for call in calls(tree(path), "words", "spoken"):
            facts = {fact.arg for fact in call.keywords}
            if (key := first_string(call)) in DANISH and None not in facts:
                assert placeholders(DANISH[str(key)]) <= facts, f"{path.name}: {key}"
    for code, given in [*fault_calls(), *((code, {"file", "field"}) for code in flaw_codes())]:
        assert placeholders(DANISH[f"fault.{code}"]) <= given, code


# The two languages


def test_both_languages_have_the_same_keys() -> None:
    assert set(DANISH) == set(ENGLISH)


def test_both_languages_name_the_same_facts() -> None:
    danish = {key: placeholders(text) for key, text in DANISH.items()}
    assert danish == {key: placeholders(text) for key, text in ENGLISH.items()}


def test_no_sentence_is_left_untranslated() -> None:
    alike = {key for key in DANISH.keys() & ENGLISH.keys() if DANISH[key] == ENGLISH[key]}
    assert alike == ALIKE


def test_english_sentences_are_english_and_danish_ones_danish() -> None:
    danish_letters = {key for key, text in ENGLISH.items() if re.search("[æøåÆØÅ]", text)}
    assert danish_letters <= {
        "problem.composed_letters",
        "problem.encoding",
        "problem.encoding_repaired",
        "problem.population_shape",
    }
    assert [key for key, text in ENGLISH.items() if "pct." in text] == []
    assert [key for key, text in DANISH.items() if "per cent" in text or "percent" in text] == []


@pytest.mark.parametrize("language", [DANISH, ENGLISH], ids=["da", "en"])
def test_the_headline_of_a_fall_marks_the_fall_alone(language: dict[str, str]) -> None:
    marked = {key for key, text in language.items() if ":orange[" in text}
    assert marked == {"effect.headline_fall", "effect.before_fall"}


def test_nothing_is_empty_or_has_loose_space() -> None:
    for text in (*DANISH.values(), *ENGLISH.values()):
        assert text and text == text.strip() and "  " not in text


# No sentence outside text/


SENTENCE = re.compile(r"[^\W\d_]{2,}\W*\s\W*[^\W\d_]{2,}")
DANISH_SENTENCE = re.compile(r"(?s)(?=.*[æøåÆØÅ])[^\W\d_]{2,}\W*\s")
SEEN = modules("app_pages/*.py", "panels/*.py", "frame.py", "inquiries/**/*.py")


def root(node: ast.AST) -> str:
    """The name an attribute is taken from: st in st.sidebar.title."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return getattr(node, "id", "")


def docstrings(module: ast.Module) -> set[str]:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        text
        for node in ast.walk(module)
        if isinstance(node, documented) and (text := ast.get_docstring(node, clean=False))
    }


@pytest.mark.parametrize("path", SEEN, ids=[str(path.relative_to(DASHBOARD)) for path in SEEN])
def test_no_sentence_stands_outside_the_language_files(path: Path) -> None:
    shown = {
        text
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and root(node.func) in ("st", "alt")
        for text in strings(node)
        if SENTENCE.search(text)
    }
    danish = {text for text in strings(tree(path)) if DANISH_SENTENCE.search(text)}
    assert (shown | danish) - docstrings(tree(path)) - SAID_IN_BOTH == set()


def test_the_search_for_sentences_finds_them() -> None:
    assert SENTENCE.search("Hvem kan man ringe til?")
    assert SENTENCE.search("**Choose** the file")
    assert not SENTENCE.search("contact_search")
    assert not SENTENCE.search("%d.%m.%Y")


# Numbers, months and dates


def month(text: str) -> pd.Timestamp:
    return pd.Timestamp(f"{text}-01")


def spoken(words: Words) -> dict[str, str]:
    return {
        "thousands": words.number(1234),
        "millions": words.number(1234567.891, 1),
        "negative": words.number(-94),
        "no negative zero": words.number(-0.2),
        "decimal": words.number(36.5, 1),
        "decimal kept": words.number(37, 1),
        "sign of a rise": words.signed(42),
        "sign of a fall": words.signed(-94.4),
        "no sign": words.signed(0.3),
        "interval": words.interval(310, 420),
        "interval below zero": words.interval(-13, 2, 1),
        "month": words.month(month("2020-04")),
        "months": words.months(month("2020-04"), month("2020-06")),
        "months over new year": words.months(month("2020-12"), month("2021-04")),
        "one month": words.months(month("2020-04"), month("2020-04")),
        "date": words.date(date(2026, 11, 22)),
        "sentence": words.sentence_case(words("unit.case")),
    }


def test_danish_numbers_months_and_dates() -> None:
    assert spoken(words("da")) == {
        "thousands": "1.234",
        "millions": "1.234.567,9",
        "negative": "−94",
        "no negative zero": "0",
        "decimal": "36,5",
        "decimal kept": "37,0",
        "sign of a rise": "+42",
        "sign of a fall": "−94",
        "no sign": "0",
        "interval": "310–420",
        "interval below zero": "−13,0 til 2,0",
        "month": "april 2020",
        "months": "april–juni 2020",
        "months over new year": "december 2020–april 2021",
        "one month": "april 2020",
        "date": "22. november 2026",
        "sentence": "Sager",
    }


def test_english_numbers_months_and_dates() -> None:
    assert spoken(words("en")) == {
        "thousands": "1,234",
        "millions": "1,234,567.9",
        "negative": "−94",
        "no negative zero": "0",
        "decimal": "36.5",
        "decimal kept": "37.0",
        "sign of a rise": "+42",
        "sign of a fall": "−94",
        "no sign": "0",
        "interval": "310–420",
        "interval below zero": "−13.0 to 2.0",
        "month": "April 2020",
        "months": "April–June 2020",
        "months over new year": "December 2020–April 2021",
        "one month": "April 2020",
        "date": "22 November 2026",
        "sentence": "Cases",
    }


def test_an_unknown_language_is_danish() -> None:
    assert words("xx").language == "da"
    assert words("xx")("verdict.fall") == "fald"


def test_a_sentence_is_filled_with_its_facts() -> None:
    assert words("da")("format.percent", number="37") == "37 pct."
    assert words("en")("format.percent", number="37") == "37 per cent"
    with pytest.raises(KeyError):
        words("da")("no.such_key")
