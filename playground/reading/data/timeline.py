"""When the rows of a series were measured: which columns say it, in what order they lie, by what step."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .columns import Column
from .dates import date_column, iso_text
from .moments import DAY_S, clock_seconds, known_months, month_of
from .result import TimeFacts
from .series_loading import calendar_seconds, in_order
from .sheet import Sheet
from .time_names import (
    DAY_NAMES,
    HOUR_NAMES,
    MINUTE_NAMES,
    MONTH_NAMES,
    QUARTER_NAMES,
    YEAR_NAMES,
)

YEARS = (1500, 2200)
COUNTED_MONTH = re.compile(r"(?P<year>\d{1,2})[-/.](?P<month>\d{2})")
EVEN = 0.05  # a distance so near to the usual one counts as it
EVENLY = 0.5  # share of the distances that must be so near
MONTH_DAYS = (28, 31)
STEP_NAMES = {1: "month", 3: "quarter", 12: "year"}
SECONDS_NAMES = ((7 * DAY_S, "week"), (DAY_S, "day"), (3600, "hour"), (60, "minute"), (1, "second"))
SEASONS = {
    "month": 12, "quarter": 4, "week": 52, "day": 7, "weekday": 5, "hour": 24, "30 minutes": 48, "15 minutes": 96,
    "10 minutes": 144, "20 minutes": 72, "5 minutes": 288, "2 months": 6, "4 months": 3, "6 months": 2, "2 hours": 12,
    "3 hours": 8, "4 hours": 6, "6 hours": 4, "8 hours": 3, "12 hours": 2, "minute": 60, "second": 60,
}  # fmt: skip


@dataclass(frozen=True)
class Times:
    """The times of the rows. columns: which say it; seconds: as the file writes them; utc: to put them in order.

    says: what each of the columns says: "date", "clock", "hours", "minutes", "year", "quarter", "month" or "day".
    """

    columns: tuple[Column, ...]
    seconds: np.ndarray
    utc: np.ndarray
    precision: str
    says: tuple[str, ...] = ("date",)


@dataclass(frozen=True)
class Timeline:
    """Rows of one series in order. positions: of its rows, the oldest first; step: None where no distance is usual."""

    positions: np.ndarray
    order: str  # "oldest first" | "newest first" | "none"
    step: str | None
    gaps: int
    doubled: int
    # Of the largest gap: the rows before and behind it, and how many steps lie between.
    largest: tuple[int, int, int]
    unit: str = ""  # in which a step is measured: "months", "weekdays" or "seconds"
    size: float = 0.0  # of a step in this unit
    n_gaps: int = 0  # places where steps have no row


def times_of(sheet: Sheet) -> Times | None:
    """The columns that say when; None where none does."""
    for column in sheet.columns:
        if column.dates is not None and column.type != "left out":
            times = _with_time_of_day(sheet, column)
            is_joined = len(times.columns) > 1
            return _settled_by_hours(sheet, column, times) if is_joined else times
    return _from_parts(sheet) or _from_years(sheet) or _from_counted_months(sheet)


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
        offset = _time_of_day(other, column.place)
        if offset is not None:
            says = "hours" if other.numbers is not None else "clock"
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
        read = date_column(column.cells, column.counts, day_first)
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


def _time_of_day(column: Column, place_of_date: int) -> np.ndarray | None:
    """Seconds of the day by row: clock times beside the date, or numbers that are called hours."""
    cells = column.counts
    clocks = {cell: clock_seconds(cell) for cell in cells}
    if clocks and all(seconds is not None for seconds in clocks.values()):
        nan = float("nan")
        return np.array([clocks.get(cell, nan) for cell in column.cells], dtype=np.float64)
    if column.numbers is None or column.type == "left out":
        return None
    values = column.values()
    known = values[~np.isnan(values)]
    is_hour = (
        len(known) and (known == np.round(known)).all() and known.min() >= 0 and known.max() <= 24
    )
    is_named = column.name.casefold().strip() in HOUR_NAMES
    n_different = len(np.unique(known)) if is_hour else 0
    is_whole_day = n_different == 24 and len(known) >= 48 and column.place == place_of_date + 1
    if not is_hour or not (is_named or is_whole_day):
        return None
    # Hours 1 to 24 are said at their end, as 24:00 is.
    return np.asarray(values * 3600)


def _from_parts(sheet: Sheet) -> Times | None:
    """Year and month, and day and hour where they are there, in columns of their own."""
    year = _whole_numbers(_named(sheet, YEAR_NAMES))
    month_column = _named(sheet, MONTH_NAMES)
    quarter = _whole_numbers(_named(sheet, QUARTER_NAMES))
    if year is not None and month_column is None and quarter is not None:
        return _from_quarters(year, quarter)
    if year is None or month_column is None:
        return None
    month = _months(month_column)
    if month is None or not _lies_within(year[1], *YEARS):
        return None
    columns = [year[0], month_column]
    says = ["year", "month"]
    day = _whole_numbers(_named(sheet, DAY_NAMES))
    days = np.ones(sheet.n_rows)
    if day is not None and _lies_within(day[1], 1, 31):
        columns.append(day[0])
        says.append("day")
        days = day[1]
    seconds = calendar_seconds(year[1], month, days)
    precision = "day" if len(columns) > 2 else "month"
    for names, size, part_says in ((HOUR_NAMES, 3600, "hours"), (MINUTE_NAMES, 60, "minutes")):
        part = _whole_numbers(_named(sheet, names))
        if precision in ("day", "time") and part is not None and _lies_within(part[1], 0, 60):
            seconds = seconds + size * part[1]
            columns.append(part[0])
            says.append(part_says)
            precision = "time"
    return Times(tuple(columns), seconds, seconds, precision, tuple(says))


def _from_quarters(
    year: tuple[Column, np.ndarray], quarter: tuple[Column, np.ndarray]
) -> Times | None:
    fits = _lies_within(year[1], *YEARS) and _lies_within(quarter[1], 1, 4)
    if not fits:
        return None
    seconds = calendar_seconds(year[1], 3 * quarter[1] - 2, np.ones(len(year[1])))
    return Times((year[0], quarter[0]), seconds, seconds, "quarter", ("year", "quarter"))


def _whole_numbers(column: Column | None) -> tuple[Column, np.ndarray] | None:
    if column is None or column.numbers is None:
        return None
    values = column.values()
    known = values[~np.isnan(values)]
    is_whole = len(known) > 0 and (known == np.round(known)).all()
    return (column, values) if is_whole else None


def _lies_within(values: np.ndarray, low: float, high: float) -> bool:
    known = values[~np.isnan(values)]
    return bool(len(known) and low <= known.min() and known.max() <= high)


def _months(column: Column) -> np.ndarray | None:
    """Months by row, from numbers or names."""
    whole = _whole_numbers(column)
    if whole is not None:
        return whole[1] if _lies_within(whole[1], 1, 12) else None
    if not column.counts or not known_months(list(column.counts)):
        return None
    return np.array([month_of(cell) or np.nan for cell in column.cells], dtype=np.float64)


def _from_years(sheet: Sheet) -> Times | None:
    """A column of years: called so, or the first one, rising or falling by the same step."""
    for column in sheet.columns:
        is_named = column.name.casefold().strip() in YEAR_NAMES
        whole = _whole_numbers(column)
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


def timeline_of(times: Times, rows: np.ndarray) -> Timeline:
    """Order, step, gaps and doubles of some rows. In: their numbers, in the order of the file."""
    moments = times.utc[rows]
    is_known = ~np.isnan(moments)
    rows, moments = rows[is_known], moments[is_known]
    order = _order_of(np.diff(moments))
    sorting = in_order(moments)
    rows, moments = rows[sorting], moments[sorting]
    scale, unit = _even_scale(times.seconds[rows], moments, times.precision)
    distances = np.diff(scale)
    doubled = int((distances == 0).sum())
    moved = distances[distances > 0]
    nothing = (0, 0, 0)
    if not len(moved):
        return Timeline(rows, order, None, 0, doubled, nothing)
    usual = float(np.median(moved))
    is_usual = np.abs(moved / usual - 1) < EVEN
    if is_usual.mean() < EVENLY:
        return Timeline(rows, order, None, 0, doubled, nothing)
    lacking = np.maximum(0, np.round(distances / usual) - 1).astype(np.int64)
    worst = int(lacking.argmax())
    largest = (int(rows[worst]), int(rows[worst + 1]), int(lacking[worst]))
    return Timeline(
        positions=rows,
        order=order,
        step=step_name(usual, unit),
        gaps=int(lacking.sum()),
        doubled=doubled,
        largest=largest,
        unit=unit,
        size=usual,
        n_gaps=int((lacking > 0).sum()),
    )


def _order_of(changes: np.ndarray) -> str:
    if (changes >= 0).all():
        return "oldest first"
    return "newest first" if (changes <= 0).all() else "none"


def _even_scale(local: np.ndarray, utc: np.ndarray, precision: str) -> tuple[np.ndarray, str]:
    """A scale on which equal steps are equal. Out: the scale, and its unit: "months", "weekdays" or "seconds"."""
    if len(utc) < 2:
        return utc, "seconds"
    days = np.floor(local / DAY_S)
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]").astype(np.int64)
    day_of_month = (dates - dates.astype("datetime64[M]")).astype(np.int64)
    next_day = (dates + 1).astype("datetime64[M]")
    is_month_end = bool((next_day.astype(np.int64) > months).all())
    same_time = len(np.unique(local - days * DAY_S)) == 1
    same_day = len(np.unique(day_of_month)) == 1 or is_month_end
    distances = np.diff(utc)
    step = float(np.median(distances[distances > 0])) if (distances > 0).any() else 0.0
    if same_time and same_day and step >= 27 * DAY_S:
        return months.astype(np.float64), "months"
    weekday = (days.astype(np.int64) + 3) % 7  # the first day of 1970 was a Thursday
    if precision != "time" and step == DAY_S and (weekday < 5).all() and len(days) > 5:
        first = dates[0]
        return np.busday_count(first, dates).astype(np.float64), "weekdays"
    # Days of local time are even where summer time makes one of 23 hours.
    return (utc if step < DAY_S else local), "seconds"


def step_name(size: float, unit: str) -> str:
    """(1, "months") -> "month"; (900, "seconds") -> "15 minutes"."""
    if unit == "months":
        months = round(size)
        if months in STEP_NAMES:
            return STEP_NAMES[months]
        return f"{months // 12} years" if months % 12 == 0 else f"{months} months"
    if unit == "weekdays":
        return "weekday" if size == 1 else f"{size:g} weekdays"
    for seconds, name in SECONDS_NAMES:
        if size >= seconds and abs(size / seconds - round(size / seconds)) < 0.02:
            n = round(size / seconds)
            return name if n == 1 else f"{n} {name}s"
    return f"{size:g} seconds"


def season_of(step: str | None, n_steps: int) -> int | None:
    """After how many steps things may come around; None where the series has not two such seasons."""
    season = SEASONS.get(step or "")
    if season is None or n_steps < 2 * season:
        return None
    return season


def time_facts(times: Times, line: Timeline, n_steps: int) -> TimeFacts:
    """What the result says of time."""
    first, last = line.positions[0], line.positions[-1]
    return TimeFacts(
        columns=[column.name for column in times.columns],
        step=line.step,
        start=iso_text(float(times.seconds[first]), times.precision),
        end=iso_text(float(times.seconds[last]), times.precision),
        season=season_of(line.step, n_steps),
        order=line.order,
        gaps=line.gaps,
        doubled=line.doubled,
    )


__all__ = ["Timeline", "Times", "date_column", "season_of", "time_facts", "timeline_of", "times_of"]
