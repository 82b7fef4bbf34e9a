"""Egne tal: an analyst sees exactly what their own bodies filed and nothing else, and nothing leaves without a reason."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from released import TOTAL, given, phase_table
from streamlit.testing.v1 import AppTest

from inquiries import own_figures, own_rows
from inquiries.actor import LOCAL, READER, Actor
from inquiries.charts import theme
from inquiries.estimates import estimate
from inquiries.facts import choice_of
from inquiries.faults import Fault, Forbidden
from inquiries.filing import MASKED_COUNT, Reporter, Source, Submission
from inquiries.home import Home
from inquiries.own_baseline import Chosen, OwnDrop, drop, picture, sentences
from inquiries.own_beside import beside
from inquiries.own_figures import Selection, export, figures
from inquiries.own_pivot import ALL, PERIODS, Pivot, figure, shown
from inquiries.release import open_newest
from inquiries.store import Store
from inquiries.vocabulary import COUNTED, REGISTERED, municipality_regions, vocabulary
from inquiries.words import words

FRAME = Path(__file__).resolve().parents[1] / "dashboard" / "frame.py"
SAY = words("da")
REASON = "Til brug i ledelsens kvartalsmøde"
OURS, THEIRS = "101", "147"
OTHER, EMPTY_SOURCE = "other", "empty"
SOURCE = Source(
    "k",
    "Kommunerne",
    "The municipalities",
    "inquiry",
    REGISTERED,
    reporters=(Reporter(OURS, "A", "A"), Reporter(THEIRS, "B", "B")),
)
MONTHS = pd.date_range("2025-11-01", "2027-02-01", freq="MS")
# Nobody filed this month, only the other body the next, and nothing happened in the third.
NOBODY, ONLY_THEY, NOTHING = (pd.Timestamp(f"2026-{month:02}-01") for month in (3, 6, 9))
DRAWN = 14
# Both bodies file of the same municipalities: a region that changes, one that does not, and none.
PLACES = ("101", "147", "851", "unknown")


def analyst(*scope: str) -> Actor:
    return Actor("analyst", frozenset({"reader", "analyst"}), scope)


MINE = analyst(f"k/{OURS}")
BOTH = analyst(f"k/{OURS}", f"k/{THEIRS}")
STEWARD = Actor("steward", frozenset({"reader", "steward", "publisher", "auditor"}), ("*",))


def rows_of(reporter: str) -> pd.DataFrame:
    """A few combinations a month, drawn anew, some of their counts masked."""
    draw = np.random.default_rng(int(reporter))
    codes = {name: [one.code for one in vocabulary().accepted(name)] for name in COUNTED}
    codes["municipality"] = list(PLACES)
    months = MONTHS.difference([NOBODY, NOTHING, *([ONLY_THEY] if reporter == OURS else [])])
    found = pd.DataFrame({"month": np.repeat(months, DRAWN)})
    for name in COUNTED:
        found[name] = draw.choice(codes[name], len(found))
    found = found.drop_duplicates()
    masked = draw.random(len(found)) < 0.2
    return found.assign(count=np.where(masked, MASKED_COUNT, 7), masked=masked)


ROWS = {reporter: rows_of(reporter) for reporter in (OURS, THEIRS)}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two bodies that file for one source, of the same municipalities; one more source, and an empty one."""
    made = Store(Home(tmp_path_factory.mktemp("own")))
    made.add_source(LOCAL, SOURCE)
    for reporter, rows in ROWS.items():
        months = MONTHS.difference([NOBODY, *([ONLY_THEY] if reporter == OURS else [])])
        made.submit(LOCAL, Submission("k", reporter, tuple(months), rows, "f"))
    for name in (OTHER, EMPTY_SOURCE):
        own = (Reporter("r", "R", "R"),)
        made.add_source(LOCAL, Source(name, name, name, "case", ("month", "count"), reporters=own))
    blank = dict.fromkeys(COUNTED, "")
    one = pd.DataFrame([{**blank, "month": MONTHS[0], "count": 3}])
    made.submit(LOCAL, Submission(OTHER, "r", (MONTHS[0],), one, "g"))
    return made


def selected(
    rows: tuple[str, ...] = (), period: str = "month", **wanted: tuple[str, ...]
) -> Selection:
    return Selection(SOURCE, MONTHS[0], MONTHS[-1], wanted, rows, period)


def with_region(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the region each municipality lay in that month, looked up one by one."""
    table = municipality_regions()

    def region(municipality: str, month: pd.Timestamp) -> str:
        there = (table["first_month"] <= month) & (month <= table["last_month"])
        found = table.loc[there & (table["municipality"] == municipality), "region"]
        return found.iloc[0] if len(found) else "unknown"

    pairs = zip(rows["municipality"], rows["month"], strict=True)
    return rows.assign(region=[region(*pair) for pair in pairs])


def by_hand(
    rows: pd.DataFrame, keys: list[str], period: str
) -> dict[tuple[str, ...], tuple[int, int]]:
    """The exact part and the masked rows of each combination and period, counted row by row."""
    found: dict[tuple[str, ...], tuple[int, int]] = {}
    for row in with_region(rows).to_dict("records"):
        key = (*(row[name] for name in keys), str(row["month"].to_period(PERIODS[period])))
        exact, masked = found.get(key, (0, 0))
        is_masked = bool(row["masked"])
        found[key] = (exact + (0 if is_masked else row["count"]), masked + is_masked)
    return found


def cells(found: Pivot, period: str) -> dict[tuple[str, ...], tuple[int, int]]:
    """The cells of a table that are no sums and hold something, as `by_hand` gives them."""
    depth = len(found.rows)
    return {
        (*line[:depth], str(column.first.to_period(PERIODS[period]))): value
        for line in found.lines
        if ALL not in line[:depth]
        for place, column in enumerate(found.columns[:-1])
        if (value := (int(found.exact.at[line, place]), int(found.masked.at[line, place])))
        != (0, 0)
    }


DIMENSIONS = own_figures.dimensions(SOURCE)
CHOICES = [
    *((), *((name,) for name in DIMENSIONS)),
    *itertools.permutations(("region", "municipality"), 2),
    *((("region"), name) for name in DIMENSIONS[2:]),
    *itertools.combinations(DIMENSIONS[1:], 2),
]


# Nothing of another body


@pytest.mark.parametrize("period", list(PERIODS))
@pytest.mark.parametrize("rows", CHOICES, ids="-".join)
@pytest.mark.parametrize("actor", [MINE, BOTH], ids=["one body", "two bodies"])
def test_the_figures_are_those_of_the_callers_own_rows_and_of_no_other(
    store: Store, actor: Actor, rows: tuple[str, ...], period: str
) -> None:
    own = pd.concat([ROWS[pair.split("/")[1]] for pair in actor.scope])
    found = figures(actor, store, selected(rows, period)).pivot
    assert cells(found, period) == by_hand(own, list(rows), period)


@pytest.mark.parametrize("name", COUNTED)
def test_no_choice_of_values_reaches_a_row_of_another_body(store: Store, name: str) -> None:
    for code in {*ROWS[OURS][name], *ROWS[THEIRS][name]}:
        found = figures(MINE, store, selected((name,), **{name: (code,)})).pivot
        wanted = own_figures.expanded(name, (code,))
        own = ROWS[OURS][ROWS[OURS][name].isin(wanted)]
        assert cells(found, "month") == by_hand(own, [name], "month")


def test_only_the_sources_of_the_callers_own_bodies_can_be_chosen(store: Store) -> None:
    assert [one.source for one in own_figures.sources(MINE, store)] == ["k"]
    assert [one.source for one in own_figures.sources(analyst(f"{OTHER}/r"), store)] == [OTHER]
    assert own_figures.sources(analyst(), store) == []
    assert own_figures.sources(analyst("k/nobody"), store) == []


@pytest.mark.parametrize("scope", [(), (f"{OTHER}/{OURS}",), ("k/",), ("k/10",), ("/101",), ("%",)])
def test_a_scope_that_names_no_body_of_the_source_gives_nothing(
    store: Store, scope: tuple[str, ...]
) -> None:
    found = figures(analyst(*scope), store, selected(("channel",)))
    assert not found.pivot.exact.to_numpy().any() and not found.pivot.masked.to_numpy().any()
    assert {column.state for column in found.pivot.columns} == {"missing"}
    assert found.months.empty
    assert own_figures.filed_months(analyst(*scope), store, SOURCE).empty


ASKED: dict[str, Callable[[Actor, Store], object]] = {
    "sources": own_figures.sources,
    "filed_months": lambda actor, store: own_figures.filed_months(actor, store, SOURCE),
    "figures": lambda actor, store: figures(actor, store, selected()),
    "export": lambda actor, store: export(actor, store, selected(), REASON, SAY),
    "months": lambda actor, store: own_rows.months(actor, store, "k"),
    "counts": lambda actor, store: own_rows.counts(
        actor, store, "k", (MONTHS[0], MONTHS[-1]), (), {}
    ),
}


@pytest.mark.parametrize("actor", [READER, STEWARD], ids=["reader", "steward"])
@pytest.mark.parametrize("asked", ASKED)
def test_without_the_analysts_role_every_function_refuses(
    store: Store, asked: str, actor: Actor
) -> None:
    with pytest.raises(Forbidden):
        ASKED[asked](actor, store)


# Sums, masked rows, zero and missing


@pytest.mark.parametrize("period", list(PERIODS))
@pytest.mark.parametrize("rows", CHOICES, ids="-".join)
def test_every_sum_is_that_of_what_it_sums(
    store: Store, rows: tuple[str, ...], period: str
) -> None:
    found = figures(BOTH, store, selected(rows, period)).pivot
    everything = pd.concat(ROWS.values())
    for part, own in (
        ("exact", everything[~everything["masked"]]["count"]),
        ("masked", everything["masked"]),
    ):
        table = getattr(found, part)
        assert table.at[(ALL, ALL), len(found.columns) - 1] == own.sum()
        assert (table.iloc[:, :-1].sum(axis=1) == table.iloc[:, -1]).all()
        if len(rows) == 2:
            leaves = table[[line[1] != ALL for line in found.lines]]
            sums = table[[line[0] != ALL and line[1] == ALL for line in found.lines]]
            assert (
                leaves.groupby(level=0).sum().sort_index() == sums.droplevel(1).sort_index()
            ).all(axis=None)
            assert (sums.sum() == table.loc[(ALL, ALL)]).all()


@pytest.mark.parametrize(
    ("exact", "masked", "said"),
    [
        (0, 0, "0"),
        (40, 0, "40"),
        (34, 3, "40 (37–46)"),
        (0, 1, "2 (1–4)"),
        (1000, 1, "1.002 (1.001–1.004)"),
    ],
)
def test_a_masked_row_is_two_in_the_figure_and_one_to_four_in_its_interval(
    exact: int, masked: int, said: str
) -> None:
    assert figure(exact, masked, SAY) == said


def column(table: pd.DataFrame, month: pd.Timestamp) -> list[str]:
    (name,) = (name for name in table.columns if str(name).startswith(SAY.month(month)))
    return list(table[name])


def test_a_reported_zero_is_0_and_a_month_that_nobody_in_scope_filed_is_not(store: Store) -> None:
    mine = shown(figures(MINE, store, selected()).pivot, SAY)
    assert column(mine, NOTHING) == ["0"]
    assert column(mine, NOBODY) == column(mine, ONLY_THEY) == ["ikke indberettet"]
    theirs = shown(figures(BOTH, store, selected()).pivot, SAY)
    assert column(theirs, ONLY_THEY) != ["ikke indberettet"]
    assert f"{SAY.month(ONLY_THEY)} (foreløbig)" in theirs.columns


def test_a_sum_with_a_missing_month_says_so(store: Store) -> None:
    states = [one.state for one in figures(MINE, store, selected((), "quarter")).pivot.columns]
    # The last two months of 2025, five quarters, two months of 2027, and all of them.
    assert states == [
        "complete",
        "provisional",
        "provisional",
        "complete",
        "complete",
        "complete",
        "provisional",
    ]


def test_a_month_before_or_after_all_that_was_filed_is_missing(store: Store) -> None:
    before, after = MONTHS[0] - pd.DateOffset(months=1), MONTHS[-1] + pd.DateOffset(months=1)
    found = figures(MINE, store, Selection(SOURCE, before, after)).pivot
    assert (found.columns[0].state, found.columns[-2].state) == ("missing", "missing")
    assert found.columns[1].state == "complete"


def test_a_value_that_was_asked_for_has_a_row_of_zeros_when_nobody_registered_it(
    store: Store,
) -> None:
    for codes in (("151",), ("151", "153")):
        found = figures(
            MINE, store, selected(("municipality", "channel"), municipality=codes)
        ).pivot
        assert [line for line in found.lines if line[1] == ALL] == [
            *((code, ALL) for code in codes),
            (ALL, ALL),
        ]
        assert not found.exact.to_numpy().any()


def test_a_group_is_chosen_with_its_parts_and_they_stand_apart(store: Store) -> None:
    found = figures(MINE, store, selected(("inquirer",), inquirer=("relative",))).pivot
    assert [line[0] for line in found.lines] == ["relative", "parent", "other_relative", ALL]
    assert list(shown(found, SAY)["Henvendelse fra"]) == [
        "Pårørende (ikke nærmere angivet)",
        "Forælder",
        "Anden pårørende eller ven",
        "I alt",
    ]


def test_the_region_is_that_of_the_month(store: Store) -> None:
    found = figures(MINE, store, selected(("region",), municipality=("101",))).pivot
    in_force = {
        line[0]: [
            one.first for place, one in enumerate(found.columns[:-1]) if found.exact.at[line, place]
        ]
        for line in found.lines
    }
    assert max(in_force["hovedstaden"]) <= pd.Timestamp("2026-12-01")
    assert min(in_force["oestdanmark"]) >= pd.Timestamp("2027-01-01")
    chosen = figures(MINE, store, selected(("municipality",), region=("oestdanmark",))).pivot
    assert {line[0] for line in chosen.lines} <= {"101", "147", ALL}


@pytest.mark.parametrize(
    ("last", "municipalities", "region"),
    [
        ("2026-12", ("101",), "hovedstaden"),
        ("2026-12", ("101", "147"), "hovedstaden"),
        ("2026-12", ("101", "851"), None),
        ("2027-01", ("101",), None),
        ("2027-01", ("851",), "nordjylland"),
        ("2026-12", ("851", "unknown"), None),
        ("2026-12", (), None),
    ],
)
def test_a_region_stands_beside_when_the_chosen_municipalities_lie_in_it_throughout(
    last: str, municipalities: tuple[str, ...], region: str | None
) -> None:
    wanted = {"municipality": municipalities}
    chosen = Selection(SOURCE, MONTHS[0], pd.Timestamp(f"{last}-01"), wanted)
    assert own_figures.region_of(chosen) == region


# An own baseline


def total(counts: pd.Series, **columns: Any) -> pd.DataFrame:
    """The months as `figures` gives them."""
    plain = {
        "exact": counts.to_numpy(),
        "masked": 0,
        "state": "complete",
        "reporters": [("a",)] * len(counts),
    }
    return pd.DataFrame({"month": counts.index, **plain, **columns})


def steady(first: str = "2016-01", last: str = "2021-12", level: float = 100) -> pd.Series:
    every = pd.date_range(first, last, freq="MS")
    counts = pd.Series(np.random.default_rng(4).poisson(level, len(every)), every)
    counts["2020-04":"2020-06"] = (counts["2020-04":"2020-06"] * 0.6).astype(int)  # type: ignore[misc]
    return counts


def chosen(
    first: str,
    last: str = "2020-02",
    *excluded: str,
    window: tuple[str, str] = ("2020-04", "2020-06"),
) -> Chosen:
    left_out = tuple(pd.Timestamp(month) for month in excluded)
    return Chosen(pd.Timestamp(first), pd.Timestamp(last), left_out, *map(pd.Timestamp, window))


@pytest.mark.parametrize(
    ("first", "excluded", "basis"),
    [
        ("2016-01", (), "model"),
        ("2016-01", ("2018-05", "2019-06"), "model"),
        ("2018-09", (), "same_months"),
    ],
)
def test_an_own_baseline_says_what_a_release_says_of_the_same_months(
    first: str, excluded: tuple[str, ...], basis: str
) -> None:
    counts = steady(first)
    left_out = pd.DataFrame({"source": "s", "month": pd.DatetimeIndex([*excluded])})
    named = phase_table(window=("2020-04", "2020-06"))
    named.loc[0, "last_month"] = pd.Timestamp("2020-02-01")
    lines = estimate(given({TOTAL: counts}, named, excluded_month=left_out))["effect"]
    released = lines[(lines["basis"] == basis) & (lines["period"] == "window")].iloc[0]
    found = drop(total(counts), chosen(first, "2020-02", *excluded))
    for name in (
        "basis",
        "observed",
        "expected",
        "low",
        "high",
        "rate_ratio",
        "rr_low",
        "rr_high",
        "p",
        "power",
        "verdict",
        "warnings",
    ):
        assert getattr(found.effect, name) == released[name], name
    assert found.effect.verdict == "fall"


def outcome(months: pd.DataFrame, *given: str, **window: tuple[str, str]) -> OwnDrop:
    return drop(months, chosen(*given, **window))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("months", "first", "last", "window", "why"),
    [
        (steady(), "2018-04", "2020-02", ("2020-04", "2020-06"), "too_short"),
        (steady(), "2016-01", "2020-04", ("2020-04", "2020-06"), "window_first"),
        (steady(), "2016-01", "2020-02", ("2021-11", "2022-01"), "window_missing"),
        (steady(level=0), "2016-01", "2020-02", ("2020-04", "2020-06"), "no_counts"),
        (steady(level=0.3), "2016-01", "2020-02", ("2020-04", "2020-06"), "too_few"),
        (steady(level=3), "2016-01", "2020-02", ("2020-04", "2020-06"), "few_expected"),
    ],
    ids=lambda value: value if isinstance(value, str) and not value[0].isdigit() else "",
)
def test_where_there_is_no_model_the_page_says_why(
    months: pd.Series, first: str, last: str, window: tuple[str, str], why: str
) -> None:
    asked = chosen(first, last, window=window)
    found = drop(total(months), asked)
    assert found.outcome == why
    for language in ("da", "en"):
        own = words(language)
        number = own.number(found.months)
        assert sentences(found, asked, SOURCE, own)[0] == own(
            f"own_figures.none_{why}", months=number
        )


def test_a_month_that_is_not_filed_in_full_stands_in_no_baseline_and_no_window() -> None:
    counts = steady()
    state = pd.Series("complete", counts.index)
    state["2019-05-01"] = "provisional"
    whole, without = (
        drop(total(counts), chosen("2016-01")),
        drop(total(counts, state=state.to_numpy()), chosen("2016-01")),
    )
    assert (whole.months, without.months) == (50, 49)
    state["2020-05-01"] = "missing"
    assert (
        drop(total(counts, state=state.to_numpy()), chosen("2016-01")).outcome == "window_missing"
    )


def test_masked_rows_other_reporters_and_breaks_are_told_beside_the_drop() -> None:
    counts, asked = steady(), chosen("2016-01")
    plain = sentences(drop(total(counts), asked), asked, SOURCE, SAY)
    masked = [int(month == pd.Timestamp("2019-05-01")) for month in counts.index]
    bodies = [("a",) if month.year < 2019 else ("a", "b") for month in counts.index]
    told = {
        "warning.masked": (total(counts, masked=masked), ()),
        "own_figures.other_reporters": (total(counts, reporters=bodies), ()),
        "warning.new_definition": (total(counts), (pd.Timestamp("2019-01-01"),)),
    }
    for key, (months, breaks) in told.items():
        assert SAY(key) not in plain
        assert SAY(key) in sentences(drop(months, asked, breaks), asked, SOURCE, SAY)


@pytest.mark.parametrize(
    ("first", "last", "is_drawn"),
    [("2019-01", "2021-12", True), ("2020-04", "2020-06", True), ("2020-05", "2021-12", False)],
)
def test_the_chart_draws_the_months_chosen_and_a_fall_where_they_hold_all_of_it(
    first: str, last: str, is_drawn: bool
) -> None:
    months = total(steady())
    came = drop(months, chosen("2016-01"))
    within = months[months["month"].between(f"{first}-01", f"{last}-01")]
    spec = picture(within, came, SOURCE, SAY)
    drawn = {
        pd.Timestamp(row["month"])
        for rows in spec["datasets"].values()
        for row in rows
        if "month" in row
    }
    assert (min(drawn), max(drawn)) == (pd.Timestamp(f"{first}-01"), pd.Timestamp(f"{last}-01"))
    assert (theme.FALL in str(spec)) == is_drawn


def test_a_month_that_nobody_filed_breaks_the_line_and_a_zero_does_not() -> None:
    counts = steady("2024-01", "2024-06", level=0)
    state = ["complete"] * 5 + ["missing"]
    spec = picture(total(counts, state=state), None, SOURCE, SAY)
    line = next(rows for rows in spec["datasets"].values() if rows and "tip" in rows[0])
    assert [row["count"] for row in line] == [0, 0, 0, 0, 0, None]


# The release beside


def test_the_release_stands_beside_with_its_protected_cells_and_whole_periods_alone(
    home: Path,
) -> None:
    actual, release = Store(Home(home)), open_newest(Home(home))
    assert release is not None
    source = actual.source(LOCAL, "eksempel-hotline")
    span = pd.Timestamp("2019-11-01"), pd.Timestamp("2020-12-01")
    found = figures(LOCAL, actual, Selection(source, *span, period="quarter")).pivot
    table = beside(found, release.ask, source.source, "hovedstaden", SAY)
    assert list(table)[2:] == ["Hele kilden", "Region Hovedstaden"]
    for name, choice in (
        ("Hele kilden", choice_of()),
        ("Region Hovedstaden", choice_of("region", "hovedstaden")),
    ):
        cells = release.ask(
            "release/periods", source=source.source, period_kind="quarter", **choice
        )
        counts = cells.set_index("month").loc["2020-01":"2020-10", "count"]  # type: ignore[misc]
        assert list(table[name]) == ["–", *(SAY.number(one) for one in counts)]
    release.close()


# The way out


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("", "reason_length"),
        (" " * 20, "reason_length"),
        ("x" * 9, "reason_length"),
        ("x" * 301, "reason_length"),
        ("Vedrører 010190-1234 i denne måned", "reason_personal"),
        ("Ring til mig på 20 12 34 56 om den", "reason_personal"),
        ("Send den til mette@example.org i dag", "reason_personal"),
        ("Til mødet på Nørregade 12 i morgen", "reason_personal"),
        ("Til mødet <b>i morgen</b> på kontoret", "note_markup"),
    ],
)
def test_nothing_leaves_without_a_reason_that_may_be_kept(
    store: Store, reason: str, code: str
) -> None:
    with pytest.raises(Fault) as refused:
        export(MINE, store, selected(), reason, SAY)
    assert refused.value.code == code


@pytest.mark.parametrize("reason", ["x" * 10, "x" * 300, REASON])
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_row_of_the_file_says_that_it_is_internal(
    store: Store, reason: str, language: str
) -> None:
    own = words(language)
    file = export(MINE, store, selected(("channel", "theme"), "year"), reason, own)
    header, *rows, blank, caption = csv.reader(file.decode("utf-8-sig").splitlines(), delimiter=";")
    assert header[0] == own("own_figures.column_mark")
    assert {row[0] for row in rows} == {own("own_figures.mark")}
    assert blank == [] and caption[0].startswith(own("own_figures.banner"))
    everything = dict(zip(header, rows[-1], strict=True))
    mine = ROWS[OURS]
    assert int(everything[own("own_figures.column_count")]) == mine["count"].sum()
    least, most = (int(mine["count"].sum() + each * mine["masked"].sum()) for each in (-1, 2))
    assert (
        everything[own("own_figures.column_low")],
        everything[own("own_figures.column_high")],
    ) == (str(least), str(most))


def test_a_month_that_nobody_filed_has_no_figure_in_the_file(store: Store) -> None:
    file = export(MINE, store, selected(), REASON, SAY).decode("utf-8-sig")
    rows = [row for row in csv.reader(file.splitlines(), delimiter=";") if "2026-03" in row[2:3]]
    assert [row[4:] for row in rows] == [["", "", "", "ikke indberettet"]]


# The page


@pytest.fixture
def looking(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[[Actor], AppTest]:
    """Opens the page as somebody."""
    monkeypatch.setenv("INQUIRIES_HOME", str(store.home.folder))

    def opened(actor: Actor) -> AppTest:
        monkeypatch.setattr("session.actor", lambda _: actor)
        app = AppTest.from_file(str(FRAME), default_timeout=60).run()
        app.switch_page("app_pages/own_figures.py").run()
        assert not app.exception and not app.error
        return app

    return opened


def texts(app: AppTest) -> str:
    kinds = (app.markdown, app.warning, app.info, app.error)
    return "\n".join(found.value for kind in kinds for found in kind).replace("\\", "")


def test_the_page_says_first_that_it_is_internal_and_shows_the_callers_own_table(
    looking: Callable[[Actor], AppTest], store: Store
) -> None:
    app = looking(MINE)
    assert app.title[0].value == "Egne tal (internt)"
    assert app.warning[0].value.startswith(
        "Internt – kan indeholde små tal. Må ikke deles uden for"
    )
    app.multiselect(key="own_rows_k").select("channel").select("theme")
    app.segmented_control(key="own_period").set_value("year")
    app.selectbox(key="own_from_months_k").select(MONTHS[0])
    app.multiselect(key="own_gender_k").select("woman").run()
    assert not app.exception and not app.error
    asked = Selection(
        SOURCE, MONTHS[0], MONTHS[-1], {"gender": ("woman",)}, ("channel", "theme"), "year"
    )
    expected = shown(figures(MINE, store, asked).pivot, SAY)
    pd.testing.assert_frame_equal(app.dataframe[0].value, expected, check_dtype=False)
    assert "Køn: Kvinde" in texts(app)


def test_what_is_chosen_is_in_no_link(looking: Callable[[Actor], AppTest]) -> None:
    app = looking(MINE)
    app.multiselect(key="own_rows_k").select("channel")
    app.multiselect(key="own_municipality_k").select("101")
    app.text_input(key="own_reason").input(REASON).run()
    assert not app.exception
    assert dict(app.query_params) == {}


def test_a_choice_that_another_takes_away_falls_back_instead_of_failing(
    looking: Callable[[Actor], AppTest],
) -> None:
    app = looking(MINE)
    app.multiselect(key="own_left_out_k").select(MONTHS[1])
    app.selectbox(key="own_to_months_k").select(MONTHS[-3]).run()
    app.selectbox(key="own_from_baseline_k").select(MONTHS[4])
    app.selectbox(key="own_from_months_k").select(MONTHS[-2]).run()
    assert not app.exception and not app.error
    assert app.multiselect(key="own_left_out_k").value == []
    assert app.selectbox(key="own_to_months_k").value >= MONTHS[-2]


def test_the_page_says_whose_figures_it_shows(looking: Callable[[Actor], AppTest]) -> None:
    assert "Præcise tal fra A, " in texts(looking(MINE))
    assert "Præcise tal fra A og B, " in texts(looking(BOTH))


@pytest.mark.parametrize(
    ("actor", "said"),
    [
        (analyst(), "own_figures.no_scope"),
        (analyst(f"{EMPTY_SOURCE}/r"), "own_figures.nothing_filed"),
    ],
)
def test_a_page_with_nothing_to_show_says_why(
    looking: Callable[[Actor], AppTest], actor: Actor, said: str
) -> None:
    app = looking(actor)
    assert SAY(said) in texts(app)
    assert not app.dataframe


def test_a_selection_without_a_row_and_a_source_without_dimensions_are_told(
    looking: Callable[[Actor], AppTest],
) -> None:
    app = looking(MINE)
    assert SAY("own_figures.nothing_chosen") not in texts(app)
    app.multiselect(key="own_municipality_k").select("151").run()
    assert SAY("own_figures.nothing_chosen") in texts(app)
    app = looking(analyst(f"{OTHER}/r"))
    assert SAY("own_figures.too_few_months") in texts(app)
    assert list(app.dataframe[0].value.iloc[0])[1:] == ["3", "3"]


def test_the_file_is_offered_once_its_reason_may_be_kept(
    looking: Callable[[Actor], AppTest],
) -> None:
    app = looking(MINE)
    assert not app.get("download_button")
    app.text_input(key="own_reason").input("Ring på 20 12 34 56").run()
    assert app.error[0].value == SAY("fault.reason_personal")
    assert not app.get("download_button")
    app.text_input(key="own_reason").input(REASON).run()
    assert not app.error and len(app.get("download_button")) == 1


@pytest.mark.parametrize("actor", [READER, STEWARD], ids=["reader", "steward"])
def test_the_page_is_not_there_without_the_role(
    store: Store, monkeypatch: pytest.MonkeyPatch, actor: Actor
) -> None:
    monkeypatch.setenv("INQUIRIES_HOME", str(store.home.folder))
    monkeypatch.setattr("session.actor", lambda _: actor)
    app = AppTest.from_file(str(FRAME), default_timeout=60).run()
    with pytest.raises(ValueError, match="page"):
        app.switch_page("app_pages/own_figures.py").run()
