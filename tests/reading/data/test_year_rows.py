"""Rows that hold a year, above the months of that year."""

import pytest

from playground.reading.data.cells import cells_of
from playground.reading.data.choices import choices_of
from playground.reading.data.layouts import layout_of, parse_of
from playground.reading.data.reader import sheet_in
from playground.reading.data.series_file import series_file

from .cases import codes, read, table, told

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
GERMAN = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]


def blocks(parts: list[str], total: str = "", years: tuple[int, ...] = (2019, 2020, 2021)) -> str:
    rows: list[list[object]] = [["month", "n"]]
    for year in years:
        rows.append([year, total])
        rows += [[part, 100 + (7 * year + 3 * place) % 41] for place, part in enumerate(parts)]
    return table(rows)


@pytest.mark.parametrize("total", ["", "1500"])
@pytest.mark.parametrize(
    ("parts", "step", "end"),
    [
        (MONTHS, "month", "2021-12-01"),
        (GERMAN, "month", "2021-12-01"),
        ([str(month) for month in range(1, 13)], "month", "2021-12-01"),
        (["Q1", "Q2", "Q3", "Q4"], "quarter", "2021-10-01"),
    ],
)
def test_months_get_the_year_above_them(parts: list[str], step: str, end: str, total: str) -> None:
    understood = read(blocks(parts, total), kind="series")
    assert understood.time is not None
    assert (understood.time.step, understood.time.start) == (step, "2019-01-01")
    assert understood.time.end == end
    assert understood.rows == 3 * len(parts) and "year_rows" in told(understood)


def test_the_years_do_not_become_steps() -> None:
    series = series_file(blocks(MONTHS, "1500").encode(), choices_of([], kind="series"), "", [])
    assert len(series.values) == 36 and series.values.max() < 200


def test_newest_first_is_turned_round() -> None:
    understood = read(blocks(MONTHS[::-1], years=(2021, 2020, 2019)), kind="series")
    assert understood.time is not None and understood.time.order == "newest first"
    assert understood.time.start == "2019-01-01"


def test_the_script_dates_the_same_rows() -> None:
    data = blocks(MONTHS).encode()
    opened = sheet_in(data, choices_of([]))
    layout = layout_of(opened.sheet, opened.packed)
    rows = cells_of(data, layout, parse_of(layout))
    assert [row[0] for row in rows] == list(opened.sheet.columns[0].cells)
    assert rows[0][0] == "Jan 2019" and rows[12][0] == "Jan 2020" and len(rows) == 36


@pytest.mark.parametrize(
    "cells",
    [
        [str(year) for year in range(1990, 2020)],
        ["2019", "apple", "pear", "plum", "2020", "apple", "pear", "plum"],
        ["2019", *MONTHS, "2025", *MONTHS],
        [*MONTHS, "2019", *MONTHS, "2020"],
    ],
)
def test_other_rows_with_years_stay(cells: list[str]) -> None:
    rows = [[cell, i * 7 % 11] for i, cell in enumerate(cells)]
    understood = read(table([["when", "n"], *rows]), kind="table")
    assert understood.rows == len(cells) and "year_rows" not in told(understood)
    assert "year_rows" not in codes(understood)


def test_one_year_is_taken_above_names_of_months_but_not_above_numbers() -> None:
    named = read(blocks(MONTHS, years=(2019,)), kind="series")
    assert "year_rows" in [note.code for note in named.notes] and named.rows == 12
    numbers = read(blocks([str(month) for month in range(1, 13)], years=(2019,)), kind="series")
    assert "year_rows" not in [note.code for note in numbers.notes] and numbers.rows == 13
    other = read(blocks(["red", "green", "blue", "white", "black"], years=(2019,)), kind="table")
    assert "year_rows" not in [note.code for note in other.notes]
