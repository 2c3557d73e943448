"""Columns read again by their recipes: the same numbers and times as the core's, by functions that stand alone."""

import inspect
import json
from typing import Any

import numpy as np
import pytest

from playground.reading.data import loading
from playground.reading.data.choices import choices_of
from playground.reading.data.loading import moments_of, numbers_of
from playground.reading.data.recipes import date_recipe, number_recipe
from playground.reading.data.sheet import Sheet, sheet_of

PLAIN: dict[str, Any] = {
    "decimal": ".",
    "units": {"": 1.0},
    "missing": [],
    "missing_numbers": [],
}


def sheet(name: str, cells: list[str], *sets: str) -> Sheet:
    """A table of a column and its row numbers."""
    rows = [f"{i}\t{cell}" for i, cell in enumerate(cells)]
    return sheet_of("\n".join([f"row\t{name}", *rows]).encode(), choices_of(sets))


def test_signs_are_plain_and_what_is_raised_stays() -> None:
    assert loading.plain_text("１２ m²") == "12 m²"
    assert loading.plain_text("−3,5㎡") == "-3,5m²"
    assert loading.plain_text("5 µg/m³") == "5 μg/m³"
    assert loading.plain_text("2 만") == "2 만"


def test_numbers_by_hand() -> None:
    cells = [
        "1,234.5",
        "-3",
        "(26.5)",
        "−2",
        "5-",
        "1e3",
        "",
        "NA",
        "1.2.3",
        "1,23",
        ".5",
        "5.",
        "1e99",
    ]
    nan = float("nan")
    wanted = [1234.5, -3, -26.5, -2, -5, 1000, nan, nan, nan, nan, 0.5, 5, nan]
    np.testing.assert_array_equal(numbers_of(cells, PLAIN), wanted)
    comma = {**PLAIN, "decimal": ",", "units": {"": 1.0, "kg": 1.0, "g": 0.001, "€": 1.0}}
    cells = ["1.234,5", "2,5 kg", "500 g", "€ 3", "1 234", "4 lb", "1,5,5"]
    wanted = [1234.5, 2.5, 0.5, 3, 1234, nan, nan]
    np.testing.assert_array_equal(numbers_of(cells, comma), wanted)


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (["1", "-2.5", "+3", ".5", "5.", "1e3"], [1, -2.5, 3, 0.5, 5, 1000]),
        (["1", "1e99"], [1, np.nan]),
        (["1", ""], [1, np.nan]),
        (["1", "5-", "-", "e"], [1, -5, np.nan, np.nan]),
        (["1_000", "nan", "inf"], [np.nan, np.nan, np.nan]),
    ],
)
def test_columns_of_plain_numbers_are_read_at_once_and_all_others_cell_by_cell(
    cells: list[str], wanted: list[float]
) -> None:
    np.testing.assert_array_equal(numbers_of(cells, PLAIN), wanted)
    one_by_one = [loading.number_of(cell, ".", {"": 1.0}) for cell in cells]
    usual = [value if abs(value) < 1e30 else np.nan for value in one_by_one]
    np.testing.assert_array_equal(usual, wanted)


def test_what_its_owner_calls_missing_is_no_number() -> None:
    form = {**PLAIN, "missing": ["-999", "9,9"], "missing_numbers": [-999.0]}
    values = numbers_of(["-999", "-999.0", "9,9", "9.9"], form)
    np.testing.assert_array_equal(np.isnan(values), [True, True, True, False])


NUMBERS = {
    "plain": ["1", "2.5", "-3", "4e2"],
    "thousands": ["1,234.5", "12,000", "3"],
    "decimal commas": ["1,25", "2,5", "3", "1.234,5"],
    "points between thousands": ["1.780.000", "237.500", "12.000"],
    "units": ["2 kg", "500 g", "1.5 kg", "3 kg"],
    "letters for powers": ["19M", "2.5M", "300k", "7"],
    "money": ["$1,234.50", "$3", "($20)", "-$5"],
    "percent": ["12 %", "3.5%", "7 %"],
    "Chinese": ["3.5万", "2万", "1.2万"],
    "Swiss": ["1'234.5", "2'000", "7"],
    "with odd cells": [*(str(i) for i in range(60)), "?12", "soon"],
    "with missing": ["1", "NA", "2.5", "", "-", "3"],
    "full-width": ["１２", "３.５", "7"],
    "more than so many": ["10,000+", "500+", "1,000+"],
    "hours and minutes": ["142 min", "2 h", "90 min"],
    "hours and minutes in a cell": ["1h 42m", "2h", "59m", "PT1H5M"],
    "out of five": ["4.7/5", "3/5", "2.5/5"],
    "long clocks": ["26:42:40", "3:00:00", "0:10:05"],
    "feet and inches": ["5'11\"", "6'2\"", "5'"],
    "fractions": ["7 1/8", "9 1/2", "3/4", "6"],
    "fractions as signs": ["7⅛", "9½ in", "12", "3¾"],
    "fractions behind a hyphen": ['5-3/4"', '6-1/2"', '7"'],
}


@pytest.mark.parametrize("cells", NUMBERS.values(), ids=NUMBERS)
def test_a_column_of_numbers_is_read_again_as_it_was_understood(cells: list[str]) -> None:
    cells = cells * (1 if len(cells) > 9 else 5)
    column = sheet("size", cells).columns[1]
    recipe = json.loads(json.dumps(number_recipe(column, choices_of([]))))
    np.testing.assert_allclose(numbers_of(column.cells, recipe), column.values(), rtol=1e-15)
    assert np.isfinite(column.values()).sum() >= len(cells) / 2


def test_choices_are_part_of_the_recipe() -> None:
    choices = choices_of(["missing.size=-999", "decimal.size=,"])
    column = sheet(
        "size", ["1.234", "-999", "-999,0", "5,5"] * 5, "missing.size=-999", "decimal.size=,"
    )
    values = numbers_of(column.columns[1].cells, number_recipe(column.columns[1], choices))
    np.testing.assert_array_equal(values[:4], [1234, float("nan"), float("nan"), 5.5])


DATES = {
    "days": ["2024-01-30", "2024-01-31", "2024-02-01", "2024-02-02"],
    "day first": ["30.01.2024", "31.01.2024", "1.2.2024", "02.02.2024"],
    "month first": ["1/30/2024", "1/31/2024", "2/1/2024", "2/2/2024"],
    "short years": ["30/01/99", "31/01/00", "15/06/05", "02/02/10"],
    "year first": ["98-12-30", "98-12-31", "99-01-01", "99-01-02"],
    "names": ["30 Jan 2024", "31 January 2024", "1 Feb. 2024", "2 Okt 2024"],
    "Russian": ["30 января 2024", "31 января 2024", "1 февраля 2024"],
    "months": ["1949-01", "1949-02", "1949-03"],
    "quarters": ["2019Q4", "2020Q1", "2020Q2"],
    "weeks": ["2020-W01", "2020-W02", "2020-W53", "2021-W01"],
    "times": ["2024-01-30 23:00", "2024-01-30 24:00", "2024-01-31 01:30:15.25"],
    "afternoons": ["1/30/2024 1:30 PM", "1/30/2024 12:15 AM", "2/1/2024 11 AM"],
    "zones": ["2024-03-31T01:00+01:00", "2024-03-31T03:00+02:00", "2024-03-31T02:00Z"],
    "named zones": ["2024-03-31 01:00 CET", "2024-03-31 03:00 CEST", "2024-03-31 04:00 CEST"],
    "digits": ["20240130", "20240131", "20240201"],
    "no such day": [*(f"2024-04-{i:02d}" for i in range(1, 31)), "2024-04-31"],
    "too late": [*(f"2024-04-{i:02d}" for i in range(1, 31)), "9999-12-31"],
}


@pytest.mark.parametrize("in_utc", [False, True])
@pytest.mark.parametrize("cells", DATES.values(), ids=DATES)
def test_a_column_of_dates_is_read_again_as_it_was_understood(
    cells: list[str], in_utc: bool
) -> None:
    column = sheet("when", [*cells, "", "NA"]).columns[1]
    assert column.dates is not None
    recipe = json.loads(json.dumps(date_recipe(column, choices_of([]), in_utc)))
    wanted = column.dates.utc if in_utc else column.dates.seconds
    np.testing.assert_array_equal(moments_of(column.cells, recipe), wanted)
    assert np.isfinite(wanted).sum() >= 3


def test_seconds_since_1970_are_read_again() -> None:
    column = sheet("timestamp", [f"17000{i}000000" for i in range(10, 40)]).columns[1]
    assert column.dates is not None
    recipe = date_recipe(column, choices_of([]))
    np.testing.assert_array_equal(moments_of(column.cells, recipe), column.dates.seconds)
    assert recipe["epoch"] == 1e3


def test_moments_by_hand() -> None:
    column = sheet("when", ["1970-01-02", "1970-01-03", "1970-03-01"]).columns[1]
    recipe = date_recipe(column, choices_of([]))
    assert moments_of(["1970-01-02", "1971-01-01"], recipe).tolist() == [86_400, 365 * 86_400]
    assert len(recipe["patterns"]) == 1 and "hour" not in recipe["patterns"][0]


def test_the_functions_stand_alone_in_their_order() -> None:
    names: dict[str, Any] = {"np": np}
    for function in (*loading.NUMBER_FUNCTIONS, *loading.MOMENT_FUNCTIONS):
        exec(inspect.getsource(function), names)
    column = sheet("when", DATES["afternoons"]).columns[1]
    recipe = date_recipe(column, choices_of([]))
    assert np.array_equal(
        names["moments_of"](column.cells, recipe), moments_of(column.cells, recipe)
    )
    assert names["numbers_of"](["1,234.5", "x"], PLAIN)[0] == 1234.5
