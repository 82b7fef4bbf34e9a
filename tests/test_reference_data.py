"""The committed data keep their promises: passports, places, labels, phases, events, contacts."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[1] / "data"
CONTACT_FILES = sorted((DATA / "directory").glob("*.toml"))

REQUIRED = [
    "id",
    "organization",
    "name",
    "name_en",
    "status",
    "audience",
    "acute",
    "order",
    "printable",
    "coverage",
    "coverage_confidence",
    "languages",
    "legal_basis",
    "legal_basis_now",
    "fees",
    "description_da",
    "description_en",
    "caution_da",
    "caution_en",
    "url",
    "source_name",
    "source_url",
    "source_date",
    "source_read",
    "confidence",
    "assured_date",
    "assured_by",
]
SOMETIMES = {"minimum_age", "maximum_age", "phones", "channels"}
ANSWER = [
    "description_da",
    "description_en",
    "hours_da",
    "hours_en",
    "source_url",
    "source_date",
    "source_read",
    "confidence",
    "confirmed",
]
AUDIENCES = {"citizen", "young", "parent", "relative", "professional"}

SHORT_NUMBERS = {"112", "114", "1888", "116111"}
# Superseded, misprinted: found on old pages, and never to be shown again.
FORBIDDEN_NUMBERS = {"70203082", "72414000"}
# Mail boxes of an office. A person's address is never entered, so each new one is looked at here.
OFFICE_MAIL = {"sigdettilnogen@danner.dk", "bbb@um.dk"}

STREET = re.compile(
    r"\b(\w*((?i:vej|gade|stræde|boulevard|vænge|allé)|torv|plads)|Torv|Plads|\w+alle"
    r"|[A-ZÆØÅ]\w* Alle)"
    r"\.? \d+ ?[A-Za-z]?\b"
)
# Four digits and a capital letter, but not a year.
POST_CODE = re.compile(r"\b(?!19\d\d|20[0-3]\d)\d{4} [A-ZÆØÅ][a-zæøå]+")
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
SOMEWHERE_ON_THE_WEB = re.compile(r"https?://[\w.-]+\.\w+")


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def contact(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def texts(value: Any) -> list[str]:
    """Every text in a contact, however deep."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts(part)]
    return [value] if isinstance(value, str) else []


def answers(entry: dict[str, Any]) -> list[dict[str, Any]]:
    return [*entry.get("phones", []), *entry.get("channels", [])]


def covers(line: str, file: str) -> bool:
    return file.startswith(line.removesuffix("**")) if line.endswith("/**") else file == line


def months(first: str, last: str) -> list[date]:
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    span = (end.year - day.year) * 12 + end.month - day.month
    return [
        date(day.year + (day.month - 1 + n) // 12, (day.month - 1 + n) % 12 + 1, 1)
        for n in range(span + 1)
    ]


# Passports


def test_every_file_under_data_has_one_passport() -> None:
    lines = [row["file"] for row in rows("sources")]
    for path in DATA.rglob("*"):
        file = path.relative_to(DATA).as_posix()
        if path.is_file() and "__pycache__" not in file:
            assert sum(covers(line, file) for line in lines) == 1, (
                f"data/sources.csv: a line for {file}?"
            )


def test_every_passport_is_filled_in_and_points_at_something() -> None:
    for row in rows("sources"):
        assert all(row.values()), row
        assert row["status"] in {"published", "reference", "synthetic"}
        assert date.fromisoformat(row["retrieved"])
        assert (DATA / row["file"].removesuffix("/**")).exists(), row["file"]


@pytest.mark.parametrize(
    "path", sorted((DATA / "reference").glob("*.csv")), ids=lambda path: path.stem
)
def test_reference_files_are_plain_utf8_with_lf_and_whole_lines(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert "\r" not in text and "\ufeff" not in text and text.endswith("\n")
    for row in rows(f"reference/{path.stem}"):
        assert None not in row and None not in row.values(), row


# Places


def test_there_are_98_municipalities_in_12_police_districts() -> None:
    places = rows("reference/municipalities")
    assert (
        len(places)
        == len({row["code"] for row in places})
        == len({row["name"] for row in places})
        == 98
    )
    assert len({row["police_district"] for row in places}) == 12


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        (
            "2016-01-01",
            {
                "hovedstaden": 29,
                "sjaelland": 17,
                "syddanmark": 22,
                "midtjylland": 19,
                "nordjylland": 11,
            },
        ),
        (
            "2026-12-01",
            {
                "hovedstaden": 29,
                "sjaelland": 17,
                "syddanmark": 22,
                "midtjylland": 19,
                "nordjylland": 11,
            },
        ),
        ("2027-01-01", {"oestdanmark": 46, "syddanmark": 22, "midtjylland": 19, "nordjylland": 11}),
    ],
)
def test_every_municipality_lies_in_one_region_in_any_month(
    month: str, expected: dict[str, int]
) -> None:
    in_force = [
        row
        for row in rows("reference/municipality_regions")
        if row["first_month"] <= month <= (row["last_month"] or "9999")
    ]
    assert Counter(row["region"] for row in in_force) == expected
    assert {row["municipality"] for row in in_force} == {
        row["code"] for row in rows("reference/municipalities")
    }
    assert len(in_force) == 98


def test_regions_are_in_force_as_long_as_their_municipalities_say() -> None:
    regions = {row["region"]: row for row in rows("reference/regions")}
    for row in rows("reference/municipality_regions"):
        region = regions[row["region"]]
        assert (row["first_month"], row["last_month"]) == (
            region["first_month"],
            region["last_month"],
        )


# Labels


def test_a_spelling_stands_at_one_code_of_its_dimension() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows("reference/labels"):
        if row["accepted"] == "yes":
            for spelling in (
                row["code"],
                row["label_da"],
                row["label_en"],
                *row["spellings"].split("|"),
            ):
                owners[row["dimension"], spelling.strip().casefold()].add(row["code"])
    owners = {key: codes for key, codes in owners.items() if key[1]}
    assert {key: codes for key, codes in owners.items() if len(codes) > 1} == {}


def test_every_group_is_a_code_of_its_dimension_and_no_part_itself() -> None:
    labels = {(row["dimension"], row["code"]): row for row in rows("reference/labels")}
    assert len(labels) == len(rows("reference/labels"))
    for (dimension, _), row in labels.items():
        if row["group"]:
            assert labels[dimension, row["group"]]["group"] == ""
            assert labels[dimension, row["group"]]["published"] == "yes"


def test_every_dimension_knows_the_unknown_and_counts_its_order_from_one() -> None:
    by_dimension = defaultdict(list)
    for row in rows("reference/labels"):
        assert {row["accepted"], row["published"]} <= {"yes", "no"}
        by_dimension[row["dimension"]].append(row)
    for dimension, labels in by_dimension.items():
        assert [int(row["order"]) for row in labels] == list(range(1, len(labels) + 1))
        assert dimension == "column" or "unknown" in {row["code"] for row in labels}


def test_other_and_unknown_gender_are_registered_apart_and_published_together() -> None:
    gender = {row["code"]: row for row in rows("reference/labels") if row["dimension"] == "gender"}
    marks = {
        code: (row["group"], row["accepted"], row["published"]) for code, row in gender.items()
    }
    assert marks == {
        "woman": ("", "yes", "yes"),
        "man": ("", "yes", "yes"),
        "other_or_unknown": ("", "no", "yes"),
        "other": ("other_or_unknown", "yes", "no"),
        "unknown": ("other_or_unknown", "yes", "no"),
    }


def test_what_is_no_label_stays_unknown() -> None:
    known = {
        (row["dimension"], spelling.casefold())
        for row in rows("reference/labels")
        for spelling in (
            row["code"],
            row["label_da"],
            row["label_en"],
            *row["spellings"].split("|"),
        )
    }
    for wrong in [
        ("gender", "2"),
        ("gender", "kvinnde"),
        ("age_band", "17"),
        ("age_band", "jan-15"),
        ("age_band", "15-71"),
        ("inquirer", "nabo til nabo"),
        ("theme", "i alt"),
        ("channel", "total"),
    ]:
        assert wrong not in known


# Sources, phases, events


def test_sources_use_known_columns_and_every_reporter_has_its_source() -> None:
    columns = {row["code"] for row in rows("reference/labels") if row["dimension"] == "column"}
    sources = {row["source"]: row for row in rows("reference/sources")}
    for row in sources.values():
        assert {"month", "count"} <= set(row["columns"].split()) <= columns
        assert row["unit"] in {"inquiry", "case"} and row["synthetic"] in {"yes", "no"}
    assert {row["source"] for row in rows("reference/reporters")} == set(sources)


def test_a_synthetic_source_calls_itself_an_example() -> None:
    for row in rows("reference/sources"):
        if row["synthetic"] == "yes":
            assert row["name_da"].startswith("Eksempel-") and row["name_en"].startswith("Example")


def test_phases_have_no_hole_and_no_overlap() -> None:
    phases = rows("reference/phases")
    assert phases[0]["first_month"] == ""
    covered = [
        month for row in phases[1:] for month in months(row["first_month"], row["last_month"])
    ]
    assert covered == months("2020-03-01", "2022-02-01")
    assert phases[0]["last_month"] == "2020-02-01"


def test_phases_play_known_roles_and_only_lockdowns_are_shaded() -> None:
    for row in rows("reference/phases"):
        assert row["role"] in {"baseline", "transition", "lockdown", "between", "after"}
        assert row["shaded"] == ("yes" if row["role"] == "lockdown" else "no")


def test_every_event_has_a_source_a_date_and_both_titles() -> None:
    events = rows("reference/events")
    codes = {row["code"] for row in rows("reference/municipalities")}
    assert len({row["event"] for row in events}) == len(events)
    for row in events:
        assert SOMEWHERE_ON_THE_WEB.match(row["source_url"]), row["event"]
        assert date.fromisoformat(row["first_day"]) <= date.fromisoformat(
            row["last_day"] or row["first_day"]
        )
        assert row["theme"] in {"schools", "associations", "general"}
        assert row["precision"] in {"day", "month", "about"}
        assert row["area"] in {"national", "partial"} or set(row["area"].split()) <= codes
        assert row["title_da"] and row["title_en"]


def test_school_closing_holds_each_month_of_2020_to_2022_once() -> None:
    assert [row["month"] for row in rows("reference/school_closing")] == [
        f"{month:%Y-%m}" for month in months("2020-01-01", "2022-12-01")
    ]


@pytest.mark.parametrize("name", ["published_counts", "guidance", "law"])
def test_every_published_fact_has_its_source(name: str) -> None:
    for row in rows(f"reference/{name}"):
        assert SOMEWHERE_ON_THE_WEB.match(row["source_url"]), row


def test_published_counts_are_whole_numbers_with_unit_and_period() -> None:
    period = re.compile(r"\d{4}(-\d\d|-Q[1-4])?(/\d{4}(-\d\d)?)?")
    for row in rows("reference/published_counts"):
        assert int(row["count"]) > 0
        assert row["unit"] in {"inquiry", "case", "conversation", "report"}
        assert period.fullmatch(row["period"]), row


# Contacts


@pytest.fixture(params=CONTACT_FILES, ids=lambda path: path.stem)
def entry(request: pytest.FixtureRequest) -> dict[str, Any]:
    return contact(request.param)


def test_there_are_contacts_named_after_their_files_and_each_in_its_own_place() -> None:
    entries = [contact(path) for path in CONTACT_FILES]
    assert [found["id"] for found in entries] == [path.stem for path in CONTACT_FILES] != []
    assert len({found["order"] for found in entries}) == len(entries)
    by_order = sorted(entries, key=lambda found: found["order"])
    assert [found["id"] for found in by_order[:3]] == [
        "politi-112",
        "politi-114",
        "red-raadgivning",
    ]
    acute = [found["acute"] for found in by_order]
    assert acute == sorted(acute, reverse=True)


def test_every_contact_has_the_same_keys_in_the_same_order(entry: dict[str, Any]) -> None:
    assert [key for key in entry if key not in SOMETIMES] == REQUIRED
    for phone in entry.get("phones", []):
        assert list(phone) == ["number", *ANSWER]
    for channel in entry.get("channels", []):
        assert list(channel) == ["kind", "value", *ANSWER]
        assert channel["kind"] in {"chat", "mail", "web"}


def test_every_contact_uses_the_closed_lists(entry: dict[str, Any]) -> None:
    assert entry["status"] in {"active", "inactive", "unknown"}
    assert entry["audience"] and set(entry["audience"]) <= AUDIENCES
    assert entry["fees"] in {"", "free"}
    assert entry["confidence"] in {"A", "B", "C", "X"} and entry["coverage_confidence"] in {
        "A",
        "B",
        "C",
        "",
    }
    assert all(
        entry[key]
        for key in ("organization", "name", "name_en", "description_da", "description_en")
    )
    assert bool(entry["caution_da"]) == bool(entry["caution_en"])


def test_every_contact_covers_places_that_exist(entry: dict[str, Any]) -> None:
    places = rows("reference/municipalities")
    known = {
        "regions": {row["region"] for row in rows("reference/regions")},
        "municipalities": {row["code"] for row in places},
        "police_districts": {row["police_district"] for row in places},
    }
    [(kind, covered)] = entry["coverage"].items()
    assert covered is True if kind == "country" else covered and set(covered) <= known[kind]


def test_every_contact_says_where_it_is_from(entry: dict[str, Any]) -> None:
    assert entry["source_name"] and date.fromisoformat(entry["source_read"])
    assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", entry["source_date"])
    unprinted_letter = entry["confidence"] == "X" and not entry["printable"] and not answers(entry)
    assert SOMEWHERE_ON_THE_WEB.match(entry["source_url"]) or unprinted_letter


def test_every_phone_and_channel_has_source_date_and_confidence(entry: dict[str, Any]) -> None:
    for answer in answers(entry):
        assert SOMEWHERE_ON_THE_WEB.match(answer["source_url"])
        assert date.fromisoformat(answer["source_read"])
        assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", answer["source_date"])
        assert answer["confidence"] in {"A", "B", "C"}
        checked = bool(entry["assured_date"] and entry["assured_by"])
        assert answer["confirmed"] in {True, answer["confidence"] == "A"}
        assert not answer["confirmed"] or answer["confidence"] == "A" or checked


def test_every_phone_is_danish_and_none_is_forbidden(entry: dict[str, Any]) -> None:
    for phone in entry.get("phones", []):
        digits = phone["number"].replace(" ", "")
        assert digits in SHORT_NUMBERS or re.fullmatch(r"[2-9]\d( \d\d){3}", phone["number"])
    squeezed = re.sub(r"(?<=\d)[\s.-]+(?=\d)", "", " ".join(texts(entry)))
    assert not [number for number in FORBIDDEN_NUMBERS if number in squeezed]


def test_a_phone_number_stands_only_where_its_source_stands(entry: dict[str, Any]) -> None:
    apart = [{**answer, "number": "", "source_url": ""} for answer in answers(entry)]
    for text in texts({**entry, "url": "", "source_url": "", "phones": apart, "channels": []}):
        assert not re.search(r"(?<!\d)\d\d[ .]?\d\d[ .]?\d\d[ .]?\d\d(?!\d)", text), text


def test_no_contact_holds_a_street_address(entry: dict[str, Any]) -> None:
    for text in texts(entry):
        assert not STREET.search(text) and not POST_CODE.search(text), text


@pytest.mark.parametrize(
    "address",
    [
        "Nørregade 12",
        "Store Torv 4B",
        "H.C. Andersens Boulevard 2",
        "Skov Alle 7",
        "9000 Aalborg",
        "Åvej 3",
    ],
)
def test_the_address_guard_knows_an_address(address: str) -> None:
    assert STREET.search(address) or POST_CODE.search(address)


def test_no_contact_holds_the_mail_address_of_a_person(entry: dict[str, Any]) -> None:
    for text in texts(entry):
        assert set(MAIL.findall(text)) <= OFFICE_MAIL


def test_the_facility_of_the_letter_is_for_professionals_and_never_printed() -> None:
    facility = contact(DATA / "directory" / "opholdsstedet-dukasku.toml")
    assert facility["audience"] == ["professional"]
    assert not facility["printable"] and not answers(facility)
    assert facility["url"] == "" and facility["coverage"] == {"country": True}
    assert facility["coverage_confidence"] == ""
    assert "VISO" in facility["caution_da"] and "sikkerhedskonsulenterne" in facility["caution_da"]
