"""Months of years of two digits: 97-01, 01/97, across the year 2000, and newest first."""

import pytest

from .cases import codes, read, table

FORMS = ["{year}-{month:02d}", "{month:02d}/{year}", "'{year}/{month}", "{month}-{year}"]


def series(form: str, first: int, n: int, is_newest_first: bool = False) -> str:
    """n months from January of a year on; the values rise with time."""
    rows = []
    for i in range(n):
        cell = form.format(year=f"{(first + i // 12) % 100:02d}", month=i % 12 + 1)
        rows.append([cell, f"{i + (i % 7) / 10:.1f}"])
    return table([["month", "sold"], *(rows[::-1] if is_newest_first else rows)])


@pytest.mark.parametrize("is_newest_first", [False, True])
@pytest.mark.parametrize(
    ("first", "start", "end"),
    [
        (1997, "1997-01-01", "2001-12-01"),
        (2010, "2010-01-01", "2014-12-01"),
        (1955, "1955-01-01", "1959-12-01"),
        (2003, "2003-01-01", "2007-12-01"),
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_a_year_of_two_digits_is_one_of_the_calendar(
    form: str, first: int, start: str, end: str, is_newest_first: bool
) -> None:
    understood = read(series(form, first, 60, is_newest_first), kind="series")
    time = understood.time
    assert time is not None
    assert (time.start, time.end, time.step, time.season) == (start, end, "month", 12)
    assert time.order == ("newest first" if is_newest_first else "oldest first")
    assert understood.values is not None and understood.values.first == 0
    assert "no_time" not in codes(understood)


def test_years_that_are_counted_from_one_stay_so() -> None:
    understood = read(series("{year}-{month:02d}", 2001, 36), kind="series")
    assert understood.time is not None and understood.time.start == "0001-01-01"


def test_behind_a_month_a_year_is_never_only_counted() -> None:
    understood = read(series("{month:02d}/{year}", 2001, 36), kind="series")
    assert understood.time is not None
    assert (understood.time.start, understood.time.end) == ("2001-01-01", "2003-12-01")


def test_scores_and_parts_are_no_months() -> None:
    rows = [[f"{10 + i % 3}-{i % 5 + 1:02d}", i * 1.5] for i in range(30)]
    assert read(table([["score", "y"], *rows]), kind="series").time is None
