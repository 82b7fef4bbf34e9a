"""Files that leave the product open rightly in Danish Excel, carry their source, and run nothing."""

from __future__ import annotations

import pandas as pd
import pytest

from inquiries.exports.table import as_csv

TABLE = pd.DataFrame({"Måned": ["april 2020", "maj 2020"], "Registreret": ["1.234", "skjult"]})


def test_a_table_is_semicolons_with_a_mark_that_excel_reads_and_its_source_at_the_end() -> None:
    assert as_csv(TABLE, "Kilde: x.").decode("utf-8") == (
        "\ufeffMåned;Registreret\r\napril 2020;1.234\r\nmaj 2020;skjult\r\n\r\nKilde: x.\r\n"
    )


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_would_run_as_a_formula_is_text(cell: str) -> None:
    line = as_csv(pd.DataFrame({"a": [cell]}), "c").decode("utf-8-sig").split("\n")[1]
    assert line.lstrip('"').startswith("'")
