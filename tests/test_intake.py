"""What the intake accepts, what it refuses and where, as far as the whole file goes."""

from __future__ import annotations

import csv
import io
import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from monthly_file import (
    CODES,
    ENGLISH,
    FULL,
    HEADER,
    NEWEST,
    ROW,
    TOTALS,
    Place,
    full,
    judge,
    places,
    rows_of,
    said,
    totals,
    with_cell,
)

from inquiries import limits
from inquiries.exports.template import template
from inquiries.filing import Source
from inquiries.intake import (
    ACCEPT,
    ACCEPT_NORMALISED,
    ACCEPT_WARNING,
    REFUSE,
    Verdict,
)
from inquiries.intake.read import MOST_DIFFERENT
from inquiries.intake.sentences import sentence
from inquiries.limits import UPLOAD_BYTES, UPLOAD_ROWS
from inquiries.seed import SAMPLE, seeded_sources
from inquiries.vocabulary import REGISTERED, vocabulary
from inquiries.words import LOCALES, words

# Files that are right

ACCEPTED = {
    "utf-8": full(ROW).encode(),
    "utf-8 with a mark": full(ROW).encode("utf-8-sig"),
    "crlf": full(ROW).replace("\n", "\r\n").encode(),
    "no newline at the end": full(ROW).rstrip().encode(),
    "quoted": "\n".join(
        ";".join(f'"{cell}"' for cell in line.split(";")) for line in (HEADER, ROW)
    ).encode(),
    "english names": full(ROW, header=ENGLISH).encode(),
    "english values": full(
        "2026-09;Tønder;Phone;Psychological violence;Relative or friend;15-17;Woman;12",
        header=ENGLISH,
    ).encode(),
    "source first": full(f"Hotlinen;{ROW}", header=f"kilde;{HEADER}").encode(),
    "source first, in English": full(f"the hotline;{ROW}", header=f"source;{ENGLISH}").encode(),
}
# What is another form of the same, and what is said of it.
NORMALISED = {
    "windows-1252": (full(ROW).encode("cp1252"), "encoding_changed"),
    "utf-16": (full(ROW).encode("utf-16"), "encoding_changed"),
    "utf-16, other order": (b"\xfe\xff" + full(ROW).encode("utf-16-be"), "encoding_changed"),
    "utf-16 without a mark": (full(ROW).encode("utf-16-le"), "encoding_changed"),
    "utf-32": (full(ROW).encode("utf-32"), "encoding_changed"),
    "two marks": (b"\xef\xbb\xbf" + full(ROW).encode("utf-8-sig"), "invisible_signs"),
    "a mark within": (full(f"\ufeff{ROW}").encode(), "invisible_signs"),
    "a soft hyphen": (full(ROW.replace("Tele", "Tele\xad")).encode(), "invisible_signs"),
    "a mark of direction": (full(ROW.replace(";12", ";\u200e12")).encode(), "invisible_signs"),
    "composed letters": (
        full(ROW).replace("å", "a\N{COMBINING RING ABOVE}").encode(),
        "composed_letters",
    ),
    "zeros after the end": (full(ROW).encode() + bytes(512), "tail_removed"),
    "the end-of-file sign of DOS": (full(ROW).encode() + b"\x1a", "tail_removed"),
    "cr": (full(ROW).replace("\n", "\r").encode(), "line_ends"),
    "lfcr": (full(ROW).replace("\n", "\n\r").encode(), "line_ends"),
    "crcrlf": (full(ROW).replace("\n", "\r\r\n").encode(), "line_ends"),
    "mixed line ends": (full(ROW).replace("\n", "\r", 1).encode(), "line_ends"),
    "blank lines": (f"{HEADER}\n\n{ROW}\n\n".encode(), "blank_lines"),
    "blank lines above": (f"\n;;;\n{full(ROW)}".encode(), "blank_lines"),
    "blank lines below": (f"{full(ROW)}\n\n".encode(), "blank_lines"),
    "blank lines of separators": (full(ROW, ";;;;;;;", ";;;;;;;").encode(), "blank_lines"),
    "commas": (full(ROW).replace(";", ",").encode(), "delimiter_other"),
    "tabs": (full(ROW).replace(";", "\t").encode(), "delimiter_other"),
    "bars": (full(ROW).replace(";", "|").encode(), "delimiter_other"),
    "declared commas": (f"sep=,\n{full(ROW)}".replace(";", ",").encode(), "sep_line"),
    "wrongly declared": (f"sep=,\n{full(ROW)}".encode(), "sep_line"),
    "semicolons after the line": (full(f"{ROW};;;").encode(), "empty_columns"),
    "semicolons after both": (full(f"{ROW};;;", header=f"{HEADER};;;").encode(), "empty_columns"),
    "semicolons after the header": (full(ROW, header=f"{HEADER};;").encode(), "empty_columns"),
    "semicolons before": (full(f";{ROW}", header=f";{HEADER}").encode(), "empty_columns"),
    "double semicolons": (full(ROW).replace(";", ";;").encode(), "empty_columns"),
    "apostrophes": (
        "\n".join(
            ";".join(f"'{cell}'" for cell in line.split(";")) for line in (HEADER, ROW)
        ).encode(),
        "quotes_other",
    ),
    "whole lines quoted": (f'"{HEADER}"\n"{ROW}"\n'.encode(), "lines_quoted"),
    "spaces round quotes": (
        full("; ".join(f'"{cell}" ' for cell in ROW.split(";"))).encode(),
        "spaces_at_quotes",
    ),
    "names in capitals": (full(ROW, header=HEADER.upper()).encode(), "header_spelling"),
    "names with hyphens": (
        full(ROW, header=ENGLISH.replace("_", "-")).encode(),
        "header_spelling",
    ),
    "a name over two lines": (
        full(ROW, header=ENGLISH.replace("age_band", '"age\nband"')).encode(),
        "header_spelling",
    ),
    "henvender": (
        full(ROW, header=HEADER.replace("henvendelse_fra", "henvender")).encode(),
        "header_spelling",
    ),
    "columns in another order": (
        full(f"12;{ROW.rpartition(';')[0]}", header=f"antal;{HEADER.rpartition(';')[0]}").encode(),
        "column_order",
    ),
}
# What may be left out only once that is confirmed.
WARNED = {
    "a title": (f"Henvendelser;;;;;;;\n{full(ROW)}".encode(), "preamble", 1),
    "groups of columns": (f"Periode;Sted;;;Borger;;;Antal\n{full(ROW)}".encode(), "preamble", 1),
    "remarks above": (f"# a\n# b\n\n{full(ROW)}".encode(), "preamble", 1),
    "both languages": (full(ROW, header=f"{HEADER}\n{ENGLISH}").encode(), "repeated_header", 2),
    "an empty column": (
        full(f"{ROW};", header=f"{HEADER};bemærkning").encode(),
        "empty_column",
        1,
    ),
    "an empty column of ours": (
        full(f"{ROW};", header=f"{HEADER};kilde").encode(),
        "empty_column",
        1,
    ),
    "a column of numbers": (
        full(f"0;{ROW}", f"1;{ROW.replace('Telefon', 'Chat')}", header=f";{HEADER}").encode(),
        "index_column",
        1,
    ),
    "a footnote": (full(ROW, "* tal under 5 er skjult").encode(), "footnote", 3),
    "a footnote with separators": (full(ROW, "Kilde: kommunen;;;;;;;").encode(), "footnote", 3),
    "a footnote of words": (full(ROW, "", "Tallene er foreløbige").encode(), "footnote", 4),
    "a sum": (full(ROW, "I alt;;;;;;;12").encode(), "totals_row", 3),
    "a sum in each cell": (full(ROW, "2026-09;Total;Total;Total;;;;12").encode(), "totals_row", 3),
    "a sum without a word": (full(ROW, ";;;;;;;12").encode(), "totals_row", 3),
    "a sum of a month without a word": (full(ROW, "2026-09;;;;;;;12").encode(), "totals_row", 3),
    "a sum above": (full("Sum:;;;;;;;12", ROW).encode(), "totals_row", 2),
    "letters read wrongly before": (
        full(ROW).encode().decode("cp1252").encode(),
        "encoding_repaired",
        1,
    ),
}


@pytest.mark.parametrize("data", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_a_right_file_is_accepted_with_its_rows(data: bytes) -> None:
    verdict = judge(data)
    assert (verdict.outcome, places(verdict)) == (ACCEPT, [])
    is_the_row(verdict)


@pytest.mark.parametrize(("data", "code"), NORMALISED.values(), ids=NORMALISED.keys())
def test_another_form_of_the_same_is_accepted_and_said(data: bytes, code: str) -> None:
    verdict = judge(data)
    assert verdict.outcome == ACCEPT_NORMALISED
    assert code in {problem.code for problem in verdict.problems}
    assert said(verdict)
    is_the_row(verdict)


@pytest.mark.parametrize(("data", "code", "line"), WARNED.values(), ids=WARNED.keys())
def test_what_is_left_out_is_warned_of_with_its_line(data: bytes, code: str, line: int) -> None:
    verdict = judge(data)
    assert verdict.outcome == ACCEPT_WARNING
    assert (code, line) in {(problem.code, problem.line) for problem in verdict.problems}
    assert said(verdict)
    is_the_row(verdict)


def is_the_row(verdict: Verdict) -> None:
    assert rows_of(verdict)[0] == (pd.Timestamp(2026, 9, 1), *CODES, 12)
    assert verdict.months == (pd.Timestamp(2026, 9, 1),)


def test_a_source_of_totals_has_months_and_counts_alone() -> None:
    verdict = judge(totals("2026-09;7", "2026-08;0"), TOTALS)
    assert places(verdict) == [("several_months", None, None)]
    assert rows_of(verdict) == [
        (pd.Timestamp(2026, 9, 1), "", "", "", "", "", "", 7),
        (pd.Timestamp(2026, 8, 1), "", "", "", "", "", "", 0),
    ]
    assert verdict.months == (pd.Timestamp(2026, 8, 1), pd.Timestamp(2026, 9, 1))
    assert verdict.total == 7


# Files that are wrong: what, on which line, in which column


REFUSED: dict[str, tuple[str, list[Place]]] = {
    "too few cells": (full(ROW, "2026-09;Aarhus;Chat"), [("cell_count", 3, None)]),
    "too many cells": (full(f"{ROW};x"), [("cell_count", 2, None)]),
    "cut in the middle": (full(ROW).rstrip("\n")[:-20], [("cell_count", 2, None)]),
    "missing column": (
        full(ROW.replace("Psykisk vold;", ""), header=HEADER.replace("tema;", "")),
        [("missing_column", 1, "theme")],
    ),
    "unknown column": (
        full(f"{ROW};x", header=f"{HEADER};region"),
        [("unknown_column", 1, None)],
    ),
    "unnamed column": (full(f"{ROW};x", header=f"{HEADER};"), [("unknown_column", 1, None)]),
    "repeated column": (
        full(f"{ROW};12", header=f"{HEADER};antal"),
        [("repeated_column", 1, "count")],
    ),
    "repeated in the other language": (
        full(f"{ROW};12", header=f"{HEADER};count"),
        [("repeated_column", 1, "count")],
    ),
    "misspelt column": (
        full(ROW, header=HEADER.replace("tema", "tenma")),
        [("unknown_column", 1, None), ("missing_column", 1, "theme")],
    ),
    "header alone": (f"{HEADER}\n", [("no_rows", None, None)]),
    "header and blank lines": (f"{HEADER}\n\n\n", [("no_rows", None, None)]),
    "empty": ("", [("empty_file", None, None)]),
    "white space alone": (" \r\n\t\n", [("empty_file", None, None)]),
    "a byte order mark alone": ("\ufeff", [("empty_file", None, None)]),
    "other source": (
        full(f"Hotlinen;{ROW}", f"En anden;{ROW}", header=f"kilde;{HEADER}"),
        [("other_source", 3, "source")],
    ),
    "quotes that do not end": (full(ROW, f'"{ROW}', ROW), [("quoting", 3, None)]),
    "quotes that end too soon": (full(f'"2026"-09{ROW[7:]}', ROW), [("quoting", 2, None)]),
    "quotes that do not end in the header": (f'"{full(ROW)}', [("quoting", 1, None)]),
}


@pytest.mark.parametrize(("text", "expected"), REFUSED.values(), ids=REFUSED.keys())
def test_a_wrong_file_is_refused_whole_with_line_and_column(
    text: str, expected: list[Place]
) -> None:
    verdict = judge(text)
    assert (verdict.outcome, places(verdict)) == (REFUSE, expected)
    assert verdict.rows.empty and verdict.months == () and verdict.total == 0
    assert said(verdict)


def test_a_column_the_source_does_not_register_is_refused() -> None:
    verdict = judge("måned;kommune;antal\n2026-09;Aarhus;3\n", TOTALS)
    assert places(verdict) == [("extra_column", 1, "municipality")]


NOT_TEXT = {
    "zip": (b"PK\x03\x04 whatever", "not_csv", None),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not_csv", None),
    "pdf": (b"%PDF-1.7\n", "not_csv", None),
    "png": (b"\x89PNG\r\n\x1a\n", "not_csv", None),
    "gzip": (b"\x1f\x8b\x08\x00", "not_csv", None),
    "sqlite": (b"SQLite format 3\x00", "not_csv", None),
    "tar": (bytes(257) + b"ustar", "not_csv", None),
    "program": (b"MZ" + bytes(510), "not_csv", None),
    "html": (b" <!DOCTYPE html><title>Log ind</title>", "not_csv", None),
    "a page without a type": (b"<html>\n", "not_csv", None),
    "xml": (b"<?xml version='1.0'?><a/>", "not_csv", None),
    "json": (b'[{"month": "2026-09"}]', "not_csv", None),
    "a letter": (b"Subject: tal\n\nmonth;count\n", "not_csv", None),
    "half utf-8, half windows-1252": (full(ROW).encode() + ROW.encode("cp1252"), "encoding", 3),
    "half repaired": (full(ROW, ROW.encode().decode("cp1252")).encode(), "encoding", 3),
    "replacement sign": (full(ROW, ROW.replace("ø", "\ufffd")).encode(), "encoding", 3),
    "bytes that no encoding of ours has": (full(ROW).encode("cp1252") + b"\x81", "encoding", 3),
    "utf-16 cut in a letter": (full(ROW).encode("utf-16")[:-1], "encoding", 2),
    "DOS, Nordic": (full(ROW).encode("cp865"), "encoding", 1),
    "DOS": (full(ROW).encode("cp850"), "encoding", 1),
    "an old Mac": (full(ROW).encode("mac-roman"), "encoding", 1),
    "a mainframe": (full(ROW).encode("cp500"), "encoding", 1),
}


@pytest.mark.parametrize(("data", "code", "line"), NOT_TEXT.values(), ids=NOT_TEXT.keys())
def test_what_is_not_surely_text_is_refused(data: bytes, code: str, line: int | None) -> None:
    assert places(judge(data)) == [(code, line, None)]


@pytest.mark.parametrize(
    "sign",
    ["\0", "\x0b", "\x0c", "\x1b", "\x1f", "\x85", "\u2028", "\u202e", "\u2066"],
    ids=lambda sign: f"{ord(sign):04x}",
)
def test_a_sign_that_cannot_be_seen_is_refused_with_its_place(sign: str) -> None:
    verdict = judge(full(ROW, ROW.replace("Telefon", f"Chat{sign}")))
    assert places(verdict) == [("control_character", 3, "channel")]


def test_a_file_of_the_most_bytes_is_read_and_one_more_refused() -> None:
    start, line = totals().encode(), b" " * 99_999 + b"\n"
    most = judge(start + line[len(start) :] + line * (UPLOAD_BYTES // len(line) - 1), TOTALS)
    assert {problem.code for problem in most.problems} == {"long_line"}
    verdict = judge(b" " * (UPLOAD_BYTES + 1), TOTALS)
    assert places(verdict) == [("too_large", None, None)]
    assert "10 MB" in said(verdict)


def test_a_file_of_the_most_rows_is_read_and_one_more_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    too_many = judge(totals(*(["x"] * (UPLOAD_ROWS + 1))), TOTALS)
    assert places(too_many) == [("too_many_rows", None, None)]
    assert "200.000" in said(too_many)
    monkeypatch.setattr(limits, "UPLOAD_ROWS", 3)
    rows = ["2026-09;1", "2026-08;1", "2026-07;1"]
    assert judge(totals(*rows, "", ""), TOTALS).is_accepted
    for one_more in ("2026-06;1", "x"):
        assert places(judge(totals(*rows, one_more), TOTALS)) == [("too_many_rows", None, None)]


# Every problem, and its place


def test_every_problem_of_a_file_is_found_at_once_from_the_top() -> None:
    text = full(
        ROW,
        "2026-13;Aarhuss;Telefon;Psykisk vold;Pårørende;15-17 år;Kvinde;tolv",
        "2026-09;Aarhus",
        ROW,
        f'"{ROW}',
    )
    assert places(judge(text)) == [
        ("month_implausible", 3, "month"),
        ("label_near", 3, "municipality"),
        ("count", 3, "count"),
        ("cell_count", 4, None),
        ("repeated_row", 5, None),
        ("quoting", 6, None),
    ]


def test_lines_are_counted_as_a_spreadsheet_shows_them() -> None:
    broken = ROW.replace("Psykisk vold", '"Psykisk\r\nvold"')
    wrong = f"{ROW.removesuffix('12')}tolv"
    verdict = judge("\r\n".join((HEADER, "", broken, wrong, "", wrong)))
    assert places(verdict) == [("count", 5, "count"), ("count", 7, "count")]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_counted_alike_whatever_ends_them(newline: str) -> None:
    text = full(ROW, ROW.replace("Telefon", "Chat"), "x").replace("\n", newline)
    assert places(judge(text)) == [("cell_count", 4, None)]


def test_a_sentence_says_where_what_was_found_and_what_is_expected() -> None:
    counted = judge(with_cell("count", "12,5")).problems[0]
    assert sentence(counted, words("da")) == (
        "Linje 3, antal: fandt »12,5«, som ikke er et helt tal. Skriv antallet med cifre alene, fx 12."
    )
    assert sentence(counted, words("en")) == (
        "Line 3, count: found “12,5”, which is not a whole number. "
        "Write the count with digits only, for instance 12."
    )
    near = judge(with_cell("gender", "Kvinnde"))
    assert "Mente du »Kvinde«?" in said(near) and "Did you mean “Woman”?" in said(near)
    assert "står også i linje 2." in said(judge(full(ROW, ROW)))
    assert "har 2 felter, men overskriften har 8." in said(judge(full("2026-09;x")))


def test_a_column_name_that_is_not_known_is_not_repeated() -> None:
    assert "Sørensen" not in said(judge(full(f"{ROW};x", header=f"{HEADER};Sørensen")))


# What we hand out and what we ship


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize(
    "source", [FULL, TOTALS, *seeded_sources()], ids=lambda source: f"{source.source}"
)
def test_the_template_is_accepted_as_it_is(source: Source, language: str) -> None:
    verdict = judge(template(source, NEWEST, words(language)), source)
    assert (verdict.outcome, len(verdict.rows), verdict.total) == (ACCEPT, 1, 12)
    assert verdict.months == (NEWEST,)


@pytest.mark.parametrize("source", seeded_sources(), ids=lambda source: source.source)
def test_a_sample_file_is_accepted_with_its_sum(source: Source) -> None:
    path = sorted((SAMPLE / source.source).glob("*/*.csv"))[-1]
    counts = [
        int(row["antal"])
        for row in csv.DictReader(io.StringIO(path.read_text("utf-8")), delimiter=";")
    ]
    verdict = judge(path.read_bytes(), source)
    assert (len(verdict.rows), verdict.total) == (len(counts), sum(counts))


# Whatever comes


@pytest.mark.parametrize("long", ["a" * 1_000_000, "1 " * 500_000, "a@" * 500_000])
def test_a_long_line_takes_no_long_time(long: str) -> None:
    started = time.monotonic()
    assert judge(totals(f"2026-09;{long}"), TOTALS).outcome != ACCEPT
    assert time.monotonic() - started < 10


LABELS = {
    column: [label.label_da for label in vocabulary().of(column) if label.accepted]
    for column in REGISTERED[1:-1]
}
CELLS = st.one_of(
    st.sampled_from(["", " ", '"', "2026-09", "12", "1.234", "<5", "150785-1101", "x@y.dk", "\0"]),
    st.sampled_from([label for labels in LABELS.values() for label in labels]),
    st.text(max_size=8),
)
NEARLY_FILES = st.builds(
    lambda header, rows, delimiter, newline: newline.join(
        (header.replace(";", delimiter), *(delimiter.join(row) for row in rows))
    ).encode(),
    st.sampled_from([HEADER, ENGLISH, "måned;antal", f"kilde;{HEADER}"]),
    st.lists(st.lists(CELLS, min_size=1, max_size=9), max_size=6),
    st.sampled_from(";,\t"),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
RIGHT_ROWS = st.lists(
    st.tuples(*(st.sampled_from(labels) for labels in LABELS.values())), min_size=1, unique=True
)


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=300), NEARLY_FILES), st.sampled_from([FULL, TOTALS]))
def test_no_bytes_make_it_raise(data: bytes, source: Source) -> None:
    verdict = judge(data, source)
    assert (verdict.outcome == ACCEPT) == (not verdict.problems)
    assert verdict.rows.empty == (not verdict.is_accepted)
    assert said(verdict) or verdict.outcome == ACCEPT


@settings(deadline=None)
@given(RIGHT_ROWS, st.data())
def test_the_total_is_the_sum_of_the_counts_in_the_file(
    rows: list[tuple[str, ...]], data: st.DataObject
) -> None:
    counts = [data.draw(st.integers(1, 9_999_999)) for _ in rows]
    named = zip(rows, counts, strict=True)
    verdict = judge(full(*(";".join(("2026-09", *row, str(count))) for row, count in named)))
    assert (verdict.outcome, len(verdict.rows)) == (ACCEPT, len(rows))
    assert verdict.total == sum(counts)


def test_a_column_of_ever_new_values_is_told_once() -> None:
    rows = (ROW.replace("Tønder", f"By{number}") for number in range(MOST_DIFFERENT + 1))
    assert places(judge(full(*rows))) == [("too_varied", 1, "municipality")]
