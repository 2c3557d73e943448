"""Two tables one below the other: a blank line, other names, other rows."""

from collections.abc import Sequence

from .names import first_row_is_names, is_value
from .rows import Rows
from .words import says_missing

LEAST_ABOVE = 3  # rows
LEAST_BELOW = 3
JUDGED_ROWS = 300
MOST_JUDGED = 100  # places: a file may be full of blank lines


def second_table(rows: Rows, first: int, end: int, width: int) -> int:
    """Where another table begins behind a blank line; `end` where none does. In: the rows from `first` to `end`."""
    has_gaps = rows.lines[end - 1] - rows.lines[first] > end - 1 - first
    places = range(first + 1 + LEAST_ABOVE, end - LEAST_BELOW) if has_gaps else ()
    n_judged = 0
    for place in places:
        names = rows.cells[place]
        is_other = rows.is_behind_blank(place) and names != rows.cells[first]
        if not is_other or len(names) != width or not _may_be_names(names):
            continue
        n_judged += 1
        if n_judged > MOST_JUDGED:
            break
        below = rows.cells[place : min(end, place + JUDGED_ROWS)]
        body = [row for row in below if len(row) == width]
        if len(body) > LEAST_BELOW and _are_names(body):
            return place
    return end


def _may_be_names(names: Sequence[str]) -> bool:
    """Whether a row holds a word of its own for each column."""
    is_unique = len(set(names)) == len(names)
    return is_unique and not any(is_value(name) or says_missing(name) for name in names)


def _are_names(rows: Sequence[Sequence[str]]) -> bool:
    """Whether one of the columns below the first row holds numbers, and the row reads as names of all."""
    columns = zip(*rows[1:], strict=True)
    has_numbers = any(all(is_value(cell) for cell in column if cell) for column in columns)
    return has_numbers and first_row_is_names(rows)
