"""Columns that each say a part of a time: a year, and a month, a quarter, a week or a day beside it."""

from collections.abc import Callable, Sequence

import numpy as np

from .columns import Column
from .moments import DAY_S
from .series_loading import (
    calendar_seconds,
    day_of_year_seconds,
    filled_down,
    week_seconds,
)
from .sheet import Sheet
from .time_labels import label_words
from .time_names import (
    DAY_NAMES,
    DAY_OF_YEAR_NAMES,
    HOUR_NAMES,
    MINUTE_NAMES,
    MONTH_NAMES,
    QUARTER_NAMES,
    WEEK_NAMES,
    YEAR_NAMES,
    is_called,
)
from .time_words import (
    Words,
    hours_in_words,
    months_in_words,
    quarters_in_words,
    weeks_in_words,
)
from .timeline import Times

YEARS = (1500, 2200)
WEEKS_OF_A_MONTH = 6
MINUTES = ("minute", "minutes")
BLANK = 0.5  # share of the cells from which blank ones may mean: as above
Part = tuple[Column, np.ndarray]  # a column that says a part of a time, and its numbers by row


def named_column(sheet: Sheet, names: Sequence[str]) -> Column | None:
    """The first column that is called one of these."""
    for column in sheet.columns:
        if column.name.casefold().strip() in names:
            return column
    return None


def years_of(column: Column | None) -> Part | None:
    """A column of whole numbers, counted as the years of our calendar."""
    whole = whole_numbers(column)
    return None if whole is None else (whole[0], whole[1] - whole[0].years_ahead)


def whole_numbers(column: Column | None) -> Part | None:
    """A column and its values where these are whole numbers."""
    if column is None or column.numbers is None:
        return None
    values = column.values()
    known = values[~np.isnan(values)]
    is_whole = len(known) > 0 and (known == np.round(known)).all()
    return (column, values) if is_whole else None


def lies_within(values: np.ndarray, low: float, high: float) -> bool:
    """Whether all that is known lies between two bounds."""
    known = values[~np.isnan(values)]
    return bool(len(known) and low <= known.min() and known.max() <= high)


def is_named(column: Column, names: Sequence[str]) -> bool:
    """Whether a column is called one of these."""
    return column.name.casefold().strip() in names


def hour_words(column: Column) -> Words | None:
    """What the cells of a column stand for, if these are hours written as words such as “HE 1” or “0100”."""
    is_hour = is_named(column, HOUR_NAMES)
    if column.numbers is not None:
        # 100, 200 … 2400: the zeros before them are lost. Up to 24 they are hours as they stand.
        is_large = bool(column.numbers.values) and max(column.numbers.values.values()) > 24
        if not (is_hour and is_large):
            return None
    return hours_in_words(column.counts, is_hour)


def quarter_words(column: Column) -> Words | None:
    """The same for quarters, such as “Q1”."""
    if column.numbers is not None:
        return None
    return quarters_in_words(column.counts, is_named(column, QUARTER_NAMES))


def month_words(column: Column) -> Words | None:
    """The same for months, such as “M01” or “March”."""
    if column.numbers is not None:
        return None
    return months_in_words(column.counts, is_named(column, MONTH_NAMES))


def week_words(column: Column) -> Words | None:
    """The same for weeks, such as “W05”."""
    return None if column.numbers is not None else weeks_in_words(column.counts)


# What a column says -> its cells as words, for the recipe.
WORDS_OF = {
    "hours": hour_words,
    "quarter": quarter_words,
    "month": month_words,
    "week": week_words,
    "label": label_words,
}


def by_words(column: Column, words: Words) -> np.ndarray:
    """Each row's number, NaN where its cell is none of the words."""
    nan = float("nan")
    return np.array([words.get(cell, nan) for cell in column.cells], dtype=np.float64)


def from_parts(sheet: Sheet) -> Times | None:
    """A year and what lies in it: month, day and hour; quarter; week; or day of the year. In columns of their own."""
    year = years_of(named_column(sheet, YEAR_NAMES))
    if year is None or not lies_within(year[1], *YEARS):
        return None
    day = _numbers_within(named_column(sheet, DAY_NAMES), 1, 31)
    month = _part_of_year(sheet, MONTH_NAMES, month_words, 12)
    if month is not None and day is not None:
        return _from_days(sheet, year, month, day)
    day_of_year = _day_of_year(sheet)
    if day_of_year is not None:
        return _with_hours(sheet, _joined(year, day_of_year, "day of year"))
    week = _week(sheet)
    if week is not None:
        return _joined(year, week, "week")
    if month is not None:
        return _joined(year, month, "month")
    quarter = _part_of_year(sheet, QUARTER_NAMES, quarter_words, 4)
    return None if quarter is None else _joined(year, quarter, "quarter")


def from_nameless_parts(sheet: Sheet) -> Times | None:
    """The same in a file without names: year, month and perhaps day in the first columns, one step a row."""
    if sheet.is_named or len(sheet.columns) < 3:
        return None
    year, month = years_of(sheet.columns[0]), _numbers_within(sheet.columns[1], 1, 12)
    if year is None or month is None or not lies_within(year[1], *YEARS):
        return None
    months = np.diff(12 * year[1] + month[1])
    if len(months) and _is_one_step(months, 1):
        return _joined(year, month, "month")
    day = _numbers_within(sheet.columns[2], 1, 31)
    if day is None:
        return None
    days = _from_days(sheet, year, month, day)
    return days if _is_one_step(np.diff(days.seconds), DAY_S) else None


def _is_one_step(differences: np.ndarray, step: float) -> bool:
    """Whether the rows go on by one step each, from the oldest to the newest or the other way round."""
    return any(np.isin(differences, (signed,)).all() for signed in (step, -step))


def _part_of_year(
    sheet: Sheet, names: Sequence[str], words_of: Callable[[Column], Words | None], most: int
) -> Part | None:
    """The column of months or quarters and its numbers: the one that is called so, else one of such words."""
    named = named_column(sheet, names)
    whole = whole_numbers(named)
    if whole is not None:
        return whole if lies_within(whole[1], 1, most) else None
    for column in (*([named] if named is not None else ()), *sheet.columns):
        words = words_of(column) if column.type in ("category", "left out") else None
        if words is not None:
            return column, by_words(column, words)
    return None


def _day_of_year(sheet: Sheet) -> Part | None:
    """Days that are counted through the year: called so, or called days and more than a month has."""
    for column in sheet.columns:
        is_counted = is_called(column.name, DAY_OF_YEAR_NAMES)
        part = _numbers_within(column, 1, 366)
        if part is None or not (is_counted or is_named(column, DAY_NAMES)):
            continue
        if is_counted or np.nanmax(part[1]) > 31:
            return part
    return None


def _week(sheet: Sheet) -> Part | None:
    """Weeks that are counted through the year."""
    for column in sheet.columns:
        if not is_called(column.name, WEEK_NAMES) or column.type == "text":
            continue
        words = week_words(column)
        if words is not None:
            return column, by_words(column, words)
        part = _numbers_within(column, 0, 53)
        if part is not None and np.nanmax(part[1]) >= WEEKS_OF_A_MONTH:
            return part
    return None


def _numbers_within(column: Column | None, low: float, high: float) -> Part | None:
    whole = whole_numbers(column)
    return whole if whole is not None and lies_within(whole[1], low, high) else None


def _joined(year: Part, part: Part, says: str) -> Times:
    """A year and one part of it."""
    years, filled = _filled(year, part[1])
    ones = np.ones(len(years))
    if says == "day of year":
        seconds = day_of_year_seconds(years, part[1])
    elif says == "week":
        seconds = week_seconds(years, part[1])
    else:
        months = 3 * part[1] - 2 if says == "quarter" else part[1]
        seconds = calendar_seconds(years, months, ones)
    precision = "day" if says == "day of year" else says
    columns = (year[0], part[0])
    return Times(columns, seconds, seconds, precision, ("year", says), filled)


def _from_days(sheet: Sheet, year: Part, month: Part, day: Part) -> Times:
    months, filled_months = _filled(month, day[1])
    years, filled_years = _filled(year, 31 * months + day[1])
    seconds = calendar_seconds(years, months, day[1])
    columns = (year[0], month[0], day[0])
    filled = filled_years + filled_months
    times = Times(columns, seconds, seconds, "day", ("year", "month", "day"), filled)
    return _with_hours(sheet, times)


def _with_hours(sheet: Sheet, times: Times) -> Times:
    """Days, and hours and minutes in columns of their own where they are there."""
    hour = _hour(named_column(sheet, HOUR_NAMES))
    if hour is None:
        return times
    times = _later(times, hour, 3600, "hours")
    for column in sheet.columns:
        is_used = any(column is other for other in times.columns)
        is_behind = column.place == hour[0].place + 1 or column.name.casefold() in MINUTES
        minute = _numbers_within(column, 0, 59)
        if minute is not None and not is_used and is_behind and is_named(column, MINUTE_NAMES):
            return _later(times, minute, 60, "minutes")
    return times


def _later(times: Times, part: Part, size: int, says: str) -> Times:
    seconds = times.seconds + size * part[1]
    columns = (*times.columns, part[0])
    return Times(columns, seconds, seconds, "time", (*times.says, says), times.filled)


def _hour(column: Column | None) -> Part | None:
    words = hour_words(column) if column is not None else None
    if column is not None and words is not None:
        return column, by_words(column, words)
    return _numbers_within(column, 0, 60)


def _filled(part: Part, inner: np.ndarray) -> tuple[np.ndarray, tuple[Column, ...]]:
    """The numbers of a part, and its column if they were filled down. In: what lies in this part, such as months."""
    column, values = part
    if not is_merged(values, inner):
        return values, ()
    return filled_down(values), (column,)


def is_merged(outer: np.ndarray, inner: np.ndarray) -> bool:
    """Whether a value stands only in the first row of its group, as merged cells of a workbook are exported.

    In: float64 (n,), NaN where a cell is blank, and what rises, or falls, all through a group.
    """
    is_blank = np.isnan(outer)
    if len(outer) < 2 or is_blank[0] or is_blank.mean() < BLANK:
        return False
    changes = np.diff(inner)[is_blank[1:]]
    return bool((changes > 0).all() or (changes < 0).all())
