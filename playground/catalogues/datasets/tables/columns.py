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
# More categories than this, and than this share of the rows: names rather than kinds.
MANY_CATEGORIES = 50
MOSTLY_DIFFERENT = 0.5
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
        cells = table.column(place)
        columns.append(_column(name, cells, table.decimal))
    return tuple(columns)


def _column(name: str, cells: Sequence[str], decimal: str) -> Column:
    n_present = n_distinct = n_numbers = 0
    # Each different cell is looked at once: most columns repeat theirs.
    for cell, n in Counter(cells).items():
        if is_missing(cell):
            continue
        n_distinct += 1
        n_present += n
        if is_number(cell, decimal):
            n_numbers += n
    kind, why = _kind_of(cells, n_distinct, n_present, n_numbers, decimal)
    return Column(
        name=name,
        kind=kind,
        why=why,
        missing=len(cells) - n_present,
        distinct=n_distinct,
        numbers=n_numbers,
    )


def _kind_of(
    cells: Sequence[str], n_distinct: int, n_present: int, n_numbers: int, decimal: str
) -> tuple[Kind, str]:
    """What a column would be used as, and why not."""
    if not n_distinct:
        return "leave_out", "all_missing"
    if n_distinct == 1 and n_present == len(cells):
        return "leave_out", "one_value"
    if n_numbers >= MOSTLY * n_present:
        all_differ = n_numbers == n_distinct == len(cells)
        if all_differ and _counts_rows(cells, decimal):
            return "leave_out", "row_number"
        return "number", ""
    # Of up to four cells it is no wonder that they differ.
    is_name = n_distinct == n_present > 4
    many = max(MANY_CATEGORIES, MOSTLY_DIFFERENT * n_present)
    if is_name or n_distinct > many:
        return "leave_out", "all_different"
    return "category", ""


def _counts_rows(cells: Sequence[str], decimal: str) -> bool:
    """0, 1, 2 … or 1, 2, 3 …: a number of the row says nothing about it."""
    if as_number(cells[0], decimal) not in (0, 1):
        return False
    values = [as_number(cell, decimal) for cell in cells]
    return all(after - before == 1 for before, after in pairwise(values))
