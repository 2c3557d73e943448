"""Columns that give the answer away: nobody would know them before the target."""

import itertools

import numpy as np

from .choices import Choices
from .columns import Column
from .result import Doubt, Remedy
from .sheet import Sheet

LEAST_ROWS = 20
CORRELATED = 0.9995
MOST_LOOKED_AT = 200  # columns


def ask_leaks(sheet: Sheet, target: Column, choices: Choices) -> None:
    """Asks about each column from which the target follows exactly."""
    if sheet.n_rows < LEAST_ROWS:
        return
    for column in sheet.columns[:MOST_LOOKED_AT]:
        is_used = column.type in ("number", "category", "flag") and column is not target
        if not is_used or choices.of("columns", column.name) is not None:
            continue
        if not _gives_away(column, target):
            continue
        values = {"name": column.name, "target": target.name}
        remedies = [
            Remedy(code="leave_out", set=f"columns.{column.name}=leave_out", values=values),
            Remedy(code="keep", set=f"columns.{column.name}=keep", values=values),
        ]
        sheet.doubts.append(
            Doubt(code="gives_away", place=column.name, values=values, remedies=remedies)
        )


def _gives_away(column: Column, target: Column) -> bool:
    if target.type == "number":
        return column.type == "number" and _is_same_measure(column, target)
    if column.type == "number":
        return _parts_classes(column, target)
    return _maps_to(column, target)


def _is_same_measure(column: Column, target: Column) -> bool:
    """Whether one is the other on another scale."""
    x, y = column.values(), target.values()
    is_known = ~np.isnan(x) & ~np.isnan(y)
    x, y = x[is_known], y[is_known]
    if len(x) < LEAST_ROWS or np.ptp(x) == 0 or np.ptp(y) == 0:
        return False
    return abs(float(np.corrcoef(x, y)[0, 1])) > CORRELATED


def _parts_classes(column: Column, target: Column) -> bool:
    """Whether the ranges of all classes lie apart: a threshold tells them."""
    x = column.values()
    ranges = []
    kinds: dict[str, list[int]] = {}
    for row, cell in enumerate(target.cells):
        if not target.is_missing(cell):
            kinds.setdefault(target.kind_of(cell), []).append(row)
    if not 2 <= len(kinds) <= 20:
        return False
    for rows in kinds.values():
        of_class = x[rows]
        of_class = of_class[~np.isnan(of_class)]
        if len(of_class) < LEAST_ROWS / len(kinds):
            return False
        ranges.append((float(of_class.min()), float(of_class.max())))
    ranges.sort()
    return all(before[1] < after[0] for before, after in itertools.pairwise(ranges))


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
