"""Files that leave the product open rightly in Danish Excel, carry their source, and run nothing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from inquiries.actor import LOCAL
from inquiries.exports.monthly_file import monthly_file
from inquiries.exports.table import as_csv
from inquiries.home import Home
from inquiries.intake import examine
from inquiries.store import Store
from inquiries.vocabulary import vocabulary
from inquiries.words import words

TABLE = pd.DataFrame({"Måned": ["april 2020", "maj 2020"], "Registreret": ["1.234", "skjult"]})


def test_a_table_is_semicolons_with_a_mark_that_excel_reads_and_its_source_at_the_end() -> None:
    assert as_csv(TABLE, "Kilde: x.").decode("utf-8") == (
        "\ufeffMåned;Registreret\r\napril 2020;1.234\r\nmaj 2020;skjult\r\n\r\nKilde: x.\r\n"
    )


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_would_run_as_a_formula_is_text(cell: str) -> None:
    line = as_csv(pd.DataFrame({"a": [cell]}), "c").decode("utf-8-sig").split("\n")[1]
    assert line.lstrip('"').startswith("'")


def test_a_number_is_a_number_in_danish_excel_and_what_is_missing_is_nothing() -> None:
    table = pd.DataFrame({"p": [-7.25, float("nan")], "n": [-3, 4]})
    assert as_csv(table, "c").decode("utf-8-sig").split("\r\n")[1:3] == ["-7,25;-3", ";4"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_submission_taken_out_as_a_file_is_read_as_the_same_rows(
    home: Path, language: str
) -> None:
    store = Store(Home(home))
    for source in store.sources(LOCAL):
        found = store.submissions(LOCAL).query("source == @source.source").iloc[0]
        rows = store.submission_rows(LOCAL, found["submission"])
        file = monthly_file(rows, source, words(language))
        verdict = examine(file, source, pd.Timestamp("2026-12-01"))
        assert verdict.problems == ()
        order = list(source.columns)
        pd.testing.assert_frame_equal(
            verdict.rows[order].sort_values(order, ignore_index=True),
            rows[order].sort_values(order, ignore_index=True),
            check_dtype=False,
        )


def test_a_masked_count_is_written_as_its_reporter_wrote_it(home: Path) -> None:
    source = Store(Home(home)).source(LOCAL, "eksempel-hotline")
    rows = Store(Home(home)).submission_rows(
        LOCAL, Store(Home(home)).submissions(LOCAL)["submission"].iloc[-1]
    )
    hidden = rows.iloc[:1].assign(count=2, masked=True)
    (line,) = monthly_file(hidden, source, words("da")).decode("utf-8-sig").splitlines()[1:]
    assert line.endswith(";<5")


def test_no_label_would_run_as_a_formula() -> None:
    labels = {text for label in vocabulary().labels for text in (label.label_da, label.label_en)}
    assert labels
    assert [label for label in labels if label.startswith(("=", "+", "-", "@"))] == []
