"""How single cells are read: months, counts and labels in every form, and what is refused instead of guessed."""

from __future__ import annotations

from collections import Counter
from string import ascii_lowercase

import pandas as pd
import pytest
from monthly_file import (
    FULL,
    HEADER,
    NEWEST,
    ROW,
    TOTALS,
    full,
    judge,
    places,
    rows_of,
    said,
    totals,
    with_cell,
)

from inquiries.filing import MASKED_COUNT
from inquiries.intake import ACCEPT, ACCEPT_NORMALISED, ACCEPT_WARNING, REFUSE, examine
from inquiries.intake.cells import MOST_SUGGESTIONS, MOST_WRONG
from inquiries.intake.check import MOST_PROBLEMS
from inquiries.intake.problem import ERROR, echo
from inquiries.intake.sentences import sentence
from inquiries.vocabulary import read_table, spelled, spelling_key, vocabulary
from inquiries.words import words

# Months

SEPTEMBER = [
    "2026-9", "2026/09", "2026/9", "2026.09", "2026 09", "2026–09", "2026‑09", "2026−09",
    "2026-09-01", "2026/09/01", "2026-09-1", "2026-09-01 00:00:00", "2026-09-01T00:00:00Z",
    "2026-09-01T00:00:00.000Z", "2026-09-01T00:00:00+02:00", "2026-09-01 00:00",
    "202609", "2026M09", "2026m09", "20260901",
    "09-2026", "9-2026", "09/2026", "09.2026",
    "01-09-2026", "1-9-2026", "01.09.2026", "1.9.2026", "01/09/2026", "1/9/2026",
    "01-09-2026 00:00:00", "sep-26", "Sep-26", "sep 26", "sep. 2026", "sep 2026", "sept. 2026",
    "SEPTEMBER-26", "September 2026", "september  2026", " september 2026 ",
    "1. september 2026", "01-sep-2026", "1-Sep-26", "2026-sep", "2026 september",
    "２０２６-０９", "2026\N{NO-BREAK SPACE}09", "\N{NO-BREAK SPACE}2026-09",
]  # fmt: skip
OTHER_MONTHS = {
    "jan-26": 1, "Januar 2026": 1, "January 2026": 1, "feb 2026": 2, "februar 2026": 2,
    "marts 2026": 3, "March 2026": 3, "mar-26": 3, "april 2026": 4, "maj-26": 5, "May 2026": 5,
    "juni 2026": 6, "June 2026": 6, "jul-26": 7, "juli 2026": 7, "august 2026": 8, "aug. 2026": 8,
    "okt-26": 10, "October 2026": 10, "oktober 2026": 10, "november 2026": 11,
}  # fmt: skip


@pytest.mark.parametrize("text", SEPTEMBER)
def test_a_month_is_read_in_every_form_with_one_reading(text: str) -> None:
    verdict = judge(totals(f"{text};3"), TOTALS)
    assert (verdict.outcome, places(verdict)) == (
        ACCEPT_NORMALISED,
        [("norm_month", 2, "month")],
    )
    assert verdict.months == (pd.Timestamp(2026, 9, 1),)


@pytest.mark.parametrize(("text", "month"), OTHER_MONTHS.items())
def test_every_month_has_its_danish_and_its_english_name(text: str, month: int) -> None:
    assert judge(totals(f"{text};3"), TOTALS).months == (pd.Timestamp(2026, month, 1),)


def test_the_form_of_the_template_needs_no_remark() -> None:
    assert judge(totals("2026-09;3"), TOTALS).outcome == ACCEPT


NO_MONTHS = {
    "month_implausible": [
        "2026-13", "2026-00", "202613", "0026-09", "1926-09", "2126-09", "13-2026", "2026M14", "462660",
    ],
    "month_date": [
        "2026-09-02", "02-09-2026", "09/01/2026", "09/12/2026", "12.09.2026", "15. sep 2026",
        "2026-08-31T22:00:00Z", "01-09-26", "1/9/26", "2026-09-12", "2026-09-01 12:00",
    ],
    "month_without_year": ["sep", "september", "September", "sep.", "maj", "OKT"],
    "month_span": [
        "3. kvartal 2026", "2026-Q3", "2026K3 kvartal", "uge 37 2026", "2026-W37", "2026 uge 37",
        "1. halvår 2026", "Q3 2026", "week 37",
    ],
    "excel_error": ["########", "#REF!", "#I/T", "#N/A", "#NAVN?", "#VÆRDI!", "#DIVISION/0!"],
    "month": [
        "9-26", "26-09", "09/26", "26-sep", "hugo", "hugo 2026", "2026", "46267", "46266,0",
        "4626", "sepp 2026", "septembber 2026", "x", "-", "=DATO(A1)", "september 20266",
        "٢٠٢٦-٠٩", "31", "2026-", "-09",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"), [(text, code) for code, texts in NO_MONTHS.items() for text in texts]
)
def test_what_is_not_surely_a_month_is_refused_and_called_what_it_is(text: str, code: str) -> None:
    verdict = judge(totals("2026-09;4", f'"{text}";3'), TOTALS)
    assert (verdict.outcome, places(verdict)) == (REFUSE, [(code, 3, "month")])


def test_a_month_that_excel_kept_as_a_number_is_confirmed_first() -> None:
    verdict = judge(totals("46266;3"), TOTALS)
    assert (verdict.outcome, places(verdict)) == (ACCEPT_WARNING, [("month_serial", 2, "month")])
    assert verdict.months == (pd.Timestamp(2026, 9, 1),)
    assert "46266" in said(verdict) and "september 2026" in said(verdict)


@pytest.mark.parametrize(
    ("serial", "month"), [("32874", "1990-01"), ("36526", "2000-01"), ("45658", "2025-01")]
)
def test_a_number_of_excel_is_the_month_that_begins_on_that_day(serial: str, month: str) -> None:
    assert judge(totals(f"{serial};3"), TOTALS).months == (pd.Timestamp(month),)


def test_the_present_month_is_accepted_and_the_next_refused() -> None:
    assert judge(totals("2026-11;3"), TOTALS).outcome == ACCEPT
    verdict = judge(totals("2026-12;3"), TOTALS)
    assert places(verdict) == [("future_month", 2, "month")]
    assert "december 2026 er ikke begyndt. Nyeste mulige måned er november 2026." in said(verdict)


@pytest.mark.parametrize(
    ("number", "outcome"), [(1, ACCEPT), (2, ACCEPT_WARNING), (11, ACCEPT_WARNING), (12, ACCEPT)]
)
def test_a_few_months_may_be_a_slip_and_a_year_is_a_delivery(number: int, outcome: str) -> None:
    verdict = judge(totals(*(f"2025-{month:02d};9" for month in range(1, number + 1))), TOTALS)
    assert verdict.outcome == outcome


# Counts

TWELVE = [
    " 12", "12 ", "\N{NO-BREAK SPACE}12", "12\N{NARROW NO-BREAK SPACE}", "+12", "12,0", "12.0",
    "12,00", "12.00", "'12", "’12", "012", "0012", "１２",
]  # fmt: skip
THOUSANDS = {
    "1.234": 1234, "1 234": 1234, "1\N{NO-BREAK SPACE}234": 1234, "1\N{NARROW NO-BREAK SPACE}234": 1234,
    "1\N{THIN SPACE}234": 1234, "1'234": 1234, "1’234": 1234, "12.345": 12345, "1.234.567": 1234567,
    "1 234 567": 1234567, "1.234,00": 1234, "1 000": 1000, "1.000": 1000,
}  # fmt: skip
MASKED = [
    "<5", "< 5", " <5 ", "<4", "<2", "≤4", "<=4", "<= 4", "1-4", "1–4", "1 - 4", "1—4", "2-4", "*", "**",
    "..", "under 5", "Under 5", "færre end 5", "mindre end 5", "fewer than 5", "1 til 4", "maskeret",
    "skjult", "diskretioneret", "＜5",
]  # fmt: skip
NO_COUNTS = {
    "count": [
        "12,5", "12.5", "-3", "−3", "(3)", "NA", "nan", "NULL", "TRUE", "ca. 10", "~10", "12%", "5+", "1O",
        "l2", "1e3", "1E3", "1,5E2", "1_000", "١٢", "XII", "3/4", "=SUM(H2:H9)", "=12", "x", "X", "tolv",
        "5²", "½", "0x1F", "12 stk.", "12 henvendelser", "1.23.4", "12.3456", "1 23", ".5", ",", "12!",
        "0.123", "12--", "...", ".", "?", "1,234.50", "5 5", "ingen",
    ],
    "count_large": ["12345678", "99999999999999999999", "12.345.678", "0012345678"],
    "count_two_readings": ["1,234", "12,345", "1,234,567"],
    "count_masked_wide": ["<10", "≤5", "<6", "1-5", "0-4", "5-9", "<1", "under 10", "1-9", "højst 5"],
    "excel_error": [
        "#REF!", "#VÆRDI!", "#VALUE!", "#I/T", "#N/A", "#DIVISION/0!", "#DIV/0!", "#NAVN?", "#NAME?",
        "#TAL!", "#NUM!", "#NULL!", "########", "#",
    ],
}  # fmt: skip


def counted(text: str) -> str:
    return full(ROW.replace("Telefon", "Chat"), f'{ROW.removesuffix("12")}"{text}"')


@pytest.mark.parametrize("text", TWELVE)
def test_a_count_is_read_in_every_form_with_one_reading(text: str) -> None:
    verdict = judge(counted(text))
    assert (verdict.outcome, places(verdict)) == (ACCEPT_NORMALISED, [("norm_count", 3, "count")])
    assert verdict.total == 24


@pytest.mark.parametrize(("text", "count"), THOUSANDS.items())
def test_thousands_are_confirmed_first(text: str, count: int) -> None:
    verdict = judge(counted(text))
    assert (verdict.outcome, places(verdict)) == (ACCEPT_WARNING, [("count_thousands", 3, "count")])
    assert verdict.total == count + 12 and f"er læst som {count}" in said(verdict)


@pytest.mark.parametrize("text", MASKED)
def test_a_masked_count_is_kept_as_masked_once_confirmed(text: str) -> None:
    verdict = judge(counted(text))
    assert (verdict.outcome, places(verdict)) == (ACCEPT_WARNING, [("count_masked", 3, "count")])
    assert (verdict.masked, verdict.total) == (1, 12)
    assert list(verdict.rows["count"]) == [12, MASKED_COUNT]
    assert list(verdict.rows["masked"]) == [False, True]


@pytest.mark.parametrize("text", ["-", "–", "—", " - "])
def test_a_dash_is_zero_once_confirmed(text: str) -> None:
    verdict = judge(counted(text))
    assert (verdict.outcome, places(verdict)) == (ACCEPT_WARNING, [("count_dash", 3, "count")])
    assert verdict.total == 12 and verdict.masked == 0


@pytest.mark.parametrize(
    ("text", "code"), [(text, code) for code, texts in NO_COUNTS.items() for text in texts]
)
def test_what_is_not_surely_a_count_is_refused(text: str, code: str) -> None:
    verdict = judge(counted(text))
    assert (verdict.outcome, places(verdict)) == (REFUSE, [(code, 3, "count")])
    assert "antal" in said(verdict)


@pytest.mark.parametrize("count", ["0", "1", "9999999"])
def test_whole_numbers_of_seven_figures_need_no_remark(count: str) -> None:
    assert judge(counted(count)).outcome == ACCEPT


@pytest.mark.parametrize(
    "counts", [("1.234", "12.0"), ("1.234", "7.00"), ("1.000", "12.000"), ("5.000", "17.000")]
)
def test_a_mark_with_two_readings_in_its_file_is_refused(counts: tuple[str, str]) -> None:
    rows = (f"2026-{month};{count}" for month, count in zip(("08", "09"), counts, strict=True))
    codes = {problem.code for problem in judge(totals(*rows), TOTALS).problems}
    assert codes == {"count_two_readings"}


def test_decimals_of_another_mark_leave_thousands_their_one_reading() -> None:
    chat = ROW.replace("Telefon", "Chat")
    verdict = judge(full(ROW.replace(";12", ";12,0"), chat.replace(";12", ";1.234")))
    assert (verdict.outcome, verdict.total) == (ACCEPT_WARNING, 1246)


def test_a_file_of_nothing_but_zeros_is_confirmed_first() -> None:
    verdict = judge(full(ROW, ROW.replace("Telefon", "Chat")).replace(";12", ";0"))
    assert (verdict.outcome, places(verdict)) == (ACCEPT_WARNING, [("all_zero", None, None)])
    assert judge(counted("0")).outcome == ACCEPT


# Labels

ALSO = {
    "municipality": {
        "tønder": "550", "TØNDER": "550", "Tønder Kommune": "550", "Tønder kommune": "550", " Tønder": "550",
        "Tønder\N{NO-BREAK SPACE}": "550", "Københavns Kommune": "101", "København Kommune": "101",
        "Århus": "751", "Ålborg": "851", "Århus Kommune": "751", "Åbenrå": "580", "Taarnby": "185",
        "Høje Taastrup": "169", "Høje-Tåstrup": "169", "Lyngby - Taarbæk": "173", "Lyngby–Taarbæk": "173",
        "Bornholms Regionskommune": "400",
    },
    "theme": {
        "psykisk vold": "psychological_violence", "Psykisk  vold": "psychological_violence",
        "Psykisk\N{NO-BREAK SPACE}vold": "psychological_violence", "Psykisk_vold": "psychological_violence",
    },
    "age_band": {
        "15 - 17": "age_15_17", "15 – 17 år": "age_15_17", "15–17": "age_15_17", "15‑17": "age_15_17",
        "30+ år": "age_30_plus", "30 +": "age_30_plus", "under 15 ÅR": "under_15", "u18": "under_18",
    },
    "channel": {"tlf.": "phone", "E‑mail": "email", "e-post": "email"},
    "inquirer": {"borgeren selv": "self", "Den unge selv": "self"},
    "gender": {"kvinder": "woman", "K": "woman", "ved ikke": "unknown"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [(column, text, code) for column, texts in ALSO.items() for text, code in texts.items()],
)
def test_another_spelling_of_a_label_is_read_and_said(column: str, text: str, code: str) -> None:
    verdict = judge(with_cell(column, text).replace("Chat", "Fremmøde"))
    assert verdict.outcome == ACCEPT_NORMALISED
    assert {problem.code for problem in verdict.problems} <= {"norm_label", "norm_space"}
    assert {(problem.line, problem.column) for problem in verdict.problems} == {(3, column)}
    assert verdict.rows.iloc[1][column] == code


@pytest.mark.parametrize(
    "column", ["channel", "theme", "inquirer", "age_band", "gender", "municipality"]
)
def test_every_label_as_the_list_writes_it_needs_no_remark(column: str) -> None:
    accepted = [label for label in vocabulary().of(column) if label.accepted]
    for label in accepted:
        for text in (label.code, label.label_da, label.label_en):
            header, _, row = with_cell(column, f'"{text}"').splitlines()
            verdict = judge(f"{header}\n{row}\n")
            assert (verdict.outcome, verdict.rows.iloc[0][column]) == (ACCEPT, label.code), text


def test_no_two_municipalities_share_a_spelling() -> None:
    owners: dict[str, set[str]] = {}
    for row in read_table("municipalities"):
        for text in (row["name"], row["code"], *spelled(row)):
            owners.setdefault(spelling_key(text), set()).add(row["code"])
    assert {text: codes for text, codes in owners.items() if len(codes) > 1} == {}


WRONG_LABELS = {
    "label": {
        "theme": ["Noget helt andet", "@SUM(A1)", "=cmd|' /C calc'!A0", "NULL"],
        "municipality": ["Malmö"],
        "gender": ["other_or_unknown"],
        "inquirer": [
            "<script>alert(1)</script>", "[klik](javascript:alert(1))", "' OR 1=1--", "{{7*7}}",
            "'; DROP TABLE rows; --", "../../etc/passwd", "%s%n",
        ],
    },
    "label_near": {
        "gender": ["Kvinnde"],
        "municipality": ["Kobenhavn", "Aarhuss", "Storkøbenhavn", "\N{CYRILLIC CAPITAL LETTER A}arhus"],
        "theme": ["Psykisk v\N{CYRILLIC SMALL LETTER O}ld"],
    },
    "label_near_found": {"age_band": ["15-71"]},
    "label_other": {"channel": ["Kvinde"], "municipality": ["Chat"], "gender": ["15-17"]},
    "label_region": {"municipality": ["Region Hovedstaden", "region midtjylland"]},
    "label_whole": {"municipality": ["Danmark", "Hele landet"]},
    "label_found": {
        "municipality": ["999", "0000"], "age_band": ["17"], "gender": ["2"], "theme": ["=1+1", "-"],
    },
    "label_excel_date": {
        "age_band": ["jan-15", "okt-12", "12-okt", "12. okt", "10-12-2026", "46366"],
    },
    "label_sign": {"municipality": ["K?benhavn"], "theme": ["Tvangs?gteskab"]},
}  # fmt: skip


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        (column, text, code)
        for code, columns in WRONG_LABELS.items()
        for column, texts in columns.items()
        for text in texts
    ],
)
def test_what_is_no_label_is_refused_with_its_place(column: str, text: str, code: str) -> None:
    verdict = judge(with_cell(column, f'"{text}"'))
    assert (verdict.outcome, places(verdict)) == (REFUSE, [(code, 3, column)])
    assert not set("<>{}|") & set(said(verdict))


@pytest.mark.parametrize(
    ("column", "text", "hint"),
    [
        ("gender", "Kvinnde", "Mente du »Kvinde«?"),
        ("gender", "Kvinnde", "Did you mean “Woman”?"),
        ("municipality", "Kobenhavn", "Mente du »København«?"),
        ("age_band", "15-71", "fandt »15-71«, som ikke står på listen. Mente du »15-17 år«?"),
        ("channel", "Kvinde", "»Kvinde« hører til kolonnen køn"),
        ("municipality", "region hovedstaden", "»Region Hovedstaden« er en region"),
        ("municipality", "Danmark", "»Danmark«"),
        ("municipality", "999", "»999«"),
        ("age_band", "jan-15", "»jan-15«"),
        ("municipality", "K?benhavn", "tegnsættet"),
    ],
)
def test_the_message_shows_the_way_to_the_right_label(column: str, text: str, hint: str) -> None:
    assert hint in said(judge(with_cell(column, text)))


def test_a_label_far_from_the_list_is_not_repeated() -> None:
    assert "Noget" not in said(judge(with_cell("theme", "Noget helt andet")))


def test_swapped_columns_are_called_so() -> None:
    swapped = HEADER.replace("kommune;kanal", "kanal;kommune")
    told = said(judge(full(ROW, header=swapped)))
    assert "hører til kolonnen kanal" in told
    assert "Kolonnerne ser ud til at være byttet om" in told


def test_municipality_codes_alone_need_no_remark_and_among_names_are_confirmed() -> None:
    assert judge(full(ROW.replace("Tønder", "550"))).outcome == ACCEPT
    verdict = judge(full(ROW, ROW.replace("Tønder", "0101")))
    expected = [("code_among_names", 3, "municipality")]
    assert (verdict.outcome, places(verdict)) == (ACCEPT_WARNING, expected)
    assert "København" in said(verdict)


def test_a_source_has_labels_of_its_own() -> None:
    own = {("channel", "app"): "chat", ("theme", "æresrelateret pres"): "social_control"}
    text = full(ROW.replace("Telefon", "App").replace("Psykisk vold", "Æresrelateret  pres"))
    assert judge(text).outcome == REFUSE
    verdict = examine(text.encode(), FULL, NEWEST, spellings=own)
    assert verdict.outcome == ACCEPT
    assert rows_of(verdict)[0][2:4] == ("chat", "social_control")


@pytest.mark.parametrize("column", ["month", "municipality", "channel", "theme", "count"])
@pytest.mark.parametrize("text", ["", " ", "\N{NO-BREAK SPACE}"])
def test_an_empty_cell_is_refused_and_said_to_be_empty(column: str, text: str) -> None:
    verdict = judge(with_cell(column, text))
    assert places(verdict) == [("empty_cell", 3, column)]
    assert "feltet er tomt" in said(verdict)


# The same combination twice

REPEATED = {
    "as it is": ROW,
    "with another count": ROW.replace(";12", ";13"),
    "in capitals": ROW.upper(),
    "in other words": ROW.replace("2026-09", "sep-26").replace("Telefon", "tlf."),
    "with the code of the municipality": ROW.replace("Tønder", "550"),
    "masked": ROW.replace(";12", ";<5"),
}


@pytest.mark.parametrize("row", REPEATED.values(), ids=REPEATED.keys())
def test_a_combination_that_is_repeated_is_refused_with_both_lines(row: str) -> None:
    verdict = judge(full(ROW, ROW.replace("Telefon", "Chat"), row))
    assert (verdict.outcome, places(verdict)) == (REFUSE, [("repeated_row", 4, None)])
    assert "står også i linje 2." in said(verdict)


def test_each_repetition_is_told() -> None:
    verdict = judge(full(ROW, ROW, ROW.replace("Telefon", "Chat"), ROW))
    assert places(verdict) == [("repeated_row", 3, None), ("repeated_row", 5, None)]


# How much is told


def test_a_change_of_form_is_told_once_with_how_many_cells_it_was() -> None:
    named = ROW.replace("2026-09", "sep-26")
    verdict = judge(full(named, named.replace("Telefon", "chatten")))
    assert places(verdict) == [("norm_month", 2, "month"), ("norm_label", 3, "channel")]
    assert [problem.facts["number"] for problem in verdict.problems] == [2, 1]


def test_the_same_change_in_several_columns_is_told_once_without_a_column() -> None:
    verdict = judge(full(ROW.replace("Tønder", "tønder").replace("Telefon", "telefon")))
    assert places(verdict) == [("norm_label", 2, None)]
    assert verdict.problems[0].facts["number"] == 2


def test_nothing_is_told_of_form_when_a_file_is_refused() -> None:
    verdict = judge(
        full(ROW.replace("2026-09", "sep-26"), ROW.replace("Telefon", "x").replace(";12", ";<5"))
    )
    assert {problem.severity for problem in verdict.problems} == {ERROR}


def test_a_suggestion_is_looked_for_only_so_often() -> None:
    wrong = [f"Tønder{one}{two}" for one in ascii_lowercase for two in ascii_lowercase]
    rows = (ROW.replace("Tønder", name) for name in wrong[: MOST_SUGGESTIONS + 9])
    codes = Counter(problem.code for problem in judge(full(*rows)).problems)
    assert codes == {"label_near": MOST_SUGGESTIONS, "label": 9}


def test_after_so_many_errors_the_rest_are_counted_alone() -> None:
    rows = [ROW.replace("Psykisk", f"Psy{number}") for number in range(MOST_PROBLEMS + 5)]
    problems = judge(full(*rows)).problems
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1].code == "more_problems" and problems[-1].facts == {"number": 5}


def test_a_right_row_is_still_right_below_very_many_wrong_ones() -> None:
    wrong = [ROW.replace(";12", f";x{number}") for number in range(MOST_WRONG + 5)]
    problems = judge(full(*wrong, ROW.replace(";12", ";12345"))).problems
    assert problems[-1].facts == {"number": 5}


# What may be repeated


@pytest.mark.parametrize("value", ["2026-13", "12,5", "1.234", "<5", "-3", "01-2026", "1 234"])
def test_a_few_figures_may_be_repeated(value: str) -> None:
    assert echo(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "150785-1101", "150785", "150785-xxx", "15-07-85", "15/7/1985", "1985-07-15", "1507 85", "750785",
        "12 34 56 78", "12345678", "1234567", "ida", "Ida", "15 maj", "١٢", "",
    ],
)  # fmt: skip
def test_what_may_belong_to_a_person_is_not_repeated(value: str) -> None:
    assert echo(value) == ""


def test_a_sentence_begins_with_its_place_and_ends_with_what_to_do() -> None:
    problem = judge(with_cell("month", "1926-09")).problems[0]
    assert sentence(problem, words("da")).startswith(
        "Linje 3, måned: fandt »1926-09«, som ikke kan være"
    )
    assert sentence(problem, words("da")).endswith("Skriv den som ÅÅÅÅ-MM, fx 2026-09.")


@pytest.mark.parametrize("column", ["month", "theme", "age_band", "count"])
@pytest.mark.parametrize(
    "sign", ["a?", "? ", "1 ", "1.", "-", "#", "12.34.", "<", "a-", "0", "(", "a. ", "Ab ", "@a."]
)
def test_a_cell_of_the_most_signs_is_judged_in_the_end(sign: str, column: str) -> None:
    verdict = judge(with_cell(column, sign * (9_000 // len(sign))))
    assert verdict.is_accepted == ((sign, column) == ("0", "count"))
