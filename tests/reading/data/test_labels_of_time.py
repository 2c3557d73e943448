"""Times written as labels or in several columns: fiscal years, half-years, quarters, weeks, days of the year."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest

from .cases import WAVE, codes, column, read, table, told
from .test_order_of_time import ordered

N = len(WAVE)
Cell = Callable[[int], object]
YEAR_IN_SPANISH = """
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
"""
SPANISH = YEAR_IN_SPANISH.split()
MONDAY = date(2019, 1, 7)


def quarter(i: int) -> tuple[int, int]:
    return 1990 + i // 4, i % 4 + 1


def week(i: int) -> tuple[int, int]:
    year, number, _ = (MONDAY + timedelta(days=7 * i)).isocalendar()
    return year, number


# What the column is called, its cells, the step, and the first and the last time.
LABELS: dict[str, tuple[str, Cell, str, str, str]] = {
    "fiscal years": ("Year", lambda i: f"{1930 + i}-{(1931 + i) % 100:02d}", "year", "1930", "2025"),
    "with a slash": ("Saison", lambda i: f"{1930 + i}/{1931 + i}", "year", "1930", "2025"),
    "with a dash": ("season", lambda i: f"{1930 + i}–{(1931 + i) % 100:02d}", "year", "1930", "2025"),
    "called FY": ("FY", lambda i: f"FY{1930 + i}", "year", "1930", "2025"),
    "called FY in full": ("x", lambda i: f"FY {1930 + i}/{(1931 + i) % 100:02d}", "year", "1930", "2025"),
    "half-years": ("period", lambda i: f"{1970 + i // 2}-S{i % 2 + 1}", "6 months", "1970-01", "2017-07"),
    "half-years first": ("p", lambda i: f"H{i % 2 + 1} {1970 + i // 2}", "6 months", "1970-01", "2017-07"),
    "quarters with a colon": ("Q", lambda i: "{}:{}".format(*quarter(i)), "quarter", "1990-01", "2013-10"),
    "quarters first": ("Quarter", lambda i: "{1}/{0}".format(*quarter(i)), "quarter", "1990-01", "2013-10"),
    "quarters with a point": ("qtr", lambda i: "{}.{}".format(*quarter(i)), "quarter", "1990-01", "2013-10"),
    "quarters by their order": ("t", lambda i: "{}-{}".format(*quarter(i)), "quarter", "1990-01", "2013-10"),
    "weeks first": ("Woche", lambda i: "{1:02d}/{0}".format(*week(i)), "week", "2019-01-07", "2020-11-02"),
    "weeks in six digits": ("YearWeek", lambda i: "{}{:02d}".format(*week(i)), "week", "2019-01-07", "2020-11-02"),
    "Spanish months": ("mes", lambda i: f"{SPANISH[i % 12]} de {1990 + i // 12}", "month", "1990-01", "1997-12"),
}  # fmt: skip


@pytest.mark.parametrize("is_newest_first", [False, True])
@pytest.mark.parametrize("label", LABELS)
def test_labels_say_when(label: str, is_newest_first: bool) -> None:
    name, cell, step, start, end = LABELS[label]
    rows: list[list[object]] = [[cell(i), WAVE[i]] for i in range(N)]
    if is_newest_first:
        rows.reverse()
    text = table([[name, "x"], *rows])
    understood = read(text)
    assert understood.kind == "series" and understood.time is not None
    assert understood.time.start.startswith(start) and understood.time.end.startswith(end)
    assert understood.time.step == step
    assert ("newest_first" in told(understood)) == is_newest_first
    assert column(understood, name).type == "date"
    assert ordered(text) == WAVE
    assert ordered(text, "gaps=fill") == WAVE


def test_fiscal_years_of_two_digits_go_on_over_the_turn_of_the_century() -> None:
    rows = [[f"FY{(1986 + i) % 100:02d}", WAVE[i]] for i in range(40)]
    time = read(table([["FY", "x"], *rows])).time
    assert time is not None and (time.start, time.end) == ("1986-01-01", "2025-01-01")
    assert (time.order, time.gaps) == ("oldest first", 0)


@pytest.mark.parametrize("sign", ["-", "/"])
def test_fiscal_years_whose_second_part_may_be_a_month_are_years(sign: str) -> None:
    rows = [[f"{2000 + i}{sign}{1 + i:02d}", WAVE[i]] for i in range(12)]
    understood = read(table([["Year", "x"], *rows]))
    assert understood.time is not None and understood.time.step == "year"
    assert understood.time.end == "2011-01-01"


@pytest.mark.parametrize("name", ["Date", "Year"])
def test_months_and_numbers_that_are_no_such_labels_stay_what_they_are(name: str) -> None:
    rows = [[f"{2000 + i // 12}-{1 + i % 12:02d}", WAVE[i]] for i in range(N)]
    understood = read(table([[name, "x"], *rows]))
    assert understood.time is not None and understood.time.step == "month"
    prices = [[1990.1 + i % 4 / 10, WAVE[i]] for i in range(N)]
    assert read(table([["price", "x"], *prices])).kind == "table"


def by_month(i: int) -> list[object]:
    return [2010 + i // 12, i % 12 + 1]


def by_day(i: int) -> list[object]:
    day = date(2019, 12, 20) + timedelta(days=i)
    return [day.year, day.month, day.day]


def by_minute(i: int) -> list[object]:
    return [2021, 5, 1 + i // 48, i // 2 % 24, 30 * (i % 2)]


PARTS: dict[str, tuple[str, Callable[[int], list[object]], str, str]] = {
    "weeks": ("year week", lambda i: list(week(i)), "week", "2019-01-07"),
    "German weeks": ("Jahr KW", lambda i: list(week(i)), "week", "2019-01-07"),
    "weeks in words": ("year isoweek", lambda i: [week(i)[0], f"W{week(i)[1]:02d}"], "week", "2019-01-07"),
    "days of the year": ("YEAR DOY", lambda i: [2019 + (i + 330) // 365, (i + 330) % 365 + 1], "day", "2019-11-27"),
    "days that exceed a month": ("Year Day", lambda i: [2019, i + 1], "day", "2019-01-01"),
    "days": ("YEAR MO DY", by_day, "day", "2019-12-20"),
    "minutes": ("yr mo dy hr mn", by_minute, "30 minutes", "2021-05-01T00:00:00"),
    "minutes in capitals": ("YY MM DD hh mm", by_minute, "30 minutes", "2021-05-01T00:00:00"),
}  # fmt: skip


@pytest.mark.parametrize("is_newest_first", [False, True])
@pytest.mark.parametrize("parts", PARTS)
def test_parts_of_a_time_in_columns_of_their_own_are_joined(
    parts: str, is_newest_first: bool
) -> None:
    names, cells, step, start = PARTS[parts]
    rows = [[*cells(i), WAVE[i]] for i in range(N)]
    if is_newest_first:
        rows.reverse()
    text = table([[*names.split(), "x"], *rows])
    understood = read(text)
    assert understood.kind == "series" and understood.time is not None
    assert understood.time.columns == names.split() and understood.groups == []
    assert (understood.time.step, understood.time.start) == (step, start)
    assert understood.time.gaps == 0 and codes(understood) == []
    assert ordered(text) == WAVE
    without_one = table([[*names.split(), "x"], *rows[:9], *rows[10:]])
    filled = ordered(without_one, "gaps=fill")
    missing = N - 10 if is_newest_first else 9
    np.testing.assert_array_equal(filled, [*WAVE[:missing], np.nan, *WAVE[missing + 1 :]])


@pytest.mark.parametrize("is_newest_first", [False, True])
@pytest.mark.parametrize("n_in_group", [4, 12])
def test_a_year_that_stands_only_above_its_group_is_filled_down(
    n_in_group: int, is_newest_first: bool
) -> None:
    name = "Quarter" if n_in_group == 4 else "Month"
    order = range(N)[::-1] if is_newest_first else range(N)
    rows: list[list[object]] = []
    for place, i in enumerate(order):
        year = 1990 + i // n_in_group if place % n_in_group == 0 else ""
        rows.append([year, i % n_in_group + 1, WAVE[i]])
    text = table([["Year", name, "x"], *rows])
    understood = read(text)
    assert understood.time is not None and understood.time.step == name.casefold()
    assert understood.values is not None and understood.values.steps == N
    assert codes(understood) == [] and "filled_down" in told(understood)
    assert ordered(text, "gaps=fill") == WAVE


def test_a_date_that_stands_only_above_its_hours_is_filled_down() -> None:
    rows = []
    for i in range(N):
        day = date(2020, 1, 1) + timedelta(days=i // 24) if i % 24 == 0 else ""
        rows.append([day, i % 24, WAVE[i]])
    text = table([["Date", "Hour", "kW"], *rows])
    understood = read(text)
    assert understood.time is not None and understood.time.step == "hour"
    assert told(understood) == ["filled_down"] and ordered(text, "gaps=fill") == WAVE


def test_years_that_are_missing_here_and_there_are_not_filled_down() -> None:
    rows = [by_month(i) for i in range(N)]
    for i in range(10, N, 12):
        rows[i][0] = ""
    text = table([["Year", "Month", "x"], *[[*row, WAVE[i]] for i, row in enumerate(rows)]])
    understood = read(text, "gaps=as_rows")
    assert codes(understood) == ["untimed"] and "filled_down" not in told(understood)
    remedies = [remedy.set for remedy in understood.doubts[0].remedies]
    assert remedies == ["untimed=leave_out", "time=none"]
    left_out = read(text, "gaps=as_rows", remedies[0])
    assert codes(left_out) == [] and "untimed" in told(left_out)
    in_order = read(text, remedies[1], "value=x", kind="series")
    assert in_order.values is not None and in_order.values.steps == N


def statistics(blocks: str) -> str:
    """Blocks of years, quarters and months one below the other. In: their first letters."""
    rows: list[list[object]] = []
    if "y" in blocks:
        rows += [[1990 + i, 50 + i] for i in range(24)]
    if "q" in blocks:
        rows += [[f"{1990 + i // 4} Q{i % 4 + 1}", 60 + i] for i in range(96)]
    if "m" in blocks:
        names = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
        rows += [[f"{1990 + i // 12} {names[i % 12]}", WAVE[i]] for i in range(N)]
    return table([["Title", "CPI"], *rows])


@pytest.mark.parametrize(("blocks", "step"), [("yqm", "month"), ("ym", "month"), ("yq", "quarter")])
def test_of_years_quarters_and_months_in_one_file_the_finest_are_used(
    blocks: str, step: str
) -> None:
    text = statistics(blocks)
    understood = read(text)
    assert understood.kind == "series" and understood.time is not None
    assert understood.time.step == step and codes(understood) == []
    (note,) = [note for note in understood.notes if note.code == "other_steps"]
    assert "1990" in note.message and "lines 2, 3" in note.message
    values = ordered(text)
    assert len(values) == N and values[0] == (WAVE[0] if step == "month" else 60)


NOT_UNDERSTOOD: dict[str, Cell] = {
    "days without a year": lambda i: f"{i % 28 + 1:02d}.{i // 28 + 1:02d}.",
    "times in other words": lambda i: f"{i % 12 + 1}th moon of {1990 + i // 12}",
}


@pytest.mark.parametrize("kind", NOT_UNDERSTOOD)
def test_the_order_is_asked_where_a_time_is_not_understood(kind: str) -> None:
    rows: list[list[object]] = [[NOT_UNDERSTOOD[kind](i), WAVE[i]] for i in range(N)]
    text = table([["when", "x"], *rows])
    understood = read(text, kind="series")
    (doubt,) = understood.doubts
    assert doubt.code == "no_time" and "“when”" in doubt.message
    assert [remedy.set for remedy in doubt.remedies] == ["time=none", "time=newest_first"]
    for remedy, first in (("time=none", WAVE[0]), ("time=newest_first", WAVE[-1])):
        settled = read(text, remedy, kind="series")
        assert codes(settled) == [] and settled.values is not None
        assert settled.values.first == first == ordered(text, remedy)[0]


def test_labels_whose_numbers_only_fall_turn_the_series_round() -> None:
    for numbers, is_turned in ((range(N, 0, -1), True), (range(1, N + 1), False)):
        rows = [[f"{number}th day", WAVE[i]] for i, number in enumerate(numbers)]
        text = table([["when", "x"], *rows])
        understood = read(text, kind="series")
        assert codes(understood) == [] and ("newest_first" in told(understood)) == is_turned
        assert ordered(text) == (WAVE[::-1] if is_turned else WAVE)


def test_a_series_without_anything_like_a_time_is_not_doubted() -> None:
    rows = [["ab"[i % 2], WAVE[i]] for i in range(N)]
    assert codes(read(table([["side", "x"], *rows]), kind="series")) == []


@pytest.mark.parametrize("is_newest_first", [False, True])
def test_times_of_day_go_on_over_midnight(is_newest_first: bool) -> None:
    rows: list[list[object]] = []
    for i in range(N):
        minute = (22 * 60 + 30 + 5 * i) % 1440
        rows.append([f"{minute // 60:02d}:{minute % 60:02d}", WAVE[i]])
    if is_newest_first:
        rows.reverse()
    text = table([["time", "x"], *rows])
    understood = read(text)
    assert understood.kind == "series" and codes(understood) == []
    assert ordered(text) == WAVE


def test_a_date_that_is_the_same_in_every_row_does_not_say_when() -> None:
    rows: list[list[object]] = []
    for place in ("AT", "DE"):
        rows += [
            ["12/03/24 11:00:00", place, f"{1990 + i // 12}-{i % 12 + 1:02d}", WAVE[i]]
            for i in range(N)
        ]
    understood = read(table([["LAST UPDATE", "geo", "TIME_PERIOD", "OBS_VALUE"], *rows]))
    assert understood.kind == "series" and understood.time is not None
    assert understood.time.columns == ["TIME_PERIOD"] and understood.groups == ["AT", "DE"]
    hours = [["2024-01-02", i, WAVE[i]] for i in range(24)]
    of_a_day = read(table([["Date", "Hour", "x"], *hours]))
    assert of_a_day.time is not None and of_a_day.time.step == "hour"
