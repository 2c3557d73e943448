"""Which columns of a sheet say when: one of dates, or several that each say a part of a time."""

import re

import numpy as np

from .columns import Column
from .dates import date_column
from .moments import clock_seconds
from .running import is_called_a_time
from .series_loading import calendar_seconds, decimal_year_seconds, filled_down
from .sheet import Sheet
from .time_labels import Labels, labels_of
from .time_names import HOUR_NAMES, YEAR_NAMES
from .time_parts import (
    YEARS,
    by_words,
    from_nameless_parts,
    from_parts,
    hour_words,
    is_merged,
    is_named,
    lies_within,
    years_of,
)
from .timeline import Times, timeline_of

COUNTED_MONTH = re.compile(r"(?P<year>\d{1,2})[-/.](?P<month>\d{2})")


def times_of(sheet: Sheet) -> Times | None:
    """The columns that say when; None where none does."""
    dates = [column for column in sheet.columns if column.dates is not None]
    dates = [column for column in dates if column.type != "left out"]
    # The day of the last update is the same in every row.
    for column in dates:
        if column.has_several():
            return _from_dates(sheet, column)
    times = [_from_dates(sheet, column) for column in dates]
    for said in times:
        if len(said.columns) > 1:
            return said
    for read in (
        from_parts,
        from_nameless_parts,
        _from_labels,
        _from_years,
        _from_decimal_years,
        _from_counted_months,
    ):
        parts = read(sheet)
        if parts is not None:
            return parts
    return times[0] if times else None


def _from_dates(sheet: Sheet, column: Column) -> Times:
    """A column of dates, as labels or with the time of day beside it where it is meant so."""
    labels = labels_of(column)
    if labels is not None:
        return _labelled(column, labels)
    times = _with_time_of_day(sheet, column)
    is_joined = len(times.columns) > 1
    return _settled_by_hours(sheet, column, times) if is_joined else times


def _from_labels(sheet: Sheet) -> Times | None:
    """Fiscal years, half-years, quarters and weeks as numbers, or months with their years between."""
    for column in sheet.columns:
        is_number = column.numbers is not None
        may_count = column.place == 0 or is_called_a_time(column)
        labels = labels_of(column) if may_count or not is_number else None
        if labels is not None and column.type != "left out":
            return _labelled(column, labels)
    return None


def _labelled(column: Column, labels: Labels) -> Times:
    seconds = by_words(column, labels.words)
    return Times((column,), seconds, seconds, labels.precision, ("label",))


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
            return _joined(column, other, says, offset)
    return Times((column,), seconds, utc, dates.precision)


def _joined(column: Column, other: Column, says: str, offset: np.ndarray) -> Times:
    """Dates and times of day; a date that stands only above the first of its hours is theirs."""
    dates = column.dates
    assert dates is not None
    seconds, utc = dates.seconds, dates.utc
    filled: tuple[Column, ...] = ()
    if is_merged(seconds, offset):
        seconds, utc = filled_down(seconds), filled_down(utc)
        filled = (column,)
    both = (column, other)
    return Times(both, seconds + offset, utc + offset, "time", ("date", says), filled)


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
    if is_duration and not is_named(column, HOUR_NAMES):
        return None
    clocks = {cell: clock_seconds(cell) for cell in column.counts}
    if clocks and all(seconds is not None for seconds in clocks.values()):
        nan = float("nan")
        seconds = np.array([clocks.get(cell, nan) for cell in column.cells], dtype=np.float64)
        return "clock", seconds
    words = hour_words(column)
    if words is not None:
        return "hours", 3600 * by_words(column, words)
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
    return is_named(column, HOUR_NAMES) or (is_whole_day and column.place == place_of_date + 1)


def _from_years(sheet: Sheet) -> Times | None:
    """A column of years: called so, or the first one, rising or falling by the same step."""
    for column in sheet.columns:
        is_named = column.name.casefold().strip() in YEAR_NAMES
        whole = years_of(column)
        if (
            whole is None
            or not (is_named or column.place == 0)
            or not lies_within(whole[1], *YEARS)
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
        if not lies_within(values, *YEARS):
            continue
        seconds = decimal_year_seconds(values)
        steps = np.diff(seconds.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64))
        is_whole = bool((values == np.round(values)).all())
        is_even = len(steps) > 2 and steps[0] != 0 and bool((steps == steps[0]).all())
        if is_even and not is_whole:
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
        if is_even and lies_within(months, 1, 12):
            seconds = calendar_seconds(years, months, np.ones(len(years)))
            return Times((column,), seconds, seconds, "month", ("counted month",))
    return None
