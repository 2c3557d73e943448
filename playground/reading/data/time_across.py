"""Series whose steps lie side by side: a year and its twelve months in a row, or a day and its hours."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ...faults import ExperimentError
from ..refusals import refused
from .choices import Choices
from .columns import Column, column_of
from .moments import DAY_S, clock_seconds, month_of, parts_of
from .result import Doubt, Remedy
from .series_loading import unfolded
from .sheet import Sheet
from .time_names import YEAR_NAMES
from .time_parts import YEARS, is_named, lies_within, years_of

VALUE = "value"  # what the column of a series is called that was made of several
LEAST_ACROSS = 8  # names that are times, in a table that was to be turned
MOSTLY = 0.8
LEAST_CLOCKS = 12


@dataclass(frozen=True)
class Across:
    """Columns that are steps of one series. name: what their names say, "month" or "time"; kept: all others of use."""

    steps: tuple[Column, ...]
    name: str
    kept: tuple[Column, ...]

    def recipe(self) -> dict[str, Any]:
        """For `series_loading.unfolded`."""
        steps = [[column.place, column.name] for column in self.steps]
        return {"kept": [column.place for column in self.kept], "steps": steps}


def across_of(sheet: Sheet, choices: Choices) -> Across | None:
    """The columns that are steps of one series; None where each is one of its own."""
    if choices.across == "columns" or choices.value not in ("", VALUE):
        return None
    for column in sheet.columns:
        if _are_years(column):
            return _found(sheet, column, "month", _months(sheet, column))
        if column.dates is not None and column.dates.precision == "day":
            return _found(sheet, column, "time", _clocks(sheet, column))
    return None


def _found(sheet: Sheet, time: Column, name: str, steps: Sequence[Column]) -> Across | None:
    """What is kept beside the steps: their time, words, and numbers only where these may tell groups apart."""
    if not steps:
        return None
    is_single = len(time.counts) == len(time.cells)
    kept = []
    for column in sheet.columns:
        is_step = any(column is step for step in steps)
        is_of_use = column is time or column.numbers is None or not is_single
        if not is_step and is_of_use:
            kept.append(column)
    taken = {column.name for column in kept}
    return None if taken & {name, VALUE} else Across(tuple(steps), name, tuple(kept))


def _are_years(column: Column) -> bool:
    if column.place != 0 and not is_named(column, YEAR_NAMES):
        return False
    years = years_of(column)
    return years is not None and lies_within(years[1], *YEARS)


def _months(sheet: Sheet, year: Column) -> list[Column]:
    """Twelve columns called as the months, in their order."""
    months: list[Column] = []
    for column in sheet.columns:
        is_number = column.name.isdecimal() and column is not year
        month = int(column.name) if is_number else month_of(column.name)
        if month == len(months) + 1 and len(column.name) <= 12:
            months.append(column)
    return months if len(months) == 12 else []


def _clocks(sheet: Sheet, day: Column) -> list[Column]:
    """Columns called as times of day that follow each other evenly through a whole day."""
    columns, seconds = [], []
    for column in sheet.columns:
        time = clock_seconds(column.name) if column is not day else None
        if time is not None:
            columns.append(column)
            seconds.append(time)
    steps = set(np.diff(seconds))
    is_day = len(columns) >= LEAST_CLOCKS and steps == {DAY_S / len(columns)}
    return columns if is_day else []


def unfolded_sheet(sheet: Sheet, across: Across, choices: Choices) -> Sheet:
    """One row a step: what is kept, the name of the step, and its value."""
    cells = [column.cells for column in sheet.columns]
    rows = unfolded(list(zip(*cells, strict=True)), across.recipe())
    names = [*(column.name for column in across.kept), across.name, VALUE]
    columns = []
    for place, column_cells in enumerate(zip(*rows, strict=True)):
        columns.append(column_of(place, names[place], column_cells, choices, sheet.decimal))
    n_steps = len(across.steps)
    lines = [line for line in sheet.lines for _ in range(n_steps)]
    first, last = across.steps[0].name, across.steps[-1].name
    values = {
        "count": n_steps,
        "first": first,
        "last": last,
    }
    apart = Remedy(code="columns_apart", set="across=columns")
    note = Doubt(
        code="across",
        values=values,
        remedies=[apart],
    )
    return replace(sheet, columns=columns, lines=lines, notes=[*sheet.notes, note])


def too_short(sheet: Sheet, given: int) -> ExperimentError:
    """Why so few rows cannot be used: the table may lie across. To be raised."""
    names = [column.name for column in sheet.columns]
    n_times = sum(_is_time(name) for name in names)
    if n_times >= LEAST_ACROSS and n_times >= MOSTLY * len(names):
        return refused("table_lies_across", given=given, name=names[-1][:40])
    return refused("table_too_short", given=given)


def _is_time(name: str) -> bool:
    is_year = name.isdecimal() and len(name) == 4 and YEARS[0] <= int(name) <= YEARS[1]
    return is_year or parts_of(name) is not None
