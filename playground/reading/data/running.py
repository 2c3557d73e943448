"""Columns that only count the rows: a running number, a day number, a time of day without a date."""

import numpy as np

from .columns import Column
from .listed import words_of
from .moments import DAY_S, clock_seconds
from .time_names import YEAR_NAMES

ROUNDING = 0.02  # of a step: 1960.0833 and 1960.1667 are rounded to four decimals
# What a column is called whose numbers are times: then a file of it and one more column is a series.
RUNNING_NAMES = frozenset(
    words_of(
        """
        t time times timestamp date datetime epoch day days hour hours minute minutes second seconds sec s ms jd mjd
        bjd hjd julian_date datenum serial zeit tag datum temps heure jour tiempo fecha dia día hora tempo data время
        дата 时间 日期 時間 日付 시간 날짜
        """
    )
) | frozenset(YEAR_NAMES)


def is_called_a_time(column: Column) -> bool:
    """Whether its name says that its numbers are times."""
    return column.name.casefold().strip() in RUNNING_NAMES


def is_clock(column: Column) -> bool:
    """Whether every cell is a time of day, such as 13:30."""
    return bool(column.counts) and all(clock_seconds(cell) is not None for cell in column.counts)


def step_of(column: Column, rows: np.ndarray | None = None) -> float:
    """By how much it rises or falls from row to row, the same everywhere; 0.0 where it does not.

    In: the rows that are looked at, all unless told; numbers, or times of day as seconds.
    """
    values = _running_values(column)
    if values is None:
        return 0.0
    changes = np.diff(values if rows is None else values[rows])
    if column.numbers is None:
        # After 23:59 comes 00:00.
        changes = (changes + DAY_S / 2) % DAY_S - DAY_S / 2
    if len(changes) < 2 or np.isnan(changes).any():
        return 0.0
    step = float(np.median(changes))
    is_even = bool((np.abs(changes - step) <= ROUNDING * abs(step)).all())
    return step if is_even else 0.0


def counts_rows(column: Column) -> bool:
    """Whole numbers that rise or fall by one; in the first column also other steps, and times of day."""
    step = step_of(column)
    return abs(step) == 1 or (column.place == 0 and step != 0)


def _running_values(column: Column) -> np.ndarray | None:
    if column.numbers is not None:
        return column.values()
    if not is_clock(column):
        return None
    seconds = {cell: clock_seconds(cell) for cell in column.counts}
    return np.array([seconds[cell] for cell in column.cells], dtype=np.float64)
