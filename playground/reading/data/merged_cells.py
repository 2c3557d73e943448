"""Cells that a spreadsheet had merged: a value stands in the first row of its block, below it the cells are blank."""

from collections.abc import Sequence
from itertools import pairwise

from .choices import Choices
from .columns import Column
from .result import Doubt, Remedy
from .sheet import Sheet

LEAST_ROWS = 6
MOSTLY = 0.8  # share of the values that have blank cells below


def ask_merged_cells(sheet: Sheet, choices: Choices) -> frozenset[str]:
    """Asks whether blank cells repeat what stands above. Out: the columns that are asked about."""
    asked = []
    outer: list[int] = []  # rows in which a block of the column before begins
    for column in sheet.columns:
        starts = [row for row, cell in enumerate(column.cells) if cell]
        if not _are_blocks(column, starts, outer):
            break
        outer = starts
        if choices.of("blanks", column.name) is None:
            asked.append(column)
    has_full = any(not column.n_missing for column in sheet.columns)
    if not has_full:
        return frozenset()
    for column in asked:
        cell = column.cells[0]
        values = {
            "name": column.name,
            "cell": cell[:40],
            "count": column.n_missing,
        }
        fill = Remedy(code="from_above", set=f"blanks.{column.name}=from_above")
        gaps = Remedy(code="blanks_missing", set=f"blanks.{column.name}=missing")
        doubt = Doubt(
            code="merged_cells",
            place=column.name,
            values=values,
            remedies=[fill, gaps],
        )
        sheet.doubts.append(doubt)
    return frozenset(column.name for column in asked)


def _are_blocks(column: Column, starts: Sequence[int], outer: Sequence[int]) -> bool:
    """Whether each value stands once, with blank cells below it. In: rows with a value; those of the column before."""
    n = len(column.cells)
    is_blank_only = set(column.missing_words) == {""} and column.type != "text"
    if n < LEAST_ROWS or not is_blank_only or 2 * len(starts) > n or len(starts) < 2:
        return False
    sizes = [after - before for before, after in pairwise([*starts, n])]
    n_with_blank = sum(size > 1 for size in sizes)
    # Within the blocks of the column before, values may come again.
    is_inside = bool(outer) and set(outer) <= set(starts)
    is_outermost = not outer and starts[0] == 0 and len(column.counts) == len(starts)
    return n_with_blank >= MOSTLY * len(sizes) and (is_inside or is_outermost)
