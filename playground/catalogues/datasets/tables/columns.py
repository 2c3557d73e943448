"""What each column of a table seems to hold: numbers, categories, or nothing to learn from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from ....reading.numbers import as_number, is_missing, is_number
from ....reading.table import Table
from ..table_files import read_table

MOSTLY = 0.95  # share of a column that must be numbers
MANY_CATEGORIES, MOSTLY_DIFFERENT = (
    50,
    0.5,
)  # more, and more than half of the rows: names, not kinds
Kind = Literal["number", "category", "leave_out"]


@dataclass(frozen=True)
class Column:
    """What is known of a column. `why` says why it would be left out: a key of the page's words."""

    name: str
    kind: Kind
    why: str
    missing: int
    distinct: int
    numbers: int


@lru_cache(maxsize=4)
def columns_of(file: str, first_row: str = "auto") -> tuple[Column, ...]:
    """What every column of an uploaded table seems to hold."""
    return look_at(read_table(file, first_row))


def look_at(table: Table) -> tuple[Column, ...]:
    """What every column seems to hold."""
    columns = []
    for place, name in enumerate(table.names):
        columns.append(_column(name, table.column(place), table.decimal))
    return tuple(columns)


def _column(name: str, cells: Sequence[str], decimal: str) -> Column:
    counts = Counter(cells)
    present = {cell: n for cell, n in counts.items() if not is_missing(cell)}
    n_present = sum(present.values())
    n_numbers = sum(n for cell, n in present.items() if is_number(cell, decimal))
    n_missing = len(cells) - n_present
    kind, why = _kind_of(cells, len(present), n_present, n_numbers, decimal)
    return Column(name, kind, why, n_missing, len(present), n_numbers)


def _kind_of(
    cells: Sequence[str], n_distinct: int, n_present: int, n_numbers: int, decimal: str
) -> tuple[Kind, str]:
    """What a column would be used as, and why not."""
    if not n_distinct:
        return "leave_out", "all_missing"
    if n_distinct == 1 and n_present == len(cells):
        return "leave_out", "one_value"
    if n_numbers >= MOSTLY * n_present:
        if n_numbers == n_distinct == len(cells) and _counts_rows(cells, decimal):
            return "leave_out", "row_number"
        return "number", ""
    is_name = n_distinct == n_present > 4
    if is_name or n_distinct > max(MANY_CATEGORIES, MOSTLY_DIFFERENT * n_present):
        return "leave_out", "all_different"
    return "category", ""


def _counts_rows(cells: Sequence[str], decimal: str) -> bool:
    """0, 1, 2 … or 1, 2, 3 …: a number of the row says nothing about it."""
    if as_number(cells[0], decimal) not in (0, 1):
        return False
    values = [as_number(cell, decimal) for cell in cells]
    return all(after - before == 1 for before, after in pairwise(values))
