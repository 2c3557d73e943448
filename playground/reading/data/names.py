"""Whether the first row of a table is its names: judged by how it differs from the rows below."""

import itertools
import re
from collections.abc import Sequence

from ..layout import NAME_LENGTH, unique_names
from .moments import is_date_text
from .shapes import looks_like_number
from .words import says_missing

JUDGED_ROWS = 300
YEARS = (1500, 2200)
MOST_DIGITS = 9
LEAST_RUN = 3  # numbers in a run that may be names
LEAST_COUNT = 4  # … where no word stands beside them
YEAR_WORD = re.compile(r"(\d{4})\s?(年度?|년|г\.?)")


def first_row_is_names(rows: Sequence[Sequence[str]]) -> bool:
    """In: even rows. Out: whether the first holds the names of the columns."""
    if len(rows) < 2:
        return False
    first = rows[0]
    body = rows[1:JUDGED_ROWS]
    if not any(first):
        return False
    if is_run(first):
        return True
    votes = 0.0
    for place, name in enumerate(first):
        cells = [row[place] for row in body if not says_missing(row[place])]
        votes += _vote(name, cells)
    if votes:
        return votes > 0
    return not any(looks_like_number(cell) for cell in first)


def is_value(cell: str) -> bool:
    """Whether a cell is a number or a date by its look."""
    return looks_like_number(cell) or is_date_text(cell)


def _vote(name: str, cells: Sequence[str]) -> float:
    """What one column says: above 0 for a name, below 0 for a value."""
    if not cells or not name:
        return 0.0
    has_value = is_value(name)
    n_values = sum(map(is_value, cells))
    if n_values > 0.8 * len(cells):
        if is_date_text(name) and not any(map(is_date_text, cells)):
            return 1.0  # a day above quantities is when they were counted
        return -1.0 if has_value or says_missing(name) else 1.0
    if has_value:
        return -0.5
    return _vote_of_words(name, cells)


def _vote_of_words(name: str, cells: Sequence[str]) -> float:
    different = set(cells)
    if name in different:
        return -1.0  # what is met again is a value
    repeats = len(different) <= len(cells) / 2
    if repeats:
        return 0.5
    usual_words = sorted(len(cell.split()) for cell in cells)[len(cells) // 2]
    usual_length = sorted(len(cell) for cell in cells)[len(cells) // 2]
    n_words = len(name.split())
    is_much_shorter = n_words <= 3 and (usual_words > 4 or usual_length > 3 * len(name) + 6)
    if is_much_shorter:
        return 0.6
    # A sentence above sentences is one of them.
    return -0.6 if n_words > 4 else 0.0


def is_run(first: Sequence[str]) -> bool:
    """Whether the row is words, and then years or counts that rise by one: names, although they are numbers."""
    plain = [YEAR_WORD.sub(r"\1", cell) for cell in first]
    numbers = [cell for cell in plain if cell.isdecimal() and len(cell) <= MOST_DIGITS]
    n_words = sum(1 for cell in plain if cell and not looks_like_number(cell))
    has_blank = not first[0]
    values = [int(number) for number in numbers]
    is_count = len(values) >= LEAST_COUNT and values == list(range(len(first)))
    if len(numbers) < LEAST_RUN or not (n_words or has_blank or is_count):
        return False
    steps = {after - before for before, after in itertools.pairwise(values)}
    if len(steps) != 1:
        return False
    step = steps.pop()
    are_years = YEARS[0] <= min(values) and max(values) <= YEARS[1]
    are_counts = values[0] in (0, 1) and step == 1
    return are_counts or (are_years and step != 0)


def names_of(first: Sequence[str] | None, width: int) -> tuple[str, ...]:
    """Names that a screen can show, none twice; columns without one are “column 1” …"""
    return unique_names(first if first is not None else [""] * width)


__all__ = ["NAME_LENGTH", "first_row_is_names", "is_value", "names_of"]
