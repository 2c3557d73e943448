"""Dates beside a series: put in order, their gaps counted, and nothing sorted that is no date."""

import inspect
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from playground.catalogues.datasets import DATASETS, uploads
from playground.catalogues.datasets.series import Series
from playground.reading.clocks import Clock, clock_of
from playground.reading.dates import time_order

RISING = Clock("ISO8601", "kept")


def days(start: str, n: int, form: str = "%Y-%m-%d", freq: str = "D") -> list[str]:
    return pd.date_range(start, periods=n, freq=freq).strftime(form).tolist()


@pytest.mark.parametrize(
    ("form", "known"),
    [
        ("%Y-%m-%d", "ISO8601"), ("%Y/%m/%d", "ISO8601"), ("%Y-%m-%dT%H:%M:%S", "ISO8601"), ("%Y%m%d", "%Y%m%d"),
        ("%d.%m.%Y", "%d.%m.%Y"), ("%m/%d/%Y", "%m/%d/%Y"), ("%d/%m/%Y", "%d/%m/%Y"), ("%d/%m/%y", "%d/%m/%y"),
        ("%d-%b-%Y", "%d-%b-%Y"), ("%b %d, %Y", "%b %d, %Y"), ("%d %B %Y %H:%M", "%d %B %Y %H:%M"),
        ("%Y年%m月%d日", "%Y年%m月%d日"),
    ],
)  # fmt: skip
def test_common_ways_to_write_a_day_are_known(form: str, known: str) -> None:
    cells = days("2020-01-25", 60, form)
    assert clock_of(cells) == Clock(known, "kept")
    assert clock_of(cells[::-1]) == Clock(known, "reversed")


@pytest.mark.parametrize("form", ["%m/%d/%Y", "%d/%m/%Y"])
def test_days_that_could_be_months_are_read_so_that_the_rows_are_in_order_and_even(
    form: str,
) -> None:
    assert clock_of(days("2020-01-01", 40, form, "MS")) == Clock(form, "kept")
    assert clock_of(days("2020-01-01", 40, form)) == Clock(form, "kept")


@pytest.mark.parametrize(
    ("freq", "form"),
    [
        ("h", "%Y-%m-%d %H:%M"),
        ("W", "%Y-%m-%d"),
        ("MS", "%Y-%m"),
        ("ME", "%Y-%m-%d"),
        ("YS", "%Y-%m-%d"),
    ],
)
def test_even_steps_of_the_calendar_have_no_gaps(freq: str, form: str) -> None:
    assert clock_of(days("2019-11-01", 60, form, freq)) == RISING


def test_weekends_are_no_gaps_where_none_has_a_row() -> None:
    week = days("2024-01-01", 60, freq="B")
    assert clock_of(week) == RISING
    del week[10:12]  # Monday and Tuesday
    assert clock_of(week) == replace(RISING, missing=2, gaps=1, largest=2, after=9)


def test_gaps_by_hand() -> None:
    cells = [
        "2024-03-01",
        "2024-03-02",
        "2024-03-04",
        "2024-03-05",
        "2024-03-09",
        "2024-03-10",
        "2024-03-11",
    ]
    gaps = replace(RISING, missing=4, gaps=2, largest=3, after=3)
    assert clock_of(cells) == gaps
    assert clock_of(cells[::-1]) == replace(gaps, order="reversed")
    mixed = [cells[i] for i in (3, 0, 6, 1, 5, 2, 4)]
    assert clock_of(mixed) == replace(gaps, order="sorted")
    assert gaps.positions(cells).tolist() == list(range(7))
    assert replace(gaps, order="reversed").positions(cells).tolist() == [6, 5, 4, 3, 2, 1, 0]
    assert replace(gaps, order="sorted").positions(mixed).tolist() == [1, 3, 5, 0, 6, 4, 2]


def test_a_blank_row_stands_for_a_step_and_is_no_gap() -> None:
    cells = days("2024-03-01", 20)
    cells[7] = ""
    assert clock_of(cells) == RISING
    cells[12:14] = [cells[13], cells[12]]
    assert clock_of(cells) == replace(
        RISING, order="sorted", untimed=1, missing=1, gaps=1, largest=1, after=6
    )
    assert len(time_order(cells, "ISO8601")) == 19


def test_several_rows_of_one_time_are_counted_and_keep_their_order() -> None:
    cells = [day for day in days("2024-03-01", 10) for _ in range(3)]
    assert clock_of(cells) == replace(RISING, repeated=20)
    assert time_order([*cells[3:6], *cells[:3]], "ISO8601").tolist() == [3, 4, 5, 0, 1, 2]


def test_an_index_rises_or_falls_evenly_and_is_never_sorted() -> None:
    assert clock_of([str(i) for i in range(2000, 2030)]) == Clock("", "kept")
    assert clock_of([str(i) for i in range(2030, 2000, -1)]) == Clock("", "reversed")
    rows = [str(i) for i in range(30) if i not in (4, 9, 10)]
    assert clock_of(rows) == Clock("", "kept", missing=3, gaps=2, largest=2, after=7)
    assert clock_of([f"{i * 0.1:.1f}" for i in range(50)]) == Clock("", "kept")
    assert clock_of([rows[3], *rows]) is None


@pytest.mark.parametrize(
    "cells",
    [
        ["7", "3", "9", "2014", "5"] * 8, [str(2**i) for i in range(20)], ["mon", "tue", "wed"] * 9, ["", "", "1"] * 9,
        ["2020-01-01"] * 30, [], ["2024-01-01", "2024-01-02"], [*days("2024-01-01", 30), "total"],
        ["10:00", "11:00", "12:00"],
    ],
    ids=["numbers", "powers", "words", "blank", "one day", "nothing", "two", "a sum below", "hours alone"],
)  # fmt: skip
def test_what_is_no_time_orders_nothing(cells: list[str]) -> None:
    assert clock_of(cells) is None


def test_uneven_dates_are_told_and_not_counted_as_gaps() -> None:
    cells = [str(pd.Timestamp("2024-01-01") + pd.Timedelta(days=i * i))[:10] for i in range(1, 40)]
    assert clock_of(cells) == replace(RISING, uneven=True)


def own(lines: list[str]) -> Series:
    return DATASETS["own_series"](
        file=uploads.put("\n".join(lines).encode(), "series"), window=8, horizon=2
    )


VALUES = [float(i * i % 37) for i in range(80)]
DAYS = days("2024-01-01", 80)
MIXED = np.random.default_rng(0).permutation(80).tolist()
FILES = {
    "kept": [f"{day},{value}" for day, value in zip(DAYS, VALUES, strict=True)],
    "reversed": [f"{day},{value}" for day, value in zip(DAYS[::-1], VALUES[::-1], strict=True)],
    "sorted": [f"{DAYS[i]},{VALUES[i]}" for i in MIXED],
}


@pytest.mark.parametrize("order", FILES)
def test_the_series_and_its_script_run_from_the_past_to_the_future(
    order: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = own(["day,value", *FILES[order]])
    assert data.values().tolist() == VALUES and data.times() == DAYS
    told = data.preview()["clock"]  # type: ignore[index]
    assert (told["order"], told["name"], told["missing"]) == (order, "day", 0)
    assert data.needs == (("pandas",) if order == "sorted" else ())
    (tmp_path / "series.csv").write_text("\n".join(["day,value", *FILES[order]]))
    monkeypatch.chdir(tmp_path)
    line, functions = data.source()
    names: dict[str, Any] = {"np": np, "DATA_FILE": data.own_file()}
    for function in functions:
        exec(inspect.getsource(function), names)
    exec(line, names)
    for ours, theirs in zip(data.raw(), (names["x"], names["y"]), strict=True):
        assert np.array_equal(ours, theirs) and len(ours) == 71


def test_rows_without_a_time_are_left_out_where_the_rest_is_sorted() -> None:
    data = own(["day,value", *FILES["sorted"][:40], ",5", *FILES["sorted"][40:]])
    assert data.values().tolist() == VALUES
    assert data.preview()["clock"]["untimed"] == 1  # type: ignore[index]
    data = own(["day,value", *FILES["kept"][:40], ",5", *FILES["kept"][40:]])
    assert data.values().tolist() == [*VALUES[:40], 5.0, *VALUES[40:]]


def test_the_largest_gap_is_named_by_the_row_before_it() -> None:
    rows = [row for i, row in enumerate(FILES["reversed"]) if i not in (20, 50, 51)]
    told = own(["day,value", *rows]).preview()["clock"]  # type: ignore[index]
    assert told == {
        "order": "reversed", "untimed": 0, "repeated": 0, "missing": 3, "gaps": 2, "largest": 2, "after": DAYS[27],
        "uneven": False, "name": "day",
    }  # fmt: skip


def test_the_only_column_is_no_clock() -> None:
    assert own(["value", *(str(2000 - i) for i in range(80))]).preview()["clock"] is None  # type: ignore[index]
