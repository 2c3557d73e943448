"""Two tables one below the other: a blank line, other names, other rows."""

from collections.abc import Sequence

from .names import first_row_is_names, is_value
from .rows import Rows
from .words import says_missing

LEAST_ABOVE = 3  # rows
LEAST_BELOW = 3
JUDGED_ROWS = 300


def second_table(rows: Rows, first: int, end: int, width: int) -> int:
    """Where another table begins behind a blank line; `end` where none does. In: the rows from `first` to `end`."""
    has_gaps = rows.lines[end - 1] - rows.lines[first] > end - 1 - first
    places = range(first + 1 + LEAST_ABOVE, end - LEAST_BELOW) if has_gaps else ()
    for place in places:
        if rows.is_behind_blank(place) and rows.cells[place] != rows.cells[first]:
            body = [row for row in rows.cells[place:end][:JUDGED_ROWS] if len(row) == width]
            if len(body) > LEAST_BELOW and body[0] is rows.cells[place] and _are_names(body):
                return place
    return end


def _are_names(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of the rows holds a word of its own for each column, and one of these numbers below it."""
    names = rows[0]
    if len(set(names)) < len(names) or any(is_value(name) or says_missing(name) for name in names):
        return False
    columns = zip(*rows[1:], strict=True)
    has_numbers = any(all(is_value(cell) for cell in column if cell) for column in columns)
    return has_numbers and first_row_is_names(rows)
