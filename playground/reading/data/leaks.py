"""Columns that give the answer away: nobody would know them before the target."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from .choices import Choices
from .columns import Column
from .result import Doubt, Remedy
from .sheet import Sheet

LEAST_ROWS = 20
CORRELATED = 0.999995
MOST_LOOKED_AT = 200  # columns
MOST_RANGES = 20  # classes that one number may tell apart


def ask_leaks(sheet: Sheet, target: Column, choices: Choices) -> None:
    """Asks about each column from which the target follows exactly."""
    if sheet.n_rows < LEAST_ROWS:
        return
    rows_by_class = _rows_by_class(target) if target.type != "number" else []
    for column in sheet.columns[:MOST_LOOKED_AT]:
        if column.name.isdecimal() and target.name.isdecimal():
            continue  # one year follows the other, that is no secret
        is_used = column.type in ("number", "category", "flag") and column is not target
        if not is_used or choices.of("columns", column.name) is not None:
            continue
        if not _gives_away(column, target, rows_by_class):
            continue
        values = {"name": column.name, "target": target.name}
        remedies = [
            Remedy(code="leave_out", set=f"columns.{column.name}=leave_out", values=values),
            Remedy(code="keep", set=f"columns.{column.name}=keep", values=values),
        ]
        sheet.doubts.append(
            Doubt(code="gives_away", place=column.name, values=values, remedies=remedies)
        )


def _rows_by_class(target: Column) -> list[list[int]]:
    """The rows of each class of a target."""
    kinds: dict[str, list[int]] = {}
    for row, cell in enumerate(target.cells):
        if cell in target.counts:
            kinds.setdefault(target.kind_of(cell), []).append(row)
    return list(kinds.values())


def _gives_away(column: Column, target: Column, rows_by_class: Sequence[Sequence[int]]) -> bool:
    if target.type == "number":
        return column.type == "number" and _is_same_measure(column, target)
    if column.type == "number":
        return _parts_classes(column, rows_by_class)
    return _maps_to(column, target)


def _is_same_measure(column: Column, target: Column) -> bool:
    """Whether one is the other on another scale."""
    x, y = column.values(), target.values()
    is_known = ~np.isnan(x) & ~np.isnan(y)
    x, y = x[is_known], y[is_known]
    if len(x) < LEAST_ROWS or np.ptp(x) == 0 or np.ptp(y) == 0:
        return False
    return abs(float(np.corrcoef(x, y)[0, 1])) > CORRELATED


def _parts_classes(column: Column, rows_by_class: Sequence[Sequence[int]]) -> bool:
    """Whether the ranges of all classes lie apart: a threshold tells them."""
    if not 2 <= len(rows_by_class) <= MOST_RANGES:
        return False
    x = column.values()
    ranges = []
    for rows in rows_by_class:
        of_class = x[rows]
        of_class = of_class[~np.isnan(of_class)]
        if len(of_class) < LEAST_ROWS / len(rows_by_class):
            return False
        ranges.append((float(of_class.min()), float(of_class.max())))
    ranges.sort()
    return all(before[1] < after[0] for before, after in pairwise(ranges))


def _maps_to(column: Column, target: Column) -> bool:
    """Whether every kind of the column has one class only, and all classes are told apart by it."""
    class_of: dict[str, str] = {}
    n = 0
    for cell, answer in zip(column.cells, target.cells, strict=True):
        if target.is_missing(answer):
            continue
        if column.is_missing(cell):
            return False
        n += 1
        kind = column.kind_of(cell)
        if class_of.setdefault(kind, target.kind_of(answer)) != target.kind_of(answer):
            return False
    return len(set(class_of.values())) > 1 and len(class_of) <= n / 4
