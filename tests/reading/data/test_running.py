"""Times that are only counted: whatever counts the rows, a series is read from its oldest row."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest

from playground.reading.data.choices import choices_of
from playground.reading.data.series import parts_of_series
from playground.reading.data.series_loading import decimal_year_seconds, series_of
from playground.reading.data.series_recipe import series_recipe
from playground.reading.data.sheet import sheet_of

from .cases import WAVE, read, table, told

N = len(WAVE)
COUNTED: dict[str, tuple[str, Callable[[int], object]]] = {
    "running numbers": ("", lambda i: i + 1),
    "Julian days": ("jd", lambda i: f"{2450000.5 + i}"),
    "days and fractions": ("t", lambda i: f"{736330 + i / 24:.6f}"),
    "days of a spreadsheet": ("day", lambda i: 44197 + i),
    "seconds from the start": ("seconds", lambda i: f"{i * 0.25:.2f}"),
    "times of day": ("time", lambda i: f"{i // 12:02d}:{5 * (i % 12):02d}"),
    "years and fractions": ("year", lambda i: f"{1960 + i / 12:.4f}"),
    "years and fractions, middle of the month": ("decimal date", lambda i: f"{1958 + (i + 0.5) / 12:.3f}"),
}  # fmt: skip


@pytest.mark.parametrize("kind", [(), ("kind=series",)])
@pytest.mark.parametrize("is_newest_first", [False, True])
@pytest.mark.parametrize("counted", COUNTED)
def test_the_oldest_row_comes_first(
    counted: str, is_newest_first: bool, kind: tuple[str, ...]
) -> None:
    name, cell = COUNTED[counted]
    rows: list[list[object]] = [[cell(i), WAVE[i]] for i in range(N)]
    if is_newest_first:
        rows.reverse()
    understood = read(table([[name, "x"], *rows]), *kind)
    assert understood.kind == "series" and understood.values is not None
    assert understood.values.column == "x"
    assert (understood.values.first, understood.values.last) == (WAVE[0], WAVE[-1])
    assert ("newest_first" in told(understood)) == is_newest_first


def test_a_table_of_even_steps_that_are_no_time_stays_a_table() -> None:
    rows: list[list[object]] = [[i / 10, WAVE[i]] for i in range(N)]
    assert read(table([["x", "y"], *rows])).kind == "table"


@pytest.mark.parametrize("decimals", [3, 4, 6])
@pytest.mark.parametrize("middle", [0.0, 0.5])
def test_a_year_with_a_fraction_is_the_month_that_it_lies_in(decimals: int, middle: float) -> None:
    months = np.arange(12 * 1700, 12 * 2100)
    years = np.round((months + middle) / 12, decimals)
    wanted = (months - 12 * 1970).astype("datetime64[M]").astype("datetime64[s]").astype(float)
    np.testing.assert_array_equal(decimal_year_seconds(years), wanted)


def test_rows_in_any_order_are_put_in_order_again_by_the_recipe() -> None:
    order = np.random.default_rng(0).permutation(N)
    text = "year,x\n" + "".join(f"{1960 + i / 12:.4f},{WAVE[i]}\n" for i in range(N))
    lines = text.splitlines()
    first_last = [lines[0], *(lines[1 + i] for i in range(N))]
    sheet = sheet_of("\n".join(first_last).encode(), choices_of([]))
    recipe = series_recipe(sheet, parts_of_series(sheet, choices_of([])), choices_of([]), [])
    recipe = json.loads(json.dumps(recipe))
    recipe["times"] = [{"place": 0, "says": "decimal year", "form": recipe["columns"][0]["form"]}]
    rows = [lines[1 + i].split(",") for i in order]
    (series,) = series_of(rows, recipe)
    np.testing.assert_allclose(series[:, 0], WAVE)


def test_days_of_a_spreadsheet_in_a_date_column_stay_dates() -> None:
    first = date(1899, 12, 30)
    days = [(date(2020, 1, 31) + timedelta(days=7 * i) - first).days for i in range(N)]
    understood = read(table([["Date", "x"], *[[day, WAVE[i]] for i, day in enumerate(days)]]))
    assert understood.kind == "series"
