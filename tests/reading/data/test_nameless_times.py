"""Series in files without names, and days of a spreadsheet with the time of day."""

from datetime import date, timedelta

import pytest

from .cases import WAVE, column, read, table

START = date(2017, 7, 3)
DAYS = [START + timedelta(days=i) for i in range(90)]


def epoch(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86_400


@pytest.mark.parametrize("scale", [1, 1_000])
def test_seconds_since_1970_in_a_first_column_without_a_name(scale: int) -> None:
    rows = [[scale * epoch(day), f"{WAVE[i]:.2f}", i * 7 % 100] for i, day in enumerate(DAYS)]
    understood = read(table(rows), kind="series")
    assert understood.time is not None and understood.time.step == "day"
    assert understood.time.start == "2017-07-03T00:00:00"
    assert column(understood, "column 1").type == "date"


def test_years_and_months_in_first_columns_without_names() -> None:
    months = [(1990 + i // 12, i % 12 + 1) for i in range(96)]
    rows = [
        [year, f"{month:02d}", f"{year + (month - 0.5) / 12:.3f}", f"{WAVE[i]:.1f}", i * 7 % 31]
        for i, (year, month) in enumerate(months)
    ]
    understood = read(table(rows, ";"), kind="series")
    assert understood.time is not None and understood.time.columns == ["column 1", "column 2"]
    assert (understood.time.step, understood.time.end) == ("month", "1997-12-01")


def test_years_months_and_days_in_first_columns_without_names() -> None:
    rows = [[day.year, day.month, day.day, f"{WAVE[i]:.1f}"] for i, day in enumerate(DAYS)]
    understood = read(table(rows, " "), kind="series")
    assert understood.time is not None and understood.time.step == "day"
    assert understood.time.start == "2017-07-03"


def test_numbers_that_only_lie_within_these_limits_are_no_times() -> None:
    rows = [[1500 + i * 7 % 300, i * 5 % 12 + 1, f"{WAVE[i]:.1f}"] for i in range(90)]
    understood = read(table(rows), kind="series")
    assert understood.time is None


@pytest.mark.parametrize("name", ["Zeit", "time", "Datum", "timestamp"])
def test_days_of_a_spreadsheet_with_the_time_of_day(name: str) -> None:
    rows = [[f"{43831 + i / 24:.5f}", f"{WAVE[i]:.2f}"] for i in range(72)]
    understood = read(table([[name, "value"], *rows]), kind="series")
    assert understood.time is not None and understood.time.step == "hour"
    assert (understood.time.start, understood.time.season) == ("2020-01-01T00:00:00", 24)


def test_seconds_of_a_measurement_are_no_days_of_a_spreadsheet() -> None:
    rows = [[f"{43831 + i * 0.013:.5f}", f"{WAVE[i]:.2f}"] for i in range(72)]
    understood = read(table([["time", "value"], *rows]), kind="series")
    assert understood.time is None
