"""Which columns of a sheet say when: one of dates, or several that each say a part of a time."""

import re
from collections.abc import Callable, Sequence

import numpy as np

from .columns import Column
from .dates import date_column
from .moments import clock_seconds
from .running import is_called_a_time
from .series_loading import calendar_seconds, decimal_year_seconds
from .sheet import Sheet
from .time_names import (
    DAY_NAMES,
    HOUR_NAMES,
    MINUTE_NAMES,
    MONTH_NAMES,
    QUARTER_NAMES,
    YEAR_NAMES,
)
from .time_words import Words, hours_in_words, months_in_words, quarters_in_words
from .timeline import Times, timeline_of

YEARS = (1500, 2200)
Part = tuple[Column, np.ndarray]  # a column that says a part of a time, and its numbers by row
COUNTED_MONTH = re.compile(r"(?P<year>\d{1,2})[-/.](?P<month>\d{2})")


def times_of(sheet: Sheet) -> Times | None:
    """The columns that say when; None where none does."""
    for column in sheet.columns:
        if column.dates is not None and column.type != "left out":
            times = _with_time_of_day(sheet, column)
            is_joined = len(times.columns) > 1
            return _settled_by_hours(sheet, column, times) if is_joined else times
    for read in (_from_parts, _from_years, _from_decimal_years, _from_counted_months):
        said = read(sheet)
        if said is not None:
            return said
    return None


def _named(sheet: Sheet, names: Sequence[str]) -> Column | None:
    for column in sheet.columns:
        if column.name.casefold().strip() in names:
            return column
    return None


def _with_time_of_day(sheet: Sheet, column: Column) -> Times:
    """Dates, and the time of day from a second column where there is one."""
    dates = column.dates
    assert dates is not None
    seconds, utc = dates.seconds, dates.utc
    if dates.precision in ("time", "month", "quarter", "week"):
        return Times((column,), seconds, utc, dates.precision)
    for other in sheet.columns:
        if other is column or other.type == "left out":
            continue
        time_of_day = _time_of_day(other, column.place)
        if time_of_day is not None:
            says, offset = time_of_day
            both = (column, other)
            return Times(both, seconds + offset, utc + offset, "time", ("date", says))
    return Times((column,), seconds, utc, dates.precision)


def _settled_by_hours(sheet: Sheet, column: Column, times: Times) -> Times:
    """Of two readings of 1/2/2024 the one that leaves no gap between the hours, if only one does."""
    dates = column.dates
    if dates is None or not dates.is_open:
        return times
    rows = np.arange(sheet.n_rows)
    readings = []
    for day_first in (True, False):
        calendar = dates.calendar
        read = date_column(column.cells, column.counts, day_first, calendar=calendar)
        if read is None:
            return times
        column.dates = read
        joined = _with_time_of_day(sheet, column)
        line = timeline_of(joined, rows)
        readings.append((line.gaps + line.doubled + (line.step is None), day_first, read, joined))
    best, other = sorted(readings, key=lambda reading: reading[0])
    if best[0] == other[0]:
        column.dates = dates
        return times
    column.dates = best[2]
    return best[3]


def _time_of_day(column: Column, place_of_date: int) -> tuple[str, np.ndarray] | None:
    """What a column beside the date says, "clock" or "hours", and its seconds of the day by row."""
    is_duration = column.numbers is not None and bool(column.numbers.parts)
    # 1h20 is how long something took, unless the column is called an hour.
    if is_duration and not _is_named(column, HOUR_NAMES):
        return None
    clocks = {cell: clock_seconds(cell) for cell in column.counts}
    if clocks and all(seconds is not None for seconds in clocks.values()):
        nan = float("nan")
        seconds = np.array([clocks.get(cell, nan) for cell in column.cells], dtype=np.float64)
        return "clock", seconds
    words = hour_words(column)
    if words is not None:
        return "hours", 3600 * _by_words(column, words)
    if column.numbers is None or not _are_hours(column, place_of_date):
        return None
    # Hours 1 to 24 are said at their end, as 24:00 is.
    return "hours", np.asarray(column.values() * 3600)


def _are_hours(column: Column, place_of_date: int) -> bool:
    """Whether numbers are the hours of a day: they are called so, or all 24 of them stand beside the date."""
    values = column.values()
    known = values[~np.isnan(values)]
    is_whole = len(known) > 0 and bool((known == np.round(known)).all())
    if not is_whole or known.min() < 0 or known.max() > 24:
        return False
    is_whole_day = len(np.unique(known)) == 24 and len(known) >= 48
    return _is_named(column, HOUR_NAMES) or (is_whole_day and column.place == place_of_date + 1)


def _is_named(column: Column, names: Sequence[str]) -> bool:
    return column.name.casefold().strip() in names


def hour_words(column: Column) -> Words | None:
    """What the cells of a column stand for, if these are hours written as words such as “HE 1” or “0100”."""
    is_named = _is_named(column, HOUR_NAMES)
    if column.numbers is not None:
        # 100, 200 … 2400: the zeros before them are lost. Up to 24 they are hours as they stand.
        is_large = bool(column.numbers.values) and max(column.numbers.values.values()) > 24
        if not (is_named and is_large):
            return None
    return hours_in_words(column.counts, is_named)


def quarter_words(column: Column) -> Words | None:
    """The same for quarters, such as “Q1”."""
    if column.numbers is not None:
        return None
    return quarters_in_words(column.counts, _is_named(column, QUARTER_NAMES))


def month_words(column: Column) -> Words | None:
    """The same for months, such as “M01” or “March”."""
    if column.numbers is not None:
        return None
    return months_in_words(column.counts, _is_named(column, MONTH_NAMES))


# What a column says -> its cells as words, for the recipe.
WORDS_OF = {"hours": hour_words, "quarter": quarter_words, "month": month_words}


def _by_words(column: Column, words: Words) -> np.ndarray:
    """Each row's number, NaN where its cell is none of the words."""
    nan = float("nan")
    return np.array([words.get(cell, nan) for cell in column.cells], dtype=np.float64)


def _from_parts(sheet: Sheet) -> Times | None:
    """Year and quarter, or year and month with day and hour where they are there, in columns of their own."""
    year = _years(_named(sheet, YEAR_NAMES))
    if year is None or not _lies_within(year[1], *YEARS):
        return None
    month = _part_of_year(sheet, MONTH_NAMES, month_words, 12)
    if month is not None:
        return _from_months(sheet, year, month)
    quarter = _part_of_year(sheet, QUARTER_NAMES, quarter_words, 4)
    return None if quarter is None else _from_quarters(year, quarter)


def _part_of_year(
    sheet: Sheet, names: Sequence[str], words_of: Callable[[Column], Words | None], most: int
) -> Part | None:
    """The column of months or quarters and its numbers: the one that is called so, else one of such words."""
    named = _named(sheet, names)
    whole = _whole_numbers(named)
    if whole is not None:
        return whole if _lies_within(whole[1], 1, most) else None
    for column in (*([named] if named is not None else ()), *sheet.columns):
        words = words_of(column) if column.type in ("category", "left out") else None
        if words is not None:
            return column, _by_words(column, words)
    return None


def _from_months(sheet: Sheet, year: Part, month: Part) -> Times:
    columns = [year[0], month[0]]
    says = ["year", "month"]
    day = _whole_numbers(_named(sheet, DAY_NAMES))
    days = np.ones(sheet.n_rows)
    if day is not None and _lies_within(day[1], 1, 31):
        columns.append(day[0])
        says.append("day")
        days = day[1]
    seconds = calendar_seconds(year[1], month[1], days)
    precision = "day" if len(columns) > 2 else "month"
    for names, size, part_says in ((HOUR_NAMES, 3600, "hours"), (MINUTE_NAMES, 60, "minutes")):
        part = _hour_or_minute(_named(sheet, names), part_says)
        if precision in ("day", "time") and part is not None:
            seconds = seconds + size * part[1]
            columns.append(part[0])
            says.append(part_says)
            precision = "time"
    return Times(tuple(columns), seconds, seconds, precision, tuple(says))


def _hour_or_minute(column: Column | None, says: str) -> Part | None:
    words = hour_words(column) if column is not None and says == "hours" else None
    if column is not None and words is not None:
        return column, _by_words(column, words)
    whole = _whole_numbers(column)
    return whole if whole is not None and _lies_within(whole[1], 0, 60) else None


def _from_quarters(year: Part, quarter: Part) -> Times:
    seconds = calendar_seconds(year[1], 3 * quarter[1] - 2, np.ones(len(year[1])))
    return Times((year[0], quarter[0]), seconds, seconds, "quarter", ("year", "quarter"))


def _years(column: Column | None) -> Part | None:
    """A column of whole numbers, counted as the years of our calendar."""
    whole = _whole_numbers(column)
    return None if whole is None else (whole[0], whole[1] - whole[0].years_ahead)


def _whole_numbers(column: Column | None) -> Part | None:
    if column is None or column.numbers is None:
        return None
    values = column.values()
    known = values[~np.isnan(values)]
    is_whole = len(known) > 0 and (known == np.round(known)).all()
    return (column, values) if is_whole else None


def _lies_within(values: np.ndarray, low: float, high: float) -> bool:
    known = values[~np.isnan(values)]
    return bool(len(known) and low <= known.min() and known.max() <= high)


def _from_years(sheet: Sheet) -> Times | None:
    """A column of years: called so, or the first one, rising or falling by the same step."""
    for column in sheet.columns:
        is_named = column.name.casefold().strip() in YEAR_NAMES
        whole = _years(column)
        if (
            whole is None
            or not (is_named or column.place == 0)
            or not _lies_within(whole[1], *YEARS)
        ):
            continue
        years = whole[1]
        steps = np.diff(years)
        is_even = len(steps) > 0 and bool(np.isin(steps, (steps[0],)).all()) and steps[0] != 0
        if is_named or is_even:
            ones = np.ones(len(years))
            seconds = calendar_seconds(years, ones, ones)
            return Times((column,), seconds, seconds, "year", ("year",))
    return None


def _from_decimal_years(sheet: Sheet) -> Times | None:
    """1960.0417, 1960.125, …: years with a fraction, of which each is one month or several."""
    for column in sheet.columns[:3]:
        if column.numbers is None or not (is_called_a_time(column) or column.place == 0):
            continue
        values = column.values()
        seconds = decimal_year_seconds(values)
        steps = np.diff(seconds.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64))
        is_whole = bool((values == np.round(values)).all())
        is_even = len(steps) > 2 and steps[0] != 0 and bool((steps == steps[0]).all())
        if is_even and not is_whole and _lies_within(values, *YEARS):
            return Times((column,), seconds, seconds, "month", ("decimal year",))
    return None


def _from_counted_months(sheet: Sheet) -> Times | None:
    """ "1-01", "1-02" … "3-12": months of years that are only counted."""
    for column in sheet.columns[:2]:
        # The first cell that is none ends the look.
        if not all(map(COUNTED_MONTH.fullmatch, column.cells)):
            continue
        matches = [COUNTED_MONTH.fullmatch(cell) for cell in column.cells]
        years = np.array([float(match["year"]) for match in matches if match])
        months = np.array([float(match["month"]) for match in matches if match])
        steps = np.diff(12 * years + months)
        is_even = len(steps) > 2 and bool((np.abs(steps) == 1).all()) and years.min() >= 1
        if is_even and _lies_within(months, 1, 12):
            seconds = calendar_seconds(years, months, np.ones(len(years)))
            return Times((column,), seconds, seconds, "month", ("counted month",))
    return None
