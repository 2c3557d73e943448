"""Cells of a new file that mean nothing to a network: they count as not known, and are told."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...reading.data.new_rows import NewRows
from ...reading.data.table_loading import kind_names
from ...reading.data.words import says_missing

CELL_SHOWN = 40  # characters


@dataclass(frozen=True)
class Strange:
    """So many cells of a column, and one of them."""

    column: str
    count: int
    cell: str


def strange_cells(
    rows: NewRows, recipe: Sequence[Mapping[str, Any]], moments: Mapping[str, np.ndarray]
) -> tuple[Strange, ...]:
    """What was not understood, by column.

    In: the columns of the training's recipe; by the name of a column of dates, what its cells were understood as.
    """
    found: list[Strange] = []
    for column in recipe:
        name = column["name"]
        cells: Mapping[str, int]
        if column["kind"] == "number":
            cells = rows.odd.get(name, {})
        elif column["kind"] == "category":
            cells = _unknown_kinds(list(rows.columns[name]), column)
        else:
            cells = _no_dates(list(rows.columns[name]), moments[name])
        if cells:
            most_frequent = max(cells, key=lambda cell: cells[cell])
            found.append(Strange(name, sum(cells.values()), most_frequent[:CELL_SHOWN]))
    return tuple(found)


def _unknown_kinds(cells: Sequence[str], column: Mapping[str, Any]) -> Mapping[str, int]:
    """Kinds that the training did not have; none where it put the rare ones together."""
    if column["other"]:
        return {}
    known = {"", *kind_names(column["categories"], {**column, "missing": []})}
    names = kind_names(cells, column)
    return Counter(cell for cell, name in zip(cells, names, strict=True) if name not in known)


def _no_dates(cells: Sequence[str], seconds: np.ndarray) -> Mapping[str, int]:
    """Cells that say something, but no date."""
    is_open = np.isnan(seconds)
    return Counter(
        cell
        for cell, is_none in zip(cells, is_open, strict=True)
        if is_none and not says_missing(cell)
    )
