"""Rows below the names that hold no values: units, names of a second level, ids of a survey."""

from collections import Counter
from collections.abc import Sequence

from .names import JUDGED_ROWS, is_value
from .words import says_missing

MOST_FURTHER = 3  # rows below the names
LEAST_BODY = 8
LEAST_BLANK = 2  # cells of such a row in columns that are full otherwise
SURVEY_ID = '{"ImportId":'  # as Qualtrics writes below the questions


def n_further_names(rows: Sequence[Sequence[str]]) -> int:
    """How many rows below the names are still none of values."""
    for n, row in enumerate(rows[1 : 2 + MOST_FURTHER], 1):
        if all(cell.startswith(SURVEY_ID) for cell in row):
            return n
    body = rows[1 + MOST_FURTHER : JUDGED_ROWS]
    if len(body) < LEAST_BODY:
        return 0
    columns = list(zip(*body, strict=True))
    measured = [place for place, cells in enumerate(columns) if _is_measured(cells)]
    full = [place for place, cells in enumerate(columns) if not any(map(says_missing, cells))]
    n = 0
    while n < MOST_FURTHER:
        row = rows[1 + n]
        is_level = _has_no_values(row, measured) or _is_blank_in(row, full, measured, n)
        if not is_level:
            break
        n += 1
    return n


def _has_no_values(row: Sequence[str], measured: Sequence[int]) -> bool:
    """Whether a row has words where the rows below have numbers or dates."""
    has_value = any(is_value(row[place]) for place in measured)
    says_nothing = all(says_missing(cell) for cell in row)
    words = [row[place] for place in measured if not says_missing(row[place])]
    # Of a single column “?12” is an odd cell; that all of several are none is no accident.
    is_odd_cell = len(measured) == 1 and any(letter.isdigit() for letter in "".join(words))
    return bool(words) and not (has_value or says_nothing or is_odd_cell)


def _is_blank_in(
    row: Sequence[str], full: Sequence[int], measured: Sequence[int], n_above: int
) -> bool:
    """Whether a row is blank in most of the columns that are full below. In: rows of names already found."""
    blank = [place for place in full if not row[place]]
    has_value = any(is_value(row[place]) for place in measured)
    if len(blank) < LEAST_BLANK or not any(row):
        return False
    # The first rows of changes and of running means are blank as well; below units “24h” is no value.
    is_below = n_above > 0 and not row[0]
    return 2 * len(blank) >= len(full) if is_below else 2 * len(blank) > len(full) and not has_value


def _is_measured(cells: Sequence[str]) -> bool:
    """Whether nearly all cells are numbers or dates."""
    present = [cell for cell in cells if not says_missing(cell)]
    return bool(present) and sum(map(is_value, present)) >= 0.95 * len(present)


def joined_names(first: Sequence[str], further: Sequence[Sequence[str]]) -> list[str]:
    """Names of all levels: the lower ones count where the first is blank, or stands above several columns.

    In: the first row of names, and those below it that hold no values.
    """
    n_alike = Counter(first)
    has_below = [any(row[place] for row in further) for place in range(len(first))]
    names = []
    above = ""
    for place, name in enumerate(first):
        above = name or above
        begins_span = first[place + 1 : place + 2] == [""] and has_below[place + 1]
        is_above_several = not name or n_alike[name] > 1 or begins_span
        levels = [name]
        if has_below[place] and is_above_several:
            levels = [above, *(row[place] for row in further)]
        names.append(" ".join(filter(None, levels)))
    return names
