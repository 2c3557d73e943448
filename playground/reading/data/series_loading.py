"""Rows of cells -> series in order of time, as a recipe of literals says.

The exported script carries these functions. The recipe is made in `series_recipe.py`.
"""

import numpy as np

from .loading import (
    MOMENT_FUNCTIONS,
    NUMBER_FUNCTIONS,
    moments_of,
    month_of,
    numbers_of,
    second_of,
)


def calendar_seconds(years, months, days):
    """Seconds since 1970 of dates in parts, float64 (n,); NaN where a part is missing or no calendar has the day."""
    is_known = ~(np.isnan(years) | np.isnan(months) | np.isnan(days))
    whole_years, whole_months, whole_days = (
        np.where(is_known, part, 1).astype(np.int64) for part in (years, months, days)
    )
    first_days = (12 * (whole_years - 1970) + whole_months - 1).astype("datetime64[M]")
    dates = first_days.astype("datetime64[D]") + (whole_days - 1)
    has_day = dates.astype("datetime64[M]") == first_days
    seconds = dates.astype(np.int64) * 86_400.0
    return np.where(is_known & has_day, seconds, np.nan)


def clock_seconds(cell, form):
    """ "13:30" -> seconds of the day; NaN for what is no time of day."""
    import re

    match = re.fullmatch(form["pattern"], cell)
    seconds = second_of(match.groupdict()) if match else None
    return np.nan if seconds is None else seconds


def counted_months(cells, form):
    """ "3-12" -> seconds: the twelfth month of the third year, whichever year that is; NaN for what is none."""
    import re

    years, months = [], []
    for cell in cells:
        match = re.fullmatch(form["pattern"], cell)
        years.append(float(match["year"]) if match else np.nan)
        months.append(float(match["month"]) if match else np.nan)
    return calendar_seconds(np.array(years), np.array(months), np.ones(len(cells)))


def decimal_year_seconds(values):
    """1960.125 -> seconds of February 1960: the month in which the moment lies. NaN for NaN."""
    rounding = 0.02  # of a month: 1960.0833 is February, too
    months = np.floor(12 * values + rounding)
    years = np.floor(months / 12)
    return calendar_seconds(years, months - 12 * years + 1, np.ones(len(values)))


def week_seconds(years, weeks):
    """Seconds since 1970 of the Mondays of weeks of ISO 8601: the fourth of January lies in the first one."""
    ones = np.ones(len(years))
    days = calendar_seconds(years, ones, 4 * ones) / 86_400
    weekday = (days + 3) % 7  # the first day of 1970 was a Thursday
    return (days - weekday + 7 * (weeks - 1)) * 86_400


def day_of_year_seconds(years, days):
    """Seconds since 1970 of the days that a year counts from 1 to 366."""
    ones = np.ones(len(years))
    return calendar_seconds(years, ones, ones) + (days - 1) * 86_400


def filled_down(values):
    """A value stands in the first row of its group only, NaN below it: each row gets that of its group."""
    places = np.where(np.isnan(values), 0, np.arange(len(values)))
    return values[np.maximum.accumulate(places)]


def time_part(cells, part):
    """One column of those that say when, as numbers: seconds, or years, months, quarters and days as they are."""
    values = time_values(cells, part)
    return filled_down(values) if part.get("filled") else values


def time_values(cells, part):
    """The same, NaN where a cell says nothing."""
    says, form = part["says"], part["form"]
    if says == "date":
        return moments_of(cells, form)
    if says == "counted month":
        return counted_months(cells, form)
    if says == "clock":
        return np.array([clock_seconds(cell, form) for cell in cells])
    if "words" in form:
        return np.array([form["words"].get(cell, np.nan) for cell in cells])
    if "months" in form:  # recipes of older versions
        return np.array([month_of(cell, form["months"]) or np.nan for cell in cells])
    return numbers_of(cells, form) - form.get("years_ahead", 0)


def row_moments(rows, times):
    """When each row was measured: seconds since 1970, float64 (n,), NaN where it does not say."""
    parts = {}
    for part in times:
        cells = [row[part["place"]] for row in rows]
        parts[part["says"]] = time_part(cells, part)
    seconds = parts.get("date", parts.get("counted month", parts.get("label")))
    if "decimal year" in parts:
        seconds = decimal_year_seconds(parts["decimal year"])
    if "year" in parts:
        ones = np.ones(len(rows))
        months = 3 * parts["quarter"] - 2 if "quarter" in parts else parts.get("month", ones)
        seconds = calendar_seconds(parts["year"], months, parts.get("day", ones))
        if "week" in parts:
            seconds = week_seconds(parts["year"], parts["week"])
        if "day of year" in parts:
            seconds = day_of_year_seconds(parts["year"], parts["day of year"])
    for says, size in (("clock", 1), ("hours", 3600), ("minutes", 60)):
        if says in parts:
            seconds = seconds + size * parts[says]
    return seconds


def in_order(moments, order="none"):
    """Positions of the rows from the oldest to the newest; rows without a time are left out.

    order: in which the file has them, where that is known: the hour that autumn has twice would be mixed up by sorting.
    """
    known = np.flatnonzero(~np.isnan(moments))
    if order == "oldest first":
        return known
    if order == "newest first":
        return known[::-1]
    changes = np.diff(moments[known])
    if (changes >= 0).all():
        return known
    if (changes <= 0).all():
        return known[::-1]
    return known[np.argsort(moments[known], kind="stable")]


def one_a_time(table, moments, use):
    """Of rows in order, those of one time become one: their mean, the first or the last. Out: table, moments."""
    different, first, place_of = np.unique(moments, return_index=True, return_inverse=True)
    n_rows = np.bincount(place_of)
    if use == "first":
        return table[first], different
    if use == "last":
        return table[first + n_rows - 1], different
    means = []
    for column in table.T:
        is_known = ~np.isnan(column)
        sums = np.bincount(place_of, np.where(is_known, column, 0.0))
        n_known = np.bincount(place_of, is_known)
        mean = sums / np.maximum(n_known, 1)
        means.append(np.where(n_known > 0, mean, np.nan))
    return np.stack(means, axis=1), different


def filled_up(table, moments, step):
    """Rows in order, with rows of NaN for the steps that have none. step: {"unit": "months", "size": 1.0}."""
    days = np.floor(moments / 86_400).astype("datetime64[D]")
    scale = moments
    if step["unit"] == "months":
        scale = days.astype("datetime64[M]").astype(np.float64)
    if step["unit"] == "weekdays":
        scale = np.busday_count(days[0], days).astype(np.float64)
    n_steps = np.maximum(1, np.round(np.diff(scale) / step["size"])).astype(np.int64)
    places = np.concatenate([[0], np.cumsum(n_steps)])
    filled = np.full((places[-1] + 1, table.shape[1]), np.nan)
    filled[places] = table
    return filled


def group_positions(rows, groups):
    """The positions of the rows of each series, of all or of the one that was chosen; of all rows without groups."""
    if not groups:
        return [np.arange(len(rows))]
    names = []
    for row in rows:
        parts = [spellings.get(row[place], row[place]) for place, spellings in groups["columns"]]
        names.append(groups["between"].join(parts))
    different, of_row = np.unique(names, return_inverse=True)
    if groups["chosen"]:
        return [np.flatnonzero(different[of_row] == groups["chosen"])]
    return [np.flatnonzero(of_row == place) for place in range(len(different))]


def arranged(table, moments, recipe):
    """The rows of one series in order of time. In: columns of numbers (n, k), seconds or None. Out: (steps, k)."""
    if moments is None:
        return table[::-1] if recipe["newest_first"] else table
    order = in_order(moments, recipe.get("order", "none"))
    table, moments = table[order], moments[order]
    if recipe["doubled"]:
        table, moments = one_a_time(table, moments, recipe["doubled"])
    if recipe["step"]:
        table = filled_up(table, moments, recipe["step"])
    return table


def unfolded(rows, across):
    """Rows with a step in each of several columns -> one row a step: what is kept, the column's name, its cell."""
    steps = []
    for row in rows:
        kept = [row[place] for place in across["kept"]]
        for place, name in across["steps"]:
            steps.append([*kept, name, row[place]])
    return steps


def series_of(rows, recipe):
    """Rows of cells -> every series as float64 (steps, columns), oldest first, NaN where a value is missing."""
    if recipe.get("across"):
        rows = unfolded(rows, recipe["across"])
    columns = []
    for column in recipe["columns"]:
        cells = [row[column["place"]] for row in rows]
        columns.append(numbers_of(cells, column["form"]))
    table = np.stack(columns, axis=1)
    moments = row_moments(rows, recipe["times"]) if recipe["times"] else None
    series = []
    for positions in group_positions(rows, recipe["groups"]):
        of_series = None if moments is None else moments[positions]
        series.append(arranged(table[positions], of_series, recipe))
    return series


SERIES_FUNCTIONS = (
    *NUMBER_FUNCTIONS,
    *MOMENT_FUNCTIONS,
    calendar_seconds,
    clock_seconds,
    counted_months,
    decimal_year_seconds,
    week_seconds,
    day_of_year_seconds,
    filled_down,
    time_part,
    time_values,
    row_moments,
    in_order,
    one_a_time,
    filled_up,
    group_positions,
    arranged,
    unfolded,
    series_of,
)
