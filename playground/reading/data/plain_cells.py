"""Columns in which every cell is a number as Python writes it: read at once, and counted only when somebody asks."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

LARGEST = 1e30  # float32, in which networks count, ends at 3e38, and a square must fit too
TRIED = 20  # cells that are looked at before all are
PLAIN = re.compile(r"[0-9.+\-eE]*")
PLAIN_CELL = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")


class CellCounts(Mapping[str, int]):
    """The different cells of a column and how often each is met, blank ones left away; a dict that is made late."""

    def __init__(self, cells: Sequence[str]):
        self._cells = cells
        self._counts: dict[str, int] | None = None
        self._n: int | None = None

    def _counted(self) -> dict[str, int]:
        if self._counts is None:
            self._counts = Counter(self._cells)
            self._counts.pop("", None)
        return self._counts

    def __getitem__(self, cell: str) -> int:
        return self._counted()[cell]

    def __contains__(self, cell: object) -> bool:
        # Those who ask mostly ask about the first rows.
        is_first = cell in self._cells[:TRIED]
        return cell != "" and (is_first or cell in self._counted())

    def __iter__(self) -> Iterator[str]:
        return iter(self._counted()) if self._counts is not None else self._different()

    def _different(self) -> Iterator[str]:
        """The cells in order, each once: many who look through them stop at the first."""
        seen = {""}
        for cell in self._cells:
            if cell not in seen:
                seen.add(cell)
                yield cell

    def __bool__(self) -> bool:
        return next(iter(self), None) is not None

    def __len__(self) -> int:
        if self._counts is not None:
            return len(self._counts)
        if self._n is None:
            self._n = len(set(self._cells) - {""})
        return self._n


class CellValues(Mapping[str, float]):
    """The different cells of a plain column -> their numbers.

    array: the numbers by row, NaN for a blank cell. has_point: whether a cell has a fraction.
    """

    def __init__(self, counts: CellCounts, array: np.ndarray, has_point: bool):
        self.counts = counts
        self.array = array
        self.has_point = has_point

    def __getitem__(self, cell: str) -> float:
        if cell not in self.counts:
            raise KeyError(cell)
        return float(cell)

    def __contains__(self, cell: object) -> bool:
        return cell in self.counts

    def __iter__(self) -> Iterator[str]:
        return iter(self.counts)

    def __bool__(self) -> bool:
        return bool(self.counts)

    def __len__(self) -> int:
        return len(self.counts)


def plain_column(cells: Sequence[str]) -> CellValues | None:
    """A column of plain numbers and blank cells; None for any other."""
    for cell in cells[:TRIED]:
        if cell and not PLAIN_CELL.fullmatch(cell):
            return None
    letters = "".join(cells)
    if not PLAIN.fullmatch(letters):
        return None
    try:
        numbers = list(map(float, cells))
    except ValueError:  # a blank cell, or "5-", which is a number for some programs
        numbers = _with_gaps(cells)
    array = np.array(numbers)
    # An infinite one is not smaller than this, and NaN stands for a blank cell only.
    is_usual = bool((np.abs(array[~np.isnan(array)]) < LARGEST).all())
    has_any = not np.isnan(array).all()
    if not len(array) or not is_usual or not has_any:
        return None
    return CellValues(CellCounts(cells), array, "." in letters)


def _with_gaps(cells: Sequence[str]) -> list[float]:
    """None of the cells' numbers where one of them is none."""
    filled = [cell or "nan" for cell in cells]
    try:
        return list(map(float, filled))
    except ValueError:
        return []
